"""What a question type is: how it is shown, and what a reply to it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from flows.reading.result import Reading
    from flows.script.model import Question


@dataclass(frozen=True, slots=True)
class Shown:
    """One option as it stands on this person's phone.

    `digit` is what she types; `key` is the option's authored key, which differs where the
    order is rotated per person; `label` is in her language.
    """

    digit: str
    key: str
    label: str


class QuestionType(Protocol):
    """One type of question; stateless."""

    @property
    def awaits(self) -> Literal["digit", "number", "words"]:
        """What the phone should expect: a digit of the menu, a number, or words."""

    def read(
        self, question: Question, reply: str, language: str, shown: tuple[Shown, ...]
    ) -> Reading:
        """Read a reply as received; total: any string gives a value of `Reading`.

        `Accepted.value` is an option's key (never the digit shown), keys ascending joined by
        a space, an INE code, digits, or the text without its outer blanks; `0` where
        the question may be skipped and was.
        """
