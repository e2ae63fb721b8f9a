from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Address, SessionEvent
from tests.support.channel_tables import UNVERIFIED, Case, Table, with_header

if TYPE_CHECKING:
    from bot.channels.base import Request

# A public copy of the provider's page: "text" is empty first, then all inputs joined by "*".
PAGE = "https://github.com/DanNduati/at-ussd/blob/main/AT-USSD.md"

FIRST = {
    "sessionId": "ATUid_0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "serviceCode": "*384*7#",
    "phoneNumber": "+50255509917",
    "networkCode": "99999",
    "text": "",
}
SESSION = FIRST["sessionId"]


def prove(request: Request, secret: str) -> Request:
    return with_header(request, "x-puente-token", secret)


TABLE = Table(
    kind="ussd-africastalking",
    encoding="form",
    options={"service_code": "*384*7#"},
    secret_key="token",
    required=("service_code", "token"),
    prove=prove,
    cases=(
        Case(
            "a new session",
            PAGE,
            FIRST,
            {
                "address": Address("tel", "+50255509917"),
                "text": "",
                "claim": f"{SESSION}:",
                "dialog": SESSION,
                "session": SessionEvent.NEW,
                "path": True,
                "form": "ussd",
                "answerable": True,
            },
        ),
        Case(
            "the second answer",
            PAGE,
            FIRST | {"text": "1*2"},
            {
                "text": "1*2",
                "claim": f"{SESSION}:1*2",
                "session": SessionEvent.RESUME,
                "path": True,
            },
        ),
        Case(
            "a person's own star",
            PAGE,
            FIRST | {"text": "1*Más agua * menos polvo"},
            {"text": "1*Más agua * menos polvo"},
        ),
        Case(
            "without any text",
            UNVERIFIED,
            {name: value for name, value in FIRST.items() if name != "text"},
            {"text": "", "session": SessionEvent.NEW},
        ),
        Case(
            "a number written as it is dialled at home",
            UNVERIFIED,
            FIRST | {"phoneNumber": "5550 9917"},
            {"address": Address("tel", "+50255509917")},
        ),
    ),
)
