"""What is particular to Meta: the handshake, many messages a request, and sending."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import flask
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Refused, SendError
from bot.channels.credentials import Secret
from bot.channels.meta_errors import MEANINGS
from bot.channels.meta_messages import write_message
from bot.channels.meta_whatsapp import LARGEST_BODY, MetaWhatsapp
from bot.channels.settings import ChannelSettings
from bot.channels.templates import Templates
from bot.messages import Address, Outgoing, Reply, StatusReport
from bot.webhooks import make_blueprint
from flows.text.render import Button
from tests.bot.channels.tables.meta_whatsapp import ID, TABLE, message, post, status
from tests.support.channel_tables import PUBLIC_URL, Case
from tests.support.fake_meta import ACCESS_TOKEN, is_acceptable

if TYPE_CHECKING:
    from bot.messages import Inbound
    from tests.support.fake_meta import FakeMeta, Mood

CITIZEN = Address("tel", "+50255509917")


def make_channel(api_url: str, **options: object) -> MetaWhatsapp:
    entry = {**TABLE.options, "app_secret": TABLE.secret, "api_url": api_url, **options}
    return MetaWhatsapp(ChannelSettings("wa", "meta-whatsapp", entry, PUBLIC_URL))


def fail(channel: MetaWhatsapp, text: str = "Hola") -> SendError:
    with pytest.raises(SendError) as error:
        channel.send(Outgoing("1", CITIZEN, text))
    shown = f"{error.value!r} {error.value} {error.value.sentence} {error.value.__cause__!r}"
    assert "55509917" not in shown
    assert ACCESS_TOKEN not in shown
    return error.value


class House:
    """Flask with the routes, before a Meta channel."""

    def __init__(self) -> None:
        self.received: list[Inbound] = []
        self.statuses: list[StatusReport] = []
        app = flask.Flask("test")
        app.register_blueprint(
            make_blueprint(
                {"wa": make_channel("https://graph.example.org")},
                self.receive,
                public_url=PUBLIC_URL,
                record_status=lambda _name, report: self.statuses.append(report),
            )
        )
        self.client = app.test_client()

    def receive(self, inbound: Inbound) -> Reply:
        self.received.append(inbound)
        return Reply(("Bienvenida.",))

    def post(self, value: object) -> tuple[int, str]:
        body = json.dumps(value).encode()
        signature = hmac.new(TABLE.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={signature}"}
        response = self.client.post("/channels/wa/inbound", data=body, headers=headers)
        return response.status_code, response.text


def test_the_signature_is_the_one_that_is_published() -> None:
    body = '{"event":"sms:received","payload":{"message":"Sí, ñandú","sender":"+50255551234"}}'

    assert Secret(("appsecret",)).has_signed(
        body.encode(), "cf28157094be4251805ae9a8d877597e2f477fe43dd18a6ac48be11176556983"
    )


@pytest.mark.parametrize(
    ("mode", "token", "expected"),
    [
        ("subscribe", "canary-secret-5f0e9d-verify", (200, "1158201444")),
        ("subscribe", "another", (403, '{"error":"handshake_mismatch"}\n')),
        ("unsubscribe", "canary-secret-5f0e9d-verify", (403, '{"error":"handshake_mismatch"}\n')),
    ],
)
def test_the_handshake_gives_the_challenge_back_to_who_knows_the_token(
    mode: str, token: str, expected: tuple[int, str]
) -> None:
    query = {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": "1158201444"}

    response = House().client.get("/channels/wa/inbound", query_string=query)

    assert (response.status_code, response.text) == expected


def test_a_handshake_without_anything_is_refused() -> None:
    request = replace(TABLE.request(TABLE.cases[0]), method="GET")

    with pytest.raises(Refused, match="handshake_mismatch"):
        make_channel("https://graph.example.org").find_handshake(request)


def test_a_thousand_messages_in_one_request_are_all_taken_in_order() -> None:
    house = House()
    messages = [
        {
            "from": f"5025{number:07}",
            "id": f"wamid.{number}",
            "type": "text",
            "text": {"body": str(number)},
        }
        for number in range(1_000)
    ]

    assert house.post(post({"messages": messages})) == (200, "")

    assert [one.text for one in house.received] == [str(number) for number in range(1_000)]


def test_a_body_beyond_what_meta_sends_is_refused() -> None:
    assert House().post({"x": "y" * LARGEST_BODY})[0] == 413


def test_messages_and_receipts_of_one_request_are_both_read() -> None:
    house = House()
    both = message()
    both["entry"] += status("read")["entry"]  # type: ignore[operator]

    assert house.post(both) == (200, "")

    assert [one.claim for one in house.received] == [ID]
    assert house.statuses == [StatusReport(ID, "read")]


def test_a_signature_over_other_bytes_of_the_same_json_is_refused() -> None:
    request = TABLE.request(Case("accents", "", '{"text":"Sí"}', None))
    escaped = replace(request, body=b'{"text":"S\\u00ed"}')

    with pytest.raises(Refused, match="meta_signature_mismatch"):
        make_channel("https://graph.example.org").verify(escaped)


@pytest.mark.parametrize("junk", [None, 1, "x", [], {}, [None], {"entry": [1]}, [[]]])
@pytest.mark.parametrize("key", ["entry", "changes", "value", "messages", "statuses"])
def test_a_shape_that_is_none_is_passed_over(key: str, junk: object) -> None:
    values: dict[str, object] = {"messages": [], "statuses": []}
    whole: dict[str, object] = post({key: junk} if key in values else values)
    if key not in values:
        whole = {"entry": junk} if key == "entry" else {"entry": [{key: junk}]}
    channel = make_channel("https://graph.example.org")
    request = TABLE.request(Case("junk", "", whole, None))

    assert channel.read(request) == []
    assert channel.read_status(request) == []


def test_a_text_is_sent_and_its_id_kept(fake_meta: FakeMeta) -> None:
    sent = make_channel(fake_meta.url).send(Outgoing("1", CITIZEN, "¿Cómo está?"))

    assert sent.provider_id == "wamid.1"
    assert fake_meta.messages == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "50255509917",
            "type": "text",
            "text": {"body": "¿Cómo está?", "preview_url": False},
        }
    ]


def test_who_has_no_number_is_reached_by_her_id(fake_meta: FakeMeta) -> None:
    make_channel(fake_meta.url).send(Outgoing("1", Address("wa", "US.1234"), "Hola"))

    assert fake_meta.messages[0]["recipient"] == "US.1234"
    assert "to" not in fake_meta.messages[0]


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (["Sí", "No"], "button"),
        (["a" * 20, "b", "c"], "button"),
        (["a" * 21, "b"], "list"),
        (["a", "b", "c", "d"], "list"),
        ([str(n) for n in range(10)], "list"),
        ([str(n) for n in range(11)], "text"),
        (["a" * 25, "b"], "text"),
    ],
)
def test_choices_become_buttons_a_list_or_plain_text_by_what_fits(
    fake_meta: FakeMeta, titles: list[str], kind: str
) -> None:
    buttons = tuple(Button(str(n), title) for n, title in enumerate(titles, 1))

    make_channel(fake_meta.url).send(Outgoing("1", CITIZEN, "¿Y?", buttons=buttons))

    [taken] = fake_meta.messages
    assert taken.get("interactive", {}).get("type", taken["type"]) == kind
    assert "¿Y?" in json.dumps(taken, ensure_ascii=False)


@given(
    text=st.text(min_size=1, max_size=4096),
    titles=st.lists(st.text(min_size=1, max_size=30), max_size=12, unique=True),
)
def test_whatever_is_to_be_said_meta_takes_it(text: str, titles: list[str]) -> None:
    buttons = tuple(Button(str(n), title) for n, title in enumerate(titles, 1))

    assert is_acceptable(write_message(Outgoing("1", CITIZEN, text, buttons=buttons), Templates()))


def test_a_recording_is_fetched_from_us_within_a_day(fake_meta: FakeMeta) -> None:
    channel = make_channel(fake_meta.url)
    voice = Outgoing("1", CITIZEN, "a1.ogg", "voice")

    channel.send(voice)

    [taken] = fake_meta.messages
    assert taken["audio"] == {"link": "https://puente.example.org/voces/a1.ogg"}
    with pytest.raises(SendError, match="voice_too_late"):
        channel.send(replace(voice, in_session=False))


def test_after_a_day_an_approved_template_carries_the_text(fake_meta: FakeMeta) -> None:
    channel = make_channel(fake_meta.url, templates={"reminder": {"es": "a", "quc": "b"}})
    late = Outgoing("1", CITIZEN, "Le faltan\n2  preguntas", "reminder", in_session=False)

    channel.send(late)
    channel.send(replace(late, language="quc"))

    names = [message["template"]["name"] for message in fake_meta.messages]
    assert names == ["a", "b"]
    template = fake_meta.messages[1]["template"]
    assert template["language"] == {"code": "es"}  # WhatsApp knows no Mayan language
    assert template["components"][0]["parameters"][0]["text"] == "Le faltan 2 preguntas"
    with pytest.raises(SendError, match="no_template") as error:
        channel.send(replace(late, language="mam"))
    assert '"reminder" en "mam"' in error.value.sentence


@pytest.mark.parametrize(
    ("mood", "code", "retryable", "uncertain"),
    [
        ("busy", "130429", True, False),
        ("unavailable", "131016", True, False),
        ("broken", "1", True, True),
        ("die", "no_answer", True, True),
        ("garbage", "no_answer", True, True),
        ("closed window", "131047", False, False),
    ],
)
def test_a_failure_says_what_it_means(
    fake_meta: FakeMeta, mood: Mood, code: str, *, retryable: bool, uncertain: bool
) -> None:
    fake_meta.moods.append(mood)

    error = fail(make_channel(fake_meta.url))

    assert (error.code, error.retryable, error.uncertain) == (code, retryable, uncertain)


def test_somebody_who_left_is_told_apart(fake_meta: FakeMeta) -> None:
    fake_meta.moods.append("left")

    assert fail(make_channel(fake_meta.url)).opted_out


def test_what_is_wrong_with_the_account_is_found(fake_meta: FakeMeta) -> None:
    assert make_channel(fake_meta.url).find_account_status() == "active"
    wrong = make_channel(fake_meta.url, access_token="wrong")
    with pytest.raises(SendError, match="190"):
        wrong.find_account_status()
    assert fail(make_channel(fake_meta.url, phone_number_id="9")).code == "33"


def test_a_text_that_is_too_long_is_not_tried_again(fake_meta: FakeMeta) -> None:
    error = fail(make_channel(fake_meta.url), "x" * 4097)

    assert (error.code, error.retryable) == ("100", False)


@pytest.mark.parametrize("code", MEANINGS)
def test_every_code_has_a_spanish_sentence(code: str) -> None:
    assert MEANINGS[code].sentence.endswith(".")
