"""Options: one of them, or several, named by digit, number word, ordinal or label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.reading.labels import Match, is_label, match_label
from flows.reading.numerals import find_number, find_ordinal
from flows.reading.phrases import DENIALS, FILLER, is_skip, split_words
from flows.reading.result import Accepted, Reading, Rejected
from flows.reading.yes_no import find_yes_no

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SKIPPED = "0"


def read_choice(  # noqa: PLR0911 - one way out for each way to answer
    reply: str, options: Mapping[str, str], language: str = "es", *, skippable: bool = False
) -> Reading:
    """Read which one option a person means.

    Args:
        reply: as received.
        options: the digit on her phone -> the label beside it.
        language: the conversation's.
        skippable: whether 0, or "no sé", leaves the question open.

    Returns:
        `Accepted` with the digit. Two options named where one is asked are `ambiguous`.
    """
    words = split_words(reply)
    if words is None:
        return Rejected("not_understood")
    named = is_label(words, options)
    if named is not None:
        return Accepted(named)
    numbers, rest = scan(words, language)
    if numbers and not rest:
        reading = _by_number(numbers, options, skippable=skippable)
        if isinstance(reading, Accepted) and is_count(words):
            return Accepted(reading.value, certain=False)
        return reading
    if numbers:
        return _by_both(numbers, rest, options)
    match = match_label(words, options)
    if is_skip(words):
        return _skip(match, skippable=skippable)
    polar = _by_polarity(reply, options, language)
    if polar is not None and (polar.certain or not match.keys):
        return polar
    certain = match.certain and not _is_polar_label(match.keys[0], options)
    return _from(match.keys, certain=certain)


def has_number(reply: str, language: str = "es") -> bool:
    """Tell whether a reply names a number, in figures or in words."""
    return bool(scan(split_words(reply) or [], language)[0])


def is_count(words: Sequence[str]) -> bool:
    """Tell whether "las dos" may say how many rather than which."""
    return len(words) == 2 and words[0] in {"las", "los"}  # noqa: PLR2004


def scan(words: Sequence[str], language: str) -> tuple[list[int], list[str]]:
    """Part a reply into the numbers it names and the words that are not filler."""
    numbers: list[int] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        found = find_number(words, at, language)
        if found is not None and (word not in _ARTICLES or found[1] > at + 1):
            numbers.append(found[0])
            at = found[1]
            continue
        ordinal = find_ordinal(word)
        if ordinal is not None:
            numbers.append(ordinal)
        elif word not in FILLER:
            rest.append(word)
        at += 1
    if not numbers and not rest and _ARTICLES & set(words):
        numbers = [1]
    return numbers, rest


_ARTICLES = frozenset({"un", "una"})


def _by_number(numbers: Sequence[int], options: Mapping[str, str], *, skippable: bool) -> Reading:
    named = list(dict.fromkeys(map(str, numbers)))
    if named == [SKIPPED] and SKIPPED not in options:
        return Accepted(SKIPPED) if skippable else Rejected("cannot_skip")
    shown = tuple(digit for digit in named if digit in options)
    if len(named) > 1:
        return Rejected("ambiguous", shown) if len(shown) > 1 else Rejected("not_understood")
    if shown:
        return _unless_label(shown[0], options)
    return _unless_label(named[0], options)


def _unless_label(digit: str, options: Mapping[str, str]) -> Reading:
    """Take the digit, unless another option's label is that very number."""
    labelled = [key for key, label in options.items() if label.strip() == digit and key != digit]
    if digit not in options:
        return Accepted(labelled[0]) if len(labelled) == 1 else Rejected("out_of_range")
    return Rejected("ambiguous", (digit, *labelled)) if labelled else Accepted(digit)


def _by_both(numbers: Sequence[int], rest: Sequence[str], options: Mapping[str, str]) -> Reading:
    """Read a number with words: certain where both name the same option."""
    named = [digit for digit in dict.fromkeys(map(str, numbers)) if digit in options]
    match = match_label(rest, options)
    keys = tuple(dict.fromkeys((*named, *match.keys)))
    if named and match.certain and len(keys) == 1:
        return Accepted(keys[0])
    if DENIALS & set(rest):
        return Rejected("not_understood")
    return _from(keys)


def _skip(match: Match, *, skippable: bool) -> Reading:
    """Leave a question open, unless the words begin an option's label as well."""
    if len(match.keys) == 1 and not match.guessed:
        return Accepted(match.keys[0], certain=False)
    return Accepted(SKIPPED) if skippable else Rejected("cannot_skip")


def _by_polarity(reply: str, options: Mapping[str, str], language: str) -> Accepted | None:
    """Read a yes or a no where two options are just that."""
    said = find_yes_no(reply, language)
    if said is None:
        return None
    match = match_label([_POLAR[said.answer]], options)
    if len(match.keys) != 1:
        return None
    return Accepted(match.keys[0], certain=said.certain and match.certain)


def _is_polar_label(key: str, options: Mapping[str, str]) -> bool:
    """Tell whether an option is a bare sí or no, which only `find_yes_no` reads with certainty."""
    return fold(options[key]) in _POLAR.values()


_POLAR = {"yes": "si", "no": "no"}


def _from(keys: tuple[str, ...], *, certain: bool = False) -> Reading:
    if not keys:
        return Rejected("not_understood")
    return Accepted(keys[0], certain) if len(keys) == 1 else Rejected("ambiguous", keys)
