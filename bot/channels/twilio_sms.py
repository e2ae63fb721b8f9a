"""SMS through Twilio: a form comes in, TwiML goes back.

Start here: every channel is such a class, held together by `bot.channels.base.Channel`.
Twilio's side is described at twilio.com/docs/messaging/guides/webhook-request, what it
sends us stands as cases in tests/bot/channels/, and docs/channels/twilio-sms.md is for the
person who sets it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.addresses import read_sender
from bot.channels import twiml
from bot.channels.base import Refused, Usual, number_of
from bot.channels.options import Options
from bot.channels.texts import plain
from bot.channels.twilio_account import (
    is_confirmed,
    read_account,
    read_fields,
    read_media,
    read_service_word,
    read_status,
)
from bot.messages import Inbound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.channels.base import Request, Response, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Form, Outgoing, Reply, Sent, StatusReport


class TwilioSms(Usual):
    """One number of a Twilio account that sends and receives SMS."""

    kind: Final = "twilio-sms"
    form: Final[Form] = "sms"
    methods: Final = frozenset({"POST"})
    # Twilio calls again only when it could not connect, never after an answer.
    retries: Final = False

    def __init__(self, settings: ChannelSettings) -> None:
        options = Options(settings)
        self.name = settings.name
        self.tariff: Tariff = options.tariff("citizen_pays")
        self._account = read_account(settings, options)
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
        fields = read_fields(request, "MessageSid", "From")
        if fields["From"].startswith("whatsapp:"):
            raise Refused("wrong_channel", 400)
        address, answerable = read_sender(fields["From"])
        return [
            Inbound(
                channel=self.name,
                form=self.form,
                address=address,
                text=read_service_word(fields) or plain(fields.get("Body", "")),
                # The same message delivered again has the same id.
                claim=fields["MessageSid"],
                provider_id=fields["MessageSid"],
                media=read_media(fields),
                answerable=answerable,
                confirmed=is_confirmed(fields),
            )
        ]

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:
        """Answer in the response itself: nothing is left to fail on the way."""
        return twiml.respond(reply for _, reply in replies)

    def read_status(self, request: Request) -> list[StatusReport]:
        """Read what became of a message that `send` sent."""
        return read_status(request)

    def send(self, outgoing: Outgoing) -> Sent:
        """Send by Twilio's API."""
        return self._account.send(number_of(outgoing), body=outgoing.text)

    def fetch_media(self, url: str) -> bytes:
        """Fetch what was sent beside a text."""
        return self._account.fetch_media(url)

    def find_account_status(self) -> str:
        """Ask Twilio how the account is, for `puente doctor`."""
        return self._account.rest.find_account_status()
