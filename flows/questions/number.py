"""A number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.quantities import read_number

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question


class Number:
    """Answered in digits or number words."""

    awaits: Literal["number"] = "number"

    def read(
        self,
        question: Question,
        reply: str,
        language: str,
        shown: tuple[Shown, ...],  # noqa: ARG002 - a number has no options
    ) -> Reading:
        """Give the number in plain decimal digits."""
        return read_number(
            reply, question.low, question.high, language, skippable=question.skippable
        )
