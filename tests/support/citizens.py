"""A database with an open consultation, and citizens whose turns go into it."""

from __future__ import annotations

import itertools
import random
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from storage.database import Database
from storage.ids import uuid7
from storage.published import NewConsultation, NewRevision
from storage.records import (
    NewAnswer,
    NewMessage,
    NewOutgoing,
    SessionWrite,
    Snapshot,
    TurnKey,
    TurnWrite,
)
from storage.sealing import PhoneKeys

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
KEYS = PhoneKeys((("k1", bytes(range(32))),))
CONSULTATION = UUID(int=1)
REVISION = UUID(int=2)
PHONE = "+50255550101"


@dataclass
class Town:
    """One open consultation in a database, and ids that never repeat."""

    database: Database
    consultation_id: UUID = CONSULTATION
    revision_id: UUID = REVISION
    now: datetime = NOW
    _chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311
    _claims: Iterator[int] = field(default_factory=itertools.count)

    def found(self, slug: str = "plan-digital") -> Town:
        """Add the consultation, publish it and open it."""
        new = NewConsultation(self.consultation_id, slug, "Plan", "ana@example.org", self.now)
        revision = NewRevision(
            self.revision_id, new.id, None, "puente: 1", "{}", "primera", new.who, self.now
        )
        with self.database.unit() as unit:
            unit.consultations.add(new)
            unit.consultations.publish(revision)
            unit.consultations.open(new.id, self.now, new.who)
        return self

    def make_id(self) -> UUID:
        return uuid7(self.now, self._chance.randbytes(10))

    def wait(self, **spans: float) -> datetime:
        self.now += timedelta(**spans)
        return self.now

    def key(self, phone: str = PHONE, claim: str | None = None, dialog: str = "") -> TurnKey:
        name = claim if claim is not None else f"SM{next(self._claims)}"
        return TurnKey("sms", name, "tel", phone, dialog)

    def load(self, key: TurnKey) -> Snapshot:
        return self.database.turns.load(key, self.now)

    def write(self, key: TurnKey, snapshot: Snapshot, **changes: Any) -> TurnWrite:
        """Make the smallest turn of this contact."""
        contact = snapshot.contact
        write = TurnWrite(
            key=key,
            at=self.now,
            contact=contact,
            contact_id=contact.id if contact else self.make_id(),
            person_id=contact.person_id if contact else self.make_id(),
            new_person=contact is None,
            reply=f"reply to {key.claim}",
        )
        return replace(write, **changes)

    def session(self, snapshot: Snapshot, person_id: UUID, **changes: Any) -> SessionWrite:
        """Make or move on a session."""
        old = snapshot.session
        session = SessionWrite(
            id=old.id if old else self.make_id(),
            person_id=person_id,
            consultation_id=self.consultation_id,
            revision_id=self.revision_id,
            is_new=old is None,
            state='{"format":1}',
            language="es",
            channel="sms",
            mode="propia",
            turns=old.turns + 1 if old else 1,
            position="p1",
            outcome=None,
            folio=None,
            at=self.now,
        )
        return replace(session, **changes)

    def answer(
        self,
        session_id: UUID,
        question: str,
        value: str | None,
        text: str | None = None,
        **more: Any,
    ) -> NewAnswer:
        answer = NewAnswer(
            id=self.make_id(),
            session_id=session_id,
            question=question,
            kind="place" if question == "ub" else "choice",
            value=value,
            text=text if text is not None else value or "",
            language="es",
            channel="sms",
            mode="propia",
            at=self.now,
        )
        return replace(answer, **more)

    def message(self, direction: str, text: str, session_id: UUID | None) -> NewMessage:
        return NewMessage(self.make_id(), direction, "sms", text, self.now, session_id)

    def outgoing(self, text: str, session_id: UUID | None = None, **more: Any) -> NewOutgoing:
        out = NewOutgoing(self.make_id(), "sms", text, self.now, self.now, session_id, "receipt")
        return replace(out, **more)

    def take(
        self,
        phone: str = PHONE,
        answers: dict[str, str | None] | None = None,
        *,
        texts: tuple[str, str] = ("hola", "¿P1?"),
        session: dict[str, Any] | None = None,
        **changes: Any,
    ) -> TurnWrite:
        """Take a whole turn of one citizen: both messages, her answers, her session."""
        key = self.key(phone)
        snapshot = self.load(key)
        write = self.write(key, snapshot)
        moved = self.session(snapshot, write.person_id, **(session or {}))
        write = replace(
            write,
            session=moved,
            messages=tuple(
                self.message(direction, text, moved.id)
                for direction, text in zip(("in", "out"), texts, strict=True)
            ),
            answers=tuple(
                self.answer(moved.id, question, value)
                for question, value in (answers or {}).items()
            ),
        )
        write = replace(write, **changes)
        assert self.database.turns.save(write)
        return write


@contextmanager
def open_town(url: str, keys: PhoneKeys = KEYS) -> Iterator[Town]:
    """Open a migrated database and found the consultation."""
    database = Database(url, keys)
    try:
        yield Town(database).found()
    finally:
        database.close()
