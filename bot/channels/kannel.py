"""SMS through Kannel: the text comes in by GET, the reply goes back in the response.

Kannel (kannel.org) connects to an operator's or aggregator's SMSC: in Guatemala the way to
a short code that people can write to. It does not sign, so a token protects the address.
docs/channels/kannel.md holds the configuration that the tests run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.addresses import read_sender
from bot.channels.base import Response, Usual
from bot.channels.credentials import verify_token
from bot.channels.kannel_gateway import KannelGateway, coding_headers, read_receipt
from bot.channels.kannel_query import KannelQuery
from bot.channels.options import Options
from bot.messages import Inbound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.channels.base import Request, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Form, Outgoing, Reply, Sent, StatusReport


class Kannel(Usual):
    """One short code or number of a Kannel."""

    kind: Final = "kannel"
    form: Final[Form] = "sms"
    methods: Final = frozenset({"GET"})
    # `http-request-retry` makes Kannel call again after a 503.
    retries: Final = True

    def __init__(self, settings: ChannelSettings) -> None:
        options = Options(settings)
        self.name = settings.name
        self.tariff: Tariff = options.tariff("citizen_pays")
        self._token = options.secret("token")
        self._gateway = KannelGateway(settings, options, self._token)
        options.finish()

    @property
    def can_send(self) -> bool:
        """Whether it knows a `sendsms`; replies need none."""
        return self._gateway.can_send

    def verify(self, request: Request) -> None:
        """Let in who knows the token."""
        verify_token(request, self._token)

    def read(self, request: Request) -> list[Inbound]:
        """Read the one message a request carries."""
        query = KannelQuery.read(request, "from", "id")
        address, answerable = read_sender(query.word("from"))
        claim = query.claim()
        return [
            Inbound(
                channel=self.name,
                form=self.form,
                address=address,
                text=query.text(),
                claim=claim,
                provider_id=claim,
                sent_at=query.sent_at(),
                answerable=answerable,
            )
        ]

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:
        """Answer in the response, which Kannel sends as one message of as many parts."""
        text = "\n".join(text for _, reply in replies for text in reply.texts)
        return Response(text, headers=coding_headers(text))

    def read_status(self, request: Request) -> list[StatusReport]:
        """Read what became of a message that `send` sent."""
        return read_receipt(request)

    def send(self, outgoing: Outgoing) -> Sent:
        """Send by `sendsms`."""
        return self._gateway.send(outgoing)

    def find_account_status(self) -> str | None:
        """Ask Kannel whether it knows our password, for `puente doctor`."""
        return self._gateway.find_account_status()
