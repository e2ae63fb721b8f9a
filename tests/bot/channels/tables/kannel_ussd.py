from __future__ import annotations

from bot.messages import Address, SessionEvent
from tests.bot.channels.tables.kannel import ID, KANNEL, PLAIN
from tests.bot.channels.tables.ussd_africastalking import prove
from tests.support.channel_tables import UNVERIFIED, Case, Table

# Values of ussd_service_op: section 5.3.2.44. It and its_session_info are optional: section 5.3.
SMPP = "https://smpp.org/SMPP_v3_4_Issue1_2.pdf"

BEGIN = PLAIN | {"to": "*123*7#", "text": "*123*7#", "op": b"\x01", "session": b"\x05\x02"}
ANSWER = BEGIN | {"text": "2", "op": b"\x12", "session": b"\x05\x04"}

TABLE = Table(
    kind="kannel-ussd",
    encoding="query",
    options={"service_code": "*123*7#"},
    secret_key="token",
    required=("service_code", "token"),
    prove=prove,
    cases=(
        Case(
            "a new session",
            KANNEL,
            BEGIN,
            {
                "address": Address("tel", "+50255509917"),
                "text": "",
                "claim": ID,
                "session": SessionEvent.NEW,
                "dialog": "05",
            },
        ),
        Case("a longer code", UNVERIFIED, BEGIN | {"text": "*123*7*17*1#"}, {"text": "17*1"}),
        Case(
            "an answer in the same session",
            KANNEL,
            ANSWER,
            {"text": "2", "session": SessionEvent.RESUME, "dialog": "05", "path": False},
        ),
        Case(
            "an answer with letters of its own",
            SMPP,
            ANSWER | {"text": "Sí".encode("utf-16-be"), "coding": "2"},
            {"text": "Sí"},
        ),
        Case(
            "a session that nobody names",
            SMPP,
            BEGIN | {"session": ""},
            {"dialog": "-", "echo": ()},
        ),
        Case("an end by the person", KANNEL, ANSWER | {"op": "!"}, {"session": SessionEvent.CLOSE}),
        Case("no operation at all", SMPP, PLAIN, {"session": SessionEvent.CLOSE}),
    ),
)
