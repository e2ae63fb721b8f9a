"""Languages that we have no text of: a list of telling pieces each, so seen only when plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PIECE = 4
"""The lists are of pieces of four signs."""

_HITS = 4
_SHARE = 0.08
"""How many of a text's pieces must be telling. In languages we have text of, one text in
thousands comes near."""


class Strangers:
    """The languages with a list; immutable once made, so threads may share it."""

    def __init__(self, telling: Mapping[str, frozenset[str]]) -> None:
        self._telling = telling
        self._all = frozenset[str]().union(*telling.values())

    def find(self, words: Iterable[str]) -> str | None:
        """Find the language whose telling pieces a text is plainly full of."""
        pieces = pieces_of(words)
        if sum(map(self._all.__contains__, pieces)) < _HITS:
            return None  # so it is with nearly every text
        hits = {code: sum(map(own.__contains__, pieces)) for code, own in self._telling.items()}
        most = max(hits, key=hits.__getitem__)
        return most if hits[most] >= max(_HITS, _SHARE * len(pieces)) else None


def pieces_of(words: Iterable[str]) -> list[str]:
    """Cut words, joined by spaces, to overlapping pieces."""
    line = f" {' '.join(words)} "
    return [line[start : start + PIECE] for start in range(len(line) - PIECE + 1)]
