"""A date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.dates import read_date
from flows.reading.result import Rejected
from flows.script.model import SKIPPED

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question


class Date:
    """Answered with day, month and year."""

    awaits: Literal["words"] = "words"

    def read(
        self,
        question: Question,
        reply: str,
        language: str,
        shown: tuple[Shown, ...],  # noqa: ARG002 - a date has no options
    ) -> Reading:
        """Give the ISO date, where it lies within the question's bounds."""
        reading = read_date(reply, language, skippable=question.skippable)
        if isinstance(reading, Rejected) or reading.value == SKIPPED:
            return reading
        is_early = reading.value < question.earliest
        is_late = bool(question.latest) and reading.value > question.latest
        return Rejected("out_of_range") if is_early or is_late else reading
