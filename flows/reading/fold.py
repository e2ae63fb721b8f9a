"""One fold for everything that is compared: what a person typed, and what it is compared to."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from flows.text import signs

_DROPPED = signs.INVISIBLE + signs.EMOJI_GLUE
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(signs.APOSTROPHES, "'"),
        **dict.fromkeys(signs.QUOTES, '"'),
        **dict.fromkeys(signs.DASHES, "-"),
        **dict.fromkeys(_DROPPED, None),
        **dict.fromkeys("ºª°", "°"),
        "🔟": "10",
    }
)
_BLANK = frozenset({"Cc", "Zs", "Zl", "Zp"})
_MARK = frozenset({"Mn", "Me"})


def fold(text: str) -> str:
    """Fold a text for comparison.

    Lower case without accents, every apostrophe a plain one, digits of any script and
    full-width forms as ASCII, blanks single, nothing invisible. Total and linear; folding
    twice changes nothing.
    """
    if text.isascii() and text.isprintable():  # most are, and have nothing else to fold
        return " ".join(text.translate(_SIGNS).lower().split())
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS)).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_SIGNS)
    return " ".join("".join(map(_fold_sign, plain)).split())


@lru_cache(maxsize=1024)  # people write some hundred different signs
def _fold_sign(sign: str) -> str:
    if sign.isascii() and sign.isprintable():
        return sign
    category = unicodedata.category(sign)
    if category in _MARK:
        return ""
    if category in _BLANK:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return sign
