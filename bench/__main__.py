"""`make bench`: each figure beside its limit, measured by turns in the same minutes.

Written to bench/results.json; exit 1 where a figure is below its floor.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.ceilings import Ceilings
from bench.house import House, open_house
from bench.outbox import CONNECTIONS, measure_bare, measure_drain, open_gateway
from bench.step import measure_open_answer, measure_step
from puente.house import make_database
from tests.support.citizens import Town

ROUNDS = 7
SECONDS = 4
LINES = 16
RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Figure:
    """One row: what was measured, its floor and its aim, and whether more is better."""

    what: str
    unit: str
    value: float
    floor: float
    aim: float
    more_is_better: bool = True

    @property
    def is_kept(self) -> bool:
        """Tell whether it is no worse than its floor."""
        return self.value >= self.floor if self.more_is_better else self.value <= self.floor


@dataclass(frozen=True)
class Rates:
    """Messages a second of one round, and the CPU seconds per second of ours and theirs."""

    ours: float
    ceiling_a: float
    ceiling_b: float
    cpu_share: float


def main() -> None:
    """Measure everything, print it, write it down."""
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        open_house(Path(name)) as house,
    ):
        ceilings = Ceilings(house.postgres, Path(name))
        _load(house, 0)  # prepares statements, fills caches
        rounds = [_measure(house, ceilings, number) for number in range(1, ROUNDS + 1)]
        drains = _measure_drains(house)
    step = median(measure_step() for _ in range(ROUNDS))
    answer = median(measure_open_answer() for _ in range(ROUNDS))
    figures = (
        Figure(
            "full path over ceiling A (pgbench, a turn's seven statements)",
            "share",
            median(one.ours / one.ceiling_a for one in rounds),
            0.5,
            0.8,
        ),
        Figure(
            "full path over ceiling B (pgbench, the same in one round trip)",
            "share",
            median(one.ours / one.ceiling_b for one in rounds),
            0.3,
            0.5,
        ),
        Figure(
            "CPU of our process per message, in units of PostgreSQL's",
            "ratio",
            median(one.cpu_share for one in rounds),
            2.4,
            1.5,
            more_is_better=False,
        ),
        Figure("engine step, the flagship", "µs", step, 100, 50, more_is_better=False),
        Figure("engine step, an open answer", "µs", answer, 100, 50, more_is_better=False),
        Figure(
            f"outbox, {CONNECTIONS} connections, over as many bare http.client loops",
            "share",
            median(drain / bare for drain, bare in drains),
            0.6,
            0.8,
        ),
    )
    for one in figures:
        kept = "" if one.is_kept else "  BELOW ITS FLOOR"
        sys.stdout.write(f"{one.value:8.2f} {one.unit:6} {one.what}{kept}\n")
    RESULTS.write_text(json.dumps(_describe(figures, rounds, drains), indent=1) + "\n")
    sys.exit(not all(one.is_kept for one in figures))


def _measure(house: House, ceilings: Ceilings, number: int) -> Rates:
    before = house.cpu()
    ours = _load(house, number)
    after = house.cpu()
    cpu_ours, cpu_theirs = (late - early for early, late in zip(before, after, strict=True))
    return Rates(
        ours, ceilings.by_statement(SECONDS), ceilings.at_once(SECONDS), cpu_ours / cpu_theirs
    )


def _load(house: House, number: int) -> float:
    first = number * 200_000
    done = subprocess.run(
        [sys.executable, "-m", "bench.load", *map(str, (house.port, SECONDS, LINES, first))],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    return float(found["messages"] / found["seconds"])


def _measure_drains(house: House) -> list[tuple[float, float]]:
    database = make_database(house.settings)
    try:
        with open_gateway() as port:
            town = Town(database)
            return [(measure_drain(town, port), measure_bare(port)) for _ in range(ROUNDS)]
    finally:
        database.close()


def _describe(
    figures: tuple[Figure, ...], rounds: list[Rates], drains: list[tuple[float, float]]
) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "figures": [asdict(one) | {"value": round(one.value, 3)} for one in figures],
        "messages a second": [
            {name: round(value, 2) for name, value in asdict(one).items()} for one in rounds
        ],
        "outbox, messages a second": [
            {"drain": round(drain), "bare": round(bare)} for drain, bare in drains
        ],
    }


if __name__ == "__main__":
    main()
