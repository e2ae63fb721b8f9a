"""USSD through any provider with a preset: one screen goes back for each input.

Screens vanish, sessions drop, gateways repeat themselves: all that is the conversation's to
handle. Here only the provider's words are translated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from bot.addresses import HOME_DIGITS, read_sender
from bot.channels.base import Refused, SendError, Usual
from bot.channels.credentials import verify_token
from bot.channels.options import Options
from bot.channels.ussd_presets import PRESETS
from bot.channels.ussd_wire import read_fields, word, write_reply
from bot.messages import Inbound, Reply, SessionEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.channels.base import Request, Response, Tariff
    from bot.channels.settings import ChannelSettings
    from bot.messages import Form, Outgoing, Sent

LONGEST_SESSION_ID = 128
"""Longer than any provider's (Africa's Talking: 40 signs)."""


class Ussd(Usual):
    """One service code at one provider."""

    form: Final[Form] = "ussd"
    can_send: Final = False
    # A gateway shows an error and ends the session; the person dials again.
    retries: Final = False

    def __init__(self, settings: ChannelSettings, new_id: Callable[[], object] = uuid4) -> None:
        options = Options(settings)
        self.name = settings.name
        self.kind = settings.kind
        self.tariff: Tariff = options.tariff("free")
        self.service_code = options.text("service_code")
        self._preset = PRESETS[settings.kind]
        self._token = options.secret("token")
        self._new_id = new_id
        options.finish()

    @property
    def methods(self) -> frozenset[str]:
        """GET where all stands in the query; Infobip ends its sessions with PUT."""
        return frozenset({"GET"} if self._preset.encoding == "query" else {"POST", "PUT"})

    def verify(self, request: Request) -> None:
        """Let in who knows the token: USSD providers do not sign."""
        verify_token(request, self._token)

    def read(self, request: Request) -> list[Inbound]:
        """Read one input; of a new session, what was dialled beyond our code.

        A session's end that does not name the number says nothing we need: no message.
        """
        preset = self._preset
        fields = read_fields(request, preset)
        dialog, number = word(fields.get(preset.session)), word(fields.get(preset.number))
        text = word(fields.get(preset.text))
        event = self._read_event(fields, text)
        if event is SessionEvent.CLOSE and not number:
            return []
        if not (dialog and number):
            raise Refused("field_missing", 400)
        if len(dialog) > LONGEST_SESSION_ID:
            raise Refused("session_too_long", 400)
        # A local gateway may leave out the country code: "+55509917" would be in Brazil.
        is_whole = preset.plus or len(number) <= HOME_DIGITS
        address, answerable = read_sender(number if is_whole else f"+{number}")
        is_dialled = event is SessionEvent.NEW and not preset.accumulated
        return [
            Inbound(
                channel=self.name,
                form=self.form,
                address=address,
                text=dialled_beyond(self.service_code, text) if is_dialled else text,
                claim=self._claim(fields, dialog, text),
                session=event,
                dialog=dialog,
                path=preset.accumulated,
                answerable=answerable,
                echo=tuple(fields.items()),
            )
        ]

    def reply(self, replies: Sequence[tuple[Inbound, Reply]]) -> Response:
        """Show the one screen, and say whether the session goes on."""
        fields: Mapping[str, object] = {}
        reply = Reply()
        for inbound, its_reply in replies:
            fields, reply = dict(inbound.echo), its_reply
        return write_reply(self._preset, fields, "\n".join(reply.texts), goes_on=reply.open)

    def send(self, outgoing: Outgoing) -> Sent:  # noqa: ARG002 - nobody can be called
        """Refuse: a USSD session is opened by the person alone."""
        raise SendError("cannot_send", "Por USSD no se puede escribir a nadie: elija otro canal.")

    def _read_event(self, fields: Mapping[str, object], text: str) -> SessionEvent:
        preset = self._preset
        if preset.event:
            said = word(fields.get(preset.event)).lower()
            return preset.events.get(said, SessionEvent.RESUME)
        # A session that begins by a longer code ("*384*17*1#") begins with a text: the
        # conversation knows by whether it has seen the session.
        return SessionEvent.RESUME if text else SessionEvent.NEW

    def _claim(self, fields: Mapping[str, object], dialog: str, text: str) -> str:
        preset = self._preset
        if preset.accumulated:
            return f"{dialog}:{text}"
        if preset.sequence and (number := word(fields.get(preset.sequence))):
            return f"{dialog}:{number}"
        # The last input alone does not tell a repeated delivery from "1" answered twice;
        # losing an answer would be worse than counting one delivery twice.
        return f"{dialog}:{self._new_id()}"


def dialled_beyond(service_code: str, dialled: str) -> str:
    """Give what was dialled beyond our code: `17*1` of `*384*17*1#`."""
    code, dialled = service_code.strip("*#"), dialled.strip("*#")
    return dialled.removeprefix(code).strip("*") if dialled.startswith(code) else ""
