"""Delete what a person asked to have deleted, or what a minor should not have been asked.

Gone are address, messages, answers, what staff wrote about them, what was waiting to be sent
and the number on a list of people to be invited; folio, receipt and, where asked for, a
suppression hash stay, and so do the counts: sessions keep their rows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from storage.deletions import CONTACT_KIND, hash_subject
from storage.ids import new_id
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from storage.deletions import Erasure

    Run = Callable[[str, Mapping[str, Any]], Any]

CONTACT = """
UPDATE contact SET version = version + 1, lobby = '', traffic = '' WHERE id = :contact_id::uuid
"""
"""First of all: it makes every turn that was read before lose its guard."""

PEOPLE = """
SELECT id FROM person WHERE contact_id = :contact_id::uuid
    AND (:person_id::uuid IS NULL OR id = :person_id::uuid)
"""

_OF_PEOPLE = (
    """
DELETE FROM answer WHERE superseded_at IS NULL
    AND session_id IN (SELECT id FROM session WHERE person_id IN (:people))
""",
    """
DELETE FROM answer WHERE superseded_at IS NOT NULL
    AND session_id IN (SELECT id FROM session WHERE person_id IN (:people))
""",
    """
DELETE FROM due_work WHERE session_id IN (SELECT id FROM session WHERE person_id IN (:people))
""",
    """
DELETE FROM referral WHERE message_id IN (SELECT id FROM message WHERE person_id IN (:people))
""",
    "DELETE FROM message WHERE person_id IN (:people)",
    "DELETE FROM media WHERE person_id IN (:people)",  # their files: `bot.media` within hours
    # What answers this very turn is the confirmation, and still goes out.
    """
DELETE FROM outbox WHERE contact_id = :contact_id::uuid AND person_id IN (:people)
    AND NOT (kind = 'reply' AND created_at >= :at::timestamptz)
""",
    """
DELETE FROM proposal_review WHERE proposal_id IN (SELECT id FROM proposal
    WHERE session_id IN (SELECT id FROM session WHERE person_id IN (:people)))
""",
    """
UPDATE proposal SET state = 'borrada', changed_at = :at::timestamptz
WHERE session_id IN (SELECT id FROM session WHERE person_id IN (:people))
""",
    """
UPDATE session SET sealed_state = :nothing::bytea, position = NULL, outcome = :outcome::text,
    ended_at = coalesce(ended_at, :at::timestamptz), publish = NULL, publish_at = NULL,
    write_back = NULL, write_back_at = NULL
WHERE person_id IN (:people)
""",
    """
UPDATE person SET erased_at = :at::timestamptz
WHERE id IN (:people) AND erased_at IS NULL
""",
)

OF_PEOPLE = tuple(statement.replace("(:people)", f"({PEOPLE})") for statement in _OF_PEOPLE)

INVITED = """
UPDATE invitee SET sealed_address = NULL, state = 'suppressed'
WHERE sealed_address IS NOT NULL
    AND hash IN (SELECT hash FROM address_hash WHERE contact_id = :contact_id::uuid)
"""
"""Lists are found by the number alone: who wrote first after one was read has no row's id."""

DIALOGS = """
DELETE FROM dialog WHERE contact_id = :contact_id::uuid AND at < :at::timestamptz
"""

SUPPRESS = """
INSERT INTO suppression (hash, key_id, at)
SELECT hash, key_id, :at::timestamptz FROM address_hash WHERE contact_id = :contact_id::uuid
ON CONFLICT (hash, key_id) DO NOTHING
"""

LEDGER = """
INSERT INTO deletion (hash, kind, key_id, at)
VALUES (:hash::bytea, :kind::text, '', :at::timestamptz)
ON CONFLICT (hash, kind) DO NOTHING
"""

LEDGER_SUPPRESSED = """
INSERT INTO deletion (hash, kind, key_id, at)
SELECT hash, 'suppress', key_id, :at::timestamptz FROM address_hash
WHERE contact_id = :contact_id::uuid
ON CONFLICT (hash, kind) DO NOTHING
"""

OF_ADDRESS = (
    INVITED,
    "DELETE FROM link_code WHERE contact_id = :contact_id::uuid",
    "DELETE FROM address_hash WHERE contact_id = :contact_id::uuid",
    "DELETE FROM address WHERE contact_id = :contact_id::uuid",
    "UPDATE contact SET erased_at = :at::timestamptz WHERE id = :contact_id::uuid",
)

AUDIT = """
INSERT INTO audit_event (id, at, action, who, details)
VALUES (:id::uuid, :at::timestamptz, :action::text, :who::text, :details::text)
"""


def erase(run: Run, erasure: Erasure | None) -> None:
    """Run the deletions, if any, in the transaction that `run` writes to."""
    if erasure is None:
        return
    values = {
        "contact_id": erasure.contact_id,
        "person_id": erasure.person_id,
        "at": erasure.at,
        "outcome": erasure.outcome,
        "nothing": b"",
    }
    run(CONTACT, values)
    if erasure.suppress:
        # Before what waits to be sent is deleted: where she is being invited at this moment,
        # it waits here until the message stands there.
        run(INVITED, values)
    for (person_id,) in run(PEOPLE, values).fetchall():
        run(LEDGER, {**values, **_entry(erasure.outcome, person_id)})
    for statement in OF_PEOPLE:
        run(statement, values)
    run(DIALOGS, values)
    if erasure.suppress:
        run(SUPPRESS, values)
        run(LEDGER_SUPPRESSED, values)
    if erasure.address:
        erase_address(run, erasure.contact_id, erasure.at)
    run(AUDIT, {**values, **_event(erasure)})


def erase_address(run: Run, contact_id: UUID, at: datetime) -> None:
    """Delete where a contact is reached, and how it is found."""
    values = {"contact_id": contact_id, "at": at}
    run(LEDGER, {**values, **_entry(CONTACT_KIND, contact_id)})
    for statement in OF_ADDRESS:
        run(statement, values)


def _entry(kind: str, subject: UUID | str) -> dict[str, Any]:
    subject = UUID(subject) if isinstance(subject, str) else subject  # as SQLite keeps it
    return {"kind": kind, "hash": hash_subject(subject)}


def _event(erasure: Erasure) -> dict[str, Any]:
    details = {
        "contact_id": str(erasure.contact_id),
        "persons": erasure.persons,
        "outcome": erasure.outcome,
        "receipt": erasure.receipt,
    }
    return {
        "id": new_id(erasure.at),
        "action": AuditAction.DATA_ERASED.value,
        "who": erasure.who,
        "details": json.dumps(details, sort_keys=True),
    }
