"""The gazetteer: places by their code, and every wording that can mean one."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from io import StringIO
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.data import read_bytes
from flows.reading.fold import fold
from flows.reading.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CONNECTORS = frozenset("de del el la las los".split())
"""People put them in and leave them out, so they are left out of every wording."""

SAINTS = frozenset("san santa santo santiago concepcion nueva nuevo pueblo villa".split())
"""What many names begin with: alone it says nothing."""

COMMON = frozenset(
    "flores paz alto altos union casas independencia reforma libertad democracia esperanza jesus "
    "cuesta golfo rodeo idolo maquina minas naranjo palo gordo milpas altas aguas calientes laguna "
    "lima visitacion bautista costa progreso seca vieja blanca blanco bravo hondo agua rio cruces "
    "amates monjas pastores morales dolores casillas granados oratorio playa grande antigua viejo "
    "capital adelanto tejar palmar rodeo concepcion jerez catarina toto alta baja quetzal tumbador "
    "ciudad puerto nueva nuevo villa pueblo atitlan san santa santo santiago magdalena todos".split()
)
"""Words of names that are also everyday words: so uncertain beside words we do not know."""

_HOLY = frozenset({"san", "santa", "santo"})
"""What stands before a given name: "Gabriel" alone is a person."""

_ABBREVIATED = MappingProxyType(
    {
        "sta": "santa",
        "snta": "santa",
        "sto": "santo",
        "snto": "santo",
        "sn": "san",
        "s": "san",
        "stgo": "santiago",
        "sntgo": "santiago",
        "pto": "puerto",
        "pta": "puerta",
        "cd": "ciudad",
        "cdad": "ciudad",
        "nva": "nueva",
        "nvo": "nuevo",
        "conc": "concepcion",
        "fco": "francisco",
        "fsco": "francisco",
        "ma": "maria",
    }
)


class Strength(IntEnum):
    """How a wording stands to a place; the strongest reading of a wording counts alone."""

    PART = 1
    """The beginning or the end of a name."""
    NAME = 2
    """A whole name, or an alias."""


@dataclass(frozen=True, slots=True)
class Place:
    """A department (two digits of INE) or a municipality (four); `department` is its own."""

    code: str
    name: str
    department: str


@cache
def places() -> Mapping[str, Place]:
    """Map each code to its place, departments first."""
    found = {row["code"]: Place(row["code"], row["name"], row["name"]) for row in _departments()}
    for row in _municipalities():
        code = row["code"]
        found[code] = Place(code, row["name"], found[code[:2]].name)
    return MappingProxyType(found)


def label(code: str) -> str:
    """Say a place's name: "San Pedro Sacatepéquez, San Marcos"; a department's alone.

    A department that shares its name with a municipality elsewhere says that it is one.
    """
    place = places().get(code)
    if place is None:
        return code
    if place.code == place.code[:2]:
        elsewhere = any(
            other.name == place.name and not other.code.startswith(code)
            for other in places().values()
        )
        return f"Departamento de {place.name}" if elsewhere else place.name
    return f"{place.name}, {place.department}"


def separate(words: Iterable[str]) -> list[str]:
    """Write a name's words apart as they should be: "santarosa de lima", "huehue tenango"."""
    parted = [part for word in words for part in _separate(word)]
    found: list[str] = []
    for word in parted:
        if found and word not in _known_words() and (f"{found[-1]}{word}",) in names():
            found[-1] += word
        else:
            found.append(word)
    return found


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for words in wordings() for word in words)


def _separate(word: str) -> tuple[str, ...]:
    for saint in ("santa", "santo", "san"):
        if word.startswith(saint) and (saint, word.removeprefix(saint)) in _saints():
            return saint, word.removeprefix(saint)
    return (word,)


@cache
def _saints() -> frozenset[tuple[str, str]]:
    """Give each saint that a name begins with, and the word after."""
    words = [name_words(words_of(fold(name))) for _, name in _all_names()]
    return frozenset((name[0], name[1]) for name in words if len(name) > 1 and name[0] in _HOLY)


def name_words(words: Iterable[str]) -> list[str]:
    """Write a name's words as the wordings here are written."""
    return [_ABBREVIATED.get(word, word) for word in words if word not in CONNECTORS]


@cache
def wordings() -> Mapping[tuple[str, ...], tuple[Strength, tuple[str, ...]]]:
    """Map each wording to its strength and the codes it may mean, in their order."""
    found: dict[tuple[str, ...], dict[str, Strength]] = defaultdict(dict)
    for code, words, strength in _all_wordings():
        found[words][code] = max(strength, found[words].get(code, Strength.PART))
    index = {}
    for words, codes in found.items():
        best = max(codes.values())
        index[words] = (best, tuple(sorted(code for code in codes if codes[code] == best)))
    return MappingProxyType(index)


@cache
def names() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Map the whole names and aliases alone to their codes."""
    return MappingProxyType(
        {
            words: codes
            for words, (strength, codes) in wordings().items()
            if strength is Strength.NAME
        }
    )


def _all_wordings() -> Iterator[tuple[str, tuple[str, ...], Strength]]:
    for code, name in _all_names():
        words = tuple(name_words(words_of(fold(name))))
        yield code, words, Strength.NAME
        yield code, ("".join(words_of(fold(name))),), Strength.NAME
        yield code, ("".join(words),), Strength.NAME
    for row in (*_municipalities(),):
        words = tuple(name_words(words_of(fold(row["name"]))))
        for cut in range(1, len(words)):
            if set(words[:cut]) - (SAINTS - {"santiago", "concepcion"}):
                yield row["code"], words[:cut], Strength.PART
            if set(words[cut:]) - SAINTS and words[cut - 1] not in _HOLY:
                yield row["code"], words[cut:], Strength.PART


def _all_names() -> Iterator[tuple[str, str]]:
    for row in (*_departments(), *_municipalities()):
        yield row["code"], row["name"]
        if row.get("also"):
            yield row["code"], row["also"]
    for row in _read("aliases.csv"):
        yield row["code"], row["alias"]


def _departments() -> list[dict[str, str]]:
    return _read("departments.csv")


def _municipalities() -> list[dict[str, str]]:
    return _read("municipalities.csv")


@cache
def _read(name: str) -> list[dict[str, str]]:
    text = read_bytes("reading", "places", name).decode()
    return list(csv.DictReader(StringIO(text)))
