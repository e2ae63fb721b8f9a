"""`/simulator/`: three phones side by side, on the real path. For the demo only.

It works with plain forms; `static/simulator.js` only spares the reload. A number stands in
no address, so that none comes into a log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import flask

from bot.assets import public
from bot.channels.meta_messages import MOST_BUTTONS
from bot.messages import VOICES_PATH, Address
from bot.pages.line import Delivered, deliver
from bot.pages.phones import FORMS, MOST_HOURS, read_phone, renumber
from bot.pages.recording import record_phone
from flows.text.segments import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from bot.channels.base import Channel
    from bot.messages import Form, Inbound, Reply
    from bot.pages.phones import Phone
    from flows.flow import Flow
    from storage.repositories.phones import PhoneMessage

LARGEST_BODY = 64 * 1024
SERVICE_CODE = "*000*7#"

NOTICES = {
    "vacio": "Escriba primero un mensaje.",
    "marque": f"Marque primero {SERVICE_CODE}.",
    "sin_respuesta": "Llegó, y Puente no contesta nada.",
    "dos_veces": "Se entregó dos veces: la segunda recibió la misma respuesta y nada cambió.",
    "cambio": "Se entregó dos veces, y la segunda cambió algo. Eso no debe pasar.",
    "cortado": "Se cortó. Marque otra vez: sigue donde quedó.",
    "una_hora": "En este teléfono ya es una hora después.",
    "numero": "Listo, este teléfono tiene ahora ese número.",
    "numero_no": "Ese no es un número de teléfono. Sigue el de antes.",
    "nada": "Aún no hay una conversación que guardar.",
    "borrado": "Puente ya no guarda nada de este número.",
}
"""What the page says of the last thing done, by the word in its address."""


@dataclass(frozen=True, slots=True)
class Play:
    """What the simulator's page needs.

    Attributes:
        channel: the channel of kind `simulator`.
        receive: the turn.
        find_messages: what an address and Puente wrote to each other over a channel (by its
            name) in one form, oldest first.
        clock: the time, aware UTC.
        chance: `chance(n)` gives a whole number from 0 to n-1.
        timezone: what the phones' clocks show.
    """

    channel: Channel
    receive: Callable[[Inbound], Reply]
    find_messages: Callable[[Address, str, Form], Sequence[PhoneMessage]]
    clock: Callable[[], datetime]
    chance: Callable[[int], int]
    timezone: tzinfo


@dataclass(frozen=True, slots=True)
class Picture:
    """One phone as the page shows it; `screen` is what stands on a USSD screen."""

    phone: Phone
    messages: Sequence[PhoneMessage]
    screen: str
    time: datetime
    notice: str


def add_simulator(
    blueprint: flask.Blueprint, play: Play, find_open: Callable[[], Sequence[Flow]]
) -> None:
    """Serve the page, take what its forms send, and hand out what was said on a phone."""
    desk = _Desk(play)

    @blueprint.get("/simulator/")
    @public
    def simulator() -> flask.Response:
        phones = [read_phone(form, flask.request.cookies, play.chance) for form in FORMS]
        page = flask.render_template(
            "pages/simulator.html",
            pictures=[desk.picture(phone) for phone in phones],
            service_code=SERVICE_CODE,
            measure=measure,
            most_buttons=MOST_BUTTONS,
            voices=VOICES_PATH,
        )
        return _keep(flask.Response(page), *phones)

    @blueprint.post("/simulator/<any(sms, ussd, whatsapp):form>")
    @public
    def press(form: Form) -> flask.Response:
        flask.request.max_content_length = LARGEST_BODY
        phone = read_phone(form, flask.request.cookies, play.chance)
        phone, notice = desk.press(phone, flask.request.form)
        # To the field, so that a keyboard goes on where it was.
        said: dict[str, Any] = {form: notice or None}
        back = flask.url_for("pages.simulator", _anchor=f"{form}-texto", **said)
        response = flask.Response(status=303, headers={"Location": back})
        return _keep(response, phone)

    @blueprint.get("/simulator/<any(sms, ussd, whatsapp):form>.chat")
    @public
    def record(form: Form) -> flask.Response:
        phone = read_phone(form, flask.request.cookies, play.chance)
        recorded = record_phone(form, desk.picture(phone).messages, find_open())
        if recorded is None:
            said: dict[str, Any] = {form: "nada"}
            back = flask.url_for("pages.simulator", _anchor=form, **said)
            return flask.Response(status=303, headers={"Location": back})
        name, text = recorded
        response = flask.Response(text, mimetype="text/plain")
        response.headers["Cache-Control"] = "no-store"
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response


def _keep(response: flask.Response, *phones: Phone) -> flask.Response:
    path = flask.url_for("pages.simulator")
    for phone in phones:
        response.set_cookie(
            phone.cookie, phone.to_cookie(), path=path, httponly=True, samesite="Strict"
        )
    return response


class _Desk:
    """Presses the buttons of the phones."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._buttons = {
            "enviar": self._send,
            "dos_veces": self._send_twice,
            "marcar": self._dial,
            "cortar": self._cut,
            "una_hora": self._move,
        }

    def picture(self, phone: Phone) -> Picture:
        """Show a phone with what was written on it."""
        messages = self._find_messages(phone)
        said = [message.text for message in messages if message.direction == "out"]
        screen = (said or [*phone.said] or [""])[-1]
        time = (self._play.clock() + timedelta(hours=phone.hours)).astimezone(self._play.timezone)
        notice = NOTICES.get(flask.request.args.get(phone.form, ""), "")
        return Picture(phone, messages, screen if phone.dialog else "", time, notice)

    def press(self, phone: Phone, pressed: Mapping[str, str]) -> tuple[Phone, str]:
        """Press a button; gives the phone after it, and the word of a notice or nothing."""
        renumbered = renumber(phone, pressed.get("numero", phone.number))
        if renumbered is None:
            return phone, "numero_no"
        is_other = renumbered.number != phone.number
        if "toque" in pressed:
            return self._send(replace(phone, said=()), pressed["toque"])
        button = self._buttons.get(pressed.get("boton", ""))
        if button is None:
            return renumbered, "numero" if is_other else ""
        phone, notice = button(replace(renumbered, said=()), pressed.get("texto", ""))
        return phone, "numero" if is_other and notice == "vacio" else notice

    # --- the buttons -------------------------------------------------------------------

    def _send(self, phone: Phone, text: str) -> tuple[Phone, str]:
        if wrong := self._check(phone, text):
            return phone, wrong
        return self._settle(phone, self._deliver(phone, text, self._make_id()))

    def _send_twice(self, phone: Phone, text: str) -> tuple[Phone, str]:
        if wrong := self._check(phone, text):
            return phone, wrong
        claim = self._make_id()
        first = self._deliver(phone, text, claim)
        before = self._find_messages(phone)
        second = self._deliver(phone, text, claim)
        is_same = second == first and self._find_messages(phone) == before
        phone, _ = self._settle(phone, first)
        return phone, "dos_veces" if is_same else "cambio"

    def _dial(self, phone: Phone, _text: str) -> tuple[Phone, str]:
        phone = replace(phone, dialog=self._make_id(), was_cut=False)
        return self._settle(phone, self._deliver(phone, "", self._make_id()))

    def _cut(self, phone: Phone, _text: str) -> tuple[Phone, str]:
        return replace(phone, is_open=False, was_cut=True), "cortado"

    def _move(self, phone: Phone, _text: str) -> tuple[Phone, str]:
        return replace(phone, hours=min(phone.hours + 1, MOST_HOURS)), "una_hora"

    # --- what they share ---------------------------------------------------------------

    def _check(self, phone: Phone, text: str) -> str:
        if phone.form == "ussd" and not phone.is_open:
            return "marque"
        return "" if text.strip() else "vacio"

    def _deliver(self, phone: Phone, text: str, claim: str) -> Delivered:
        at = self._play.clock() + timedelta(hours=phone.hours) if phone.hours else None
        return deliver(self._play.channel, self._play.receive, phone, text, claim, at)

    def _settle(self, phone: Phone, delivered: Delivered) -> tuple[Phone, str]:
        phone = replace(phone, is_open=delivered.is_open, buttons=delivered.buttons)
        if not delivered.texts:
            return phone, "sin_respuesta"
        if self._find_messages(phone):
            return phone, ""
        return replace(phone, said=delivered.texts), "borrado"

    def _find_messages(self, phone: Phone) -> Sequence[PhoneMessage]:
        address = Address("tel", phone.number)
        return self._play.find_messages(address, self._play.channel.name, phone.form)

    def _make_id(self) -> str:
        return f"{self._play.chance(1 << 64):016x}"
