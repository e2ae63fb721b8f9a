"""Counts that strangers read: a cell of fewer than `LEAST_PEOPLE` people never stands alone.

A small cell gives up its finer keys from the right until enough people share what is left;
those that are still too few take the smallest cell that stands in with them, so that the rest
cannot be had by subtracting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from admin.tables.tiers import LEAST_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How much there is of one kind.

    Attributes:
        keys: what kind, the coarsest key first; empty where it was given up.
        people: how many people at least stand behind it.
        counts: what is counted.
    """

    keys: Keys
    people: int
    counts: tuple[int, ...]

    def join(self, other: Cell, keys: Keys, people: int) -> Cell:
        """Count two kinds as one."""
        counts = tuple(map(sum, zip(self.counts, other.counts, strict=True)))
        return Cell(keys, people, counts)


def gather(cells: Iterable[Cell], *, are_disjoint: bool) -> list[Cell]:
    """Join cells until each has enough people behind it, or only one is left.

    Args:
        cells: of different keys.
        are_disjoint: whether nobody stands behind two of them, so that their people add up.
    """
    standing: dict[Keys, Cell] = {}
    left = list(cells)
    for depth in range(len(left[0].keys) if left else 0, -1, -1):
        groups: dict[Keys, Cell] = {}
        for cell in left:
            keys = cell.keys[:depth] + ("",) * (len(cell.keys) - depth)
            found = groups.get(keys)
            groups[keys] = (
                Cell(keys, cell.people, cell.counts)
                if found is None
                else found.join(cell, keys, _people(found, cell, are_disjoint=are_disjoint))
            )
        left = [cell for cell in groups.values() if cell.people < LEAST_PEOPLE]
        standing |= {keys: cell for keys, cell in groups.items() if cell.people >= LEAST_PEOPLE}
    for rest in left:  # at most one: nothing is finer than no key at all
        while rest.people < LEAST_PEOPLE and standing:
            smallest = min(standing.values(), key=lambda cell: (cell.people, cell.keys))
            del standing[smallest.keys]
            people = _people(rest, smallest, are_disjoint=are_disjoint)
            rest = rest.join(smallest, rest.keys, people)  # noqa: PLW2901 - it grows
        standing[rest.keys] = rest
    return sorted(standing.values(), key=lambda cell: cell.keys)


def _people(one: Cell, other: Cell, *, are_disjoint: bool) -> int:
    return one.people + other.people if are_disjoint else max(one.people, other.people)
