"""What nobody should send: each has its outcome, none is an error of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.support.phones import USSD_TOKEN, TwilioPhone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.house import House

AS_JSON = {"Content-Type": "application/json"}
UNSEEN = "a\0b\x07\x1b[2J\x9f"
PLAIN = {
    "MessageSid": "SM0123456789abcdef0123456789abcdef",
    "From": "+50255550101",
    "To": "+50222220000",
    "Body": "CONSULTA",
    "NumMedia": "0",
}
DIALLED = {
    "sessionId": "ATUid_1",
    "serviceCode": "*384*7#",
    "phoneNumber": "+50255550101",
    "text": "",
}
TYPED = {"id": "m1", "from": "+50255550101", "text": "CONSULTA", "as": "sms", "session": ""}
SCREEN = TYPED | {"text": "", "as": "ussd"}
INVITATION = "GAE, Gobierno de Guatemala."


def without(fields: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name not in names}


@dataclass(frozen=True)
class Case:
    """A request, and what must come of it.

    Attributes:
        fields: of a form that Twilio signs; where `body` is given, that goes as it is.
        taken: how many messages the database holds of it.
    """

    name: str
    status: int
    part: str = ""
    taken: int = 0
    fields: Mapping[str, str] = field(default_factory=lambda: PLAIN)
    path: str = "twilio-sms/inbound"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = "canary-secret-5f0e9d-twilio"

    def send(self, house: House) -> tuple[int, str]:
        phone = TwilioPhone(house.post, token=self.token)
        body, headers = phone.sign(self.fields)
        return house.post(
            self.path, body if self.body is None else self.body, {**headers, **self.headers}
        )


def ussd(name: str, status: int, fields: Mapping[str, str], **more: object) -> Case:
    headers = {"X-Puente-Token": USSD_TOKEN}
    case = {"path": "ussd/inbound", "body": urlencode(fields).encode(), "headers": headers}
    return Case(name, status, **{**case, **more})  # type: ignore[arg-type]


def simulator(name: str, status: int, message: object, **more: object) -> Case:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    case = {"path": "simulator/inbound", "body": body, "headers": AS_JSON}
    return Case(name, status, **{**case, **more})  # type: ignore[arg-type]


CASES = (
    Case("signed with another token", 403, "signature_mismatch", token="somebody's"),
    Case("not signed", 403, "signature_missing", headers={"X-Twilio-Signature": ""}),
    Case(
        "signed, and then changed", 403, "signature_mismatch", body=urlencode(PLAIN).encode() + b"1"
    ),
    Case("of an unknown channel", 404, "unknown_channel", path="claro/inbound"),
    Case("of no path we have", 404, path="twilio-sms/inbound/more"),
    Case("JSON instead of a form", 403, "body_not_signed", body=b"{}", headers=AS_JSON),
    Case("without a sender", 400, "field_missing", fields=without(PLAIN, "From")),
    Case("without an id", 400, "field_missing", fields=without(PLAIN, "MessageSid")),
    Case("of WhatsApp at the SMS address", 400, "wrong", fields=PLAIN | {"From": "whatsapp:+5025"}),
    Case("a megabyte of text", 413, "body_too_large", fields=PLAIN | {"Body": "a" * 1_000_000}),
    Case("sixty thousand signs", 200, INVITATION, 2, fields=PLAIN | {"Body": "a" * 60_000}),
    Case("thousands of parameters", 400, "too_many_fields", body=b"a=1&" * 2_000),
    Case("NUL and control signs", 200, INVITATION, 2, fields=PLAIN | {"Body": UNSEEN}),
    Case("a lone surrogate", 200, INVITATION, 2, fields=PLAIN | {"Body": "a\ufffdb"}),
    Case("bytes that are no text", 403, "signature_mis", body=b"Body=%ff%fe%ed%a0%80&From=%00"),
    Case("an empty text", 200, INVITATION, 2, fields=PLAIN | {"Body": ""}),
    Case("no text at all", 200, INVITATION, 2, fields=without(PLAIN, "Body")),
    Case(
        "a picture alone",
        200,
        INVITATION,
        2,
        fields=PLAIN
        | {"Body": "", "NumMedia": "1", "MediaUrl0": "https://api.example.org/1"}
        | {"MediaContentType0": "image/png"},
    ),
    Case("media that are not there", 200, INVITATION, 2, fields=PLAIN | {"NumMedia": "many"}),
    Case("a short code", 200, "<Response/>", fields=PLAIN | {"From": "2020"}),
    Case("an operator's name", 200, "<Response/>", fields=PLAIN | {"From": "TIGO"}),
    Case("an empty body", 403, "signature_mismatch", body=b""),
    ussd("a screen without its token", 403, DIALLED, headers={}, part="token_missing"),
    ussd("a forged token", 403, DIALLED, headers={"X-Puente-Token": "x"}, part="token_mismatch"),
    ussd("a screen without a session", 400, without(DIALLED, "sessionId"), part="field_missing"),
    ussd("a screen without a number", 400, without(DIALLED, "phoneNumber"), part="field_missing"),
    ussd("an endless session id", 400, DIALLED | {"sessionId": "7" * 200}, part="session_too_long"),
    ussd("a dialled short code", 200, DIALLED | {"phoneNumber": "2020"}, part="END "),
    ussd("stars alone", 200, DIALLED | {"text": "***"}, part="CON GAE", taken=2),
    ussd("control signs on a screen", 200, DIALLED | {"text": "\0\x1b"}, part="CON GAE", taken=2),
    ussd("no screen at all", 400, {}, part="not_a_form"),
    simulator("no JSON", 400, b"hola"),
    simulator("a list", 400, [1, 2]),
    simulator("a number for a text", 400, TYPED | {"text": 7}),
    simulator("a screen of no phone", 400, TYPED | {"as": "fax"}),
    simulator("endless brackets", 400, b"[" * 50_000),
    simulator("a time without end", 400, TYPED | {"at": "9999-12-31T23:59:59Z"}),
    simulator("lone surrogates", 200, TYPED | {"text": "\ud800x\udfff"}, part=INVITATION, taken=2),
    simulator("an id of no encoding", 200, TYPED | {"id": "\ud800\0"}, part=INVITATION, taken=2),
    simulator("a session of no encoding", 200, SCREEN | {"session": "\udfff"}, part="GAE", taken=2),
    simulator("a megabyte of JSON", 413, TYPED | {"text": "a" * 1_000_000}),
    simulator("a name for a sender", 200, TYPED | {"from": "Tigo"}, part='"messages": []'),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_whatever_comes_has_a_defined_outcome(house: House, case: Case) -> None:
    status, body = case.send(house)

    assert (status, case.part in body) == (case.status, True), body
    assert house.count("message") == case.taken
    assert house.count("claim") == house.count("contact") == bool(case.taken)


@pytest.mark.parametrize("case", [case for case in CASES if case.taken], ids=lambda case: case.name)
def test_what_is_taken_in_the_middle_of_a_conversation_leaves_it_whole(
    house: House, case: Case
) -> None:
    phone = house.phone("simulator-sms")
    for text in ("CONSULTA", "1", "1"):
        phone.send(text)
    before = house.count("message", "direction = 'in'")

    assert case.send(house)[0] == 200

    assert house.count("message", "direction = 'in'") == before + 1
    assert phone.send("1").texts


def test_an_answer_after_closing_is_told_so_and_not_counted(house: House) -> None:
    phone = house.phone("twilio-sms")
    for text in ("CONSULTA", "1", "1"):
        phone.send(text)
    with house.database.unit() as unit:
        (consultation,) = unit.consultations.list()
        unit.consultations.close(consultation.id, house.settings.clock(), "prueba")
    answers = house.count("answer")

    [said] = phone.send("1").texts

    assert "termin" in said or "cerr" in said
    assert house.count("answer") == answers
    assert house.phone("twilio-sms", "+50255550102").send("CONSULTA").texts
    assert house.count("session") == 1


def test_a_proposal_of_sixty_thousand_signs_is_answered_and_asked_again(house: House) -> None:
    phone = house.phone("twilio-sms")
    for text in ("CONSULTA", "1", "1", "2", "7", "0"):
        phone.send(text)

    said = phone.send("agua " * 12_000).texts

    assert said
    assert all(len(text) <= 160 for text in said)
