"""The GSM 7-bit default alphabet (3GPP TS 23.038): what an SMS carries at 160 to a message."""

from __future__ import annotations

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
"""Sent as an escape and a second septet; the two may not be parted."""

ALPHABET = BASIC | EXTENSION


def is_gsm7(text: str) -> bool:
    """Tell whether a text can go out as GSM-7, sign by sign as it stands."""
    return ALPHABET.issuperset(text)


def septets(text: str) -> int:
    """Count the septets of a text that is GSM-7."""
    return len(text) + sum(map(text.count, EXTENSION))
