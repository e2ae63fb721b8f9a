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


def find_stranger(words: Iterable[str], telling: Mapping[str, frozenset[str]]) -> str | None:
    """Find the language whose telling pieces a text is plainly full of."""
    pieces = pieces_of(words)
    hits = {code: sum(map(own.__contains__, pieces)) for code, own in telling.items()}
    most = max(hits, key=hits.__getitem__, default=None)
    if most is None or hits[most] < max(_HITS, _SHARE * len(pieces)):
        return None
    return most


def pieces_of(words: Iterable[str]) -> list[str]:
    """Cut words, joined by spaces, to overlapping pieces."""
    line = f" {' '.join(words)} "
    return [line[start : start + PIECE] for start in range(len(line) - PIECE + 1)]
