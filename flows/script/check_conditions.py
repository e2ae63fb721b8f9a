"""Checks of conditions: each looks at an earlier question, for an answer it can have."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flows.script.conditions import find_atoms, holds
from flows.script.model import (
    GIVEN,
    SKIPPED,
    Answered,
    Comparison,
    Contains,
    Every,
    Question,
)
from flows.script.notebook import find_close, hint, replace_word
from flows.script.problems import make_problem
from flows.script.words import KINDS, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Condition, Script
    from flows.script.notebook import Site
    from flows.script.parse import Parsed
    from flows.script.problems import Problem

TRIED: Final = 20_000
"""Combinations of answers tried to see whether a condition can ever hold."""

_PLACE = re.compile(r"[0-9]{2}(?:[0-9]{2})?$")
_Atom = Comparison | Contains | Answered


def check_conditions(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check every condition where it stands, then those that blocks and steps make together."""
    never: list[Condition] = []
    sound = True
    for site in parsed.sites:
        found = list(_Checker(parsed, script, site).check())
        sound = sound and not found
        yield from found
        if not found and not _can_hold(script, site.condition):
            never.append(site.condition)
            yield make_problem("condicion-imposible", site.line)
    if sound:
        yield from _check_joined(script, never)


def _check_joined(script: Script, never: list[Condition]) -> Iterator[Problem]:
    """Find steps whose own condition and that of their block exclude each other."""
    for step in script.steps:
        if step.condition is None or any(_is_within(part, step.condition) for part in never):
            continue
        if not _can_hold(script, step.condition):
            never.append(step.condition)
            yield make_problem("condicion-imposible", step.line)


def _is_within(part: Condition, whole: Condition) -> bool:
    return set(_parts(part)) <= set(_parts(whole))


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, Every) else (condition,)


# --- one condition ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Checker:
    parsed: Parsed
    script: Script
    site: Site

    def check(self) -> Iterator[Problem]:
        for atom in dict.fromkeys(find_atoms(self.site.condition)):
            question = self._find_question(atom.question)
            if question is None:
                yield self._unknown(atom.question)
            elif self.script.steps.index(question) >= self.site.before:
                yield self._make("condicion-despues", word=question.id, first=question.line)
            elif self._is_told(question):
                continue
            elif isinstance(atom, Contains):
                yield from self._check_contains(atom, question)
            elif isinstance(atom, Comparison):
                yield from self._check_comparison(atom, question)

    def _check_contains(self, atom: Contains, question: Question) -> Iterator[Problem]:
        if question.kind == "choices":
            yield from self._check_option(atom.value, question)
        else:
            yield self._wrong_type(question, _advise(question))

    def _check_comparison(self, atom: Comparison, question: Question) -> Iterator[Problem]:
        equality = atom.operator in {"==", "!="}
        if question.kind in {"choices", "text"} or not (equality or question.kind == "rating"):
            yield self._wrong_type(question, _advise(question))
        elif atom.value == SKIPPED:
            yield self._make("condicion-salto", word=question.id)
        elif question.kind == "rating":
            if not _is_rating(atom.value, question):
                what = f"va de {question.low} a {question.high}."
                yield self._wrong_type(question, what)
        elif question.kind == "place":
            if not _PLACE.match(atom.value):
                yield self._wrong_type(question, "se compara con un código del INE, como «1401».")
        else:
            yield from self._check_option(atom.value, question)

    def _check_option(self, value: str, question: Question) -> Iterator[Problem]:
        if value == SKIPPED:
            yield self._make("condicion-salto", word=question.id)
        elif question.options and value not in question.options:
            has = f" Tiene: {', '.join(question.options)}."
            yield self._make("condicion-opcion", word=question.id, value=value, hint=has)

    def _unknown(self, word: str) -> Problem:
        earlier = [step.id for step in self.script.steps[: self.site.before]]
        close = find_close(word, [name for name in earlier if self._find_question(name)])
        mended = replace_word(self.parsed.source, self.site.line, word, close)
        return self._make("condicion-pregunta", mended, word=word, hint=hint(close))

    def _wrong_type(self, question: Question, what: str) -> Problem:
        kind = spanish(KINDS, question.kind)
        return self._make("condicion-tipo", word=question.id, kind=kind, what=what)

    def _make(self, code: str, mended: str | None = None, **words: Any) -> Problem:
        word = re.escape(str(words["word"]))
        raw = self.parsed.source[self.site.line - 1]
        found = re.search(rf"(?<=[\s(\"']){word}(?!\w)", raw)
        column = found.start() + 1 if found else None
        return make_problem(code, self.site.line, mended=mended, column=column, **words)

    def _find_question(self, word: str) -> Question | None:
        return next((asked for asked in self.script.questions if asked.id == word), None)

    def _is_told(self, question: Question) -> bool:
        """Tell whether a question's type is unknown, so that nothing can be said of it."""
        lines = {question.line, self.parsed.lines.get(f"{question.id}/tipo")}
        codes = {"tipo-desconocido", "falta-tipo"}
        return any(told.line in lines and told.code in codes for told in self.parsed.problems)


def _advise(question: Question) -> str:
    word = question.id
    if question.kind == "choices":
        return f"escriba «{word} contiene 1»."
    if question.kind == "text":
        return f"solo se puede usar «{word} contestada»."
    if question.kind == "rating":
        return f"escriba «{word} == 1» o «{word} >= 3»."
    return f"escriba «{word} == 1» o «{word} != 1»."


def _is_rating(value: str, question: Question) -> bool:
    bounds = range(question.low or 0, (question.high or 0) + 1)
    return value.isascii() and value.isdecimal() and int(value) in bounds


# --- can it ever hold? ------------------------------------------------------------------


def _can_hold(script: Script, condition: Condition) -> bool:
    """Try every combination of answers a condition looks at; too many count as yes."""
    asked = {question.id: question for question in script.questions}
    atoms = list(find_atoms(condition))
    answers = {
        name: _list_answers(asked[name], [atom for atom in atoms if atom.question == name])
        for name in dict.fromkeys(atom.question for atom in atoms)
    }
    if math.prod(map(len, answers.values())) > TRIED:
        return True
    return any(
        holds(condition, dict(zip(answers, values, strict=True)))
        for values in itertools.product(*answers.values())
    )


def _list_answers(question: Question, atoms: list[_Atom]) -> list[str]:
    """List answers that differ for the atoms that look at a question."""
    named = [atom.value for atom in atoms if not isinstance(atom, Answered)]
    if question.kind == "choices":
        return [SKIPPED, *_list_ticked(question, list(dict.fromkeys(named)))]
    if question.kind == "rating":
        return [SKIPPED, *map(str, range(question.low or 0, (question.high or 0) + 1))]
    if question.options:
        return [SKIPPED, *(key for key in question.options if key != SKIPPED)]
    return [SKIPPED, GIVEN, *named]


def _list_ticked(question: Question, named: list[str]) -> list[str]:
    others = [key for key in question.options if key not in {SKIPPED, *named}]
    sizes = range(1, min(question.limit or len(named), len(named)) + 1)
    together = [" ".join(keys) for size in sizes for keys in itertools.combinations(named, size)]
    alone = question.exclusive
    return others[:1] + [
        ticked for ticked in together if alone not in ticked.split() or ticked == alone
    ]
