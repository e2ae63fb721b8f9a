"""Yes and no, in every language that attests them and as people text them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from flows.languages.catalogue import Language, languages
from flows.reading.fold import fold
from flows.reading.phrases import LONGEST, find_correction, is_doubtful, is_figure, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YesNo = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Polarity:
    """A yes or a no, and whether it can mean nothing else."""

    answer: YesNo
    certain: bool


_SIGNS: Mapping[str, Polarity] = {
    **dict.fromkeys("👍✅✔☑💯", Polarity("yes", certain=True)),
    **dict.fromkeys("👌🤝🆗🙆", Polarity("yes", certain=False)),
    **dict.fromkeys("👎❌✖🚫🙅❎", Polarity("no", certain=True)),
}
_DRAWN_OUT = re.compile(r"(\w)\1{2,}|([aeiou])\2\b")
"""Letters held down: "siiii", "noo"."""
_NEITHER = re.compile(
    r"no (?:lo )?se\b|nose\b|no (?:estoy )?segur|no hay (?:problema|de que)|no tengo (?:problema|"
    r"inconveniente)|no (?:me )?(?:importa|molesta)|no (?:lo )?(?:entiendo|entendi|comprend)|no "
    r"(?:me )?(?:recuerd|acuerd)|no sol(?:o|amente)\b|no cabe duda|no faltaba mas|si no\b|si [yo] no"
    r"|ni si ni no|(?:por|como) que|de si\b|si es que\b"
)
"""Sentences that hold a sí or a no and are neither: "no sé", "no hay problema"."""
_TURNED = re.compile(r"no (?:digo |es )?que no\b")
"""Two noes that are none: "no que no" triumphs, "no digo que no" leaves it open."""
_LONGEST_PHRASE = 6


def find_yes_no(reply: str, language: str = "es") -> Polarity | None:
    """Read a yes or a no; None where it is neither, or both.

    Certain where the whole reply is made of one of them, said once or more, and courtesies.
    A question, or a sentence that only begins with sí or no, is not. Words of another language count as
    well, unless the conversation's own makes them something else.
    """
    if len(reply) > LONGEST or is_figure(reply):
        return None
    folded = fold(reply)
    words = words_of(_DRAWN_OUT.sub(_once, folded))
    said = [_SIGNS[sign] for sign in folded if sign in _SIGNS]
    if words:
        if _TURNED.search(" ".join(words)):
            return None
        spoken = _speak(words, language)
        if spoken is None:
            return _begin(words, language)
        said += spoken
    if len({each.answer for each in said}) != 1:
        return None
    certain = any(each.certain for each in said) and not is_doubtful(folded)
    return Polarity(said[0].answer, certain=certain)


def is_neither(words: Sequence[str]) -> bool:
    """Tell whether a reply holds a sí or a no and says neither: "no recuerdo"."""
    return _NEITHER.match(" ".join(words)) is not None


def _speak(words: Sequence[str], language: str) -> list[Polarity] | None:
    """Cover a reply with known phrases, the longest first; None where it is no answer."""
    phrases = _phrases(language)
    found: list[Polarity] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            span = " ".join(words[at : at + length])
            key = span if span in phrases else span.strip("'")
            if key in phrases:
                said = phrases[key]
                found += [said] if said is not None else []
                at += length
                break
        else:
            return None
    return found


def _begin(words: Sequence[str], language: str) -> Polarity | None:
    """Take a sentence for what its first word says, where it does not turn out neither."""
    first = _phrases(language).get(words[0])
    if first is None or find_correction(words) or _NEITHER.search(" ".join(words)):
        return None
    return Polarity(first.answer, certain=False) if first.certain else None


@cache
def _phrases(language: str) -> Mapping[str, Polarity | None]:
    """Map every phrase to what it says, courtesies to None; the own language has the say."""
    found: dict[str, Polarity | None] = {}
    own = languages().get(language)
    spanish = languages()["es"]
    for entry in (*languages().values(), spanish, *([own] if own else [])):
        found.update(_entries(entry, own=entry is own or entry is spanish))
    return found


def _entries(entry: Language, *, own: bool) -> Mapping[str, Polarity | None]:
    found: dict[str, Polarity | None] = {_spell(words): None for words in entry.courtesy}
    lists: tuple[tuple[YesNo, bool, tuple[str, ...]], ...] = (
        ("yes", False, entry.yes_maybe),
        ("no", False, entry.no_maybe),
        ("yes", True, entry.yes),
        ("no", True, entry.no),
    )
    for answer, certain, phrases in lists:
        for phrase in phrases:
            whole = _spell(phrase)
            if "'" in whole:
                found[whole.replace("'", "")] = Polarity(answer, certain=certain and own)
            if own or _is_telling(whole):
                found[whole] = Polarity(answer, certain=certain)
    return found


def _once(drawn: re.Match[str]) -> str:
    return drawn[0][0]


def _spell(phrase: str) -> str:
    return " ".join(words_of(_DRAWN_OUT.sub(_once, fold(phrase))))


def _is_telling(phrase: str) -> bool:
    """Tell whether a word of another language can be nothing else here: not "y", not "mani"."""
    return "'" in phrase or len(phrase) > 4  # noqa: PLR2004 - "manaq", "heehe'"
