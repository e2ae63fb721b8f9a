from __future__ import annotations

from bot.messages import Address, SessionEvent
from tests.bot.channels.tables.ussd_africastalking import prove
from tests.support.channel_tables import Case, Table

PAGE = "https://developers.hubtel.com/docs/api-reference-prog-services"
SAMPLE = "https://hubtel.readme.io/reference/sample-general-services-interaction"

FIRST = {
    "Sequence": "1",
    "Type": "initiation",
    "Message": "*713*7#",
    "ServiceCode": "713*7",
    "Operator": "mtn",
    "ClientState": "",
    "Mobile": "50255509917",
    "SessionId": "8d440a43a98b4614b9df22b79c8190b8",
}
SESSION = FIRST["SessionId"]

TABLE = Table(
    kind="ussd-hubtel",
    encoding="json",
    options={"service_code": "*713*7#"},
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
                "claim": f"{SESSION}:1",
                "dialog": SESSION,
                "session": SessionEvent.NEW,
                "path": False,
            },
        ),
        Case(
            "a new session from the application, which dials nothing",
            SAMPLE,
            FIRST | {"Message": "", "Operator": "Hubtel-Android"},
            {"text": "", "session": SessionEvent.NEW},
        ),
        Case(
            "an answer, its number a number",
            PAGE,
            FIRST | {"Type": "response", "Message": "1", "Sequence": 2},
            {"text": "1", "claim": f"{SESSION}:2", "session": SessionEvent.RESUME, "path": False},
        ),
        Case(
            "hung up",
            PAGE,
            FIRST | {"Type": "release", "Message": "", "Sequence": "3"},
            {"session": SessionEvent.CLOSE},
        ),
    ),
)
