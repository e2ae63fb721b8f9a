"""What reading an answer gives: a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "not_understood",
    "ambiguous",
    "out_of_range",
    "too_many",
    "exclusive",
    "too_short",
    "too_long",
    "cannot_skip",
]


@dataclass(frozen=True, slots=True)
class Accepted:
    """An answer in canonical form; `certain` is False where it is worth asking back.

    `value` is what exports carry: an option's key, keys ascending joined by a space, an
    INE code, decimal digits, an ISO date, the text itself, or `0` where it was skipped.
    """

    value: str
    certain: bool = True

    def doubted(self) -> Accepted:
        """Give the same reading, asked back."""
        return Accepted(self.value, certain=False)


@dataclass(frozen=True, slots=True)
class Rejected:
    """No answer yet; `candidates` are values to choose from where it is `ambiguous`."""

    reason: Reason
    candidates: tuple[str, ...] = ()

    def doubted(self) -> Rejected:
        """Give the same: what is not read is asked for anyway."""
        return self


Reading = Accepted | Rejected
