"""Playing golden conversations: where one differs, and writing it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Protocol

from flows.golden.chance import make_chance
from flows.golden.chat import DIAL, VOICE
from flows.golden.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.flow import Flow
    from flows.golden.chat import Chat, Exchange

START: Final = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=-6)))
"""A Tuesday noon in Guatemala: when every golden conversation begins."""
THINKING: Final = timedelta(seconds=20)
"""What a person takes to read and to type."""
OUTCOME: Final = "resultado"


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


@dataclass(frozen=True, slots=True)
class Played:
    """An exchange as it really went.

    Attributes:
        came: the texts that came back.
        stated: what is recorded by then, and how the conversation ended.
    """

    exchange: Exchange
    came: tuple[str, ...]
    stated: Mapping[str, str]

    @property
    def lines(self) -> list[str]:
        """Give what came back as it is written in a `.chat` file."""
        return [
            line for text in self.came for line in f"< {text}".replace("\n", "\n  ").splitlines()
        ]

    @property
    def wrong(self) -> dict[str, str]:
        """Give what should have been recorded otherwise, as it is recorded."""
        return {
            name: self.stated.get(name, "")
            for name, value in self.exchange.recorded.items()
            if self.stated.get(name, "") != value
        }

    @property
    def differs(self) -> bool:
        """Tell whether anything is not as it was written down."""
        return self.lines != self.exchange.expected or bool(self.wrong)


@dataclass(frozen=True, slots=True)
class Difference:
    """The first exchange of a conversation that is not as it was written down.

    Attributes:
        line: of the file, from 1.
        lines: the conversation around it; `- ` stands before what was written, `+ ` before what
            came, two spaces before what is both.
        more: how many later exchanges differ too.
    """

    line: int
    lines: tuple[str, ...]
    more: int


def pick_up(flow: Flow, chat: Chat) -> Rehearsal:
    """Give a new phone of the conversation's kind, on the engine alone."""
    chance = make_chance(chat.seed)
    return Rehearsal(flow, START, chance, chat.form, chat.language, occasion=chat.occasion)


def play(chat: Chat, phone: Phone) -> Iterator[Played]:
    """Play a conversation on a phone, exchange by exchange."""
    for exchange in chat.exchanges:
        phone.wait(THINKING + exchange.wait)
        if exchange.sent == DIAL:
            came = phone.dial()
        elif exchange.sent == VOICE:
            came = phone.speak()
        else:
            came = phone.send(exchange.sent)
        yield Played(exchange, came, {**phone.answers, OUTCOME: phone.outcome or ""})


def compare(chat: Chat, phone: Phone) -> Difference | None:
    """Play a conversation and find where it differs, or None."""
    played = list(play(chat, phone))
    places = [place for place, one in enumerate(played) if one.differs]
    if not places:
        return None
    first = places[0]
    before = _show(played[first - 1]) if first else []
    line, lines = _show_difference(played[first])
    return Difference(line, (*before, *lines), len(places) - 1)


def rewrite(source: str, chat: Chat, phone: Phone) -> str:
    """Write a conversation anew with what really comes back; comments and order stay."""
    played = {one.exchange.line: one for one in play(chat, phone)}
    written: list[str] = []
    last: Played | None = None
    for number, line in enumerate(source.splitlines(), 1):
        if number in played:
            last = played[number]
            written.extend([line, *last.lines])
        elif last is not None and number in last.exchange.recorded_at.values():
            name = next(key for key, at in last.exchange.recorded_at.items() if at == number)
            written.append(f"= {name}: {last.stated.get(name, '')}".rstrip())
        elif last is None or number not in last.exchange.lines:
            written.append(line)
    return "\n".join(written) + "\n"


def _show(played: Played) -> list[str]:
    return [f"  {line}" for line in (f"> {played.exchange.sent}", *played.lines)]


def _show_difference(played: Played) -> tuple[int, list[str]]:
    """Give the first line that differs, and the exchange with both versions."""
    exchange = played.exchange
    shown = [f"  > {exchange.sent}"]
    at: list[int] = []
    matcher = SequenceMatcher(None, exchange.expected, played.lines, autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        if what == "equal":
            shown.extend(_mark("  ", exchange.expected[start:end]))
            continue
        shown.extend(_mark("- ", exchange.expected[start:end]))
        shown.extend(_mark("+ ", played.lines[from_:to]))
        at.append(exchange.lines[start] if start < len(exchange.lines) else exchange.line)
    for name, value in played.wrong.items():
        shown.extend(_mark("- ", [f"= {name}: {exchange.recorded[name]}"]))
        shown.extend(_mark("+ ", [f"= {name}: {value}"]))
        at.append(exchange.recorded_at[name])
    return at[0], shown


def _mark(sign: str, lines: Sequence[str]) -> list[str]:
    return [f"{sign}{line}".rstrip() for line in lines]
