"""Checks of options and words: nothing two answers share, nothing a service word takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.reading.numerals import in_figures
from flows.reading.phrases import words_of
from flows.reading.yes_no import find_yes_no
from flows.script.model import SKIPPED
from flows.script.notebook import find_close, hint, replace_word
from flows.script.problems import make_problem
from flows.script.words import AXES
from flows.service import find_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Question, Rest, Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem


def check_labels(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check every question's options, limit and axis."""
    yield from check_options(parsed, script)
    for question in script.questions:
        yield from _check_limit(parsed, question)
        yield from _check_axis(parsed, script, question)


def check_options(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check in one language that options differ, and that no service word takes one away."""
    for question in script.menus:
        yield from _check_same(parsed, script, question)
        yield from _check_figures(parsed, script, question)
        yield from _check_each(parsed, script, question)


def _check_same(parsed: Parsed, script: Script, question: Question | Rest) -> Iterator[Problem]:
    told: set[str] = set()
    for form in ("", "@corto"):
        seen: dict[str, str] = {}
        for option in question.options:
            key = f"{question.id}/opcion.{option}"
            label = script.texts.get(key + form) or script.texts.get(key, "")
            first = seen.setdefault(" ".join(words_of(fold(label))) or label, option)
            if label and first != option and option not in told:
                told.add(option)
                yield make_problem(
                    "etiqueta-repetida", parsed.lines[key], first=first, second=option
                )


def _check_figures(parsed: Parsed, script: Script, question: Question | Rest) -> Iterator[Problem]:
    """Find labels that are another option's number: who sends it may mean either."""
    for option in question.options:
        key = f"{question.id}/opcion.{option}"
        for label in dict.fromkeys(script.texts.get(key + form, "") for form in ("", "@corto")):
            figures = in_figures(words_of(fold(label)), script.language)
            if len(figures) == 1 and figures[0] != option and figures[0] in question.options:
                yield make_problem(
                    "etiqueta-numero",
                    parsed.lines[key],
                    word=label,
                    first=option,
                    second=figures[0],
                )


def _check_each(parsed: Parsed, script: Script, question: Question | Rest) -> Iterator[Problem]:
    for option in question.options:
        key = f"{question.id}/opcion.{option}"
        long, short = script.texts.get(key, ""), script.texts.get(f"{key}@corto", "")
        for label in dict.fromkeys((long, short)):
            if label and find_service(label, _list_entering(script)) is not None:
                yield make_problem("etiqueta-de-servicio", parsed.lines[key], word=label)


def _list_entering(script: Script) -> tuple[str, ...]:
    """List the words that enter, but for sí and no: of these the keyword is the mistake."""
    return tuple(word for word in script.keywords if find_yes_no(word) is None)


def _check_limit(parsed: Parsed, question: Question) -> Iterator[Problem]:
    together = [key for key in question.options if key not in {SKIPPED, question.exclusive}]
    if question.limit is not None and together and question.limit > len(together):
        line = parsed.lines[f"{question.id}/maximo"]
        mended = replace_word(parsed.source, line, str(question.limit), str(len(together)))
        yield make_problem(
            "maximo-excesivo", line, limit=question.limit, count=len(together), mended=mended
        )


def _check_axis(parsed: Parsed, script: Script, question: Question) -> Iterator[Problem]:
    known = (*script.axes, *AXES)
    if question.axis and script.axes and question.axis not in known:
        line = parsed.lines[f"{question.id}/eje"]
        named = {script.texts.get(f"eje/{axis}", axis): axis for axis in script.axes}
        close = find_close(question.axis, known) or named.get(
            find_close(question.axis, named) or ""
        )
        yield make_problem(
            "eje-desconocido",
            line,
            word=question.axis,
            hint=hint(close),
            mended=replace_word(parsed.source, line, question.axis, close),
        )
