"""What a step is called in the code: the names of `words.STEPS`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.script.model import Draw, End, Gate, Jump, Message, Pause, Question, Rest, Together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import Step

_KINDS: Final[Mapping[type[Step], str]] = MappingProxyType(
    {
        Question: "question",
        Message: "message",
        Jump: "jump",
        Draw: "draw",
        Together: "together",
        Gate: "gate",
        Pause: "pause",
        Rest: "rest",
        End: "end",
    }
)


def find_kind(step: Step) -> str:
    """Name a step's kind, `question` or `jump`."""
    return _KINDS[type(step)]
