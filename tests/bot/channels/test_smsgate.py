"""What is particular to the phone: its signature, its clock, missed calls, and sending."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.base import Refused, SendError
from bot.channels.credentials import Secret
from bot.channels.settings import ChannelSettings
from bot.channels.smsgate import SmsGate
from bot.messages import Address, Outgoing
from tests.bot.channels.tables.smsgate import TABLE, event
from tests.support.channel_tables import Case
from tests.support.provider_server import serve_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.channels.base import Request
    from tests.support.provider_server import Asked

CITIZEN = Address("tel", "+50255509917")
ID = "01979a52-0000-7000-8000-000000000001"
RECEIVED_AT = datetime(2026, 11, 26, 0, 46, 17, tzinfo=UTC)


class Phone:
    """The app as it takes messages, as strict as its reference says; `status` overrules."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.status: int | None = None
        self.url = ""

    def answer(self, asked: Asked) -> tuple[int, bytes] | None:
        basic = base64.b64encode(b"sms:canary-secret-5f0e9d-password").decode()
        if asked.headers.get("authorization") != f"Basic {basic}":
            return 401, b"{}"
        if self.status is not None:
            return (self.status, b"{}") if self.status else None
        message = json.loads(asked.body)
        numbers = message.get("phoneNumbers", [])
        if not message.get("textMessage", {}).get("text") or not all(
            re.fullmatch(r"\+[1-9]\d{7,14}", number) for number in numbers or ["nobody"]
        ):
            return 400, b'{"message":"failed on the required tag"}'
        if message["id"] in {one["id"] for one in self.messages}:
            return 409, b"{}"
        self.messages.append(message)
        return 202, json.dumps({"id": message["id"], "state": "Pending"}).encode()


@pytest.fixture
def phone() -> Iterator[Phone]:
    phone = Phone()
    with serve_provider(phone.answer) as url:
        phone.url = f"{url}/messages"
        yield phone


def make_channel(at: datetime = RECEIVED_AT, **options: object) -> SmsGate:
    entry = {**TABLE.options, "signing_key": TABLE.secret, **options}
    return SmsGate(ChannelSettings("cel", "smsgate", entry), at.timestamp)


def signed(body: dict[str, object], stamp: str | datetime, key: str = TABLE.secret) -> Request:
    request = TABLE.request(Case("", "", body, None), proven=False)
    stamp = str(int(stamp.timestamp())) if isinstance(stamp, datetime) else stamp
    signed = request.body + stamp.encode(errors="surrogatepass")
    signature = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
    headers = {**request.headers, "x-timestamp": stamp, "x-signature": signature}
    return replace(request, headers=headers)


def fail(channel: SmsGate) -> SendError:
    with pytest.raises(SendError) as error:
        channel.send(Outgoing(ID, CITIZEN, "Hola"))
    shown = f"{error.value!r} {error.value} {error.value.sentence} {error.value.__cause__!r}"
    assert "55509917" not in shown
    assert "canary" not in shown
    return error.value


def test_the_signature_is_the_one_that_is_published() -> None:
    body = '{"event":"sms:received","payload":{"message":"Sí, ñandú","sender":"+50255551234"}}'

    assert Secret(("otra", "llave")).has_signed(
        f"{body}1795417064".encode(),
        "dd0b435ffdfddcefed8604dcadf2a680e51b1bc8c9ffd55d27dd8fccb7a1732c",
    )


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_a_clock_that_is_a_little_off_is_forgiven(minutes: int) -> None:
    stamp = RECEIVED_AT + timedelta(minutes=minutes)

    make_channel().verify(signed(event(), stamp))


@pytest.mark.parametrize(
    "stamp",
    ["", "now", "-1", "١٧٩٥٤١٧٠٦٤", "9" * 400, RECEIVED_AT + timedelta(minutes=6)],
    ids=str,
)
def test_a_request_of_another_time_is_refused_whoever_signed_it(stamp: str | datetime) -> None:
    with pytest.raises(Refused, match="smsgate_clock_differs"):
        make_channel().verify(signed(event(), stamp))


def test_a_request_sent_again_hours_later_is_refused() -> None:
    request = signed(event(), RECEIVED_AT)
    make_channel().verify(request)

    with pytest.raises(Refused, match="smsgate_clock_differs"):
        make_channel(RECEIVED_AT + timedelta(hours=3)).verify(request)


def test_a_timestamp_that_was_changed_breaks_the_signature() -> None:
    request = signed(event(), RECEIVED_AT)
    later = {**request.headers, "x-timestamp": str(int(RECEIVED_AT.timestamp()) + 1)}

    with pytest.raises(Refused, match="smsgate_signature_mismatch"):
        make_channel().verify(replace(request, headers=later))


def test_a_late_delivery_counts_when_the_phone_received_it_whatever_its_clock_says() -> None:
    now = RECEIVED_AT + timedelta(hours=30)
    fast = timedelta(minutes=4)
    body = event(receivedAt=(RECEIVED_AT + fast).isoformat())
    request = signed(body, now + fast)
    channel = make_channel(now)
    channel.verify(request)

    [message] = channel.read(request)

    assert message.sent_at == RECEIVED_AT


@pytest.mark.parametrize(
    "at", ["2026-11-25T18:46:17", "yesterday", "", 5, "0001-01-01T00:00:00+14:00"]
)
def test_a_time_without_its_offset_is_none(at: object) -> None:
    [message] = make_channel().read(signed(event(receivedAt=at), RECEIVED_AT))

    assert message.sent_at is None


def test_two_tellings_of_one_message_are_one_claim_and_two_messages_are_two() -> None:
    channel = make_channel()
    told = [
        event() | {"id": "a"},
        event() | {"id": "b"},
        event(receivedAt="2026-11-25T18:46:18.000-06:00") | {"id": "c"},
    ]
    batch = {"messages": [one["payload"] for one in told[1:]]}
    together = event("sms:batch:received") | {"id": "d", "payload": batch}

    claims = [channel.read(signed(body, RECEIVED_AT))[0].claim for body in told]

    assert claims[0] == claims[1] != claims[2]
    assert [one.claim for one in channel.read(signed(together, RECEIVED_AT))] == claims[1:]


@pytest.mark.parametrize("payload", [{}, {"messages": "no list"}, {"messages": ["no text"]}])
def test_a_batch_that_is_none_is_refused(payload: dict[str, object]) -> None:
    told = event("sms:batch:received") | {"payload": payload}
    with pytest.raises(Refused, match="field_missing"):
        make_channel().read(signed(told, RECEIVED_AT))


def test_a_missed_call_comes_in_by_its_own_token_and_nothing_else_does() -> None:
    channel = make_channel(call_token="ring")
    call = TABLE.request(Case("", "", event("call:missed"), None), proven=False)
    text = TABLE.request(Case("", "", event(), None), proven=False)

    channel.verify(replace(call, query=[("token", "ring")]))
    with pytest.raises(Refused, match="token_mismatch"):
        channel.verify(replace(call, query=[("token", "wrong")]))
    with pytest.raises(Refused, match="smsgate_signature_missing"):
        channel.verify(replace(text, query=[("token", "ring")]))
    with pytest.raises(Refused, match="smsgate_signature_missing"):
        make_channel().verify(replace(call, query=[("token", "ring")]))


@pytest.mark.parametrize("missing", ["event", "payload"])
def test_what_is_no_event_is_refused(missing: str) -> None:
    body = {name: value for name, value in event().items() if name != missing}

    with pytest.raises(Refused, match="field_missing"):
        make_channel().read(signed(body, RECEIVED_AT))


def test_a_message_is_handed_in_under_our_own_id_and_twice_is_once(phone: Phone) -> None:
    channel = make_channel(send_url=phone.url, sim="2")

    sent = [channel.send(Outgoing(ID, CITIZEN, "¿Participa?")) for _ in range(2)]

    assert [one.provider_id for one in sent] == [ID, ID]
    assert phone.messages == [
        {
            "id": ID,
            "textMessage": {"text": "¿Participa?"},
            "phoneNumbers": ["+50255509917"],
            "withDeliveryReport": True,
            "ttl": 3600,
            "priority": 50,
            "simNumber": 2,
        }
    ]


def test_a_reminder_goes_after_who_waits_for_an_answer(phone: Phone) -> None:
    make_channel(send_url=phone.url).send(Outgoing(ID, CITIZEN, "Hola", "reminder"))

    assert phone.messages[0]["priority"] == 0
    assert "simNumber" not in phone.messages[0]


@pytest.mark.parametrize(
    ("status", "code", "retryable", "uncertain"),
    [
        (0, "no_answer", True, True),
        (400, "400", False, False),
        (429, "429", True, False),
        (500, "500", True, True),
        (503, "503", True, False),
    ],
)
def test_a_failure_says_what_it_means(
    phone: Phone, status: int, code: str, *, retryable: bool, uncertain: bool
) -> None:
    phone.status = status

    error = fail(make_channel(send_url=phone.url))

    assert (error.code, error.retryable, error.uncertain) == (code, retryable, uncertain)


def test_the_password_is_tried(phone: Phone) -> None:
    assert make_channel(send_url=phone.url).find_account_status() == "active"
    wrong = make_channel(send_url=phone.url, password="wrong")
    assert fail(wrong).retryable
    with pytest.raises(SendError, match="401"):
        wrong.find_account_status()


def test_who_has_no_number_gets_no_sms() -> None:
    with pytest.raises(SendError, match="no_number"):
        make_channel().send(Outgoing(ID, Address("wa", "US.1"), "Hola"))


def test_a_sim_that_no_phone_has_is_named() -> None:
    with pytest.raises(ValueError, match='"sim"'):
        make_channel(sim="4")
