"""What a phone shows: what an address and Puente wrote to each other over one channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from sqlalchemy import select, tuple_

from storage.models import AddressHash, Message, Outbox, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from storage.sealing import Sealer

SENT_AS = "sms"
"""The outbox does not say which kind of phone a text was made for; the simulator sends SMS."""


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """One message on a phone; `direction` is `in` or `out`, seen from us.

    `kind` is `reply` for what answered at once, else what the outbox calls it.
    """

    id: UUID
    direction: str
    text: str = field(repr=False)
    at: datetime
    segments: int
    kind: str


class Phones:
    """Reads conversations by address. For the simulator: staff see them by session."""

    def __init__(self, session: Session, sealer: Sealer) -> None:
        self._session = session
        self._sealer = sealer

    def find_messages(self, scheme: str, value: str, channel: str, form: str) -> list[PhoneMessage]:
        """Find all messages between an address and a channel on one kind of phone.

        Args:
            scheme: of the address, `tel`.
            value: the address itself.
            channel: its name; the address may be on others too, which are left out.
            form: the kind of phone; what the outbox has sent is on the one for SMS.

        Returns:
            The messages, oldest first; what was said in one turn stands in its order.
        """
        contact = self._contact(scheme, value)
        found = list(self._messages(contact, channel, form))
        if form == SENT_AS:
            found.extend(self._sent(contact, channel))
        return sorted(found, key=attrgetter("at"))

    def _contact(self, scheme: str, value: str) -> Select[UUID]:
        hashes = self._sealer.hashes("address", scheme, value)
        key = tuple_(AddressHash.key_id, AddressHash.hash)
        return select(AddressHash.contact_id).where(key.in_(hashes))

    def _messages(self, contact: Select[UUID], channel: str, form: str) -> Iterator[PhoneMessage]:
        query = (
            select(Message)
            .join(Person, Person.id == Message.person_id)
            .where(Person.contact_id.in_(contact), Message.channel == channel, Message.form == form)
        )
        for row in self._session.scalars(query):
            text = self._sealer.open("message", row.id.bytes, row.sealed_text)
            yield PhoneMessage(row.id, row.direction, text, row.at, row.segments, row.kind)

    def _sent(self, contact: Select[UUID], channel: str) -> Iterator[PhoneMessage]:
        query = select(Outbox).where(
            Outbox.contact_id.in_(contact), Outbox.channel == channel, Outbox.provider_id != ""
        )
        for row in self._session.scalars(query):
            text = self._sealer.open("outbox", row.id.bytes, row.sealed_text)
            yield PhoneMessage(row.id, "out", text, row.due_at, row.segments, row.kind)
