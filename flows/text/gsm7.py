"""What is sent to a phone that pays for its signs: three tiers, and never a `?` for a letter.

1. A text that is GSM-7 goes out as it is.
2. Else what can be folded without loss is folded: á í ó ú to plain vowels, every apostrophe
   to ', quotes, dashes and spaces to plain ones; what nobody sees is dropped. Spanish gets
   by with that, and so do the Mayan texts that have no ë ï ẍ n̈.
3. Where one sign cannot be folded without losing meaning, UCS-2 carries the whole text: then
   vowels keep their accents, which cost nothing more, and only those signs are folded that
   a basic phone has no picture for.

What a language adds to the rule stands in `languages.toml` (`sms_keep`, `sms_fold`).
Facts: GSM-7 has é ñ ü ä ö à ¿ ¡ and '; it lacks á í ó ú ë ï ẍ n̈ ʼ ’ ꞌ.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from flows.languages.catalogue import find_language
from flows.text import signs
from flows.text.alphabet import ALPHABET, is_gsm7

DIAERESIS = "\u0308"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is sent; `replaced` are the distinct signs that are not in it, in order."""

    text: str
    replaced: tuple[str, ...] = ()


_SAME_LENGTH = {
    **dict.fromkeys(signs.APOSTROPHES, "'"),
    **dict.fromkeys(signs.QUOTES, '"'),
    **dict.fromkeys(signs.DASHES, "-"),
    **dict.fromkeys(signs.SPACES, " "),
    **dict.fromkeys(signs.LINE_ENDS, "\n"),
    **dict.fromkeys(signs.INVISIBLE, ""),
    **{chr(code): "" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\r\f\t"},
    "\v": "\n",
    "\x85": "\n",
}
_LONGER = {
    **dict.fromkeys(signs.EMOJI_GLUE, ""),
    "…": "...",
    "‚": ",",
    "⁄": "/",
    "∕": "/",
    "÷": "/",
    "×": "x",
    "·": ".",
    "º": "o",
    "ª": "a",
    "°": "o",
    "©": "(c)",
    "®": "(R)",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "ı": "i",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "œ": "oe",
    "Œ": "OE",
    "₡": "C",
}


@lru_cache(maxsize=2048)  # a consultation says the same few hundred texts all day
def fold(text: str, language: str = "es") -> Folded:
    """Fold a text for SMS and USSD by the rule of its language.

    Args:
        text: any text, NFC or not.
        language: a code of `languages.toml`; an unknown one has the common rule.
    """
    text = unicodedata.normalize("NFC", text)
    if is_gsm7(text):
        return Folded(text)
    letters = _letters(text) if any(map(unicodedata.combining, {*text})) else text
    plain = {
        letter: letter if letter in ALPHABET else _fold_letter(letter, language)
        for letter in dict.fromkeys(letters)
    }
    if None in plain.values():
        sent = {letter: _SAME_LENGTH.get(letter, letter) for letter in plain}
    else:
        sent = {letter: now or "" for letter, now in plain.items()}
    changed = tuple(letter for letter, now in sent.items() if now != letter)
    return Folded("".join(map(sent.__getitem__, letters)), changed)


def _letters(text: str) -> list[str]:
    """Cut a text into letters with their combining marks: n̈ is one."""
    found: list[str] = []
    for sign in text:
        if found and unicodedata.combining(sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


@cache
def _rule(language: str) -> tuple[frozenset[str], frozenset[str]]:
    entry = find_language(language)
    return frozenset(entry.sms_keep), frozenset(entry.sms_fold)


@lru_cache(maxsize=2048)  # languages have a few dozen such letters
def _fold_letter(letter: str, language: str) -> str | None:
    """Give what GSM-7 writes for a letter it lacks; None where it has nothing that means so."""
    kept, foldable = _rule(language)
    low = letter.lower()
    if low in kept:
        return None
    known = _SAME_LENGTH.get(letter, _LONGER.get(letter))
    if known is not None:
        return known
    return _without_marks(letter, diaeresis_too=low in foldable)


def _without_marks(letter: str, *, diaeresis_too: bool) -> str | None:
    """Take the marks off a letter, those apart that GSM-7 has or that carry meaning."""
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    kept, tail = base, ""
    for mark in marks:
        with_mark = unicodedata.normalize("NFC", kept + mark)
        if with_mark in ALPHABET:
            kept = with_mark
        elif mark in signs.APOSTROPHES:
            tail += "'"
        elif mark == DIAERESIS and not diaeresis_too:
            return None
    if kept not in ALPHABET:
        kept = _SAME_LENGTH.get(kept) or _LONGER.get(kept) or unicodedata.normalize("NFKC", kept)
    return kept + tail if kept and is_gsm7(kept) else None
