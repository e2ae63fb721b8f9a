from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.messages import Address, Media, StatusReport
from tests.support.channel_tables import UNVERIFIED, Case, Table, with_header

if TYPE_CHECKING:
    from bot.channels.base import Request

WEBHOOKS = "https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples"
# Payloads that a public program's tests hold (nyaruka/courier, handlers/meta/testdata/wac).
COURIER = "https://github.com/nyaruka/courier/tree/main/handlers/meta/testdata/wac"
GROUPS = "https://developers.facebook.com/docs/whatsapp/cloud-api/groups"

CALLS = (
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/"
    "user-initiated-calls"
)

NUMBER_ID = "12345"
ID = "wamid.HBgLNTAyNTU1MDk5MTcVAgASGBQzQTdBNTk1"
CITIZEN = Address("tel", "+50255509917")
OPAQUE = "US.13491208655302741918"
CALL = {
    "id": "wacid.ABGGFjFVU2AfAgo6V-Hc5eCgK5Gh",
    "from": "50255509917",
    "to": "50222220000",
    "event": "connect",
    "timestamp": "1795653977",
    "session": {"sdp_type": "offer", "sdp": "v=0"},
}


def prove(request: Request, secret: str) -> Request:
    signature = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return with_header(request, "x-hub-signature-256", f"sha256={signature}")


def post(value: dict[str, object], number_id: str = NUMBER_ID) -> dict[str, object]:
    metadata = {"display_phone_number": "50222220000", "phone_number_id": number_id}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


def message(type_: str = "text", *without: str, **fields: object) -> dict[str, object]:
    whole = {
        "from": "50255509917",
        "id": ID,
        "timestamp": "1795653977",
        "type": type_,
        **({"text": {"body": "Hola"}} if type_ == "text" else {}),
        **fields,
    }
    one = {name: value for name, value in whole.items() if name not in without}
    return post({"messages": [one]})


def status(word: str, **more: object) -> dict[str, object]:
    one = {"id": ID, "status": word, "timestamp": "1795653977", "recipient_id": "50255509917"}
    return post({"statuses": [one | more]})


TABLE = Table(
    kind="meta-whatsapp",
    encoding="json",
    options={
        "phone_number_id": NUMBER_ID,
        "verify_token": "canary-secret-5f0e9d-verify",
        "access_token": "canary-secret-5f0e9d-access",
    },
    secret_key="app_secret",
    required=("phone_number_id", "app_secret", "verify_token", "access_token"),
    prove=prove,
    api="api_url",
    cases=(
        Case(
            "a text",
            WEBHOOKS,
            message(),
            {
                "address": CITIZEN,
                "text": "Hola",
                "claim": ID,
                "provider_id": ID,
                "sent_at": datetime(2026, 11, 26, 0, 46, 17, tzinfo=UTC),
                "answerable": True,
            },
        ),
        Case(
            "a pressed button: our id, not its title",
            COURIER,
            message(
                "interactive",
                interactive={"type": "button_reply", "button_reply": {"id": "1", "title": "Sí"}},
            ),
            {"text": "1"},
        ),
        Case(
            "a picked row: our id, not its title",
            COURIER,
            message(
                "interactive",
                interactive={
                    "type": "list_reply",
                    "list_reply": {"id": "13", "title": "Huehue", "description": "…"},
                },
            ),
            {"text": "13"},
        ),
        Case(
            "a form that we never sent",
            COURIER,
            message(
                "interactive",
                interactive={"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}},
            ),
            {"text": ""},
        ),
        Case(
            "a template's button",
            COURIER,
            message("button", button={"payload": "CONSULTA", "text": "Participar"}),
            {"text": "CONSULTA"},
        ),
        Case(
            "a voice note, by its id",
            COURIER,
            message("audio", audio={"id": "9001", "mime_type": "audio/ogg; codecs=opus"}),
            {
                "text": "",
                "media": (
                    Media("audio/ogg; codecs=opus", "https://graph.facebook.com/v23.0/9001"),
                ),
            },
        ),
        Case(
            "a picture with words below it",
            WEBHOOKS,
            message("image", image={"id": "9", "mime_type": "image/jpeg", "caption": "el acta"}),
            {"text": "el acta"},
        ),
        Case(
            "a place on the map",
            COURIER,
            message("location", location={"latitude": 15.31, "longitude": -91.47}),
            {"text": "", "media": ()},
        ),
        Case("a thumb up", WEBHOOKS, message("reaction", reaction={"emoji": "👍"}), None),
        Case("a kind that Meta itself cannot tell", WEBHOOKS, message("unsupported"), {"text": ""}),
        Case("a kind of 2027", UNVERIFIED, message("hologram", hologram=[1]), {"text": ""}),
        Case(
            "an opaque id and no number",
            COURIER,
            message("text", "from", from_user_id=OPAQUE),
            {"address": Address("wa", OPAQUE), "answerable": True},
        ),
        Case(
            "an opaque id where the number was",
            COURIER,
            message("text", **{"from": "US.1234", "from_user_id": "US.1234"}),
            {"address": Address("wa", "US.1234")},
        ),
        Case(
            "a number beside an opaque id",
            COURIER,
            message("text", from_user_id="US.1234"),
            {"address": CITIZEN},
        ),
        Case("nobody", COURIER, message("text", "from"), None),
        Case("a member of a group", GROUPS, message("text", group_id="555555555"), None),
        Case(
            "another number of the same application",
            WEBHOOKS,
            post({"messages": [{"from": "50255509917", "id": ID}]}, number_id="678"),
            None,
        ),
        Case("a call", CALLS, post({"calls": [CALL]}), None),
    ),
    statuses=(
        (status("sent"), [StatusReport(ID, "sent")]),
        (status("delivered"), [StatusReport(ID, "delivered")]),
        (status("read"), [StatusReport(ID, "read")]),
        (status("failed", errors=[{"code": 131047}]), [StatusReport(ID, "failed", "131047")]),
        (status("failed"), [StatusReport(ID, "failed")]),
        (status("a word of 2027"), []),
        (message(), []),
    ),
)
