"""Draining the outbox, beside bare http.client loops to the same gateway."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bot.channels import CHANNELS
from bot.channels.settings import ChannelSettings
from bot.delivery import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.citizens import Town

CONNECTIONS = 2
MESSAGES = 600
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BODY = urlencode({"To": "+50255550101", "From": "+50222220000", "Body": "Gracias."})


@contextmanager
def open_gateway() -> Iterator[int]:
    """Start the gateway as a process of its own, and give its port."""
    with subprocess.Popen([sys.executable, "-m", "bench.gateway"], stdout=subprocess.PIPE) as run:
        try:
            line = run.stdout.readline() if run.stdout else b""
            yield int(line)
        finally:
            run.terminate()


def measure_bare(port: int) -> float:
    """Send as many messages by bare loops; messages a second."""

    def loop() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(MESSAGES // CONNECTIONS):
            line.request("POST", "/", BODY, FORM)
            line.getresponse().read()
        line.close()

    return _time(loop)


def measure_drain(town: Town, port: int) -> float:
    """Send as many messages out of the outbox, outcomes recorded; messages a second."""
    owe(town)
    options = {
        "account_sid": f"AC{0:032}",
        "auth_token": "t",
        "sender": "+50222220000",
        "api_url": f"http://127.0.0.1:{port}",
    }
    channel = CHANNELS["twilio-sms"](ChannelSettings("sms", "twilio-sms", options))
    delivery = Delivery(town.database, {"sms": channel}, lambda: town.now, chance=lambda: 0.0)
    return _time(lambda: delivery.drain("sms"))


def owe(town: Town) -> None:
    """Write a message to each of so many people."""
    for index in range(MESSAGES):
        key = town.key(f"+502{40_000_000 + index}")
        write = replace(town.write(key, town.load(key)), outgoing=(town.outgoing("Gracias."),))
        if not town.database.turns.save(write):
            raise RuntimeError("a message was not written")


def _time(work: Callable[[], object]) -> float:
    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return MESSAGES / (time.perf_counter() - began)
