"""The languages as data: `languages.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flows.data import read_bytes
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS = re.compile(r"[^\w ]")
_SPEAKING = re.compile(r"^(?:en|(?:yo )?hablo) ")
_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Language:
    """One language; what nobody attests is empty.

    Attributes:
        code: ISO 639-3 (639-1 for Spanish and English), or our own `agu-x-chalchi`.
        name: its Spanish name.
        own_name: what its speakers call it.
        also: how else Spanish spells its name.
        mayan: whether it is a Mayan language.
        sms_keep, sms_fold: the letters where it departs from the common rule of
            `flows.text.gsm7`.
        courtesy: words that may stand beside an answer and say nothing.
        yes, no: whole answers that can mean nothing else.
        yes_maybe, no_maybe: answers that are worth asking back.
        numerals: number word -> number.
        service: `flows.service.Word` value -> the words for it.
        sources: field -> where it comes from.
    """

    code: str
    name: str
    own_name: str | None = None
    also: tuple[str, ...] = ()
    mayan: bool = False
    sms_keep: tuple[str, ...] = ()
    sms_fold: tuple[str, ...] = ()
    courtesy: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    yes_maybe: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    no_maybe: tuple[str, ...] = ()
    numerals: Mapping[str, int] = field(default_factory=lambda: _EMPTY)
    service: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _EMPTY)
    sources: Mapping[str, str] = field(default_factory=lambda: _EMPTY)

    @property
    def autonym(self) -> str:
        """Give the name to show in a menu: its own where attested, else the Spanish one."""
        return self.own_name or self.name


@cache
def languages() -> Mapping[str, Language]:
    """Map each language's code to its entry, in the order of the file."""
    table = tomllib.loads(read_bytes("languages", "languages.toml").decode())
    return MappingProxyType({code: _make_language(code, entry) for code, entry in table.items()})


def find_language(code: str) -> Language:
    """Give a language by its code; one without an entry is itself and nothing more."""
    return languages().get(code) or Language(code, code)


def find_named(text: str) -> str | None:
    """Find the language that a text names, by any of its names, with or without the marks.

    A keypad has no apostrophe, so some leave a blank: "k iche", "q anjob al".
    """
    name = _SPEAKING.sub("", _bare(text))
    return _names().get(name) or _marked_names().get(name.replace(" ", ""))


@cache
def _names() -> Mapping[str, str]:
    return {
        _bare(name): code
        for code, language in languages().items()
        for name in (language.autonym, language.name, *language.also)
    }


@cache
def _marked_names() -> Mapping[str, str]:
    """Map the names that have a mark between two letters, written without it."""
    return {
        _bare(name).replace(" ", ""): code
        for code, language in languages().items()
        for name in (language.autonym, language.name)
        if "'" in fold(name).rstrip("'")
    }


def _bare(name: str) -> str:
    return _MARKS.sub("", fold(name)).strip()


def _make_language(code: str, entry: Mapping[str, Any]) -> Language:
    return Language(code, **{name: _freeze(value) for name, value in entry.items()})


def _freeze(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return MappingProxyType({key: _freeze(inner) for key, inner in value.items()})
    return value
