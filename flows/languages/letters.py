"""What a text leaves for telling its language: words of plain letters and glottal marks.

`flows.reading.fold` folds for comparison and drops nothing; this fold drops whatever says
nothing about the language and keeps the accents apart, so that a text typed without them
still matches.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from flows.text import signs

MARK = "ʼ"
"""The glottal mark every apostrophe becomes; a letter to Unicode and to langdetect."""

LONGEST = 1600
"""Signs that are read: ten SMS. What comes after them changes no language."""

_SIGNS = str.maketrans(
    {**dict.fromkeys(signs.APOSTROPHES, MARK), **dict.fromkeys(signs.INVISIBLE, None)}
)
_ADDRESS = re.compile(r"@|://|^www\.|\.(?:com|org|net|gt|ly|me)\b")
_DEAD_KEY = re.compile("([bckpqtz])\N{COMBINING ACUTE ACCENT}")
"""A keyboard that took the apostrophe for an accent: "ḱ"."""
_ACCENTED = re.compile("[a-z][\u0300-\u036f]")
_ACCENT = re.compile("[\u0300-\u036f]")
_NO_ADDRESS = re.compile(r"[^@./]*")
"""A text with none of these signs has no address in it."""
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_WORD = re.compile(rf"[a-z](?:[a-z]|{MARK}(?!{MARK}))*")
_QUOTED = re.compile(rf"(?<![a-z{MARK}]){MARK}([a-z]+){MARK}(?![a-z{MARK}])")
_LAUGHTER = re.compile(r"(?:j[aeiou]|h[ae]){2,}[jh]?|[jkh]{3,}|(.{1,3})\1{2,}.?|xd+|lo+l")


@dataclass(frozen=True, slots=True)
class Letters:
    """A text's words, folded, and the accented letters that were in them.

    Attributes:
        words: lower-case words of letters without accents and of `MARK`.
        accents: each accented letter, as a letter and a combining mark, once per occurrence.
    """

    words: tuple[str, ...]
    accents: tuple[str, ...]


def read_letters(text: str) -> Letters:
    """Fold a text to its words, which are Latin; total, and linear in the text's length."""
    text = text[:LONGEST]
    if not _NO_ADDRESS.fullmatch(text):
        text = " ".join(token for token in text.split() if not _ADDRESS.search(token))
    plain = text.translate(_SIGNS)
    accents: list[str] = []
    if text.isascii():  # most are, and have no accents
        bare = plain.lower()
    else:
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = _DEAD_KEY.sub(rf"\1{MARK}", unicodedata.normalize("NFKD", plain))
        accents = _ACCENTED.findall(plain)
        bare = _ACCENT.sub("", plain)
    bare = _DRAWN_OUT.sub(r"\1", _QUOTED.sub(r"\1", bare) if MARK in bare else bare)
    return Letters(
        tuple(word for word in _WORD.findall(bare) if not _LAUGHTER.fullmatch(word)),
        tuple(accents),
    )
