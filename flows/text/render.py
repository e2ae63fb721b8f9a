"""From effects to words: what a turn says, as one kind of phone can show it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from flows.text.gsm7 import fold
from flows.text.segments import measure, split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.effects import Say
    from flows.flow import Flow

Form = Literal["sms", "whatsapp", "ussd"]

WHATSAPP_LETTERS = 1600
"""Twilio's longest body; Meta's own is 4,096."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_BLANKS = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Button:
    """What can be tapped in place of typing `digit`; `title` is its short label."""

    digit: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The texts of one turn, and what kind of answer the last of them asks for.

    On USSD there is one text, which `bot/screens.py` lays out in pages. `buttons` belong to
    the last text, which says all they say: a phone that cannot show them loses nothing. So do
    the `voices`, recordings that are played before the texts.
    """

    texts: tuple[str, ...]
    awaits: Literal["", "digit", "number", "words"] = ""
    buttons: tuple[Button, ...] = ()
    voices: tuple[str, ...] = ()


def render(flow: Flow, says: Sequence[Say], form: Form, values: Mapping[str, str]) -> Rendered:
    """Render what one turn says.

    Args:
        flow: where the texts are.
        says: in order.
        form: the phone: SMS and USSD get folded texts, WhatsApp the orthographic ones.
        values: what depends on the channel, such as `costo`.
    """
    texts = [_write(flow, say, form, values) for say in says]
    language = says[-1].language if says else flow.script.language
    return Rendered(
        fit([text for text in texts if text], form, language),
        says[-1].awaits if says else "",
        _buttons(flow, says[-1]) if says and form == "whatsapp" else (),
        _find_voices(flow, says) if form == "whatsapp" else (),
    )


def fit(texts: Sequence[str], form: Form, language: str) -> tuple[str, ...]:
    """Give texts as one kind of phone can show them, in as few messages as hold them."""
    if form == "whatsapp":
        return _join(texts, lambda text: len(text) <= WHATSAPP_LETTERS)
    folded = [fold(text, language).text for text in texts]
    if form == "ussd":
        return ("\n".join(folded),) if folded else ()
    joined = _join(folded, lambda text: measure(text).segments == 1)
    return tuple(part for text in joined for part in _split(text))


_split = lru_cache(maxsize=2048)(split)
"""Kept as `fold` keeps them: a consultation says the same few hundred texts all day."""


def _write(flow: Flow, say: Say, form: Form, values: Mapping[str, str]) -> str:
    text = flow.text(say.language, say.key, form)
    if "{" in text:
        known = {**flow.values, **values, **say.values}
        text = _PLACEHOLDER.sub(lambda found: known.get(found[1], ""), text)
    menu = [
        f"{choice.digit} {choice.label}"
        if choice.literal
        else f"{choice.digit} {flow.text(say.language, choice.label, form)}"
        for choice in say.choices
    ]
    lines = [_BLANKS.sub(" ", text).strip(), *menu]
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def _find_voices(flow: Flow, says: Sequence[Say]) -> tuple[str, ...]:
    found = (flow.recording(say.language, say.key) for say in says)
    return tuple(voice for voice in found if voice is not None)


def _buttons(flow: Flow, say: Say) -> tuple[Button, ...]:
    return tuple(
        Button(
            choice.digit,
            choice.label if choice.literal else flow.text(say.language, choice.label, "corto"),
        )
        for choice in say.choices
    )


def _join(texts: Sequence[str], fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Put neighbouring texts into one message where it still fits: each message costs."""
    joined: list[str] = []
    for text in texts:
        if joined and fits(together := f"{joined[-1]}\n{text}"):
            joined[-1] = together
        else:
            joined.append(text)
    return tuple(joined)
