"""Which option a person names in words: by its label, the beginning of it, or nearly so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from flows.reading.fold import fold
from flows.reading.numerals import in_figures, sound
from flows.reading.phrases import ARTICLES, DENIALS, FILLER, STOPWORDS, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


_IDLE = FILLER | ARTICLES


@dataclass(frozen=True)
class Labels:
    """Labels cut into words.

    Attributes:
        words: key -> the folded words of its label.
        telling: words that add nothing elsewhere, but tell one of these from another.
    """

    words: Mapping[str, tuple[str, ...]]
    telling: frozenset[str]

    def core(self, words: Iterable[str]) -> tuple[str, ...]:
        """Leave out what adds nothing here."""
        return tuple(word for word in words if word not in _IDLE or word in self.telling)

    @cached_property
    def cores(self) -> Mapping[str, tuple[str, ...]]:
        """Give what each label says without what adds nothing, by key."""
        return {key: self.core(label) for key, label in self.words.items()}

    @cached_property
    def have_figures(self) -> bool:
        """Whether there is a figure in any of them, so that a reply of figures may be one."""
        return any(word.isdecimal() for label in self.words.values() for word in label)

    @cached_property
    def single(self) -> frozenset[str]:
        """Give the words that are a whole label: "Bueno" is no courtesy where it is one."""
        return frozenset(label[0] for label in self.words.values() if len(label) == 1)


def make_labels(labels: Mapping[str, str]) -> Labels:
    """Cut the labels of options, key -> label as it stands on the phone."""
    return _make_labels(tuple(labels.items()))


@lru_cache(maxsize=1024)
def _make_labels(labels: tuple[tuple[str, str], ...]) -> Labels:
    words = {key: tuple(words_of(fold(label))) for key, label in labels}
    telling = {word for label in words.values() for word in label} - ARTICLES
    bare = {word for label in words.values() if ARTICLES.issuperset(label) for word in label}
    return Labels(words, frozenset(telling | bare))


def write_in_figures(labels: Mapping[str, str], language: str) -> Mapping[str, tuple[str, ...]]:
    """Give the words of each label with its number words in figures, by key."""
    return _write_in_figures(tuple(labels.items()), language)


@lru_cache(maxsize=1024)
def _write_in_figures(
    labels: tuple[tuple[str, str], ...], language: str
) -> Mapping[str, tuple[str, ...]]:
    words = _make_labels(labels).words
    return {key: in_figures(label, language) for key, label in words.items()}


def match_label(words: Sequence[str], labels: Mapping[str, str]) -> Match:
    """Match a wording against the labels of options.

    Args:
        words: the folded words of the reply.
        labels: key -> label as it stands on the phone.

    Returns:
        One key where one option is meant, several where the wording fits several equally,
        none where it fits nothing.
    """
    known = make_labels(labels)
    for look in (_same, _beginning):
        for said in (tuple(words), known.core(words)):
            found = look(said, known) if said else _NONE
            if found.keys:
                return found
    for guess in (_inside, _shared, _sounding, _close):
        keys = guess(tuple(words), known)
        if keys:
            return Match(keys, guessed=True)
    return _NONE


def find_label(words: Sequence[str], labels: Mapping[str, str], language: str) -> str | None:
    """Give the one option whose label is just these words, and no bare number.

    Number words and figures are one: "dos veces" is "2 veces".
    """
    figures = in_figures(words, language)
    if len(figures) == 1 and figures[0].isdecimal():
        return None
    known = make_labels(labels)
    for said in (tuple(words), known.core(words)):
        found = _same(said, known) if said else _NONE
        if found.certain:
            return found.keys[0]
    same = [key for key, label in write_in_figures(labels, language).items() if label == figures]
    return same[0] if len(same) == 1 else _find_begun(known.core(figures), known, labels, language)


def _find_begun(
    said: tuple[str, ...], known: Labels, labels: Mapping[str, str], language: str
) -> str | None:
    """Find the one label that begins with a figure and a word: "más de 40" of "Más de 40 años"."""
    if len({word.isdecimal() for word in said}) == 1:
        return None
    cores = {key: known.core(label) for key, label in write_in_figures(labels, language).items()}
    begun = [key for key, core in cores.items() if core[: len(said)] == said]
    if begun and not _BOUNDS & {*said}:  # "Q200" begins "Q200 a Q300", and ends "Q100 a Q200"
        figures = {word for word in said if word.isdecimal()}
        begun += [key for key, core in cores.items() if figures & {*core} and key not in begun]
    return begun[0] if len(begun) == 1 else None


_BOUNDS = frozenset("mas menos mayor menor mayores menores".split())


def find_label_inside(
    words: Sequence[str], labels: Mapping[str, str], language: str
) -> tuple[str, tuple[str, ...]] | None:
    """Find the one label with a figure in it that stands in a reply: "la 2, de 18 a 25 años".

    Returns:
        Its key and the words beside it, in figures.
    """
    known = make_labels(labels)
    said = known.core(in_figures(words, language))
    found = []
    for key, label in write_in_figures(labels, language).items():
        core = known.core(label)
        at = _find_span(said, core)
        if at is not None and len(core) > 1 and any(word.isdecimal() for word in core):
            found.append((key, said[:at] + said[at + len(core) :]))
    return found[0] if len(found) == 1 else None


def _same(said: tuple[str, ...], known: Labels) -> Match:
    """Find the label that is just that, with or without what adds nothing, or its marks."""
    keys = [key for key, label in known.words.items() if label == said]
    if keys:
        return Match(tuple(keys), certain=len(keys) == 1)
    cores = known.cores
    keys = [key for key, core in cores.items() if core == said]
    bare = _bare(said)
    if not keys and len(bare) >= _SHORTEST_GUESS:
        keys = [key for key, core in cores.items() if _bare(core) == bare]
    if not keys and len(bare) >= _SHORTEST_GUESS:
        keys = [key for key, core in cores.items() if _is_parted(bare, core)]
        return Match(tuple(keys))
    rivals = [key for key, core in cores.items() if _find_span(core, said) is not None]
    return Match(tuple(keys), certain=len(keys) == 1 and set(rivals) <= set(keys))


def _bare(words: Sequence[str]) -> str:
    """Write a wording without the glottal marks, which people leave out."""
    return " ".join(words).replace("'", "")


def _is_parted(bare: str, core: Sequence[str]) -> bool:
    """Tell whether a wording has blanks where a label has marks: "k iche"."""
    has_marks = any("'" in word.strip("'") for word in core)
    return has_marks and bare.replace(" ", "") == _bare(core).replace(" ", "")


def _beginning(said: tuple[str, ...], known: Labels) -> Match:
    """Find the label that begins so; a piece of a word, or a common word, is not certain."""
    *whole, last = said
    n = len(whole)
    keys, cut = [], False
    for key, label in known.words.items():
        for form in (label, known.cores[key]):
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


def _is_polar(known: Labels) -> bool:
    """Tell whether the options are a yes and a no, however they go on."""
    first = [label[0] for label in known.words.values() if label]
    return "si" in first and "no" in first


def _inside(said: tuple[str, ...], known: Labels) -> tuple[str, ...]:
    """Find the labels that stand whole inside a sentence; never certain, a denial may too."""
    words = known.words
    found = [key for key, label in words.items() if label and _find_span(said, label) is not None]
    return tuple(
        key
        for key in found
        if not any(
            len(words[other]) > len(words[key]) and _find_span(words[other], words[key]) is not None
            for other in found
        )
    )


def _find_span(said: tuple[str, ...], label: tuple[str, ...]) -> int | None:
    n = len(label)
    return next((at for at in range(len(said) - n + 1) if said[at : at + n] == label), None)


def _shared(said: tuple[str, ...], known: Labels) -> tuple[str, ...]:
    """Find the labels that have most of the telling words of the reply."""
    telling = {word for word in known.core(said) if len(word) > 2} - DENIALS  # noqa: PLR2004
    scores = {key: len(telling & set(label)) for key, label in known.words.items()}
    best = max(scores.values(), default=0)
    return tuple(key for key, score in scores.items() if best and score == best)


def _sounding(said: tuple[str, ...], known: Labels) -> tuple[str, ...]:
    """Find the labels that sound so: "lus" is "Luz", too short for a likeness."""
    heard = [*map(sound, known.core(said))]
    return tuple(key for key, core in known.cores.items() if core and [*map(sound, core)] == heard)


def _close(said: tuple[str, ...], known: Labels) -> tuple[str, ...]:
    """Find the label, or the beginning of one, that is nearly what was written."""
    core = known.core(said)
    typed = _bare(core)
    if len(typed) < _SHORTEST_GUESS:
        return ()
    n = len(core)
    scores = {key: _likeness(typed, label, n, known) for key, label in known.words.items()}
    best = max(scores.values(), default=0.0)
    return tuple(key for key, score in scores.items() if score >= CLOSE and score > best - CLEARLY)


def _likeness(typed: str, label: tuple[str, ...], n: int, known: Labels) -> float:
    core = known.core(label)
    forms = {_bare(label), _bare(core), _bare(core[:n])}
    forms |= {_bare([word]) for word in label if n == 1 and len(word) > _SHORTEST_GUESS}
    return max(OSA.normalized_similarity(typed, form) for form in forms)
