"""Where somebody lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.reading.places import read_place

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question


class Place:
    """Answered with a municipality or a department."""

    awaits: Literal["words"] = "words"

    def read(
        self,
        question: Question,
        reply: str,
        language: str,  # noqa: ARG002 - names are the same in every language
        shown: tuple[Shown, ...],  # noqa: ARG002 - nobody lists 340 municipalities
    ) -> Reading:
        """Give INE's code: two digits for a department, four for a municipality."""
        return read_place(reply, skippable=question.skippable)
