"""How much longer than the median the slowest messages take, beside pgbench's slowest turns."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bench.figures import ROUNDS, Figure, find_percentile
from bench.load import send_at_full_speed
from bench.pace import Pace, send_at_pace
from bench.path import LINES, open_with_ceilings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.ceilings import Ceilings
    from bench.house import House

SECONDS = 4
SHARE = 0.8


def measure_tail() -> list[Figure]:
    """Find what each manages at full speed, then send at 80 % of it, in turn with pgbench."""
    with open_with_ceilings() as (house, ceilings):
        rounds = [_measure(house, ceilings, 2 * number) for number in range(1, ROUNDS + 1)]
    return [
        Figure(
            "p99/p50 at 80 % of capacity, over pgbench's p99/p50",
            "ratio",
            tuple(ours / theirs for ours, theirs in rounds),
            2,
            1.5,
            more_is_better=False,
        )
    ]


def _measure(house: House, ceilings: Ceilings, turn: int) -> tuple[float, float]:
    rate = SHARE * send_at_full_speed(house.port, SECONDS, LINES, turn)
    ours = send_at_pace("sms", house.port, Pace(SECONDS, LINES, rate), turn + 1)
    rate_of_turns = SHARE * ceilings.by_statement(SECONDS)
    return (
        _spread("messages", ours, rate),
        _spread("pgbench", ceilings.at_rate(SECONDS, rate_of_turns), rate_of_turns),
    )


def _spread(what: str, waits: Sequence[float], rate: float) -> float:
    middle, late = find_percentile(waits, 50), find_percentile(waits, 99)
    sys.stdout.write(f"  {what} at {rate:.0f}/s: p50 {middle:.1f} ms, p99 {late:.1f} ms\n")
    return late / middle
