from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot.channels
from bot.channels import CHANNELS
from bot.channels.diagnosis import REASONS, Finding, HasAccount, diagnose
from bot.channels.settings import ChannelSettings
from bot.refusals import Refusal
from tests.support.channel_tables import find_table
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tests.support.webserver import HOST, find_free_ports

if TYPE_CHECKING:
    from tests.support.fake_twilio import FakeTwilio

AT = datetime(2026, 3, 2, tzinfo=UTC)


def make_settings(
    api_url: str, public_url: str, kind: str = "twilio-whatsapp", **options: object
) -> ChannelSettings:
    entry = {
        "account_sid": ACCOUNT_SID,
        "auth_token": AUTH_TOKEN,
        "sender": SENDER,
        "api_url": api_url,
    } | options
    return ChannelSettings("wa", kind, entry, public_url)


def look(
    settings: ChannelSettings, *refusals: Refusal, accepted_at: datetime | None = AT
) -> list[Finding]:
    return diagnose(CHANNELS[settings.kind](settings), settings, refusals, accepted_at)


@pytest.mark.parametrize("kind", ["twilio-sms", "twilio-whatsapp"])
def test_a_channel_in_order_says_where_it_is_called(fake_twilio: FakeTwilio, kind: str) -> None:
    findings = look(make_settings(fake_twilio.url, "https://puente.example.org/", kind))

    assert findings == [
        Finding(
            "ok",
            "dirección para el proveedor: https://puente.example.org/channels/wa/inbound (POST)",
        ),
        Finding("ok", "el proveedor acepta la cuenta y su clave"),
        Finding("ok", "la última petición aceptada del proveedor", AT),
        Finding("ok", "ninguna petición fue rechazada"),
    ]


@pytest.mark.parametrize(
    ("public_url", "level", "words"),
    [
        ("", "problem", "falta PUENTE_PUBLIC_URL"),
        ("http://localhost:8000", "problem", "dirección local (localhost)"),
        ("http://puente:8000", "problem", "dirección local (puente)"),
        ("http://192.168.1.5:8000", "problem", "dirección local (192.168.1.5)"),
        ("http://[::1]:8000", "problem", "dirección local (::1)"),
        ("http://puente.example.org", "warning", "use https"),
        ("http://8.8.8.8", "warning", "use https"),
    ],
)
def test_an_address_that_the_provider_cannot_or_should_not_call_is_named(
    fake_twilio: FakeTwilio, public_url: str, level: str, words: str
) -> None:
    first = look(make_settings(fake_twilio.url, public_url))[0]

    assert first.level == level
    assert words in first.sentence


def test_a_wrong_token_is_found_by_asking_twilio(fake_twilio: FakeTwilio) -> None:
    settings = make_settings(fake_twilio.url, "https://puente.example.org", auth_token="wrong")

    assert Finding("problem", "Twilio no acepta account_sid o auth_token: revíselos.") in look(
        settings
    )


def test_a_suspended_account_is_told(fake_twilio: FakeTwilio) -> None:
    fake_twilio.account_status = "suspended"

    findings = look(make_settings(fake_twilio.url, "https://puente.example.org"))

    assert any(f.level == "problem" and "suspended" in f.sentence for f in findings)


def test_an_answer_that_is_not_twilios_is_told(fake_twilio: FakeTwilio) -> None:
    fake_twilio.moods.append("garbage")

    findings = look(make_settings(fake_twilio.url, "https://puente.example.org"))

    assert any(f.level == "problem" and "No contestó" in f.sentence for f in findings)


def test_something_that_is_not_twilio_is_told() -> None:
    findings = look(make_settings("http://127.0.0.1:1", "https://puente.example.org"))

    assert Finding("problem", "No hay conexión con Twilio.") in findings


def test_a_missing_sender_is_told(fake_twilio: FakeTwilio) -> None:
    findings = look(make_settings(fake_twilio.url, "https://puente.example.org", sender=""))

    assert any(f.level == "warning" and "falta la clave sender" in f.sentence for f in findings)


def test_what_was_refused_is_explained_with_its_time(fake_twilio: FakeTwilio) -> None:
    findings = look(
        make_settings(fake_twilio.url, "http://puente.example.org"),
        Refusal("signature_says_https", AT),
        Refusal("something new", AT),
        accepted_at=AT - timedelta(seconds=1),
    )

    assert findings[-2:] == [
        Finding(
            "problem", "la firma no coincide: PUENTE_PUBLIC_URL dice http, Twilio firma https", AT
        ),
        Finding("problem", "something new", AT),
    ]


def test_a_strangers_requests_are_neither_traffic_nor_a_problem() -> None:
    settings = ChannelSettings("claro", "kannel", {"token": "t"}, "http://127.0.0.1:8000")

    never = look(settings, Refusal("token_missing", AT), accepted_at=None)
    mended = look(settings, Refusal("token_mismatch", AT), accepted_at=AT)

    assert [finding.level for finding in never[-2:]] == ["warning", "warning"]
    assert never[-2].sentence == "todavía no se ha aceptado ninguna petición del proveedor"
    assert [finding.level for finding in mended[-2:]] == ["ok", "warning"]


def test_a_channel_without_an_account_is_not_asked_for_one() -> None:
    settings = ChannelSettings(
        "ussd",
        "ussd-africastalking",
        {"service_code": "*1#", "token": AUTH_TOKEN},
        "https://puente.example.org",
    )

    findings = look(settings)

    assert [finding.level for finding in findings] == ["ok", "ok", "ok"]
    assert AUTH_TOKEN not in str(findings)


def test_every_reason_a_channel_may_refuse_for_has_its_sentence() -> None:
    folder = Path(bot.channels.__file__).parent
    sources = [*folder.glob("*.py"), folder.parent / "webhooks.py"]
    code = "\n".join(source.read_text() for source in sources if source.stem != "simulator")
    raised = set(re.findall(r'Refused\("(\w+)"', code)) | set(
        re.findall(r'return "(signature_\w+)"', code)
    )

    assert raised <= set(REASONS)
    assert {"token_missing", "signature_mismatch"} <= raised


def test_a_gateway_beside_us_may_call_a_local_address() -> None:
    settings = ChannelSettings("claro", "kannel", {"token": "t"}, "http://127.0.0.1:8000")

    assert look(settings) == [
        Finding(
            "ok",
            "dirección para el proveedor: http://127.0.0.1:8000/channels/claro/inbound (GET)",
        ),
        Finding("warning", "falta la clave sender: el canal contesta, pero no escribe primero"),
        Finding("ok", "la última petición aceptada del proveedor", AT),
        Finding("ok", "ninguna petición fue rechazada"),
    ]


@pytest.mark.parametrize("kind", CHANNELS)
def test_every_kind_can_be_looked_at_without_its_provider(kind: str) -> None:
    table = find_table(kind)
    [port] = find_free_ports(1)
    entry = {**table.options, **({table.api: f"http://{HOST}:{port}"} if table.api else {})}
    if table.secret_key:
        entry[table.secret_key] = table.secret

    findings = look(ChannelSettings("canal", kind, entry, "https://puente.example.org"))

    told = " ".join(finding.sentence for finding in findings)
    path = "/inbound" if table.cases[0].path == "inbound" else ""  # which Infobip adds itself
    assert f"proveedor: https://puente.example.org/channels/canal{path} (" in told
    is_asked = issubclass(type(table.make()), HasAccount)
    assert ("No hay conexión" in told) is (is_asked and bool(table.api))
    assert table.secret not in told
