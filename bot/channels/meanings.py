"""From a provider's code and HTTP status to a `SendError`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.channels.base import SendError

if TYPE_CHECKING:
    from collections.abc import Mapping

TOO_MANY, UNAVAILABLE, SERVER_ERROR = 429, 503, 500


@dataclass(frozen=True, slots=True)
class Meaning:
    """What staff read of a code, and whether trying again later can help."""

    sentence: str
    retryable: bool = False
    opted_out: bool = False


def explain(provider: str, meanings: Mapping[str, Meaning], code: str, status: int) -> SendError:
    """Make the error for a message that was not taken.

    A code without a meaning is judged by the HTTP status alone: providers split old codes
    into newer ones.
    """
    meaning = meanings.get(code)
    if meaning:
        return SendError(
            code, meaning.sentence, retryable=meaning.retryable, opted_out=meaning.opted_out
        )
    if status in (TOO_MANY, UNAVAILABLE):
        return SendError(code, f"{provider} no puede atender ahora.", retryable=True)
    if status >= SERVER_ERROR:
        # It failed somewhere inside: perhaps after it took the message.
        return SendError(
            code,
            f"{provider} falló y no se sabe si tomó el mensaje.",
            retryable=True,
            uncertain=True,
        )
    return SendError(code, f"{provider} no aceptó el mensaje (código {code}).")
