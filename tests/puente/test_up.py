"""`puente up` for real: its processes are killed, its port is taken, and it goes on."""

from __future__ import annotations

import os
import re
import signal
import socket
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.support.processes import PuenteRun, command_line, is_alive
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVER = "everything|granian"
"""Our command, or the title that granian takes where setproctitle is installed."""


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}readyz", timeout=5) as response:  # noqa: S310 - our own server
            return bool(response.status == 200)
    except OSError:
        return False


def kill_and_wait_for_another(run: PuenteRun, word: str) -> None:
    killed = run.find_process(word)
    assert killed is not None, word
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: run.find_process(word) not in (None, killed), f"another {word}")


def test_it_takes_the_next_free_port_and_heals_and_ends(tmp_path: Path, taken_port: int) -> None:
    with PuenteRun(tmp_path, "up", PORT=str(taken_port)) as run:
        url = run.wait_for_line("Puente: ")
        port = int(url.rstrip("/").rpartition(":")[2])
        assert port > taken_port
        assert f"127.0.0.1:{taken_port} is taken; taking {port}" in run.output()
        assert is_ready(url)
        for word in (SERVER, "worker", "scheduler", "valkey-server"):
            kill_and_wait_for_another(run, word)
        wait_for(lambda: is_ready(url), "the web process to answer again")
        children = run.descendants()
        run.process.terminate()
        assert run.process.wait(30) == 0
        assert not any(map(is_alive, children))
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_a_worker_of_the_server_that_is_killed_is_replaced(tmp_path: Path, taken_port: int) -> None:
    public = {"PUENTE_PUBLIC_URL": "https://voz.example.org"}
    with PuenteRun(tmp_path, "up", PORT=str(taken_port), **public) as run:
        url = run.wait_for_line("Puente: ")
        wait_for(lambda: "está en https://voz.example.org/admin/" in run.output(), "where to enter")
        serving = [pid for pid in run.descendants() if re.search(SERVER, command_line(pid))]
        assert len(serving) == 2
        os.kill(serving[1], signal.SIGKILL)
        wait_for(lambda: is_ready(url), "another worker to answer")
        assert serving[0] in run.descendants()


def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path: Path, taken_port: int) -> None:
    with PuenteRun(tmp_path, "up", PORT=str(taken_port)) as run:
        run.wait_for_line("Puente: ")
        children = run.descendants()
        assert len(children) >= 5
        run.kill()
        wait_for(lambda: not any(map(is_alive, children)), "the orphans to end")


def test_settings_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    with PuenteRun(tmp_path, "up", PORT="eighty", PUENTE_TIMEZONE="Xela") as run:
        assert run.process.wait(30) == 1
        assert run.output().splitlines() == [
            "Error: Puente cannot start with these settings:",
            "  PORT is not a number from 1 to 65535",
            "  PUENTE_TIMEZONE is not a time zone like America/Guatemala",
        ]


def test_an_address_of_another_machine_is_told(tmp_path: Path) -> None:
    with PuenteRun(tmp_path, "up", "--host", "192.0.2.1") as run:
        assert run.process.wait(30) == 1
        assert "Error: 192.0.2.1:8000 cannot be served: " in run.output()
        assert "Traceback" not in run.output()


def test_channels_that_cannot_be_made_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "channels.yaml").write_text("channels: {fax: {kind: fax}}")
    with PuenteRun(tmp_path, "up") as run:
        assert run.process.wait(30) == 1
        assert "  channel fax: no kind 'fax'; there are " in run.output()


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    url = f"postgresql://puente@/puente?host={tmp_path}"
    with PuenteRun(tmp_path, "up", DATABASE_URL=url) as run:
        assert run.process.wait(30) == 1
        assert "The database cannot be used" in run.output()
        assert "Traceback" not in run.output()


@pytest.mark.parametrize("side", ["web", "admin"])
def test_one_side_says_that_its_port_is_taken(side: str, tmp_path: Path, taken_port: int) -> None:
    with PuenteRun(tmp_path, side, "--port", str(taken_port)) as run:
        assert run.process.wait(30) == 1
        assert f"127.0.0.1:{taken_port} is taken" in run.output()
