"""Draining the outbox, beside bare http.client loops to the same gateway."""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.crowd import Filler
from bench.figures import ROUNDS, Figure, time_it
from bench.house import open_store
from bot.channels import CHANNELS
from bot.channels.settings import ChannelSettings
from bot.delivery import Delivery
from bot.worker import SENDERS
from puente.house import make_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.database import Database

MESSAGES = 2_000
CHANNEL = "sms"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BODY = urlencode({"To": "+50255550101", "From": "+50222220000", "Body": "Gracias."})


def measure_outbox() -> list[Figure]:
    """Drain it over as many connections as a worker has, in turn with as many bare loops."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        open_store(Path(name)) as store,
        open_gateway() as port,
    ):
        filler, database = (
            Filler(store.settings, store.postgres.url()),
            make_database(store.settings),
        )
        shares = []
        for _ in range(ROUNDS):
            filler.owe(MESSAGES, datetime.now(UTC), CHANNEL, "receipt")
            drain = _measure_drain(database, port)
            shares.append(_measure_bare(port) / drain)
        database.close()
    return [
        Figure(
            f"outbox, {SENDERS} connections, over as many bare http.client loops",
            "share",
            tuple(shares),
            0.6,
            0.8,
        )
    ]


@contextmanager
def open_gateway(*arguments: str) -> Iterator[int]:
    """Start the gateway as a process of its own, and give its port."""
    command = [sys.executable, "-m", "bench.gateway", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
        try:
            line = run.stdout.readline() if run.stdout else b""
            yield int(line)
        finally:
            run.terminate()


def _measure_bare(port: int) -> float:
    """Send as many messages by bare loops; seconds."""

    def loop() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(MESSAGES // SENDERS):
            line.request("POST", "/", BODY, FORM)
            line.getresponse().read()
        line.close()

    return _time(loop)


def _measure_drain(database: Database, port: int) -> float:
    """Send what waits in the outbox, outcomes recorded; seconds."""
    options = {
        "account_sid": f"AC{0:032}",
        "auth_token": "t",
        "sender": "+50222220000",
        "api_url": f"http://127.0.0.1:{port}",
    }
    channel = CHANNELS["twilio-sms"](ChannelSettings(CHANNEL, "twilio-sms", options))
    delivery = Delivery(database, {CHANNEL: channel}, lambda: datetime.now(UTC), chance=lambda: 0.0)
    return _time(lambda: delivery.drain(CHANNEL))


def _time(work: Callable[[], object]) -> float:
    threads = [threading.Thread(target=work) for _ in range(SENDERS)]

    def run() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return time_it(run)
