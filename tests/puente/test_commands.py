from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from puente.commands import COMMANDS, main
from puente.console import load_settings
from puente.metrics import FOLDER, share_metrics
from puente.serving import find_free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.postgres import PostgresServer


def test_the_help_names_every_command_without_importing_any() -> None:
    program = (
        "import sys; from puente.commands import main; main(['--help'], standalone_mode=False); "
        "print([name for name in sys.modules if name.startswith(('puente.commands.', 'flask'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    *help_lines, imported = done.stdout.splitlines()
    assert imported == "[]"
    for name, entry in COMMANDS.items():
        assert any(line.split()[:1] == [name] for line in help_lines) is bool(entry.help)


def test_an_unknown_command_is_told() -> None:
    result = CliRunner().invoke(main, ["publish"])
    assert result.exit_code == 2
    assert "No such command 'publish'" in result.output


def test_migrating_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert CliRunner().invoke(main, ["db", "upgrade"]).exit_code == 0
    assert (tmp_path / "var" / "puente.sqlite3").exists()


def test_a_database_that_is_away_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environ = {"DATABASE_URL": f"postgresql://puente@/puente?host={tmp_path}"}
    result = CliRunner().invoke(main, ["db", "upgrade"], env=environ)
    assert result.exit_code == 1
    assert "Error: The database cannot be used" in result.output


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_letter_is_refused(
    postgres_server: PostgresServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"puente_{encoding.lower()}"
    options = f"TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'"
    postgres_server.execute(f"CREATE DATABASE {name} {options}")
    environ = {"DATABASE_URL": postgres_server.url(name)}
    result = CliRunner().invoke(main, ["db", "upgrade"], env=environ)
    postgres_server.execute(f"DROP DATABASE {name}")
    assert result.exit_code == 1
    assert f"it is encoded in {encoding}; make it anew: CREATE DATABASE" in result.output


def test_a_data_folder_that_is_a_file_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "keys").write_text("")
    monkeypatch.setenv("PUENTE_ENV", "production")
    monkeypatch.setenv("PUENTE_SECRET_KEY", "k" * 32)
    monkeypatch.setenv("PUENTE_PHONE_KEYS", "k1:" + "A" * 43 + "=")
    monkeypatch.setenv("PUENTE_DATA", str(tmp_path / "keys"))
    with pytest.raises(click.ClickException, match="PUENTE_DATA cannot be used"):
        load_settings()


def test_processes_share_one_folder_of_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, "")
    own = tmp_path / "metrics" / f"{socket.gethostname()}-{os.getpid()}"
    for left_behind in ("otro-7", own.name):
        (tmp_path / "metrics" / left_behind).mkdir(parents=True)
        (tmp_path / "metrics" / left_behind / "counter_7.db").touch()
        (tmp_path / "metrics" / f"{left_behind}.lock").touch()
    share_metrics(tmp_path)
    assert os.environ[FOLDER] == str(own)
    assert sorted((tmp_path / "metrics").iterdir()) == [own, own.with_name(f"{own.name}.lock")]
    assert list(own.iterdir()) == []
    share_metrics(tmp_path / "elsewhere")
    assert os.environ[FOLDER] == str(own)
    os.environ.pop(FOLDER)  # set by share_metrics, not by the patch


def test_without_a_free_port_the_search_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("puente.serving.is_free", lambda *_: False)
    with pytest.raises(OSError, match="no free port from 65530"):
        find_free_port("127.0.0.1", 65530)
