"""Codes that link, and links that staff undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select, update

from storage.links import Issuer, LinkLook, LinkRecord, Tries
from storage.models import (
    Address,
    AddressHash,
    Contact,
    ContactLink,
    LinkCode,
    LinkTry,
    Outbox,
    Person,
    Session,
)
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit
    from storage.sealing import Sealer


class Links:
    """Links inside one unit."""

    def __init__(self, work: Work, sealer: Sealer, audit: Audit) -> None:
        self._work = work
        self._sealer = sealer
        self._audit = audit

    def look(
        self, scheme: str, address: str, contact_id: UUID | None, code: str, now: datetime
    ) -> LinkLook:
        """Look up a code that an address has typed, and its contact where it has one.

        It is found by its keyed hash: how long that takes says nothing of the code.
        """
        tried = self._work.scalars(
            select(LinkTry)
            .where(LinkTry.hash.in_(self._hashes("link-try", scheme, address)))
            .order_by(LinkTry.since.desc())
        ).first()
        row = self._work.execute(
            select(LinkCode.contact_id, LinkCode.hash, _has_number(LinkCode.contact_id))
            .join(Contact, Contact.id == LinkCode.contact_id)
            .where(
                LinkCode.hash.in_(self._hashes("link", code)),
                LinkCode.expires_at > now,
                Contact.stopped_at.is_(None),
                Contact.erased_at.is_(None),
            )
        ).first()
        tries = Tries(tried.since, tried.count) if tried else Tries(now, 0)
        has_number = scheme == "tel" or self._work.scalar(select(_has_number(contact_id)))
        return LinkLook(tries, bool(has_number), Issuer(*row) if row else None)

    def list(
        self, limit: int, folio: str = "", contact_id: UUID | None = None
    ) -> Sequence[LinkRecord]:
        """List links, the newest first.

        Args:
            limit: at most how many.
            folio: only those of the contact behind this folio; empty for all.
            contact_id: only those of this contact; None for all.
        """
        came = (
            select(func.count(Session.id))
            .join(Person, Person.id == Session.person_id)
            .where(
                Person.contact_id == ContactLink.number_id, Person.home_id == ContactLink.opaque_id
            )
            .scalar_subquery()
        )
        query = select(
            ContactLink.id, ContactLink.number_id, ContactLink.at, ContactLink.parted_at, came
        )
        if folio:
            holder = (
                select(Person.contact_id)
                .join(Session, Session.person_id == Person.id)
                .where(Session.folio == folio)
            )
            query = query.where(
                ContactLink.number_id.in_(holder) | ContactLink.opaque_id.in_(holder)
            )
        if contact_id is not None:
            query = query.where(
                (ContactLink.number_id == contact_id) | (ContactLink.opaque_id == contact_id)
            )
        rows = self._work.execute(query.order_by(ContactLink.id.desc()).limit(limit))
        return [LinkRecord(*row) for row in rows]

    def part(self, link_id: UUID, now: datetime, who: str) -> bool:
        """Part two contacts again: the address and the people that came with it go back.

        What was begun after they were linked stays with the number. Where that has left, the
        other stays silent too.

        Returns:
            False where there is no such link, it was parted, or its address was deleted.
        """
        parted = update(ContactLink).where(
            ContactLink.id == link_id,
            ContactLink.parted_at.is_(None),
            exists().where(
                Address.id == ContactLink.opaque_id, Address.contact_id == ContactLink.number_id
            ),
        )
        row = self._work.execute(
            parted.values(parted_at=now).returning(ContactLink.opaque_id, ContactLink.number_id)
        ).first()
        if row is None:
            return False
        opaque, number = row
        # First of all: every turn of either that was read before loses its guard.
        either = update(Contact).where(Contact.id.in_((opaque, number)))
        self._work.execute(either.values(version=Contact.version + 1))
        moved = self._part_people(opaque, number)
        address = self._work.get_one(Address, opaque)  # the first of a contact shares its id
        value = self._sealer.open("address", address.id.bytes, address.sealed_value)
        address.contact_id = opaque
        self._work.execute(
            update(AddressHash)
            .where(AddressHash.hash.in_(self._hashes("address", address.scheme, value)))
            .values(contact_id=opaque)
        )
        own = (
            select(Person.id)
            .where(Person.contact_id == number)
            .order_by(Person.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        self._work.execute(
            update(Contact)
            .where(Contact.id == number, Contact.person_id.in_(moved))
            .values(person_id=own)
        )
        self._work.execute(
            update(Contact).where(Contact.id == number).values(persons=Contact.persons - len(moved))
        )
        silence = select(Contact.stopped_at).where(Contact.id == number).scalar_subquery()
        self._work.execute(update(Contact).where(Contact.id == opaque).values(stopped_at=silence))
        self._audit.add(AuditAction.CONTACTS_PARTED, now, who, {"link": str(link_id)})
        return True

    def _part_people(self, opaque: UUID, number: UUID) -> Sequence[UUID]:
        back = update(Person).where(Person.contact_id == number, Person.home_id == opaque)
        moved = self._work.scalars(
            back.values(contact_id=opaque, home_id=None).returning(Person.id)
        ).all()
        self._work.execute(
            update(Outbox)
            .where(Outbox.contact_id == number, Outbox.person_id.in_(moved))
            .values(contact_id=opaque)
        )
        return moved

    def _hashes(self, *parts: str) -> Sequence[bytes]:
        return [hashed for _, hashed in self._sealer.hashes(*parts)]


def _has_number(contact_id: object) -> ColumnElement[bool]:
    return exists().where(Address.contact_id == contact_id, Address.scheme == "tel")
