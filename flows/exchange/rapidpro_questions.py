"""A node that waits for an answer, as a question of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from flows.exchange.rapidpro import KINDS_BY_TEST, OPTION_TESTS
from flows.reading.fold import fold
from flows.script.conditions import every
from flows.script.model import SKIPPED, Answered, Comparison, Not, Question
from flows.script.options import HIGHEST
from flows.script.question import (
    DEFAULT_ANSWER,
    DEFAULT_NUMBER,
    HIGHEST_NUMBER,
    HIGHEST_RATING,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flows.exchange.definition import Node
    from flows.exchange.imported import Ledger
    from flows.script.model import Condition, Operator, QuestionKind

_LISTED: Final = re.compile(r"^\s*(\d{1,2})\s*[).:=-]?\s+(\S.*?)\s*$", re.MULTILINE)
"""A line that offers an option: `1 Sí`, `2) No`."""
_SIGNS: Final[Mapping[str, Operator]] = MappingProxyType(
    {
        "has_number_lt": "<",
        "has_number_lte": "<=",
        "has_number_gt": ">",
        "has_number_gte": ">=",
        "has_number_eq": "==",
    }
)
_NUMERIC: Final = frozenset({*_SIGNS, "has_number", "has_number_between"})
_OTHER_LABEL: Final = "Otra respuesta"


@dataclass(frozen=True)
class Asked:
    """A question of a node.

    Attributes:
        question: without its condition.
        labels: option -> what it says.
        conditions: category -> what holds for whoever is in it; a category whose way out is
            for nobody is not there.
        categories: category -> option, for who reads its translation.
    """

    question: Question
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    conditions: Mapping[str, Condition] = field(default_factory=lambda: MappingProxyType({}))
    categories: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def split_options(text: str) -> tuple[str, dict[str, str]]:
    """Part a text from the options that its lines list."""
    listed = {str(int(found[1])): found[2] for found in _LISTED.finditer(text)}
    if len(listed) < 2:  # noqa: PLR2004 - one line that begins with a number lists nothing
        return text, {}
    return _LISTED.sub("", text).strip(), listed


def make_asked(
    node: Node, step: str, line: int, listed: Mapping[str, str], ledger: Ledger
) -> Asked:
    """Make the question that a node waits for an answer to.

    Args:
        node: it waits.
        step: the question's id.
        line: its place in the script.
        listed: the options that its text lists.
        ledger: hears of what cannot be.
    """
    return _Maker(node, step, line, listed, ledger).make()


class _Maker:
    def __init__(
        self, node: Node, step: str, line: int, listed: Mapping[str, str], ledger: Ledger
    ) -> None:
        self._node = node
        self._step = step
        self._line = line
        self._listed = listed
        self._ledger = ledger
        self._cases = [case for case in node.cases if not _is_skip(case)]
        self._skips = len(self._cases) < len(node.cases)
        self._names = {
            str(one.get("uuid", "")): str(one.get("name", "")).strip() for one in node.categories
        }

    def make(self) -> Asked:
        hint = self._node.hint
        if hint not in {"", "digits", "audio"}:
            self._ledger.report("espera-sin-equivalente", self._node.where, word=hint)
        tests = {str(case.get("type", "")) for case in self._cases}
        kinds = {KINDS_BY_TEST.get(test) for test in tests}
        if not tests:
            return Asked(self._make_open("text", voice=hint == "audio"))
        if "number" in kinds and tests <= _NUMERIC:
            return self._make_number()
        if len(self._cases) == 1 and None not in kinds:
            return Asked(self._make_open(kinds.pop() or "text"))
        return self._make_choice()

    def _make_open(self, kind: QuestionKind, *, voice: bool = False) -> Question:
        bounds = {"text": DEFAULT_ANSWER, "number": DEFAULT_NUMBER}
        low, high = bounds.get(kind, (None, None))
        return Question(
            self._step, self._line, kind, skippable=self._skips, voice=voice, low=low, high=high
        )

    # --- numbers ---------------------------------------------------------------------------

    def _make_number(self) -> Asked:
        bounds = [self._read_bounds(case) for case in self._cases]
        conditions: dict[str, Condition] = {}
        for case, (low, high) in zip(self._cases, bounds, strict=True):
            sign = _SIGNS.get(str(case.get("type")))
            parts = [Comparison(self._step, sign, low)] if sign and low else []
            if not sign and low and high:
                parts = [Comparison(self._step, ">=", low), Comparison(self._step, "<=", high)]
            conditions[str(case.get("category_uuid"))] = every(*parts) or Answered(self._step)
        (low, high), *more = bounds
        is_scale = not more and low.isdecimal() and high.isdecimal()
        if is_scale and 0 < int(low) < int(high) <= HIGHEST_RATING:
            rating = Question(self._step, self._line, "rating", low=int(low), high=int(high))
            return Asked(replace(rating, skippable=self._skips), conditions=conditions)
        question = self._make_open("number")
        if is_scale:
            most = min(int(high), HIGHEST_NUMBER)
            question = replace(question, low=max(int(low), 1), high=most)
        return Asked(question, conditions=conditions)

    def _read_bounds(self, case: Mapping[str, Any]) -> tuple[str, str]:
        numbers = [str(one) for one in case.get("arguments") or [] if str(one).isdecimal()]
        return (*numbers, "", "")[0], (*numbers, "", "")[1]

    # --- options ---------------------------------------------------------------------------

    def _make_choice(self) -> Asked:
        options: dict[str, str] = {}  # category -> option
        for uuid in self._list_categories():
            options[uuid] = self._number(uuid, options.values())
        labels = {option: self._label(uuid, option) for uuid, option in options.items()}
        skips = SKIPPED in labels and SKIPPED not in self._listed
        if skips:
            del labels[SKIPPED]
        for case in self._node.cases:
            if case.get("type") not in OPTION_TESTS:
                word, found = case.get("type"), self._names.get(str(case.get("category_uuid")), "")
                self._ledger.report(
                    "regla-sin-equivalente", self._node.where, word=word, found=found
                )
        keys = sorted(labels, key=lambda option: (option == SKIPPED, int(option)))
        question = Question(self._step, self._line, "choice", options=tuple(keys), skippable=skips)
        return Asked(
            question,
            labels=labels,
            conditions={
                uuid: Comparison(self._step, "==", option)
                if option in labels
                else Not(Answered(self._step))
                for uuid, option in options.items()
            },
            categories=options,
        )

    def _list_categories(self) -> list[str]:
        """List the categories that cases lead to; where there is one alone, what is left too."""
        used = {str(case.get("category_uuid", "")) for case in self._node.cases}
        found = [uuid for uuid in self._names if uuid in used]
        return found if len(found) > 1 else [*found, self._node.default]

    def _number(self, uuid: str, taken: Collection[str]) -> str:
        """Give an option its number: that of its tests, of the text's list, or the next."""
        name = fold(self._names.get(uuid, ""))
        words = [
            word
            for case in self._node.cases
            if case.get("category_uuid") == uuid
            for argument in case.get("arguments") or []
            for word in str(argument).split()
        ]
        wanted = [str(int(word)) for word in words if word.isdecimal() and int(word) <= HIGHEST]
        wanted += [option for option, label in self._listed.items() if fold(label) == name]
        free = (str(number) for number in range(1, HIGHEST + 1))
        return next(option for option in (*wanted, *free) if option not in taken)

    def _label(self, uuid: str, option: str) -> str:
        if option in self._listed:
            return self._listed[option]
        name = self._names.get(uuid) or _OTHER_LABEL
        if option != SKIPPED:
            self._ledger.report("etiqueta-de-regla", self._node.where, word=name)
        return name


def _is_skip(case: Mapping[str, Any]) -> bool:
    """Tell whether a case takes the 0 that leaves a question open."""
    return case.get("type") == "has_number_eq" and case.get("arguments") == [SKIPPED]
