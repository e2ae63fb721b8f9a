"""Values of single attributes: a text, a number, a range, yes or no, a word of a table.

Each gives None where there is nothing to go on with; what is wrong stands in the notebook.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from flows.reading.dates import read_date
from flows.reading.fold import fold
from flows.reading.result import Accepted
from flows.script.model import TODAY
from flows.script.notebook import find_close, hint
from flows.script.tree import Items, Table, Text
from flows.script.words import DAYS, FOREIGN_YES_NO, YES_NO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.notebook import Notebook
    from flows.script.tree import Entry

EARLIEST, LATEST = 9, 17
"""Hours at which a paused conversation may go on, on any day of the week."""

_NUMBER = re.compile(r"[0-9]{1,5}$")
_RANGE = re.compile(r"(\d{1,7})\s*[-–—]\s*(\d{1,7})$")
_END = re.compile(r"\d{1,7}")
_ENDS: Final = 2
"""A range has two: «1 a 5», «del 1 al 5»."""
_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+y\s+")
_UNTIL = re.compile(
    r"(?:(?P<day>\D+?)|en (?P<days>\d{1,2}) dias?)(?: a las)? (?P<hour>\d{1,2}):00$"
)
_SPOKEN_UNTIL = re.compile(
    r"(?:(?P<day>(?:pasado )?manana)|(?:en |dentro de )?(?P<days>\d{1,2}) dias?)"
    r"(?:,? (?:a las? )?(?P<hour>\d{1,2})(?::00)?"
    r" ?(?P<half>am|pm|a\.m\.|p\.m\.|h|hrs?|horas|de la manana|de la tarde)?)?$"
)
_AFTERNOON: Final = frozenset({"pm", "p.m.", "de la tarde"})
NOON, USUAL_HOUR = 12, 10
DAYS_BY_NUMBER: Final = {days: word for word, days in DAYS.items()}
_DAYS: Final = {fold(word): days for word, days in DAYS.items()}
_Meaning = TypeVar("_Meaning")


def read_text(notebook: Notebook, word: str, entry: Entry, expected: str) -> str | None:
    """Read a value that stands on one line; `expected` says in Spanish what belongs there."""
    if not isinstance(entry.value, Text):
        notebook.report("mal-formado", entry.line, expected=expected)
        return None
    if not entry.value.text:
        notebook.report("falta-valor", entry.line, word=word)
        return None
    return entry.value.text


def read_table(notebook: Notebook, entry: Entry | None, expected: str) -> dict[str, Entry]:
    """Read names with something after each; `expected` says in Spanish what belongs there."""
    if entry is None:
        return {}
    if isinstance(entry.value, Table):
        return entry.value.entries
    notebook.report("mal-formado", entry.line, expected=expected)
    return {}


def read_names(notebook: Notebook, word: str, entry: Entry) -> tuple[tuple[str, int], ...]:
    """Read one word, or a list of them, each with its line; brackets left out are told."""
    if not isinstance(entry.value, Items):
        text = read_text(notebook, word, entry, "una palabra o una lista entre corchetes")
        several = [name for name in _SEPARATOR.split((text or "").strip("[]")) if name]
        if len(several) > 1:
            listed = f"[{', '.join(several)}]"
            mended = notebook.set_value(entry.line, word, listed)
            notebook.report("lista-suelta", entry.line, example=listed, mended=mended)
        return tuple((name, entry.line) for name in several)
    names: list[tuple[str, int]] = []
    for item in entry.value.items:
        if isinstance(item, Text) and item.text:
            names.append((item.text, item.line))
        else:
            notebook.report("mal-formado", item.line, expected="una palabra")
    return tuple(names)


def read_word(
    notebook: Notebook, word: str, entry: Entry, table: Mapping[str, _Meaning], code: str
) -> _Meaning | None:
    """Read a word of a table, a misspelt one as what it comes near."""
    found = read_text(notebook, word, entry, "una palabra")
    if found is None or found in table:
        return table[found] if found else None
    close = find_close(found, table)
    notebook.report(
        code,
        entry.line,
        word=found,
        attribute=word,
        hint=hint(close) or f" Use una de: {', '.join(table)}.",
        mended=notebook.set_value(entry.line, word, close) if close else None,
    )
    return table[close] if close else None


def read_yes_no(notebook: Notebook, word: str, entry: Entry) -> bool:
    """Read `si` or `no`; what other languages say for it is understood, and told."""
    found = read_text(notebook, word, entry, "«si» o «no»")
    if found is None or found in YES_NO:
        return YES_NO[found or "no"]
    meant = FOREIGN_YES_NO.get(found.lower())
    mended = None if meant is None else notebook.set_value(entry.line, word, _say(meant=meant))
    notebook.report("si-o-no", entry.line, attribute=word, mended=mended)
    return bool(meant)


def _say(*, meant: bool) -> str:
    return next(word for word, meaning in YES_NO.items() if meaning is meant)


def read_number(notebook: Notebook, word: str, entry: Entry, low: int, high: int) -> int | None:
    """Read a whole number within bounds, inclusive."""
    found = read_text(notebook, word, entry, "un número")
    if found is None:
        return None
    if not (_NUMBER.match(found) and low <= int(found) <= high):
        notebook.report("numero-invalido", entry.line, attribute=word, low=low, high=high)
        return None
    return int(found)


def read_range(
    notebook: Notebook, word: str, entry: Entry, highest: int, example: str
) -> tuple[int, int] | None:
    """Read `3-480`: two numbers from 0 to `highest`, the lower first."""
    found = read_text(notebook, word, entry, "un rango")
    if found is None:
        return None
    numbers = _RANGE.match(found)
    low, high = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    if low >= high or high > highest:
        mended = None
        ends = sorted({int(end) for end in _END.findall(found)} if not numbers else {low, high})
        if len(ends) == 1 and not numbers:  # «5»: up to it
            ends = sorted({int(example.partition("-")[0]), *ends})
        if len(ends) == _ENDS and ends[1] <= highest and "-" not in found[:1]:
            mended = notebook.set_value(entry.line, word, f"{ends[0]}-{ends[1]}")
        notebook.report(
            "rango-invalido",
            entry.line,
            attribute=word,
            example=example,
            highest=highest,
            mended=mended,
        )
        return None
    return low, high


def read_day(notebook: Notebook, word: str, entry: Entry) -> str:
    """Read `31/12/2026` or `hoy` as an ISO date or `TODAY`; empty where it is neither."""
    found = read_text(notebook, word, entry, "una fecha")
    if found is None or fold(found) == TODAY:
        return TODAY if found else ""
    reading = read_date(found)
    if isinstance(reading, Accepted) and reading.certain:
        return reading.value
    notebook.report("fecha-invalida", entry.line, attribute=word)
    return ""


def read_until(notebook: Notebook, word: str, entry: Entry) -> tuple[int, int] | None:
    """Read `mañana 10:00` or `en 3 días 9:00` as days and an hour."""
    found = read_text(notebook, word, entry, "un día y una hora")
    if found is None:
        return None
    until = parse_until(found)
    if until is None:
        meant = _guess_until(found)
        mended = meant and notebook.set_value(entry.line, word, name_until(*meant))
        notebook.report("hora-invalida", entry.line, mended=mended)
    elif not EARLIEST <= until[1] <= LATEST:
        notebook.report("hora-de-descanso", entry.line, low=EARLIEST, high=LATEST)
    return until


def parse_until(text: str) -> tuple[int, int] | None:
    """Give the days and the hour of `mañana 10:00`; None where it says neither."""
    parts = _UNTIL.match(fold(text))
    days = parts and (int(parts["days"]) if parts["days"] else _DAYS.get(parts["day"]))
    return (days, int(parts["hour"])) if parts and days else None


def _guess_until(text: str) -> tuple[int, int] | None:
    """Give the days and the hour that «mañana a las 3 pm» means; without an hour it is ten."""
    parts = _SPOKEN_UNTIL.match(fold(text))
    if parts is None:
        return None
    days = int(parts["days"]) if parts["days"] else _DAYS[parts["day"]]
    hour = int(parts["hour"] or USUAL_HOUR)
    hour += NOON if parts["half"] in _AFTERNOON and hour < NOON else 0
    return (days, hour) if days and EARLIEST <= hour <= LATEST else None


def name_until(days: int, hour: int) -> str:
    """Say days and an hour as `parse_until` reads them."""
    return f"{DAYS_BY_NUMBER.get(days, f'en {days} días')} {hour}:00"
