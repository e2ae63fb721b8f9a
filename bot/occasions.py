"""What holds for a turn outside of its conversation: what the channel costs, where it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.events import Occasion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.messages import Inbound
    from bot.speech import ChannelFacts


def find_occasion(channels: Mapping[str, ChannelFacts], inbound: Inbound) -> Occasion:
    """Say what a message costs where this one came in.

    A session by USSD is paid whole: questions together would fill its screens, and save none.
    It may be cut, so that rests are offered in it where she can be written to afterwards.
    """
    facts = channels[inbound.channel]
    if inbound.form != "ussd":
        return Occasion(pays=facts.pays)
    by = channels.get(facts.later)
    return Occasion(afterwards=Occasion(pays=by.pays) if by else None)
