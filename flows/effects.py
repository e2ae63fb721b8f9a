"""What the engine wants done. It asks; `bot` does it inside one write."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flows.script.model import Outcome


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: the digit on the phone and the text key of its label."""

    digit: str
    label: str
    """A text key, or the words themselves where `literal` (a place, a language's name)."""
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Say a text; `awaits` tells what kind of answer the phone should expect."""

    key: str
    language: str
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    choices: tuple[Choice, ...] = ()
    awaits: Literal["", "digit", "number", "words"] = ""


@dataclass(frozen=True, slots=True)
class SayAfterwards:
    """Say it by SMS: the session on the screen is over with this turn."""

    say: Say


@dataclass(frozen=True, slots=True)
class Record:
    """Keep an answer; it supersedes an earlier one to the same question.

    `text` is what the person sent, as received. `heard` marks a voice note to be listened to;
    its `value` is `VOICE` until somebody has.
    """

    question: str
    value: str
    text: str
    language: str
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take an answer out of the current ones: its question no longer applies."""

    question: str


@dataclass(frozen=True, slots=True)
class Permit:
    """Keep the two permissions, each with its date."""

    publish: bool
    write_back: bool


@dataclass(frozen=True, slots=True)
class Propose:
    """Enter the answer to `question` as a proposal under the session's folio."""

    question: str
    folio: str


@dataclass(frozen=True, slots=True)
class Finish:
    """End the session with its outcome; `ineligible` deletes what it holds."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class OptOut:
    """Silence this number everywhere."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete this person's data (everybody's on the number where `everybody`)."""

    everybody: bool = False


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody else answers from this number: start a session of her own."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Somebody asked for a language that is not on offer."""

    language: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Write again at `at`, unless the conversation has moved by then."""

    at: datetime
    say: Say


@dataclass(frozen=True, slots=True)
class TellProposal:
    """Tell what became of a proposal; without a folio, of this session's own."""

    folio: str | None
    language: str


Effect = (
    Say
    | SayAfterwards
    | Record
    | Withdraw
    | Permit
    | Propose
    | Finish
    | OptOut
    | Erase
    | NewPerson
    | Demand
    | Remind
    | TellProposal
)
