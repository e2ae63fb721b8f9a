"""When a message was sent, and how long its number was silent before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flows.limits import SILENCE

if TYPE_CHECKING:
    from datetime import datetime

    from bot.messages import Inbound
    from storage.records import ContactRecord

PUNCTUAL = timedelta(seconds=30)
"""A message this young was not overtaken: whole seconds and two clocks differ by as much."""


def is_late(inbound: Inbound, contact: ContactRecord | None, now: datetime) -> bool:
    """Tell whether this was sent before what has been answered since (promise 3)."""
    sent_at = inbound.sent_at
    if sent_at is None or contact is None:
        return False
    is_punctual = not inbound.replayed_at and now - sent_at < PUNCTUAL
    return sent_at < contact.seen_at and not is_punctual


def is_long_silent(contact: ContactRecord | None, now: datetime) -> bool:
    """Tell whether the number may be somebody else's by now."""
    return contact is not None and now - contact.seen_at > SILENCE
