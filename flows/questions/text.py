"""An open answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.text import LONGEST, SHORTEST, read_text

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question


class Text:
    """Answered in one's own words."""

    awaits: Literal["words"] = "words"

    def read(
        self,
        question: Question,
        reply: str,
        language: str,  # noqa: ARG002 - words are kept in whatever language they come
        shown: tuple[Shown, ...],  # noqa: ARG002 - an open answer has no options
    ) -> Reading:
        """Give the words without their outer blanks."""
        low = SHORTEST if question.low is None else question.low
        high = LONGEST if question.high is None else question.high
        return read_text(reply, low, high, skippable=question.skippable)
