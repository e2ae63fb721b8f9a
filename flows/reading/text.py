"""Open answers: the words themselves."""

from __future__ import annotations

import unicodedata

from flows.reading.phrases import is_skip, split_words
from flows.reading.result import Accepted, Reading, Rejected

SHORTEST, LONGEST = 3, 480
"""Letters of an open answer where the question says nothing else."""

_COMPOSED = 4
"""The most code points that NFC makes one of: what is longer need not be composed to know."""


def read_text(
    reply: str, low: int = SHORTEST, high: int = LONGEST, *, skippable: bool = False
) -> Reading:
    """Take an open answer as it came, without its outer blanks.

    Args:
        reply: as received.
        low, high: its bounds in letters, inclusive: signs after NFC, marks not counted twice.
        skippable: whether 0, or "no sé", leaves the question open.
    """
    text = reply.strip()
    words = split_words(text) or []
    if is_skip(words):
        return Accepted("0") if skippable else Rejected("cannot_skip")
    if len(text) > _COMPOSED * high:
        return Rejected("too_long")
    letters = len(unicodedata.normalize("NFC", text))
    if letters > high:
        return Rejected("too_long")
    if letters < low or not any(unicodedata.category(sign)[0] in "LNS" for sign in text):
        return Rejected("too_short")
    return Accepted(text)
