"""Catalogues as the rows of a spreadsheet, for translators who work in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.catalogues.entries import Catalogue, Entry, State
from flows.catalogues.problems import CatalogueProblem, make_catalogue_problem
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEY, SOURCE, TRANSLATION, STATE, WHO, ON, NOTE = COLUMNS = (
    "clave",
    "original",
    "traducción",
    "estado",
    "revisado por",
    "fecha",
    "notas",
)
_NEEDED: Final = (KEY, SOURCE, TRANSLATION)
STATES: Final[Mapping[State, str]] = {
    "empty": "falta",
    "outdated": "el original cambió",
    "draft": "borrador",
    "unreviewed": "sin revisar",
    "edited": "cambió después de revisada",
    "approved": "aprobada",
}


def make_rows(catalogue: Catalogue) -> list[list[str]]:
    """Write a catalogue as rows below a heading."""
    rows = [list(COLUMNS)]
    for entry in catalogue.entries.values():
        who, on = (entry.review.who, entry.review.on) if entry.review else ("", "")
        notes = "\n".join(entry.notes)
        rows.append(
            [entry.key, entry.source, entry.translation, STATES[entry.state], who, on, notes]
        )
    return rows


def read_rows(
    rows: Sequence[Sequence[str]], language: str, slug: str = ""
) -> Catalogue | tuple[CatalogueProblem, ...]:
    """Read the rows of a sheet back, its columns in any order.

    Only the translation, whether it is a draft, and the notes are taken: who approved what is
    written by `approve` alone. Rows without a key are left out.

    Returns:
        The catalogue, or what is wrong with its heading.
    """
    heading = [fold(name) for name in (rows[0] if rows else ())]
    problems = [
        make_catalogue_problem("hoja-sin-columna", 1, word=name)
        for name in _NEEDED
        if fold(name) not in heading
    ]
    problems += [
        make_catalogue_problem("hoja-repetida", 1, word=name)
        for name in COLUMNS
        if heading.count(fold(name)) > 1
    ]
    if problems:
        return tuple(problems)
    entries: dict[str, Entry] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = dict(zip(heading, row, strict=False))
        entry = _make_entry({name: cells.get(fold(name), "") for name in COLUMNS}, line)
        first = entries.setdefault(entry.key, entry) if entry.key else entry
        if first is not entry:
            words = {"word": entry.key, "first": first.line}
            problems.append(make_catalogue_problem("po-repetido", line, **words))
    return tuple(problems) or Catalogue(language, slug, entries)


def _make_entry(cells: Mapping[str, str], line: int) -> Entry:
    return Entry(
        key=cells[KEY].strip(),
        source=cells[SOURCE],
        translation=cells[TRANSLATION].strip(),
        is_draft=fold(cells[STATE]) == fold(STATES["draft"]),
        notes=tuple(note for note in cells[NOTE].split("\n") if note.strip()),
        line=line,
    )
