"""Checks of conditions: each looks at an earlier question, for an answer it can have."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from flows.reading.fold import fold
from flows.script.conditions import find_atoms, is_day, is_number, parts_of, print_condition
from flows.script.model import SKIPPED, Answered, Comparison, Contains, Draw, Not, Question
from flows.script.notebook import find_close, hint, replace_word
from flows.script.possible import can_hold, list_asked
from flows.script.problems import make_problem
from flows.script.ways import find_never_taken
from flows.script.words import ATTRIBUTES, KINDS, STEPS, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.script.model import Condition, Script
    from flows.script.notebook import Site
    from flows.script.parse import Parsed
    from flows.script.possible import Asked, Atom
    from flows.script.problems import Problem

_PLACE = re.compile(r"[0-9]{2}(?:[0-9]{2})?$")
_UNSURE: Final = frozenset(
    {"tipo-desconocido", "falta-tipo", "falta-valor", "azar-corto", "nombre-invalido"}
)
"""Problems of a question or a draw after which nothing can be said of its answers."""
_CHOSEN: Final = frozenset({"choice", "consent", "yes_no", "permissions"})
_ORDERED: Final = frozenset({"rating", "number", "date"})


def check_conditions(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check every condition where it stands, then those that blocks and steps make together."""
    asked = list_asked(script)
    never: list[Condition] = []
    sound = True
    for site in parsed.sites:
        checker = _Checker(parsed, script, site, asked)
        found = list(checker.check())
        is_sure = not found and not checker.looks_at_told()
        sound = sound and is_sure
        yield from found
        if is_sure and not can_hold(asked, site.condition):
            never.append(site.condition)
            yield make_problem("condicion-imposible", site.line)
    if sound:
        yield from _check_joined(parsed, script, asked, never)


def _check_joined(
    parsed: Parsed, script: Script, asked: Mapping[str, Asked], never: list[Condition]
) -> Iterator[Problem]:
    """Find steps whose own condition and that of their block exclude each other."""
    for step in script.steps:
        if step.condition is None or any(_is_within(part, step.condition) for part in never):
            continue
        if not can_hold(asked, step.condition):
            never.append(step.condition)
            yield make_problem("condicion-imposible", step.line)
    if not never:
        yield from _check_taken(parsed, script)


def _check_taken(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Find steps that nobody takes after all: whoever could has left or jumped before."""
    lines = {site.before: site.line for site in parsed.sites}
    asked: set[str] = set()
    told: list[Condition] = []
    left_out = find_never_taken(script)
    for place, step in enumerate(script.steps):
        if step.condition is None or place not in left_out:
            asked.add(step.id)
            continue
        follows = any(_is_within(part, step.condition) for part in told)
        if not follows and all(atom.question in asked for atom in find_atoms(step.condition)):
            told.append(step.condition)
            yield make_problem("condicion-imposible", lines.get(place, step.line))


def _is_within(part: Condition, whole: Condition) -> bool:
    return set(parts_of(part)) <= set(parts_of(whole))


# --- one condition ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Checker:
    parsed: Parsed
    script: Script
    site: Site
    asked: Mapping[str, Asked]

    def check(self) -> Iterator[Problem]:
        for atom in dict.fromkeys(find_atoms(self.site.condition)):
            question = self._find_question(atom.question)
            if question is None:
                yield self._unknown(atom.question)
            elif self.script.steps.index(question) >= self.site.before:
                yield self._make("condicion-despues", word=question.id, first=question.line)
            elif self._is_told(question):
                continue
            elif isinstance(question, Draw):
                yield from self._check_draw(atom, question)
            elif isinstance(atom, Contains):
                yield from self._check_contains(atom, question)
            elif isinstance(atom, Comparison):
                yield from self._check_comparison(atom, question)

    def looks_at_told(self) -> bool:
        """Tell whether the condition looks at something that has problems of its own."""
        looked_at = (self._find_question(atom.question) for atom in find_atoms(self.site.condition))
        return any(asked is not None and self._is_told(asked) for asked in looked_at)

    def _check_draw(self, atom: Atom, draw: Draw) -> Iterator[Problem]:
        if not isinstance(atom, Comparison) or atom.operator not in {"==", "!="}:
            example = draw.among[0] if draw.among else ""
            what = f"escriba «{draw.id} == {example}»."
            kind = spanish(STEPS, "draw")
            yield self._make("condicion-tipo", word=draw.id, kind=kind, what=what)
        else:
            yield from self._check_option(atom, draw.among)

    def _check_contains(self, atom: Contains, question: Question) -> Iterator[Problem]:
        if question.kind == "choices" and atom.value == SKIPPED:
            yield self._skipped(atom)
        elif question.kind == "choices":
            yield from self._check_option(atom, question.options)
        else:
            yield self._wrong_type(question, _advise(question), _put_right(atom, question))

    def _check_comparison(self, atom: Comparison, question: Question) -> Iterator[Problem]:
        is_ordered = atom.operator in {"==", "!="} or question.kind in _ORDERED
        if question.kind in {"choices", "text"} or not is_ordered:
            yield self._wrong_type(question, _advise(question), _put_right(atom, question))
        elif atom.value == SKIPPED:
            yield self._skipped(atom)
        elif question.options or question.kind in _CHOSEN:  # without any something else is told
            yield from self._check_option(atom, question.options)
        elif (what := _find_fault(atom.value, question)) is not None:
            yield self._wrong_type(question, what)

    def _check_option(
        self, atom: Comparison | Contains, options: Sequence[str]
    ) -> Iterator[Problem]:
        if options and atom.value not in options:
            close = None if atom.value.isdecimal() else find_close(atom.value, options)
            meant = self._find_said(atom) or close
            mended = self._put(atom, replace(atom, value=meant)) if meant else None
            told = {"value": atom.value, "hint": f" Tiene: {', '.join(options)}."}
            yield self._make("condicion-opcion", mended, word=atom.question, **told)

    def _find_said(self, atom: Comparison | Contains) -> str | None:
        """Give the option that says what an answer is compared with."""
        key = f"{atom.question}/opcion."
        for text, label in self.script.texts.items():
            if text.startswith(key) and fold(label) == fold(atom.value):
                return text.removeprefix(key).partition("@")[0]
        return None

    def _skipped(self, atom: Comparison | Contains) -> Problem:
        """Tell that nothing is compared with 0, and write what was meant."""
        answered = Answered(atom.question)
        is_none = isinstance(atom, Contains) or atom.operator in {"==", "<="}
        instead = Not(answered) if is_none else answered
        return self._make(
            "condicion-salto",
            self._put(atom, instead),
            word=atom.question,
            instead=print_condition(instead),
        )

    def _put(self, atom: Comparison | Contains, instead: Condition) -> str | None:
        """Give the condition's line with another one for a part of it, where it is found."""
        before = map(re.escape, print_condition(atom).removesuffix(atom.value).split())
        written = r"\s*".join([*before, rf"[\"']?{re.escape(atom.value)}[\"']?"])
        raw = self.parsed.source[self.site.line - 1]
        found = re.search(rf"(?<!\w){written}(?!\w)", raw)
        if found is None:
            return None
        return f"{raw[: found.start()]}{print_condition(instead)}{raw[found.end() :]}"

    def _unknown(self, word: str) -> Problem:
        earlier = [step.id for step in self.script.steps[: self.site.before]]
        known = [name for name in earlier if self._find_question(name) and name[0].isalpha()]
        close = None if word.isdecimal() else find_close(word, known)
        mended = replace_word(self.parsed.source, self.site.line, word, close)
        return self._make("condicion-pregunta", mended, word=word, hint=hint(close))

    def _wrong_type(
        self,
        question: Question,
        what: str,
        instead: tuple[Comparison | Contains, Condition] | None = None,
    ) -> Problem:
        kind = spanish(KINDS, question.kind)
        mended = self._put(*instead) if instead else None
        what = f"escriba «{print_condition(instead[1])}»." if instead else what
        return self._make("condicion-tipo", mended, word=question.id, kind=kind, what=what)

    def _make(self, code: str, mended: str | None = None, **words: Any) -> Problem:
        word = re.escape(str(words["word"]))
        raw = self.parsed.source[self.site.line - 1]
        found = re.search(rf"(?<=[\s(\"']){word}(?!\w)", raw)
        column = found.start() + 1 if found else None
        return make_problem(code, self.site.line, mended=mended, column=column, **words)

    def _find_question(self, word: str) -> Asked | None:
        return self.asked.get(word)

    def _is_told(self, asked: Asked) -> bool:
        """Tell whether a question's type, or what a draw draws from, is not well known."""
        words = (spanish(ATTRIBUTES, "kind"), spanish(ATTRIBUTES, "among"))
        lines = {asked.line, *(self.parsed.lines.get(f"{asked.id}/{word}") for word in words)}
        return any(told.line in lines and told.code in _UNSURE for told in self.parsed.problems)


def _put_right(
    atom: Comparison | Contains, question: Question
) -> tuple[Comparison | Contains, Condition] | None:
    """Give a part that does not suit a question's type, and the one that was meant."""
    is_option = atom.value in question.options and atom.value != SKIPPED
    if isinstance(atom, Contains):
        return (atom, Comparison(atom.question, "==", atom.value)) if is_option else None
    if question.kind != "choices" or atom.operator not in {"==", "!="} or not is_option:
        return None
    contains = Contains(atom.question, atom.value)
    return atom, contains if atom.operator == "==" else Not(contains)


def _advise(question: Question) -> str:
    word = question.id
    if question.kind == "choices":
        return f"escriba «{word} contiene 1»."
    if question.kind == "text":
        return f"solo se puede usar «{word} contestada»."
    if question.kind == "date":
        return f"escriba «{word} >= 2024-01-31»."
    if question.kind in _ORDERED:
        return f"escriba «{word} == 1» o «{word} >= 3»."
    return f"escriba «{word} == 1» o «{word} != 1»."


def _find_fault(value: str, question: Question) -> str | None:
    """Say what a question without options is compared with, where this is no such value."""
    if question.kind == "place":
        fits = _PLACE.match(value) is not None
        return None if fits else "se compara con un código del INE, como «1401»."
    if question.kind == "date":
        fits = is_day(value)
        return None if fits else "se compara con una fecha, como «2024-01-31»."
    low, high = question.low or 0, question.high or 0
    fits = is_number(value) and low <= Decimal(value) <= high
    return None if fits else f"va de {low} a {high}."
