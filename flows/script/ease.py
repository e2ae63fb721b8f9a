"""How easy a Spanish text is to read: the Szigriszt-Pazos perspicuity index.

206.835 - 62.3 x syllables / words - words / sentences (F. Szigriszt Pazos, "Sistemas
predictivos de legibilidad del mensaje escrito", 1993); the INFLESZ scale calls 65 and more
"bastante fácil".
"""

from __future__ import annotations

import re
from typing import Final

LEAST_WORDS: Final = 12
"""Below this one long word decides alone, and the index says nothing."""

_WORD = re.compile(r"[a-záéíóúüñ]+")
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_NUCLEUS = re.compile(r"(?:[iuü]?[aeoáéó][iuy]?|[íú]|[iuü]+y?|y\b)")


def measure_ease(text: str) -> float | None:
    """Give the index, about 0 (hard) to 100 (easy); None for a text too short to tell."""
    words = _WORD.findall(text.lower())
    if len(words) < LEAST_WORDS:
        return None
    syllables = sum(count_syllables(word) for word in words)
    sentences = max(1, len(_SENTENCE.findall(text.strip() + ".")))
    return 206.835 - 62.3 * syllables / len(words) - len(words) / sentences


def count_syllables(word: str) -> int:
    """Count the syllables of a Spanish word in lower case, at least one."""
    silent = re.sub(r"(?<=[qg])u(?=[eéií])", "", word)
    return max(1, len(_NUCLEUS.findall(silent)))
