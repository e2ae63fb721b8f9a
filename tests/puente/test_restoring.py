"""A real backup, what people delete after it, a real restore, and the ledger over it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.ledger import NAME, Ledger, read_ledger
from bot.retention import FORGET_AFTER, make_retention
from puente.commands import main
from storage.deletions import DeletionEntry
from tests.support.clock import Clock
from tests.support.house import open_house, set_up
from tests.support.parts import needs
from tests.support.postgres import find_binaries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.house import House
    from tests.support.phones import Phone

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
GONE = "+50255550101"
LEFT = "+50255550102"
BACK = "+50255550103"
MINOR = "+50255550104"
STAYS = "+50255550105"
AGAIN = "+50255550106"


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(set_up(tmp_path, database_url, Clock(NINE))) as house:
        yield house


def answer(house: House, number: str, *texts: str) -> Phone:
    phone = house.phone("twilio-sms", number)
    for one in ("CONSULTA", *texts):
        phone.send(one)
    return phone


def back_up(house: House, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a backup as docs/operations.md says."""
    file = folder / "backup"
    url = house.settings.database_url
    if url.startswith("sqlite"):
        monkeypatch.setenv("DATABASE_URL", url)
        assert CliRunner().invoke(main, ["db", "backup", str(file)]).exit_code == 0
        assert CliRunner().invoke(main, ["db", "backup", str(file)]).exit_code == 1, "it is there"
        assert file.stat().st_mode & 0o077 == 0
        return file
    monkeypatch.setenv("DATABASE_URL", url)
    assert "pg_dump" in CliRunner().invoke(main, ["db", "backup", str(file)]).output
    _run_postgres("pg_dump", "--format=custom", f"--file={file}", f"--dbname={_libpq(url)}")
    return file


def restore(house: House, file: Path) -> None:
    """Put a backup in the place of the database."""
    url = house.settings.database_url
    house.close()
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        for ending in ("-wal", "-shm"):
            Path(path + ending).unlink(missing_ok=True)
        shutil.copyfile(file, path)
        return
    _run_postgres("pg_restore", "--clean", "--if-exists", f"--dbname={_libpq(url)}", str(file))


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _run_postgres(program: str, *arguments: str) -> None:
    binaries = find_binaries()
    assert binaries is not None
    needs(program, found=(binaries / program).exists())
    subprocess.run([str(binaries / program), *arguments], check=True, capture_output=True)


def write_ledger(house: House) -> None:
    (chore,) = Ledger(house.database, house.settings.data / NAME).chores
    chore.run(house.settings.clock())


def replay(house: House, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setenv("DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("PUENTE_DATA", str(house.settings.data))
    result = CliRunner().invoke(main, ["db", "replay-deletions", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_backup_resurrects_nobody(
    town: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = answer(town, GONE, "1", "1", "1")
    left = answer(town, LEFT, "1", "1", "1")
    back = answer(town, BACK, "1", "1", "1", "BAJA")
    again = answer(town, AGAIN, "1", "1", "1", "BAJA")
    minor = answer(town, MINOR, "1")
    stays = answer(town, STAYS, "1", "1", "1")
    town.settings.clock.advance(minutes=1)  # type: ignore[attr-defined]
    write_ledger(town)
    back.send("CONSULTA")
    again.send("CONSULTA")
    backup = back_up(town, tmp_path, monkeypatch)
    before = town.count("answer")
    town.settings.clock.advance(minutes=1)  # type: ignore[attr-defined]
    for phone, words in (
        (gone, ("BORRAR", "1")),
        (left, ("BAJA",)),
        (again, ("BAJA",)),
        (minor, ("2",)),
    ):
        for one in words:
            phone.send(one)
    write_ledger(town)
    ledger = (town.settings.data / NAME).read_text()
    assert "5025555" not in ledger

    restore(town, backup)
    town.reload()
    assert town.count("answer") == before, "as the backup has it"
    told = replay(town, monkeypatch)

    assert "personas que pidieron borrar sus datos: 1" in told
    assert "menores de edad: 1" in told
    assert "se dieron de baja: 2" in told, "who left twice as well"
    assert town.count("session", "outcome = 'erased'") == 1
    assert town.count("session", "outcome = 'ineligible'") == 1
    assert (town.count("suppression"), town.count("address")) == (1, 4)
    assert town.count("contact", "stopped_at IS NOT NULL") == 2, "who came back may stay"
    assert town.count("answer") < before
    assert left.send("hola").texts == ()
    assert stays.send("1").texts
    twice = replay(town, monkeypatch, str(town.settings.data / NAME))
    assert [line[-1] for line in twice.splitlines()[1:]] == ["0"] * 5
    write_ledger(town)
    assert (town.settings.data / NAME).read_text() == ledger, "it was whole, and stays so"


def test_numbers_nobody_wrote_from_for_two_years_are_forgotten(town: House) -> None:
    answer(town, LEFT, "1", "BAJA")
    answer(town, GONE, "1", "1", "1")
    clock = town.settings.clock
    clock.advance(days=FORGET_AFTER.days)  # type: ignore[attr-defined]
    answer(town, STAYS, "1")
    clock.advance(hours=1)  # type: ignore[attr-defined]
    (chore,) = make_retention(town.database, town.settings.timezone)
    chore.run(clock())
    assert (town.count("address"), town.count("suppression")) == (1, 1)
    assert town.count("answer", "question = 'p1'") == 1, "what was said stays"
    write_ledger(town)
    kinds = sorted(one.kind for one in read_ledger(town.settings.data / NAME))
    assert kinds == ["contact", "contact", "suppress"]


def test_the_file_is_written_once_for_each_and_survives_a_cut_line(town: House) -> None:
    path = town.settings.data / NAME
    ledger = Ledger(town.database, path)
    ledger.run(NINE)
    assert not path.exists()
    answer(town, LEFT, "1", "BAJA")
    for _ in range(2):
        ledger.run(NINE)
    assert len(read_ledger(path)) == 1
    with path.open("a") as file:
        file.write('{"kind": "er')
    answer(town, GONE, "1", "BAJA")
    write_ledger(town)
    assert len({one.hash for one in read_ledger(path)}) == len(read_ledger(path)) == 2
    assert len(path.read_text().split()) > len(read_ledger(path))


def test_a_line_that_is_none_is_told() -> None:
    for line in ("", "{}", "[]", '{"kind": "left"}', '{"at": 3}'):
        with pytest.raises(ValueError):  # noqa: PT011 - of json too
            DeletionEntry.from_json(line)


def test_without_a_ledger_there_is_nothing_to_replay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("PUENTE_DATA", str(tmp_path))
    result = CliRunner().invoke(main, ["db", "replay-deletions"])
    assert result.exit_code == 1
    assert "registro de borrados" in result.output


@pytest.mark.parametrize("wrong", [b"PGDMP\x01\xff", b"basura\n", b'{"kind": "left"'])
def test_a_file_that_is_no_ledger_is_not_taken_for_an_empty_one(
    wrong: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_DATA", str(tmp_path))
    (tmp_path / "otro").write_bytes(wrong)
    result = CliRunner().invoke(main, ["db", "replay-deletions", str(tmp_path / "otro")])
    assert result.exit_code == 1
    assert "no es un registro de borrados" in result.output


def test_a_backup_into_a_folder_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_DATA", str(tmp_path))
    result = CliRunner().invoke(main, ["db", "backup", str(tmp_path / "no" / "copia.sqlite3")])
    assert result.exit_code == 1
    assert "No hay ninguna carpeta" in result.output


def test_a_backup_that_failed_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/no.sqlite3")
    copy = tmp_path / "copia.sqlite3"
    result = CliRunner().invoke(main, ["db", "backup", str(copy)])
    assert result.exit_code == 1
    assert "No se hizo ninguna copia" in result.output
    assert not copy.exists()
