"""A channel's pace over any ten seconds: never above it, hardly below while work waits."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.crowd import Filler
from bench.daytime import CHANNEL, open_daytime, read_told
from bench.figures import Figure
from tests.support.waiting import wait_for

RATE = 40
SECONDS = 30
WINDOW = 10.0


def measure_throttle() -> list[Figure]:
    """Send for half a minute by one worker, and slide a window over what the provider heard."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        open_daytime(Path(name), RATE) as (store, log),
    ):
        Filler(store.settings, store.postgres.url()).owe(
            RATE * (SECONDS + 5), store.settings.clock(), CHANNEL
        )
        with store.start("worker"):
            wait_for(lambda: len(read_told(log)) >= RATE * SECONDS, "the messages", 120)
        told = [at for at, _ in read_told(log)]
    begins = [at for at in told if at + WINDOW <= told[-1]]
    counts = [sum(begin <= at < begin + WINDOW for at in told) for begin in begins[::10]]
    shares = sorted(count / (RATE * WINDOW) for count in counts)
    return [
        Figure(
            "throttle: the most in any 10 s, of what is allowed",
            "share",
            (shares[-1],),
            1.0,
            1.0,
            more_is_better=False,
        ),
        Figure(
            "throttle: the least in any 10 s while work waits", "share", (shares[0],), 0.95, 0.97
        ),
    ]
