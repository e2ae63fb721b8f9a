"""Dates as people write them in Guatemala: the day first."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.reading.fold import fold
from flows.reading.numerals import find_number, find_ordinal
from flows.reading.phrases import FILLER, LONGEST, is_doubtful, is_skip, words_of
from flows.reading.result import Accepted, Reading, Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
_SHORT_MONTH = 3
_DAYS = frozenset("lunes martes miercoles jueves viernes sabado domingo".split())
_AROUND = (
    FILLER
    | _DAYS
    | frozenset("fecha nacimiento cumpleanos naci nacido nacida fue dia mes ano en anio d".split())
)
_FIGURES = re.compile(
    r"(?<!\d)(\d{1,4})(?: ?[/.,_\\\-] ?| (?:del? )?)(\d{1,2})"
    r"(?: ?[/.,_\\\-] ?| (?:del? )?)(\d{1,4})(?!\d)"
)
_GROUPED_YEAR = re.compile(r"(?<!\d)([12])[,.](9\d\d|0\d\d)(?!\d)")
"""A year written as a number is: "15 de marzo de 1,990"."""
_LISTED = re.compile(r"\d ?, ?\d\d?\b")
"""Figures that may be a list: "15,03,1990"."""
_COMPACT = re.compile(r"\d{8}")
_CENTURY = 100
_LIKE = 0.79
"""How like a month a misspelling must be: "marso", "dicienbre"."""


def read_date(reply: str, language: str = "es", *, skippable: bool = False) -> Reading:
    """Read a date with its year; nobody's clock is asked, so "ayer" is none.

    Args:
        reply: as received.
        language: the conversation's.
        skippable: whether 0, or "no sé", leaves the question open.

    Returns:
        `Accepted` with the ISO date; not certain where day and month could be exchanged only
        to make sense, or the century is a guess.
    """
    if len(reply) > LONGEST:
        return Rejected("not_understood")
    folded = _GROUPED_YEAR.sub(r"\1\2", fold(reply))
    words = words_of(folded)
    if is_skip(words):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    reading = _read(folded, words, language)
    is_listed = _LISTED.search(folded) is not None
    return reading.doubted() if is_listed or is_doubtful(folded) else reading


def _read(folded: str, words: Sequence[str], language: str) -> Reading:
    figures = _FIGURES.search(folded)
    core = [word for word in words if word not in _AROUND]
    if figures is None:
        if len(core) == 1 and _COMPACT.fullmatch(core[0]):
            return _by_eight(core[0])
        return _by_words(words, language)
    return _by_figures(*map(str, figures.groups()), alone=len(core) <= 3)  # noqa: PLR2004


def _by_figures(first: str, second: str, third: str, *, alone: bool) -> Reading:
    if len(first) == 4:  # noqa: PLR2004 - a year
        return _make(int(first), int(second), int(third), certain=alone)
    if len(first) > 2 or len(third) in {1, 3}:  # noqa: PLR2004
        return Rejected("not_understood")
    day, month = int(first), int(second)
    year, full = _year(third)
    exchanged = month > len(_MONTHS) >= day
    if exchanged:
        day, month = month, day
    return _make(year, month, day, certain=alone and full and not exchanged)


def _by_eight(figures: str) -> Reading:
    """Read "15031990", or "19900315" where that makes no date."""
    reading = _make(int(figures[4:]), int(figures[2:4]), int(figures[:2]), certain=False)
    if isinstance(reading, Accepted):
        return reading
    return _make(int(figures[:4]), int(figures[4:6]), int(figures[6:]), certain=False)


def _year(figures: str) -> tuple[int, bool]:
    """Read a year; two figures of one are of the century that makes a grown person."""
    if len(figures) > 2:  # noqa: PLR2004
        return int(figures), True
    short = int(figures)
    return (2000 + short if short <= _PIVOT else 1900 + short), False


_PIVOT = 30


def _by_words(words: Sequence[str], language: str) -> Reading:
    """Read "15 de marzo de 1990", also in number words and with the month first."""
    months: list[int] = []
    numbers: list[int] = []
    at, plain = 0, True
    while at < len(words):
        word = words[at]
        month = _find_month(word)
        if word == "un" and words[at + 1 : at + 2] and find_number(words, at + 1, language):
            at += 1  # "nací un 15 de marzo"
            continue
        if month is not None:
            months.append(month)
        elif (found := find_number(words, at, language)) is not None:
            numbers.append(found[0])
            at = found[1]
            continue
        elif (ordinal := find_ordinal(word)) is not None:
            numbers.append(ordinal)
        elif word not in _AROUND and (guessed := _guess_month(word)) is not None:
            months.append(guessed)
            plain = False
        else:
            plain = plain and word in _AROUND
        at += 1
    if len(months) != 1 or len(numbers) != 2:  # noqa: PLR2004 - a day, a year
        return Rejected("not_understood")
    day, year = sorted(numbers)
    if year < _CENTURY:
        day, year = numbers
        year = _year(str(year))[0]
        plain = False
    return _make(year, months[0], day, certain=plain)


def _find_month(word: str) -> int | None:
    word = {"setiembre": "septiembre", "set": "septiembre"}.get(word, word)
    for place, month in enumerate(_MONTHS, 1):
        if len(word) >= _SHORT_MONTH and month.startswith(word):
            return place
    return None


def _guess_month(word: str) -> int | None:
    word = word.replace("ll", "y")
    found = process.extractOne(word, _MONTHS, scorer=OSA.normalized_similarity, score_cutoff=_LIKE)
    return None if found is None else _MONTHS.index(found[0]) + 1


def _make(year: int, month: int, day: int, *, certain: bool) -> Reading:
    try:
        found = date(year, month, day)
    except ValueError:
        return Rejected("not_understood")
    if not _EARLIEST <= year <= _LATEST:
        return Rejected("out_of_range")
    return Accepted(found.isoformat(), certain=certain)


_EARLIEST, _LATEST = 1900, 2100
