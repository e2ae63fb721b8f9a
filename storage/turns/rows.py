"""Say a turn in the tables' terms: what is personal sealed, what is looked for hashed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from storage.answer_text import seal_text
from storage.stalled import REMINDER
from storage.turns.hashes import address_hashes, claim_hashes, dialog_hashes
from storage.turns.linking import code_rows, try_rows
from storage.turns.outgoing import Recipient, outgoing_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from storage.assemblies import NewAssembly
    from storage.records import NewMedia, SessionWrite, TurnWrite
    from storage.sealing import Sealer

FIRST_STATE = "recibida"
"""A proposal's first state; staff read it, so it is Spanish."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TurnRows:
    """What one turn writes.

    Attributes:
        guard: values of the guarded update of the contact, None where it is new.
        session: values of a session to move on, None where there is none.
        superseded: (session, question, time) of the answers that are current no more.
        inserts: table -> its new rows, in the order of their foreign keys.
    """

    guard: Row | None
    session: Row | None
    superseded: list[Row]
    inserts: dict[str, list[Row]] = field(repr=False)


def make_rows(sealer: Sealer, write: TurnWrite) -> TurnRows:
    """Seal and hash what one turn writes."""
    guard = _guard(write) if write.contact else None
    session = None
    recipient = Recipient(write.contact_id, write.person_id, write.key.scheme, write.key.address)
    inserts = {
        **({} if write.contact else _new_contact(sealer, write)),
        "claim": [_claim(sealer, write)],
        "person": [_person(write)] if write.new_person or not write.contact else [],
        "session": [],
        "due_work": [],
        "message": [_message(sealer, write, number) for number in range(len(write.messages))],
        "answer": list(_answers(sealer, write)),
        "outbox": [outgoing_row(sealer, message, recipient) for message in write.outgoing],
        "media": [_media(sealer, write, media) for media in write.media],
        "proposal": [_proposal(write)] if write.proposal else [],
        "assembly": [_assembly(write, write.assembly)] if write.assembly else [],
        "dialog": [_dialog(sealer, write)] if write.screen is not None else [],
        "language_demand": [_demand(write)] if write.demand else [],
        "link_code": code_rows(sealer, write),
        "link_try": try_rows(sealer, write),
    }
    if write.session:
        values = _session(sealer, write.session)
        if write.session.is_new:
            inserts["session"] = [values]
            if write.session.look_at:
                inserts["due_work"] = [_due_work(write.session)]
        else:
            session = values
    superseded = {
        (answer.session_id, answer.question): {
            "session_id": answer.session_id,
            "question": answer.question,
            "at": answer.at,
        }
        for answer in write.answers
    }
    return TurnRows(
        guard,
        session,
        list(superseded.values()),
        {table: rows for table, rows in inserts.items() if rows},
    )


def _guard(write: TurnWrite) -> Row:
    return {
        "id": write.contact_id,
        "version": write.contact.version if write.contact else 0,
        "person_id": write.person_id,
        "new_persons": int(write.new_person),
        "lobby": write.lobby,
        "traffic": write.traffic,
        "seen_at": write.at,
        "stopped": {True: "yes", False: "no", None: ""}[write.stopped],
    }


def _new_contact(sealer: Sealer, write: TurnWrite) -> dict[str, list[Row]]:
    contact_id, key = write.contact_id, write.key
    return {
        "contact": [
            {
                "id": contact_id,
                "version": 1,
                "person_id": write.person_id,
                "persons": 1,
                "lobby": write.lobby,
                "traffic": write.traffic,
                "created_at": write.at,
                "seen_at": write.at,
                "stopped_at": write.at if write.stopped else None,
            }
        ],
        # Under every key, so that processes with different first keys (while keys are
        # rotated) cannot make two contacts of one address.
        "address_hash": [
            {"hash": hashed, "key_id": key_id, "contact_id": contact_id}
            for key_id, hashed in address_hashes(sealer, key.scheme, key.address)
        ],
        "address": [
            {
                "id": contact_id,  # the first address of a contact shares its id
                "contact_id": contact_id,
                "scheme": key.scheme,
                "sealed_value": sealer.seal("address", contact_id.bytes, key.address),
                "key_id": sealer.key_id,
                "created_at": write.at,
            }
        ],
    }


def _claim(sealer: Sealer, write: TurnWrite) -> Row:
    hashed = claim_hashes(sealer, write.key)[0]
    return {
        "hash": hashed,
        "at": write.at,
        "outcome": write.outcome,
        "sealed_reply": sealer.seal("claim", hashed, write.reply),
    }


def _person(write: TurnWrite) -> Row:
    return {"id": write.person_id, "contact_id": write.contact_id, "created_at": write.at}


def _session(sealer: Sealer, session: SessionWrite) -> Row:
    return {
        "id": session.id,
        "person_id": session.person_id,
        "consultation_id": session.consultation_id,
        "revision_id": session.revision_id,
        "sealed_state": sealer.seal("session", session.id.bytes, session.state),
        "language": session.language,
        "channel": session.channel,
        "mode": session.mode,
        "turns": session.turns,
        "position": session.position,
        "outcome": session.outcome,
        "folio": session.folio,
        "started_at": session.at,
        "turned_at": session.at,
        "ended_at": session.at if session.outcome else None,
        "publish": session.publish,
        "publish_at": _given_at(session.publish, session.at),
        "write_back": session.write_back,
        "write_back_at": _given_at(session.write_back, session.at),
        "alert": session.alert,
        "leader_id": session.leader_id,
    }


def _due_work(session: SessionWrite) -> Row:
    return {"session_id": session.id, "kind": REMINDER, "step": 0, "due_at": session.look_at}


def _given_at(permission: bool | None, at: datetime) -> datetime | None:  # noqa: FBT001 - three values
    return None if permission is None else at


def _message(sealer: Sealer, write: TurnWrite, number: int) -> Row:
    message = write.messages[number]
    return {
        "id": message.id,
        "person_id": write.person_id,
        "session_id": message.session_id,
        "direction": message.direction,
        "channel": message.channel,
        "sealed_text": sealer.seal("message", message.id.bytes, message.text),
        "at": message.at,
        "provider_id": message.provider_id,
        "segments": message.segments,
        "kind": message.kind,
        "form": message.form,
    }


def _answers(sealer: Sealer, write: TurnWrite) -> Iterator[Row]:
    """Give the answers; of several to one question in one turn the last is current."""
    last = {(answer.session_id, answer.question): answer for answer in write.answers}
    for answer in write.answers:
        if answer.value is None:
            continue
        newest = last[answer.session_id, answer.question]
        yield {
            "id": answer.id,
            "session_id": answer.session_id,
            "question": answer.question,
            "kind": answer.kind,
            "value": answer.value,
            "sealed_text": seal_text(sealer, answer.id, answer.value, answer.text),
            "language": answer.language,
            "channel": answer.channel,
            "mode": answer.mode,
            "edition": answer.edition,
            "heard": answer.heard,
            "at": answer.at,
            "superseded_at": None if answer is newest else newest.at,
        }


def _media(sealer: Sealer, write: TurnWrite, media: NewMedia) -> Row:
    return {
        "id": media.id,
        "person_id": write.person_id,
        "session_id": media.session_id,
        "answer_id": media.answer_id,
        "channel": media.channel,
        "sealed_url": sealer.seal("media", media.id.bytes, media.url),
        "content_type": media.content_type,
        "state": "waiting",
        "tries": 0,
        "due_at": media.at,
        "at": media.at,
        "name": "",
        "kind": "",
        "size": 0,
        "code": "",
    }


def _proposal(write: TurnWrite) -> Row:
    assert write.proposal  # noqa: S101 - asked by the caller; tells the type checker
    return {
        "id": write.proposal.id,
        "session_id": write.proposal.session_id,
        "question": write.proposal.question,
        "folio": write.proposal.folio,
        "state": FIRST_STATE,
        "created_at": write.proposal.at,
        "changed_at": write.proposal.at,
    }


def _assembly(write: TurnWrite, assembly: NewAssembly) -> Row:
    return {
        "id": assembly.id,
        "leader_id": assembly.leader_id,
        "contact_id": write.contact_id,
        "revision_id": assembly.revision_id,
        "question": assembly.question,
        "hands": json.dumps(dict(assembly.hands)),
        "channel": write.key.channel,
        "at": write.at,
    }


def _dialog(sealer: Sealer, write: TurnWrite) -> Row:
    hashed = dialog_hashes(sealer, write.key)[0]
    return {
        "hash": hashed,
        "contact_id": write.contact_id,
        "sealed_screen": sealer.seal("dialog", hashed, write.screen or ""),
        "at": write.at,
    }


def _demand(write: TurnWrite) -> Row:
    return {"contact_id": write.contact_id, "language": write.demand, "at": write.at}
