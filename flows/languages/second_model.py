"""The second model: how well each profile explains each word.

Naive Bayes over pieces of words, whole words and accented letters. Every profile's shares
are of the same total, so an unseen gram costs each the same and only what is seen counts. The
kinds overlap, so each has a weight; `docs/language-identification.md` says how they were
found.

Gains are whole numbers, and those of all profiles for one gram are one long number with a lane
for each: adding up a gram, a word or a text is one addition, not one for each profile.
"""

from __future__ import annotations

import math
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from flows.languages.grams import kind_of, word_grams
from flows.languages.profiles import SHARES, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.languages.profiles import Profiles

_WEIGHTS = (0.41, 0.009, 0.08, 0.06, 0.08, 0.84)
"""By kind of gram: word, one to four signs, accent."""

_UNSEEN = (0.09, 0.015, 0.006, 0.03, 0.06, 60)
"""The share an unseen gram of each kind may yet have. Of accents much: any writer may put one
that her language has not."""

UNIT = 2**-32
"""What a gain of 1 stands for."""

_LANE = 64
"""Bits for each profile: the longest text that is read stays below 2**50."""
_ONE_LANE = (1 << _LANE) - 1

_GAINS = tuple(
    tuple(round(weight * math.log((share + unseen) / unseen) / UNIT) for share in SHARES)
    for weight, unseen in zip(_WEIGHTS, _UNSEEN, strict=True)
)

_OFTEN = 4
"""A gram that one in so many profiles has is written out at once: memory for time."""
_KEPT = 4096
"""How many of the other entries stay written out, and how many words weighed."""


class Weight(NamedTuple):
    """What a word gains each profile.

    Attributes:
        gains: one long number, see `SecondModel.read`.
        best: the gain of the profile that explains the word best.
    """

    gains: int
    best: int


class SecondModel:
    """Scores of every profile for words; threads may share it."""

    def __init__(self, profiles: Profiles) -> None:
        self._entries = profiles.entries
        self._lanes = Struct(f"<{len(profiles.profiles)}Q")
        self._rows = {
            gram: _write_out(kind_of(gram), signs)
            for gram, signs in profiles.entries.items()
            if _OFTEN * len(signs) > len(profiles.profiles)
        }
        """What many profiles have: the greater part of any text is such grams."""
        self._weigh_known = lru_cache(_KEPT)(self._weigh)

    def weigh_word(self, word: str) -> Weight:
        """Weigh a word; only one that the table itself has is remembered, no citizen's own."""
        return self._weigh_known(word) if f"={word}" in self._entries else self._weigh(word)

    def _weigh(self, word: str) -> Weight:
        gains = self.weigh(word_grams(word))
        return Weight(gains, max(self.read(gains)))

    def weigh(self, grams: Iterable[str]) -> int:
        """Add up what grams gain each profile: one long number, see `read`."""
        rows, entries, total = self._rows, self._entries, 0
        for gram in grams:
            if (row := rows.get(gram)) is not None:
                total += row
            elif (signs := entries.get(gram)) is not None:
                total += _recall(kind_of(gram), signs)
        return total

    def score(self, gains: int, profile: int) -> int:
        """Give one profile's score, by its place; see `read`."""
        return gains >> _LANE * profile & _ONE_LANE

    def read(self, gains: int) -> tuple[int, ...]:
        """Give each profile's score in units of `UNIT`, in the profiles' order."""
        return self._lanes.unpack(gains.to_bytes(self._lanes.size, "little"))


def _write_out(kind: int, signs: str) -> int:
    """Write the gains of an entry as one long number."""
    return sum(
        _GAINS[kind][level] << _LANE * number for number, level in map(SIGNS.__getitem__, signs)
    )


_recall = lru_cache(_KEPT)(_write_out)
