"""A workbook as plain text in cells, and the columns of a sheet by what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flows.exchange.problems import make_foreign
from flows.languages.catalogue import languages
from flows.reading.fold import fold
from flows.script.notebook import find_close, hint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.exchange.problems import ForeignProblem

SOURCE: Final = "es"
"""The language that scripts are written in."""
TRANSLATED: Final = frozenset({"label", "hint", "valor"})
"""The columns that may stand once for each language."""

_CODE = re.compile(r"\(\s*([A-Za-z][\w-]*)\s*\)\s*$")
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, its cells as text and an empty text where there is nothing.

    `merged` are the ranges of cells made one, such as `B4:B7`.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...] = ()


Workbook = tuple[Sheet, ...]


def name_cell(sheet: str, row: int, column: int) -> str:
    """Name a cell as a spreadsheet does; row and column count from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column; a translated column is `label::quc`."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    places: Mapping[str, int]

    def get(self, column: str) -> str:
        """Give a cell's text, blanks at its ends gone."""
        return self.cells.get(column, "").strip()

    def list_languages(self, column: str) -> tuple[str, ...]:
        """Give the codes of the languages, the source apart, that a column stands in."""
        heads = (name.partition("::") for name in self.places)
        return tuple(code for base, _, code in heads if base == column and code not in {"", SOURCE})

    def where(self, column: str) -> str:
        """Name a cell, or the row's first where there is no such column."""
        return name_cell(self.sheet, self.number, self.places.get(column, 0))


@dataclass(slots=True)
class Grid:
    """A sheet read as a table: the first row that has anything names the columns."""

    sheet: Sheet
    problems: list[ForeignProblem]
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def read_grid(
    sheet: Sheet, known: Sequence[str], aliases: Mapping[str, str], problems: list[ForeignProblem]
) -> Grid:
    """Read a sheet as a table.

    Args:
        sheet: with the names of its columns in the first row that is not empty.
        known: the columns that it may have; those of `TRANSLATED` may carry a language.
        aliases: other names of them, folded.
        problems: where what is wrong goes.
    """
    grid = Grid(sheet, problems)
    problems.extend(
        make_foreign("celdas-unidas", f"{sheet.name}!{area.partition(':')[0]}", word=area)
        for area in sheet.merged
    )
    first = next((at for at, row in enumerate(sheet.rows) if any(row)), None)
    if first is None:
        return grid
    titles = {at: title.strip() for at, title in enumerate(sheet.rows[first]) if title.strip()}
    _Header(grid, known, aliases, first).read(titles)
    for number in range(first + 1, len(sheet.rows)):
        cells = _read_cells(grid, number)
        if any(cells.values()):
            grid.rows.append(Row(sheet.name, number, cells, grid.columns))
    return grid


def find_sheet(
    book: Workbook, name: str, problems: list[ForeignProblem], *, required: bool = True
) -> Sheet | None:
    """Find a sheet by its name, however it is spelt; tell where one that must be is not."""
    for sheet in book:
        if fold(sheet.name) == name:
            return sheet
    close = find_close(name, [sheet.name for sheet in book])
    if required or close:
        problems.append(make_foreign("falta-hoja", name, word=name, hint=hint(close)))
    return next((sheet for sheet in book if sheet.name == close), None)


def _read_cells(grid: Grid, number: int) -> dict[str, str]:
    row = grid.sheet.rows[number]
    cells: dict[str, str] = {}
    for name, place in grid.columns.items():
        text = row[place] if place < len(row) else ""
        if _ERROR.match(text):
            where = name_cell(grid.sheet.name, number, place)
            grid.problems.append(make_foreign("celda-con-error", where, word=text))
            text = ""
        cells[name] = text
    return cells


@dataclass(frozen=True, slots=True)
class _Header:
    """Reads the row that names the columns; what is spelt right goes first."""

    grid: Grid
    known: Sequence[str]
    aliases: Mapping[str, str]
    row: int

    def read(self, titles: Mapping[int, str]) -> None:
        left = {at: title for at, title in titles.items() if not self._add(at, title)}
        for at, title in left.items():
            base = fold(title.partition(":")[0]).replace(" ", "_")
            close = find_close(base, self.known)
            # People keep columns of their own: notes, numbers, who asked for it.
            if close is not None and close not in self._bases():
                self._report("columna-desconocida", at, word=title, hint=hint(close))
                self._add(at, title.replace(title.partition(":")[0], close))

    def _bases(self) -> set[str]:
        return {name.partition("::")[0] for name in self.grid.columns}

    def _add(self, at: int, title: str) -> bool:
        """Note what a column is, from its title `label::K'iche' (quc)`; tell if it is known."""
        base, *language = (part.strip() for part in re.split(r"::?", title, maxsplit=1))
        folded = fold(base).replace(" ", "_")
        name = self.aliases.get(folded, folded)
        if name not in self.known:
            return False
        if language and name in TRANSLATED:
            code = _find_code(language[0])
            if code is None:
                self._report("idioma-desconocido", at, word=title)
                return True
            name = f"{name}::{code}"
        if name in self.grid.columns:
            first = name_cell(self.grid.sheet.name, self.row, self.grid.columns[name])
            self._report("columna-repetida", at, word=title, first=first)
        else:
            self.grid.columns[name] = at
        return True

    def _report(self, code: str, at: int, **words: str) -> None:
        where = name_cell(self.grid.sheet.name, self.row, at)
        self.grid.problems.append(make_foreign(code, where, **words))


def name_language(code: str) -> str:
    """Name a language as the title of a column does that we read back: `K'iche' (quc)`."""
    return f"{languages()[code].name} ({code})"


def _find_code(title: str) -> str | None:
    """Find a language's code: between brackets, or by one of its names."""
    catalogue: Mapping[str, object] = languages()
    found = _CODE.search(title)
    if found is not None:
        code = found[1].lower()
        return code if code in catalogue else None
    return next((code for code, name in _names() if name == fold(title)), None)


def _names() -> Iterator[tuple[str, str]]:
    for language in languages().values():
        for name in (language.code, language.name, language.own_name):
            if name:
                yield language.code, fold(name)
    yield SOURCE, "spanish"
