"""Excel: a cover page, the answers under their questions, and what the codes mean."""

from __future__ import annotations

import tempfile
from itertools import islice
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from admin.exports.csv import BATCH, RISKY, begin, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from xlsxwriter.format import Format as Style
    from xlsxwriter.worksheet import Worksheet

    from admin.exports.base import Code, Digest, Sheet
    from admin.tables.extract import Cell

LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0; further rows go to a further sheet."""
LONGEST_CELL = 32_767
"""Letters a cell may hold."""
CUT = " […]"
PIECE = 65_536
WIDTHS = {"wide": 42, "usual": 16}


class Xlsx:
    """`xlsx`: three sheets, Resumen, Respuestas (or what the table is called) and Códigos."""

    extension = "xlsx"
    tables = ()
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, sheet: Sheet, digest: Digest) -> Iterator[bytes]:
        """Write a table; the digest is that of the same table as CSV."""
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile(dir=folder) as file:
            _Book(file, folder).write(sheet, digest)
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece


class _Book:
    def __init__(self, file: BinaryIO, folder: str) -> None:
        self._book = Workbook(
            file,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        # Excel keeps such a cell as words even when somebody edits it.
        self._words = self._book.add_format({"quote_prefix": True})

    def write(self, sheet: Sheet, digest: Digest) -> None:
        cover = self._book.add_worksheet("Resumen")
        answers = self._book.add_worksheet(sheet.about.page)
        codes = self._book.add_worksheet("Códigos")
        self._answers(answers, sheet, digest)
        self._codes(codes, sheet.codes)
        facts = [*sheet.facts(), ("SHA-256 de estos datos en CSV", digest.hexdigest())]
        self._cover(cover, facts)
        self._book.close()

    def _answers(self, page: Worksheet, sheet: Sheet, digest: Digest) -> None:
        titles = [column.title for column in sheet.columns]
        self._head(page, titles)
        digest.update(begin(sheet))
        rows = iter(sheet.rows)
        line, pages = 0, 1
        while batch := list(islice(rows, BATCH)):
            digest.update(encode(batch))
            for row in batch:
                if line == LAST_ROW:
                    line, pages = 0, pages + 1
                    page = self._book.add_worksheet(f"{sheet.about.page} {pages}")
                    self._head(page, titles)
                line += 1
                self._row(page, line, row)

    def _head(self, page: Worksheet, titles: list[str]) -> None:
        page.freeze_panes(1, 0)
        page.set_column(0, len(titles) - 1, WIDTHS["usual"])
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self._row(page, 0, titles, self._bold)

    def _row(
        self, page: Worksheet, line: int, cells: Iterable[Cell], style: Style | None = None
    ) -> None:
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(line, place, cell, style)
            elif cell:
                risky = self._words if cell[0] in RISKY else None
                page.write_string(line, place, _fit(cell), style or risky)

    def _codes(self, page: Worksheet, codes: Iterable[Code]) -> None:
        page.set_column(0, 2, WIDTHS["usual"])
        page.set_column(3, 3, WIDTHS["wide"] * 2)
        self._head_of(page, ("Columna", "Tipo", "Clave", "Etiqueta", "Eje"))
        for line, code in enumerate(codes, 1):
            self._row(page, line, (code.column, code.kind, code.key, code.label, code.axis))

    def _head_of(self, page: Worksheet, titles: tuple[str, ...]) -> None:
        page.freeze_panes(1, 0)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self._row(page, 0, titles, self._bold)

    def _cover(self, page: Worksheet, facts: list[tuple[str, str | int]]) -> None:
        page.set_column(0, 0, WIDTHS["wide"])
        page.set_column(1, 1, WIDTHS["wide"] * 2)
        for line, (label, value) in enumerate(facts):
            page.write_string(line, 0, label, self._bold)
            self._row_value(page, line, value)

    def _row_value(self, page: Worksheet, line: int, value: str | int) -> None:
        if isinstance(value, int):
            page.write_number(line, 1, value)
        else:
            page.write_string(line, 1, _fit(value))


def _fit(cell: str) -> str:
    text = cell.encode("utf-8", "replace").decode()
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT
