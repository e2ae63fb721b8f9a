"""Which traits of a person may stand side by side in a table that strangers read.

Every combination of traits that is left standing is shared by at least `LEAST_PEOPLE` people.
Who is alone with hers gives up traits rung by rung: first sex, pueblo and the like, then the
community, then the municipality, the department, and last the language. Each rung gathers the
people whom the rungs above left over, so no small group can be had by subtracting: a cell of
any table made of what stands (pueblo by municipality, say) is a union of groups of ten or more.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from admin.tables.tiers import LEAST_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE_TRAITS = ("departamento", "municipio", "comunidad", "idioma")
"""The traits every person has; those the script asks for come behind them."""

Traits = tuple[str, ...]
"""Values in the order of `PLACE_TRAITS` and of the script's own; empty where not known."""

_RUNGS = 5


def _descend(traits: Traits) -> tuple[Traits, ...]:
    """Give the traits with fewer and fewer of them left standing, rung by rung."""
    department, municipality, community, language = traits[: len(PLACE_TRAITS)]
    nothing = ("",) * (len(traits) - len(PLACE_TRAITS))
    return (
        traits,
        (department, municipality, community, language, *nothing),
        (department, municipality, "", language, *nothing),
        (department, "", "", language, *nothing),
        ("", "", "", language, *nothing),
    )


class Crowd:
    """How many people share which traits; filled once, before a table is written."""

    def __init__(self) -> None:
        self._counts: Counter[Traits] = Counter()
        self._communities: Counter[str] = Counter()

    def add(self, traits: Traits, people: int = 1) -> None:
        """Count people, each once, with the traits of her first session."""
        self._counts[traits] += people
        self._communities[traits[PLACE_TRAITS.index("comunidad")]] += people

    def has_many(self, community: str) -> bool:
        """Tell whether enough people belong to a community for it to be named."""
        return self._communities[community] >= LEAST_PEOPLE

    def count(self, place: int) -> Counter[str]:
        """Count the people by one of their traits, for who may see them all."""
        counts: Counter[str] = Counter()
        for traits, people in self._counts.items():
            counts[traits[place]] += people
        return counts

    def count_shared(self, place: int) -> Counter[str]:
        """Count the people by one of their traits as far as it may be shown, else under ""."""
        shared = self.find_shared()
        counts: Counter[str] = Counter()
        for traits, people in self._counts.items():
            counts[shared[traits][place]] += people
        return counts

    def find_shared(self) -> Mapping[Traits, Traits]:
        """Map the traits people have to those of them that may be shown."""
        shared: dict[Traits, Traits] = {}
        left = dict(self._counts)
        for rung in range(_RUNGS):
            coarse = {traits: _descend(traits)[rung] for traits in left}
            groups: Counter[Traits] = Counter()
            for traits, people in left.items():
                groups[coarse[traits]] += people
            enough = {t for t in left if groups[coarse[t]] >= LEAST_PEOPLE}
            shared |= {traits: coarse[traits] for traits in enough}
            left = {traits: people for traits, people in left.items() if traits not in enough}
        return shared | {traits: ("",) * len(traits) for traits in left}
