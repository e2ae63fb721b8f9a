"""A mark on a scale."""

from __future__ import annotations

import re

from flows.reading.bounds import is_beyond
from flows.reading.choices import scan
from flows.reading.fold import fold
from flows.reading.numerals import in_figures
from flows.reading.phrases import DENIALS, LONGEST, is_doubtful, is_skip, words_of
from flows.reading.result import Accepted, Reading, Rejected

_OF = re.compile(r"(\d{1,6}) ?(?:/|de|sobre|out of) ?(\d{1,6})\b")
_OF_WORDS = re.compile(r"\b[^\W\d_]+ (?:de|sobre) [^\W\d_]+\b")
_STARS = re.compile(r"[⭐★🌟][⭐★🌟 ]*")
_PART = re.compile(r"\d[.,]\d*[1-9]")
_WHOLE = re.compile(r"(\d)[.,]0+\b")
_MINUS = re.compile(r"(?:^| )-\d|\bmenos \w")

_AROUND = frozenset(
    "punto puntos estrella estrellas calificacion nota califico calificaria doy daria pondria "
    "pongo numero nivel mi seria diria".split()
)


def read_rating(
    reply: str, low: int, high: int, language: str = "es", *, skippable: bool = False
) -> Reading:
    """Read a whole number on a scale; "7/10" counts only where the scale ends at 10.

    Args:
        reply: as received.
        low, high: the ends of the scale, inclusive.
        language: the conversation's.
        skippable: whether 0 leaves the question open, where the scale has no 0.
    """
    if len(reply) > LONGEST:
        return Rejected("not_understood")
    folded = fold(reply).replace("una estrella", "1 estrella")
    if _STARS.fullmatch(folded):
        stars = len(folded.replace(" ", ""))
        return _judge([stars], [], low, high).doubted()
    folded = _OF_WORDS.sub(lambda found: _in_figures(found[0], language), folded)
    fraction = _OF.search(folded)
    if fraction is not None:
        if int(fraction[2]) != high:
            return Rejected("not_understood")
        folded = folded.replace(fraction[0], f"{fraction[1]} ")
    if _PART.search(folded) or _MINUS.search(folded) or is_beyond(folded, language):
        return Rejected("not_understood")
    words = words_of(_WHOLE.sub(r"\1", folded))
    if is_skip(words) and not (low <= 0 and words in (["0"], ["cero"])):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    numbers, rest = scan(words, language)
    rest = [word for word in rest if word not in _AROUND]
    reading = _judge(list(dict.fromkeys(numbers)), rest, low, high)
    return reading.doubted() if is_doubtful(folded) else reading


def _in_figures(words: str, language: str) -> str:
    return " ".join(in_figures(words.split(" "), language))


def _judge(numbers: list[int], rest: list[str], low: int, high: int) -> Reading:
    inside = [number for number in numbers if low <= number <= high]
    if not numbers or DENIALS & set(rest):
        return Rejected("not_understood")
    if len(numbers) > 1:
        fitting = tuple(map(str, sorted(inside)))
        return Rejected("ambiguous", fitting) if len(fitting) > 1 else Rejected("not_understood")
    if not inside:
        return Rejected("not_understood") if rest else Rejected("out_of_range")
    return Accepted(str(inside[0]), certain=not rest)
