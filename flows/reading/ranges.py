"""Options that are ranges: whose "tengo 20 años" or "mayor de 60" is, where they are ages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flows.reading.bounds import Span, find_span
from flows.reading.fold import fold
from flows.reading.numerals import LONGEST_WORD, in_figures
from flows.reading.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def find_in_range(number: int, labels: Mapping[str, str], language: str) -> str | None:
    """Find the one option whose range a number falls in: "18 a 25", "Más de 60"."""
    here = Span(number, number)
    spans = _spans(tuple(labels.items()), language)
    found = [key for key, span in spans.items() if _is_wide(span) and span.meets(here)]
    return found[0] if len(found) == 1 else None


def find_range(numbers: Sequence[int], labels: Mapping[str, str], language: str) -> str | None:
    """Find the one option that is a range between two numbers: "18-25" of "18 a 25 años"."""
    found = [
        key
        for key, label in labels.items()
        if _ends(in_figures(words_of(fold(label)), language)) == [*numbers]
    ]
    return found[0] if len(found) == 1 else None


def find_bounded(folded: str, labels: Mapping[str, str], language: str) -> tuple[str, ...] | None:
    """Find the options that a bound leaves: "Más de 60" where somebody is "mayor de 60".

    Returns:
        Their keys; None where the reply bounds nothing, or no option is a range.
    """
    spans = _spans(tuple(labels.items()), language)
    said = find_span(folded, language) if any(map(_is_wide, spans.values())) else None
    return None if said is None else tuple(key for key in spans if spans[key].meets(said))


@lru_cache(maxsize=1024)
def _spans(labels: tuple[tuple[str, str], ...], language: str) -> Mapping[str, Span]:
    """Give the numbers that each label holds, by key: one for "2 veces", none for "Otro"."""
    found = {key: _span_of(fold(label), language) for key, label in labels}
    return {key: span for key, span in found.items() if span is not None}


def _span_of(label: str, language: str) -> Span | None:
    ends = _ends(in_figures(words_of(label), language))
    if not 1 <= len(ends) <= 2:  # noqa: PLR2004 - a range has two ends
        return None
    return (find_span(label, language) if len(ends) == 1 else None) or Span(ends[0], ends[-1])


def _is_wide(span: Span) -> bool:
    return span.low < span.high


def _ends(words: Sequence[str]) -> list[int]:
    return [int(word) for word in words if word.isdecimal() and len(word) <= LONGEST_WORD]
