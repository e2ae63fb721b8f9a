"""Two permissions in one question: to publish a proposal, and to write back about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.effects import Permit
from flows.questions.options import labels_of, to_keys
from flows.reading.choices import read_choice
from flows.reading.phrases import split_words
from flows.reading.result import Accepted, Reading
from flows.reading.yes_no import find_yes_no

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.script.model import Question

BOTH, PUBLISH, WRITE_BACK, NEITHER = "1", "2", "3", "4"
"""The keys that authored scripts give the four options."""

_BOTH = frozenset({"a las dos", "las dos", "los dos", "ambas", "ambos", "las 2", "si a las dos"})
_NEITHER = frozenset({"ninguna", "ninguno", "ninguna de las dos", "nada", "a ninguna"})


class Permissions:
    """Answered by the digit or in words; a bare yes is asked back, since it grants both."""

    awaits: Literal["digit"] = "digit"

    def read(
        self, question: Question, reply: str, language: str, shown: tuple[Shown, ...]
    ) -> Reading:
        """Give the key of what is permitted: both, to publish, to write back, neither."""
        text = " ".join(split_words(reply) or [])
        if text in _BOTH:
            return Accepted(BOTH)
        if text in _NEITHER:
            return Accepted(NEITHER)
        said = find_yes_no(reply, language)
        if said is not None and said.certain:
            return Accepted(BOTH, certain=False) if said.answer == "yes" else Accepted(NEITHER)
        reading = read_choice(reply, labels_of(shown), language, skippable=question.skippable)
        return to_keys(reading, shown)


def read_permit(question: Question, value: str) -> Permit:
    """Read the two permissions from the four options, authored in this order.

    Both; publish only; write back only; neither. Skipped is neither.
    """
    place = question.options.index(value) if value in question.options else len(question.options)
    return Permit(publish=place in {0, 1}, write_back=place in {0, 2})
