"""A mark on a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.rating import read_rating

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question

LOW, HIGH = 1, 5
"""The scale where a script names none."""


class Rating:
    """Answered by a whole number."""

    awaits: Literal["number"] = "number"

    def read(
        self,
        question: Question,
        reply: str,
        language: str,
        shown: tuple[Shown, ...],  # noqa: ARG002 - a scale has no options
    ) -> Reading:
        """Give the mark in digits."""
        low = LOW if question.low is None else question.low
        high = HIGH if question.high is None else question.high
        return read_rating(reply, low, high, language, skippable=question.skippable)
