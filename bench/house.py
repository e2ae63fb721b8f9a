"""What is measured: Puente as it runs in production, over a PostgreSQL of its own."""

from __future__ import annotations

import base64
import os
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.publishing import publish
from puente.bundled import read_source
from puente.house import make_database
from puente.settings import read_settings
from storage.migrate import upgrade
from tests.support.phones import TWILIO_TOKEN, URL
from tests.support.postgres import PostgresServer
from tests.support.processes import PuenteRun, find_descendants
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from puente.settings import Settings

CHANNELS = f"""
channels:
  twilio-sms: {{kind: twilio-sms, account_sid: AC{"0" * 32}, auth_token: {TWILIO_TOKEN}}}
"""
START_SECONDS = 300
"""Much, for a busy machine: what was filled in for minutes is not given up for a slow start."""
NO_REDIS = "redis://127.0.0.1:1/0"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Store:
    """A PostgreSQL with the flagship in it, and the settings of an installation over it."""

    folder: Path
    postgres: PostgresServer
    environ: Mapping[str, str] = field(repr=False)
    settings: Settings

    def start(self, *arguments: str) -> PuenteRun:
        """Make a process of the installation, to be entered."""
        return PuenteRun(self.folder, *arguments, **self.environ)


class House:
    """A running web process, its settings, and the server below it."""

    def __init__(self, store: Store, port: int, pid: int) -> None:
        self.settings = store.settings
        self.postgres = store.postgres
        self.port = port
        self._pid = pid

    def cpu(self) -> tuple[float, float]:
        """Give the CPU seconds spent so far by our processes and by PostgreSQL's."""
        ours = [self._pid, *find_descendants(self._pid)]
        theirs = [self.postgres.pid, *find_descendants(self.postgres.pid)]
        return sum(map(_spent, ours)), sum(map(_spent, theirs))


@contextmanager
def open_store(folder: Path, channels: str = CHANNELS, **environ: str) -> Iterator[Store]:
    """Start PostgreSQL with fsync on, and publish the flagship."""
    with PostgresServer(is_durable=True) as postgres:
        (folder / "channels.yaml").write_text(channels)
        full = {
            "PUENTE_ENV": "production",
            "DATABASE_URL": postgres.url(),
            "REDIS_URL": NO_REDIS,
            "PUENTE_PHONE_KEYS": "k1:" + base64.b64encode(bytes(range(32))).decode(),
            "PUENTE_SECRET_KEY": "b" * 48,
            "PUENTE_PUBLIC_URL": URL,
            **environ,
        }
        settings = read_settings(full, folder)
        upgrade(settings.database_url)
        database = make_database(settings)
        source, name = read_source("plan-digital")
        publish(database, source, name, who="bench", note="", now=settings.clock())
        database.close()
        yield Store(folder, postgres, full, settings)


@contextmanager
def open_house(folder: Path, channels: str = CHANNELS) -> Iterator[House]:
    """Serve over a store of its own."""
    with open_store(folder, channels) as store, serve(store) as house:
        yield house


@contextmanager
def serve(store: Store) -> Iterator[House]:
    """Serve over a store."""
    port = find_free_port()
    with store.start("web", "--port", str(port)) as run:
        wait_for(lambda: is_served(port), "the web process", START_SECONDS)
        yield House(store, port, run.pid)


def find_free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_served(port: int) -> bool:
    """Tell whether somebody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _spent(pid: int) -> float:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123 - read often
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS  # own, and children that have ended
