"""The full path of a message, beside what PostgreSQL alone manages."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ceilings import Ceilings
from bench.figures import ROUNDS, Figure
from bench.house import open_house
from bench.load import send_at_full_speed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.house import House

SECONDS = 4
LINES = 16


@dataclass(frozen=True)
class _Round:
    """Messages a second, and the CPU seconds of ours for each of theirs."""

    ours: float
    ceiling_a: float
    ceiling_b: float
    cpu_share: float


def measure_path() -> list[Figure]:
    """Send conversations as fast as they are answered, in turn with pgbench."""
    with open_with_ceilings() as (house, ceilings):
        rounds = [_measure(house, ceilings, number) for number in range(1, ROUNDS + 1)]
    return [
        Figure(
            "full path over ceiling A (pgbench, a turn's seven statements)",
            "share",
            tuple(one.ours / one.ceiling_a for one in rounds),
            0.5,
            0.8,
        ),
        Figure(
            "full path over ceiling B (pgbench, the same in one round trip)",
            "share",
            tuple(one.ours / one.ceiling_b for one in rounds),
            0.3,
            0.5,
        ),
        Figure(
            "CPU of our process per message, in units of PostgreSQL's",
            "ratio",
            tuple(one.cpu_share for one in rounds),
            2.4,
            1.5,
            more_is_better=False,
        ),
    ]


@contextmanager
def open_with_ceilings() -> Iterator[tuple[House, Ceilings]]:
    """Open a house that has answered before, and pgbench's ceilings over its PostgreSQL."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        open_house(Path(name)) as house,
    ):
        ceilings = Ceilings(house.postgres, Path(name))
        send_at_full_speed(house.port, SECONDS, LINES, 0)  # prepares statements, fills caches
        yield house, ceilings


def _measure(house: House, ceilings: Ceilings, number: int) -> _Round:
    before = house.cpu()
    ours = send_at_full_speed(house.port, SECONDS, LINES, number)
    after = house.cpu()
    cpu_ours, cpu_theirs = (late - early for early, late in zip(before, after, strict=True))
    return _Round(
        ours, ceilings.by_statement(SECONDS), ceilings.at_once(SECONDS), cpu_ours / cpu_theirs
    )
