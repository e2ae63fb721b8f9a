"""How a table is described to SPSS: names it takes, what is a number, what codes mean."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from admin.tables.variables import KINDS, NO_ANSWER, SPOKEN_LABELS
from flows.script.model import SKIPPED, UNCLEAR, VOICE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admin.exports.base import Code, Sheet

SPOKEN_CODES = {VOICE: -1.0, UNCLEAR: -2.0}
"""Voice notes in place of a number: no answer of any question is below 0."""
RESERVED = frozenset("all and by eq ge gt le lt ne not or to with".split())
LONGEST_NAME = 64
LONGEST_LABEL = 240
LONGEST_MEANING = 120
"""In bytes, as SPSS counts them."""
CUT = " […]"

_OPTIONED = {KINDS[kind] for kind in ("choice", "yes_no", "consent", "permissions", "rating")}
_NUMERIC = _OPTIONED | {KINDS["number"]}
_TICKED = KINDS["choices"]
_OTHER = re.compile(r"[^a-z0-9_]", re.IGNORECASE)

Meanings = dict[Any, str]
"""Codes, numbers or words as their column is, and what each means."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What SPSS is told of a table.

    Attributes:
        names: of the columns, in order.
        are_numbers: whether each holds numbers.
        titles: of the columns, in order.
        values: name -> code -> what it means.
        missing: name -> codes that are no answer to count with.
    """

    names: list[str]
    are_numbers: list[bool]
    titles: list[str | None]
    values: dict[str, Meanings]
    missing: dict[str, list[Any]]


def make_labels(sheet: Sheet) -> Labels:
    """Describe a table by its codebook. A column's kind never hangs on what is in its rows."""
    keys: defaultdict[str, dict[str, str]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for code in sheet.codes:
        kinds[code.column] = code.kind
        if code.key:
            keys[code.column][code.key] = code.label
    ticks = {f"{code.column}_{code.key}" for code in sheet.codes if code.kind == _TICKED}
    names = make_names([column.name for column in sheet.columns])
    values: dict[str, Meanings] = {}
    missing: dict[str, list[Any]] = {}
    are_numbers = []
    for name, column in zip(names, sheet.columns, strict=True):
        kind, known = kinds.get(column.name, ""), keys[column.name]
        is_code = kind in _NUMERIC and all(map(_is_number, known))
        are_numbers.append(column.is_number or is_code)
        if column.name in ticks:
            values[name] = {0.0: "No", 1.0: "Sí"}
        elif is_code:
            skipped = {SKIPPED: NO_ANSWER} if kind in _OPTIONED else {}
            meanings = {float(key): _mean(label) for key, label in (skipped | known).items()}
            spoken = {SPOKEN_CODES[value]: label for value, label in SPOKEN_LABELS.items()}
            values[name] = meanings | spoken
            missing[name] = list(spoken)
        elif column.name == "pregunta":
            values[name] = _name_questions(sheet.codes)
        elif known:
            values[name] = {key: _mean(label) for key, label in known.items()}
    titles: list[str | None] = [fit(column.title, LONGEST_LABEL) for column in sheet.columns]
    return Labels(names, are_numbers, titles, values, missing)


def make_names(columns: Iterable[str]) -> list[str]:
    """Give each column a name that SPSS takes, no two alike, the same one wherever it can."""
    names: list[str] = []
    taken = set(RESERVED)
    for column in columns:
        plain = _OTHER.sub("_", column)[:LONGEST_NAME]
        name = plain = plain if plain[:1].isalpha() else f"v{plain}"[:LONGEST_NAME]
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: LONGEST_NAME - 4]}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def fit(text: str, most: int) -> str:
    """Give a text in at most so many bytes of UTF-8, marked where it was cut."""
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return data.decode()
    return data[: most - len(CUT.encode())].decode("utf-8", "ignore") + CUT


def _mean(label: str) -> str:
    return fit(label, LONGEST_MEANING)


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal()


def _name_questions(codes: Iterable[Code]) -> Meanings:
    known = set(KINDS.values())
    return {code.column: _mean(code.label) for code in codes if not code.key and code.kind in known}
