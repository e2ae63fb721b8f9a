"""Misspelt places: never certain, so that the person is asked."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.reading.places.gazetteer import COMMON, Strength, names, wordings
from flows.reading.places.mentions import AROUND, LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLOSE = 0.75
"""How like a name a misspelling must be: one wrong sign in four."""
MISSPELT = 0.82
"""How like a name a wording must be that holds another name: "san francizco zapotitlan"."""
HEARD = 0.07
"""What a likeness in sound is worth less than one in letters."""
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


def guess_around(
    words: Sequence[str], unknown: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Guess a whole name that was misspelt around another: "antgua guatemala", "sn jose pinulla".

    Args:
        words: what the person wrote, as `gazetteer.name_words` writes it.
        unknown: those of them that name nothing as they stand; the name has one at least.

    Returns:
        The codes of the names nearest to the longest such wording, and the words beside it.
    """
    best = 0.0
    codes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    for length in range(2, min(LONGEST_NAME, len(words)) + 1):
        for at in range(len(words) - length + 1):
            span = words[at : at + length]
            if set(span) & set(unknown):
                name, likeness = _nearest(" ".join(span))
                letters = likeness * len(name)
                if letters > best:
                    best, codes = letters, _long_names()[name]
                    beside = (*words[:at], *words[at + length :])
    return codes, beside


def _nearest(span: str) -> tuple[str, float]:
    found = [
        process.extractOne(
            form, _long_names().keys(), scorer=OSA.normalized_similarity, score_cutoff=MISSPELT
        )
        for form in (span, _sound(span))
    ]
    near = [(name, likeness) for name, likeness, _ in filter(None, found)]
    return max(near, key=lambda pair: pair[1], default=("", 0.0))


@cache
def _long_names() -> Mapping[str, tuple[str, ...]]:
    """Map the names of more than one word, as written and as they sound, to their codes."""
    long = {words: codes for words, codes in names().items() if len(words) > 1}
    return _as_written_and_sounded(long)


def _score(span: str, share: float, prefix: str, scores: dict[str, float]) -> None:
    """Score the names a span is like; the more of the message it is, the better."""
    close = [
        (name, likeness - loss)
        for form, loss in ((span, 0.0), (_sound(span), HEARD))
        for name, likeness, _ in process.extract(
            form,
            _spellings().keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=CLOSE,
            limit=8,
        )
    ]
    begins = share == 1 and not COMMON.issuperset(span.split())
    begun = [(name, CLOSE) for name in _spellings() if begins and name.startswith(_sound(span))]
    for spelling, likeness in (*close, *begun):
        if share < 1 and spelling in _everyday():
            continue
        for code in _spellings()[spelling]:
            if code.startswith(prefix):
                score = likeness + WHOLE * share
                scores[code] = max(score, scores.get(code, 0.0))


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    telling = {
        words: codes
        for words, (strength, codes) in wordings().items()
        if len(" ".join(words)) >= _SHORTEST
        and (strength is Strength.NAME or not COMMON.issuperset(words))
    }
    return _as_written_and_sounded(telling)


@cache
def _everyday() -> frozenset[str]:
    words = {words: () for words in wordings() if COMMON.issuperset(words)}
    return frozenset(_as_written_and_sounded(words))


def _as_written_and_sounded(
    known: Mapping[tuple[str, ...], tuple[str, ...]],
) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for words, codes in known.items():
        name = " ".join(words)
        for form in (name, _sound(name)):
            found.setdefault(form, set()).update(codes)
    return {form: tuple(sorted(codes)) for form, codes in found.items()}


def _sound(name: str) -> str:
    """Write a name as it sounds here: "Koban", "Sacapa", "Allutla"."""
    name = re.sub(r"c(?=[ei])|z", "s", name.replace("ll", "y").replace("v", "b"))
    name = re.sub(r"qu(?=[ei])|k|q", "c", name)
    return re.sub(r"(?<!c)h", "", name)
