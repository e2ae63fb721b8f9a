"""Yes and no, in every language that attests them and as people text them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from flows.languages.catalogue import Language, languages
from flows.reading.fold import fold
from flows.reading.phrases import LONGEST, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

YesNo = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Polarity:
    """A yes or a no, and whether it can mean nothing else."""

    answer: YesNo
    certain: bool


_YES_SIGNS, _NO_SIGNS = "👍✅✔☑💯", "👎❌✖🚫🙅❎"
_MAYBE_YES_SIGNS = "👌🤝🆗🙆"
_REPEATED = re.compile(r"(\w)\1{2,}")
_OPEN = re.compile(
    r"no (?:lo )?se\b|nose\b|no (?:estoy )?segur|no hay problema|no tengo (?:problema|inconveniente)"
    r"|no importa|no me molesta|no entiendo|no entendi|no comprendo|no recuerdo|no me acuerdo"
    r"|no solo|no solamente|no cabe duda|no hay de que|no faltaba mas|si no\b|si y no|si o no|ni si ni no"
    r"|como que (?:si|no)\b|por que (?:si|no)\b|de si\b|si es que\b"
)
_FIRST = {
    "si": "yes",
    "sip": "yes",
    "simon": "yes",
    "claro": "yes",
    "no": "no",
    "nel": "no",
    "nop": "no",
}


def find_yes_no(reply: str, language: str = "es") -> Polarity | None:
    """Read a yes or a no; None where it is neither, or both.

    A word of another language counts as well, where the conversation's own does not make
    it the opposite. A sentence that begins with sí or no is never certain.
    """
    if len(reply) > LONGEST:
        return None
    folded = fold(reply)
    words = words_of(_REPEATED.sub(r"\1", folded))
    text = " ".join(words)
    signs = _by_signs(folded)
    if not words:
        return signs
    said = _table(language).get(text) or _table(language).get(text.replace("'", "’"))
    if said is None and not _OPEN.search(text):
        first = _FIRST.get(words[0])
        said = Polarity(first, certain=False) if first in {"yes", "no"} else None  # type: ignore[arg-type]
    if said is not None and signs is not None and signs.answer != said.answer:
        return None
    return said


def _by_signs(folded: str) -> Polarity | None:
    yes = any(sign in folded for sign in _YES_SIGNS)
    no = any(sign in folded for sign in _NO_SIGNS)
    if yes or no:
        return None if yes and no else Polarity("yes" if yes else "no", certain=True)
    if any(sign in folded for sign in _MAYBE_YES_SIGNS):
        return Polarity("yes", certain=False)
    return None


@cache
def _table(language: str) -> Mapping[str, Polarity]:
    """Map every whole answer to what it says; the conversation's own language has the say."""
    found: dict[str, Polarity] = {}
    own = languages().get(language)
    for entry in (*languages().values(), *([own] if own else [])):
        found.update(_entries(entry, own=entry is own))
    return found


def _entries(entry: Language, *, own: bool) -> Mapping[str, Polarity]:
    found: dict[str, Polarity] = {}
    lists: tuple[tuple[YesNo, bool, tuple[str, ...]], ...] = (
        ("yes", False, entry.yes_maybe),
        ("no", False, entry.no_maybe),
        ("yes", True, entry.yes),
        ("no", True, entry.no),
    )
    for answer, certain, wordings in lists:
        for wording in wordings:
            whole = _REPEATED.sub(r"\1", fold(wording))
            if "'" in whole:
                found[whole.replace("'", "")] = Polarity(answer, certain=certain and own)
            found[whole] = Polarity(answer, certain=certain)
    return found
