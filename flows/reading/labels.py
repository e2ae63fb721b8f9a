"""Which option a person names in words: by its label, the beginning of it, or nearly so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from flows.reading.fold import fold
from flows.reading.phrases import DENIALS, STOPWORDS, without_filler, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLOSE = 0.75
"""How like a label a misspelling must be: one wrong sign in four."""
CLEARLY = 0.1
"""How much more like it than like any other label."""
_SHORTEST_GUESS = 4
"""Letters below which a misspelling could be anything."""


@dataclass(frozen=True, slots=True)
class Match:
    """The options that a wording may mean; `certain` only where it is one and plainly said."""

    keys: tuple[str, ...]
    certain: bool = False
    guessed: bool = False
    """Whether it rests on a part of the reply, or on a likeness."""


_NONE = Match(())


def match_label(words: Sequence[str], labels: Mapping[str, str]) -> Match:
    """Match a wording against the labels of options.

    Args:
        words: the folded words of the reply.
        labels: key -> label as it stands on the phone.

    Returns:
        One key where one option is meant, several where the wording fits several equally,
        none where it fits nothing.
    """
    known = {key: _label_words(label) for key, label in labels.items()}
    for said in (tuple(words), tuple(without_filler(words))):
        for look in (_same, _beginning):
            found = look(said, known) if said else _NONE
            if found.keys:
                return found
    for guess in (_inside, _shared, _close):
        keys = guess(tuple(words), known)
        if keys:
            return Match(keys, guessed=True)
    return _NONE


def is_label(words: Sequence[str], labels: Mapping[str, str]) -> str | None:
    """Give the one option whose label is just these words, and no bare number."""
    known = {key: _label_words(label) for key, label in labels.items()}
    for said in (tuple(words), tuple(without_filler(words))):
        found = _same(said, known)
        if found.certain and not (len(said) == 1 and said[0].isdecimal()):
            return found.keys[0]
    return None


@lru_cache(maxsize=4096)
def _label_words(label: str) -> tuple[str, ...]:
    return tuple(words_of(fold(label)))


def _same(said: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> Match:
    """Find the label that is just that, with or without what adds nothing."""
    keys = tuple(key for key, label in known.items() if label == said)
    if not keys:
        keys = tuple(key for key, label in known.items() if tuple(without_filler(label)) == said)
    return Match(keys, certain=len(keys) == 1)


def _beginning(said: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> Match:
    """Find the label that begins so; a piece of a word, or a common word, is not certain."""
    *whole, last = said
    n = len(whole)
    keys, cut = [], False
    for key, label in known.items():
        core = tuple(without_filler(label))
        for form in (label, core):
            if len(form) > n and form[:n] == tuple(whole) and form[n].startswith(last):
                keys.append(key)
                cut = cut or form[n] != last
                break
    letters = sum(map(len, said))
    if not keys or (cut and letters < 3):  # noqa: PLR2004 - "te" may begin anything
        return _NONE
    if said in {("no",), ("si",)}:
        certain = _is_polar(known)
    else:
        certain = letters >= _SHORTEST_GUESS and not STOPWORDS.issuperset(said)
    if set(said) & {"no"} and said != ("no",) and len(said) < 3:  # noqa: PLR2004
        certain = False  # "no se" begins "No sé cómo", and leaves the question open
    return Match(tuple(keys), certain=certain and len(keys) == 1)


def _is_polar(known: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether the options are a yes and a no, however they go on."""
    first = [label[0] for label in known.values() if label]
    return "si" in first and "no" in first


def _inside(said: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find the labels that stand whole inside a sentence; never certain, a denial may too."""
    found = [key for key, label in known.items() if _spans(said, label)]
    longest = {
        key
        for key in found
        if not any(
            len(known[other]) > len(known[key]) and _spans(known[other], known[key])
            for other in found
        )
    }
    return tuple(key for key in found if key in longest)


def _spans(said: tuple[str, ...], label: tuple[str, ...]) -> bool:
    n = len(label)
    return bool(n) and any(said[at : at + n] == label for at in range(len(said) - n + 1))


def _shared(said: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find the labels that have most of the telling words of the reply."""
    telling = {word for word in without_filler(said) if len(word) > 2} - DENIALS  # noqa: PLR2004
    scores = {key: len(telling & set(label)) for key, label in known.items()}
    best = max(scores.values(), default=0)
    return tuple(key for key, score in scores.items() if best and score == best)


def _close(said: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find the label, or the beginning of one, that is nearly what was written."""
    typed = " ".join(without_filler(said))
    if len(typed) < _SHORTEST_GUESS:
        return ()
    n = len(typed.split())
    scores = {key: _likeness(typed, label, n) for key, label in known.items()}
    best = max(scores.values(), default=0.0)
    return tuple(key for key, score in scores.items() if score >= CLOSE and score > best - CLEARLY)


def _likeness(typed: str, label: tuple[str, ...], n: int) -> float:
    core = without_filler(label)
    forms = {" ".join(label), " ".join(core), " ".join(core[:n])}
    forms |= {word for word in label if n == 1 and len(word) > _SHORTEST_GUESS}
    return max(OSA.normalized_similarity(typed, form) for form in forms)
