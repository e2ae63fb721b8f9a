"""What every kind must keep, whatever its provider: run over the registry."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import CHANNELS
from bot.channels.base import Refused, SendError
from bot.channels.settings import ChannelSettings, ChannelSettingsError
from bot.channels.texts import REPLACEMENT
from bot.messages import Address, Inbound, Outgoing, Reply
from tests.support.canaries import CANARY_PHONE, CANARY_SECRET, CANARY_TEXT
from tests.support.channel_tables import find_table
from tests.support.provider_server import serve_provider
from tests.support.webserver import HOST, find_free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.channel_tables import Table

TABLES = [find_table(kind) for kind in CHANNELS]
SECRET_TABLES = [table for table in TABLES if table.secret_key]

every_kind = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
every_kind_with_a_secret = pytest.mark.parametrize(
    "table", SECRET_TABLES, ids=lambda table: table.kind
)


def first_message(table: Table, **make: object) -> Inbound:
    request = table.request(table.cases[0])
    return table.make(**make).read(request)[0]


@every_kind_with_a_secret
def test_a_request_without_proof_is_refused(table: Table) -> None:
    with pytest.raises(Refused) as refusal:
        table.make().verify(table.request(table.cases[0], proven=False))

    assert refusal.value.status == 403


@every_kind_with_a_secret
@pytest.mark.parametrize(
    "wrong", ["another", "", "ñ", CANARY_SECRET.upper(), CANARY_SECRET + " ", CANARY_SECRET[:-1]]
)
def test_a_request_with_a_wrong_secret_is_refused(table: Table, wrong: str) -> None:
    request = table.prove(table.request(table.cases[0], proven=False), wrong)

    with pytest.raises(Refused) as refusal:
        table.make().verify(request)

    assert refusal.value.status == 403


@every_kind_with_a_secret
def test_both_secrets_count_while_they_are_rotated_and_the_old_one_no_longer(table: Table) -> None:
    rotating = table.make(secret=["new", "old"])
    case = table.cases[0]
    rotating.verify(table.request(case, secret="new"))
    rotating.verify(table.request(case, secret="old"))

    with pytest.raises(Refused):
        table.make(secret="new").verify(table.request(case, secret="old"))


@every_kind_with_a_secret
@pytest.mark.parametrize("proof", ["\udcff", "é", "\x00", "=" * 5000])
def test_nonsense_in_place_of_the_proof_is_refused(table: Table, proof: str) -> None:
    request = table.request(table.cases[0])
    proven = set(request.headers) - {"content-type"}
    broken = replace(request, headers={**request.headers, **dict.fromkeys(proven, proof)})

    with pytest.raises(Refused):
        table.make().verify(broken)


@every_kind
def test_the_same_delivery_has_the_same_claim_where_the_provider_names_it(table: Table) -> None:
    channel = table.make()
    named = [case for case in table.cases if case.expect and "claim" in case.expect]

    for case in named:
        [once], [twice] = channel.read(table.request(case)), channel.read(table.request(case))
        assert once.claim == twice.claim
    assert len({case.expect["claim"] for case in named if case.expect}) == len(named)


@every_kind
def test_unknown_fields_change_nothing(table: Table) -> None:
    case = table.cases[0]
    assert isinstance(case.body, dict)
    more = replace(case, body=case.body | {"Zzz2027": "x"})
    channel = table.make()
    compared = [f.name for f in fields(Inbound) if f.name not in {"claim", "echo", "sent_at"}]

    [before], [after] = channel.read(table.request(case)), channel.read(table.request(more))

    for name in compared:
        assert getattr(before, name) == getattr(after, name)


@every_kind
@pytest.mark.parametrize("cut", [0, 1, 10, 25])
def test_a_truncated_body_is_refused(table: Table, cut: int) -> None:
    request = table.request(table.cases[0])
    whole = request.body or request.url.partition("?")[2].encode()

    with pytest.raises(Refused) as refusal:
        table.make().read(table.carry(request, whole[:cut]))

    assert refusal.value.status == 400


@every_kind
def test_a_body_of_another_kind_is_refused(table: Table) -> None:
    request = table.carry(table.request(table.cases[0]), b"<xml/>")

    with pytest.raises(Refused) as refusal:
        table.make().read(request)

    assert refusal.value.status == 400


@every_kind
@given(body=st.binary(max_size=200))
def test_no_bytes_make_it_fail(table: Table, body: bytes) -> None:
    request = table.carry(table.request(table.cases[0]), body)
    channel = table.make()

    for read in (channel.read, channel.read_status):
        with suppress(Refused):
            assert isinstance(read(request), list)


@every_kind
@pytest.mark.parametrize("body", [b"[" * 60_000, b"[]", b"null", b"1e999", b'{"a":' * 9_000])
def test_json_that_is_no_message_is_refused(table: Table, body: bytes) -> None:
    request = table.carry(table.request(table.cases[0]), body)

    with pytest.raises(Refused):
        table.make().read(request)


@every_kind
def test_nothing_shows_a_secret_a_number_or_a_text(table: Table) -> None:
    channel = table.make()
    request = table.request(table.cases[0])
    message = channel.read(request)[0]
    settings = ChannelSettings("canal", table.kind, {"auth_token": table.secret})

    shown = f"{channel!r} {vars(channel)!r} {request!r} {message!r} {settings!r}"

    assert table.secret not in shown
    assert "55509917" not in shown
    assert "Body" not in shown


@every_kind
def test_several_texts_and_none_are_carried_back(table: Table) -> None:
    channel = table.make()
    message = first_message(table)

    for texts in ((), ("Uno",), ("Uno", "Dos")):
        response = channel.reply([(message, Reply(texts, open=True))])
        assert response.status == 200
        assert all((text in response.body) is channel.answers_in_response for text in texts)


@every_kind
def test_a_key_nobody_knows_is_named(table: Table) -> None:
    with pytest.raises(ChannelSettingsError, match=r'"canal".*"tarif"'):
        table.make(tarif="free")


@every_kind
def test_a_tariff_nobody_knows_is_named(table: Table) -> None:
    with pytest.raises(ChannelSettingsError, match=r'"tariff".*citizen_pays'):
        table.make(tariff="gratis")


@pytest.mark.parametrize(
    ("table", "key"),
    [pytest.param(t, key, id=f"{t.kind}: {key}") for t in TABLES for key in t.required],
)
@pytest.mark.parametrize("value", [None, "", [], [""], 2020])
def test_a_key_that_is_missing_or_no_text_is_named(table: Table, key: str, value: object) -> None:
    entry = {**table.options, table.secret_key: table.secret, key: value}
    settings = ChannelSettings("canal", table.kind, entry)

    with pytest.raises(ChannelSettingsError, match=rf'"canal".*"{key}"') as error:
        CHANNELS[table.kind](settings)

    assert table.secret not in str(error.value)


@every_kind
def test_it_says_what_it_is(table: Table) -> None:
    channel = table.make()

    assert channel.kind == table.kind
    assert channel.name == "canal"
    assert channel.form in {"sms", "whatsapp", "ussd"}
    assert channel.tariff in {"free", "refunded", "citizen_pays"}
    assert channel.methods <= {"GET", "POST", "PUT"}
    assert isinstance(channel.retries, bool)
    assert isinstance(channel.can_send, bool)
    assert channel.answers_in_response or channel.can_send


# --- sending ---------------------------------------------------------------------------

SENDING_TABLES = [table for table in TABLES if table.api]
every_kind_that_sends = pytest.mark.parametrize(
    "table", SENDING_TABLES, ids=lambda table: table.kind
)


def fail_to_send(table: Table, url: str) -> SendError:
    channel = table.make(**{table.api: url})
    with pytest.raises(SendError) as error:
        channel.send(Outgoing("1", Address("tel", CANARY_PHONE), CANARY_TEXT))
    shown = f"{error.value!r} {error.value.sentence} {error.value.__cause__!r} {channel!r}"
    for secret in (table.secret, CANARY_PHONE[-8:], CANARY_TEXT, CANARY_SECRET):
        assert secret not in shown
    assert error.value.sentence.endswith(".")
    assert error.value.code
    return error.value


def test_every_kind_that_can_send_is_tried() -> None:
    able = {table.kind for table in TABLES if table.make().can_send}

    assert able - {"simulator"} == {table.kind for table in SENDING_TABLES}


@every_kind_that_sends
def test_where_nobody_listens_nothing_was_taken_and_trying_again_can_help(table: Table) -> None:
    [port] = find_free_ports(1)

    error = fail_to_send(table, f"http://{HOST}:{port}")

    assert (error.code, error.retryable, error.uncertain) == ("no_connection", True, False)


@every_kind_that_sends
@pytest.mark.parametrize(
    ("status", "retryable", "uncertain"),
    [
        (None, True, True),
        (302, False, False),
        (404, False, False),
        (429, True, False),
        (500, True, True),
        (502, True, True),
        (503, True, False),
    ],
)
def test_a_failure_says_whether_to_try_again_and_whether_it_may_have_been_taken(
    table: Table, status: int | None, *, retryable: bool, uncertain: bool
) -> None:
    with serve_provider(lambda _asked: (status, b"<html>") if status else None) as url:
        error = fail_to_send(table, url)

    assert (error.retryable, error.uncertain) == (retryable, uncertain)


@every_kind_that_sends
def test_a_wrong_key_can_be_mended_and_the_message_tried_again(table: Table) -> None:
    answer = {"kannel": 403}.get(table.kind, 401)
    told = b'{"code":20003,"error":{"code":190}}'
    with serve_provider(lambda _asked: (answer, told)) as url:
        error = fail_to_send(table, url)

    assert error.retryable
    assert re.search("revísel[aeo]|renuével[aeo]", error.sentence), "say what to do"


# --- bad input -------------------------------------------------------------------------

UNSTORABLE = [
    pytest.param(table, sign, id=f"{table.kind}: {sign!a}")
    for table in TABLES
    for sign in ("\x00", "\ud800")
    if table.encoding == "json" or sign == "\x00"  # a form's bytes are read as UTF-8
]


def spoil(value: object, sign: str) -> Iterator[object]:
    """Give the value again and again, each time with the sign behind another of its texts."""
    if isinstance(value, str):
        yield value + sign
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from ({**value, key: spoilt} for spoilt in spoil(one, sign))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            rest = value[place + 1 :]
            yield from ([*value[:place], spoilt, *rest] for spoilt in spoil(one, sign))


@pytest.mark.parametrize(("table", "sign"), UNSTORABLE)
def test_no_sign_that_cannot_be_stored_comes_in_by_any_field(table: Table, sign: str) -> None:
    channel, taken = table.make(), ""
    whole = [table.cases[0].body, *(fields for fields, _ in table.statuses)]

    for body in (spoilt for one in whole for spoilt in spoil(one, sign)):
        assert isinstance(body, dict)
        request = table.request(replace(table.cases[0], body=body))
        for read in (channel.read, channel.read_status):
            with suppress(Refused):
                for one in read(request):
                    told = replace(one, echo=()) if isinstance(one, Inbound) else one
                    taken += "".join(find_texts(asdict(told)))

    assert REPLACEMENT in taken
    assert sign not in taken


@pytest.mark.parametrize(
    "table", [table for table in TABLES if table.statuses], ids=lambda table: table.kind
)
def test_a_status_word_that_is_new_to_us_is_reported_and_changes_nothing(table: Table) -> None:
    channel = table.make()
    silent = [fields for fields, reports in table.statuses if not reports]

    with structlog.testing.capture_logs() as logs:
        for fields in silent:
            case = replace(table.cases[0], body=fields, path="status")
            assert channel.read_status(table.request(case)) == []

    assert "unknown_status" in {entry["event"] for entry in logs}


def find_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in find_texts(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in find_texts(one))


@every_kind
@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "multipart/form-data", "application/xml", "é", "a/b; c=\x00"]
)
def test_a_wrong_content_type_never_fails_worse_than_by_refusal(
    table: Table, content_type: str
) -> None:
    request = table.request(table.cases[0])
    wrong = replace(request, headers={**request.headers, "content-type": content_type}, form=())

    with suppress(Refused):
        assert isinstance(table.make().read(wrong), list)


@every_kind_with_a_secret
@pytest.mark.parametrize("name", ["x-forwarded-host", "x-forwarded-proto", "host", "forwarded"])
def test_what_a_proxy_is_said_to_have_seen_proves_nothing(table: Table, name: str) -> None:
    request = table.request(table.cases[0], proven=False)
    forged = replace(request, headers={**request.headers, name: "puente.example.org"})

    with pytest.raises(Refused):
        table.make().verify(forged)
    proven = table.request(table.cases[0])
    table.make().verify(replace(proven, headers={**proven.headers, name: "evil.example.org"}))
