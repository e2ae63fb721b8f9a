"""How long a USSD screen takes: gateways give up on slow ones, and citizens sooner."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.figures import ROUNDS, Figure, find_percentile
from bench.house import open_house
from bench.pace import Pace, send_at_pace
from bench.screens import CHANNELS

SECONDS = 8
LINES = 32
RATE = 50
"""Screens a second: some 250 people at once who take five seconds for each."""


def measure_ussd() -> list[Figure]:
    """Let whole conversations go on at a set pace; from a screen's slot to its last byte."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        open_house(Path(name), CHANNELS) as house,
    ):
        rounds = [
            send_at_pace("ussd", house.port, Pace(SECONDS, LINES, RATE), turn)
            for turn in range(ROUNDS + 1)
        ][1:]  # the first prepares statements and fills caches
    return [
        Figure(
            f"USSD screen, 99th percentile, {LINES} lines at {RATE} screens a second",
            "ms",
            tuple(find_percentile(waits, 99) for waits in rounds),
            200,
            100,
            more_is_better=False,
        )
    ]
