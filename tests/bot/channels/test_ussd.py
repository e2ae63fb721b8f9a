"""USSD: what goes back to each provider, and how a delivery is named."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import Refused, SendError
from bot.channels.settings import ChannelSettings
from bot.channels.ussd import Ussd
from bot.channels.ussd_presets import PRESETS, IfOpen, Preset
from bot.messages import Address, Outgoing, Reply
from tests.bot.channels.tables.ussd_arkesel import FIRST as ARKESEL
from tests.bot.channels.tables.ussd_hubtel import FIRST as HUBTEL
from tests.support.channel_tables import Case, find_table

if TYPE_CHECKING:
    from bot.channels.base import Response

SCREEN = "¿Tiene internet?\n1 Sí\n2 No"

GOES_ON: dict[str, dict[str, object]] = {
    "ussd-infobip": {
        "ussdMenu": SCREEN,
        "shouldClose": False,
        "responseExitCode": 200,
        "responseMessage": "",
    },
    "ussd-hubtel": {
        "SessionId": "8d440a43a98b4614b9df22b79c8190b8",
        "Type": "Response",
        "Message": SCREEN,
    },
    "ussd-nalo": {"USERID": "NALOTest", "MSISDN": "50255509917", "MSG": SCREEN, "MSGTYPE": True},
    "ussd-arkesel": {
        "sessionID": "16591234567",
        "userID": "W7AE51T3K1_Zz8Qy",
        "msisdn": "50255509917",
        "message": SCREEN,
        "continueSession": True,
    },
    "ussd-beem": {
        "msisdn": "50255509917",
        "operator": "vodacom",
        "session_id": "5f1b9c",
        "command": "continue",
        "payload": {"request_id": 0, "request": SCREEN},
    },
}
ENDS: dict[str, dict[str, object]] = {
    "ussd-infobip": {"shouldClose": True},
    "ussd-hubtel": {"Type": "Release"},
    "ussd-nalo": {"MSGTYPE": False},
    "ussd-arkesel": {"continueSession": False},
    "ussd-beem": {"command": "terminate"},
}


def answer(kind: str, reply: Reply) -> Response:
    table = find_table(kind)
    channel = table.make()
    [message] = channel.read(table.request(table.cases[0]))
    return channel.reply([(message, reply)])


@pytest.mark.parametrize("kind", [kind for kind in PRESETS if kind != "ussd-africastalking"])
def test_the_screen_goes_back_as_the_provider_wants_it(kind: str) -> None:
    goes_on = answer(kind, Reply((SCREEN,), open=True))
    ends = answer(kind, Reply((SCREEN,)))

    assert goes_on.content_type == "application/json; charset=utf-8"
    assert json.loads(goes_on.body) == GOES_ON[kind]
    assert json.loads(ends.body) == GOES_ON[kind] | ENDS[kind]


def test_africas_talking_gets_plain_text() -> None:
    goes_on = answer("ussd-africastalking", Reply((SCREEN,), open=True))

    assert goes_on.body == f"CON {SCREEN}"
    assert goes_on.content_type == "text/plain; charset=utf-8"
    assert answer("ussd-africastalking", Reply(("Gracias.",))).body == "END Gracias."
    assert answer("ussd-africastalking", Reply()).body == "END "


def test_the_end_of_a_session_is_acknowledged_without_a_message() -> None:
    table = find_table("ussd-infobip")

    response = table.make().reply([])

    assert json.loads(response.body)["shouldClose"] is True


@pytest.mark.parametrize("kind", ["ussd-infobip", "ussd-nalo", "ussd-arkesel", "ussd-beem"])
def test_the_same_answer_to_the_next_question_is_another_delivery(kind: str) -> None:
    table = find_table(kind)
    channel = table.make()
    request = table.request(table.cases[1])

    [once], [again] = channel.read(request), channel.read(request)

    assert once.claim != again.claim


def test_hubtels_requests_are_named_by_their_sequence_even_if_it_is_missing() -> None:
    table = find_table("ussd-hubtel")
    body = {name: value for name, value in HUBTEL.items() if name != "Sequence"}
    ids = iter("ab")
    channel = Ussd(
        ChannelSettings("canal", "ussd-hubtel", {**table.options, "token": "t"}),
        new_id=lambda: next(ids),
    )

    [message] = channel.read(table.request(Case("no number", "", body, None)))

    assert message.claim.endswith(":a")


@pytest.mark.parametrize("where", ["header", "query"])
def test_the_token_comes_in_a_header_or_in_the_query(where: str) -> None:
    table = find_table("ussd-africastalking")
    request = table.request(table.cases[0], proven=False)
    if where == "query":
        request = replace(request, query=[("token", table.secret)])
    else:
        request = replace(request, headers={"x-puente-token": table.secret})

    table.make().verify(request)


@pytest.mark.parametrize("missing", ["sessionId", "phoneNumber"])
def test_a_request_without_session_or_number_is_refused(missing: str) -> None:
    table = find_table("ussd-africastalking")
    request = table.request(table.cases[0])
    form = [pair for pair in request.form if pair[0] != missing]

    with pytest.raises(Refused, match="field_missing"):
        table.make().read(replace(request, form=form))


def test_an_absurdly_long_session_id_is_refused() -> None:
    table = find_table("ussd-africastalking")
    request = table.request(table.cases[0])

    with pytest.raises(Refused, match="session_too_long"):
        table.make().read(replace(request, form=[*request.form, ("sessionId", "x" * 129)]))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("ussd-infobip", "inbound"),
        ("ussd-infobip", "session/1/start/2"),
        ("ussd-africastalking", "session/1/start"),
    ],
)
def test_a_path_the_provider_does_not_call_is_unknown(kind: str, path: str) -> None:
    table = find_table(kind)

    with pytest.raises(Refused) as refusal:
        table.make().read(replace(table.request(table.cases[0]), path=path))

    assert refusal.value.status == 404


def test_values_that_are_no_words_are_not_there() -> None:
    table = find_table("ussd-arkesel")
    body = ARKESEL | {"userData": ["a"], "network": None}

    [message] = table.make().read(table.request(Case("lists", "", body, None)))

    assert message.text == ""


@pytest.mark.parametrize("kind", ["ussd-nalo", "ussd-arkesel"])
@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("55509917", "+50255509917"),
        ("+50255509917", "+50255509917"),
        ("50255509917", "+50255509917"),
        ("233242439504", "+233242439504"),
    ],
)
def test_a_number_is_the_same_person_however_it_is_written(
    kind: str, written: str, number: str
) -> None:
    table = find_table(kind)
    key = PRESETS[kind].number
    first = table.cases[0].body
    assert isinstance(first, dict)

    [message] = table.make().read(table.request(Case("", "", {**first, key: written}, None)))

    assert (message.address, message.answerable) == (Address("tel", number), True)


def test_nobody_can_be_called() -> None:
    channel = find_table("ussd-africastalking").make()

    with pytest.raises(SendError, match="cannot_send"):
        channel.send(Outgoing("1", Address("tel", "+50255550101"), "Hola"))


def test_a_provider_that_puts_all_in_the_query_is_one_more_preset(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preset = Preset(
        encoding="query",
        accumulated=True,
        session="session_id",
        number="msisdn",
        text="ussd_string",
        reply=IfOpen("CON ", "END "),
    )
    monkeypatch.setattr("bot.channels.ussd.PRESETS", {"ussd-query": preset})
    channel = Ussd(ChannelSettings("q", "ussd-query", {"service_code": "*1#", "token": "t"}))
    table = find_table("ussd-africastalking")
    query = [("session_id", "7"), ("msisdn", "50255550101"), ("ussd_string", "1*2")]

    [message] = channel.read(replace(table.request(table.cases[0]), query=query, method="GET"))

    assert channel.methods == {"GET"}
    assert (message.dialog, message.text, message.address.value) == ("7", "1*2", "+50255550101")
