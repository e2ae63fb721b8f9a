"""The filter of the answers' page, as its address says it and people read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.outcomes import STANDINGS
from admin.reviews import REVIEWS
from flows.folio import find_folio
from flows.reading.fold import fold
from flows.reading.places import places
from storage.dossiers import SessionFilter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

NAMES = {
    "estado": lazy_gettext("Estado"),
    "canal": lazy_gettext("Canal"),
    "idioma": lazy_gettext("Idioma"),
    "lugar": lazy_gettext("Departamento"),
    "propuesta": lazy_gettext("Propuesta"),
    "desde": lazy_gettext("Desde el día"),
    "hasta": lazy_gettext("Hasta el día"),
    "folio": lazy_gettext("Folio"),
    "palabras": lazy_gettext("Palabras en sus respuestas"),
    "alerta": lazy_gettext("Solo con alerta"),
}
"""What the address may say, and what each is called on the page."""

COLUMNS = {
    "estado": lazy_gettext("Estado"),
    "canal": lazy_gettext("Canal"),
    "idioma": lazy_gettext("Idioma"),
    "modalidad": lazy_gettext("Modalidad"),
    "lugar": lazy_gettext("Lugar"),
    "folio": lazy_gettext("Folio"),
    "propuesta": lazy_gettext("Propuesta"),
}
"""What the list can show beside when it began and the questions, and what it is called."""
USUAL_COLUMNS = ("estado", "canal", "lugar", "propuesta")
MOST_COLUMNS = 10
"""More do not fit on a screen; an export has them all."""
LONGEST_SEARCH, SHORTEST_WORD = 80, 2

_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)
_OUTCOMES = {standing.code: outcome for outcome, standing in STANDINGS.items()}


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """A filter that was read.

    Attributes:
        said: name -> what was understood, for the form and for links.
        misread: the names whose values mean nothing; they leave nothing out.
        wanted: what the database is asked for.
        words: what open answers must say, folded; the database holds them sealed.
        columns: what the list shows, in order.
    """

    said: Mapping[str, str]
    misread: tuple[str, ...]
    wanted: SessionFilter
    words: tuple[str, ...] = ()
    columns: tuple[str, ...] = USUAL_COLUMNS

    @property
    def link(self) -> dict[str, Any]:
        """Give what an address says to show the same again."""
        chosen = self.columns != USUAL_COLUMNS
        return {**self.said, **({"columna": list(self.columns)} if chosen else {})}


def read_filter(
    typed: Mapping[str, str], place_questions: Sequence[str], timezone: tzinfo
) -> AnswerFilter:
    """Read a filter from an address, which anybody may have written by hand.

    Args:
        typed: name -> value; names we do not know are passed over.
        place_questions: the questions whose answers are places.
        timezone: in which days begin.
    """
    said: dict[str, str] = {}
    misread: list[str] = []
    fields: dict[str, Any] = {"place_questions": tuple(place_questions)}
    for name, label in NAMES.items():
        if not (value := typed.get(name, "").strip()):
            continue
        field = _read(name, value, timezone)
        if field is None:
            misread.append(str(label))
        else:
            fields |= field
            said[name] = value
    words = tuple(fold(said.get("palabras", "")).split())
    return AnswerFilter(said, tuple(misread), SessionFilter(**fields), words)


def choose_columns(
    found: AnswerFilter, typed: Sequence[str], questions: Sequence[str]
) -> AnswerFilter:
    """Add the columns that an address chooses, in the list's own order; the usual where none.

    Args:
        found: the filter.
        typed: names of columns and ids of questions; what is neither is passed over.
        questions: the consultation's.
    """
    chosen = tuple(name for name in (*COLUMNS, *questions) if name in set(typed))
    if len(chosen) > MOST_COLUMNS:
        misread = (*found.misread, str(_("Columnas (caben %(n)s)", n=MOST_COLUMNS)))
        return replace(found, columns=chosen[:MOST_COLUMNS], misread=misread)
    return replace(found, columns=chosen or USUAL_COLUMNS)


def _read(  # noqa: PLR0911 - one way out for each name
    name: str, value: str, timezone: tzinfo
) -> dict[str, Any] | None:
    """Give the field of a `SessionFilter` that a value sets, None where it means nothing."""
    if name in {"desde", "hasta"}:
        return _read_day(name, value, timezone)
    match name:
        case "estado" if value in _OUTCOMES:
            return {"standing": _OUTCOMES[value]}
        case "canal" if _WORD.fullmatch(value):
            return {"channel": value}
        case "idioma" if _WORD.fullmatch(value):
            return {"language": value}
        case "lugar" if value in places():
            return {"place": value}
        case "propuesta" if value in REVIEWS:
            return {"review": value}
        case "folio" if folio := find_folio(value):
            return {"folio": folio}
        case "palabras" if _is_search(value):
            return {"has_words": True}
        case "alerta" if value == "si":
            return {"is_alerted": True}
    return None


def _is_search(value: str) -> bool:
    words = fold(value).split()
    return len(value) <= LONGEST_SEARCH and all(len(word) >= SHORTEST_WORD for word in words)


def read_day(value: str, timezone: tzinfo) -> datetime | None:
    """Give the moment a day begins, None where nobody can mean that day."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return datetime.combine(day, time(), timezone) if _FIRST <= day < _LAST else None


def _read_day(name: str, value: str, timezone: tzinfo) -> dict[str, datetime] | None:
    begin = read_day(value, timezone)
    if begin is None:
        return None
    return {"since": begin} if name == "desde" else {"until": begin + timedelta(days=1)}
