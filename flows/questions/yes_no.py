"""Yes or no."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from flows.questions.options import labels_of, to_keys
from flows.reading.choices import has_number, read_choice
from flows.reading.result import Accepted, Reading
from flows.reading.yes_no import find_yes_no
from flows.script.model import SKIPPED

if TYPE_CHECKING:
    from flows.questions.base import Shown
    from flows.script.model import Question

YES, NO = "1", "2"
"""The keys that authored scripts give the two options."""


class YesNo:
    """Answered by the digit, or by yes and no in any language that attests them."""

    awaits: Literal["digit"] = "digit"

    def read(
        self, question: Question, reply: str, language: str, shown: tuple[Shown, ...]
    ) -> Reading:
        """Give the key of the yes or of the no."""
        return read_polar(reply, language, shown, skippable=question.skippable)


def read_polar(reply: str, language: str, shown: tuple[Shown, ...], *, skippable: bool) -> Reading:
    """Read a yes or a no, by words first and by the options on the phone else."""
    said = find_yes_no(reply, language)
    if said is not None:
        return Accepted(YES if said.answer == "yes" else NO, certain=said.certain)
    reading = to_keys(read_choice(reply, labels_of(shown), language, skippable=skippable), shown)
    if isinstance(reading, Accepted) and not has_number(reply, language):
        return replace(reading, certain=reading.value == SKIPPED)
    return reading
