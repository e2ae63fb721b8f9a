"""What a row of the bench gives: figures, each beside its floor and its aim."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 7


@dataclass(frozen=True)
class Figure:
    """One figure: what was measured, how often, its floor and its aim.

    Attributes:
        rounds: of which the value is the median.
        more_is_better: else it is to stay below its floor.
    """

    what: str
    unit: str
    rounds: tuple[float, ...]
    floor: float
    aim: float
    more_is_better: bool = True

    @property
    def value(self) -> float:
        """The median."""
        return median(self.rounds)

    @property
    def is_kept(self) -> bool:
        """Tell whether it is no worse than its floor."""
        return self.value >= self.floor if self.more_is_better else self.value <= self.floor

    def write(self) -> str:
        """Write it as a line."""
        kept = "" if self.is_kept else "  MISSES ITS FLOOR"
        return f"{self.value:9.2f} {self.unit:6} floor {self.floor:g}: {self.what}{kept}"

    def describe(self) -> dict[str, object]:
        """Describe it for results.json, and the machine it was measured on."""
        return {
            "what": self.what,
            "unit": self.unit,
            "value": round(self.value, 3),
            "rounds": [round(one, 3) for one in self.rounds],
            "floor": self.floor,
            "aim": self.aim,
            "is_kept": self.is_kept,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1),
            "python": platform.python_version(),
        }


def find_percentile(values: Sequence[float], percent: float) -> float:
    """Give the value that so many per cent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def time_it(work: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
