"""What can happen to a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody is there without having said anything: a USSD dial, a link, a new person."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text came in, as received; `persons` is how many share the number."""

    text: str = field(repr=False)
    persons: int = 1


@dataclass(frozen=True, slots=True)
class Spoke:
    """A voice note came in: it answers whatever was asked."""


@dataclass(frozen=True, slots=True)
class Showed:
    """Something came in that is neither text nor voice: a picture, a sticker, a place on a map."""


Event = Arrived | Said | Spoke | Showed
