from __future__ import annotations

from bot.messages import Address, SessionEvent
from tests.bot.channels.tables.ussd_africastalking import prove
from tests.support.channel_tables import Case, Table

BUILDER = "the npm package ussd-builder, 1.3.2"

FIRST = {
    "sessionID": "16591234567",
    "userID": "W7AE51T3K1_Zz8Qy",
    "newSession": True,
    "msisdn": "50255509917",
    "userData": "*928*7#",
    "network": "MTN",
}

TABLE = Table(
    kind="ussd-arkesel",
    encoding="json",
    options={"service_code": "*928*7#"},
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
                "dialog": "16591234567",
                "session": SessionEvent.NEW,
            },
        ),
        Case(
            "an answer",
            BUILDER,
            FIRST | {"userData": "Agua", "newSession": False},
            {"text": "Agua", "session": SessionEvent.RESUME},
        ),
    ),
)
