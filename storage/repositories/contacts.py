"""Contacts as staff look them up: by the whole address alone, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, tuple_

from storage.contacts import Agreement, ContactFile
from storage.dossiers import ContactAddress
from storage.models import (
    Address,
    AddressHash,
    Answer,
    Consultation,
    Contact,
    Person,
    Session,
    Suppression,
)
from storage.repositories.session_rows import select_standing
from storage.turns.erasure import erase
from storage.turns.within import run_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.deletions import Erasure
    from storage.sealing import Sealer

CONSENT = "consent"
"""The kind of the question that asks for it."""


class Contacts:
    """Contacts inside one unit."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def find(self, scheme: str, value: str) -> UUID | None:
        """Find who has an address."""
        key = tuple_(AddressHash.key_id, AddressHash.hash)
        hashes = self._sealer.hashes("address", scheme, value)
        return self._work.scalar(select(AddressHash.contact_id).where(key.in_(hashes)).limit(1))

    def is_suppressed(self, scheme: str, value: str) -> bool:
        """Tell whether an address asked to be forgotten, so that no list may invite it."""
        key = tuple_(Suppression.key_id, Suppression.hash)
        hashes = self._sealer.hashes("address", scheme, value)
        return self._work.scalar(select(Suppression.at).where(key.in_(hashes)).limit(1)) is not None

    def get(self, contact_id: UUID) -> ContactFile | None:
        """Give a contact."""
        row = self._work.get(Contact, contact_id)
        if row is None:
            return None
        return ContactFile(
            row.id,
            row.persons,
            self._addresses(contact_id),
            row.created_at,
            row.seen_at,
            row.stopped_at,
            row.erased_at,
        )

    def agreements(self, contact_id: UUID) -> Sequence[Agreement]:
        """List what the people of a contact agreed to, the newest conversation first."""
        query = (
            select(
                Session.id,
                Session.person_id,
                Consultation.slug,
                Consultation.title,
                func.coalesce(Session.folio, ""),
                Session.language,
                Session.mode,
                select_standing(),
                Session.started_at,
                Answer.value,
                Answer.at,
                Session.publish,
                Session.publish_at,
                Session.write_back,
                Session.write_back_at,
            )
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .join(Consultation, Consultation.id == Session.consultation_id)
            .outerjoin(
                Answer,
                (Answer.session_id == Session.id)
                & (Answer.kind == CONSENT)
                & Answer.superseded_at.is_(None),
            )
            .where(Contact.id == contact_id)
            .order_by(Session.id.desc())
        )
        rows: Iterable[Sequence[Any]] = self._work.execute(query)
        return [Agreement(*row) for row in rows]

    def list_left(self, since: datetime) -> Sequence[datetime]:
        """List when numbers left from a time on, without saying which."""
        left = select(Contact.stopped_at).where(Contact.stopped_at >= since)
        return [at for at in self._work.scalars(left) if at is not None]

    def count_left(self) -> tuple[int, int]:
        """Count the numbers that have left, and those whose data were deleted."""
        query = select(func.count(Contact.stopped_at), func.count(Contact.erased_at))
        left, erased = self._work.execute(query).one()
        return left, erased

    def erase(self, erasure: Erasure) -> None:
        """Delete what BORRAR deletes, in the transaction of this unit."""
        erase(run_within(self._work), erasure)

    def _addresses(self, contact_id: UUID) -> Sequence[ContactAddress]:
        rows = self._work.scalars(
            select(Address).where(Address.contact_id == contact_id).order_by(Address.id)
        )
        return [
            ContactAddress(row.scheme, self._sealer.open("address", row.id.bytes, row.sealed_value))
            for row in rows
        ]
