"""The `.chat` format: a conversation as one would write it down.

    # Comentario
    canal: sms
    azar: 7

    > CONSULTA
    < GAE, Gobierno de Guatemala. ¿Nos ayuda a mejorar sus servicios? …
      1 Si
      2 No

    @ 24 horas
    > 1
    < …
    = edad: 1
    = resultado: complete

`>` is what the person sends: words, `(marca)` for dialling in, `(voz)` for a voice note. `<`
begins a message that must come back; its further lines are indented. `@` lets time pass.
`=` states an answer as it is recorded by then (nothing after the colon: no such answer), or
how the conversation ended. `idioma: quc` at the top begins in that language; `tarifa: paga` says
that each message costs her, `lleno: sexo:1` that enough have answered of a stratum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.events import USUAL, Occasion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.text.render import Form

_FORMS: Mapping[str, Form] = {"sms": "sms", "whatsapp": "whatsapp", "ussd": "ussd"}
DIAL, VOICE = "(marca)", "(voz)"
_UNITS = {
    "segundo": timedelta(seconds=1),
    "minuto": timedelta(minutes=1),
    "hora": timedelta(hours=1),
    "dia": timedelta(days=1),
    "día": timedelta(days=1),
}
_WAIT = re.compile(r"(\d+) (segundo|minuto|hora|d[ií]a)s?")
_SETTING = re.compile(r"(canal|azar|idioma|tarifa|lleno): *(\S+)")
_TARIFFS = {"gratis": False, "paga": True}
_STATES = re.compile(r"(\w+): *(.*)")


@dataclass(slots=True)
class Exchange:
    """What the person does after `wait`, and what must come back and be recorded.

    `expected` are lines as they are written; `lines` tells where each stands.
    """

    line: int
    sent: str
    wait: timedelta = timedelta()
    expected: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    recorded: dict[str, str] = field(default_factory=dict)
    recorded_at: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Chat:
    """A whole golden conversation; without a language it begins in the script's own."""

    name: str
    form: Form = "sms"
    seed: int = 1
    language: str | None = None
    occasion: Occasion = USUAL
    exchanges: list[Exchange] = field(default_factory=list)


class ChatError(ValueError):
    """A line of a `.chat` file that cannot be read; the message gives file and line."""


def read_chat(source: str, name: str) -> Chat:
    """Read a `.chat` file.

    Raises:
        ChatError: a line has no meaning where it stands.
    """
    chat = Chat(name)
    wait = timedelta()
    for number, line in enumerate(source.splitlines(), 1):
        last = chat.exchanges[-1] if chat.exchanges else None
        sign, rest = line[:1], line[1:].strip()
        if not line.strip() or sign == "#":
            continue
        if sign == ">":
            chat.exchanges.append(Exchange(number, rest, wait))
            wait = timedelta()
        elif sign == "@" and (found := _WAIT.fullmatch(rest)):
            wait += int(found[1]) * _UNITS[found[2]]
        elif last and (sign == "<" or (sign == " " and last.expected)):
            last.expected.append(f"< {rest}" if sign == "<" else f"  {rest}")
            last.lines.append(number)
        elif sign == "=" and last and (found := _STATES.fullmatch(rest)):
            last.recorded[found[1]] = found[2]
            last.recorded_at[found[1]] = number
        elif not last and (found := _SETTING.fullmatch(line.strip())):
            _set(chat, found[1], found[2], number)
        else:
            raise ChatError(f"{name}:{number}: no se entiende esta línea: {line.strip()}")
    return chat


def _set(chat: Chat, key: str, value: str, number: int) -> None:
    if key == "azar" and value.isdecimal():
        chat.seed = int(value)
    elif key == "canal" and (form := _FORMS.get(value)) is not None:
        chat.form = form
    elif key == "idioma":
        chat.language = value
    elif key == "tarifa" and value in _TARIFFS:
        chat.occasion = replace(chat.occasion, pays=_TARIFFS[value])
    elif key == "lleno":
        chat.occasion = replace(chat.occasion, full=chat.occasion.full | {value})
    else:
        raise ChatError(f"{chat.name}:{number}: {key} no puede ser {value}")
