"""What has an end on one side only: "mayor de 60", "18 o menos", "60 y pico"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.reading.numerals import in_figures
from flows.reading.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDLESS = 10**15
"""Above any number that is written here."""


@dataclass(frozen=True, slots=True)
class Span:
    """The whole numbers from `low` to `high`, both included.

    `excludes` tells that the number named is none of them: who is "mayor de 60" is not 60.
    """

    low: int
    high: int
    excludes: bool = False

    def meets(self, other: Span) -> bool:
        """Tell whether there is a number in both."""
        return self.low <= other.high and other.low <= self.high


_OF = r"(?:(?:de|del|a|al|que|q|los|las|la|el) )*(\d{1,15})\b"
_THEN = r"\b(\d{1,15}) (?:(?!o |y )[^\W\d]+ ){0,3}"
_MORE = "mas|mayor|mayores|arriba"
_FEWER = "menos|menor|menores|abajo"
_UP_TO = re.compile(
    rf"\b(?:hasta|maximo|no (?:\w+ )?(?:mas|mayor|pas[oae])) {_OF}"
    rf"|{_THEN}(?:[oy] (?:{_FEWER})|(?:para|hacia) abajo|maximo)\b"
)
_FROM = re.compile(
    rf"\b(?:desde|a partir|minimo|(?:al|por lo|cuando) menos|no (?:\w+ )?(?:menos|menor)) {_OF}"
    rf"|{_THEN}(?:[oy] (?:{_MORE})|en adelante|(?:para|hacia) arriba|minimo|(?:al|por lo) menos)\b"
    rf"|{_THEN}mas$"
)
_BELOW = re.compile(rf"\b(?:{_FEWER}|bajo|debajo|no (?:he )?(?:lleg|cumpl|alcan)\w+) {_OF}")
_ABOVE = re.compile(rf"\b(?:{_MORE}|sobre|pas[oae]|pasad[oa]s?) {_OF}")
_AND_SOME = re.compile(r"\b(\d{1,14}0) (?:y )?(?:pico|tant[oa]s)\b")
_MORE_OR_LESS = re.compile(r"\bmas o menos\b.*?(\d+)|(\d+).*?\bmas o menos\b")
_KINDS: tuple[tuple[re.Pattern[str], Callable[[int], Span]], ...] = (
    (_MORE_OR_LESS, lambda end: Span(end, end)),
    (_UP_TO, lambda end: Span(0, end)),
    (_FROM, lambda end: Span(end, _ENDLESS)),
    (_BELOW, lambda end: Span(0, end - 1, excludes=True)),
    (_ABOVE, lambda end: Span(end + 1, _ENDLESS, excludes=True)),
    (_AND_SOME, lambda end: Span(end, end + 9)),
)
"""In this order: "no menos de 18" holds "menos de 18"."""
_DENIED = re.compile(r"\b(?:no|ni|nunca|tampoco)\b")
_BOUND = re.compile(rf"\b(?:{_MORE}|{_FEWER}|debajo|pas[oae]|lleg\w+) (?:del?|al?|que)\b|[<>]")
_SIGNS = (
    (re.compile(r"(\d) ?\+(?! ?\d)"), r"\1 o mas "),
    (re.compile(r"(?:> ?|^\+)(?=\d)"), "mas de "),
    (re.compile(r"< ?(?=\d)"), "menos de "),
)


def find_span(folded: str, language: str) -> Span | None:
    """Find what a text with one number in it bounds; None where it bounds nothing.

    Args:
        folded: the text, folded.
        language: whose number words are read besides the Spanish ones.
    """
    for sign, words in _SIGNS:
        folded = sign.sub(words, folded)
    figures = in_figures(words_of(folded), language)
    return _read(" ".join(figures)) if sum(map(str.isdecimal, figures)) == 1 else None


def is_beyond(folded: str, language: str) -> bool:
    """Tell whether a number is named as one it is not: who is "mayor de 60" is not 60.

    "mas 5" and "+5" are 5, and "menos 5" is below nought.
    """
    span = find_span(folded, language) if _BOUND.search(folded) else None
    return span is not None and span.excludes


def _read(text: str) -> Span | None:
    for wording, make in _KINDS:
        found = wording.search(text)
        if found is not None:
            span = make(int(next(filter(None, found.groups()))))
            return None if span.excludes and _is_denied(found) else span
    return None


def _is_denied(found: re.Match[str]) -> bool:
    return _DENIED.search(found.string[: found.start()]) is not None
