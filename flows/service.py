"""Service words: what leaves, helps, goes back, before any question is looked at.

A word counts only as the *whole* message: "hay que parar la corrupción" is a proposal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from flows.folio import find_folio
from flows.languages.catalogue import find_named, languages
from flows.reading.fold import fold
from flows.reading.phrases import is_figure

if TYPE_CHECKING:
    from collections.abc import Mapping


class Word(Enum):
    """What a service word asks for; the values are the keys of `languages.toml`."""

    STOP = "stop"
    ERASE = "erase"
    HELP = "help"
    BACK = "back"
    LANGUAGE = "language"
    PROPOSAL = "proposal"
    LINK = "link"
    ENTER = "enter"


@dataclass(frozen=True, slots=True)
class Service:
    """A service word, and the folio that came with it where one did."""

    word: Word
    folio: str | None = None


_SIGNS = re.compile(r"[^\w' ]+")
_POLITE = (" por favor", " porfa", " gracias")
_LONGEST = 60
_MISTYPED = re.compile(r"(?=\w*\d)\w{5,9}|\w{7}")
"""What is meant for a folio and is none: she is told so, and it answers no question."""


@cache
def _words() -> Mapping[str, Word]:
    return {
        fold(text): word
        for language in languages().values()
        for word in Word
        for text in language.service.get(word.value, ())
    }


@cache
def list_words(word: Word) -> frozenset[str]:
    """List the words, folded, that any language attests for a service."""
    return frozenset(text for text, meant in _words().items() if meant is word)


def find_service(text: str, keywords: tuple[str, ...] = ()) -> Service | None:
    """Find the service word a whole message is, in any language that attests one.

    A full stop, quotes and "por favor" are forgiven; `keywords` (folded) enter as well.
    """
    if len(text) > _LONGEST or (is_figure(text) and text not in keywords):
        return None
    core = " ".join(_SIGNS.sub(" ", fold(text)).split()).removeprefix("por favor ")
    for ending in _POLITE:
        if core.endswith(ending):
            core = core.removesuffix(ending)
            break
    if core in keywords:
        return Service(Word.ENTER)
    if (word := _words().get(core)) is not None:
        return Service(word)
    first, _, rest = core.partition(" ")
    if _words().get(first) is Word.LANGUAGE and find_named(rest) is not None:
        return Service(Word.LANGUAGE)
    if _words().get(first) is Word.PROPOSAL:
        folio = find_folio(rest)
        if folio is not None or _MISTYPED.fullmatch(rest):
            return Service(Word.PROPOSAL, folio or rest.upper())
    return None
