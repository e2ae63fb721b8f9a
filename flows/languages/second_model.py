"""The second model: how well each profile explains each word.

Naive Bayes over pieces of words, whole words and accented letters. Every profile's shares
are of the same total, so an unseen gram costs each the same and only what is seen counts. The
kinds overlap, so each has a weight; `docs/language-identification.md` says how they were
found.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flows.languages.grams import kind_of, word_grams
from flows.languages.profiles import SHARES, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.languages.profiles import Profiles

_WEIGHTS = (0.36, 0.03, 0.11, 0.045, 0.035, 0.6)
"""By kind of gram: word, one to four signs, accent."""

_UNSEEN = (0.03, 0.015, 0.002, 0.01, 0.02, 20)
"""The share an unseen gram of each kind may yet have. Of accents much: any writer may put one
that her language has not."""

_GAINS = tuple(
    tuple(weight * math.log((share + unseen) / unseen) for share in SHARES)
    for weight, unseen in zip(_WEIGHTS, _UNSEEN, strict=True)
)


class SecondModel:
    """Scores of every profile for words; immutable once made, so threads may share it."""

    def __init__(self, profiles: Profiles) -> None:
        self._entries = profiles.entries
        self._profiles = len(profiles.profiles)
        self._rows = {
            gram: self._write_out(kind_of(gram), signs)
            for gram, signs in profiles.entries.items()
            if 2 * len(signs) > self._profiles
        }
        """What most profiles have, a gain for each: the greater part of any text is such grams."""

    def score_word(self, word: str) -> list[float]:
        """Give each profile's score for a word, in the profiles' order."""
        return self.score(word_grams(word))

    def score(self, grams: Iterable[tuple[int, str]]) -> list[float]:
        """Give each profile's score for grams with their kinds, in the profiles' order."""
        scores = [0.0] * self._profiles
        rows: list[Sequence[float]] = [scores]
        for kind, gram in grams:
            row = self._rows.get(gram)
            if row is not None:
                rows.append(row)
                continue
            gains = _GAINS[kind]
            for sign in self._entries.get(gram, ""):
                number, level = SIGNS[sign]
                scores[number] += gains[level]
        return list(map(sum, zip(*rows, strict=True)))

    def _write_out(self, kind: int, signs: str) -> tuple[float, ...]:
        row = [0.0] * self._profiles
        for number, level in map(SIGNS.__getitem__, signs):
            row[number] = _GAINS[kind][level]
        return tuple(row)
