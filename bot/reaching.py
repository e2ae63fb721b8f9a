"""By which channel a person is written to who cannot be answered where she is: on a dialled screen.

First by the one she has used herself: what comes from a number she knows is read. Else by the
one that channels.yaml names for it, or the first that can send SMS.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.messages import Form
    from bot.speech import ChannelFacts

WINDOW = timedelta(hours=24)
"""After so long WhatsApp takes approved templates alone, and SMS reaches her for certain."""


def find_later(
    name: str,
    channels: Mapping[str, ChannelFacts],
    used: Iterable[tuple[str, datetime]],
    now: datetime,
) -> tuple[str, Form]:
    """Find where to write to somebody who is on the channel `name`, and the form of its texts.

    Args:
        name: of a channel that cannot send; any other is answered where it is.
        channels: name -> facts.
        used: the channels she has written by, and when last; the newest first.
        now: the time.

    Returns:
        The channel's name, empty where nobody can be written to.
    """
    facts = channels[name]
    if facts.later != name:
        for other, at in used:
            its = channels.get(other)
            is_able = its is not None and its.later == other
            if its and is_able and (its.later_form == "sms" or now - at < WINDOW):
                return other, its.later_form
    return facts.later, facts.later_form
