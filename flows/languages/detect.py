"""Which language is a text in? A proposal with its score; the person decides.

    detect("Jas kab'ano chech we k'ax ri'") -> Guess("quc", 0.97, "acr", is_mayan=True)

Two models look at the same folded words. The second ranks the languages; the first,
langdetect, is its witness and moves the score. `docs/language-identification.md` says what
each brings, and by which figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from operator import add, itemgetter
from typing import TYPE_CHECKING

from flows.languages.catalogue import find_language
from flows.languages.first_model import FirstModel
from flows.languages.grams import accent_grams
from flows.languages.letters import read_letters
from flows.languages.passages import can_hold_passage, find_passage
from flows.languages.profiles import shipped_profiles
from flows.languages.second_model import UNIT, SecondModel, Weight
from flows.languages.strangers import Strangers
from flows.service import find_service

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flows.languages.letters import Letters
    from flows.languages.profiles import Profiles

ENOUGH = 9
"""Signs of different words that a text must have to be judged at all."""

_NO_EVIDENCE = frozenset("si no ok oki okey okay hola".split())
"""Words that people of every language type."""

_LIKE_ANY = 1.1
"""Score per letter of the best profile: 999 in 1,000 real texts of 12 signs have more, 99 in 100
strings of keys hit at random less."""

_HEAD_START = {
    **dict.fromkeys(("es", "en"), 2.5),
    **dict.fromkeys(("quc", "kek", "cak", "mam"), 1.0),
}
"""What a language gains beforehand: what may be Spanish is not taken for Mayan, and four in five
who speak a Mayan language speak one of these."""

_AT_HOME = 1.5
"""What a language gains by being spoken in her municipality: enough to settle near ties."""

_SLOPE, _AGREED, _ALONE = 1.1, 0.0, -0.5
"""The score's log-odds: slope times the lead over the second language, plus one of the two by
whether langdetect says the same. Fitted on text that the training never saw."""

_STRANGER_SCORE = 0.6
"""A language we have only a list for is never more certain than this."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text's language seems to be.

    Attributes:
        language: ISO 639 code; None where there is too little to go by.
        score: how probable that is, from 0 to 1; under 0.5 where there is none.
        second: the next best language.
        is_mayan: whether `language` is a Mayan one.
    """

    language: str | None = None
    score: float = 0.0
    second: str | None = None
    is_mayan: bool | None = None


NOTHING = Guess()


class Detector:
    """Both models on one table of profiles; immutable once made, so threads may share it."""

    def __init__(self, profiles: Profiles) -> None:
        self._first = FirstModel(profiles)
        self._second = SecondModel(profiles)
        self._strangers = Strangers(profiles.telling)
        self._languages = tuple(profile.language for profile in profiles.profiles)
        self._starts = tuple(_HEAD_START.get(code, 0.0) / UNIT for code in self._languages)

    def judge(
        self, letters: Letters, at_home: Collection[str] = (), besides: str | None = None
    ) -> Guess:
        """Guess the language of what a text leaves; see `detect`."""
        words, model = letters.words, self._second
        weights = [model.weigh_word(word) for word in words]
        whole = sum(weight.gains for weight in weights)
        scores = model.read(whole)
        accented = scores
        if letters.accents:
            accented = model.read(whole + model.weigh(accent_grams(letters)))
        stranger = self._strangers.find(words)
        if stranger is not None:
            if stranger == besides:
                return NOTHING
            return _make_guess(stranger, _STRANGER_SCORE, self._rank(accented, at_home)[0][0])
        if max(scores) * UNIT < _LIKE_ANY * len(" ".join(words)):
            return NOTHING
        return self._guess(words, weights, accented, at_home, besides)

    def _guess(
        self,
        words: Sequence[str],
        weights: Sequence[Weight],
        scores: Sequence[int],
        at_home: Collection[str],
        besides: str | None,
    ) -> Guess:
        """Guess a language that has a profile, of the whole or of the Mayan passage in it."""
        begun = tuple(map(add, scores, self._starts))
        main = self._languages[begun.index(max(begun))]
        if not _is_mayan(main):
            passage = self._find_passage(weights, main)
            if passage is not None:
                words = words[passage]
                scores = self._second.read(sum(weight.gains for weight in weights[passage]))
            elif main == besides:
                return NOTHING  # so it is with most texts: which is second need not be known
        (language, most), (second, less) = self._rank(scores, at_home)[:2]
        if language == besides:
            return NOTHING
        return _make_guess(language, self._score(language, most - less, words), second)

    def _find_passage(self, weights: Sequence[Weight], main: str) -> slice | None:
        model, own = self._second, self._languages.index(main)
        leads = (weight.best - model.score(weight.gains, own) for weight in weights)
        if not can_hold_passage(leads, UNIT):
            return None
        return find_passage([model.read(one.gains) for one in weights], self._languages, main, UNIT)

    def _rank(self, scores: Sequence[int], at_home: Collection[str]) -> list[tuple[str, float]]:
        """Rank the languages by their best spelling."""
        best: dict[str, float] = {}
        for language, start, score in zip(self._languages, self._starts, scores, strict=True):
            if score + start >= best.get(language, 0.0):
                best[language] = score + start
        if at_home and _is_mayan(max(best, key=best.__getitem__)):
            bonus = _AT_HOME / UNIT
            best = {code: score + bonus * (code in at_home) for code, score in best.items()}
        ranked = sorted(best.items(), key=itemgetter(1), reverse=True)
        return [(code, score * UNIT) for code, score in ranked]

    def _score(self, language: str, lead: float, words: Sequence[str]) -> float:
        possible = self._first.probabilities(words)
        agreed = possible and max(possible, key=possible.__getitem__) == language
        return 1 / (1 + math.exp(-_SLOPE * lead - (_AGREED if agreed else _ALONE)))


def detect(
    text: str,
    at_home: Collection[str] = (),
    detector: Detector | None = None,
    besides: str | None = None,
) -> Guess:
    """Guess a text's language; total, deterministic, and the same in any thread.

    Args:
        text: as it was received; a service word says nothing of the language.
        at_home: the languages spoken where she lives.
        detector: other profiles than those that come with the package; these are read by the
            first text of a process that has any evidence, in half a second.
        besides: a language that is no news; a text in it is `NOTHING`, and its score is never
            worked out, which takes longer than all the rest.
    """
    return NOTHING if find_service(text) else detect_words(text, at_home, detector, besides)


def detect_words(
    text: str,
    at_home: Collection[str] = (),
    detector: Detector | None = None,
    besides: str | None = None,
) -> Guess:
    """Guess the language of a text that is known to be no service word; see `detect`."""
    if text.isascii() and len(text) < ENOUGH:
        return NOTHING
    letters = read_letters(text)
    evidence = " ".join({*letters.words} - _NO_EVIDENCE)
    if len(evidence) < ENOUGH:
        return NOTHING
    return (detector or shipped_detector()).judge(letters, at_home, besides)


@cache
def shipped_detector() -> Detector:
    """Make both models from what comes with the package, once for a process.

    That takes half a second of CPU, and eight threads at once would each take it: whoever serves
    citizens calls this before the first of them.
    """
    return Detector(shipped_profiles())


def _make_guess(language: str, score: float, second: str) -> Guess:
    return Guess(language, round(score, 3), second, is_mayan=_is_mayan(language))


def _is_mayan(language: str) -> bool:
    return find_language(language).mayan
