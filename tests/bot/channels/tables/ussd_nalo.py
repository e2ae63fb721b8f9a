from __future__ import annotations

from bot.messages import Address, SessionEvent
from tests.bot.channels.tables.ussd_africastalking import prove
from tests.support.channel_tables import UNVERIFIED, Case, Table

BUILDER = "the npm package ussd-builder, 1.3.2"

FIRST = {
    "USERID": "NALOTest",
    "MSISDN": "50255509917",
    "USERDATA": "*920*7#",
    "MSGTYPE": True,
    "NETWORK": "MTN",
}

TABLE = Table(
    kind="ussd-nalo",
    encoding="json",
    options={"service_code": "*920*7#"},
    secret_key="token",
    required=("service_code", "token"),
    prove=prove,
    cases=(
        Case(
            "a new session, named by its number",
            BUILDER,
            FIRST,
            {
                "address": Address("tel", "+50255509917"),
                "text": "",
                "dialog": "50255509917",
                "session": SessionEvent.NEW,
            },
        ),
        Case(
            "an answer",
            BUILDER,
            FIRST | {"USERDATA": "2", "MSGTYPE": False},
            {"text": "2", "session": SessionEvent.RESUME, "path": False},
        ),
        Case(
            "an answer that JSON takes for a number",
            UNVERIFIED,
            FIRST | {"USERDATA": 2, "MSGTYPE": False},
            {"text": "2"},
        ),
    ),
)
