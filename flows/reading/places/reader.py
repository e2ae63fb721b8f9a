"""Read where a person lives out of what she wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from flows.reading.phrases import DENIALS, is_doubtful, is_skip, split_words
from flows.reading.places.gazetteer import COMMON, Strength, name_words, names, places, separate
from flows.reading.places.guessing import guess, guess_around
from flows.reading.places.mentions import AROUND, Mention, find_mentions
from flows.reading.result import Accepted, Reading, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Level = Literal["department", "municipality"]

_ELSEWHERE = frozenset(
    "mexico honduras salvador belice estados unidos usa eeuu nicaragua chiapas tapachula "
    "angeles canada espana houston miami".split()
)
"""Words that name places abroad: a name beside one is not ours."""

_HESITATIONS = frozenset(
    "naci nacido nacida era vivia cerca trabajo trabajaba estudio entre tal vez quizas creo antes "
    "mude mudamos o voy viajo rumbo camino lejos afuera limite km kilometros".split()
)
"""Words that leave open whether she lives there."""

_COUNTRY = ("guatemala",)
"""The country after a place of it; the capital where it has words of its own: "vivo en …"."""


def read_place(  # noqa: PLR0911 - one way out for each way to answer
    reply: str,
    *,
    level: Level | None = None,
    within: str = "",
    skippable: bool = False,
) -> Reading:
    """Read a department or a municipality.

    Args:
        reply: as received.
        level: what is asked for; None takes either, the municipality where both fit.
        within: a department's code: only its municipalities are meant.
        skippable: whether 0, or "no sé", leaves the question open.

    Returns:
        `Accepted` with INE's code, two digits for a department and four for a municipality;
        `ambiguous` with the codes where several places fit.
    """
    words = split_words(reply)
    if not words:
        return Rejected("not_understood")
    if is_skip(words):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    if set(words) & _ELSEWHERE:
        return Rejected("not_understood")
    words = _without_zone(separate(words))
    mentions, unknown = find_mentions(words)
    if len(words) > 1:
        everyday = [each for each in mentions if _is_everyday(each)]
        mentions = [each for each in mentions if each not in everyday]
        unknown += [
            word
            for each in everyday
            if not each.is_inside
            for word in each.words
            if word not in AROUND
        ]
    if unknown and (misspelt := _misspelt(words, unknown, within)):
        return _asked(_at_level(misspelt, level))
    proper = [mention for mention in mentions if not mention.is_inside]
    doubtful = bool(set(words) & (_HESITATIONS | DENIALS)) or not proper or is_doubtful(reply)
    doubtful = doubtful or (len(mentions) > 1 and _has_moved(words)) or _is_of_others(words)
    mentions = proper or mentions
    if not mentions:
        return _zone(words, level, within) or _guess(words, level, within)
    if unknown and len(mentions) == 1 and (nearer := _nearer(unknown, mentions[0])):
        return _asked(_at_level(nearer, level))
    codes = _at_level(_resolve(mentions, level), level)
    inside = _inside(codes, mentions, level, within)
    if isinstance(inside, Accepted | Rejected):
        return inside
    certain = not doubtful and _is_certain(mentions, inside, unknown, level, within)
    return Accepted(inside, certain=certain)


def _inside(
    codes: Sequence[str], mentions: Sequence[Mention], level: Level | None, within: str
) -> str | Reading:
    """Give the one code that is asked for, or what to say where it is not just one."""
    inside = [code for code in codes if code.startswith(within)]
    if level == "municipality" or (within and level is None):
        inside = [code for code in inside if len(code) > _OF_DEPARTMENT]
        longer = [] if inside else _longer(mentions, within)
        if longer:
            return _asked(longer)
    if not inside:
        return Rejected("out_of_range")
    return Rejected("ambiguous", tuple(inside)) if len(inside) > 1 else inside[0]


def _without_zone(words: Sequence[str]) -> list[str]:
    """Leave out a zone's number, which says nothing of the town: "zona 3 xela", "z.18"."""
    kept: list[str] = []
    for word in words:
        if word.isdecimal() and kept[-1:] in (["zona"], ["z"]):
            kept[-1] = "zona"
        else:
            kept.append(word)
    return kept


def _has_moved(words: Sequence[str]) -> bool:
    """Tell whether somebody says where she is from and where she lives."""
    said = " ".join(words)
    return _FROM.search(said) is not None and not _LIVES.isdisjoint(words)


_FROM = re.compile(r"\b(?:soy|somos|originari[oa]s?|familia es|gente es) del?\b")
_LIVES = frozenset("vivo vivimos resido residimos estoy estamos".split())


def _is_of_others(words: Sequence[str]) -> bool:
    """Tell whether it says where somebody else is from: "mi esposo es de Cobán"."""
    return _OTHERS.search(" ".join(words)) is not None


_OTHERS = re.compile(
    r"\b(?:papa|mama|padres|espos[oa]|marido|abuel[oa]s?|suegr[oa]s?|novi[oa]|amig[oa]s?|"
    r"herman[oa]s?|hij[oa]s?) (?:es|son|viven?|esta|estan) (?:de|en)\b"
)


def _is_everyday(mention: Mention) -> bool:
    """Tell whether a part of a name is nothing but everyday words, as in "hace falta agua"."""
    everyday = mention.strength is Strength.PART and COMMON.issuperset(mention.words)
    return everyday and len(mention.words) == 1


def _nearer(unknown: Sequence[str], mention: Mention) -> list[str]:
    """Guess a municipality that was misspelt beside its department: "Nevaj, Quiché"."""
    found = {code for own in mention.departments for code in guess(unknown, own)}
    return sorted(found - set(mention.codes))


def _misspelt(words: Sequence[str], unknown: Sequence[str], within: str) -> list[str]:
    """Guess a name of several words, in the department named beside it where one is."""
    codes, beside = guess_around(name_words(words), unknown)
    departments = {code for each in find_mentions(beside)[0] for code in each.departments}
    inside = [code for code in codes if code.startswith(within)]
    return [code for code in inside if code[:2] in departments] or inside


def _zone(words: Sequence[str], level: Level | None, within: str) -> Reading | None:
    """Take a zone alone for the capital's: other towns have zones too, so it is asked."""
    if "zona" not in words or not _CAPITAL.startswith(within):
        return None
    return Accepted(_CAPITAL[:2] if level == "department" else _CAPITAL, certain=False)


_CAPITAL = "0101"
_OF_DEPARTMENT = 2
"""Digits of a department's code."""


def _resolve(mentions: Sequence[Mention], level: Level | None) -> list[str]:
    """Find the places that all mentions together can mean: a municipality and its department."""
    if len(mentions) == 1:
        return _alone(mentions[0], level)
    fitting = _consistent(mentions) or _consistent([_widened(each) for each in mentions])
    if not fitting:
        last = {"", *(mention.words[-1] for mention in mentions)}
        ours = [each for each in mentions if each.words != _COUNTRY or each.cue not in last]
        if len(ours) < len(mentions) and ours:
            return _resolve(ours, level)
        return _unique(code for mention in mentions for code in _alone(mention, level))
    return fitting


def _widened(mention: Mention) -> Mention:
    """Let a wording stand for longer names that begin so: "San Marcos, Sololá"."""
    n = len(mention.words)
    longer = {
        code for name, codes in names().items() if name[:n] == mention.words for code in codes
    }
    return replace(mention, codes=tuple(sorted({*mention.codes, *longer})))


def _longer(mentions: Sequence[Mention], within: str) -> list[str]:
    """Find the municipalities whose names begin or end as one said: "Santa Rosa", "Quiché"."""
    said = [(len(mention.words), mention.words) for mention in mentions]
    found = {
        code
        for name, codes in names().items()
        for code in codes
        if len(code) > _OF_DEPARTMENT
        and code.startswith(within)
        and any(words in (name[:n], name[-n:]) for n, words in said)
    }
    return sorted(found)


def _consistent(mentions: Sequence[Mention]) -> list[str]:
    return _unique(
        code
        for at, mention in enumerate(mentions)
        for code in mention.municipalities
        if all(
            code[:2] in other.departments or code in other.municipalities
            for place, other in enumerate(mentions)
            if place != at
        )
    )


def _alone(mention: Mention, level: Level | None) -> list[str]:
    """Choose between a municipality and a department of one name."""
    towns, departments = mention.municipalities, mention.departments
    if level == "department" and departments:
        return list(departments)
    if not towns or not departments:
        return list(towns or departments)
    own = [code for code in towns if code[:2] in departments]
    if own:
        return own
    return list(towns) if level == "municipality" else [*departments, *towns]


def _at_level(codes: Sequence[str], level: Level | None) -> list[str]:
    return _unique(code[:2] for code in codes) if level == "department" else list(codes)


def _is_certain(  # noqa: PLR0911 - each reason to doubt
    mentions: Sequence[Mention], code: str, unknown: Sequence[str], level: Level | None, within: str
) -> bool:
    if len(mentions) > 1:
        return True
    mention = mentions[0]
    telling = [word for word in mention.words if word not in COMMON]
    if unknown and (not telling or mention.strength is Strength.PART or mention.departments):
        return False
    if level == "department":
        return mention.strength is Strength.NAME or bool(telling)
    if mention.strength is Strength.PART:
        return bool(telling) and len("".join(telling)) > 3  # noqa: PLR2004 - "paz"
    if within or mention.abbreviated:
        return True
    if mention.departments:
        return code[:2] in mention.departments
    return not _has_rivals(mention.words, code)


@lru_cache(maxsize=1024)  # there are some hundred names
def _has_rivals(words: tuple[str, ...], code: str) -> bool:
    """Tell whether people shorten other names to this one: "San Andrés" is Itzapa and Xecul too."""
    n = len(words)
    return any(
        name[:n] == words and len(name) > n and code not in codes for name, codes in names().items()
    )


def _guess(words: Sequence[str], level: Level | None, within: str) -> Reading:
    return _asked(_at_level(guess(name_words(words), within), level))


def _asked(codes: Sequence[str]) -> Reading:
    """Ask back: which of these, or whether this one."""
    towns = [code for code in codes if len(code) > 2]  # noqa: PLR2004 - a municipality
    codes = [
        code
        for code in codes
        if not any(
            town.startswith(code) and _same_name(town, code) for town in towns if town != code
        )
    ]
    if not codes:
        return Rejected("not_understood")
    if len(codes) > 1:
        return Rejected("ambiguous", tuple(codes))
    return Accepted(codes[0], certain=False)


def _same_name(one: str, other: str) -> bool:
    return places()[one].name == places()[other].name


def _unique(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
