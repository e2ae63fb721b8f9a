"""Bring what is kept under the first key of `PUENTE_PHONE_KEYS`, a batch per unit.

First every address is hashed under every key, so that processes that know the old first key
and processes that know the new one find the same contacts; then what another key sealed is
sealed anew. Claims and USSD screens are not: they go by themselves within a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, literal, select, tuple_, update

from storage.models import (
    Address,
    AddressHash,
    Answer,
    Contact,
    Invitee,
    Media,
    Message,
    Outbox,
    ProposalReview,
    Referral,
    Session,
    Suppression,
)
from storage.models.staff import User

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.sealing import Sealer

AT_ONCE = 500
"""Rows in one unit, so that nobody waits long for it."""


def _id_place(row: Sequence[Any]) -> bytes:
    found: bytes = row[0].bytes
    return found


def _user_place(row: Sequence[Any]) -> bytes:
    number: int = row[0]
    return number.to_bytes(8, "big")


def _review_place(row: Sequence[Any]) -> bytes:
    number: int = row[1]
    return _id_place(row) + number.to_bytes(4, "big")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed column.

    Attributes:
        name: what it is sealed as.
        column: of the table.
        place: gives the row's part of the seal, from its primary key.
    """

    name: str
    column: Any
    place: Callable[[Sequence[Any]], bytes] = _id_place

    @property
    def keys(self) -> list[Any]:
        """The primary key's columns."""
        return list(self.column.class_.__table__.primary_key.columns)


SEALED: tuple[Sealed, ...] = (
    Sealed("address", Address.sealed_value),
    Sealed("session", Session.sealed_state),
    Sealed("message", Message.sealed_text),
    Sealed("answer", Answer.sealed_text),
    Sealed("outbox", Outbox.sealed_text),
    Sealed("outbox.address", Outbox.sealed_address),
    Sealed("invitee", Invitee.sealed_address),
    Sealed("media", Media.sealed_url),
    Sealed("proposal_review", ProposalReview.sealed_reason, _review_place),
    Sealed("referral", Referral.sealed_note),
    Sealed("totp", User.sealed_totp, _user_place),
)


class Rekeying:
    """Key rotation inside one unit: call each again, from where it came to, while it gives rows."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def hash_addresses(
        self, after: tuple[Any, ...] | None, limit: int = AT_ONCE
    ) -> tuple[tuple[Any, ...] | None, int]:
        """Hash addresses under every key.

        Returns:
            The last one's primary key (None at the end), and how many hashes are new.
        """
        query = select(Address.id, Address.contact_id, Address.scheme, Address.sealed_value)
        if after is not None:
            query = query.where(Address.id > after[0])
        rows = self._work.execute(query.order_by(Address.id).limit(limit)).all()
        added = 0
        for row in rows:
            value = self._sealer.open("address", row.id.bytes, row.sealed_value)
            hashes = self._sealer.hashes("address", row.scheme, value)
            if self._find_new(hashes):
                contact_id = self._lock_holder(row.id, row.contact_id)
                # Once more: what changed it until now may have hashed it as well.
                new = self._find_new(hashes) if contact_id is not None else []
                for key_id, hashed in new:
                    values = {"hash": hashed, "key_id": key_id, "contact_id": contact_id}
                    self._work.execute(insert(AddressHash).values(values))
                    added += 1
        return ((rows[-1].id,) if rows else None), added

    def _find_new(self, hashes: Sequence[tuple[str, bytes]]) -> Sequence[tuple[str, bytes]]:
        known = set(
            self._work.scalars(
                select(AddressHash.hash).where(AddressHash.hash.in_([one for _, one in hashes]))
            )
        )
        return [one for one in hashes if one[1] not in known]

    def _lock_holder(self, address_id: UUID, read: UUID) -> UUID | None:
        """Lock whose an address is, and give it; None where it was deleted since it was read.

        Whoever deletes an address or gives it to another contact changes the contact first.
        """
        holder: UUID | None = read
        while holder is not None:
            self._work.execute(select(Contact.id).where(Contact.id == holder).with_for_update())
            at = self._work.scalar(select(Address.contact_id).where(Address.id == address_id))
            if at == holder:
                break
            holder = at
        return holder

    def seal(
        self, sealed: Sealed, after: tuple[Any, ...] | None, limit: int = AT_ONCE
    ) -> tuple[tuple[Any, ...] | None, int]:
        """Seal rows of one column anew that another key sealed; it gives as `hash_addresses`.

        A row that changes at this moment is left as it is: it was sealed by who changed it.

        Raises:
            SealError: a key is missing.
        """
        keys = sealed.keys
        query = select(*keys, sealed.column).where(self._is_old(sealed))
        if after is not None:
            query = query.where(tuple_(*keys) > tuple_(*_bound(keys, after)))
        rows = self._work.execute(query.order_by(*keys).limit(limit)).all()
        for row in rows:
            *key, old = row
            place = sealed.place(key)
            new = self._sealer.seal_bytes(
                sealed.name, place, self._sealer.open_bytes(sealed.name, place, old)
            )
            values: dict[Any, Any] = {sealed.column: new}
            if sealed.column is Address.sealed_value:
                values[Address.key_id] = self._sealer.key_id
            same = [column == value for column, value in zip(keys, key, strict=True)]
            self._work.execute(
                update(sealed.column.class_).where(*same, sealed.column == old).values(values)
            )
        return (tuple(rows[-1][:-1]) if rows else None), len(rows)

    def count_suppressed(self) -> Mapping[str, int]:
        """Count hashes of deleted numbers by key: they cannot be made anew, and keep it needed."""
        query = select(Suppression.key_id, func.count()).group_by(Suppression.key_id)
        return {row[0]: row[1] for row in self._work.execute(query)}

    def _is_old(self, sealed: Sealed) -> Any:
        head = self._sealer.head
        begins = func.substr(sealed.column, 1, len(head))
        return sealed.column.is_not(None) & (func.length(sealed.column) > 0) & (begins != head)


def _bound(keys: list[Any], values: tuple[Any, ...]) -> list[Any]:
    return [literal(value, column.type) for column, value in zip(keys, values, strict=True)]
