"""A leader's code: it stands in her links, and so in the first message of who comes by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.folio import SIGNS, check_sign
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH = 3
"""27,000 codes; with the check sign one in thirty of mistyped ones is another leader's."""

_CODE = re.compile(rf"(?<!\w)L([{SIGNS}]{{{LENGTH + 1}}})(?!\w)", re.IGNORECASE | re.ASCII)

ASSISTS = frozenset({"asisto", "asistir"})
"""What a leader writes before her code to answer for somebody who has no phone."""


def make_leader_code(chance: Callable[[int], int]) -> str:
    """Make a code, `L` and four signs; `chance(n)` gives 0 … n-1."""
    signs = "".join(SIGNS[chance(len(SIGNS))] for _ in range(LENGTH))
    return f"L{signs}{check_sign(signs)}"


def split_leader_code(text: str) -> tuple[str, str]:
    """Take a code out of a text that may say anything else: the link's words can be edited.

    Returns:
        The text without it, and the code in capitals; or the text as it was, and nothing.
    """
    for found in _CODE.finditer(text):
        signs = found[1].upper()
        if check_sign(signs[:-1]) == signs[-1]:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return " ".join(rest.split()), f"L{signs}"
    return text, ""


_HINT = re.compile(r"as[ií]st", re.IGNORECASE)
_ALMOST = re.compile(rf"(?:{'|'.join(sorted(ASSISTS))})[ .:,]+(?=l ?\w*\d)l ?[a-z0-9]{{2,6}}")
"""ASISTO with a code that has a sign too many, too few or wrong."""


def may_assist(text: str) -> bool:
    """Tell whether a closer look at a text is worth its time."""
    return _HINT.search(text) is not None


def is_almost_assistance(text: str) -> bool:
    """Tell whether a text without a code is ASISTO with one that was mistyped."""
    return _ALMOST.fullmatch(fold(text).strip(" .:,")) is not None


def is_assistance(rest: str) -> bool:
    """Tell whether what stood beside a code begins an answer for somebody else."""
    return fold(rest).strip(" .:,") in ASSISTS
