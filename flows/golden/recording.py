"""Recording a golden conversation from what a person sent.

What came back is not copied: the conversation is played again, so that the file says what it
is going to be held to. Only chance has to come out as it did on the phone (the order of
options that each person gets), hence a seed is looked for that makes it so. A folio is another
one each time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flows.golden.chat import DIAL, read_chat
from flows.golden.playing import THINKING, pick_up, play, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from flows.flow import Flow
    from flows.golden.chat import Chat
    from flows.text.render import Form

SEEDS: Final = 200
"""Seeds that are tried: one question of four options in an order of its own has 24."""
PAUSE: Final = timedelta(minutes=1)
"""A shorter wait is what anybody takes, and is not written down."""


_OPTION = re.compile(r"\d{1,2} (?!(?:Mas|Atras)\b)")
"""An option, and not what turns a USSD page."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person sent (nothing where she dialled), when, and the texts that came back."""

    text: str = field(repr=False)
    at: datetime
    came: tuple[str, ...] = field(default=(), repr=False)


def record(
    flow: Flow,
    form: Form,
    sent: Sequence[Sent],
    *,
    language: str | None = None,
    seeds: Sequence[int] = range(1, SEEDS + 1),
) -> str:
    """Write down a conversation in the `.chat` format.

    Where no seed makes it come out as on the phone, a comment says from which message on. In
    the end stands what must be recorded by then.

    Args:
        flow: what she talked to.
        form: her phone.
        sent: at least one message.
        language: what she began in, if not the script's own.
        seeds: those to look among.
    """
    source = "\n".join(_write(sent)) + "\n"
    chat = replace(read_chat(source, ""), form=form, language=language)
    best, reached = seeds[0], -1
    for seed in seeds:
        agreed = _count_agreed(flow, replace(chat, seed=seed), sent)
        if agreed > reached:
            best, reached = seed, agreed
        if reached == len(sent):
            break
    head = [f"canal: {form}", f"azar: {best}"]
    if language is not None:
        head.append(f"idioma: {language}")
    if reached < len(sent) and sent[reached].came:
        head.append(f"# En el teléfono salió distinto desde «{_one_line(sent[reached].text)}».")
    whole = "\n".join([*head, "", source])
    told = read_chat(whole, "")
    return rewrite(whole, told, pick_up(flow, told)) + _state(flow, told)


def _state(flow: Flow, chat: Chat) -> str:
    """State what must be recorded in the end."""
    *_, last = play(chat, pick_up(flow, chat))
    return "".join(f"= {name}: {value}\n" for name, value in last.stated.items() if value)


def _write(sent: Sequence[Sent]) -> Iterator[str]:
    before: datetime | None = None
    for one in sent:
        waited = one.at - before if before is not None else THINKING
        if waited >= PAUSE:
            yield f"@ {_name_wait(waited)}"
        yield f"> {_one_line(one.text) or DIAL}"
        before = one.at


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _name_wait(waited: timedelta) -> str:
    minutes = round(waited / timedelta(minutes=1))
    if minutes % 60:
        return f"{minutes} minuto{'s' if minutes > 1 else ''}"
    hours = minutes // 60
    return f"{hours} hora{'s' if hours > 1 else ''}"


def _count_agreed(flow: Flow, chat: Chat, sent: Sequence[Sent]) -> int:
    """Count the exchanges, from the first on, whose options come as they did on the phone."""
    exchanges = play(chat, pick_up(flow, chat))
    for place, (played, one) in enumerate(zip(exchanges, sent, strict=True)):
        then = _list_options(one.came)
        if _list_options(played.came)[: len(then)] != then:
            return place
    return len(sent)


def _list_options(texts: Sequence[str]) -> list[str]:
    """List the options a phone shows; of a USSD screen in pages there may be the first only."""
    return [line for text in texts for line in text.split("\n") if _OPTION.match(line)]
