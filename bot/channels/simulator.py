"""Phones in the browser, and programs that play citizens: JSON in, JSON out.

It takes the real path, webhook and all, but knows nobody's secret: configure it only where
anybody may play, never beside real citizens.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, get_args

from bot.addresses import read_sender
from bot.channels.base import Refused, Response, Usual
from bot.channels.json_body import read_json
from bot.channels.options import Options
from bot.messages import Form, Inbound, Sent, SessionEvent
from flows.text.segments import measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.channels.base import Request, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Outgoing, Reply

LONGEST_ID = 128
LONGEST_TIME = 40
YEARS = range(2001, 2100)
"""Times near the ends of the calendar cannot be moved to another time zone."""

_FORMS: tuple[Form, ...] = get_args(Form)
_DIALLED = re.compile(r"\*[0-9*]+#")


class Simulator(Usual):
    """A phone of any of the three forms; each message says which."""

    kind: Final = "simulator"
    form: Final[Form] = "sms"
    methods: Final = frozenset({"POST"})
    can_send: Final = True
    retries: Final = False

    def __init__(self, settings: ChannelSettings) -> None:
        options = Options(settings)
        self.name = settings.name
        self.tariff: Tariff = options.tariff("free")
        options.finish()

    def verify(self, request: Request) -> None:
        """Let everybody in: where it is configured, anybody may play."""

    def read(self, request: Request) -> list[Inbound]:
        """Read `{id, from, text, as, session, at}`; `session` only on USSD.

        On USSD `text` is what was dialled (`*…#` or nothing) or the last input. `at` may be
        left out: the time it is for this phone, ISO 8601 with its offset.
        """
        message = read_json(request)
        form = _read_form(message)
        dialog = _read_text(message, "session", LONGEST_ID) if form == "ussd" else ""
        text = _read_text(message, "text", None)
        if form == "ussd" and (not text or _DIALLED.fullmatch(text)):
            text, session = "", SessionEvent.NEW
        else:
            session = SessionEvent.RESUME if form == "ussd" else SessionEvent.NONE
        claim = _read_text(message, "id", LONGEST_ID)
        address, answerable = read_sender(_read_text(message, "from", LONGEST_ID))
        return [
            Inbound(
                channel=self.name,
                form=form,
                address=address,
                text=text,
                claim=claim,
                session=session,
                dialog=dialog,
                provider_id=claim,
                at=_read_time(message),
                answerable=answerable,
            )
        ]

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:
        """Give each text with the SMS segments it takes (1 where nobody counts)."""
        messages = [
            {"text": text, "segments": measure(text).segments if inbound.form == "sms" else 1}
            for inbound, reply in replies
            for text in reply.texts
        ]
        is_open = any(reply.open for _, reply in replies)
        return Response(
            json.dumps({"messages": messages, "open": is_open}, ensure_ascii=False),
            content_type="application/json; charset=utf-8",
        )

    def send(self, outgoing: Outgoing) -> Sent:
        """Take the message: the page shows what the outbox says was sent to its number."""
        return Sent(f"simulator-{outgoing.id}", measure(outgoing.text).segments)


def _read_form(message: dict[str, object]) -> Form:
    for form in _FORMS:
        if message.get("as") == form:
            return form
    raise Refused(f'"as" must be one of {", ".join(_FORMS)}', 400)


def _read_time(message: dict[str, object]) -> datetime | None:
    if "at" not in message:
        return None
    with suppress(ValueError):
        at = datetime.fromisoformat(_read_text(message, "at", LONGEST_TIME))
        if at.tzinfo is not None and at.year in YEARS:
            return at.astimezone(UTC)
    raise Refused('"at" must be a time of this century with its offset', 400)


def _read_text(message: dict[str, object], key: str, longest: int | None) -> str:
    value = message.get(key)
    if not isinstance(value, str):
        raise Refused(f'"{key}" must be a text', 400)
    if longest is not None and not 0 < len(value) <= longest:
        raise Refused(f'"{key}" must have 1 to {longest} signs', 400)
    return value
