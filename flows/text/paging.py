"""Screens of a basic phone: a text that is too long for one is turned page by page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from flows.text.alphabet import is_gsm7, septets
from flows.text.graphemes import clusters
from flows.text.segments import utf16_units

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

USSD_SEPTETS = 160
"""A USSD string holds 182 septets; aggregators cap it at 160, so that is what is safe."""
USSD_UNITS = 80
"""Of UCS-2: 160 octets."""

NEARLY_EMPTY = 3
"""A page that is filled to less than this part of it goes on with a part of the next line."""

_DIGIT_KEYS = (("98", "99"), ("88", "89"), ("78", "79"))
_LETTER_KEYS = ("M", "A")
_OPTION = re.compile(r"\d+[.)]? ")
_PIECE = re.compile(r"^\d+[.)]? +\S+|\S+")


def page_keys(
    awaits: Literal["", "digit", "number", "words"], digits: Collection[str] = ()
) -> tuple[str, str]:
    """Choose what turns a page on and back: digits only where they cannot be an answer.

    Args:
        awaits: what the screen asks for; a number or words leave letters alone to turn with.
        digits: what the options of the screen are chosen by.
    """
    if awaits in {"", "digit"}:
        for keys in _DIGIT_KEYS:
            if not set(keys) & set(digits):
                return keys
    return _LETTER_KEYS


def paginate(text: str, *, more: str, back: str, limit: int = USSD_SEPTETS) -> tuple[str, ...]:
    """Lay a text out in pages, each with the words that turn it.

    Pages break between lines, so that an option stays whole; a line longer than a page
    breaks between words, never between an option's number and its first word.

    Args:
        text: what is shown, folded; a line that begins with a number is an option.
        more: the whole of what turns to the next page, `98 Mas`.
        back: the same for the page before.
        limit: septets of a page. A text that needs UCS-2 has `USSD_UNITS` instead.
    """
    gsm7 = is_gsm7(text + more + back)
    count: Callable[[str], int] = septets if gsm7 else utf16_units
    room = limit if gsm7 else USSD_UNITS
    if count(text) <= room:
        return (text,)
    bodies = _fill(text.split("\n"), count, room - count(f"\n{more} {back}"))
    last = len(bodies) - 1
    pages = []
    for place, body in enumerate(bodies):
        words = [*([more] if place < last else []), *([back] if place else [])]
        pages.append(f"{body}\n{' '.join(words)}")
    return tuple(pages)


def _fill(lines: Sequence[str], count: Callable[[str], int], room: int) -> list[str]:
    """Fill pages line by line; a line that no page holds is laid out piece by piece.

    So is a long line after a page that would stay nearly empty: "No entendimos." alone on a
    screen hides the question it is about.
    """
    pages: list[str] = []
    for line in lines:
        if pages and count(f"{pages[-1]}\n{line}") <= room:
            pages[-1] += f"\n{line}"
        elif pages and count(pages[-1]) <= room // NEARLY_EMPTY and not _OPTION.match(line):
            pages[-1:] = _cut(line, count, room, begun=f"{pages[-1]}\n")
        elif count(line) <= room:
            pages.append(line)
        else:
            pages.extend(_cut(line, count, room))
    return pages


def _cut(line: str, count: Callable[[str], int], room: int, begun: str = "") -> list[str]:
    """Cut a line between words; a word that no page holds, between signs."""
    parts = [begun]
    for piece in _PIECE.findall(line):
        joined = f"{parts[-1]} {piece}" if parts[-1] not in {"", begun} else parts[-1] + piece
        if count(joined) <= room:
            parts[-1] = joined
        elif count(piece) <= room:
            parts.append(piece)
        else:
            for sign in clusters(piece):
                if count(parts[-1] + sign) > room:
                    parts.append("")
                parts[-1] += sign
    return parts
