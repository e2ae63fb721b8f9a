"""Many people at once, as a large consultation has them: written by COPY, not turn by turn."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from admin.consulted import ConsultedReader
from flows.script.model import GIVEN
from storage.ids import uuid7
from storage.records import NewOutgoing
from storage.sealing import Sealer
from storage.turns.outgoing import Recipient, outgoing_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from admin.tables.variables import Variable
    from puente.settings import Settings
    from storage.database import Database

SLUG = "plan-digital"
BEGAN = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
EACH = timedelta(milliseconds=500)
"""One person comes after the other: half a million within three days."""
PLACES = ("0101", "1401", "1413", "1601", "1608", "0901", "0701", "1301")
LANGUAGES = ("es", "es", "es", "quc", "kek")
OUTCOMES = ("complete", "complete", "complete", "partial", None)

Row = dict[str, Any]


class Filler:
    """Fills the tables of one installation; what it writes can be opened and found again."""

    def __init__(self, settings: Settings, url: str) -> None:
        self._sealer = Sealer(settings.phone_keys)
        self._url = url
        self._chance = random.Random(7)  # noqa: S311 - the same people each time

    def make_id(self, at: datetime) -> UUID:
        """Make an id of its time."""
        return uuid7(at, self._chance.randbytes(10))

    def answer(self, database: Database, people: int) -> None:
        """Let so many people have answered everything, ten to fourteen answers each."""
        consulted = ConsultedReader(database).find(SLUG)
        if consulted is None:
            raise RuntimeError("no such consultation")
        made = [self._make_person(BEGAN + EACH * place) for place in range(people)]
        sessions = [self._make_session(person, consulted.consultation) for _, person in made]
        answers = (
            answer for session in sessions for answer in self._answers(session, consulted.variables)
        )
        with psycopg.connect(self._url) as connection:
            _copy(connection, "contact", (contact for contact, _ in made))
            _copy(connection, "person", (person for _, person in made))
            _copy(connection, "address_hash", (self._make_hash(contact) for contact, _ in made))
            _copy(connection, "session", sessions)
            _copy(connection, "answer", answers)
        _analyse(self._url)

    def owe(self, messages: int, now: datetime, channel: str, kind: str = "invitation") -> None:
        """Let a message wait for each of so many people."""
        made = [self._make_person(now) for _ in range(messages)]
        rows = (
            outgoing_row(
                self._sealer,
                NewOutgoing(
                    self.make_id(now), channel, "Le invitamos a la consulta.", now, now, None, kind
                ),
                Recipient(contact["id"], person["id"], "tel", f"+502{40_000_000 + place}"),
            )
            for place, (contact, person) in enumerate(made)
        )
        with psycopg.connect(self._url) as connection:
            _copy(connection, "contact", (contact for contact, _ in made))
            _copy(connection, "person", (person for _, person in made))
            _copy(connection, "outbox", rows)
        _analyse(self._url)

    def _make_person(self, at: datetime) -> tuple[Row, Row]:
        contact, person = self.make_id(at), self.make_id(at)
        return (
            {
                "id": contact,
                "version": 1,
                "person_id": person,
                "persons": 1,
                "lobby": "",
                "traffic": "",
                "created_at": at,
                "seen_at": at,
            },
            {"id": person, "contact_id": contact, "created_at": at},
        )

    def _make_hash(self, contact: Row) -> Row:
        """Make what a number is looked up among; it is nobody's number."""
        return {"hash": self._chance.randbytes(32), "key_id": "k1", "contact_id": contact["id"]}

    def _make_session(self, person: Row, consultation: Any) -> Row:
        at = person["created_at"]
        outcome = self._chance.choice(OUTCOMES)
        return {
            "id": self.make_id(at),
            "person_id": person["id"],
            "consultation_id": consultation.id,
            "revision_id": consultation.revision_id,
            "sealed_state": self._sealer.seal_bytes("session", b"", bytes(600)),
            "language": self._chance.choice(LANGUAGES),
            "channel": self._chance.choice(("claro", "tigo", "whatsapp")),
            "mode": "propia",
            "turns": 12,
            "alert": "",
            "outcome": outcome,
            "started_at": at,
            "turned_at": at + timedelta(minutes=6),
            "ended_at": at + timedelta(minutes=6) if outcome else None,
        }

    def _answers(self, session: Row, variables: Sequence[Variable]) -> Iterator[Row]:
        for place, variable in enumerate(variables):
            at = session["started_at"] + timedelta(seconds=30 * place)
            id_ = self.make_id(at)
            value, text = self._say(variable)
            yield {
                "id": id_,
                "session_id": session["id"],
                "question": variable.id,
                "kind": variable.kind,
                "value": value,
                "sealed_text": self._sealer.seal("answer", id_.bytes, text) if text else None,
                "language": session["language"],
                "channel": session["channel"],
                "mode": "propia",
                "edition": 0,
                "heard": False,
                "at": at,
            }

    def _say(self, variable: Variable) -> tuple[str, str]:
        if variable.is_open:
            return GIVEN, f"Que haya internet en mi aldea, {self._chance.randrange(10**6)}"
        if variable.kind == "place":
            return self._chance.choice(PLACES), "Mi municipio"
        return self._chance.choice(list(variable.options) or ["1", "2", "3"]), ""


def _copy(connection: psycopg.Connection, table: str, rows: Iterable[Row]) -> None:
    remaining = iter(rows)
    first = next(remaining)
    names = ", ".join(first)
    statement = f"COPY {table} ({names}) FROM STDIN"
    with connection.cursor().copy(statement.encode()) as copy:
        copy.write_row(list(first.values()))
        for row in remaining:
            copy.write_row(list(row.values()))


def _analyse(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
