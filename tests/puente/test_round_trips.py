"""What one message asks of PostgreSQL, counted on the wire (design: "two round trips")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from bot.voices import Take, keep_voices
from flows.folio import make_folio
from flows.golden.chance import make_chance
from puente.house import make_media_files
from tests.support.house import SLUG, open_house, set_up
from tests.support.sounds import make_opus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.house import House


FOLIO = make_folio(make_chance(1))


class Wire:
    """All that goes to and from the server, as libpq traces it into a file."""

    def __init__(self, path: Path) -> None:
        self._traced = path.open("ab")
        self._read = path.open(encoding="utf-8", errors="replace")
        self._connections: list[psycopg.Connection[Any]] = []

    def tap(self, connection: psycopg.Connection[Any]) -> None:
        connection.pgconn.trace(self._traced.fileno())
        self._connections.append(connection)

    def read(self) -> list[str]:
        """Give the lines since the last reading."""
        for connection in self._connections:
            connection.pgconn.untrace()  # libpq writes through a buffer of its own
            connection.pgconn.trace(self._traced.fileno())
        return self._read.readlines()

    def close(self) -> None:
        for connection in self._connections:
            connection.pgconn.untrace()
        self._traced.close()
        self._read.close()


def count_round_trips(lines: list[str]) -> int:
    """Count what makes the server answer: a Sync, or a simple query."""
    sent = [line.split("\t") for line in lines]
    return sum(1 for line in sent if line[1] == "F" and line[3].startswith(("Sync", "Query")))


@pytest.fixture
def wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    wire, connect = Wire(tmp_path / "wire"), psycopg.connect

    def connect_tapped(*arguments: Any, **named: Any) -> psycopg.Connection[Any]:
        connection = connect(*arguments, **named)
        wire.tap(connection)
        return connection

    monkeypatch.setattr("storage.turns.postgres.psycopg.connect", connect_tapped)
    yield wire
    wire.close()


@pytest.fixture
def house(tmp_path: Path, postgres_url: str) -> Iterator[House]:
    with open_house(set_up(tmp_path, postgres_url)) as house:
        yield house


def warm_up(house: House) -> None:
    """Let somebody else answer first, so that each shape of statement is prepared."""
    phone = house.phone("twilio-sms", "+50255550109")
    for said in ("CONSULTA", "1", "1", "1", "2"):
        phone.send(said)


def test_a_message_is_one_read_and_one_write_on_the_wire(wire: Wire, house: House) -> None:
    warm_up(house)
    phone = house.phone("twilio-sms")
    wire.read()
    for said in ("CONSULTA", "1", "1", "1", "2"):
        phone.send(said)
        lines = wire.read()
        assert count_round_trips(lines) == 2, said
        assert not [line for line in lines if "BEGIN" in line]


def test_a_recording_costs_no_statement(wire: Wire, house: House) -> None:
    take = Take("es", "inv/texto", make_opus())
    now = house.settings.clock()
    keep_voices(house.database, make_media_files(house.settings), SLUG, [take], who="x", now=now)
    for number in ("+50255550109", "+50255550108"):  # so that each shape is prepared
        assert len(house.phone("twilio-whatsapp", number).send("CONSULTA").texts) == 2
    wire.read()

    voice, text = house.phone("twilio-whatsapp").send("CONSULTA").texts

    assert voice.startswith("https://puente.example.org/voces/")
    assert "Usted decide" in text
    assert count_round_trips(wire.read()) == 2
    again = house.phone("twilio-whatsapp")
    assert again.send("CONSULTA").texts == (voice, text)  # the same delivery, the same reply


def test_the_language_of_her_place_costs_no_statement(wire: Wire, house: House) -> None:
    mam = "alkyee xnaq'tzab'il"
    to_her_place = ("CONSULTA", "1", "1", "2", "1", "2", "Que haya agua", "Todos Santos Cuchumatán")
    before, phone = house.phone("twilio-sms", "+50255550109"), house.phone("twilio-sms")
    for said in (*to_her_place, mam):  # so that each shape of statement is prepared
        before.send(said)
    for said in to_her_place:
        phone.send(said)
    wire.read()

    texts = phone.send(mam).texts

    assert "Qyool Mam: todavia no" in texts[0]
    assert count_round_trips(wire.read()) == 2
    assert house.count("language_demand", "language = 'mam'") == 2


def test_a_repeated_delivery_is_one_read(wire: Wire, house: House) -> None:
    warm_up(house)
    phone = house.phone("twilio-sms")
    phone.send("CONSULTA")
    wire.read()

    phone.repeat()

    assert count_round_trips(wire.read()) == 1


@pytest.mark.parametrize("next_word", ["1", f"FOLIO {FOLIO}"])
@pytest.mark.parametrize("said", [["CONSULTA"], ["CONSULTA", "1", "1"]])
def test_after_the_server_ended_all_connections_nobody_notices(
    house: House, postgres_url: str, said: list[str], next_word: str
) -> None:
    phone = house.phone("twilio-sms")
    for word in [*said, f"FOLIO {FOLIO}"]:
        phone.send(word)
    with psycopg.connect(postgres_url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert phone.send(next_word).texts
    house.reload()
    assert house.count("claim") == len(said) + 2
