"""Sending by Twilio's REST API, against a server as strict as Twilio."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels import CHANNELS, api
from bot.channels.base import SendError
from bot.channels.settings import ChannelSettings
from bot.channels.twilio_errors import MEANINGS, send_error
from bot.messages import Address, Outgoing
from flows.text.render import Button
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN, SENDER

if TYPE_CHECKING:
    from bot.channels.base import Channel
    from tests.support.fake_twilio import FakeTwilio, Mood

CITIZEN = Address("tel", "+50255509917")
TEXT = "Gracias por participar."
PUBLIC_URL = "https://puente.example.org/"


def make_channel(
    api_url: str,
    kind: str = "twilio-sms",
    public_url: str = PUBLIC_URL,
    **options: object,
) -> Channel:
    entry = {
        "account_sid": ACCOUNT_SID,
        "auth_token": AUTH_TOKEN,
        "sender": SENDER,
        "api_url": api_url,
    } | options
    return CHANNELS[kind](ChannelSettings("sms", kind, entry, public_url))


def send(channel: Channel, address: Address = CITIZEN, text: str = TEXT) -> str:
    return channel.send(Outgoing("1", address, text)).provider_id


def fail(channel: Channel, address: Address = CITIZEN, text: str = TEXT) -> SendError:
    with pytest.raises(SendError) as error:
        send(channel, address, text)
    shown = f"{error.value!r} {error.value} {error.value.sentence} {error.value.__cause__!r}"
    assert "55509917" not in shown
    assert AUTH_TOKEN not in shown
    return error.value


def test_a_recording_is_a_message_of_its_own_within_a_day(fake_twilio: FakeTwilio) -> None:
    channel = make_channel(fake_twilio.url, "twilio-whatsapp")
    voice = Outgoing("1", CITIZEN, "a1.ogg", "voice")

    channel.send(voice)

    [taken] = fake_twilio.messages
    assert taken["MediaUrl"] == "https://puente.example.org/voces/a1.ogg"
    assert "Body" not in taken
    with pytest.raises(SendError, match="voice_too_late"):
        channel.send(replace(voice, in_session=False))


def test_a_message_is_sent_and_asks_for_its_receipts(fake_twilio: FakeTwilio) -> None:
    channel = make_channel(fake_twilio.url)

    sent = channel.send(Outgoing("1", CITIZEN, "¿Cómo está? ñ & <b>"))

    assert fake_twilio.messages == [
        {
            "To": "+50255509917",
            "From": SENDER,
            "Body": "¿Cómo está? ñ & <b>",
            "StatusCallback": "https://puente.example.org/channels/sms/status",
        }
    ]
    assert sent.provider_id == f"SM{1:032x}"
    assert sent.segments == 1


def test_a_whatsapp_message_goes_to_a_number_or_to_an_opaque_id(fake_twilio: FakeTwilio) -> None:
    channel = make_channel(fake_twilio.url, "twilio-whatsapp")

    send(channel)
    send(channel, Address("wa", "US.1349"))

    assert [message["To"] for message in fake_twilio.messages] == [
        "whatsapp:+50255509917",
        "whatsapp:US.1349",
    ]
    assert {message["From"] for message in fake_twilio.messages} == {f"whatsapp:{SENDER}"}


def test_a_whatsapp_sender_may_be_written_as_twilio_writes_it(fake_twilio: FakeTwilio) -> None:
    send(make_channel(fake_twilio.url, "twilio-whatsapp", sender=f"whatsapp:{SENDER}"))

    assert fake_twilio.messages[0]["From"] == f"whatsapp:{SENDER}"


@pytest.mark.parametrize("kind", ["twilio-sms", "twilio-whatsapp"])
def test_a_messaging_service_chooses_the_sender(fake_twilio: FakeTwilio, kind: str) -> None:
    channel = make_channel(fake_twilio.url, kind, sender="MG0123")

    sent = channel.send(Outgoing("1", CITIZEN, TEXT))

    assert fake_twilio.messages[0]["MessagingServiceSid"] == "MG0123"
    assert "From" not in fake_twilio.messages[0]
    assert sent.segments is None  # Twilio says 0 until the service has chosen


@pytest.mark.parametrize("public_url", ["", "http://localhost:8000", "http://127.0.0.1:8000"])
def test_no_receipts_are_asked_for_at_an_address_twilio_cannot_reach(
    fake_twilio: FakeTwilio, public_url: str
) -> None:
    send(make_channel(fake_twilio.url, public_url=public_url))

    assert "StatusCallback" not in fake_twilio.messages[0]


def make_menus(fake: FakeTwilio) -> Channel:
    menus: dict[str, object] = {"buttons": {2: "HXtwo", 3: "HXthree"}, "lists": {4: "HXfour"}}
    return make_channel(fake.url, "twilio-whatsapp", PUBLIC_URL, **menus)


def test_without_prepared_contents_the_response_itself_answers(fake_twilio: FakeTwilio) -> None:
    assert make_channel(fake_twilio.url, "twilio-whatsapp").answers_in_response
    assert not make_menus(fake_twilio).answers_in_response


@pytest.mark.parametrize(
    ("titles", "content"),
    [
        (["Sí", "No"], "HXtwo"),
        (["a" * 20, "b", "c"], "HXthree"),
        (["a" * 21, "b", "c"], ""),
        (["a" * 24, "b", "c", "d"], "HXfour"),
        (["a" * 25, "b", "c", "d"], ""),
        (["a"], ""),
        ([], ""),
    ],
)
def test_choices_are_tapped_where_a_prepared_content_fits(
    fake_twilio: FakeTwilio, titles: list[str], content: str
) -> None:
    buttons = tuple(Button(str(n), title) for n, title in enumerate(titles, 1))

    make_menus(fake_twilio).send(Outgoing("1", CITIZEN, "¿Y?\n1 …", buttons=buttons))

    [taken] = fake_twilio.messages
    assert taken.get("ContentSid", "") == content
    if content:
        variables = json.loads(taken["ContentVariables"])
        assert list(variables.values()) == ["¿Y?\n1 …", *titles]
    else:
        assert taken["Body"] == "¿Y?\n1 …"


@pytest.mark.parametrize(("text", "digits"), [("x" * 1025, "12"), ("¿Y?", "01"), ("¿Y?", "21")])
def test_what_no_content_can_carry_is_plain_text(
    fake_twilio: FakeTwilio, text: str, digits: str
) -> None:
    buttons = tuple(Button(digit, f"n. {digit}") for digit in digits)

    make_menus(fake_twilio).send(Outgoing("1", CITIZEN, text, buttons=buttons))

    assert fake_twilio.messages[0]["Body"] == text


def test_after_a_day_an_approved_template_carries_the_text(fake_twilio: FakeTwilio) -> None:
    fake_twilio.silent.add("whatsapp:+50255509917")
    templates = {"reminder": {"es": "HXreminder", "quc": "HXreminderquc"}}
    channel = make_channel(fake_twilio.url, "twilio-whatsapp", templates=templates)
    late = Outgoing("1", CITIZEN, "Le faltan\n2 preguntas", "reminder", in_session=False)

    channel.send(late)
    channel.send(replace(late, language="quc"))

    assert [message["ContentSid"] for message in fake_twilio.messages] == [
        "HXreminder",
        "HXreminderquc",
    ]
    assert json.loads(fake_twilio.messages[0]["ContentVariables"]) == {"1": "Le faltan 2 preguntas"}
    assert fail(channel).code == "63016"
    with pytest.raises(SendError, match="no_template"):
        channel.send(replace(late, kind="receipt"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("buttons", {4: "HX"}),
        ("buttons", ["HX"]),
        ("lists", {"4": "HX"}),
        ("lists", {4: ""}),
        ("templates", {"reminder": "HX"}),
        ("templates", {"reminder": {"es": 1}}),
        ("templates", "HX"),
    ],
)
def test_a_table_that_is_none_is_named(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=f'"{key}" debe ser una tabla'):
        make_channel("https://api.twilio.com", "twilio-whatsapp", PUBLIC_URL, **{key: value})


def test_buttons_need_a_number_to_be_sent_from() -> None:
    with pytest.raises(ValueError, match='"sender"'):
        make_channel("https://api.twilio.com", "twilio-whatsapp", sender="", buttons={2: "HX"})


def test_the_connection_is_kept(fake_twilio: FakeTwilio) -> None:
    channel = make_channel(fake_twilio.url)

    for _ in range(5):
        send(channel)

    assert len(fake_twilio.messages) == 5
    assert fake_twilio.connections == 1


def test_the_newest_token_sends(fake_twilio: FakeTwilio) -> None:
    send(make_channel(fake_twilio.url, auth_token=[AUTH_TOKEN, "old"]))

    assert fail(make_channel(fake_twilio.url, auth_token=["new", AUTH_TOKEN])).code == "20003"


def test_a_wrong_token_can_be_mended_and_the_message_tried_again(fake_twilio: FakeTwilio) -> None:
    error = fail(make_channel(fake_twilio.url, auth_token="wrong"))

    assert (error.code, error.retryable, error.uncertain) == ("20003", True, False)
    assert "auth_token" in error.sentence


def test_somebody_who_left_is_told_apart(fake_twilio: FakeTwilio) -> None:
    fake_twilio.stopped.add("+50255509917")

    error = fail(make_channel(fake_twilio.url))

    assert (error.code, error.opted_out, error.retryable) == ("21610", True, False)


@pytest.mark.parametrize(
    ("address", "text", "code"),
    [
        (Address("tel", "55509917"), TEXT, "21211"),
        (CITIZEN, "x" * 1601, "21617"),
        (CITIZEN, "", "21602"),
    ],
)
def test_what_twilio_never_takes_is_not_tried_again(
    fake_twilio: FakeTwilio, address: Address, text: str, code: str
) -> None:
    error = fail(make_channel(fake_twilio.url), address, text)

    assert (error.code, error.retryable, error.uncertain) == (code, False, False)
    assert fake_twilio.messages == []


def test_a_sender_of_another_account_is_named(fake_twilio: FakeTwilio) -> None:
    assert fail(make_channel(fake_twilio.url, sender="+50299999999")).code == "21606"


@pytest.mark.parametrize(
    ("mood", "code", "uncertain", "taken"),
    [
        ("busy", "20429", False, 0),
        ("unavailable", "20503", False, 0),
        ("broken", "20500", True, 1),
        ("die before", "no_answer", True, 0),
        ("die after", "no_answer", True, 1),
        ("garbage", "no_answer", True, 1),
    ],
)
def test_a_failure_says_whether_the_message_may_have_been_taken(
    fake_twilio: FakeTwilio, mood: Mood, code: str, *, uncertain: bool, taken: int
) -> None:
    fake_twilio.moods.append(mood)

    error = fail(make_channel(fake_twilio.url))

    assert (error.code, error.uncertain, error.retryable) == (code, uncertain, True)
    assert len(fake_twilio.messages) == taken


def test_a_server_nobody_listens_on_took_nothing() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    error = fail(make_channel(f"http://127.0.0.1:{port}"))

    assert (error.code, error.retryable, error.uncertain) == ("no_connection", True, False)


def test_no_answer_in_time_is_uncertain(
    fake_twilio: FakeTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setattr(api, "ANSWER_SECONDS", 0.05)

        error = fail(make_channel(f"http://127.0.0.1:{silent.getsockname()[1]}"))

    assert (error.code, error.uncertain) == ("no_answer", True)
    assert fake_twilio.messages == []


def test_an_sms_cannot_reach_somebody_without_a_number(fake_twilio: FakeTwilio) -> None:
    assert fail(make_channel(fake_twilio.url), Address("wa", "US.1349")).code == "no_number"


def test_without_a_sender_it_answers_but_never_writes_first(fake_twilio: FakeTwilio) -> None:
    channel = make_channel(fake_twilio.url, sender="")

    assert not channel.can_send
    assert make_channel(fake_twilio.url).can_send
    assert fail(channel).code == "no_sender"


def test_an_unknown_code_is_judged_by_the_status() -> None:
    assert send_error("99999", 400).retryable is False
    assert send_error("99999", 429).retryable is True
    assert send_error("99999", 503).uncertain is False
    assert send_error("99999", 502).uncertain is True


@pytest.mark.parametrize("code", MEANINGS)
def test_every_code_has_a_spanish_sentence(code: str) -> None:
    assert MEANINGS[code].sentence.endswith(".")


@pytest.mark.parametrize("kind", ["twilio-sms", "twilio-whatsapp"])
@pytest.mark.parametrize("api_url", ["api.twilio.com", "ftp://api.twilio.com"])
def test_an_address_that_is_none_is_named(kind: str, api_url: str) -> None:
    with pytest.raises(ValueError, match='"api_url"'):
        make_channel(api_url, kind)


def test_an_account_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r'"account_sid".*AC'):
        make_channel("https://api.twilio.com", account_sid="SK0123")
