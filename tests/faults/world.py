"""Puente as it runs in earnest, and everything it stands on: processes, stores, a provider."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from bot.publishing import publish
from puente.bundled import read_source
from puente.house import make_database
from puente.settings import read_settings
from puente.valkey import ValkeyServer
from storage.migrate import upgrade
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN, SENDER, serve_twilio
from tests.support.phones import URL, Answer
from tests.support.postgres import PostgresServer
from tests.support.processes import PuenteRun
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from puente.settings import Settings
    from storage.database import Database
    from tests.support.fake_twilio import FakeTwilio

SLUG = "plan-digital"
KEY = "k1:" + "A" * 43 + "="
RATE = 30
"""Segments a second: the broadcast is on its way while things happen."""

LEASE_IS_OVER = timedelta(minutes=3)
"""A worker with its clock so far ahead takes over what killed ones had leased."""

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""A Monday in Guatemala: a broadcast goes out by day alone."""


BEGAN = datetime.now(UTC)


class World:
    """All of it, in one folder; leaving the context ends everything.

    `kills` counts how often a worker was killed; `faults` names what was done, in order.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 - a fault can be run again
        self._stack = ExitStack()
        self._runs: dict[str, PuenteRun] = {}
        self._environ: dict[str, str] = {}
        self._port = _find_free_port()
        self._valkey = ValkeyServer(folder / "valkey", is_durable=False)
        self.kills = 0
        self.faults: list[str] = []

    def __enter__(self) -> Self:
        with self._stack:
            self._build()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    # --- what citizens and checkers need ---------------------------------------------------

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Deliver as a provider that does not give up until it is answered with 200."""
        answers: list[Answer] = []

        def deliver() -> bool:
            line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=15)
            try:
                line.request("POST", f"/channels/{path}", body, dict(headers))
                response = line.getresponse()
                answers.append(Answer(response.status, response.read().decode()))
            except (OSError, http.client.HTTPException):
                return False
            finally:
                line.close()
            return answers[-1].status == 200

        wait_for(deliver, "an answer", seconds=90)
        return answers[-1]

    def open_database(self) -> Database:
        """Open the database as a process of the house does."""
        return make_database(self.settings)

    @property
    def settings(self) -> Settings:
        return read_settings(self._environ, self._folder)

    # --- faults ----------------------------------------------------------------------------

    def suffer(self) -> None:
        """Let something happen, and what a service manager does about it."""
        fault = self._chance.choice(self._faults)
        self.faults.append(fault.__name__)
        fault()

    @property
    def _faults(self) -> tuple[Callable[[], None], ...]:
        return (
            self.kill_web_parent,
            self.kill_web_child,
            self.kill_worker,
            self.kill_worker,
            self.kill_scheduler,
            self.restart_postgres,
            self.kill_postgres,
            self.kill_valkey,
            self.trouble_the_provider,
        )

    def kill_web_parent(self) -> None:
        self._run("web").kill()
        self._start("web", "--port", str(self._port))

    def kill_web_child(self) -> None:
        child = self._chance.choice(self._run("web").descendants() or [0])
        if child:
            os.kill(child, signal.SIGKILL)

    def kill_worker(self) -> None:
        self.kills += 1
        self._run("worker").kill()
        self._start("worker")

    def kill_scheduler(self) -> None:
        self._run("scheduler").kill()
        self._start("scheduler")

    def restart_postgres(self) -> None:
        self._postgres.stop()
        self._postgres.start()

    def kill_postgres(self) -> None:
        self._postgres.kill()
        self._postgres.start()

    def kill_valkey(self) -> None:
        self._valkey.stop()
        self._valkey.start()

    def trouble_the_provider(self) -> None:
        self.twilio.moods.extend(self._chance.choices(["busy", "unavailable"], k=3))

    def end_leases(self) -> None:
        """Let a worker take over what killed ones had leased."""
        self._run("worker").kill()
        self._start("worker", PUENTE_CLOCK_OFFSET=_offset(LEASE_IS_OVER))

    # --- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.twilio: FakeTwilio = self._stack.enter_context(serve_twilio())
        self._postgres = self._stack.enter_context(PostgresServer(is_durable=True))
        self._stack.callback(self._valkey.stop)
        self._valkey.start()
        self._environ = {
            "DATABASE_URL": self._postgres.url(),
            "REDIS_URL": self._valkey.url,
            "PUENTE_PHONE_KEYS": KEY,
            "PUENTE_PUBLIC_URL": URL,
            "PUENTE_CLOCK_OFFSET": _offset(),
        }
        # Who pays for nothing is asked one question at a time: each reply is one message.
        (self._folder / "channels.yaml").write_text(
            f"""
channels:
  twilio-sms: {{kind: twilio-sms, account_sid: {ACCOUNT_SID}, auth_token: {AUTH_TOKEN},
               sender: "{SENDER}", api_url: "{self.twilio.url}", rate: {RATE},
               tariff: refunded}}
"""
        )
        upgrade(self.settings.database_url)
        database = self.open_database()
        source, name = read_source(SLUG)
        publish(database, source, name, who="prueba", note="", now=self.settings.clock())
        database.close()
        self._start("web", "--port", str(self._port))
        self._start("worker")
        self._start("scheduler")
        wait_for(self._is_served, "the web process", seconds=60)

    def _start(self, name: str, *arguments: str, **environ: str) -> None:
        # Only ever in the main thread: a child ends with the thread that started it.
        run = PuenteRun(self._folder, name, *arguments, **(self._environ | environ))
        self._runs[name] = self._stack.enter_context(run)

    def _run(self, name: str) -> PuenteRun:
        return self._runs[name]

    def _is_served(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0


def _offset(more: timedelta = timedelta()) -> str:
    return f"{round((NOON - BEGAN + more).total_seconds() / 60)}m"


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
