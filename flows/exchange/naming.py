"""Names from elsewhere made names of ours: of steps, of a consultation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flows.reading.fold import fold
from flows.script.step_parts import LONGEST_ID
from flows.script.words import RESERVED_IDS

if TYPE_CHECKING:
    from collections.abc import Container

FALLBACK_SLUG: Final = "consulta"


def make_id(name: str, taken: Container[str]) -> str:
    """Make a step's id from a foreign name, one that is not taken yet."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    if not plain or not plain[0].isalpha() or plain in RESERVED_IDS:
        plain = f"p_{plain}".rstrip("_")
    base = wanted = plain[:LONGEST_ID]
    number = 1
    while wanted in taken:
        number += 1
        wanted = f"{base[: LONGEST_ID - len(str(number)) - 1]}_{number}"
    return wanted


def make_slug(name: str) -> str:
    """Make a consultation's name for addresses from a foreign name."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return re.sub(r"^[0-9-]+", "", plain) or FALLBACK_SLUG
