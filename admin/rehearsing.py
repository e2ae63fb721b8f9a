"""A script tried on phones that are no phones: the engine alone, and nothing is kept.

All there is of a conversation is what was typed. Whoever looks at it again has it played from
its beginning, with the same draws, so that no row, session or message comes of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.screens import Screen, show
from flows.catalogues.extraction import list_texts
from flows.catalogues.offering import differs, find_missing, find_offered
from flows.golden.chance import make_chance
from flows.golden.rehearsal import Rehearsal
from flows.script.compile import make_flow
from flows.text.segments import measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from flows.catalogues.entries import Catalogue
    from flows.flow import Flow
    from flows.script.model import Script
    from flows.text.render import Button, Form

DIALLED = ""
"""What stands among what was typed where a USSD code was dialled."""
MOST_TYPED = 100
LONGEST_TYPED = 1_600
"""Letters; a WhatsApp message of ours has no more."""
SEED = 1


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language a script can be tried in.

    Attributes:
        texts: what is translated, approved or not.
        total: how many texts there are.
        is_draft: whether nobody is offered it.
    """

    code: str
    texts: Mapping[str, str]
    total: int
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed or came back.

    Attributes:
        kind: `hers`, `ours` (a message) or `screen` (of USSD).
        segments: of a message of SMS; else 0.
    """

    kind: str
    text: str
    segments: int = 0


@dataclass(frozen=True, slots=True)
class Played:
    """A phone after all that was typed on it.

    Attributes:
        typed: what was taken, the first 100 at most.
        is_open: whether something can be typed: a USSD session has to be dialled.
        buttons: what WhatsApp shows to be tapped.
    """

    form: Form
    typed: tuple[str, ...]
    lines: tuple[Line, ...]
    is_open: bool
    buttons: tuple[Button, ...]

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more is taken."""
        return len(self.typed) >= MOST_TYPED


def list_spoken(script: Script, catalogues: Mapping[str, Catalogue]) -> Sequence[Spoken]:
    """List the languages a script can be tried in beside its own, by their codes.

    Args:
        script: what is tried.
        catalogues: its translations, up to date with its texts.
    """
    offered, total = find_offered(script, catalogues.values()), len(list_texts(script))
    return [
        Spoken(
            code,
            offered.get(code) or _list_drafts(one),
            total,
            is_draft=bool(find_missing(script, one)),
        )
        for code, one in sorted(catalogues.items())
        if code in offered or _list_drafts(one)
    ]


def _list_drafts(catalogue: Catalogue) -> Mapping[str, str]:
    """Give every translation that can be said: one with other placeholders cannot."""
    return {
        key: entry.translation
        for key, entry in catalogue.entries.items()
        if entry.translation and not differs(entry)
    }


def make_rehearsed(script: Script, spoken: Sequence[Spoken]) -> Flow:
    """Make a script ready to be tried, in drafts too."""
    return make_flow(script, {one.code: one.texts for one in spoken})


def read_typed(written: str) -> tuple[str, ...]:
    """Read what was typed before, as the page's own form sends it; anything else is nothing."""
    try:
        found = json.loads(written or "[]")
    except ValueError:
        return ()
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return ()
    return tuple(one[:LONGEST_TYPED] for one in found[:MOST_TYPED])


def play(flow: Flow, form: Form, typed: Sequence[str], language: str, now: datetime) -> Played:
    """Play a conversation on one phone from its beginning.

    Args:
        flow: what is tried.
        form: the phone.
        typed: what was typed, in order; what nobody can type there is left out.
        language: the one it begins in.
        now: the phone's time.
    """
    phone = Rehearsal(flow, now, make_chance(SEED), form, language)
    screen, is_open = Screen(), form != "ussd"
    taken: list[str] = []
    lines: list[Line] = []
    for text in typed:
        is_dialled = text == DIALLED
        if not (form == "ussd" if is_dialled else is_open):
            continue
        taken.append(text)
        if not is_dialled:
            lines.append(Line("hers", text))
        page = None if is_dialled else screen.turn(text)
        if page is None:
            said = phone.dial() if is_dialled else phone.send(text)
            page = show(phone.rendered, "", is_open=phone.is_waiting)
            later = phone.afterwards
        else:
            said, later = (), ()
        if form == "ussd":
            screen, is_open = page, page.keeps_open
            lines += [Line("screen", page.text)] if page.text else []
            said = later
        lines += [_write(text, form) for text in said]
    buttons = phone.rendered.buttons if taken else ()
    return Played(form, tuple(taken), tuple(lines), is_open, buttons)


def _write(text: str, form: Form) -> Line:
    return Line("ours", text, 0 if form == "whatsapp" else measure(text).segments)
