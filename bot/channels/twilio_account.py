"""What Twilio's channels share: an account, whose word it is, sending by it, its receipts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import structlog
import urllib3

from bot.channels import twilio_signature
from bot.channels.api import Api
from bot.channels.base import Refused, SendError
from bot.channels.meanings import Meaning, explain
from bot.channels.texts import storable
from bot.channels.twilio_errors import MEANINGS
from bot.messages import Media, StatusReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.base import Request
    from bot.channels.credentials import Secret
    from bot.channels.options import Options
    from bot.channels.settings import ChannelSettings
    from bot.channels.twilio_rest import TwilioRest
    from bot.messages import Sent

API_URL = "https://api.twilio.com"
MOST_MEDIA = 10
"""Twilio's own limit for one message."""

_OK, _ELSEWHERE = 200, frozenset({301, 302, 303, 307, 308})
_GONE = {
    "401": Meaning("Twilio no acepta account_sid o auth_token: revíselos.", retryable=True),
    "404": Meaning("El archivo ya no está en Twilio."),
}

_LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", None}

_STATUSES: Mapping[str, Literal["queued", "sent", "delivered", "read", "failed"]] = {
    "accepted": "queued",
    "scheduled": "queued",
    "queued": "queued",
    "sending": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "partially_delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}

_LEAVES = "STOP"
_WORDS: Mapping[str, str] = {_LEAVES: "BAJA", "START": "INICIO", "HELP": "AYUDA"}

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class TwilioAccount:
    """One account of Twilio, as one channel uses it.

    Attributes:
        sender: the number that sends as Twilio writes it (`+502…`, `whatsapp:+502…`), or a
            Messaging Service (`MG…`) that chooses one; empty where nothing is ever sent,
            since replies go back in the response.
        status_url: where Twilio reports what became of a message; empty for nowhere.
    """

    sid: str
    token: Secret
    sender: str
    api_url: str
    status_url: str
    _rest: TwilioRest | None = field(default=None, init=False, repr=False)
    _files: Api | None = field(default=None, init=False, repr=False)

    def verify(self, request: Request) -> None:
        """Let in what Twilio signed with this account's token."""
        twilio_signature.verify(request, self.token)

    def send(self, to: str, **contents: str) -> Sent:
        """Send a message and ask for receipts; raise `SendError` where it is not taken.

        `contents`: `body`, or `media_url`, or `content_sid` with `content_variables`.
        """
        if not self.sender:
            raise SendError("no_sender", "Al canal le falta la clave sender: no puede escribir.")
        message = {"to": to, **contents}
        message["messaging_service_sid" if _is_service(self.sender) else "from_"] = self.sender
        if self.status_url:
            message["status_callback"] = self.status_url
        return self.rest.send(message)

    def fetch_media(self, url: str) -> bytes:
        """Fetch a file of this account; Twilio sends us on to where it stands."""
        if not url.startswith(f"{self.api_url}/"):
            raise SendError("foreign_address", "El archivo no está en Twilio.")
        if self._files is None:
            self._files = Api("Twilio")
        basic = urllib3.make_headers(basic_auth=f"{self.sid}:{self.token.current}")
        answer = self._files.fetch(url, headers=basic)
        place = answer.headers.get("location", "")
        # Without our password: the file stands elsewhere, under an address that lets in itself.
        if answer.status in _ELSEWHERE and place.startswith(("https://", f"{self.api_url}/")):
            answer = self._files.fetch(place, headers={})
        if answer.status != _OK:
            raise explain("Twilio", _GONE, str(answer.status), answer.status)
        return answer.body

    @property
    def rest(self) -> TwilioRest:
        """The account's API, loaded when something is first sent."""
        if self._rest is None:
            from bot.channels.twilio_rest import TwilioRest  # noqa: PLC0415 - 25 MB, see there

            self._rest = TwilioRest(self.sid, self.token.current, self.api_url)
        return self._rest


def read_account(settings: ChannelSettings, options: Options, prefix: str = "") -> TwilioAccount:
    """Read the keys that both of Twilio's kinds have; `prefix` goes before its numbers."""
    sid = options.text("account_sid")
    if not sid.startswith("AC"):
        raise options.error("account_sid", "debe empezar con AC (está en la consola de Twilio)")
    sender = options.text("sender", "")
    if sender and not _is_service(sender):
        sender = prefix + sender.removeprefix(prefix)
    status_url = ""
    # Twilio refuses a message whose receipts it could not deliver (21609).
    if urlsplit(settings.public_url).hostname not in _LOCAL_HOSTS:
        status_url = f"{settings.public_url.rstrip('/')}/channels/{settings.name}/status"
    return TwilioAccount(
        sid=sid,
        token=options.secret("auth_token"),
        sender=sender,
        api_url=options.url("api_url", API_URL),
        status_url=status_url,
    )


def _is_service(sender: str) -> bool:
    return sender.startswith("MG")


def read_fields(request: Request, *required: str) -> dict[str, str]:
    """Read the form's parameters; those we do not know are nobody's concern.

    Raises:
        Refused: 400 where a required one is missing or empty.
    """
    fields = {name: storable(value) for name, value in request.form}
    if not all(fields.get(name) for name in required):
        raise Refused("field_missing", 400)
    return fields


def read_service_word(fields: Mapping[str, str]) -> str:
    """Read what Advanced Opt-Out made of a message, as our word for it; empty for nothing.

    Which keywords those are is chosen at Twilio, so we may not know the one that was sent.
    """
    return _WORDS.get(fields.get("OptOutType", ""), "")


def is_confirmed(fields: Mapping[str, str]) -> bool:
    """Tell whether Twilio has confirmed itself that somebody leaves, and sends her no more."""
    return fields.get("OptOutType") == _LEAVES


def read_media(fields: Mapping[str, str]) -> tuple[Media, ...]:
    """Read what was sent beside the text; Twilio keeps it until a job fetches it."""
    return tuple(
        Media(fields.get(f"MediaContentType{n}", ""), fields[f"MediaUrl{n}"])
        for n in range(MOST_MEDIA)
        if fields.get(f"MediaUrl{n}")
    )


def read_status(request: Request) -> list[StatusReport]:
    """Read a receipt; a status word that is new to us is logged and changes nothing."""
    fields = read_fields(request, "MessageSid", "MessageStatus")
    status = _STATUSES.get(fields["MessageStatus"])
    if status is None:
        _log.warning("unknown_status", status=fields["MessageStatus"][:32])
        return []
    code = fields.get("ErrorCode", "")
    meaning = MEANINGS.get(code)
    opted_out = meaning is not None and meaning.opted_out
    return [StatusReport(fields["MessageSid"], status, code, opted_out)]
