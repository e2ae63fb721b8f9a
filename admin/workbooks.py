"""Workbooks on disk: Excel files read as text and written."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from flows.exchange.workbook import Sheet

if TYPE_CHECKING:
    from flows.exchange.workbook import Workbook

LARGEST_FILE: Final = 5_000_000
"""Bytes; a questionnaire of 200 rows in five languages has 60 KB."""
LARGEST_UNPACKED: Final = 40_000_000
"""Bytes of XML inside: a small file may hold a thousand times its size."""
MOST_ROWS, MOST_COLUMNS = 3000, 120

UNREADABLE: Final = (
    *(zipfile.BadZipFile, InvalidFileException, ParseError),
    *(KeyError, ValueError, TypeError, IndexError, EOFError, OSError),
    *(zlib.error, RuntimeError),  # a damaged part; one locked or packed in another way
)
"""What a file that is no workbook raises: openpyxl lets whatever a broken part causes through."""


class BrokenWorkbookError(Exception):
    """A file that is no workbook we read; `code` is one of `flows.exchange.problems`."""

    def __init__(self, code: str, **words: Any) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def read_workbook(raw: bytes, largest_unpacked: int = LARGEST_UNPACKED) -> Workbook:
    """Read an Excel file (.xlsx): every cell as text, formulas by what they last gave.

    Args:
        raw: the file.
        largest_unpacked: bytes inside it.

    Raises:
        BrokenWorkbookError: it is none, or too large.
    """
    if len(raw) > LARGEST_FILE:
        raise BrokenWorkbookError("libro-grande", limit=f"{LARGEST_FILE // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > largest_unpacked:
            raise BrokenWorkbookError("libro-grande", limit=f"{LARGEST_FILE // 1_000_000} MB")
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    except UNREADABLE as error:
        raise BrokenWorkbookError("no-es-libro") from error
    return tuple(_read_sheet(sheet) for sheet in book.worksheets)


def _read_sheet(sheet: Any) -> Sheet:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise BrokenWorkbookError(
            "libro-grande", limit=f"{MOST_ROWS} filas y {MOST_COLUMNS} columnas"
        )
    rows = tuple(
        tuple(_write_cell(cell) for cell in row) for row in sheet.iter_rows(values_only=True)
    )
    return Sheet(sheet.title, rows, tuple(str(area) for area in sheet.merged_cells.ranges))


def _write_cell(value: object) -> str:
    """Give a cell as text: 1.0 is a 1 that a spreadsheet has kept as a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def make_file(book: Workbook) -> bytes:
    """Make an Excel file; every cell is text, so that nothing in it is run."""
    with io.BytesIO() as buffer:
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as written:
            bold = written.add_format({"bold": True})
            for sheet in book:
                page = written.add_worksheet(sheet.name)
                for number, row in enumerate(sheet.rows):
                    for column, text in enumerate(row):
                        if text:
                            page.write_string(number, column, text, bold if not number else None)
                page.freeze_panes(1, 0)
                page.set_column(0, max(len(row) for row in sheet.rows) - 1, 24)
        return buffer.getvalue()
