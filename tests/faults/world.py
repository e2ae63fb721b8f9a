"""Puente as it runs in earnest, and everything it stands on: processes, stores, a provider."""

from __future__ import annotations

import fcntl
import http.client
import os
import random
import signal
import socket
import threading
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from bot.publishing import publish
from bot.spool import QUOTA_BYTES
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
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from puente.settings import Settings
    from storage.database import Database
    from tests.support.fake_twilio import FakeTwilio

SLUG = "plan-digital"
KEY = "k1:" + "A" * 43 + "="
HTTP_UNAVAILABLE = 503
RATE = 30
"""Segments a second: the broadcast is on its way while things happen."""

PATIENCE = 240.0
"""Seconds until a thing that is waited for counts as never to come, on a machine that has much else
to do."""

AT_ONCE = 1_000

LEASE_IS_OVER = timedelta(minutes=3)
"""A worker with its clock so far ahead takes over what killed ones had leased."""

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""A Monday in Guatemala: a broadcast goes out by day alone."""


BEGAN = datetime.now(UTC)

NIGHT = timedelta(hours=23, minutes=30)
"""From one day to the next, but no whole day: whoever is silent for that long is reminded."""
NIGHTS = 5
"""Until Saturday, half past nine: before nine no broadcast goes out."""


class World:
    """All of it, in one folder; leaving the context ends everything.

    `kills` counts how often a worker was killed, `nights` how often the clock went past
    midnight; `faults` names what was done, in order.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 - a fault can be run again
        self._stack = ExitStack()
        self._runs: dict[str, PuenteRun] = {}
        self._started: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {}
        self._environ: dict[str, str] = {}
        self._port = _find_free_port()
        self._valkey = ValkeyServer(folder / "valkey", is_durable=False)
        self._coming: list[Callable[[], None]] = []
        self.kills = 0
        self.nights = 0
        self._awake = 0
        self._is_night = False
        self._sleep = threading.Condition()
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

        wait_for(deliver, "an answer", PATIENCE)
        return answers[-1]

    def open_database(self) -> Database:
        """Open the database as a process of the house does."""
        return make_database(self.settings)

    @property
    def settings(self) -> Settings:
        return read_settings(self._environ, self._folder)

    @property
    def spooled(self) -> list[Path]:
        """What lies in the spool."""
        return list((self._folder / "var" / "spool").glob("*.lines"))

    # --- faults ----------------------------------------------------------------------------

    def suffer(self) -> None:
        """Let something happen, and what a service manager does about it."""
        self.revive()
        if not self._coming:  # each of them, before one comes again
            self._coming = self._chance.sample(self._faults, len(self._faults))
        fault = self._coming.pop()
        self.faults.append(fault.__name__)
        fault()

    def revive(self) -> None:
        """Start what has ended by itself, as any service manager does; in the main thread alone.

        A web process does so where another's children still hold the port, or where two of its
        own died within seconds.
        """
        for name, (arguments, environ) in self._started.items():
            if self._run(name).process.poll() is not None:
                self._start(name, *arguments, **environ)

    def wait_for(self, find: Callable[[], bool], what: str) -> None:
        """Wait in the main thread, and keep everything running meanwhile."""

        def look() -> bool:
            self.revive()
            return find()

        wait_for(look, what, PATIENCE)

    def wait_for_none(self, count: Callable[[], int], what: str) -> None:
        """Wait until none is left, however many there are, as long as they become fewer."""
        least = count()
        while least:
            self.wait_for(lambda least=least: count() < least, what)  # type: ignore[misc]
            least = count()

    def start_again(self) -> None:
        """Start everything anew, as after a signal that reached all of it."""
        self.restart_postgres()
        self.kill_valkey()
        self._kill_all()

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
            self.fill_the_spool,
            *([self.pass_midnight] if self.nights < NIGHTS else ()),
        )

    def kill_web_parent(self) -> None:
        self._run("web").kill()
        # Its children finish what they are at; who comes sooner finds the port taken, and ends.
        wait_for(lambda: not self._is_served(), "the port", PATIENCE)
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

    def fill_the_spool(self) -> None:
        """Leave no room for a message while the database is away, until that is noticed."""
        spool = self._folder / "var" / "spool"
        spool.mkdir(parents=True, exist_ok=True)
        path = spool / "filler.lines"
        with path.open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # nobody takes it for a sender's messages
            file.truncate(QUOTA_BYTES)  # a hole: it takes no room in earnest
            self.kill_web_parent()  # a running one has counted what lies there
            self.wait_for(self._is_served, "the web process")
            self._postgres.stop()
            self.wait_for(lambda: self._ask("/readyz") == HTTP_UNAVAILABLE, "a full spool")
            path.unlink()
        self._postgres.start()

    def pass_midnight(self) -> None:
        """Let it be the next day for everybody; nobody speaks in her sleep."""
        self.nights += 1
        with self._sleep:
            self._is_night = True
            try:
                self.wait_for(self._do_all_sleep, "all to go to sleep")
                # A night is long. What lay here for two of them would find its sender reminded.
                self.wait_for_none(lambda: len(self.spooled), "the spool")
                self._environ["PUENTE_CLOCK_OFFSET"] = _offset(self.nights * NIGHT)
                self._kill_all()
            finally:
                self._is_night = False
                self._sleep.notify_all()

    def _do_all_sleep(self) -> bool:
        return self._sleep.wait_for(lambda: self._awake == 0, timeout=1)

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Live through a day, or what is left of it; at night whoever comes waits."""
        with self._sleep:
            self._sleep.wait_for(lambda: not self._is_night)
            self._awake += 1
        try:
            yield
        finally:
            with self._sleep:
                self._awake -= 1
                self._sleep.notify_all()

    def end_leases(self) -> None:
        """Let a worker take over what killed ones had leased, and send as fast as it can.

        A thousand faults leave tens of thousands of replies behind: at `RATE`, hours.
        """
        self._run("worker").kill()
        self._write_channels(rate=AT_ONCE)
        offset = _offset(self.nights * NIGHT + LEASE_IS_OVER)
        self._start("worker", PUENTE_CLOCK_OFFSET=offset)

    def _kill_all(self) -> None:
        self.kill_worker()
        self.kill_scheduler()
        self.kill_web_parent()

    def _ask(self, path: str) -> int:
        """Give the status a page is answered with; 0 where nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=15)
        try:
            line.request("GET", path)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()

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
        self._write_channels(RATE)
        upgrade(self.settings.database_url)
        database = self.open_database()
        source, name = read_source(SLUG)
        publish(database, source, name, who="prueba", note="", now=self.settings.clock())
        database.close()
        self._start("web", "--port", str(self._port))
        self._start("worker")
        self._start("scheduler")
        self.wait_for(self._is_served, "the web process")

    def _write_channels(self, rate: int) -> None:
        # Who pays for nothing is asked one question at a time: each reply is one message.
        (self._folder / "channels.yaml").write_text(
            f"""
channels:
  twilio-sms: {{kind: twilio-sms, account_sid: {ACCOUNT_SID}, auth_token: {AUTH_TOKEN},
               sender: "{SENDER}", api_url: "{self.twilio.url}", rate: {rate},
               tariff: refunded}}
"""
        )

    def _start(self, name: str, *arguments: str, **environ: str) -> None:
        # Only ever in the main thread: a child ends with the thread that started it.
        self._started[name] = arguments, environ
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
