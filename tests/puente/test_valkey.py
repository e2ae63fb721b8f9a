from __future__ import annotations

import os
import signal
import stat
from typing import TYPE_CHECKING

import pytest
import redis

from puente.valkey import LONGEST_SOCKET_PATH, ValkeyServer, find_socket, make_url
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ValkeyServer]:
    server = ValkeyServer(tmp_path / "valkey")
    assert server.start()
    yield server
    server.stop()


def process_of(server: ValkeyServer) -> int:
    with redis.Redis.from_url(server.url) as client:
        return int(client.info("server")["process_id"])


def test_it_is_reached_by_its_socket_alone(server: ValkeyServer, tmp_path: Path) -> None:
    socket = tmp_path / "valkey" / "valkey.sock"
    assert server.url == make_url(tmp_path / "valkey") == f"unix://{socket}"
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    with redis.Redis.from_url(server.url) as client:
        assert client.config_get("port") == {"port": "0"}


def test_what_it_was_told_survives_a_kill(server: ValkeyServer) -> None:
    with redis.Redis.from_url(server.url) as client:
        client.set("kept", "yes")
        client.execute_command("WAITAOF", 1, 0, 5_000)
    os.kill(process_of(server), signal.SIGKILL)
    wait_for(lambda: not server.is_running(), "the server to die")
    assert server.start()
    with redis.Redis.from_url(server.url) as client:
        assert client.get("kept") == b"yes"


def test_a_folder_has_one_owner_and_others_use_its_server(
    server: ValkeyServer, tmp_path: Path
) -> None:
    guest = ValkeyServer(tmp_path / "valkey")
    assert not guest.start()
    assert guest.is_running()
    guest.ask_to_end()
    guest.stop()
    assert server.is_running()
    owner = process_of(server)
    server.stop()
    assert not guest.is_running()
    assert guest.start()
    assert process_of(guest) != owner
    guest.stop()


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        server = ValkeyServer(tmp_path / "valkey")
        server.start()
        os.write(writing, b".")
        signal.pause()
        os._exit(0)
    os.read(reading, 1)
    os.close(reading)
    os.close(writing)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    heir = ValkeyServer(tmp_path / "valkey")
    wait_for(heir.start, "the dead owner's server to end")
    heir.stop()


def test_long_folder_short_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = tmp_path.parents[2] / "t"  # pytest's own folder is nearly too long by itself
    short.mkdir(exist_ok=True)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(short))
    folder = tmp_path / ("a" * 60) / ("b" * 60)
    assert find_socket(folder) == find_socket(folder)
    assert len(os.fsencode(find_socket(folder))) <= LONGEST_SOCKET_PATH
    assert find_socket(folder) != find_socket(folder / "c")
    server = ValkeyServer(folder)
    assert server.start()
    assert stat.S_IMODE(find_socket(folder).parent.stat().st_mode) == 0o700
    server.stop()


def test_somebody_else_s_folder_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "valkey").mkdir()
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    with pytest.raises(RuntimeError, match="belongs to another user"):
        ValkeyServer(tmp_path / "valkey").start()


def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    folder = tmp_path / "valkey"
    (folder / "appendonlydir").mkdir(parents=True)
    (folder / "appendonlydir" / "appendonly.aof.manifest").write_text("no manifest")
    with pytest.raises(RuntimeError, match=r"valkey\.log"):
        ValkeyServer(folder).start()
