"""Misspelt places: never certain, so that the person is asked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.reading.places.gazetteer import COMMON, Strength, wordings
from flows.reading.places.mentions import AROUND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLOSE = 0.75
"""How like a name a misspelling must be: one wrong sign in four."""
TIE = 0.06
"""Names nearly as like it are all asked about."""
WHOLE = 0.5
"""What a wording gains by being the whole message rather than a word of it."""
_SHORTEST = 4
_MOST_WORDS = 12
"""A message with more words than this tells a story; nothing is guessed out of it."""


def guess(words: Sequence[str], prefix: str = "") -> tuple[str, ...]:
    """Guess the places that a misspelt wording is nearest to.

    Args:
        words: what the person wrote, as `gazetteer.name_words` writes it.
        prefix: guess among the codes that begin so alone.
    """
    said = [word for word in words if word not in AROUND]
    if not said or len(said) > _MOST_WORDS:
        return ()
    scores: dict[str, float] = {}
    for length in range(1, len(said) + 1):
        for at in range(len(said) - length + 1):
            span = " ".join(said[at : at + length])
            if len(span) >= _SHORTEST:
                _score(span, length / len(said), prefix, scores)
    best = max(scores.values(), default=0.0)
    return tuple(sorted(code for code, score in scores.items() if score >= best - TIE))


def _score(span: str, share: float, prefix: str, scores: dict[str, float]) -> None:
    """Score the names a span is like; the more of the message it is, the better."""
    close = process.extract(
        span,
        _spellings().keys(),
        scorer=OSA.normalized_similarity,
        score_cutoff=CLOSE,
        limit=8,
    )
    begins = share == 1 and not COMMON.issuperset(span.split())
    begun = [(name, CLOSE, 0) for name in _spellings() if begins and name.startswith(span)]
    for spelling, likeness, _ in (*close, *begun):
        if share < 1 and COMMON.issuperset(spelling.split()):
            continue
        for code in _spellings()[spelling]:
            if code.startswith(prefix):
                score = likeness + WHOLE * share
                scores[code] = max(score, scores.get(code, 0.0))


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    return {
        " ".join(words): codes
        for words, (strength, codes) in wordings().items()
        if len(" ".join(words)) > _SHORTEST
        and (strength is Strength.NAME or not COMMON.issuperset(words))
    }
