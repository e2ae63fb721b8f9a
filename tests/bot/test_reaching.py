"""Where somebody on a dialled screen is written to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reaching import WINDOW, find_later
from bot.speech import ChannelFacts
from tests.support.desk import START, Desk

AGES_AGO = START - timedelta(days=100)
JUST_NOW = START - WINDOW + timedelta(seconds=1)
CHANNELS = {
    "ussd": ChannelFacts("costo_gratis", "claro"),
    "claro": ChannelFacts("costo_plan", "claro"),
    "tigo": ChannelFacts("costo_plan", "tigo"),
    "deaf": ChannelFacts("costo_plan", "claro"),
    "chat": ChannelFacts("costo_gratis", "chat", "whatsapp"),
}


@pytest.mark.parametrize(
    ("used", "later"),
    [
        ([], ("claro", "sms")),
        ([("tigo", AGES_AGO)], ("tigo", "sms")),
        ([("ussd", START), ("tigo", AGES_AGO), ("claro", AGES_AGO)], ("tigo", "sms")),
        ([("chat", JUST_NOW), ("tigo", AGES_AGO)], ("chat", "whatsapp")),
        ([("chat", START - WINDOW), ("tigo", AGES_AGO)], ("tigo", "sms")),
        ([("chat", AGES_AGO)], ("claro", "sms")),
        ([("deaf", START), ("gone", START)], ("claro", "sms")),
    ],
)
def test_she_is_written_to_where_she_wrote_herself(
    used: list[tuple[str, object]], later: tuple[str, str]
) -> None:
    assert find_later("ussd", CHANNELS, used, START) == later  # type: ignore[arg-type]


def test_who_can_be_answered_where_she_is_is_answered_there() -> None:
    assert find_later("claro", CHANNELS, [("tigo", START)], START) == ("claro", "sms")


def test_where_nobody_can_be_written_to_nothing_is_left() -> None:
    desk = Desk(channels={"ussd": ChannelFacts("costo_gratis", "")})
    desk.dial()
    desk.dial("1")

    assert all(not write.outgoing for write in desk.writes)
