"""What one tier sees of a row: the rules of tiers.py, carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.tables.tiers import COLUMN_RULES, Rule, Tier
from flows.script.model import GIVEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admin.tables.disclosure import Crowd, Traits
    from admin.tables.subject import Subject
    from admin.tables.variables import Variable

_BY_ANSWER = {"valor", "etiqueta", "texto"}
"""Columns whose rule hangs on the question; `answer` applies it."""


def read_value(value: str, text: str) -> str:
    """Give an answer's value: the words themselves where the database keeps a mark for them."""
    return text.strip() if value == GIVEN else value


class Lens:
    """One tier's view of a consultation.

    Args:
        tier: who looks.
        columns: the names of the columns before or beside the answers, in order.
        crowd: how many people share which traits; the team's tier needs none.

    Attributes:
        hides_few: whether what few people share is hidden.
        sees_all: whether every answer is shown, whoever gave it.
        sees_hours: whether a time is shown, and not its day alone.
        sees_communities: whether a community is named however few belong to it.
    """

    def __init__(self, tier: Tier, columns: Sequence[str], crowd: Crowd | None = None) -> None:
        self._crowd = crowd
        self._shared: Mapping[Traits, Traits] = crowd.find_shared() if crowd else {}
        rules = [(place, name, COLUMN_RULES[name].of(tier)) for place, name in enumerate(columns)]
        self._masked = [
            rule for rule in rules if rule[1] not in _BY_ANSWER and rule[2] is not Rule.SHOWN
        ]
        self.sees_all = COLUMN_RULES["valor"].of(tier) is Rule.SHOWN
        self._traits = COLUMN_RULES["municipio"].of(tier)
        self.hides_few = self._traits is Rule.SHARED
        self.sees_hours = COLUMN_RULES["contestada_en"].of(tier) is Rule.SHOWN
        self.sees_communities = COLUMN_RULES["comunidad"].of(tier) is Rule.SHOWN
        self._words = COLUMN_RULES["texto"].of(tier)

    def hide(self, row: list[str], subject: Subject) -> None:
        """Empty the cells of a row this tier may not see."""
        for place, name, rule in self._masked:
            row[place] = self._look(rule, name, row[place], subject)

    def answer(
        self, subject: Subject, variable: Variable, value: str, text: str
    ) -> tuple[str, str]:
        """Give what this tier sees of an answer's value and of what was sent for it."""
        value = read_value(value, text)
        if self.sees_all:
            return value, text
        if variable.has_words(value):
            may = self._words is Rule.PERMITTED and subject.may_publish
            return (value, text) if may else ("", "")
        if variable.is_trait and self._traits is Rule.SHARED:
            return self._share(subject, variable, value), ""
        return value, ""

    def _look(self, rule: Rule, name: str, value: str, subject: Subject) -> str:
        if rule is Rule.DAY:
            return value[: len("2026-03-02")]
        if rule is Rule.SHARED:
            return value if value == self._trait(subject, name) else ""
        if rule is Rule.FROM_TEN and self._crowd is not None:
            return value if self._crowd.has_many(value) else ""
        return ""

    def _share(self, subject: Subject, variable: Variable, value: str) -> str:
        """Give a trait as far as enough people share it: a place may be its department."""
        if variable.kind == "place":
            if value != subject.place:
                return ""
            return self._trait(subject, "municipio") or self._trait(subject, "departamento")
        return value if value == self._trait(subject, variable.id) else ""

    def _trait(self, subject: Subject, name: str) -> str:
        shown = self._shared.get(subject.traits)
        return "" if shown is None else shown[subject.trait_names.index(name)]
