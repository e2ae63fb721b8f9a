"""The commands as somebody types them for the first time, in every wrong way she may."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from puente.commands import main
from puente.demonstration import prepare
from puente.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of her own, where nothing is yet."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("command", ["chat nada", "simulate nada --citizens 1", "flows check nada"])
def test_a_name_that_is_no_consultation_is_one_line(command: str) -> None:
    result = run(*command.split())
    assert result.exit_code == 1
    assert "nada" in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(
    "command", ["export plan-digital --output a.csv", "users add a@example.org --role exportador"]
)
def test_before_the_database_is_made_a_command_says_so(command: str) -> None:
    result = run(*command.split())
    assert result.exit_code == 1
    assert result.output == "Error: The database is not migrated; run: puente db upgrade\n"


@pytest.mark.parametrize(
    ("output", "start"),
    [
        ("a.csv", b"\xef\xbb\xbfconsulta"),
        ("a.XLSX", b"PK"),
        ("a.jsonl", b""),
        ("a", b"\xef\xbb\xbf"),
    ],
)
def test_the_end_of_a_file_s_name_says_its_format(
    output: str, start: bytes, folder: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    prepare(read_settings())
    assert run("export", "plan-digital", "--output", output).exit_code == 0
    assert (folder / output).read_bytes().startswith(start)


def test_where_a_file_cannot_be_written_is_told(
    folder: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    prepare(read_settings())
    (folder / "there").mkdir()
    for output in ("nowhere/a.csv", "there"):
        result = run("export", "plan-digital", "--output", output)
        assert result.exit_code == 1
        assert result.output.startswith(f"Error: {output} cannot be written: ")
    assert not list(folder.glob(".there*"))


def test_a_consultation_may_be_talked_to_without_anybody_to_answer() -> None:
    program = [sys.executable, "-m", "puente", "chat", "plan-digital"]
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Gobierno de Guatemala" in done.stdout
    assert done.stderr == ""


def test_letters_survive_a_terminal_without_any() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "puente", "chat", "plan-digital", "--channel", "whatsapp"],
        input="Sí\nsí\n\xff\n".encode("latin-1").replace(b"\xed", "í".encode()),
        capture_output=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        check=True,
    )
    assert "¿Tiene usted 18 años o más?" in done.stdout.decode()


def test_a_crowd_asks_the_port_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9")
    result = run("simulate", "plan-digital", "--citizens", "1")
    assert result.exit_code == 1
    assert result.output.startswith("Error: 127.0.0.1:9 does not take messages")
    assert "see --url" in result.output


def test_the_simulator_s_phones_need_no_public_address() -> None:
    result = run("doctor", "--channel", "simulator")
    assert result.exit_code == 0
    assert "problema" not in result.output
