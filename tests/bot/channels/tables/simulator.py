from __future__ import annotations

from datetime import UTC, datetime

from bot.messages import Address, SessionEvent
from tests.support.channel_tables import Case, Table

OURS = "docs/channels/simulator.md"

SMS = {"id": "7f", "from": "+50255509917", "text": "Hola", "as": "sms", "session": ""}
USSD = SMS | {"as": "ussd", "session": "s1", "text": ""}

TABLE = Table(
    kind="simulator",
    encoding="json",
    options={},
    secret_key="",
    prove=lambda request, _secret: request,
    cases=(
        Case(
            "an SMS",
            OURS,
            SMS,
            {
                "address": Address("tel", "+50255509917"),
                "text": "Hola",
                "claim": "7f",
                "form": "sms",
                "dialog": "",
                "session": SessionEvent.NONE,
            },
        ),
        Case("a WhatsApp message", OURS, SMS | {"as": "whatsapp"}, {"form": "whatsapp"}),
        Case(
            "a number as it is written at home",
            OURS,
            SMS | {"from": "5550-9917"},
            {"address": Address("tel", "+50255509917")},
        ),
        Case("a short code", OURS, SMS | {"from": "2020"}, {"answerable": False}),
        Case(
            "a session that begins",
            OURS,
            USSD,
            {"form": "ussd", "dialog": "s1", "session": SessionEvent.NEW, "text": ""},
        ),
        Case(
            "a dialled code",
            OURS,
            USSD | {"text": "*384*7#"},
            {"session": SessionEvent.NEW, "text": ""},
        ),
        Case(
            "the last input alone",
            OURS,
            USSD | {"text": "2"},
            {"session": SessionEvent.RESUME, "text": "2", "path": False},
        ),
        Case(
            "a phone with a time of its own",
            OURS,
            SMS | {"at": "2026-03-02T10:00:00-06:00"},
            {"at": datetime(2026, 3, 2, 16, tzinfo=UTC)},
        ),
        Case("a lone surrogate", OURS, SMS | {"text": "a\ud800b"}, {"text": "a\ufffdb"}),
    ),
)
