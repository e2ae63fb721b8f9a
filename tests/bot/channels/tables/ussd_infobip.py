from __future__ import annotations

from bot.messages import Address, SessionEvent
from tests.bot.channels.tables.ussd_africastalking import prove
from tests.support.channel_tables import UNVERIFIED, Case, Table

# The fields and paths of vumi's own transport and its tests, at b74b5da.
VUMI = "https://github.com/praekelt/vumi (b74b5da, transports/infobip)"

FIRST = {"msisdn": "50255509917", "text": "*120*666#", "shortCode": "*120*666#"}

TABLE = Table(
    kind="ussd-infobip",
    encoding="json",
    options={"service_code": "*120*666#"},
    secret_key="token",
    required=("service_code", "token"),
    prove=prove,
    cases=(
        Case(
            "a new session",
            VUMI,
            FIRST,
            {
                "address": Address("tel", "+50255509917"),
                "text": "",
                "dialog": "8f3e",
                "session": SessionEvent.NEW,
                "path": False,
            },
            path="session/8f3e/start",
        ),
        Case(
            "a code with a place to go to",
            UNVERIFIED,
            FIRST | {"text": "*120*666*17*1#"},
            {"text": "17*1", "session": SessionEvent.NEW, "path": False},
            path="session/8f3e/start",
        ),
        Case(
            "another code of the same gateway",
            UNVERIFIED,
            FIRST | {"text": "*500#"},
            {"text": "", "session": SessionEvent.NEW},
            path="session/8f3e/start",
        ),
        Case(
            "an answer",
            VUMI,
            FIRST | {"text": "2"},
            {"text": "2", "session": SessionEvent.RESUME, "path": False},
            path="session/8f3e/response",
        ),
        Case(
            "the end, which names nobody",
            VUMI,
            {"reason": "timeout", "exitCode": 200},
            None,
            path="session/8f3e/end",
            method="PUT",
        ),
        Case(
            "the end, which names the number",
            VUMI,
            FIRST | {"exitCode": 200, "reason": ""},
            {"session": SessionEvent.CLOSE},
            path="session/8f3e/end",
            method="PUT",
        ),
    ),
)
