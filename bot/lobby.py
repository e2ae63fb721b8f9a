"""Which consultation a message belongs to, where several are open or none is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.effects import Choice, Say
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flows.flow import Flow
    from storage.records import OpenConsultation, SessionRecord


@dataclass(frozen=True, slots=True)
class Enter:
    """Talk in this consultation; `fresh` where no session of hers is in it yet."""

    consultation: OpenConsultation
    fresh: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """Her consultation has closed, and no other is open, or she has not been told yet."""

    consultation: OpenConsultation


@dataclass(frozen=True, slots=True)
class Menu:
    """Several are open: ask which. `kept` is what the contact remembers of the menu."""

    say: Say
    kept: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """None is open."""


Room = Enter | Closed | Menu | Nothing

TOLD = "[]"
"""A menu without lines: she has been told that hers has closed, and may enter another."""


def find_room(
    consultations: Sequence[OpenConsultation],
    session: SessionRecord | None,
    text: str,
    menu: str,
    find_flow: Callable[[OpenConsultation], Flow],
) -> Room:
    """Find where a message belongs: her running session, a keyword, the menu, or the only one.

    Args:
        consultations: the open ones, and that of `session`.
        session: her latest, ended or not.
        text: what she sent; empty where she only dialled.
        menu: what `Menu.kept` left behind, or empty.
        find_flow: gives a consultation's flow, for keywords and titles.
    """
    own = next((c for c in consultations if session and c.id == session.consultation_id), None)
    if own is not None and own.is_open and session is not None and session.is_under_way:
        return Enter(own, fresh=False)
    choices = [c for c in consultations if c.is_open and c is not own]
    named = next((c for c in choices if fold(text) in find_flow(c).script.keywords), None)
    if named is not None:
        return Enter(named, fresh=True)
    if own is not None and own.is_open:
        return Enter(own, fresh=False)
    if own is not None and session is not None and session.is_under_way and not menu:
        # What she has just sent answers a question of hers: no other may take it.
        return Closed(own)
    if choices:
        return _choose(choices, text, menu, find_flow)
    return Nothing() if own is None else Closed(own)


def list_keywords(
    consultations: Sequence[OpenConsultation], find_flow: Callable[[OpenConsultation], Flow]
) -> tuple[str, ...]:
    """List the words that lead into a consultation that is open."""
    return tuple(
        word for one in consultations if one.is_open for word in find_flow(one).script.keywords
    )


def _choose(
    choices: Sequence[OpenConsultation],
    text: str,
    menu: str,
    find_flow: Callable[[OpenConsultation], Flow],
) -> Room:
    if len(choices) == 1:
        return Enter(choices[0], fresh=True)
    if menu:
        slugs: list[str] = json.loads(menu)
        place = text.strip()
        if place.isdecimal() and 0 < int(place) <= len(slugs):
            chosen = next((c for c in choices if c.slug == slugs[int(place) - 1]), None)
            if chosen is not None:
                return Enter(chosen, fresh=True)
    lines = [
        Choice(str(place), find_flow(c).script.title, literal=True)
        for place, c in enumerate(choices, 1)
    ]
    say = Say("servicio/consulta_menu", "es", choices=tuple(lines), awaits="digit")
    return Menu(say, json.dumps([c.slug for c in choices]))
