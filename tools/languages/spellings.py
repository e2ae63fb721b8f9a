"""How else the same sentence is written: what the training makes copies for.

People drop the glottal marks, put a space for them, or write as the Bibles and
schoolbooks before the alphabet of 1987 did. No corpus of ours is spelled so; a copy of each
sentence is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.languages.letters import MARK, Letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MODERN = "modern"
UNMARKED = "unmarked"
OLDER = "older"


def _older_word(word: str) -> str:
    """Spell a word as before 1987: c and qu for k, k for q, b for bʼ; marks stay on the rest."""
    for pattern, letters in _OLDER:
        word = pattern.sub(letters, word)
    return word.lower()


_OLDER = (
    (re.compile(f"k{MARK}(?=[ei])"), f"Q{MARK}u"),
    (re.compile(f"k{MARK}"), f"C{MARK}"),
    (re.compile("k(?=[ei])"), "Qu"),
    (re.compile("k"), "C"),
    (re.compile("q"), "K"),
    (re.compile(f"b{MARK}"), "b"),
)
"""Capitals are letters already done."""


def _unmarked_word(word: str) -> str:
    return word.replace(MARK, "")


def _modern(letters: Letters) -> Iterator[Letters]:
    yield letters


def _unmarked(letters: Letters) -> Iterator[Letters]:
    yield _respell(letters, _unmarked_word)
    parts = (part for word in letters.words for part in word.split(MARK) if part)
    yield Letters(tuple(parts), letters.accents)


def _older(letters: Letters) -> Iterator[Letters]:
    older = _respell(letters, _older_word)
    yield older
    yield _respell(older, _unmarked_word)


def _respell(letters: Letters, respell: Callable[[str], str]) -> Letters:
    return Letters(tuple(map(respell, letters.words)), letters.accents)


SPELLINGS: Mapping[str, Callable[[Letters], Iterator[Letters]]] = {
    MODERN: _modern,
    UNMARKED: _unmarked,
    OLDER: _older,
}
"""Spelling -> the copies that are counted for it."""
