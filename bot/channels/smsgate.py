"""SMS through an Android phone with a SIM: the app SMSGate calls us, and is called to send.

docs.sms-gate.app (android-sms-gateway, Apache-2.0). The cheapest two-way number there is; a
missed call to it ("timbrado") starts the conversation, so that the first SMS is ours to pay.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.addresses import read_sender
from bot.channels.base import Refused, Usual
from bot.channels.credentials import verify_token
from bot.channels.json_body import read_json
from bot.channels.options import Options
from bot.channels.smsgate_api import SmsGateApi
from bot.channels.smsgate_events import CALLS, TEXT, Event, read_report
from bot.messages import Inbound, SessionEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.base import Request, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Form, Outgoing, Sent, StatusReport

SIGNATURE, TIMESTAMP = "x-signature", "x-timestamp"
FRESH = timedelta(minutes=5)
"""How far the phone's clock may be off, and how long a captured request can be sent again."""

_STAMP = re.compile(r"\d{1,10}", re.ASCII)


class SmsGate(Usual):
    """One phone with the app."""

    kind: Final = "smsgate"
    form: Final[Form] = "sms"
    methods: Final = frozenset({"POST"})
    can_send: Final = True
    # For two days: an old message is late, not wrong.
    retries: Final = True
    answers_in_response = False
    mixes_receipts = True

    def __init__(self, settings: ChannelSettings, seconds: Callable[[], float] = time.time) -> None:
        options = Options(settings)
        self.name = settings.name
        self.tariff: Tariff = options.tariff("citizen_pays")
        self._key = options.secret("signing_key")
        self._call_token = options.secret("call_token") if "call_token" in options else None
        self._gateway = SmsGateApi(options)
        options.text("sender", "")  # the phone's number, which the public page shows
        options.finish()
        self._seconds = seconds

    def verify(self, request: Request) -> None:
        """Let in what the app signed lately, and missed calls with their token."""
        if SIGNATURE in request.headers:
            self._verify_signature(request)
        elif self._call_token is not None and _is_call(request):
            verify_token(request, self._call_token)
        else:
            raise Refused("smsgate_signature_missing")

    def read(self, request: Request) -> list[Inbound]:
        """Read texts or a missed call; what else the app tells is no message."""
        return [
            self._make_inbound(request, event)
            for event in Event.read_all(request)
            if event.name in {TEXT, *CALLS} and event.sender
        ]

    def read_status(self, request: Request) -> list[StatusReport]:
        """Read what became of a message that `send` sent."""
        return read_report(read_json(request))

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand one message to the app."""
        return self._gateway.send(outgoing)

    def find_account_status(self) -> str:
        """Ask the app whether it knows our password, for `puente doctor`."""
        return self._gateway.find_account_status()

    def _verify_signature(self, request: Request) -> None:
        stamp = request.headers.get(TIMESTAMP, "").encode(errors="surrogatepass")
        given = request.headers[SIGNATURE].lower()
        if not self._key.has_signed(request.body + stamp, given):
            raise Refused("smsgate_signature_mismatch")
        signed_at = _read_stamp(request)
        if signed_at is None or abs(self._seconds() - signed_at) > FRESH.total_seconds():
            raise Refused("smsgate_clock_differs")

    def _make_inbound(self, request: Request, event: Event) -> Inbound:
        address, answerable = read_sender(event.sender)
        return Inbound(
            channel=self.name,
            form=self.form,
            address=address,
            text=event.text,
            claim=event.claim,
            session=SessionEvent.NEW if event.name in CALLS else SessionEvent.NONE,
            provider_id=event.id,
            sent_at=self._sent_at(request, event),
            answerable=answerable,
        )

    def _sent_at(self, request: Request, event: Event) -> datetime | None:
        # Both times are of the phone's clock, which may be wrong: only their difference counts.
        signed_at = _read_stamp(request)
        if event.received_at is None or signed_at is None:
            return event.received_at
        waited = signed_at - event.received_at.timestamp()
        return datetime.fromtimestamp(self._seconds() - max(waited, 0.0), UTC)


def _read_stamp(request: Request) -> int | None:
    stamp = request.headers.get(TIMESTAMP, "")
    return int(stamp) if _STAMP.fullmatch(stamp) else None


def _is_call(request: Request) -> bool:
    return any(event.name in CALLS for event in Event.read_all(request))
