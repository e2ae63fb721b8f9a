"""How many answered what: each question's counts, as far as a tier may see them.

In the public tier no cell stands for fewer than ten people, nor can one be had by subtracting
(`admin.tables.gathering`); a trait is counted as the table of answers shows it, person by
person, so that the two say no more together than each alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from admin.outcomes import find_standing
from admin.tables.gathering import Cell, gather
from admin.tables.subject import DEPARTMENT_DIGITS, SubjectReader
from admin.tables.tiers import COLUMN_RULES, LEAST_PEOPLE, Rule
from admin.tables.variables import KINDS
from flows.reading.places import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admin.consulted import Consulted
    from admin.tables.disclosure import Crowd
    from admin.tables.tiers import Tier
    from admin.tables.variables import Variable
    from storage.reported import Count, ValueCount

COUNTED = frozenset({"consent", "yes_no", "choice", "choices", "rating", "permissions", "place"})
"""Kinds of question whose answers are few enough to be listed with their counts."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a consultation's counts are made of.

    Attributes:
        sessions: by hour, channel and outcome.
        values: of the current answers to each question.
        people: question -> how many answered it.
        crowd: how many people share which traits; None where the tier sees them all.
    """

    sessions: Sequence[Count]
    values: Sequence[ValueCount]
    people: Mapping[str, int]
    crowd: Crowd | None


def hides_few(tier: Tier) -> bool:
    """Tell whether a tier sees no cell of fewer than ten people."""
    return COLUMN_RULES["municipio"].of(tier) is Rule.SHARED


def make_aggregates(consulted: Consulted, tier: Tier, counted: Counted) -> dict[str, Any]:
    """Give the counts as the API does."""
    values: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in counted.values:
        values[one.question][one.value] += one.people
    is_few = hides_few(tier)
    standings: Counter[str] = Counter()
    for count in counted.sessions:
        standings[find_standing(count.outcome).code] += count.sessions
    return {
        "conversations": _count(standings.total(), is_few=is_few),
        "by_standing": [
            {"standing": value, "conversations": people}
            for value, people in list_cells(standings, is_few=is_few)
        ],
        "questions": [
            _describe(consulted, variable, values[variable.id], counted, is_few=is_few)
            for variable in consulted.variables
        ],
    }


def _describe(
    consulted: Consulted,
    variable: Variable,
    values: Counter[str],
    counted: Counted,
    *,
    is_few: bool,
) -> dict[str, Any]:
    is_disjoint = variable.kind != "choices"
    if variable.kind not in COUNTED:
        cells: list[tuple[str | None, int]] = []
    elif is_few and variable.is_trait:
        cells = list_cells(_count_shared(consulted, variable, counted.crowd), is_few=True)
    else:
        cells = list_cells(_split(variable, values), is_few=is_few, is_disjoint=is_disjoint)
    return {
        "id": variable.id,
        "kind": KINDS[variable.kind],
        "text": variable.text,
        "axis": variable.axis,
        "people": _count(counted.people.get(variable.id, 0), is_few=is_few),
        "values": [
            {
                "value": value,
                "label": "" if value is None else variable.label(value, label),
                "people": people,
            }
            for value, people in cells
        ],
    }


def _split(variable: Variable, values: Counter[str]) -> Counter[str]:
    """Count each thing ticked, or each department."""
    split: Counter[str] = Counter()
    for value, people in values.items():
        if variable.kind == "place":
            split[value[:DEPARTMENT_DIGITS] if value.isdecimal() else value] += people
        else:
            for key in value.split() if variable.kind == "choices" else [value]:
                split[key] += people
    return split


def _count_shared(
    consulted: Consulted, variable: Variable, crowd: Crowd | None
) -> Mapping[str, int]:
    """Count a trait as far as enough people share it with the traits beside it."""
    place = SubjectReader(consulted.variables).find_trait(variable.id)
    return {} if crowd is None or place is None else crowd.count_shared(place)


def list_cells(
    values: Mapping[str, int], *, is_few: bool, is_disjoint: bool = True
) -> list[tuple[str | None, int]]:
    """Give the cells a tier sees; the value of what was put together is None."""
    if not is_few:
        return sorted(values.items())
    cells = [Cell((value,), people, (people,)) for value, people in sorted(values.items())]
    return [
        (cell.keys[0] or None, cell.counts[0])
        for cell in gather(cells, are_disjoint=is_disjoint)
        if cell.people >= LEAST_PEOPLE
    ]


def _count(people: int, *, is_few: bool) -> int | None:
    return None if is_few and people < LEAST_PEOPLE else people
