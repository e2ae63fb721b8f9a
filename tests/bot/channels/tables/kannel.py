from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from bot.messages import Address, StatusReport
from tests.bot.channels.tables.ussd_africastalking import prove
from tests.support.channel_tables import UNVERIFIED, Case, Table

if TYPE_CHECKING:
    Status = Literal["queued", "sent", "delivered", "read", "failed"]

COURIER = (
    "https://github.com/nyaruka/courier/blob/62777c02a85271e23ebb8c94786d895041fe3e38/"
    "handlers/kannel/testdata/incoming.json"
)
RAPIDPRO = (
    "https://github.com/rapidpro/rapidpro/blob/0009796712a190adbb49a1c2b2cd89bf0b16821c/"
    "temba/api/tests.py"
)
GUIDE = "https://manualsdump.com/en/manuals/nokia-wap_and_sms_gateway/130465/103"
"""Kannel's user guide, the appendix on its fake SMSC: senders are numbers of three digits."""
KANNEL = "the Debian package kannel, 1.4.5"

ID = "9d928d42-1fa8-4c89-8ac2-ef4dc11bdb4e"
PLAIN: dict[str, object] = {
    "from": "+50255509917",
    "to": "2020",
    "text": "hola ñandú Sí + & =",
    "coding": "0",
    "charset": "UTF-8",
    "id": ID,
    "at": "1795653977",
}
OURS = "01979a52-0000-7000-8000-000000000001"


def receipt(type_: str, answer: str = "") -> dict[str, str]:
    return {"id": OURS, "type": type_, "answer": answer}


def report(status: Status, code: str = "") -> list[StatusReport]:
    return [StatusReport(OURS, status, code)]


TABLE = Table(
    kind="kannel",
    encoding="query",
    options={
        "sender": "2020",
        "send_url": "http://127.0.0.1:13013/cgi-bin/sendsms",
        "username": "puente",
    },
    secret_key="token",
    required=("token",),
    prove=prove,
    api="send_url",
    cases=(
        Case(
            "a text with accents and signs of an address",
            KANNEL,
            PLAIN,
            {
                "address": Address("tel", "+50255509917"),
                "text": "hola ñandú Sí + & =",
                "claim": ID,
                "provider_id": ID,
                "sent_at": datetime(2026, 11, 26, 0, 46, 17, tzinfo=UTC),
                "answerable": True,
            },
        ),
        Case(
            "a text in UCS-2 that %a would corrupt",
            KANNEL,
            PLAIN
            | {"coding": "2", "charset": "UTF-16BE", "text": "xeq’ab’ 🌽".encode("utf-16-be")},
            {"text": "xeq’ab’ 🌽"},
        ),
        Case(
            "a text in ISO-8859-1, as from a Kannel before 1.4.2",
            UNVERIFIED,
            PLAIN | {"charset": "ISO-8859-1", "text": "Sí, señor".encode("latin-1")},
            {"text": "Sí, señor"},
        ),
        Case(
            "half a pair of UCS-2",
            KANNEL,
            PLAIN | {"coding": "2", "text": b"\x00S\xd8\x3d"},
            {"text": "S\ufffd"},
        ),
        Case(
            "data of a machine",
            KANNEL,
            PLAIN | {"coding": "1", "charset": "8-BIT", "text": b"\xff\xfe"},
            {"text": ""},
        ),
        Case("nothing", KANNEL, PLAIN | {"text": ""}, {"text": ""}),
        Case(
            "a number whose plus the operator leaves out",
            KANNEL,
            PLAIN | {"from": "50255509917"},
            {"address": Address("tel", "+50255509917"), "answerable": True},
        ),
        Case(
            "a number as it is dialled at home",
            RAPIDPRO,
            PLAIN | {"from": "55509917"},
            {"address": Address("tel", "+50255509917")},
        ),
        Case(
            "a phone from over the border without its plus",
            KANNEL,
            PLAIN | {"from": "50378901234"},
            {"address": Address("tel", "+50378901234"), "answerable": True},
        ),
        Case(
            "an operator's own machine",
            GUIDE,
            PLAIN | {"from": "100"},
            {"address": Address("tel", "100"), "answerable": False},
        ),
        Case(
            "an operator's name",
            COURIER,
            PLAIN | {"from": "MTN"},
            {"address": Address("tel", "MTN"), "answerable": False},
        ),
        Case(
            "a short number of a small country",
            COURIER,
            PLAIN | {"from": "+68673076228", "text": "Join"},
            {"address": Address("tel", "+68673076228"), "text": "Join", "answerable": True},
        ),
        Case("a time that is none", UNVERIFIED, PLAIN | {"at": "%T"}, {"sent_at": None}),
        Case("a time without end", UNVERIFIED, PLAIN | {"at": "9" * 30}, {"sent_at": None}),
    ),
    statuses=(
        (receipt("8"), report("sent")),
        (receipt("1", "id:M1 sub:001 dlvrd:001 stat:DELIVRD err:000"), report("delivered")),
        (receipt("4"), report("queued")),
        (receipt("2", "id:M1 stat:UNDELIV err:034 text:err:Hola"), report("failed", "034")),
        (receipt("16", "NACK/0x00000058/Throttling error"), report("failed", "0x00000058")),
        (receipt("2"), report("failed")),
        (receipt("64"), []),
    ),
)
