from __future__ import annotations

from bot.messages import Address, SessionEvent
from tests.bot.channels.tables.ussd_africastalking import prove
from tests.support.channel_tables import Case, Table

BUILDER = "the npm package ussd-builder, 1.3.2"

FIRST = {
    "command": "initiate",
    "msisdn": "50255509917",
    "session_id": "5f1b9c",
    "operator": "vodacom",
    "payload": {"request_id": 0, "response": ""},
}

TABLE = Table(
    kind="ussd-beem",
    encoding="json",
    options={"service_code": "*149*46#"},
    secret_key="token",
    required=("service_code", "token"),
    prove=prove,
    cases=(
        Case(
            "a new session",
            BUILDER,
            FIRST,
            {
                "address": Address("tel", "+50255509917"),
                "text": "",
                "dialog": "5f1b9c",
                "session": SessionEvent.NEW,
            },
        ),
        Case(
            "an answer",
            BUILDER,
            FIRST | {"command": "continue", "payload": {"request_id": 1, "response": "3"}},
            {"text": "3", "session": SessionEvent.RESUME},
        ),
        Case(
            "hung up",
            BUILDER,
            FIRST | {"command": "terminate"},
            {"session": SessionEvent.CLOSE},
        ),
    ),
)
