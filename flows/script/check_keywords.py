"""Checks of the words that enter: no service word, and no answer to a question."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flows.questions import QUESTIONS
from flows.questions.base import Shown
from flows.reading.choices import has_number
from flows.reading.fold import fold
from flows.reading.phrases import is_skip, words_of
from flows.reading.places.mentions import find_mentions
from flows.reading.result import Accepted
from flows.reading.yes_no import find_yes_no
from flows.script.problems import make_problem
from flows.service import Word, find_service

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.script.model import Question, Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem


def check_keywords(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check every word that enters: who answered with it would be asked again, for ever."""
    answered: dict[str, str] = {}
    for question in script.questions:
        for word in _list_answers(script, question):
            answered.setdefault(word, question.id)
    for word in script.keywords:
        line, service = parsed.lines[f"palabras/{word}"], find_service(word)
        if service is not None and service.word is not Word.ENTER:
            yield make_problem("palabra-de-servicio", line, word=word.upper())
        elif word in answered:
            step = answered[word]
            yield make_problem("palabra-que-contesta", line, word=word.upper(), step=step)


def _list_answers(script: Script, question: Question) -> Iterator[str]:
    """List the words that answer a question by themselves; a label is told as a label."""
    if question.kind == "text":  # to which any word is an answer
        return
    keys = [(key, f"{question.id}/opcion.{key}") for key in question.options]
    labels = {fold(script.texts.get(name + form, "")) for _, name in keys for form in _FORMS}
    shown = tuple(Shown(key, key, script.texts.get(name, "")) for key, name in keys)
    for word in script.keywords:
        is_label = word in labels and find_yes_no(word) is None
        if not is_label and _may_answer(word, question, labels):
            reading = QUESTIONS[question.kind].read(question, word, script.language, shown)
            is_begun = any(f"{label} ".startswith(f"{word} ") for label in labels)
            if is_begun or (isinstance(reading, Accepted) and reading.certain):
                yield word


def _may_answer(word: str, question: Question, labels: Iterable[str]) -> bool:
    """Tell whether a look is worth its time: nothing else is an answer for certain."""
    parts = words_of(word)
    if question.kind == "place":
        return is_skip(parts) or bool(find_mentions(parts)[0])
    return _is_common(word) or any(part in label for label in labels for part in parts)


@lru_cache(maxsize=256)
def _is_common(word: str) -> bool:
    """Tell whether a word answers questions of many kinds: a number, sí or no, "paso"."""
    return has_number(word) or find_yes_no(word) is not None or is_skip(words_of(word))


_FORMS = ("", "@corto")
