"""The corpus folder: what it holds, what of it is taken, and what is kept for the test.

A corpus folder holds `<code>.tsv`, a line for each sentence (text, source, licence), and
`fun_langid_4grams.json`, the most telling 4-grams of languages without sentences.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.languages.catalogue import languages
from flows.languages.detect import detect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.languages.detect import Detector

FOLDS = 5
"""One sentence in so many is kept for the test."""

HERE = Path(__file__).parent
OURS = {"es": "phone_spanish_training.txt", "en": "everyday_english_training.txt"}
"""What people type on phones, written by us: no source of ours has any."""

TIMES = 5
"""How often each of these counts: once in so much other text, it would be left out as rare."""

KEPT = {"es": "phone_spanish_heldout.txt", "en": "everyday_english_heldout.txt"}
PLACES = HERE.parents[1] / "flows" / "reading" / "places"
NAMES = {
    "municipalities.csv": "name",
    "departments.csv": "name",
    "aliases.csv": "alias",
}
WHERE = ("{}", "vivo en {}", "soy de {}", "aqui en {}", "el municipio de {}")
WHO = ("{}", "me llamo {}", "soy {}", "don {}", "mi apellido es {}")
TONGUES = ("hablo {}", "en {}", "mi idioma es {}", "entiendo {} y español", "yo {}")
"""Names of Mayan origin are words of Spanish too, and stand in Spanish sentences."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one language."""

    language: str
    text: str
    source: str

    @property
    def fold(self) -> int:
        """Say which of the folds it is in; the same text always in the same."""
        digest = hashlib.sha256(self.text.lower().encode()).digest()
        return int.from_bytes(digest[:8], "big") % FOLDS


def read_corpus(folder: Path) -> list[Sentence]:
    """Read every sentence once, in an order that does not depend on the files' system."""
    sentences: dict[tuple[str, str], Sentence] = {}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for text, source, _ in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                found = Sentence(path.stem, text.strip(), source.partition(":")[0])
                sentences.setdefault((path.stem, found.text.lower()), found)
    return list(sentences.values())


def read_telling(folder: Path) -> dict[str, list[str]]:
    """Read the 4-grams of languages without sentences."""
    path = folder / "fun_langid_4grams.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["lists"])


def read_ours() -> Iterator[Sentence]:
    """Read what we wrote ourselves, and Spanish sentences with every place and surname."""
    for language, name in OURS.items():
        for text in read_lines(HERE / name):
            yield from [Sentence(language, text, "ours")] * TIMES
    for file, column in NAMES.items():
        with (PLACES / file).open(encoding="utf-8", newline="") as rows:
            places = [row[column] for row in csv.DictReader(rows)]
        yield from (
            Sentence("es", form.format(name), "places") for name in places for form in WHERE
        )
    for name in read_lines(HERE / "surnames.txt"):
        yield from (Sentence("es", form.format(name), "surnames") for form in WHO)
    for known in languages().values():
        for name in (known.name, *known.also):
            yield from (Sentence("es", form.format(name), "languages") for form in TONGUES)


def read_lines(path: Path) -> list[str]:
    """Read a file of one sentence a line."""
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def is_foreign(sentence: Sentence, detector: Detector) -> bool:
    """Tell whether a sentence is Spanish or English under a Mayan name, or the other way round.

    Dictionaries leave entries untranslated and columns shift; a first training finds them.
    """
    found = detect(sentence.text, detector=detector)
    return found.language is not None and (found.language in OURS) != (sentence.language in OURS)
