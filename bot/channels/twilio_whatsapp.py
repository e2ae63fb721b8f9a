"""WhatsApp through Twilio: the SMS way with another kind of address, and buttons.

twilio.com/docs/whatsapp. A person may have no number here but an opaque id (`US.1234…`,
business-scoped), which stands alone until she is linked to a number.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bot.addresses import read_sender, read_whatsapp_sender
from bot.channels import twiml
from bot.channels.base import Refused, Usual
from bot.channels.options import Options
from bot.channels.templates import Templates, as_variable, refuse_late
from bot.channels.twilio_account import (
    is_confirmed,
    read_account,
    read_fields,
    read_media,
    read_service_word,
    read_status,
)
from bot.channels.twilio_menus import TwilioMenus
from bot.messages import VOICE, Inbound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.channels.base import Request, Response, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Address, Form, Outgoing, Reply, Sent, StatusReport

PREFIX = "whatsapp:"


class TwilioWhatsapp(Usual):
    """One WhatsApp sender of a Twilio account."""

    kind: Final = "twilio-whatsapp"
    form: Final[Form] = "whatsapp"
    methods: Final = frozenset({"POST"})
    retries: Final = False

    def __init__(self, settings: ChannelSettings) -> None:
        options = Options(settings)
        self.name = settings.name
        self.tariff: Tariff = options.tariff("free")
        self._account = read_account(settings, options, PREFIX)
        self._voices_url = settings.voices_url
        self._templates = Templates.read(options)
        self._menus = TwilioMenus.read(options)
        # TwiML carries plain text alone: what can be tapped goes by the API.
        self.answers_in_response = not self._menus
        if self._menus and not self._account.sender:
            raise options.error("sender", "falta: los botones se envían desde ese número")
        options.finish()

    @property
    def can_send(self) -> bool:
        """Whether it has a number to send from; replies need none."""
        return bool(self._account.sender)

    def verify(self, request: Request) -> None:
        """Let in what Twilio signed."""
        self._account.verify(request)

    def read(self, request: Request) -> list[Inbound]:
        """Read the one message a request carries."""
        fields = read_fields(request, "MessageSid")
        address, answerable = _read_address(fields)
        return [
            Inbound(
                channel=self.name,
                form=self.form,
                address=address,
                text=read_service_word(fields) or _read_text(fields),
                claim=fields["MessageSid"],
                provider_id=fields["MessageSid"],
                media=read_media(fields),
                answerable=answerable,
                confirmed=is_confirmed(fields),
            )
        ]

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:
        """Answer in the response itself, in plain numbered text, recordings first."""
        return twiml.respond((reply for _, reply in replies), self._voices_url)

    def read_status(self, request: Request) -> list[StatusReport]:
        """Read what became of a message that `send` sent."""
        return read_status(request)

    def send(self, outgoing: Outgoing) -> Sent:
        """Send by Twilio's API, to a number or to an opaque id; after 24 hours by template."""
        to = PREFIX + outgoing.address.value
        if outgoing.kind == VOICE:
            refuse_late(outgoing)
            # Without a body: WhatsApp shows none beside a sound.
            return self._account.send(to, media_url=self._voices_url + outgoing.text)
        if not outgoing.in_session:
            return self._account.send(
                to,
                content_sid=self._templates.get(outgoing),
                content_variables=json.dumps({"1": as_variable(outgoing.text)}),
            )
        return self._account.send(to, **self._menus.write(outgoing))

    def fetch_media(self, url: str) -> bytes:
        """Fetch what was sent beside a text."""
        return self._account.fetch_media(url)

    def find_account_status(self) -> str:
        """Ask Twilio how the account is, for `puente doctor`."""
        return self._account.rest.find_account_status()


def _read_text(fields: Mapping[str, str]) -> str:
    # A pressed button or picked row carries our own id; its title is only what was shown.
    return fields.get("ButtonPayload") or fields.get("ListId") or fields.get("Body", "")


def _read_address(fields: Mapping[str, str]) -> tuple[Address, bool]:
    # A number wherever there is one; else the id, which may stand in From or beside it.
    sender = fields.get("From", "").removeprefix(PREFIX)
    opaque = fields.get("ExternalUserId", "").removeprefix(PREFIX)
    found = read_whatsapp_sender((sender, "+" + fields.get("WaId", "")), (opaque, sender))
    if found is not None:
        return found
    if not sender:
        raise Refused("field_missing", 400)
    return read_sender(sender)
