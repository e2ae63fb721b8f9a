"""Make the profiles that come with the package: python tools/languages/train.py CORPUS."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parents[1])]

from flows.languages.detect import Detector
from flows.languages.grams import ACCENT, LONGEST, WORD, accent_grams, kind_of, word_grams
from flows.languages.letters import read_letters
from flows.languages.profiles import REFERENCE, Profile, Profiles, make_profiles, pack
from tools.languages.corpus import is_foreign, read_corpus, read_ours, read_telling
from tools.languages.spellings import MODERN, OLDER, SPELLINGS, UNMARKED
from tools.languages.telling import choose_telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.languages.letters import Letters
    from tools.languages.corpus import Sentence

NOT_MAYAN = frozenset({"es", "en"})
"""Languages that have no glottal mark to lose."""

_RARE: Mapping[str, Mapping[int, int]] = {
    MODERN: {},
    UNMARKED: {},
    OLDER: {WORD: 3, LONGEST: 3},
}
"""Spelling -> kind of gram -> counts up to this are left out: a copy guesses, space is short."""

_RARE_IN_LARGE = {WORD: 2, LONGEST: 2}
"""The same for languages with twenty times the text of the others."""


def train(sentences: Iterable[Sentence], lists: Mapping[str, Sequence[str]]) -> Profiles:
    """Count sentences twice: the second time without those the first shows to be foreign.

    Args:
        sentences: in any order.
        lists: language without sentences -> the 4-grams that tell it.
    """
    sentences = list(sentences)
    first = Detector(count(sentences, {}))
    return count([found for found in sentences if not is_foreign(found, first)], lists)


def count(sentences: Iterable[Sentence], lists: Mapping[str, Sequence[str]]) -> Profiles:
    """Count each language's sentences, in each spelling that it has."""
    texts: dict[str, list[Letters]] = defaultdict(list)
    for sentence in sentences:
        texts[sentence.language].append(read_letters(sentence.text))
    shares = []
    for language in sorted(texts):
        for spelling in (MODERN,) if language in NOT_MAYAN else tuple(SPELLINGS):
            copies = (copy for text in texts[language] for copy in SPELLINGS[spelling](text))
            rare = _RARE_IN_LARGE if language in NOT_MAYAN else _RARE[spelling]
            shares.append((Profile(language, spelling), _share(copies, rare)))
    return make_profiles(shares, choose_telling(lists, texts))


def _share(copies: Iterable[Letters], rare: Mapping[int, int]) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for copy in copies:
        counted.update(gram for word in copy.words for gram in word_grams(word))
        counted.update(accent_grams(copy))
    kept = {gram: n for gram, n in counted.items() if n > rare.get(kind_of(gram), 0)}
    totals: Counter[int] = Counter()
    for gram, n in kept.items():
        totals[kind_of(gram)] += n
    totals[ACCENT] = totals[1]  # accents are a share of the letters
    return {gram: REFERENCE * n / totals[kind_of(gram)] for gram, n in kept.items()}


def main(folder: str) -> None:
    """Train on a corpus folder and write what comes with the package."""
    corpus = Path(folder)
    profiles = train([*read_corpus(corpus), *read_ours()], read_telling(corpus))
    out = HERE.parents[1] / "flows" / "languages" / "shares.xz"
    out.write_bytes(pack(profiles))
    size = out.stat().st_size
    print(f"{len(profiles.profiles)} profiles, {len(profiles.entries)} n-grams, {size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
