"""The `.chat` format: a conversation as one would write it down, and running it.

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
how the conversation ended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import ndiff
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.text.render import Form

_FORMS: Mapping[str, Form] = {"sms": "sms", "whatsapp": "whatsapp", "ussd": "ussd"}
DIAL, VOICE = "(marca)", "(voz)"
THINKING = timedelta(seconds=20)
"""What a person takes to read and to type."""
_UNITS = {
    "segundo": timedelta(seconds=1),
    "minuto": timedelta(minutes=1),
    "hora": timedelta(hours=1),
    "dia": timedelta(days=1),
    "día": timedelta(days=1),
}
_WAIT = re.compile(r"(\d+) (segundo|minuto|hora|d[ií]a)s?")
_SETTING = re.compile(r"(canal|azar): *(\S+)")
_STATES = re.compile(r"(\w+): *(.*)")


@dataclass(slots=True)
class Exchange:
    """What the person does after `wait`, and what must come back and be recorded."""

    line: int
    sent: str
    wait: timedelta = timedelta()
    expected: list[str] = field(default_factory=list)
    recorded: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Chat:
    """A whole golden conversation."""

    name: str
    form: Form = "sms"
    seed: int = 1
    exchanges: list[Exchange] = field(default_factory=list)


class Phone(Protocol):
    """What a conversation is played on: the engine alone, or a channel's webhook."""

    @property
    def answers(self) -> Mapping[str, str]:
        """What is recorded of the active person, question -> value."""

    @property
    def outcome(self) -> str | None:
        """How her conversation ended, or None."""

    def wait(self, time: timedelta) -> None:
        """Let time pass."""

    def dial(self) -> tuple[str, ...]:
        """Dial in, or follow a link."""

    def speak(self) -> tuple[str, ...]:
        """Send a voice note."""

    def send(self, text: str) -> tuple[str, ...]:
        """Send a text and give the messages that come back."""


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
        elif sign == "<" and last:
            last.expected.append(rest)
        elif sign == " " and last and last.expected:
            last.expected[-1] += f"\n{line.strip()}"
        elif sign == "=" and last and (found := _STATES.fullmatch(rest)):
            last.recorded[found[1]] = found[2]
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
    else:
        raise ChatError(f"{chat.name}:{number}: {key} no puede ser {value}")


def play(chat: Chat, phone: Phone) -> Iterator[tuple[Exchange, tuple[str, ...]]]:
    """Play a conversation on a phone, giving each exchange with what really came back."""
    for exchange in chat.exchanges:
        phone.wait(THINKING + exchange.wait)
        if exchange.sent == DIAL:
            yield exchange, phone.dial()
        elif exchange.sent == VOICE:
            yield exchange, phone.speak()
        else:
            yield exchange, phone.send(exchange.sent)


def compare(chat: Chat, phone: Phone) -> str:
    """Play a conversation and show where it differs, as a conversation; empty where it does not."""
    for exchange, came in play(chat, phone):
        stated = {**phone.answers, "resultado": phone.outcome or ""}
        wrong = {
            name: stated.get(name, "")
            for name, value in exchange.recorded.items()
            if stated.get(name, "") != value
        }
        if list(came) == exchange.expected and not wrong:
            continue
        lines = ndiff(_lines(exchange.expected), _lines(came))
        difference = [line for line in lines if not line.startswith("?")]
        facts = [f"= {name}: {value}" for name, value in wrong.items()]
        where = f"{chat.name}:{exchange.line}: > {exchange.sent}"
        return "\n".join([where, *difference, *facts])
    return ""


def write_chat(source: str, chat: Chat, phone: Phone) -> str:
    """Write a conversation anew with what really comes back; comments and order stay."""
    came = {exchange.line: texts for exchange, texts in play(chat, phone)}
    written: list[str] = []
    for number, line in enumerate(source.splitlines(), 1):
        if line.startswith(("<", "  ")):
            continue
        written.append(line)
        if number in came:
            written.extend(_lines(came[number]))
    return "\n".join(written) + "\n"


def _lines(texts: tuple[str, ...] | list[str]) -> list[str]:
    return [line for text in texts for line in (f"< {text}".replace("\n", "\n  ")).splitlines()]
