"""Several options at once: "1 y 3", "1,3", "uno, tres", "13" where only 1 and 3 can be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.reading.choices import SKIPPED, is_count, scan
from flows.reading.fold import fold
from flows.reading.labels import make_labels, match_label
from flows.reading.numerals import begins_below_nought, in_figures
from flows.reading.phrases import DENIALS, is_doubtful, is_skip, split_words, words_of
from flows.reading.result import Accepted, Reading, Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_RANGE = re.compile(r"(\d+) ?(?:al?|hasta) (?:la |el )?(\d+)$")
_FIRST = re.compile(r"\b(?:(\d+) primer[ao]s|primer[ao]s (\d+))\b")
_DASH = re.compile(r"\d ?- ?\d")
_BETWEEN = re.compile(r"[,;/+&\n.]+|\by\b|\be\b|\bademas\b|\btambien\b")
_AROUND = frozenset(["numeros", "mas", "son", "mis", "serian", "marque", "interesan"])
_ALL = frozenset({"todas", "todos", "todo"})
_WITH_ALL = frozenset("las los opciones anteriores ellas ellos son pues por favor si".split())
_EXCEPT = re.compile(r"\b(?:todas?|todos?)\b.*\b(?:menos|excepto|salvo|quitando)\b(.*)")


@dataclass
class _Found:
    """What has been read so far: digits in the order named, and whether all is plain."""

    digits: list[str] = field(default_factory=list)
    certain: bool = True

    def add(self, digits: Sequence[str], *, certain: bool = True) -> None:
        self.digits += [digit for digit in digits if digit not in self.digits]
        self.certain = self.certain and certain


def read_choices(  # noqa: PLR0913 - the question as it stands
    reply: str,
    options: Mapping[str, str],
    language: str = "es",
    *,
    limit: int | None = None,
    exclusive: str | None = None,
    skippable: bool = False,
) -> Reading:
    """Read which options a person ticks.

    Args:
        reply: as received.
        options: the digit on her phone -> the label beside it.
        language: the conversation's.
        limit: how many may be ticked at most.
        exclusive: the digit of an option that rules out the others.
        skippable: whether 0, or "no sé", leaves the question open.

    Returns:
        `Accepted` with the digits ascending, joined by a space.
    """
    reply = reply.strip()
    words = split_words(reply)
    if not words:
        return Rejected("not_understood")
    if is_skip(words) and not (SKIPPED in options or match_label(words, options).keys):
        return Accepted(SKIPPED) if skippable else Rejected("cannot_skip")
    found = _find(fold(reply), words, options, language, exclusive)
    if isinstance(found, Rejected):
        return found
    if exclusive in found.digits and len(found.digits) > 1:
        return Rejected("exclusive", tuple(found.digits))
    if limit is not None and len(found.digits) > limit:
        return Rejected("too_many", tuple(found.digits))
    is_alone = len(found.digits) == 1  # of two the minus is a list's bullet
    below = is_alone and begins_below_nought(fold(reply), language)
    certain = found.certain and not below and not is_doubtful(reply)
    return Accepted(" ".join(sorted(found.digits, key=int)), certain)


def _find(
    folded: str,
    words: Sequence[str],
    options: Mapping[str, str],
    language: str,
    exclusive: str | None,
) -> _Found | Rejected:
    proper = [digit for digit in options if digit not in {exclusive, SKIPPED}]
    if _ALL >= {*words} - _WITH_ALL != set() or _counts(words, len(proper), language):
        return _Found(proper)
    if (left := _EXCEPT.search(folded)) is not None:
        without = _find(left[1], words_of(left[1]), options, language, exclusive)
        if isinstance(without, Rejected):
            return without
        kept = [digit for digit in proper if digit not in without.digits]
        return _Found(kept, certain=False) if kept else Rejected("not_understood")
    text = folded
    labelled: list[str] = []
    if make_labels(options).have_figures or not all(map(str.isdecimal, words)):
        whole = match_label(words, options)
        if whole.certain:
            return _Found(list(whole.keys))
        text, labelled = _take_labels(words, options)
        if (run := _find_run(text, options, language)) is not None:
            return run
    found = _by_pieces(text if labelled else folded, labelled, options, language)
    if isinstance(found, _Found) and (len(_DASH.findall(folded)) == 1 or is_count(words)):
        found.certain = False  # "1-3" may be a range, "las dos" may be any two
    return found


def _counts(words: Sequence[str], count: int, language: str) -> bool:
    """Tell whether "las tres" says how many, and they are all there are."""
    return is_count(words) and scan(words, language)[0] == [count]


def _find_run(text: str, options: Mapping[str, str], language: str) -> _Found | Rejected | None:
    """Read "del 1 al 3" or "las 3 primeras"; a person may mean something else by either."""
    figures = " ".join(in_figures(words_of(text), language))
    if (ends := _RANGE.search(figures)) is not None:
        first, last = int(ends[1]), int(ends[2])
    elif (count := _FIRST.search(figures)) is not None:
        first, last = 1, int(count[1] or count[2])
    else:
        return None
    run = [str(number) for number in range(first, min(last, first + len(options)) + 1)]
    if len(run) < 2 or not set(run) <= set(options):  # noqa: PLR2004 - a range has two ends
        return Rejected("out_of_range")
    return _Found(run, certain=False)


def _by_pieces(
    text: str, labelled: Sequence[str], options: Mapping[str, str], language: str
) -> _Found | Rejected:
    found = _Found()
    found.add(labelled)
    for piece in _BETWEEN.split(text):
        problem = _add_piece(found, words_of(piece), options, language)
        if problem is not None:
            return problem
    return found if found.digits else Rejected("not_understood")


def _take_labels(words: Sequence[str], options: Mapping[str, str]) -> tuple[str, list[str]]:
    """Take out the labels that stand whole in the reply, the longest first."""
    text = f" {' '.join(words)} "
    taken: list[str] = []
    known = sorted(
        ((words_of(fold(label)), digit) for digit, label in options.items()),
        key=lambda pair: -len(pair[0]),
    )
    for label, digit in known:
        span = f" {' '.join(label)} "
        if label and not span.strip().isdecimal() and span in text:
            text = text.replace(span, " , ")
            taken.append(digit)
    return text, taken


def _add_piece(
    found: _Found, words: Sequence[str], options: Mapping[str, str], language: str
) -> Rejected | None:
    """Read one piece between separators: numbers, or a label."""
    numbers, rest = scan(words, language)
    rest = [word for word in rest if word not in _AROUND]
    if not numbers and not rest:
        return None
    if DENIALS & set(rest):
        return Rejected("not_understood")
    for number in numbers:
        figures = str(number)
        digits = _digits_of(figures, options) if figures in {*words, *options} else None
        if digits is None:
            return Rejected("out_of_range")
        plain = len(digits) == len(figures) and len(options) < 10  # noqa: PLR2004 - "123"
        found.add(digits, certain=plain or figures in options)
    if rest:
        match = match_label(rest, options)
        if len(match.keys) > 1:
            return Rejected("ambiguous", match.keys)
        keys = match.keys or _find_each(rest, options)
        if not keys and not numbers and not found.digits:
            return Rejected("not_understood")
        found.add(keys, certain=match.certain)
    return None


def _find_each(words: Sequence[str], options: Mapping[str, str]) -> list[str]:
    """Read words that name nothing together one by one, never certain: "salu educasion"."""
    matches = [match_label([word], options).keys for word in words]
    return [keys[0] for keys in matches if len(keys) == 1]


def _digits_of(number: str, options: Mapping[str, str]) -> list[str] | None:
    """Read a number as an option, or as options typed without a gap: "13"."""
    if number in options:
        return [number]
    if all(digit in options and digit != SKIPPED for digit in number):
        return list(dict.fromkeys(number))
    return None
