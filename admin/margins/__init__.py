"""Who is missing: those who took part beside what the census says of the population.

People choose themselves whether they take part, so nothing here is an estimate of what everybody
thinks, and there is no margin of error. What can be said is which group comes less than another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from admin.tables.disclosure import PLACE_TRAITS
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admin.tables.variables import Variable

LEAST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the population.

    Attributes:
        values: what may stand for it: codes, or folded labels of options.
        share: percent of the population.
    """

    values: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Trait:
    """A trait that both the census and the consultation know.

    Attributes:
        name: key of the margins.
        place: where it stands among the traits of `admin.tables.subject.Subject`.
        groups: the value people's answers have -> their group.
        labels: of these values, where a question gives them; else empty.
    """

    name: str
    place: int
    groups: Mapping[str, Group]
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """How one group takes part.

    Attributes:
        people: of it; None where they are too few to be told.
        percent: of those who took part, its share; None, like `ratio`, where it is not known.
        share: of the population, its share, in percent.
        ratio: people for every 100 that would be expected.
    """

    value: str
    people: int | None
    percent: float | None
    share: float
    ratio: float | None


@cache
def read_margins() -> Mapping[str, tuple[Group, ...]]:
    """Read the package's margins: trait -> its groups."""
    raw = json.loads((resources.files("admin.margins") / "margins.json").read_text("utf-8"))
    return {
        name: tuple(Group(tuple(one["values"]), one["share"]) for one in groups)
        for name, groups in raw.items()
    }


def find_traits(variables: Sequence[Variable]) -> list[Trait]:
    """Find what may be compared: places and languages, and questions whose options match.

    Args:
        variables: of the consultation, in order.
    """
    margins = read_margins()
    found = [
        Trait(name, PLACE_TRAITS.index(name), {g.values[0]: g for g in margins[name]})
        for name in ("departamento", "idioma")
    ]
    asked = [one for one in variables if one.is_trait and one.kind != "place"]
    for place, variable in enumerate(asked, len(PLACE_TRAITS)):
        for name, groups in margins.items():
            known = {value: group for group in groups for value in group.values}
            labels = {key: fold(label) for key, label in variable.options.items()}
            matched = {key: known[label] for key, label in labels.items() if label in known}
            if len(matched) >= LEAST_GROUPS:
                found.append(Trait(name, place, matched, variable.options))
    return found


def compare(trait: Trait, counts: Mapping[str, int]) -> list[Part]:
    """Set the groups beside the population's, the one that is missing most first.

    Args:
        trait: which.
        counts: people by value; of a value that is not here nobody is to know how many. Then no
            group's part in the whole is known either.
    """
    is_whole = trait.groups.keys() <= counts.keys()
    base = sum(counts[value] for value in trait.groups) if is_whole else 0
    groups: dict[Group, list[str]] = {}
    for value, group in trait.groups.items():
        groups.setdefault(group, []).append(value)
    whole = sum(group.share for group in groups)
    parts = []
    for group, values in groups.items():
        is_told = all(value in counts for value in values)
        people = sum(counts[value] for value in values) if is_told else None
        share = 100 * group.share / whole
        percent = 100 * people / base if people is not None and base else None
        ratio = None if percent is None else 100 * percent / share
        parts.append(Part(values[0], people, percent, share, ratio))
    return sorted(parts, key=lambda part: (part.ratio or 0.0, -part.share))


def score(parts: Sequence[Part]) -> float | None:
    """Give the R-score: the lowest participation over the highest; None where it is unknown."""
    ratios = [part.ratio for part in parts if part.ratio is not None]
    return min(ratios) / max(ratios) if ratios else None
