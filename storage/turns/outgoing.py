"""The row of a message that is to be sent, whoever writes it: a turn or a reminder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from storage.vocabulary import LEAST_URGENT, URGENCIES

if TYPE_CHECKING:
    from uuid import UUID

    from storage.records import NewOutgoing
    from storage.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a message, and at which address."""

    contact_id: UUID
    person_id: UUID
    scheme: str
    address: str = field(repr=False)


def outgoing_row(sealer: Sealer, message: NewOutgoing, to: Recipient) -> dict[str, Any]:
    """Give the row of a message that is to be sent."""
    return {
        "id": message.id,
        "contact_id": to.contact_id,
        "person_id": to.person_id,
        "session_id": message.session_id,
        "channel": message.channel,
        "scheme": to.scheme,
        "sealed_address": sealer.seal("outbox.address", message.id.bytes, to.address),
        "sealed_text": sealer.seal("outbox", message.id.bytes, message.text),
        "buttons": json.dumps(message.buttons) if message.buttons else "",
        "kind": message.kind,
        "urgency": URGENCIES.get(message.kind, LEAST_URGENT),
        "segments": message.segments,
        "only_if_turns": message.only_if_turns,
        "created_at": message.created_at,
        "due_at": message.due_at,
        "state": "waiting",
        "tries": 0,
        "doubts": 0,
        "fell_from": "",
        "provider_id": "",
        "code": "",
        "changed_at": message.created_at,
        "cause_id": message.cause_id,
    }
