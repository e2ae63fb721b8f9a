"""Number words: the Spanish ones, which compose, and those that other languages attest."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from flows.languages.catalogue import languages
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_WORD = 300
"""Signs beyond which nothing is a number: longer than any answer, and Python reads no more than
4,300 digits."""
_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres "
    "veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
).split()
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos "
    "ochocientos novecientos"
).split()
_ORDINALS = "primero segundo tercero cuarto quinto sexto septimo octavo noveno decimo".split()


@lru_cache(maxsize=8192)  # the words of labels and the commonest of answers
def sound(word: str) -> str:
    """Write a word as it sounds, so that "dies", "sinco" and "tress" are what they mean."""
    word = re.sub(r"([a-z])\1+", r"\1", re.sub(r"c(?=[ei])|z", "s", word))
    word = re.sub(r"qu(?=a)", "cu", word).replace("v", "b")
    return re.sub(r"(?<!c)h", "", word)


def _by_sound(pairs: Mapping[str, int]) -> Mapping[str, int]:
    return {sound(word): value for word, value in pairs.items()}


_SMALL = _by_sound(
    {
        **{word: value for value, word in enumerate(_UNITS)},
        "un": 1,
        "una": 1,
        "veintiun": 21,
        "veintiuna": 21,
    }
)
_TEN = _by_sound({"veinte": 20, **{word: 30 + 10 * n for n, word in enumerate(_TENS)}})
_HUNDRED = _by_sound(
    {
        "cien": 100,
        **{word: 100 * n for n, word in enumerate(_HUNDREDS, 1)},
        **{f"{word[:-2]}as": 100 * n for n, word in enumerate(_HUNDREDS[1:], 2)},
        "docientos": 200,
        "trecientos": 300,
    }
)
_ORDINAL = _by_sound(
    {
        **{word: n for n, word in enumerate(_ORDINALS, 1)},
        **{f"{word[:-1]}a": n for n, word in enumerate(_ORDINALS, 1)},
        "primer": 1,
        "tercer": 3,
        "setimo": 7,
        "setima": 7,
    }
)
_JOINED = re.compile(rf"({'|'.join(sound(ten)[:-1] for ten in _TENS)})a?[iy](.+)")
"""Run together: "treintaicinco", "treinticinco"."""


def find_ordinal(word: str) -> int | None:
    """Read "primera", "tercer", and the like."""
    return _ORDINAL.get(sound(word))


@cache
def _attested(language: str) -> Mapping[str, int]:
    """Map the number words of every language, folded; the conversation's own come first.

    People drop the glottal mark: a word without it stands for the one with it where it is
    four letters or longer, or where it is the conversation's own.
    """
    own = languages().get(language)
    ordered = [*languages().values(), *([own] if own else [])]
    found: dict[str, int] = {}
    for entry in ordered:
        for word, value in entry.numerals.items():
            full = fold(word)
            bare = full.replace("'", "")
            found[full] = value
            if len(bare) >= 4 or entry is own:  # noqa: PLR2004 - said above
                found[bare] = value
    return found


def find_number(words: Sequence[str], start: int, language: str) -> tuple[int, int] | None:
    """Read the longest number that begins at a place.

    Args:
        words: folded words and figures.
        start: where to begin.
        language: whose number words are read besides the Spanish ones.

    Returns:
        Its value and the place after it, or None where no number begins there.
    """
    word = words[start]
    if len(word) > LONGEST_WORD:
        return None
    if word.isdecimal() and words[start + 1 : start + 2] != ["mil"]:
        return int(word), start + 1
    sounds = [sound(each) for each in words[start : start + 12]]
    parts = _split_thousands(sounds[0])
    spanish = _find_spanish([*parts, *sounds[1:]])
    if spanish is not None:
        value, length = spanish
        return value, start + length - len(parts) + 1
    if word.isdecimal():
        return int(word), start + 1
    value_of = _attested(language)
    attested = value_of.get(word, value_of.get(word.strip("'")))
    return None if attested is None else (attested, start + 1)


def begins_below_nought(folded: str, language: str) -> bool:
    """Tell whether a reply begins with a minus and a number: "-1", "(-1)", "menos uno", "- 1".

    It may as well be the bullet of a list, so nobody can be certain of the option "1".
    """
    found = _BELOW.match(folded)
    words = _WORDS.findall(folded[found.end() :]) if found else []
    return bool(words) and find_number(words, 0, language) is not None


_BELOW = re.compile(r"[^\w-]*(?:-[ -]*|menos )")
_WORDS = re.compile(r"[^\W_]+")


def in_figures(words: Sequence[str], language: str) -> tuple[str, ...]:
    """Write the number words among others in figures: "dos veces" is `("2", "veces")`."""
    found: list[str] = []
    at = 0
    while at < len(words):
        number = find_number(words, at, language)
        found.append(words[at] if number is None else str(number[0]))
        at = at + 1 if number is None else number[1]
    return tuple(found)


def _split_thousands(sound: str) -> tuple[str, ...]:
    """Part "dosmil" into its two words."""
    first = sound.removesuffix("mil")
    group = _find_group([first], 0) if first != sound else None
    return (first, "mil") if group is not None and group[0] else (sound,)


def _find_spanish(sounds: Sequence[str]) -> tuple[int, int] | None:
    """Read millions, thousands and the rest from the beginning of a list."""
    total, at = 0, 0
    for names, scale in ((_MILLIONS, 1_000_000), (_THOUSANDS, 1000)):
        group = _find_group(sounds, at)
        value, after = group or (int(scale == 1000), at)  # noqa: PLR2004 - "mil" is one of them
        if after < len(sounds) and sounds[after] in names and value:
            total, at = total + value * scale, after + 1
    group = _find_group(sounds, at)
    if group is not None and (group[0] or not total):
        return total + group[0], group[1]
    return (total, at) if at else None


_UNDER_THOUSAND = re.compile(r"\d{1,3}")
_MILLIONS = frozenset({sound("millon"), sound("millones")})
_THOUSANDS = frozenset({"mil"})


def _find_group(sounds: Sequence[str], start: int) -> tuple[int, int] | None:
    """Read a number below a thousand."""
    at, value = start, 0
    if _UNDER_THOUSAND.fullmatch("".join(sounds[at : at + 1])):
        return int(sounds[at]), at + 1
    if at < len(sounds) and sounds[at] in _HUNDRED:
        value, at = _HUNDRED[sounds[at]], at + 1
    if at < len(sounds):
        tail = _find_tens(sounds, at)
        if tail is not None and (tail[0] or not value):
            return value + tail[0], tail[1]
    return (value, at) if at > start else None


def _find_tens(sounds: Sequence[str], at: int) -> tuple[int, int] | None:
    """Read a number below a hundred: one word, or "treinta y uno"."""
    sound = sounds[at]
    joined = _JOINED.fullmatch(sound)
    if joined and 0 < _SMALL.get(joined[2], 0) < 10:  # noqa: PLR2004 - a unit
        return _TEN[f"{joined[1]}a"] + _SMALL[joined[2]], at + 1
    if sound in _TEN:
        rest = sounds[at + 1 : at + 3]
        if len(rest) == 2 and rest[0] in {"y", "i"} and 0 < _SMALL.get(rest[1], 0) < 10:  # noqa: PLR2004
            return _TEN[sound] + _SMALL[rest[1]], at + 3
        return _TEN[sound], at + 1
    return (_SMALL[sound], at + 1) if sound in _SMALL else None
