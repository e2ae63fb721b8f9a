"""What a leader is given for her people: links that open a phone, and a text to forward."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.pages.ways import Way


@dataclass(frozen=True, slots=True)
class Door:
    """A way in, and the link that opens it with the words already written."""

    way: Way
    link: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """One leader's invitation.

    Attributes:
        words: what has to be sent.
        doors: what a QR or a tap opens, WhatsApp before SMS.
        text: one message for her group.
    """

    words: str
    doors: tuple[Door, ...]
    text: str

    def introduced_by(self, said: str) -> Invitation:
        """Give the same invitation with these words before its doors, in whatever language.

        Beside them stand names and numbers alone: no sentence of ours that nobody reviewed.
        """
        lines = [said]
        for door in self.doors:
            if door.way.form == "whatsapp":
                lines.append(f"WhatsApp: {door.link}")
            else:
                lines.append(f"SMS {door.way.number}: {self.words}")
        return replace(self, text="\n".join(lines))

    @property
    def links(self) -> tuple[str, ...]:
        """Give the links of the doors."""
        return tuple(door.link for door in self.doors)


def invite(title: str, keyword: str, code: str, ways: Iterable[Way]) -> Invitation:
    """Write the invitation to a consultation by the ways in that carry words.

    Nothing can be written into a dialled code, so USSD has no part in it.
    """
    words = f"{keyword} {code}"
    able = sorted((way for way in ways if way.form != "ussd"), key=lambda way: way.form == "sms")
    lines = [f"Le invitamos a dar su opinión: {title}."]
    for way in able:
        if way.form == "whatsapp":
            lines.append(f"Por WhatsApp, toque aquí y envíe: {way.link(words)}")
        else:
            lines.append(f"Por mensaje de texto, envíe {words} al {way.number}.")
    doors = tuple(Door(way, way.link(words)) for way in able)
    return Invitation(words, doors, "\n".join(lines))
