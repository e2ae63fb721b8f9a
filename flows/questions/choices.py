"""Several of several options, up to a limit; one of them may rule out the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flows.questions.options import labels_of, to_keys
from flows.reading.several import read_choices

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.reading.result import Reading
    from flows.script.model import Question


class Choices:
    """Answered by digits in any writing ("1 y 3", "13"), or by labels.

    It awaits a number: "98" could be the options 9 and 8, so a screen turns with letters.
    """

    awaits: Literal["number"] = "number"

    def read(
        self, question: Question, reply: str, language: str, shown: tuple[Shown, ...]
    ) -> Reading:
        """Give the authored keys that are meant, ascending, joined by a space."""
        digits = {option.key: option.digit for option in shown}
        reading = read_choices(
            reply,
            labels_of(shown),
            language,
            limit=question.limit,
            exclusive=digits.get(question.exclusive or ""),
            skippable=question.skippable,
        )
        return to_keys(reading, shown)
