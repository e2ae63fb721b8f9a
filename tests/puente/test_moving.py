"""A database moved to another one and a key put in another's place, by the commands."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from puente.commands import main
from storage import rekeying
from storage.dossiers import Review
from storage.files import MediaFiles
from storage.models import Proposal
from storage.sealing import PhoneKeys, Sealer
from tests.support.clock import Clock
from tests.support.house import open_house, set_up

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.databases import Databases
    from tests.support.house import House

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
OLD, NEW = (
    f"{name}:{base64.b64encode(bytes([n]) * 32).decode()}" for n, name in ((1, "k1"), (2, "k2"))
)
GONE, STAYS = "+50255550101", "+50255550102"


def run(*words: str) -> str:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    return result.output


def live(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people answer, leave a receipt to be sent, and staff be there."""
    monkeypatch.setenv("DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("PUENTE_DATA", str(house.settings.data))
    for number in (GONE, STAYS):
        phone = house.phone("twilio-sms", number)
        for one in ("CONSULTA", "1", "1", "1", "1", "1", "1", "Que haya agua", "Nebaj", "1", "3"):
            phone.send(one)


def seal_by_staff(house: House) -> None:
    """Leave what staff seal: a reason for a proposal, and an app's secret."""
    with house.database.engine.connect() as connection:
        proposal_id = connection.scalar(select(Proposal.id).where(Proposal.state != "borrada"))
    assert proposal_id is not None
    with house.database.unit() as unit:
        unit.second_steps.set_secret(1, "JBSWY3DPEHPK3PXP", 1)
        review = Review(1, "aceptada", "Va en el plan", "ana@example.org", NINE)
        unit.proposals.review(proposal_id, review)


def set_keys(house: House, monkeypatch: pytest.MonkeyPatch, folder: Path, *keys: str) -> None:
    """Start everything again with other keys."""
    monkeypatch.setenv("PUENTE_PHONE_KEYS", ",".join(keys))
    house.settings = set_up(
        folder, house.settings.database_url, Clock(NINE), PUENTE_PHONE_KEYS=",".join(keys)
    )
    house.reload()


def test_a_key_gives_way_to_another_one_in_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(rekeying.Rekeying.seal, "__defaults__", (2,))
    monkeypatch.setattr(rekeying.Rekeying.hash_addresses, "__defaults__", (1,))
    with open_house(set_up(tmp_path, database_url, Clock(NINE), PUENTE_PHONE_KEYS=OLD)) as house:
        monkeypatch.setenv("PUENTE_PHONE_KEYS", OLD)
        live(house, monkeypatch)
        run("users", "add", "ana@example.org", "--role", "observador")
        name = MediaFiles(house.settings.data / "media", Sealer(PhoneKeys.parse(OLD))).write(b"voz")
        gone = house.phone("twilio-whatsapp", GONE)
        gone.send("BORRAR")
        gone.send("1")
        seal_by_staff(house)
        before = house.table("long")

        set_keys(house, monkeypatch, tmp_path, OLD, NEW)
        assert "Huellas nuevas de números: 1\nCifrado otra vez con k1: 0\n" in run("keys", "rotate")
        set_keys(house, monkeypatch, tmp_path, NEW, OLD)
        told = run("keys", "rotate")
        assert "Huellas nuevas de números: 0" in told
        assert "k1 hace falta todavía: 1 números borrados" in told
        again = run("keys", "rotate")
        assert "Cifrado otra vez con k2: 0" in again

        set_keys(house, monkeypatch, tmp_path, NEW)
        assert house.table("long") == before
        reply = house.phone("twilio-whatsapp", STAYS).send("FOLIO")
        assert reply.texts, "she is found by her number"
        assert house.count("contact") == 2
        files = MediaFiles(house.settings.data / "media", Sealer(house.settings.phone_keys))
        assert files.read(name) == b"voz"


def test_a_key_that_is_missing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    with open_house(set_up(tmp_path, sqlite_url, Clock(NINE), PUENTE_PHONE_KEYS=OLD)) as house:
        live(house, monkeypatch)
        monkeypatch.setenv("PUENTE_PHONE_KEYS", NEW)
        result = CliRunner().invoke(main, ["keys", "rotate"])
        assert result.exit_code == 1
        assert "Falta una llave" in result.output


def test_a_new_key_can_be_used() -> None:
    made = run("keys", "new", "k7").strip()
    ((name, key),) = PhoneKeys.parse(made).keys
    assert (name, len(key)) == ("k7", 32)


@pytest.mark.parametrize("name", ["a:b", "k 2", "k,2", "", "llave-año", "k" * 33])
def test_a_key_whose_name_the_setting_would_refuse_is_not_made(name: str) -> None:
    result = CliRunner().invoke(main, ["keys", "new", name])
    assert result.exit_code == 1
    assert "El nombre de una llave" in result.output


def test_a_municipality_that_grew_moves_to_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str, empty_postgres_url: str
) -> None:
    with open_house(set_up(tmp_path, sqlite_url, Clock(NINE))) as house:
        live(house, monkeypatch)
        run("users", "add", "ana@example.org", "--role", "observador")
        before = house.table("long"), house.table("messages")
        told = run("db", "copy", sqlite_url, empty_postgres_url)
        assert f"answer\t{house.count('answer')}\n" in told
    monkeypatch.setenv("DATABASE_URL", empty_postgres_url)
    with open_house(set_up(tmp_path, empty_postgres_url, Clock(NINE))) as house:
        assert (house.table("long"), house.table("messages")) == before
        assert house.phone("twilio-whatsapp", STAYS).send("FOLIO").texts
        assert house.count("contact") == 2
        run("users", "add", "eva@example.org", "--role", "observador")
        assert house.count("due_chore") == 3
        with house.database.engine.connect() as connection:
            numbers = connection.scalars(text("SELECT id FROM staff_user ORDER BY id")).all()
        assert numbers == [1, 2]
        result = CliRunner().invoke(main, ["db", "copy", sqlite_url, empty_postgres_url])
        assert (result.exit_code, result.output) == (1, "Error: the target is not empty\n")


def test_what_is_not_migrated_is_not_copied(sqlite_url: str, sqlite_databases: Databases) -> None:
    empty = sqlite_databases.make(migrated=False)
    result = CliRunner().invoke(main, ["db", "copy", empty, sqlite_url])
    assert (result.exit_code, "source is not migrated" in result.output) == (1, True)


@pytest.mark.parametrize("wrong", ["nonsense", "mysql5://puente:canary-secret-5f0e9d@db/puente"])
def test_what_is_no_address_of_a_database_is_told_and_not_quoted(
    sqlite_url: str, wrong: str
) -> None:
    for words in ((wrong, sqlite_url), (sqlite_url, wrong)):
        result = CliRunner().invoke(main, ["db", "copy", *words])
        assert result.output == (
            "Error: That is no database's address: write postgresql://… or sqlite:///…\n"
        )
