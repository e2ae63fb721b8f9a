"""When the database is away, locked, quicker than we thought, or we made a mistake."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import pytest

from storage.database import Database
from storage.errors import DatabaseAwayError, StatementError
from storage.migrate import upgrade
from storage.records import TurnKey
from storage.turns.writers import Writers
from tests.support.canaries import CANARY_TEXT
from tests.support.citizens import KEYS, NOW, open_town
from tests.support.parts import needs
from tests.support.postgres import PostgresServer, find_binaries

if TYPE_CHECKING:
    from pathlib import Path

    from storage.records import TurnWrite
    from tests.support.citizens import Town


KEY = TurnKey("sms", "SM1", "tel", "+50255550101")


def broken(town: Town) -> TurnWrite:
    """Make a turn whose session belongs to nobody, which no foreign key allows."""
    key = town.key()
    snapshot = town.load(key)
    session = town.session(snapshot, UUID(int=404), state=CANARY_TEXT)
    return town.write(key, snapshot, session=session)


def test_a_mistake_of_ours_is_told_by_code_and_constraint_alone(town: Town) -> None:
    with pytest.raises(StatementError) as raised:
        town.database.turns.save(broken(town))

    assert CANARY_TEXT not in str(raised.value)
    assert raised.value.code
    assert raised.value.__cause__ is None
    assert town.load(town.key()).contact is None
    town.take()


def test_a_mistake_under_lock_keeps_nothing(town: Town) -> None:
    key = town.key()

    def save() -> None:
        with town.database.turns.locked(key, town.now) as (_, save):
            save(broken(town))

    with pytest.raises(StatementError):
        save()
    assert town.load(key).contact is None


def test_a_unit_that_fails_keeps_nothing(town: Town) -> None:
    def close() -> None:
        with town.database.unit() as unit:
            unit.consultations.close(town.consultation_id, town.now, "ana@example.org")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        close()
    assert town.load(town.key()).consultations[0].is_open


def test_a_server_that_is_not_there_is_away(tmp_path: Path) -> None:
    database = Database(f"postgresql://puente@/nothing?host={tmp_path}", KEYS)
    with pytest.raises(DatabaseAwayError, match="no connection"):
        database.turns.load(KEY, NOW)
    with pytest.raises(DatabaseAwayError), database.unit() as unit:
        unit.consultations.list()
    with pytest.raises(DatabaseAwayError):
        database.read(lambda unit: unit.consultations.list())
    database.close()


def test_a_file_that_cannot_be_opened_is_away(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    database = Database(f"sqlite:///{tmp_path}/folder", KEYS)
    with pytest.raises(DatabaseAwayError):
        database.turns.load(KEY, NOW)
    database.close()


def test_a_file_that_is_no_database_is_a_fault_and_not_an_outage(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    database = Database(f"sqlite:///{tmp_path}/text", KEYS)
    with pytest.raises(StatementError, match="DatabaseError"):
        database.turns.load(KEY, NOW)
    database.close()


def test_a_connection_that_breaks_while_writing_is_found_by_its_claim(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = postgres_town
    key = town.key()
    write = town.write(key, town.load(key))
    _end_others(town, "idle")

    assert not town.database.turns.save(write), "nobody knows whether it got through"
    assert town.load(key).reply is None
    assert town.database.turns.save(write)

    def fail(*_: object, **__: object) -> None:
        raise psycopg.OperationalError("out of memory")

    monkeypatch.setattr("storage.turns.wire.Wire.fetch_one", fail)
    with pytest.raises(DatabaseAwayError):
        town.database.turns.save(write)


@pytest.mark.parametrize("what", ["load", "save"])
def test_a_server_that_was_killed_meanwhile_is_no_fault_of_ours(what: str) -> None:
    needs("PostgreSQL", found=find_binaries() is not None)
    with PostgresServer(is_durable=True) as server:
        upgrade(server.url())
        with open_town(server.url()) as town:
            for _ in range(2):  # leaves a connection behind that knows the statements to come
                key = town.key()
                assert town.database.turns.save(town.write(key, town.load(key)))
            key = town.key()
            write = town.write(key, town.load(key))
            server.kill()
            server.start()
            if what == "save":
                assert not town.database.turns.save(write)
            assert town.load(key).reply is None
            assert town.database.turns.save(write)


@pytest.mark.parametrize(
    "error", [psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure]
)
def test_a_deadlock_is_a_lost_race(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch, error: type[psycopg.Error]
) -> None:
    key = postgres_town.key()
    write = postgres_town.write(key, postgres_town.load(key))

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("storage.turns.wire.Wire.fetch_one", fail)
    assert not postgres_town.database.turns.save(write)


def test_a_lost_race_under_lock_is_told_by_both_databases(town: Town) -> None:
    town.take()
    key = town.key()
    with town.database.turns.locked(key, town.now) as (snapshot, save):
        assert snapshot.contact is not None
        stale = replace(snapshot.contact, version=snapshot.contact.version + 1)
        assert not save(town.write(key, replace(snapshot, contact=stale)))


def test_what_is_lent_while_it_closes_is_closed_when_it_comes_back(town: Town) -> None:
    turns = town.database.turns
    key = town.key()
    with turns.locked(key, town.now) as (_, save):
        turns.close()
        del save
    assert not turns._connections._idle  # type: ignore[attr-defined] # noqa: SLF001


def test_a_writer_that_does_not_end_is_not_waited_for_forever() -> None:
    writers = Writers(patience=0.01)
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with writers.turn():
            entered.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    with pytest.raises(DatabaseAwayError), writers.turn():
        pass
    leave.set()
    holder.join()
    with writers.turn():
        pass


def test_a_database_somebody_else_holds_is_away(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.turns.sqlite.BUSY_SECONDS", 0)
    with open_town(sqlite_url) as town:
        town.database.turns.load(town.key(), town.now)
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseAwayError, match="BUSY"):
            town.take()
        other.close()
        town.take()


def _end_others(town: Town, state: str) -> None:
    with psycopg.connect(
        town.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    ) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = %s",
            [state],
        )
