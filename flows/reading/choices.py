"""Options: one of them, or several, named by digit, number word, ordinal or label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.languages.catalogue import find_named
from flows.reading.fold import fold
from flows.reading.labels import (
    Match,
    find_label,
    find_label_inside,
    make_labels,
    match_label,
    write_in_figures,
)
from flows.reading.numerals import begins_below_nought, find_number, find_ordinal
from flows.reading.phrases import (
    DENIALS,
    FILLER,
    LONGEST,
    find_correction,
    is_doubtful,
    is_figure,
    is_skip,
    split_words,
    words_of,
)
from flows.reading.ranges import find_bounded, find_in_range, find_range
from flows.reading.result import Accepted, Reading, Rejected
from flows.reading.yes_no import find_yes_no, is_neither

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

SKIPPED = "0"


def read_choice(
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
    if is_figure(reply):
        return _by_number([int(reply)], options, language, skippable=skippable)
    said = reply.strip()[: LONGEST + 1]
    reply = _NUMBERED.sub("num ", said)
    words = split_words(reply)
    if words is None:
        return Rejected("not_understood")
    meant = find_correction(words)
    reading = _read(reply, meant or words, options, language, skippable=skippable)
    is_doubted = (
        meant or reply != said or is_doubtful(reply) or begins_below_nought(fold(reply), language)
    )
    return reading.doubted() if is_doubted else reading


_NUMBERED = re.compile(r"\bno\. ?(?=\d)", re.IGNORECASE)
"""An option's number behind "No.", which may be a denial as well."""


def _read(  # noqa: PLR0911 - one way out for each way to answer
    reply: str, words: Sequence[str], options: Mapping[str, str], language: str, *, skippable: bool
) -> Reading:
    named = find_label(words, options, language)
    if named is not None:
        return Accepted(named)
    inside = find_label_inside(words, options, language)
    if inside is not None:
        return Accepted(inside[0], certain={*inside[1]} <= _BESIDE | {inside[0]})
    numbers, rest = scan(words, language, kept=make_labels(options).single)
    if numbers:
        bounded = find_bounded(fold(reply), options, language)
        if bounded is not None:
            return _from(bounded) if bounded else Rejected("out_of_range")
        return _read_numbers(numbers, rest, words, options, language, skippable=skippable)
    match = match_label(words, options)
    if is_skip(words):
        return _skip(match, options, skippable=skippable)
    polar = _by_polarity(reply, options, language)
    if polar is not None and (polar.certain or not match.keys):
        return polar
    languages = () if match.keys and not match.guessed else _by_language(words, options)
    if not match.keys or len(languages) > 1:
        return _from(languages or _last(words, options))
    polar_labels = [_is_polar_label(key, options) for key in match.keys]
    if match.guessed and all(polar_labels) and is_neither(words):
        return Rejected("not_understood")
    return _from(match.keys, certain=match.certain and not polar_labels[0])


def _last(words: Sequence[str], options: Mapping[str, str]) -> tuple[str, ...]:
    """Give the last option to who asks for "la última"; on a screen that turns it may be another."""
    said = {word for word in words if word not in FILLER}
    return (*options,)[-1:] if said in ({"ultima"}, {"ultimo"}) else ()


_SPEAKING = frozenset(
    "hablo hablamos yo se es el la mi nuestro idioma lengua de en quiero prefiero mejor".split()
)
_AND = re.compile(r" (?:y|o|e|u) ")


def _by_language(words: Sequence[str], options: Mapping[str, str]) -> tuple[str, ...]:
    """Find the options that are languages by other names: "kekchí", "hablo k iche y mam"."""
    said = " ".join(word for word in words if word not in _SPEAKING)
    codes = {code for name in _AND.split(said) if (code := find_named(name))}
    return tuple(key for key, label in options.items() if find_named(label) in codes)


def _read_numbers(  # noqa: PLR0913 - the reply as it was taken apart
    numbers: Sequence[int],
    rest: Sequence[str],
    words: Sequence[str],
    options: Mapping[str, str],
    language: str,
    *,
    skippable: bool,
) -> Reading:
    is_plain = {*rest} <= _BESIDE
    ranged = find_range(numbers, options, language) if len(numbers) == _ENDS else None
    if ranged is not None and is_plain:
        return Accepted(ranged, certain=not {*map(str, numbers)} <= options.keys())
    if not rest:
        reading = _by_number(numbers, options, language, skippable=skippable)
        return reading.doubted() if is_count(words) else reading
    if len(numbers) == 1 and {*rest} <= _BESIDE | _ABOUT:
        return _unless_label(str(numbers[0]), options, language).doubted()
    return _by_both(numbers, rest, options)


_ENDS = 2
"""A range has two."""
_BESIDE = frozenset("entre anos ano edad tengo".split())
"""Words beside a label that has figures in it, or an age: "entre 18 y 25 años"."""
_ABOUT = frozenset("unos unas como casi aproximadamente cumplidos ya".split())
"""Words before an age that somebody does not know to the year: "unos 50 años"."""


def has_number(reply: str, language: str = "es") -> bool:
    """Tell whether a reply names a number, in figures or in words."""
    return is_figure(reply) or bool(scan(split_words(reply) or [], language)[0])


def is_count(words: Sequence[str]) -> bool:
    """Tell whether "las dos" may say how many rather than which."""
    return len(words) == 2 and words[0] in {"las", "los"}  # noqa: PLR2004


def scan(
    words: Sequence[str], language: str, kept: frozenset[str] = frozenset()
) -> tuple[list[int], list[str]]:
    """Part a reply into the numbers it names and the words that are not filler, or are `kept`."""
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
        elif word not in FILLER or word in kept:
            rest.append(word)
        at += 1
    if not numbers and not rest and _ARTICLES & set(words):
        numbers = [1]
    return numbers, rest


_ARTICLES = frozenset({"un", "una"})


def _by_number(
    numbers: Sequence[int], options: Mapping[str, str], language: str, *, skippable: bool
) -> Reading:
    named = list(dict.fromkeys(map(str, numbers)))
    if named == [SKIPPED] and SKIPPED not in options:
        return Accepted(SKIPPED) if skippable else Rejected("cannot_skip")
    if len(named) > 1:
        shown = _in_order(named, options)
        return Rejected("ambiguous", shown) if len(shown) > 1 else Rejected("not_understood")
    return _unless_label(named[0], options, language)


def _unless_label(digit: str, options: Mapping[str, str], language: str) -> Reading:
    """Take the digit, unless another option's label is that very number, or begins with it."""
    figures = write_in_figures(options, language)
    begun = {key: label for key, label in figures.items() if label[:1] == (digit,) != (key,)}
    labelled = [key for key, label in begun.items() if len(label) == 1]
    if digit not in options:
        if len(labelled) == 1:
            return Accepted(labelled[0])
        ranged = find_in_range(int(digit), options, language)
        return Accepted(ranged, certain=False) if ranged else Rejected("out_of_range")
    if labelled:
        return Rejected("ambiguous", _in_order({digit, *labelled}, options))
    return Accepted(digit, certain=not begun)


def _in_order(keys: Collection[str], options: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key for key in options if key in keys)


def _by_both(numbers: Sequence[int], rest: Sequence[str], options: Mapping[str, str]) -> Reading:
    """Read a number with words: certain where both name the same option."""
    named = [digit for digit in dict.fromkeys(map(str, numbers)) if digit in options]
    match = match_label(rest, options)
    keys = _in_order({*named, *match.keys}, options)
    if named and match.certain and len(keys) == 1:
        return Accepted(keys[0])
    if DENIALS & set(rest):
        return Rejected("not_understood")
    return _from(keys)


def _skip(match: Match, options: Mapping[str, str], *, skippable: bool) -> Reading:
    """Leave a question open, unless the words begin an option's label, or one says so too."""
    keys = match.keys if not match.guessed else ()
    keys = keys or tuple(key for key, label in options.items() if is_skip(words_of(fold(label))))
    if len(keys) == 1:
        return Accepted(keys[0], certain=False)
    return Accepted(SKIPPED) if skippable else Rejected("cannot_skip")


def _by_polarity(reply: str, options: Mapping[str, str], language: str) -> Accepted | None:
    """Read a yes or a no where two options are just that."""
    said = find_yes_no(reply, language)
    if said is None:
        return None
    match = match_label([_POLAR[said.answer]], options)
    if len(match.keys) == 1:
        return Accepted(match.keys[0], certain=said.certain and match.certain)
    labelled = {key: find_yes_no(label, language) for key, label in options.items()}
    polar = {known.answer: key for key, known in labelled.items() if known and known.certain}
    return Accepted(polar[said.answer], certain=False) if len(polar) == len(_POLAR) else None


def _is_polar_label(key: str, options: Mapping[str, str]) -> bool:
    """Tell whether an option is a bare sí or no, which only `find_yes_no` reads with certainty."""
    return fold(options[key]) in _POLAR.values()


_POLAR = {"yes": "si", "no": "no"}


def _from(keys: tuple[str, ...], *, certain: bool = False) -> Reading:
    if not keys:
        return Rejected("not_understood")
    return Accepted(keys[0], certain) if len(keys) == 1 else Rejected("ambiguous", keys)
