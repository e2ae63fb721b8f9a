"""The ledger in the database: written with each deletion, and done again after a restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, insert, literal, select, update

from storage.deletions import (
    CONTACT_KIND,
    LEFT_KIND,
    PERSON_KINDS,
    SUPPRESS_KIND,
    DeletionEntry,
    Erasure,
    hash_subject,
)
from storage.models import AddressHash, Contact, Deletion, Invitee, Person, Suppression
from storage.turns.erasure import LEDGER_SUPPRESSED, SUPPRESS, erase, erase_address
from storage.turns.within import run_within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session as Work


class Deletions:
    """The ledger inside one unit."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def list(self) -> Sequence[DeletionEntry]:
        """List all entries, the oldest first."""
        columns = (Deletion.hash, Deletion.kind, Deletion.key_id, Deletion.at)
        rows = self._work.execute(select(*columns).order_by(Deletion.at, Deletion.hash))
        return [DeletionEntry(*row) for row in rows]

    def note_leaving(self) -> int:
        """Write down who has left since this was last done; give how many addresses.

        Who came back and has left again is written down with the later time.
        """
        later = (
            select(Contact.stopped_at)
            .join(AddressHash, AddressHash.contact_id == Contact.id)
            .where(AddressHash.hash == Deletion.hash, Contact.stopped_at > Deletion.at)
            .limit(1)
            .correlate(Deletion)
            .scalar_subquery()
        )
        again = update(Deletion).where(Deletion.kind == LEFT_KIND, later.is_not(None))
        moved = self._work.execute(again.values(at=later).returning(Deletion.hash)).all()
        known = exists().where(Deletion.hash == AddressHash.hash, Deletion.kind == LEFT_KIND)
        left = (
            select(AddressHash.hash, literal(LEFT_KIND), AddressHash.key_id, Contact.stopped_at)
            .join(Contact, Contact.id == AddressHash.contact_id)
            .where(Contact.stopped_at.is_not(None), ~known)
        )
        added = insert(Deletion).from_select(["hash", "kind", "key_id", "at"], left)
        return len(moved) + len(self._work.execute(added.returning(Deletion.hash)).all())

    def forget_silent(self, before: datetime, now: datetime, limit: int) -> int:
        """Delete the addresses of contacts that nobody wrote from since; give how many.

        Of a number that has left, the hash stays as one that no list may invite, and stands in
        the ledger as such.
        """
        silent = (
            update(Contact)
            .where(
                Contact.id.in_(
                    select(Contact.id)
                    .where(Contact.seen_at < before, Contact.erased_at.is_(None))
                    .order_by(Contact.seen_at)
                    .limit(limit)
                ),
                Contact.seen_at < before,  # once more: somebody may write this moment
            )
            .values(version=Contact.version + 1)
            .returning(Contact.id, Contact.stopped_at)
        )
        found = self._work.execute(silent).all()
        run = run_within(self._work)
        for contact_id, stopped_at in found:
            if stopped_at is not None:
                for statement in (SUPPRESS, LEDGER_SUPPRESSED):
                    run(statement, {"contact_id": contact_id, "at": now})
            erase_address(run, contact_id, now)
        return len(found)

    def replay(self, entries: Sequence[DeletionEntry]) -> Mapping[str, int]:
        """Do again what a ledger tells of and this database, restored, does not know.

        Twice is as once. Entries this database lacks are added to its own.

        Returns:
            kind -> of how many something was still there.
        """
        counts = dict.fromkeys((*sorted(PERSON_KINDS), CONTACT_KIND, SUPPRESS_KIND, LEFT_KIND), 0)
        known = {(one.kind, one.hash) for one in self.list()}
        by_kind: dict[str, dict[bytes, DeletionEntry]] = {}
        for one in sorted(entries, key=lambda one: one.at):  # who left twice stands there twice
            by_kind.setdefault(one.kind, {})[one.hash] = one
        for kind in PERSON_KINDS:
            counts[kind] = self._erase_people(by_kind.get(kind, {}), kind)
        counts[CONTACT_KIND] = self._erase_contacts(by_kind.get(CONTACT_KIND, {}))
        for one in by_kind.get(SUPPRESS_KIND, {}).values():
            counts[SUPPRESS_KIND] += self._suppress(one)
        for one in by_kind.get(LEFT_KIND, {}).values():
            counts[LEFT_KIND] += self._silence(one)
        known |= {(one.kind, one.hash) for one in self.list()}  # erasing writes its own
        for kind, of_kind in by_kind.items():
            for one in of_kind.values():
                if (kind, one.hash) not in known:
                    row = {"hash": one.hash, "kind": kind, "key_id": one.key_id, "at": one.at}
                    self._work.execute(insert(Deletion).values(row))
        return counts

    def _erase_people(self, entries: Mapping[bytes, DeletionEntry], kind: str) -> int:
        number = 0
        rows = self._work.execute(
            select(Person.id, Person.contact_id).where(Person.erased_at.is_(None))
        )
        for person_id, contact_id in rows.all() if entries else ():
            entry = entries.get(hash_subject(person_id))
            if entry is not None:
                one = Erasure(contact_id, person_id, 1, False, False, kind, "", entry.at)  # noqa: FBT003
                erase(run_within(self._work), one)
                number += 1
        return number

    def _erase_contacts(self, entries: Mapping[bytes, DeletionEntry]) -> int:
        number = 0
        rows = self._work.execute(select(Contact.id).where(Contact.erased_at.is_(None)))
        for (contact_id,) in rows.all() if entries else ():
            entry = entries.get(hash_subject(contact_id))
            if entry is not None:
                erase_address(run_within(self._work), contact_id, entry.at)
                number += 1
        return number

    def _suppress(self, entry: DeletionEntry) -> int:
        listed = (Invitee.hash == entry.hash) & Invitee.sealed_address.is_not(None)
        values = {"sealed_address": None, "state": "suppressed"}
        self._work.execute(update(Invitee).where(listed).values(values))
        this = (Suppression.hash == entry.hash) & (Suppression.key_id == entry.key_id)
        if self._work.scalar(select(Suppression.at).where(this)) is not None:
            return 0
        row = {"hash": entry.hash, "key_id": entry.key_id, "at": entry.at}
        self._work.execute(insert(Suppression).values(row))
        return 1

    def _silence(self, entry: DeletionEntry) -> int:
        holder = select(AddressHash.contact_id).where(AddressHash.hash == entry.hash)
        left = (
            update(Contact)
            .where(Contact.id.in_(holder), Contact.stopped_at.is_(None))
            .where(Contact.seen_at < entry.at)  # else the backup knows what came after
            .values(stopped_at=entry.at, version=Contact.version + 1)
            .returning(Contact.id)
        )
        return len(self._work.execute(left).all())
