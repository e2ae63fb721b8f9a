"""The SQL of a turn, written once for both databases.

It is PostgreSQL with `:name` parameters, each cast to its type so that a statement is
prepared once whatever is None. `dialects` turns it into what each driver takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES: Mapping[str, Mapping[str, str]] = {
    "contact": {
        "id": "uuid",
        "version": "int",
        "person_id": "uuid",
        "persons": "int",
        "lobby": "text",
        "traffic": "text",
        "created_at": "timestamptz",
        "seen_at": "timestamptz",
        "stopped_at": "timestamptz",
    },
    "address": {
        "id": "uuid",
        "contact_id": "uuid",
        "scheme": "text",
        "sealed_value": "bytea",
        "key_id": "text",
        "created_at": "timestamptz",
    },
    "address_hash": {"hash": "bytea", "key_id": "text", "contact_id": "uuid"},
    "claim": {"hash": "bytea", "at": "timestamptz", "outcome": "text", "sealed_reply": "bytea"},
    "person": {"id": "uuid", "contact_id": "uuid", "created_at": "timestamptz"},
    "session": {
        "id": "uuid",
        "person_id": "uuid",
        "consultation_id": "uuid",
        "revision_id": "uuid",
        "sealed_state": "bytea",
        "language": "text",
        "channel": "text",
        "mode": "text",
        "turns": "int",
        "position": "text",
        "outcome": "text",
        "folio": "text",
        "started_at": "timestamptz",
        "turned_at": "timestamptz",
        "ended_at": "timestamptz",
        "publish": "boolean",
        "publish_at": "timestamptz",
        "write_back": "boolean",
        "write_back_at": "timestamptz",
        "alert": "text",
        "leader_id": "uuid",
    },
    "message": {
        "id": "uuid",
        "person_id": "uuid",
        "session_id": "uuid",
        "direction": "text",
        "channel": "text",
        "sealed_text": "bytea",
        "at": "timestamptz",
        "provider_id": "text",
        "segments": "int",
        "kind": "text",
        "form": "text",
    },
    "answer": {
        "id": "uuid",
        "session_id": "uuid",
        "question": "text",
        "kind": "text",
        "value": "text",
        "sealed_text": "bytea",
        "language": "text",
        "channel": "text",
        "mode": "text",
        "edition": "int",
        "heard": "boolean",
        "at": "timestamptz",
        "superseded_at": "timestamptz",
    },
    "outbox": {
        "id": "uuid",
        "contact_id": "uuid",
        "person_id": "uuid",
        "session_id": "uuid",
        "channel": "text",
        "scheme": "text",
        "sealed_address": "bytea",
        "sealed_text": "bytea",
        "buttons": "text",
        "kind": "text",
        "urgency": "int",
        "segments": "int",
        "only_if_turns": "int",
        "created_at": "timestamptz",
        "due_at": "timestamptz",
        "state": "text",
        "tries": "int",
        "doubts": "int",
        "fell_from": "text",
        "provider_id": "text",
        "code": "text",
        "changed_at": "timestamptz",
        "cause_id": "uuid",
    },
    "media": {
        "id": "uuid",
        "person_id": "uuid",
        "session_id": "uuid",
        "answer_id": "uuid",
        "channel": "text",
        "sealed_url": "bytea",
        "content_type": "text",
        "state": "text",
        "tries": "int",
        "due_at": "timestamptz",
        "at": "timestamptz",
        "name": "text",
        "kind": "text",
        "size": "int",
        "code": "text",
    },
    "proposal": {
        "id": "uuid",
        "session_id": "uuid",
        "question": "text",
        "folio": "text",
        "state": "text",
        "created_at": "timestamptz",
        "changed_at": "timestamptz",
    },
    "dialog": {
        "hash": "bytea",
        "contact_id": "uuid",
        "sealed_screen": "bytea",
        "at": "timestamptz",
    },
    "due_work": {"session_id": "uuid", "kind": "text", "step": "int", "due_at": "timestamptz"},
    "assembly": {
        "id": "uuid",
        "leader_id": "uuid",
        "contact_id": "uuid",
        "revision_id": "uuid",
        "question": "text",
        "hands": "text",
        "channel": "text",
        "at": "timestamptz",
    },
    "language_demand": {"contact_id": "uuid", "language": "text", "at": "timestamptz"},
    "link_code": {"contact_id": "uuid", "hash": "bytea", "expires_at": "timestamptz"},
    "link_try": {"hash": "bytea", "since": "timestamptz", "count": "int"},
}
"""Table -> the columns a turn inserts -> their types on PostgreSQL."""

CONFLICTS: Mapping[str, str] = {
    "dialog": "(hash) DO UPDATE SET sealed_screen = excluded.sealed_screen, at = excluded.at",
    "proposal": (
        "(session_id) DO UPDATE SET question = excluded.question, changed_at = excluded.changed_at"
    ),
    "language_demand": "(contact_id, language) DO NOTHING",
    "link_code": (
        "(contact_id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at"
    ),
    "link_try": "(hash) DO UPDATE SET since = excluded.since, count = excluded.count",
}
"""Where a second row is no duplicate delivery. Never claims: their conflict must abort all."""

RACES = frozenset(
    {
        *("pk_claim", "claim.hash"),
        *("pk_address_hash", "address_hash.hash, address_hash.key_id"),
        *("uq_session_folio", "session.folio"),
        *("uq_proposal_folio", "proposal.folio"),
        *("uq_link_code_hash", "link_code.hash"),
    }
)
"""What the databases call the constraints that somebody quicker makes a turn break."""

GUARD_SET = """
    version = version + 1,
    person_id = :contact_person_id::uuid,
    persons = persons + :contact_new_persons::int,
    lobby = :contact_lobby::text,
    traffic = :contact_traffic::text,
    seen_at = greatest(seen_at, :contact_seen_at::timestamptz),
    stopped_at = CASE :contact_stopped::text
        WHEN 'yes' THEN coalesce(stopped_at, :contact_seen_at::timestamptz)
        WHEN 'no' THEN NULL ELSE stopped_at END
"""
GUARD_WHERE = "id = :contact_id::uuid AND version = :contact_version::int"

SESSION_SET = """
    sealed_state = :session_sealed_state::bytea,
    language = :session_language::text,
    channel = :session_channel::text,
    mode = :session_mode::text,
    turns = :session_turns::int,
    position = :session_position::text,
    outcome = :session_outcome::text,
    folio = coalesce(:session_folio::text, folio),
    turned_at = greatest(turned_at, :session_turned_at::timestamptz),
    ended_at = CASE WHEN :session_outcome::text IS NULL THEN NULL
        ELSE coalesce(ended_at, :session_turned_at::timestamptz) END,
    publish = coalesce(:session_publish::boolean, publish),
    publish_at = coalesce(:session_publish_at::timestamptz, publish_at),
    write_back = coalesce(:session_write_back::boolean, write_back),
    write_back_at = coalesce(:session_write_back_at::timestamptz, write_back_at),
    alert = CASE WHEN :session_alert::text = '' THEN alert ELSE :session_alert::text END
"""

LOAD = """
SELECT k.hash, k.sealed_reply,
    c.id, c.version, c.person_id, c.persons, c.seen_at, c.stopped_at, c.lobby, c.traffic,
    s.id, s.person_id, s.consultation_id, s.revision_id, s.sealed_state, s.turns, s.outcome,
    (SELECT edition FROM revision WHERE id = s.revision_id),
    d.hash, d.sealed_screen,
    (SELECT json_agg(json_build_array(o.id, o.slug, r.id, r.edition,
            o.opened_at <= :now::timestamptz
            AND (o.closed_at IS NULL OR o.closed_at > :now::timestamptz)))::text
        FROM consultation o JOIN revision r ON r.id = o.revision_id
        WHERE o.id = s.consultation_id OR (o.opened_at <= :now::timestamptz
            AND (o.closed_at IS NULL OR o.closed_at > :now::timestamptz))),
    s.mode
FROM (SELECT 1) AS one
LEFT JOIN claim k ON k.hash IN (:claims)
LEFT JOIN contact c
    ON c.id = (SELECT contact_id FROM address_hash WHERE hash IN (:addresses) LIMIT 1)
LEFT JOIN session s ON s.id = (
    SELECT id FROM session WHERE person_id = c.person_id
    ORDER BY started_at DESC, id DESC LIMIT 1)
LEFT JOIN dialog d ON d.hash = (
    SELECT hash FROM dialog WHERE hash IN (:dialogs) AND contact_id = c.id
    ORDER BY at DESC LIMIT 1)
"""
"""All a turn needs in one row; the names in brackets stand for one parameter per key."""
