"""Leaders: their codes, what they are given, and the card that is printed for them.

`puente leaders` and the page use the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from admin.drawing import draw_qr
from bot.invitations import invite
from bot.speech import COSTS
from flows.effects import Say
from flows.leader_code import make_leader_code
from flows.text.render import render
from storage.repositories.leaders import NewLeader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from uuid import UUID

    from bot.invitations import Invitation
    from bot.pages.ways import Way
    from flows.flow import Flow
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """A leader who has no code yet; see `storage.repositories.leaders.LeaderRecord`."""

    consultation_id: UUID
    community: str
    language: str = "es"
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Entrance:
    """One way in on the card.

    Attributes:
        form: the kind of phone.
        number: what to write to.
        link: what the picture holds.
        picture: the QR, an SVG element.
        cost: what a message costs, in the card's language.
    """

    form: str
    number: str
    link: str
    picture: str
    cost: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a leader's card says.

    Attributes:
        language: in which it speaks.
        invitation: who asks and what for, as the consultation itself says it, reviewed.
        words: what has to be sent.
        entrances: the ways in, WhatsApp before SMS.
        text: a message to forward.
    """

    language: str
    invitation: str
    words: str
    entrances: tuple[Entrance, ...]
    text: str


def add_leader(
    database: Database, wanted: Wanted, *, chance: Callable[[int], int], now: datetime, who: str
) -> str:
    """Give a leader a code that nobody has or had; `chance(n)` gives 0 … n-1."""
    with database.unit() as unit:
        code = make_leader_code(chance)
        while unit.leaders.is_taken(code):
            code = make_leader_code(chance)
        new = NewLeader(wanted.consultation_id, code, wanted.community, wanted.language, wanted.cap)
        unit.leaders.add(new, now, who)
    return code


def invite_by(flow: Flow, code: str, language: str, ways: Iterable[Way]) -> Invitation:
    """Write the invitation that carries a leader's code, with a text in her group's language.

    In another language than the script's own, what introduces it is what asks for consent, since
    that has been reviewed; in the script's where the consultation is not on offer in hers.
    """
    script = flow.script
    keyword = script.keywords[0].upper() if script.keywords else ""
    invitation = invite(script.title, keyword, code, ways)
    is_translated = language != script.language and language in flow.languages
    said = _introduce(flow, language) if is_translated else ""
    return invitation.introduced_by(said) if said else invitation


def make_card(flow: Flow, code: str, language: str, ways: Iterable[Way]) -> Card:
    """Make a leader's card in her language, or in the script's own where hers is not on offer."""
    if language not in flow.languages:
        language = flow.script.language
    invitation = invite_by(flow, code, language, ways)
    entrances = tuple(
        Entrance(
            door.way.form,
            door.way.number,
            door.link,
            draw_qr(door.link),
            flow.text(language, f"servicio/{COSTS[door.way.tariff]}"),
        )
        for door in invitation.doors
    )
    return Card(language, _introduce(flow, language), invitation.words, entrances, invitation.text)


def _introduce(flow: Flow, language: str) -> str:
    """Give the words that ask for consent; what it costs stands beside each way in."""
    asked = next((one for one in flow.script.questions if one.kind == "consent"), None)
    if asked is None:
        return ""
    said = render(flow, [Say(f"{asked.id}/texto", language)], "whatsapp", {"costo": ""})
    return " ".join(" ".join(said.texts).split())
