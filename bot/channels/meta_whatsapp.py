"""WhatsApp through Meta's own Cloud API: JSON comes in, replies go by the same API.

developers.facebook.com/docs/whatsapp/cloud-api. One request may carry many messages and
receipts; Meta delivers it again for days until it is answered with 200.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.channels.api import Api
from bot.channels.base import Refused, Response, SendError, Usual
from bot.channels.meta_errors import send_error
from bot.channels.meta_messages import write_message
from bot.channels.meta_payload import read_messages, read_statuses
from bot.channels.options import Options
from bot.channels.templates import Templates
from bot.messages import Inbound, Media, Sent

if TYPE_CHECKING:
    from bot.channels.api import Answer
    from bot.channels.base import Request, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Form, Outgoing, StatusReport

API_URL = "https://graph.facebook.com/v23.0"
SIGNATURE = "x-hub-signature-256"
LARGEST_BODY = 3 * 1024 * 1024
"""As much as Meta says it may send at once."""

_OK = 200


class MetaWhatsapp(Usual):
    """One WhatsApp number of a Meta application."""

    kind: Final = "meta-whatsapp"
    form: Final[Form] = "whatsapp"
    methods: Final = frozenset({"GET", "POST"})
    can_send: Final = True
    retries: Final = True
    answers_in_response = False
    mixes_receipts = True
    largest_body = LARGEST_BODY

    def __init__(self, settings: ChannelSettings) -> None:
        options = Options(settings)
        self.name = settings.name
        self.tariff: Tariff = options.tariff("free")
        self._number_id = options.text("phone_number_id")
        self._app_secret = options.secret("app_secret")
        self._verify_token = options.secret("verify_token")
        self._access_token = options.secret("access_token")
        self._url = options.url("api_url", API_URL)
        self._templates = Templates.read(options)
        self._voices_url = settings.voices_url
        options.text("sender", "")  # the number itself, which the public page shows
        options.finish()
        self._api = Api("Meta")

    def find_handshake(self, request: Request) -> Response | None:
        """Answer the question by which Meta makes sure that the address is ours."""
        if request.method != "GET":
            return None
        asked = dict(request.query)
        if asked.get("hub.mode") != "subscribe" or not self._verify_token.matches(
            asked.get("hub.verify_token", "")
        ):
            raise Refused("handshake_mismatch")
        return Response(asked.get("hub.challenge", ""))

    def verify(self, request: Request) -> None:
        """Let in what Meta signed with the application's secret, over the bytes as they came."""
        scheme, _, given = request.headers.get(SIGNATURE, "").partition("=")
        if scheme != "sha256" or not given:
            raise Refused("meta_signature_missing")
        if not self._app_secret.has_signed(request.body, given):
            raise Refused("meta_signature_mismatch")

    def read(self, request: Request) -> list[Inbound]:
        """Read all messages to this number; there may be none, where only receipts came."""
        return [
            Inbound(
                channel=self.name,
                form=self.form,
                address=message.address,
                text=message.text,
                claim=message.id,
                provider_id=message.id,
                media=tuple(Media(type_, f"{self._url}/{id_}") for type_, id_ in message.media),
                sent_at=message.sent_at,
            )
            for message in read_messages(request, self._number_id)
        ]

    def read_status(self, request: Request) -> list[StatusReport]:
        """Read what became of messages that `send` sent."""
        return list(read_statuses(request, self._number_id))

    def send(self, outgoing: Outgoing) -> Sent:
        """Send by the Cloud API, to a number or to an opaque id."""
        body = json.dumps(write_message(outgoing, self._templates, self._voices_url)).encode()
        answer = self._call("POST", f"{self._url}/{self._number_id}/messages", body)
        try:
            return Sent(str(json.loads(answer.body)["messages"][0]["id"]))
        except (ValueError, LookupError, TypeError):
            raise self._api.no_answer() from None

    def fetch_media(self, url: str) -> bytes:
        """Ask Meta where a file stands just now, and fetch it there."""
        try:
            place = str(json.loads(self._call("GET", url).body)["url"])
        except (ValueError, LookupError, TypeError):
            raise self._api.no_answer() from None
        if not self._is_metas(place):
            raise SendError("foreign_address", "El archivo no está en Meta.")
        answer = self._api.fetch(place, headers=self._bearer)
        if answer.status != _OK:
            raise send_error(str(answer.status), answer.status)
        return answer.body

    def _is_metas(self, place: str) -> bool:
        # Our token goes along: only to Meta.
        found = urlsplit(place)
        host = f".{found.hostname}"
        return place.startswith(f"{self._url}/") or (
            found.scheme == "https" and host.endswith((".fbsbx.com", ".facebook.com"))
        )

    @property
    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._access_token.current}"}

    def find_account_status(self) -> str:
        """Ask Meta for our number, which tests the token and the id."""
        self._call("GET", f"{self._url}/{self._number_id}?fields=id")
        return "active"

    def _call(self, method: str, url: str, body: bytes | None = None) -> Answer:
        answer = self._api.call(
            method,
            url,
            headers={**self._bearer, "Content-Type": "application/json"},
            body=body,
        )
        if answer.status != _OK:
            raise send_error(_read_code(answer), answer.status)
        return answer


def _read_code(answer: Answer) -> str:
    try:
        return str(int(json.loads(answer.body)["error"]["code"]))
    except (ValueError, LookupError, TypeError):
        return str(answer.status)
