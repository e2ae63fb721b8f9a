from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.settings import ChannelSettings
from puente.channels import describe_channels, make_channels
from puente.settings import SettingsError

SIMULATOR = ChannelSettings("simulator", "simulator")
USSD = ChannelSettings("ussd", "ussd-africastalking", {"service_code": "*000*7#", "token": "t"})
TWILIO = {"account_sid": "AC1", "auth_token": "t", "sender": "+15005550006"}


def test_channels_are_made_by_their_kind() -> None:
    channels = make_channels([SIMULATOR, USSD])
    assert {name: channel.kind for name, channel in channels.items()} == {
        "simulator": "simulator",
        "ussd": "ussd-africastalking",
    }


def test_every_channel_that_cannot_be_made_is_told() -> None:
    entries = [
        ChannelSettings("fax", "fax"),
        ChannelSettings("ussd", "ussd-africastalking", {"service_code": "*000*7#"}),
        SIMULATOR,
    ]
    with pytest.raises(SettingsError) as caught:
        make_channels(entries)
    fax, ussd = caught.value.problems
    assert fax.startswith("channel fax: no kind 'fax'; there are kannel, kannel-ussd, ")
    assert "token" in ussd


def test_what_comes_later_goes_where_a_person_can_be_written_to() -> None:
    entries = [
        USSD,
        ChannelSettings("wa", "twilio-whatsapp", TWILIO | {"tariff": "free"}),
        ChannelSettings("deaf", "twilio-sms", {**TWILIO, "sender": ""}),
        ChannelSettings("sms", "twilio-sms", TWILIO | {"tariff": "refunded"}),
    ]
    facts = describe_channels(make_channels(entries))
    assert {name: (fact.later, fact.later_form) for name, fact in facts.items()} == {
        "ussd": ("sms", "sms"),
        "wa": ("wa", "whatsapp"),
        "deaf": ("sms", "sms"),
        "sms": ("sms", "sms"),
    }
    assert facts["wa"].cost == "costo_gratis"
    assert facts["sms"].cost == "costo_devuelto"


def test_where_nobody_can_be_written_to_nothing_comes_later() -> None:
    facts = describe_channels(make_channels([USSD]))
    assert facts["ussd"].later == ""


def test_who_dials_is_written_to_by_the_channel_that_is_named_for_it() -> None:
    entries = [
        replace(USSD, fallback="second"),
        ChannelSettings("first", "twilio-sms", TWILIO),
        ChannelSettings("second", "twilio-sms", TWILIO),
    ]
    channels = make_channels(entries)
    assert describe_channels(channels, entries)["ussd"].later == "second"
    entries[0] = replace(USSD, fallback="ussd")  # it cannot send
    assert describe_channels(channels, entries)["ussd"].later == "first"
