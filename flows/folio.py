"""The folio: what a person writes down to ask later what became of her proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNS = "23456789ABCDEFGHJKMNPQRTUVWXYZ"
"""No 0 O 1 I L S: what is read aloud or copied by hand must come back the same."""
LENGTH = 6


def make_folio(chance: Callable[[int], int]) -> str:
    """Make a folio of six random signs and a check sign; `chance(n)` gives 0 … n-1."""
    signs = "".join(SIGNS[chance(len(SIGNS))] for _ in range(LENGTH))
    return signs + check_sign(signs)


def find_folio(text: str) -> str | None:
    """Give the folio somebody typed, blanks and hyphens forgiven; None where it is none.

    The check sign finds every single mistyped sign and nearly every two neighbours swapped.
    """
    signs = "".join(letter for letter in text.upper() if letter.isalnum())
    if len(signs) != LENGTH + 1 or any(sign not in SIGNS for sign in signs):
        return None
    return signs if check_sign(signs[:-1]) == signs[-1] else None


def check_sign(signs: str) -> str:
    """Compute the Luhn mod N sign (N = 30, even, as the method asks for)."""
    size = len(SIGNS)
    total = 0
    for place, sign in enumerate(reversed(signs)):
        doubled = SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += doubled // size + doubled % size
    return SIGNS[-total % size]
