"""What a person sees as one sign: grapheme clusters."""

from __future__ import annotations

import unicodedata


def clusters(text: str) -> list[str]:
    """Cut a text into grapheme clusters."""
    found: list[str] = []
    for sign in text:
        if found and unicodedata.category(sign) in {"Mn", "Me"}:
            found[-1] += sign
        else:
            found.append(sign)
    return found
