from __future__ import annotations

from bot.messages import Address, Media
from tests.bot.channels.tables.twilio_sms import OPT_OUT, prove
from tests.bot.channels.tables.twilio_sms import TABLE as SMS
from tests.support.channel_tables import UNVERIFIED, Case, Table

WEBHOOK = "https://www.twilio.com/docs/messaging/guides/webhook-request"
QUICK_REPLY = "https://www.twilio.com/docs/content/twilio-quick-reply"
LIST_PICKER = "https://www.twilio.com/docs/content/twiliolist-picker"
COURIER = (
    "https://github.com/nyaruka/courier/blob/fa39eb9f234e8b200e088517aa99ce1d7fcce9de/"
    "handlers/twiml/testdata/twa_incoming.json"
)
KEY_CONCEPTS = "https://www.twilio.com/docs/whatsapp/key-concepts"
MEXICO = "https://waha.devlike.pro/docs/apps/phone-numbers-mexico/"
BSUID = "https://www.infobip.com/docs/whatsapp/manage-integration/usernames-and-user-ids"

PLAIN = {
    "SmsMessageSid": "SM1123456789abcdef0123456789abcdef",
    "NumMedia": "0",
    "ProfileName": "Citizen",
    "MessageType": "text",
    "SmsSid": "SM1123456789abcdef0123456789abcdef",
    "WaId": "50255509917",
    "SmsStatus": "received",
    "Body": "Hola",
    "To": "whatsapp:+14155238886",
    "NumSegments": "1",
    "ReferralNumMedia": "0",
    "MessageSid": "SM1123456789abcdef0123456789abcdef",
    "AccountSid": "AC0123456789abcdef0123456789abcdef",
    "From": "whatsapp:+50255509917",
    "ApiVersion": "2010-04-01",
}
SID = PLAIN["MessageSid"]


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in PLAIN.items() if name not in names}


TABLE = Table(
    kind="twilio-whatsapp",
    encoding="form",
    options={
        "sender": "+14155238886",
        "account_sid": "AC0123456789abcdef0123456789abcdef",
    },
    secret_key="auth_token",
    required=("account_sid", "auth_token"),
    prove=prove,
    api="api_url",
    statuses=SMS.statuses,
    cases=(
        Case(
            "a text",
            WEBHOOK,
            PLAIN,
            {
                "address": Address("tel", "+50255509917"),
                "text": "Hola",
                "claim": SID,
                "form": "whatsapp",
                "answerable": True,
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
            "a pressed button: our id, not its title",
            QUICK_REPLY,
            PLAIN | {"Body": "Sí, por no tener int", "ButtonText": "Sí", "ButtonPayload": "1"},
            {"text": "1"},
        ),
        Case(
            "a picked row: our id, not its title",
            LIST_PICKER,
            PLAIN | {"Body": "Huehuetenango", "ListId": "13", "ListTitle": "Huehuetenango"},
            {"text": "13"},
        ),
        Case(
            "a voice note",
            WEBHOOK,
            PLAIN
            | {
                "Body": "",
                "NumMedia": "1",
                "MessageType": "audio",
                "MediaContentType0": "audio/ogg",
                "MediaUrl0": "https://api.twilio.com/media/2",
            },
            {"text": "", "media": (Media("audio/ogg", "https://api.twilio.com/media/2"),)},
        ),
        Case(
            "a place on the map and nothing else",
            WEBHOOK,
            PLAIN | {"Body": "", "Latitude": "15.31", "Longitude": "-91.47"},
            {"text": "", "media": ()},
        ),
        Case(
            "an id instead of a number",
            BSUID,
            without("WaId") | {"From": "whatsapp:US.13491208655302741918"},
            {"address": Address("wa", "US.13491208655302741918"), "answerable": True},
        ),
        Case(
            "an id beside no number at all",
            BSUID,
            without("WaId", "From") | {"ExternalUserId": "GT.77aZ"},
            {"address": Address("wa", "GT.77aZ"), "answerable": True},
        ),
        Case(
            "an id in both fields, each with the prefix that a number has",
            KEY_CONCEPTS,
            without("WaId") | {"From": "whatsapp:GT.77aZ", "ExternalUserId": "whatsapp:GT.77aZ"},
            {"address": Address("wa", "GT.77aZ"), "answerable": True},
        ),
        Case(
            "an id in From and once more beside it",
            COURIER,
            without("WaId") | {"From": "whatsapp:US.1234", "ExternalUserId": "whatsapp:US.1234"},
            {"address": Address("wa", "US.1234"), "answerable": True},
        ),
        Case(
            "an id beside the number",
            COURIER,
            without("WaId") | {"ExternalUserId": "whatsapp:US.1234"},
            {"address": Address("tel", "+50255509917"), "answerable": True},
        ),
        Case(
            "an id that is none beside the number",
            COURIER,
            without("WaId") | {"ExternalUserId": "whatsapp:foo_bar"},
            {"address": Address("tel", "+50255509917"), "answerable": True},
        ),
        Case(
            "a number without its prefix",
            COURIER,
            without("WaId") | {"From": "+50255509917"},
            {"address": Address("tel", "+50255509917"), "answerable": True},
        ),
        Case(
            "an id in From, the number in WaId",
            UNVERIFIED,
            PLAIN | {"From": "whatsapp:US.1349"},
            {"address": Address("tel", "+50255509917")},
        ),
        Case(
            "an id in WaId too",
            BSUID,
            PLAIN | {"From": "whatsapp:US.1349", "WaId": "US.1349"},
            {"address": Address("wa", "US.1349")},
        ),
        Case(
            "a Mexican phone, which WhatsApp writes with a 1",
            MEXICO,
            PLAIN | {"From": "whatsapp:+5219611234567"},
            {"address": Address("tel", "+529611234567")},
        ),
        Case(
            "a name that is neither number nor id",
            UNVERIFIED,
            without("WaId") | {"From": "whatsapp:Claro"},
            {"address": Address("tel", "Claro"), "answerable": False},
        ),
    ),
)
