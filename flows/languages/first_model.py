"""The first model: langdetect's machinery with our own profiles.

langdetect ships none of these languages and keeps its factory in a global, unseeded. Here
the factory is our own, its profiles are made of the shares that come with the package, and
every detector it makes starts from the same seed: the same text gives the same answer, in
any thread.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from langdetect.utils.lang_profile import LangProfile
from langdetect.utils.ngram import NGram

from flows.languages.grams import ACCENT, WORD, kind_of
from flows.languages.profiles import SHARES, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.languages.profiles import Profiles

_SEED = 0
_TRIALS = 3
_STEPS = 100
"""langdetect averages seven runs of at most a thousand steps. On short texts these decide the
same, and the slowest text costs a twentieth."""


class FirstModel:
    """langdetect, loaded with our profiles; each call has a detector of its own."""

    def __init__(self, profiles: Profiles) -> None:
        pieces = _add_spellings(profiles)
        self._factory = DetectorFactory()
        self._factory.set_seed(_SEED)
        for number, language in enumerate(sorted(pieces)):
            shares = pieces[language]
            totals = [0.0] * NGram.N_GRAM
            for piece, share in shares.items():
                totals[len(piece) - 1] += share
            self._factory.add_profile(LangProfile(language, shares, totals), number, len(pieces))

    def probabilities(self, words: Iterable[str]) -> dict[str, float]:
        """Give the languages that langdetect holds possible, with their probabilities.

        Args:
            words: folded words, see `flows.languages.letters`.

        Returns:
            Nothing where it finds nothing to go by, an exception in langdetect's own terms.
        """
        detector = self._factory.create()
        detector.n_trial, detector.ITERATION_LIMIT = _TRIALS, _STEPS
        detector.append(" ".join(words) + " ")
        try:
            found = detector.get_probabilities()
        except LangDetectException:
            return {}
        return {language.lang: language.prob for language in found}


def _add_spellings(profiles: Profiles) -> dict[str, dict[str, float]]:
    """Add up the spellings of each language, for the lengths that langdetect knows."""
    pieces: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    languages = [profile.language for profile in profiles.profiles]
    for gram, signs in profiles.entries.items():
        if WORD < kind_of(gram) <= NGram.N_GRAM and kind_of(gram) != ACCENT:
            for sign in signs:
                number, level = SIGNS[sign]
                pieces[languages[number]][gram] += SHARES[level]
    return pieces
