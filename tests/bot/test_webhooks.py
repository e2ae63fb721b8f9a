"""The routes that providers call: whatever arrives has a defined outcome."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import flask
import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.base import ONE_MESSAGE
from bot.messages import Reply, StatusReport
from bot.refusals import ACCEPTED
from bot.webhooks import make_blueprint
from tests.bot.channels.tables.twilio_sms import PLAIN
from tests.support.canaries import CANARY_PHONE, CANARY_TEXT
from tests.support.channel_tables import PUBLIC_URL, find_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.test import TestResponse

    from bot.channels.base import Channel
    from bot.messages import Inbound

FORM = "application/x-www-form-urlencoded"


class House:
    """Flask with our routes, and everything the routes were told."""

    def __init__(self, **blueprint: Any) -> None:
        self.received: list[Inbound] = []
        self.statuses: list[tuple[str, StatusReport]] = []
        self.outcomes: list[tuple[str, str]] = []
        self.reply = Reply(("Bienvenida.",), open=True)
        self.failure: Exception | None = None
        self.channels: Mapping[str, Channel] = {
            kind: find_table(kind).make()
            for kind in ("twilio-sms", "ussd-africastalking", "ussd-infobip", "simulator")
        }
        self.app = flask.Flask("test")
        self.app.register_blueprint(
            make_blueprint(
                self.channels,
                self.receive,
                public_url=PUBLIC_URL + "/",
                record_status=lambda name, report: self.statuses.append((name, report)),
                remember=lambda name, outcome: self.outcomes.append((name, outcome)),
                **blueprint,
            )
        )
        self.client = self.app.test_client()

    def receive(self, inbound: Inbound) -> Reply:
        self.received.append(inbound)
        if self.failure:
            raise self.failure
        return self.reply

    def post(
        self,
        path: str,
        body: Mapping[str, str] | bytes = PLAIN,
        *,
        content_type: str = FORM,
        prove: bool = True,
        method: str = "POST",
    ) -> TestResponse:
        kind = path.split("/", 1)[0]
        if not isinstance(body, bytes):
            body = urlencode(body).encode()
        headers = self.proof(kind, path, body) if prove else {}
        return self.client.open(
            f"/channels/{path}",
            method=method,
            data=body,
            headers=headers,
            content_type=content_type,
        )

    def proof(self, kind: str, path: str, body: bytes) -> Mapping[str, str]:
        case = find_table(kind).cases[0]
        request = find_table(kind).request(case.__class__("", "", body, None))
        url = f"{PUBLIC_URL}/channels/{path}"
        proven = find_table(kind).prove(
            request.__class__(
                method="POST",
                path="inbound",
                url=url,
                headers={},
                query=(),
                form=request.form,
                body=body,
            ),
            find_table(kind).secret,
        )
        return proven.headers


@pytest.fixture
def house() -> House:
    return House()


def test_a_signed_message_is_answered(house: House) -> None:
    response = house.post("twilio-sms/inbound?a=1&b=%20x")

    assert response.status_code == 200
    assert response.content_type == "text/xml; charset=utf-8"
    assert "<Message>Bienvenida.</Message>" in response.text
    assert [message.text for message in house.received] == ["CONSULTA"]
    assert house.outcomes == [("twilio-sms", ACCEPTED)]


def test_the_host_header_is_never_believed(house: House) -> None:
    response = house.client.post(
        "/channels/twilio-sms/inbound",
        data=PLAIN,
        headers={
            **house.proof("twilio-sms", "twilio-sms/inbound", urlencode(PLAIN).encode()),
            "Host": "evil.example.org",
            "X-Forwarded-Host": "evil.example.org",
            "X-Forwarded-Proto": "http",
        },
    )

    assert response.status_code == 200


@pytest.mark.parametrize("kind", ["twilio-sms", "ussd-africastalking"])
@pytest.mark.parametrize("end", ["inbound", "status"])
def test_a_forgery_is_refused_remembered_and_changes_nothing(
    house: House, kind: str, end: str
) -> None:
    response = house.post(f"{kind}/{end}", prove=False)

    assert response.status_code == 403
    assert response.json == {"error": house.outcomes[0][1]}
    assert house.outcomes[0][0] == kind
    assert house.received == []
    assert house.statuses == []


def test_an_unknown_channel_is_unknown(house: House) -> None:
    assert house.post("twilio-sms/inbound").status_code == 200
    assert house.client.post("/channels/claro/inbound").status_code == 404
    assert house.client.post("/channels/twilio-sms/other").status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_is_not_allowed(house: House, method: str) -> None:
    response = house.post("twilio-sms/inbound", method=method)

    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert house.received == []


@pytest.mark.parametrize("kind", ["twilio-sms", "ussd-africastalking", "simulator"])
def test_a_megabyte_of_text_is_too_much(house: House, kind: str) -> None:
    response = house.post(f"{kind}/inbound", b"Body=" + b"a" * 1_000_000)

    assert response.status_code == 413
    assert house.received == []


def test_the_largest_body_is_read(house: House) -> None:
    room = ONE_MESSAGE - len(urlencode(PLAIN)) + len("CONSULTA")

    response = house.post("twilio-sms/inbound", PLAIN | {"Body": "a" * room})

    assert response.status_code == 200
    assert len(house.received[0].text) == room


def test_thousands_of_parameters_are_not_even_read(house: House) -> None:
    response = house.post("twilio-sms/inbound", b"a=1&" * 2_000)

    assert (response.status_code, response.json) == (400, {"error": "too_many_fields"})


@pytest.mark.parametrize(
    ("content_type", "status"),
    [(FORM, 200), (FORM + "; charset=UTF-8", 200), ("text/plain", 403), ("", 403)],
)
def test_a_form_is_a_form_by_its_content_type(house: House, content_type: str, status: int) -> None:
    response = house.post("twilio-sms/inbound", content_type=content_type)

    assert response.status_code == status


@pytest.mark.parametrize("kind", ["twilio-sms", "ussd-africastalking", "ussd-infobip", "simulator"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    body=st.binary(max_size=300),
    query=st.text(st.characters(max_codepoint=255), max_size=20),
    content_type=st.sampled_from([FORM, "application/json", "multipart/form-data", "x"]),
)
def test_no_bytes_at_all_end_in_an_error_of_ours(
    house: House, kind: str, body: bytes, query: str, content_type: str
) -> None:
    end = "session/7/start" if kind == "ussd-infobip" else "inbound"
    response = house.client.post(
        f"/channels/{kind}/{end}",
        query_string=query,
        data=body,
        content_type=content_type,
        headers={"X-Puente-Token": find_table(kind).secret},
    )

    assert response.status_code < 500


def test_receipts_are_recorded(house: House) -> None:
    receipt = {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "30003"}

    response = house.post("twilio-sms/status", receipt)

    assert (response.status_code, response.data) == (204, b"")
    assert house.statuses == [("canal", StatusReport("SM1", "failed", "30003"))]


def test_infobips_steps_are_three_addresses(house: House) -> None:
    body = b'{"msisdn": "50255550101", "text": "*120*666#"}'

    for step, method in (("start", "POST"), ("response", "POST"), ("end", "PUT")):
        response = house.post(
            f"ussd-infobip/session/8f3e/{step}", body, content_type="x", method=method
        )
        assert response.status_code == 200
        assert response.json is not None
    assert [message.dialog for message in house.received] == ["8f3e"] * 3
    assert house.post("ussd-infobip/session/8f3e/status").status_code == 404


def test_a_sender_that_must_not_be_answered_gets_no_reply(house: House) -> None:
    response = house.post("twilio-sms/inbound", PLAIN | {"From": "2020"})

    assert response.status_code == 200
    assert response.text.endswith("<Response/>")


def test_a_failure_of_ours_is_a_kind_word_and_no_traceback(house: House) -> None:
    house.failure = RuntimeError(f"row of {CANARY_PHONE}: {CANARY_TEXT}")

    with structlog.testing.capture_logs() as logs:
        response = house.post("twilio-sms/inbound", PLAIN | {"From": CANARY_PHONE})

    assert response.status_code == 503
    assert response.text.startswith("En este momento no podemos")
    [log] = logs
    line = inspect.getsourcelines(House.receive)[1]
    assert log["error"] == "RuntimeError"
    assert log["place"].startswith(f"{__file__}:")
    assert int(log["place"].rpartition(":")[2]) > line
    assert CANARY_PHONE not in str(logs)
    assert CANARY_TEXT not in str(logs)


@pytest.mark.parametrize("step", ["read", "reply", "read_status"])
def test_a_mistake_in_a_channel_is_no_traceback_either(
    house: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_args: object) -> None:
        raise KeyError(CANARY_TEXT)

    monkeypatch.setattr(type(house.channels["twilio-sms"]), step, fail)
    end = "status" if step == "read_status" else "inbound"

    assert house.post(f"twilio-sms/{end}").status_code == 503


def test_every_route_declares_its_protection(house: House) -> None:
    views = house.app.view_functions
    ours = {name: view for name, view in views.items() if name.startswith("webhooks.")}

    assert len(ours) == 3
    assert {getattr(view, "protection", None) for view in ours.values()} == {"signature"}


def test_outcomes_need_not_be_remembered() -> None:
    app = flask.Flask("bare")
    app.register_blueprint(
        make_blueprint(
            {"sms": find_table("twilio-sms").make()},
            lambda _inbound: Reply(),
            public_url=PUBLIC_URL,
            record_status=lambda _name, _report: None,
        )
    )

    assert app.test_client().post("/channels/sms/inbound").status_code == 403
