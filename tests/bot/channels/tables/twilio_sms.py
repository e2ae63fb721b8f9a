from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from twilio.request_validator import RequestValidator

from bot.messages import Address, Media, StatusReport
from tests.support.channel_tables import UNVERIFIED, Case, Table, with_header

if TYPE_CHECKING:
    from bot.channels.base import Request

    Status = Literal["queued", "sent", "delivered", "read", "failed"]

WEBHOOK = "https://www.twilio.com/docs/messaging/guides/webhook-request"

OPT_OUT = (
    "https://support.twilio.com/hc/en-us/articles/"
    "360034798533-Getting-Started-with-Advanced-Opt-Out-for-Messaging-Services"
)

COURIER = (
    "https://github.com/nyaruka/courier/blob/fa39eb9f234e8b200e088517aa99ce1d7fcce9de/"
    "handlers/twiml/testdata/t_incoming.json"
)

BOT_FRAMEWORK = (
    "https://learn.microsoft.com/en-in/dotnet/api/"
    "microsoft.bot.builder.adapters.twilio.twiliomessage.from"
)

AVAILABILITY = "https://www.twilio.com/docs/usage/security/availability-reliability"

PLAIN = {
    "ToCountry": "GT",
    "ToState": "",
    "SmsMessageSid": "SM0123456789abcdef0123456789abcdef",
    "NumMedia": "0",
    "ToCity": "",
    "FromZip": "",
    "SmsSid": "SM0123456789abcdef0123456789abcdef",
    "FromState": "",
    "SmsStatus": "received",
    "FromCity": "",
    "Body": "CONSULTA",
    "FromCountry": "GT",
    "To": "+50222220000",
    "MessagingServiceSid": "MG0123456789abcdef0123456789abcdef",
    "ToZip": "",
    "NumSegments": "1",
    "MessageSid": "SM0123456789abcdef0123456789abcdef",
    "AccountSid": "AC0123456789abcdef0123456789abcdef",
    "From": "+50255509917",
    "ApiVersion": "2010-04-01",
}
SID = PLAIN["MessageSid"]
CITIZEN = Address("tel", "+50255509917")


def prove(request: Request, secret: str) -> Request:
    """Sign as Twilio's own library does."""
    params = dict(request.form)
    signature = RequestValidator(secret).compute_signature(request.url, params)
    return with_header(request, "x-twilio-signature", signature)


def report(status: Status, code: str = "") -> list[StatusReport]:
    return [StatusReport(SID, status, code)]


def receipt(status: str, **more: str) -> dict[str, str]:
    return {"MessageSid": SID, "SmsSid": SID, "MessageStatus": status, "To": "+50255509917", **more}


TABLE = Table(
    kind="twilio-sms",
    encoding="form",
    options={"sender": "+50222220000", "account_sid": "AC0123456789abcdef0123456789abcdef"},
    secret_key="auth_token",
    required=("account_sid", "auth_token"),
    prove=prove,
    api="api_url",
    cases=(
        Case(
            "a text",
            WEBHOOK,
            PLAIN,
            {
                "address": CITIZEN,
                "text": "CONSULTA",
                "claim": SID,
                "provider_id": SID,
                "form": "sms",
                "answerable": True,
                "media": (),
            },
        ),
        Case(
            "a word that leaves, chosen at Twilio",
            OPT_OUT,
            PLAIN | {"Body": "NO MOLESTAR", "OptOutType": "STOP"},
            {"text": "BAJA", "confirmed": True},
        ),
        Case(
            "a word that comes back, chosen at Twilio",
            OPT_OUT,
            PLAIN | {"Body": "VOLVER", "OptOutType": "START"},
            {"text": "INICIO", "confirmed": False},
        ),
        Case(
            "a word that asks for help, chosen at Twilio",
            OPT_OUT,
            PLAIN | {"Body": "SOCORRO", "OptOutType": "HELP"},
            {"text": "AYUDA", "confirmed": False},
        ),
        Case(
            "a type of opt-out we have never heard of",
            UNVERIFIED,
            PLAIN | {"OptOutType": "PAUSE"},
            {"text": PLAIN["Body"], "confirmed": False},
        ),
        Case(
            "accents and emoji", WEBHOOK, PLAIN | {"Body": "Sí 🌽 ñandú"}, {"text": "Sí 🌽 ñandú"}
        ),
        Case("an empty text", WEBHOOK, PLAIN | {"Body": ""}, {"text": "", "media": ()}),
        Case(
            "a picture and no text",
            WEBHOOK,
            PLAIN
            | {
                "Body": "",
                "NumMedia": "2",
                "MediaUrl0": "https://api.twilio.com/media/0",
                "MediaContentType0": "image/jpeg",
                "MediaUrl1": "https://api.twilio.com/media/1",
                "MediaContentType1": "audio/amr",
            },
            {
                "text": "",
                "media": (
                    Media("image/jpeg", "https://api.twilio.com/media/0"),
                    Media("audio/amr", "https://api.twilio.com/media/1"),
                ),
            },
        ),
        Case(
            "pictures without their types, and words beside them",
            COURIER,
            PLAIN
            | {
                "NumMedia": "2",
                "MediaUrl0": "https://a.example/0",
                "MediaUrl1": "https://a.example/1",
            },
            {
                "text": "CONSULTA",
                "media": (Media("", "https://a.example/0"), Media("", "https://a.example/1")),
            },
        ),
        Case(
            "a long text in base64, its last letter cut in two",
            COURIER,
            PLAIN
            | {
                "Body": "QmFubm9uIEV4cGxhaW5zIFRoZSBXb3JsZCAuLi4K"
                "4oCcVGhlIENhbXAgb2YgdGhlIFNhaW50c+KA"
            },
            {"text": "Bannon Explains The World ...\n“The Camp of the Saints"},
        ),
        Case(
            "a button, which SMS has not",
            COURIER,
            PLAIN | {"ButtonText": "Confirm"},
            {"text": "CONSULTA"},
        ),
        Case(
            "media that are counted wrongly",
            UNVERIFIED,
            PLAIN | {"NumMedia": "many"},
            {"text": "CONSULTA", "media": ()},
        ),
        Case(
            "parameters we have never heard of",
            WEBHOOK,
            PLAIN | {"NewIn2027": "yes"},
            {"text": "CONSULTA"},
        ),
        Case(
            "what could not be delivered, at the Fallback URL",
            AVAILABILITY,
            PLAIN | {"ErrorCode": "11200", "ErrorUrl": "https://puente.example.org/x"},
            {"text": "CONSULTA", "provider_id": SID},
        ),
        Case(
            "a short code",
            UNVERIFIED,
            PLAIN | {"From": "2020"},
            {"address": Address("tel", "2020"), "answerable": False},
        ),
        Case(
            "a name",
            BOT_FRAMEWORK,
            PLAIN | {"From": "CLARO502"},
            {"address": Address("tel", "CLARO502"), "answerable": False},
        ),
        Case(
            "a phone from over the border",
            COURIER,
            PLAIN | {"From": "+14133881111", "FromCountry": "US"},
            {"address": Address("tel", "+14133881111"), "answerable": True},
        ),
        Case(
            "NUL and control characters",
            UNVERIFIED,
            PLAIN | {"Body": "a\x00b\x07c"},
            {"text": "a\ufffdb\x07c"},
        ),
    ),
    statuses=(
        (receipt("sent"), report("sent")),
        (receipt("delivered"), report("delivered")),
        (receipt("read", EventType="READ"), report("read")),
        (receipt("failed", ErrorCode="30003"), report("failed", "30003")),
        (
            receipt("failed", ErrorCode="21610"),
            [StatusReport(SID, "failed", "21610", opted_out=True)],
        ),
        (receipt("undelivered", ErrorCode="30007"), report("failed", "30007")),
        (receipt("scheduled"), report("queued")),
        (receipt("partially_delivered"), report("delivered")),
        (receipt("canceled"), report("failed")),
        (receipt("a word of 2027"), []),
    ),
)
