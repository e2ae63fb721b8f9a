"""A date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.dates import read_date

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
        """Give the ISO date."""
        return read_date(reply, language, skippable=question.skippable)
