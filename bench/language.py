"""Which language a text of 40 signs is in: how long the telling takes."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from statistics import median

from bench.figures import ROUNDS, Figure, find_percentile
from flows.languages.detect import detect

DECLARATION = Path("tests/flows/languages/declaration.tsv")
"""The first article of the Universal Declaration of Human Rights, in each language."""
SIGNS = 40


def measure_language() -> list[Figure]:
    """Tell the language of every piece of 40 signs; CPU milliseconds of the thread."""
    with DECLARATION.open(encoding="utf-8", newline="") as file:
        whole = [row[-1] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    texts = [
        text[place : place + SIGNS]
        for text in whole
        for place in range(0, len(text) - SIGNS, SIGNS)
    ]
    detect(texts[0])  # reads the profiles
    rounds = [[_measure(text) for text in texts] for _ in range(ROUNDS)]
    middles = tuple(median(spent) for spent in rounds)
    ends = tuple(find_percentile(spent, 99) for spent in rounds)
    return [
        Figure(
            f"language of 40 signs, median of {len(texts)}",
            "ms",
            middles,
            3,
            2,
            more_is_better=False,
        ),
        Figure("language of 40 signs, 99th percentile", "ms", ends, 8, 5, more_is_better=False),
    ]


def _measure(text: str) -> float:
    began = time.thread_time()
    detect(text)
    return (time.thread_time() - began) * 1000
