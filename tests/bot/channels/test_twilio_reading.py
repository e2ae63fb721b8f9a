"""What Twilio's channels answer with, and what they refuse beside a wrong signature."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import twiml
from bot.channels.base import Refused
from bot.channels.texts import storable
from bot.messages import Reply
from tests.bot.channels.tables.twilio_sms import PLAIN, SID
from tests.support.channel_tables import find_table

if TYPE_CHECKING:
    from bot.channels.base import Request

SMS = find_table("twilio-sms")
WHATSAPP = find_table("twilio-whatsapp")


def make_request(form: dict[str, str]) -> Request:
    return replace(SMS.request(SMS.cases[0]), form=list(form.items()))


def test_the_reply_is_twiml() -> None:
    channel = SMS.make()
    [message] = channel.read(SMS.request(SMS.cases[0]))

    response = channel.reply([(message, Reply(("¿Sí? <1> & 2", "Adiós")))])

    assert response.content_type == "text/xml; charset=utf-8"
    assert response.body == (
        '<?xml version="1.0" encoding="UTF-8"?>'
        "<Response><Message>¿Sí? &lt;1&gt; &amp; 2</Message><Message>Adiós</Message></Response>"
    )


def test_recordings_stand_before_the_texts_on_whatsapp_alone() -> None:
    said = Reply(("¿Sí?",), voices=("a1.ogg",))

    def reply(kind: str) -> str:
        table = find_table(kind)
        channel = table.make()
        [message] = channel.read(table.request(table.cases[0]))
        return channel.reply([(message, said)]).body.partition("?>")[2]

    media = "<Message><Media>https://puente.example.org/voces/a1.ogg</Media></Message>"
    text = "<Message>¿Sí?</Message>"
    assert reply("twilio-whatsapp") == f"<Response>{media}{text}</Response>"
    assert reply("twilio-sms") == f"<Response>{text}</Response>"


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 59,
        "abcd" * 14,  # base64, but of bytes that are no text
        "AAAA" * 16,  # of NUL alone
        "Quiero agua limpia para mi aldea y para la escuela de los niños.",
        "QWd1YQ==",  # so short that somebody may have typed it
        "QWd1YQ" * 12 + "A===",
    ],
)
def test_what_somebody_may_have_typed_stays_as_it_is(typed: str) -> None:
    [message] = SMS.make().read(make_request(PLAIN | {"Body": typed}))

    assert message.text == typed


def test_nothing_to_say_is_an_empty_response() -> None:
    assert twiml.respond(()).body == '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def test_twilio_never_gets_more_than_ten_messages() -> None:
    with structlog.testing.capture_logs() as logs:
        body = twiml.respond(Reply((str(n),)) for n in range(12)).body

    assert body.count("<Message>") == 10
    assert [log["event"] for log in logs] == ["reply_has_too_many_messages"]


@given(st.text(max_size=40))
def test_whatever_a_reply_holds_it_is_well_formed(text: str) -> None:
    root = ET.fromstring(twiml.respond([Reply((text,))]).body.encode())  # noqa: S314 - our own

    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as XML reads every line's end
    kept = "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    assert (root.findtext("Message") or "") == kept


@given(st.text(st.characters(categories=["Cs", "L", "Cc"]), max_size=20))
def test_a_stored_text_keeps_its_length_and_can_be_written_anywhere(text: str) -> None:
    kept = storable(text)

    assert len(kept) == len(text)
    assert "\x00" not in kept
    assert kept.encode().decode() == kept


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_message_without_its_id_or_its_sender_is_refused(missing: str, value: str | None) -> None:
    form = {name: text for name, text in PLAIN.items() if name != missing}
    if value is not None:
        form[missing] = value

    with pytest.raises(Refused) as refusal:
        SMS.make().read(make_request(form))

    assert refusal.value.status == 400


def test_a_whatsapp_message_without_any_sender_is_refused() -> None:
    with pytest.raises(Refused, match="field_missing"):
        WHATSAPP.make().read(make_request({"MessageSid": SID, "Body": "Hola"}))


def test_a_whatsapp_message_on_the_sms_channel_is_refused_and_the_reason_named() -> None:
    with pytest.raises(Refused, match="wrong_channel"):
        SMS.make().read(make_request(PLAIN | {"From": "whatsapp:+50255509917"}))


def test_no_more_media_are_read_than_twilio_sends() -> None:
    media = {f"MediaUrl{n}": f"https://api.twilio.com/{n}" for n in range(50)}

    [message] = SMS.make().read(make_request(PLAIN | media))

    assert len(message.media) == 10
    assert message.media[0].content_type == ""
    assert not message.media[0].is_voice


def test_a_status_word_of_tomorrow_is_reported() -> None:
    with structlog.testing.capture_logs() as logs:
        reports = SMS.make().read_status(
            make_request({"MessageSid": SID, "MessageStatus": "teleported"})
        )

    assert reports == []
    assert [log["status"] for log in logs] == ["teleported"]


def test_a_receipt_for_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="field_missing"):
        SMS.make().read_status(make_request({"MessageStatus": "sent"}))
