"""The departments as a map draws them, and how dark each is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHADES = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """A box, and INE code -> the SVG path of a department in it."""

    width: int
    height: int
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shade:
    """From how many people to how many a department is this dark; 1 is the lightest."""

    number: int
    low: int
    high: int


@cache
def read_drawing() -> Drawing:
    """Read the package's drawing."""
    file = resources.files("admin.map") / "departments.json"
    return Drawing(**json.loads(file.read_text(encoding="utf-8")))


def make_shades(least: int, most: int) -> list[Shade]:
    """Part what there is into shades of equal width, as many as whole numbers allow.

    Args:
        least: people in the department with the fewest that may be shown.
        most: people in the one with the most.
    """
    width = -(-(most - least + 1) // SHADES)  # rounded up
    lows = range(least, most + 1, width)
    return [Shade(number, low, min(low + width - 1, most)) for number, low in enumerate(lows, 1)]


def find_shade(shades: list[Shade], people: int) -> int:
    """Give the number of the shade of so many people."""
    return next(shade.number for shade in shades if people <= shade.high)
