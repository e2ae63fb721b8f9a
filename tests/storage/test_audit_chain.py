"""The audit's chain: whoever changes, drops or inserts an event is found out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.chores import EACH_SECOND, make_chores
from bot.scheduler import Schedule
from storage.audited import BEGINNING, ChainCheck, check_chain
from storage.database import Database
from storage.repositories import audit
from storage.repositories.due_chores import SEAL
from storage.sealing import PhoneKeys
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clock import Clock


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, PhoneKeys((("k1", bytes(32)),)))
    yield database
    database.close()


def write(database: Database, clock: Clock, count: int) -> None:
    for number in range(count):
        now = clock.advance(seconds=1)
        with database.unit() as unit:
            details = {"user": f"persona{number}@example.org"}
            unit.audit.add(AuditAction.SIGNED_IN, now, "prueba", details)


def seal(database: Database) -> int:
    with database.unit() as unit:
        return unit.audit.seal()


def check(database: Database, anchor: tuple[int, bytes] | None = None) -> ChainCheck:
    with database.reading() as unit:
        return check_chain(unit.audit.sealed(), anchor)


def tamper(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_empty_chain_is_whole(database: Database) -> None:
    assert check(database) == ChainCheck(0, BEGINNING, None, is_anchored=True)


def test_of_schedulers_at_once_one_seals_what_was_written_in_its_order(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed: list[int] = []
    real = audit.Audit.seal

    def listen(one: audit.Audit) -> int:
        sealed.append(real(one))
        return sealed[-1]

    monkeypatch.setattr(audit, "AT_ONCE", 3)
    monkeypatch.setattr(audit.Audit, "seal", listen)
    schedules = [Schedule(make_chores(database)) for _ in range(4)]
    for schedule in schedules:
        schedule.tick(clock())
    assert sealed == [], "nothing to seal, nothing written"
    write(database, clock, 7)
    with ThreadPoolExecutor(4) as threads:
        for _ in threads.map(lambda schedule: schedule.tick(clock()), schedules):
            pass
    assert sealed == [3, 3, 1, 0]
    found = check(database)
    assert (found.sealed, found.is_whole) == (7, True)
    with database.reading() as unit:
        assert not unit.audit.has_unsealed()
        assert [one.read_details()["user"] for one in unit.audit.sealed()] == [
            f"persona{number}@example.org" for number in range(7)
        ]
        assert unit.due_chores.list(SEAL, clock()) == []
        assert len(unit.due_chores.list(SEAL, clock() + EACH_SECOND)) == 1


def test_what_comes_later_goes_on_from_there(database: Database, clock: Clock) -> None:
    write(database, clock, 2)
    assert seal(database) == 2
    first = check(database)
    write(database, clock, 2)
    assert seal(database) == 2
    assert seal(database) == 0
    later = check(database, (first.sealed, first.last))
    assert (later.sealed, later.is_whole) == (4, True)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_event SET who = 'otra' WHERE number = 3", 3),
        ("UPDATE audit_event SET details = '{}' WHERE number = 1", 1),
        ("UPDATE audit_event SET action = 'x' WHERE number = 5", 5),
        ("DELETE FROM audit_event WHERE number = 2", 2),
        ("UPDATE audit_event SET number = 9 WHERE number = 5", 5),
    ],
)
def test_whatever_is_changed_is_found(
    database: Database, clock: Clock, statement: str, broken_at: int
) -> None:
    write(database, clock, 5)
    seal(database)
    tamper(database, statement)
    found = check(database)
    assert (found.broken_at, found.sealed, found.is_whole) == (broken_at, broken_at - 1, False)


def test_a_chain_written_anew_or_cut_off_does_not_fit_its_anchor(
    database: Database, clock: Clock
) -> None:
    write(database, clock, 5)
    seal(database)
    before = check(database)
    anchor = (before.sealed, before.last)
    assert check(database, anchor).is_whole
    tamper(database, "DELETE FROM audit_event WHERE number = 5")
    assert not check(database, anchor).is_whole
    tamper(database, "UPDATE audit_event SET number = NULL, hash = NULL, who = 'otra'")
    seal(database)
    write(database, clock, 1)
    seal(database)
    assert check(database).is_whole
    assert not check(database, anchor).is_whole


def test_of_two_sealers_at_once_neither_breaks_the_chain(database: Database, clock: Clock) -> None:
    write(database, clock, 20)
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(lambda _: seal(database), range(4))) == 20
    found = check(database)
    assert (found.sealed, found.is_whole) == (20, True)


def test_an_erasure_is_sealed_like_all_else(database: Database, clock: Clock) -> None:
    now = clock.advance(seconds=1) + timedelta(microseconds=123_456)
    with database.unit() as unit:
        details: dict[str, str | int] = {"contact_id": "1", "persons": 1}
        details |= {"outcome": "erased", "receipt": "ñ"}
        unit.audit.add(AuditAction.DATA_ERASED, now, "citizen", details)
    seal(database)
    assert check(database).is_whole
