"""A number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.quantities import read_number
from flows.reading.result import Accepted
from flows.script.model import SKIPPED

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
        """Give the number in plain decimal digits; 0 is none of a script, it skips."""
        if question.skippable and question.low and reply.strip(" .") == SKIPPED:
            return Accepted(SKIPPED)
        return read_number(
            reply, question.low, question.high, language, skippable=question.skippable
        )
