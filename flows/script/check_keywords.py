"""Checks of the words that enter: no service word, and no answer to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.questions import QUESTIONS
from flows.questions.base import Shown
from flows.reading.fold import fold
from flows.reading.result import Accepted
from flows.reading.yes_no import find_yes_no
from flows.script.problems import make_problem
from flows.service import Word, find_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Question, Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem


def check_keywords(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check every word that enters: who answered with it would be asked again, for ever."""
    for word in script.keywords:
        line, service = parsed.lines[f"palabras/{word}"], find_service(word)
        if service is not None and service.word is not Word.ENTER:
            yield make_problem("palabra-de-servicio", line, word=word.upper())
            continue
        answered = next((one for one in script.questions if _answers(word, one, script)), None)
        if answered is not None:
            yield make_problem("palabra-que-contesta", line, word=word.upper(), step=answered.id)


def _answers(word: str, question: Question, script: Script) -> bool:
    """Tell whether a word is an answer by itself; one that is a label is told with the label."""
    if question.kind == "text":  # to which any word is one
        return False
    keys = [(key, f"{question.id}/opcion.{key}") for key in question.options]
    labels = {script.texts.get(name + form, "") for _, name in keys for form in ("", "@corto")}
    if word in map(fold, labels) and find_yes_no(word) is None:
        return False
    shown = tuple(Shown(key, key, script.texts.get(name, "")) for key, name in keys)
    reading = QUESTIONS[question.kind].read(question, word, script.language, shown)
    return isinstance(reading, Accepted) and reading.certain
