"""Messages in two languages: where in the text does another language speak?"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from flows.languages.catalogue import find_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAD = 7.0
"""How much better than Spanish a Mayan profile must explain a run of words. Spanish with
place names, loans and misspellings stays below."""

_ONE_WORD = 4.5
"""What one word can add: alone it is a name, however Mayan it looks."""


def can_hold_passage(leads: Iterable[float], unit: float = 1) -> bool:
    """Tell whether words can hold a passage, be it in the best language for each of them.

    Args:
        leads: for each word, by how much its best profile explains it better than the main
            language does.
        unit: what a lead of 1 stands for.
    """
    most = _ONE_WORD / unit
    return sum(min(most, lead) for lead in leads) > LEAD / unit


def find_passage(
    scores: Sequence[Sequence[float]], languages: Sequence[str], main: str, unit: float = 1
) -> slice | None:
    """Find the run of words that a Mayan profile explains best compared with the main language.

    Args:
        scores: for each word, each profile's score.
        languages: each profile's language.
        main: the language of the text as a whole.
        unit: what a score of 1 stands for.
    """
    found, lead, most = None, LEAD / unit, _ONE_WORD / unit
    own = languages.index(main)
    for number, language in enumerate(languages):
        if find_language(language).mayan:
            run, gain = _best_run([min(most, word[number] - word[own]) for word in scores])
            if gain > lead:
                found, lead = run, gain
    return found


def _best_run(gains: Sequence[float]) -> tuple[slice, float]:
    """Find the run whose gains add up to most."""
    sums = [0.0, *accumulate(gains)]
    best, start, lowest = (slice(0, 0), 0.0), 0, 0.0
    for end, total in enumerate(sums):
        if total < lowest:
            start, lowest = end, total
        elif total - lowest > best[1]:
            best = (slice(start, end), total - lowest)
    return best
