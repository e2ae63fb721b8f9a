"""Options that are ranges: whose "tengo 20 años" is, where the options are ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.reading.numerals import in_figures
from flows.reading.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FEWER = frozenset("menos menor menores bajo".split())
_MORE = frozenset("mas mayor mayores sobre".split())
_INCLUDED = frozenset({"o", "y"})
"""What makes "18 o más" begin at 18, where "más de 18" begins after it."""


def find_in_range(number: int, labels: Mapping[str, str], language: str) -> str | None:
    """Find the one option whose range a number falls in: "18 a 25", "Más de 60"."""
    found = [
        key
        for key, label in labels.items()
        if _holds(in_figures(words_of(fold(label)), language), number)
    ]
    return found[0] if len(found) == 1 else None


def find_range(numbers: Sequence[int], labels: Mapping[str, str], language: str) -> str | None:
    """Find the one option that is a range between two numbers: "18-25" of "18 a 25 años"."""
    found = [
        key
        for key, label in labels.items()
        if _ends(in_figures(words_of(fold(label)), language)) == [*numbers]
    ]
    return found[0] if len(found) == 1 else None


def _ends(words: Sequence[str]) -> list[int]:
    return [int(word) for word in words if word.isdecimal()]


def _holds(words: Sequence[str], number: int) -> bool:
    ends = _ends(words)
    if len(ends) == 2:  # noqa: PLR2004 - a range has two ends
        return ends[0] <= number <= ends[1]
    if len(ends) != 1:
        return False
    is_included = bool(_INCLUDED & {*words})
    if _FEWER & {*words}:
        return number < ends[0] or (is_included and number == ends[0])
    return bool(_MORE & {*words}) and (number > ends[0] or (is_included and number == ends[0]))
