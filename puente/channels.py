"""The channels of this installation, and what a turn needs to know of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels import CHANNELS
from bot.channels.settings import ChannelSettingsError
from bot.speech import COSTS, ChannelFacts
from puente.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.channels.base import Channel
    from bot.channels.settings import ChannelSettings


def make_channels(entries: Sequence[ChannelSettings]) -> dict[str, Channel]:
    """Make each channel by its kind.

    Raises:
        SettingsError: a kind we do not have, or keys that a kind cannot work with.
    """
    channels: dict[str, Channel] = {}
    problems = []
    for entry in entries:
        make = CHANNELS.get(entry.kind)
        if make is None:
            known = ", ".join(CHANNELS)
            problems.append(f"channel {entry.name}: no kind {entry.kind!r}; there are {known}")
            continue
        try:
            channels[entry.name] = make(entry)
        except ChannelSettingsError as error:
            problems.append(str(error))
    if problems:
        raise SettingsError(tuple(problems))
    return channels


def describe_channels(
    channels: Mapping[str, Channel], entries: Sequence[ChannelSettings] = ()
) -> dict[str, ChannelFacts]:
    """Say of each channel what it costs, and where a person is written to later.

    That is the channel itself where it can send; else its `fallback` in channels.yaml, or the
    first SMS channel that can send, since a number that dials can be written to.
    """
    named = {
        one.name: one.fallback
        for one in entries
        if one.fallback in channels and channels[one.fallback].can_send
    }
    by_sms = (name for name, one in channels.items() if one.can_send and one.form == "sms")
    first = next(by_sms, "")
    prices = {one.name: one.price for one in entries}
    facts = {}
    for name, channel in channels.items():
        later = name if channel.can_send else named.get(name, first)
        form = channels[later].form if later else "sms"
        facts[name] = ChannelFacts(
            COSTS[channel.tariff],
            later,
            form,
            in_response=channel.answers_in_response,
            pays=channel.tariff == "citizen_pays",
            is_restrained=channel.form != "ussd" and channel.kind != "simulator",
            price=prices.get(name, 0),
        )
    return facts


def is_for_invitations(channel: Channel) -> bool:
    """Tell whether strangers can be written to by it: WhatsApp takes approved templates alone."""
    return channel.form == "sms" and channel.can_send
