"""What becomes of a message a provider did not take: again later, unknown, or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.messages import VOICE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.channels.base import SendError
    from storage.due import DueMessage

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=30)
JITTER = 0.25
"""A wait is up to this share longer, so that what failed together does not return together."""

EXPIRED = "expired"
"""Our own code: no try was left before the deadline."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a kind of message is worth sending, and whether a doubt is worth a second try.

    A doubt (`SendError.uncertain`) means that the provider may have taken it: a person who
    asked had rather hear twice than never, everybody else had rather not be bothered twice.
    """

    deadline: timedelta
    retries_doubt: bool


PATIENCE: Mapping[str, Patience] = {
    "reply": Patience(timedelta(hours=1), retries_doubt=True),
    "voice": Patience(timedelta(hours=1), retries_doubt=False),
    "receipt": Patience(timedelta(hours=24), retries_doubt=True),
    "reminder": Patience(timedelta(hours=6), retries_doubt=False),
}
OTHERS = Patience(timedelta(hours=24), retries_doubt=False)


@dataclass(frozen=True, slots=True)
class Again:
    """Try again from `due_at` on."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether it was taken (`incierto`): staff see it, it is not sent again."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """This channel will not take it; `channel` is to be tried."""

    channel: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Never sent; `code` says why."""

    code: str


def judge(
    due: DueMessage, error: SendError, now: datetime, chance: float, fallback: str = ""
) -> Again | Unknown | Elsewhere | GivenUp:
    """Decide what becomes of a message after a failed try.

    `due.tries` counts the tries before this one, `due.doubts` those of which nobody knows;
    `chance`, a number from 0 to 1, spreads the waits. Nothing falls back twice, and nobody who
    has left is sought elsewhere. A recording is played where it was to be, or not at all: the
    text that follows it says the same.
    """
    patience = PATIENCE.get(due.kind, OTHERS)
    if error.uncertain and not (patience.retries_doubt and due.doubts == 0):
        return Unknown()
    if not error.retryable:
        may_fall = fallback and not due.fell_from and not error.opted_out and due.kind != VOICE
        return Elsewhere(fallback) if may_fall else GivenUp(error.code)
    due_at = now + _wait(due.tries, chance)
    if due_at > due.created_at + patience.deadline:
        return Unknown() if error.uncertain else GivenUp(EXPIRED)
    return Again(due_at)


def _wait(tries: int, chance: float) -> timedelta:
    # The exponent is bounded before the power is: a row of a bad day may count many tries.
    wait: timedelta = min(FIRST_WAIT * 2 ** min(tries, 16), LONGEST_WAIT)
    return wait * (1 + JITTER * chance)
