"""Whether somebody takes part: a yes that must be plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.questions.yes_no import read_polar

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question


class Consent:
    """Answered like a yes or a no, and never left open: 0 is neither."""

    awaits: Literal["digit"] = "digit"

    def read(
        self,
        question: Question,  # noqa: ARG002 - no script may make consent skippable
        reply: str,
        language: str,
        shown: tuple[Shown, ...],
    ) -> Reading:
        """Give the key of the yes or of the no."""
        return read_polar(reply, language, shown, skippable=False)
