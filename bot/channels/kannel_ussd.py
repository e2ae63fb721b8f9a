"""USSD over SMPP through Kannel: what a session does stands in the message's meta-data.

SMPP 3.4 has one field for it, ussd_service_op (0x0501): 1 begins, 18 answers; back go 2 to
go on and 17 to end. Operators have dialects, so the table is configuration. Kannel passes a
field on as raw octets, in and out, where a group `smpp-tlv` declares it an octet string.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote_from_bytes

import structlog

from bot.addresses import read_sender
from bot.channels.base import Response, SendError, Usual
from bot.channels.credentials import verify_token
from bot.channels.kannel_gateway import coding_headers
from bot.channels.kannel_query import KannelQuery
from bot.channels.options import Options
from bot.channels.ussd import dialled_beyond
from bot.messages import Inbound, Reply, SessionEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.channels.base import Request, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Form, Outgoing, Sent

BEGINS, ANSWERS = (1,), (18,)
"""PSSR indication, USSR confirm."""
GOES_ON, ENDS = 2, 17
"""USSR request, PSSR response."""

_log = structlog.get_logger(__name__)


class KannelUssd(Usual):
    """One service code of an operator who speaks USSD over SMPP."""

    kind: Final = "kannel-ussd"
    form: Final[Form] = "ussd"
    methods: Final = frozenset({"GET"})
    can_send: Final = False
    # Kannel would call again, but no screen waits that long.
    retries: Final = False

    def __init__(self, settings: ChannelSettings) -> None:
        options = Options(settings)
        self.name = settings.name
        self.tariff: Tariff = options.tariff("free")
        self.service_code = options.text("service_code")
        self._token = options.secret("token")
        self._begins = options.numbers("begins", BEGINS)
        self._answers = options.numbers("answers", ANSWERS)
        [self._goes_on] = options.numbers("goes_on", (GOES_ON,), most=1)
        [self._ends] = options.numbers("ends", (ENDS,), most=1)
        self._session_field = options.text("session_field", "its_session_info")
        options.finish()

    def verify(self, request: Request) -> None:
        """Let in who knows the token."""
        verify_token(request, self._token)

    def read(self, request: Request) -> list[Inbound]:
        """Read one input; an operation that is in no table ends the session."""
        query = KannelQuery.read(request, "from", "id")
        address, answerable = read_sender(query.word("from"))
        event = self._read_event(query.values.get("op", b""))
        text, claim = query.text(), query.claim()
        session = query.values.get("session", b"")
        return [
            Inbound(
                channel=self.name,
                form=self.form,
                address=address,
                text=dialled_beyond(self.service_code, text) if event is SessionEvent.NEW else text,
                claim=claim,
                session=event,
                # The first octet names the session, the second numbers its messages. A
                # number has one session at a time, so without the field nothing is missing.
                dialog=session[:1].hex() or "-",
                provider_id=claim,
                answerable=answerable,
                echo=(("session", quote_from_bytes(session)),) if session else (),
            )
        ]

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:
        """Show the one screen, and say whether the session goes on."""
        reply, echo = Reply(), dict[str, object]()
        for inbound, its_reply in replies:
            reply, echo = its_reply, dict(inbound.echo)
        screen = "\n".join(reply.texts)
        fields = f"ussd_service_op=%{self._goes_on if reply.open else self._ends:02x}"
        if "session" in echo:
            fields += f"&{self._session_field}={echo['session']}"
        return Response(
            screen,
            headers={
                "X-Kannel-BInfo": "USSD",
                "X-Kannel-Meta-Data": f"?smpp?{fields}",
                **coding_headers(screen),
            },
        )

    def send(self, outgoing: Outgoing) -> Sent:  # noqa: ARG002 - nobody can be called
        """Refuse: a USSD session is opened by the person alone."""
        raise SendError("cannot_send", "Por USSD no se puede escribir a nadie: elija otro canal.")

    def _read_event(self, operation: bytes) -> SessionEvent:
        code = int.from_bytes(operation[:1], "big")
        if code in self._begins:
            return SessionEvent.NEW
        if code in self._answers:
            return SessionEvent.RESUME
        _log.warning("unknown_ussd_operation", code=code)
        return SessionEvent.CLOSE
