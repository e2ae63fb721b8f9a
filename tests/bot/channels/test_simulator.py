from __future__ import annotations

import json

import pytest

from bot.channels.base import Refused
from bot.messages import Address, Outgoing, Reply
from tests.bot.channels.tables.simulator import SMS, USSD
from tests.support.channel_tables import Case, find_table

TABLE = find_table("simulator")


def read(body: dict[str, object]) -> object:
    return TABLE.make().read(TABLE.request(Case("", "", body, None)))[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"as": "fax"}, '"as" must be one of sms, whatsapp, ussd'),
        ({"as": ["sms"]}, '"as" must be one of'),
        ({"id": None}, '"id" must be a text'),
        ({"id": 7}, '"id" must be a text'),
        ({"id": ""}, '"id" must have 1 to 128 signs'),
        ({"id": "x" * 129}, '"id" must have 1 to 128 signs'),
        ({"from": None}, '"from" must be a text'),
        ({"from": ""}, '"from" must have 1 to'),
        ({"text": None}, '"text" must be a text'),
        ({"as": "ussd", "session": ""}, '"session" must have 1 to'),
        ({"as": "ussd", "session": None}, '"session" must be a text'),
    ],
)
def test_nonsense_is_refused_in_words(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(SMS | changes)

    assert refusal.value.status == 400
    assert words in refusal.value.reason


def test_a_session_is_not_asked_of_an_sms() -> None:
    assert read({key: value for key, value in SMS.items() if key != "session"})


def test_the_reply_counts_the_segments_of_an_sms() -> None:
    channel = TABLE.make()
    [message] = channel.read(TABLE.request(TABLE.cases[0]))

    response = channel.reply([(message, Reply(("a" * 160, "a" * 161, "ë" * 71), open=True))])

    assert json.loads(response.body) == {
        "messages": [
            {"text": "a" * 160, "segments": 1},
            {"text": "a" * 161, "segments": 2},
            {"text": "ë" * 71, "segments": 2},
        ],
        "open": True,
    }


def test_a_screen_counts_once() -> None:
    channel = TABLE.make()
    [message] = channel.read(TABLE.request(Case("", "", USSD, None)))

    response = channel.reply([(message, Reply(("ë" * 182,)))])

    assert json.loads(response.body) == {
        "messages": [{"text": "ë" * 182, "segments": 1}],
        "open": False,
    }


def test_what_is_sent_arrives() -> None:
    sent = TABLE.make().send(Outgoing("0193", Address("tel", "+50255550101"), "a" * 161))

    assert (sent.provider_id, sent.segments) == ("simulator-0193", 2)
