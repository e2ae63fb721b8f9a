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


@dataclass(frozen=True, slots=True)
class Occasion:
    """What holds outside of a conversation while a turn of it is taken.

    Attributes:
        pays: whether each message costs the person: closed questions come several at once.
        full: the strata of which enough have answered, as `flows.quotas.name_stratum` names
            them.
        afterwards: what holds where she goes on once this session is over, where it is one
            that may be cut (USSD) and she can be written to; rests are offered there alone.
    """

    pays: bool = False
    full: frozenset[str] = frozenset()
    afterwards: Occasion | None = None


USUAL = Occasion()
"""Nobody pays, and nobody is one too many."""
