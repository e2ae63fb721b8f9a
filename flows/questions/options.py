"""Between the digits on a phone and the keys of the script, which a rotated order parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.reading.result import Accepted, Reading, Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.questions.base import Shown


def labels_of(shown: tuple[Shown, ...]) -> Mapping[str, str]:
    """Map the digits on the phone to the labels beside them."""
    return {option.digit: option.label for option in shown}


def to_keys(reading: Reading, shown: tuple[Shown, ...]) -> Reading:
    """Put the authored keys for the digits of a reading, ascending; 0 skips where no digit is 0."""
    keys = {option.digit: option.key for option in shown}
    if isinstance(reading, Rejected):
        candidates = tuple(keys.get(digit, digit) for digit in reading.candidates)
        return Rejected(reading.reason, candidates)
    if (key := keys.get(reading.value)) is not None:
        return reading if key == reading.value else Accepted(key, certain=reading.certain)
    chosen = [keys.get(digit, digit) for digit in reading.value.split()]
    return Accepted(" ".join(sorted(chosen, key=_ascending)), certain=reading.certain)


def _ascending(key: str) -> tuple[int, str]:
    return (int(key) if key.isdecimal() else 0, key)
