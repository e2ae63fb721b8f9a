"""The state of one conversation, and its form in the database.

It is sealed in the database: for the length of a turn or two it may hold a person's words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT = 3
"""Written into every state. This format and the one before it are read."""

Asking = Literal[
    "answer",  # the question at `position`
    "language",  # a menu of languages
    "offer",  # shall we go on in the language you write?
    "which",  # two or more candidates for an answer
    "did_you_mean",  # one candidate for an answer, close but not certain
    "erase",  # may we delete your data?
    "whose",  # the same, where several people share the number
    "again",  # this number has answered: change, somebody else, or done
    "resume",  # a pause: shall we go on?
    "rest",  # the rest at `position`: now, or by SMS?
]


@dataclass(frozen=True, slots=True)
class State:
    """Where a conversation stands.

    Attributes:
        language: ISO 639 code of what is shown.
        position: id of the step that waits for an answer; None before the first.
        asking: what the next message answers.
        answers: question id -> value; the mark `+` for an open answer.
        history: ids of the questions shown, the current one last.
        together: ids of the questions that the last message asked at once, the current one
            first; empty where it asked one.
        admitted: whether she has passed the gate of the quotas.
        misses: misunderstandings of the current question so far.
        candidates: values offered by `which` and `did_you_mean`; the language of `offer`.
        words: the reply that led to the candidates, or the last part of an open answer that may
            go on.
        language_chosen: whether the person chose the language herself.
        noticed: the languages she was seen to write, each brought up once.
        order: question id -> option keys in the order this person sees.
        folio: issued once, when a text first needs it.
        outcome: how it ended; None while it goes on.
        turned_at: when the last turn was taken.
        joined_at: when the last part of the open answer in `words` came in; the phone may
            have cut a long one in parts.
    """

    language: str
    position: str | None = None
    asking: Asking = "answer"
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    history: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    admitted: bool = False
    misses: int = 0
    candidates: tuple[str, ...] = ()
    words: str = field(default="", repr=False)
    language_chosen: bool = False
    noticed: tuple[str, ...] = ()
    order: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    folio: str | None = None
    outcome: str | None = None
    turned_at: datetime | None = None
    joined_at: datetime | None = None

    def copy(self) -> State:
        """Give a state like this one, for whoever is going to change it."""
        return State(*_values(self))

    def to_json(self) -> str:
        """Write the state as JSON with its format number; empty fields are left out."""
        pairs = zip(_NAMES, _values(self), strict=True)
        kept = {name: _plain(value) for name, value in pairs if value or name == "language"}
        return _write_json({"format": FORMAT, **kept})

    @classmethod
    def from_json(cls, text: str) -> State:
        """Read a state written in this format or the one before it.

        Raises:
            ValueError: the format is unknown, so this code is older than the database.
        """
        data: dict[str, Any] = json.loads(text)
        if data.pop("format", None) not in {FORMAT - 1, FORMAT}:
            raise ValueError("conversation state of an unknown format")
        return cls(**{name: _READ.get(name, _same)(value) for name, value in data.items()})


_NAMES = tuple(spec.name for spec in fields(State))
_values = attrgetter(*_NAMES)
_write_json = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return (
        value if isinstance(value, str | tuple) or not isinstance(value, Mapping) else dict(value)
    )


def _same(value: Any) -> Any:
    return value


_READ: Mapping[str, Callable[[Any], Any]] = {
    "history": tuple,
    "together": tuple,
    "candidates": tuple,
    "noticed": tuple,
    "order": lambda order: {question: tuple(keys) for question, keys in order.items()},
    "turned_at": datetime.fromisoformat,
    "joined_at": datetime.fromisoformat,
}
