"""What is noted down while a script is read: problems, lines, texts, conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rapidfuzz import fuzz, process

from flows.reading.fold import fold
from flows.script.problems import make_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.script.model import Condition
    from flows.script.problems import Problem
    from flows.script.tree import Entry, Table

CLOSE_ENOUGH: Final = 65
"""Likeness from which a word is taken for a misspelt one: `opcones`, `txto`, never `titulo`
for `tipo`."""


@dataclass(frozen=True, slots=True)
class Site:
    """A condition where it stands; `before` is the place of the first step it guards."""

    line: int
    condition: Condition
    before: int


@dataclass(slots=True)
class Notebook:
    """Filled by the readers of a script's parts, then frozen into `Parsed`.

    Attributes:
        source: the lines as mended so far, for proposals.
        lines: text key or `<step>/<attribute>` -> line.
        texts: text key -> text.
    """

    source: Sequence[str]
    problems: list[Problem]
    lines: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    sites: list[Site] = field(default_factory=list)

    def report(self, code: str, line: int, **words: Any) -> None:
        """Note a problem; see `make_problem`."""
        self.problems.append(make_problem(code, line, **words))

    def replace(self, line: int, old: str, new: str | None) -> str | None:
        """Give a line with a word put in place of another, or None where it is not there."""
        return replace_word(self.source, line, old, new)

    def set_value(self, line: int, word: str, value: str) -> str | None:
        """Give a line with another value for its key, where it can be told from the rest."""
        found = re.match(r"(?P<before> *(?:- +)*)[^:]+:", self.source[line - 1])
        return f"{found['before']}{word}: {value}" if found else None

    def add_line(self, line: int, below: str) -> str:
        """Give a line, and another one below it for something it needs."""
        return add_line(self.source, line, below)

    def add_text(self, key: str, text: str, line: int) -> None:
        """Note a text and where it stands."""
        self.texts[key] = text
        self.lines[key] = line

    def take_entries(self, table: Table, words: Mapping[str, str]) -> dict[str, Entry]:
        """Give a table's entries by the code's names; misspelt words are told and understood."""
        entries: dict[str, Entry] = {}
        for word, entry in table.entries.items():
            known = word if word in words else find_close(word, words)
            if known != word:
                self.report(
                    "palabra-desconocida",
                    entry.line,
                    word=word,
                    hint=hint(known),
                    mended=self.replace(entry.line, word, known),
                )
            if known is not None:
                entries.setdefault(words[known], entry)
        return entries


def replace_word(source: Sequence[str], line: int, old: str, new: str | None) -> str | None:
    """Give a line with a word put in place of another; None where either is missing."""
    raw = source[line - 1]
    found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", raw)
    if not old or not new or found is None:
        return None
    return f"{raw[: found.start()]}{new}{raw[found.end() :]}"


def add_line(source: Sequence[str], line: int, below: str) -> str:
    """Give a line, and another one below it: beside what follows its dash, or inside its key."""
    first = source[line - 1]
    margin = len(first) - len(first.lstrip(" -"))
    inside = 0 if first.lstrip().startswith("-") else 2
    return f"{first}\n{' ' * (margin + inside)}{below}"


def find_close(word: str, words: Iterable[str]) -> str | None:
    """Give the word that somebody may have meant, or None."""
    folded = {fold(known).replace("_", " "): known for known in words}
    wanted = fold(word).replace("_", " ").replace("-", " ")
    close = process.extractOne(wanted, folded.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return folded[close[0]] if close else None


def hint(word: str | None) -> str:
    """Give the question that a problem's sentence ends with, where a word comes near."""
    return f" ¿Quiso decir «{word}»?" if word else ""
