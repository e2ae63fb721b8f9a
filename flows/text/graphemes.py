"""What a person sees as one sign: grapheme clusters, as Twilio's calculator cuts them.

The rules are those of UAX 29 in Unicode 10, the version its splitter knows, for the scripts
and emoji that phones here send: marks stay with their letter, a skin tone with its hand, a
family with its members, a flag whole. Hangul jamo and the prepended signs of Arabic and
Indic scripts, which nobody here writes, are cut apart.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 32
"""Code points of a cluster, the bound of stream-safe text (UAX 15) and what a part of an SMS
holds: a letter under a hundred marks is cut, since no network could carry it whole."""

_JOINER, _NON_JOINER = "\u200d", "\u200c"
_TONES = frozenset("🏻🏼🏽🏾🏿")
_PEOPLE = frozenset("👦👧👨👩")
_GLUED = frozenset("♀♂⚕⚖✈❤🌈🌾🍳🎓🎤🎨🏫🏭💋💻💼🔧🔬🗨🚀🚒") | _PEOPLE
"""What joins the sign before it behind a zero-width joiner."""
_TONED = (
    frozenset(
        "☝⛹✊✋✌✍🎅🏂🏃🏄🏇🏊🏋🏌👂👃👆👇👈👉👊👋👌👍👎👏👐👮👰👱👲👳👴👵👶👷👸👼💁💂💃"
        "💅💆💇💪🕴🕵🕺🖐🖕🖖🙅🙆🙇🙋🙌🙍🙎🙏🚣🚴🚵🚶🛀🛌🤘🤙🤚🤛🤜🤝🤞🤟🤦🤰🤱🤲🤳🤴🤵🤶🤷🤸"
        "🤹🤽🤾🧑🧒🧓🧔🧕🧖🧗🧘🧙🧚🧛🧜🧝"
    )
    | _PEOPLE
)
"""What takes a skin tone."""
_MARKS = frozenset({"Mn", "Me", "Mc"})
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})


def clusters(text: str) -> Iterator[str]:
    """Cut a text into grapheme clusters; together they are the text. Total and linear."""
    start, base, flags = 0, "", 0
    for at, sign in enumerate(text):
        is_mark = _is_mark(sign)
        flags = flags + 1 if _is_flag_half(sign) else 0
        if at > start and (at - start >= LONGEST or not _joins(text[at - 1], sign, base, flags)):
            yield text[start:at]
            start, flags = at, min(flags, 1)
        if not is_mark or at == start:
            base = sign
    if text:
        yield text[start:]


def _joins(before: str, sign: str, base: str, flags: int) -> bool:
    """Tell whether a sign belongs to the cluster of the one before it."""
    if _is_control(before):
        return False
    if _is_mark(sign) or sign == _JOINER:
        return True
    if sign in _TONES:
        return base in _TONED
    if before == _JOINER:
        return sign in _GLUED
    return flags == 2  # noqa: PLR2004 - a flag is two letters


def _is_mark(sign: str) -> bool:
    return not sign.isascii() and (
        unicodedata.category(sign) in _MARKS
        or sign == _NON_JOINER
        or "\U000e0020" <= sign <= "\U000e007f"
    )


def _is_flag_half(sign: str) -> bool:
    return "🇦" <= sign <= "🇿"


def _is_control(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in _CONTROLS or (category == "Cf" and not _is_mark(sign) and sign != _JOINER)
