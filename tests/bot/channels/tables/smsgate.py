from __future__ import annotations

import hashlib
import hmac
import time
from typing import TYPE_CHECKING

from bot.messages import Address, SessionEvent, StatusReport
from tests.support.channel_tables import UNVERIFIED, Case, Table, with_header

if TYPE_CHECKING:
    from bot.channels.base import Request

WEBHOOKS = "https://docs.sms-gate.app/features/webhooks/"
CALLGATE = (
    "https://github.com/call-gate-app/android-app/blob/"
    "3663b76aa4965a0b3380171844ca721f4079a57d/README.md"
)
CALL_PAYLOAD = (
    "https://github.com/call-gate-app/android-app/blob/2b9215ff30881ce0960475c0ef1af3122fd837c6/"
    "app/src/main/java/app/callgate/android/modules/calls/webhooks/CallEventPayload.kt"
)
APP = "https://github.com/capcom6/android-sms-gateway/blob/"
MODULE = "/app/src/main/java/me/capcom/smsgateway/modules/webhooks/"
EVENTS = f"{APP}05351cea9023f149e049c9520221d0ca56d7a5b4{MODULE}domain/WebHookEvent.kt"
BATCH = f"{APP}85dccf594a1834031375be1889cd8663278e9ce5{MODULE}payload/BatchEventPayload.kt"
STATES = "https://docs.sms-gate.app/features/status-tracking/"

CITIZEN = Address("tel", "+50255509917")
AT = "2026-11-25T18:46:17.000-06:00"
ID = "Ey6ECgOkVVFjz3CL48B8C"
OURS = "01979a52-0000-7000-8000-000000000001"


def prove(request: Request, secret: str) -> Request:
    stamp = str(int(time.time()))
    signed = hmac.new(secret.encode(), request.body + stamp.encode(), hashlib.sha256)
    request = with_header(request, "x-timestamp", stamp)
    return with_header(request, "x-signature", signed.hexdigest())


def event(name: str = "sms:received", *without: str, **payload: object) -> dict[str, object]:
    whole = {
        "messageId": "abc123",
        "message": "Sí, ñandú",
        "sender": "+50255509917",
        "recipient": None,
        "simNumber": 1,
        "receivedAt": AT,
        **payload,
    }
    return {
        "deviceId": "ffffffffceb0b1db0000018e937c815b",
        "event": name,
        "id": ID,
        "payload": {name: value for name, value in whole.items() if name not in without},
        "webhookId": "1",
    }


def report(name: str, **payload: object) -> dict[str, object]:
    return event(name, "message", "receivedAt", **{"messageId": OURS, **payload})


TABLE = Table(
    kind="smsgate",
    encoding="json",
    options={
        "send_url": "http://192.0.2.10:8080/messages",
        "username": "sms",
        "password": "canary-secret-5f0e9d-password",
    },
    secret_key="signing_key",
    required=("send_url", "username", "password", "signing_key"),
    prove=prove,
    api="send_url",
    cases=(
        Case(
            "a text",
            WEBHOOKS,
            event(),
            {
                "address": CITIZEN,
                "text": "Sí, ñandú",
                "claim": f"sms:received:+50255509917:abc123:{AT}",
                "provider_id": ID,
                "session": SessionEvent.NONE,
                "answerable": True,
            },
        ),
        Case(
            "a text as versions before 2026 tell of it",
            WEBHOOKS,
            event("sms:received", "sender", phoneNumber="55509917"),
            {"address": CITIZEN, "claim": f"sms:received:55509917:abc123:{AT}"},
        ),
        Case(
            "a text in a batch",
            BATCH,
            event("sms:batch:received") | {"payload": {"messages": [event()["payload"]]}},
            {
                "address": CITIZEN,
                "text": "Sí, ñandú",
                "provider_id": f"{ID}/0",
            },
        ),
        Case(
            "a name of an operator",
            UNVERIFIED,
            event(sender="CLARO502"),
            {"address": Address("tel", "CLARO502"), "answerable": False},
        ),
        Case("a text that is none", UNVERIFIED, event(message=None), {"text": ""}),
        Case(
            "no time, so that only the id of the telling is left",
            UNVERIFIED,
            event("sms:received", "receivedAt"),
            {"claim": ID, "sent_at": None},
        ),
        Case(
            "a missed call, as our own page has an automation app tell of it",
            "docs/channels/smsgate.md",
            event("call:missed", "message", "messageId"),
            {"address": CITIZEN, "text": "", "session": SessionEvent.NEW},
        ),
        Case(
            "the phone rings, as the companion app for calls tells",
            CALLGATE,
            event(
                "call:ringing",
                *("message", "messageId", "sender", "recipient", "simNumber", "receivedAt"),
                phoneNumber="+50255509917",
            )
            | {"id": "oW1oVgN7pQe8rT2"},
            {
                "address": CITIZEN,
                "text": "",
                "claim": "oW1oVgN7pQe8rT2",
                "session": SessionEvent.NEW,
            },
        ),
        Case(
            "the phone rings, and who calls hides her number",
            CALL_PAYLOAD,
            event("call:ringing", "message", "messageId", "sender", "receivedAt"),
            None,
        ),
        Case("a call has ended", CALLGATE, event("call:ended", "message", "messageId"), None),
        Case("a sign of life", WEBHOOKS, event("system:ping", "sender", "message"), None),
        Case("data for a program", WEBHOOKS, event("sms:data-received", data="AA=="), None),
        Case("a message of pictures", EVENTS, event("mms:batch:downloaded"), None),
        Case("an event of 2027", UNVERIFIED, event("rcs:received"), None),
    ),
    statuses=(
        (report("sms:sent"), [StatusReport(OURS, "sent")]),
        (report("sms:delivered"), [StatusReport(OURS, "delivered")]),
        (
            report("sms:failed", reason="To 55509917: RESULT_ERROR_GENERIC_FAILURE"),
            [StatusReport(OURS, "failed", "RESULT_ERROR_GENERIC_FAILURE")],
        ),
        (report("sms:failed", reason="Sin señal"), [StatusReport(OURS, "failed")]),
        (report("sms:cancelled"), [StatusReport(OURS, "failed", "cancelled")]),
        (report("sms:delivered", messageId=None), []),
        (report("sms:of 2027"), []),
        (event(), []),
    ),
)
