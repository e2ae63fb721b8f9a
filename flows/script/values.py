"""What stands after the colon: would YAML read it as the operator meant it?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from flows.script.notebook import find_close
from flows.script.quoting import CURLED, judge_quotes, quote, unquote_roughly
from flows.script.words import ATTRIBUTES, LISTS, MARKER, STEPS, TEXTS, TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SPECIAL: Final = frozenset("@%*{[&!|>`,]}")
_DASHED = re.compile(r"[-?](?= |$)")
_COLON = re.compile(r":(?=\s|$)")
_HASH = re.compile(r"(?:^|\s)#")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")
_TABLE = re.compile(r"\{\s*[\w\"']+\s*:\s")
_PAIRS: Final = MappingProxyType({"[": "]", "{": "}"})


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a line; `place` counts from 0, `words` fill the sentence."""

    code: str
    place: int
    words: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def holds_text(word: str) -> bool:
    """Tell whether a key is followed by words for people, as far as one line can tell."""
    known = word in TOP_LEVEL or word in STEPS or word in ATTRIBUTES or word in MARKER
    return word in TEXTS or (bool(word) and not known and find_close(word, LISTS) is None)


def is_open(value: str, word: str) -> bool:
    """Tell whether a value goes on in the next line whatever stands there."""
    if value[:1] in {'"', "'"}:
        return judge_quotes(value) == "open"
    return value[:1] in {"[", "{"} and not holds_text(word) and _missing(value) != ""


def judge_value(word: str, pieces: Sequence[str], place: int, flaws: list[Flaw]) -> str:
    """Give a value as YAML reads it right; add what was wrong with it to `flaws`.

    Args:
        word: its key.
        pieces: what stands on its line, and the further lines it runs over.
        place: of the first of them, from 0.
        flaws: where the flaws go.

    Returns:
        The pieces as they are, a line each, or the mended value on one line.
    """
    whole = " ".join(piece.strip() for piece in pieces).strip()
    as_it_is = "\n".join(pieces)
    if whole[:1] in {'"', "'"}:
        if judge_quotes(whole) == "closed":
            return as_it_is
        flaws.append(Flaw("comillas", place))
        return quote(unquote_roughly(whole))
    if not holds_text(word) or _TABLE.match(whole):
        return _judge_plain(whole, as_it_is, place, flaws)
    code, found = _find_trap(whole)
    if not code:
        return as_it_is
    if code in {"comillas", "comillas-curvas"}:
        flaws.append(Flaw(code, place))
        return quote(whole.strip('"' if code == "comillas" else "".join(CURLED)))
    at = _find_piece(pieces, code)
    flaws.append(Flaw(code, place + at, {"found": found}))
    return quote(whole)


def _judge_plain(whole: str, as_it_is: str, place: int, flaws: list[Flaw]) -> str:
    """Judge a value that is no text; quoted where YAML would choke, for the checks to judge."""
    if whole[:1] in _PAIRS:
        missing = _missing(whole)
        if missing:
            flaws.append(Flaw("corchetes", place, {"found": missing}))
            return whole.rstrip(", ") + missing
        return as_it_is
    value = _HASH.split(whole)[0].strip()
    if value and (
        value[0] in _SPECIAL - {"&", "*"} or _DASHED.match(value) or _COLON.search(value)
    ):
        return quote(value)
    return as_it_is


def _find_trap(text: str) -> tuple[str, str]:
    """Name the trap an unquoted text falls into, and the sign it begins with."""
    if text[:1] in _SPECIAL or _DASHED.match(text):
        return "signo-inicial", text[:1]
    if text[:1] in CURLED and text[-1] in CURLED and len(text) > 1:
        return "comillas-curvas", ""
    if text.endswith('"') and text.count('"') == 1:
        return "comillas", ""
    if _COLON.search(text):
        return "dos-puntos", ""
    return ("almohadilla", "") if _HASH.search(text) else ("", "")


def _find_piece(pieces: Sequence[str], code: str) -> int:
    pattern = {"dos-puntos": _COLON, "almohadilla": _HASH}.get(code)
    if pattern is None:
        return 0
    return next((at for at, piece in enumerate(pieces) if pattern.search(piece.strip())), 0)


def _missing(value: str) -> str:
    """Give the brackets that a list on one line would still need, innermost first."""
    still: list[str] = []
    for sign in _HASH.split(_QUOTED.sub("", value))[0]:
        if sign in _PAIRS:
            still.append(_PAIRS[sign])
        elif still and sign == still[-1]:
            still.pop()
    return "".join(reversed(still))
