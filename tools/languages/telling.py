"""Which of a language's most telling 4-grams tell it from the languages we have text of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flows.languages.letters import read_letters
from flows.languages.strangers import PIECE, pieces_of
from tools.languages.spellings import SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.languages.letters import Letters

COMMON = 3e-4
"""A piece that makes up more of any other language's text than this tells nothing."""

BIBLICAL = read_letters("dios jesus cristo jesucristo").words
"""The lists come from Bibles; these words tell a Bible, not a language."""


def choose_telling(
    lists: Mapping[str, Sequence[str]], texts: Mapping[str, Iterable[Letters]]
) -> dict[str, frozenset[str]]:
    """Leave out pieces that other languages have too, or that only a Bible has."""
    if not lists:
        return {}
    common = {piece for word in BIBLICAL for piece in pieces_of((word,))}
    for found in texts.values():
        for respell in SPELLINGS.values():
            counted: Counter[str] = Counter()
            for text in found:
                for copy in respell(text):
                    counted.update(pieces_of(copy.words))
            total = counted.total()
            common.update(piece for piece, n in counted.items() if n > COMMON * total)
    return {
        language: frozenset(piece for gram in grams for piece in _folded(gram)) - common
        for language, grams in lists.items()
    }


def _folded(gram: str) -> Iterable[str]:
    """Fold a listed gram as texts are; the lists have lost the spaces at the ends."""
    words = " ".join(read_letters(gram).words)
    if len(words) == PIECE:
        return (words,)
    return (f" {words}", f"{words} ") if len(words) == PIECE - 1 else ()
