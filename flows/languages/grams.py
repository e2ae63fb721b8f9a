"""What is counted in a text: pieces of words, whole words, accented letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.languages.letters import Letters

WORD = 0
"""The kind of a whole word; 1 to `LONGEST` are pieces of that many signs."""

LONGEST = 4

ACCENT = LONGEST + 1

KINDS = range(ACCENT + 1)


def kind_of(gram: str) -> int:
    """Tell a gram's kind by its form: `=word`, `~accented letter`, else a piece."""
    return {"=": WORD, "~": ACCENT}.get(gram[0], len(gram))


def word_grams(word: str) -> list[str]:
    """Give a word's grams; pieces know where the word begins and ends."""
    edged = f" {word} "
    grams = ["=" + word, *word]
    for length in range(2, LONGEST + 1):
        grams += [edged[start : start + length] for start in range(len(edged) - length + 1)]
    return grams


def accent_grams(letters: Letters) -> list[str]:
    """Give a text's accented letters as grams."""
    return ["~" + accent for accent in letters.accents]
