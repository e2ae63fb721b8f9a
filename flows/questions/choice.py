"""One of several options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.questions.options import labels_of, to_keys
from flows.reading.choices import read_choice

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question


class Choice:
    """Answered by the digit, a number word, an ordinal, or the label."""

    awaits: Literal["digit"] = "digit"

    def read(
        self, question: Question, reply: str, language: str, shown: tuple[Shown, ...]
    ) -> Reading:
        """Give the authored key of the option that is meant."""
        reading = read_choice(reply, labels_of(shown), language, skippable=question.skippable)
        return to_keys(reading, shown)
