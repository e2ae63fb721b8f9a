"""The receipt of a USSD session goes where the person can read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.settings import ChannelSettings
from tests.support.house import House, open_house, set_up
from tests.support.phones import TWILIO_TOKEN, URL, TwilioPhone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWERS = ["1", "1", "1", "2", "1 3", "2", "Que haya internet", "Nebaj", "1", "3"]
ACCOUNT = {"account_sid": f"AC{'0' * 32}", "auth_token": TWILIO_TOKEN, "sender": "+50222220000"}


class OtherPhone(TwilioPhone):
    """A phone of the operator whose SMS come by another channel."""

    @property
    def channel(self) -> str:
        return "otro"


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    settings = set_up(tmp_path, database_url)
    channels = (
        *(replace(one, fallback="otro" if one.name == "ussd" else "") for one in settings.channels),
        ChannelSettings("otro", "twilio-sms", ACCOUNT, URL),
        ChannelSettings(
            "chat", "twilio-whatsapp", ACCOUNT | {"sender": "whatsapp:+50222220000"}, URL
        ),
    )
    with open_house(replace(settings, channels=channels)) as house:
        yield house


class ChatPhone(TwilioPhone):
    """A WhatsApp whose sender may write first."""

    @property
    def channel(self) -> str:
        return "chat"


def finish(house: House) -> tuple[str, ...]:
    """Answer all by USSD; give the channels of the receipts."""
    screen = house.phone("ussd-africastalking")
    heard = screen.dial()
    for said in ANSWERS:
        if "2 Luego" in heard.texts[0]:  # a rest, before the next question
            screen.send("1")
        heard = screen.send(said)
    assert house.count("session", "outcome = 'complete'") == 1
    names = ("twilio-sms", "otro", "chat", "twilio-whatsapp")
    return tuple(
        name for name in names if house.count("outbox", f"kind = 'receipt' AND channel = '{name}'")
    )


def test_who_has_only_dialled_gets_it_by_the_channel_that_is_configured(house: House) -> None:
    assert finish(house) == ("otro",)


def test_who_wrote_before_gets_it_by_the_channel_she_used(house: House) -> None:
    TwilioPhone(house.post).send("hola")

    assert finish(house) == ("twilio-sms",)


def test_who_has_just_used_whatsapp_gets_it_there(house: House) -> None:
    TwilioPhone(house.post).send("hola")
    ChatPhone(house.post, prefix="whatsapp:").send("hola")

    assert finish(house) == ("chat",)
