"""What a text costs as SMS: its encoding, its parts, its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flows.text.alphabet import EXTENSION, is_gsm7, septets
from flows.text.graphemes import clusters

if TYPE_CHECKING:
    from collections.abc import Iterable

GSM7_ALONE, GSM7_PART = 160, 153
UCS2_ALONE, UCS2_PART = 70, 67
"""Units of a message that stands alone, and of a part behind its 6-octet header."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a text costs.

    Attributes:
        encoding: `gsm7`, or `ucs2` where one sign is not in that alphabet.
        segments: the parts it is sent in; an empty text is one.
        units: septets or UTF-16 code units, without the parts' headers.
    """

    encoding: Literal["gsm7", "ucs2"]
    segments: int
    units: int


def measure(text: str) -> Size:
    """Measure a text as it stands, without any folding.

    Agrees with the calculator Twilio publishes (sms-segments-calculator 1.3.0): an escape
    pair, a surrogate pair and a whole grapheme cluster each stay in one part.
    """
    if is_gsm7(text):
        units = septets(text)
        sizes: Iterable[int] = (2 if sign in EXTENSION else 1 for sign in text)
        return Size("gsm7", 1 if units <= GSM7_ALONE else _parts(sizes, GSM7_PART), units)
    units = utf16_units(text)
    if units <= UCS2_ALONE:
        return Size("ucs2", 1, units)
    return Size("ucs2", _parts(map(utf16_units, clusters(text)), UCS2_PART), units)


def utf16_units(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def split(text: str) -> tuple[str, ...]:
    """Split a text into messages of one segment each, at words, numbered "(1/2) ".

    A text that fits one segment is given back alone and unnumbered. Each part is a message
    of its own (Guatemala's routes do not join parts reliably). A word too long for a part
    is cut between grapheme clusters.
    """
    if measure(text).segments == 1:
        return (text,)
    total, parts = 2, _fill(text, 2)
    while len(parts) > total:
        total = len(parts)
        parts = _fill(text, total)
    return tuple(_number(place, len(parts)) + part for place, part in enumerate(parts, 1))


def _number(place: int, total: int) -> str:
    return f"({place}/{total}) "


def _fits(text: str) -> bool:
    return measure(text).segments == 1


def _fill(text: str, total: int) -> list[str]:
    """Fill parts by lines, by words where a line fits none, by signs where a word does not.

    Each part is measured behind the widest number there can be.
    """
    number = _number(total, total)
    parts = [""]
    for line in text.strip().split("\n"):
        if _fits(number + line):
            _add(parts, line, "\n", number)
            continue
        between = "\n"
        for word in line.split():
            if _fits(number + word):
                _add(parts, word, between, number)
            else:
                for sign in clusters(word):
                    _add(parts, sign, between, number)
                    between = ""
            between = " "
    return parts


def _add(parts: list[str], piece: str, between: str, number: str) -> None:
    joined = parts[-1] + (between if parts[-1] else "") + piece
    if _fits(number + joined):
        parts[-1] = joined
    else:
        parts.append(piece)


def _parts(sizes: Iterable[int], room: int) -> int:
    """Count the parts that whole pieces fill, one after another."""
    parts, filled = 1, 0
    for size in sizes:
        if filled + size > room:
            parts, filled = parts + 1, 0
        filled += size
    return parts
