"""The rows of a list that somebody uploads, one after the other: CSV, or the first sheet of .xlsx.

A questionnaire's workbook is held whole in memory (`admin.workbooks`), so it has few rows; a list
is read cell by cell, and only its numbers are kept.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

from flask_babel import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGEST_FILE: Final = 20_000_000
"""Bytes, from the command line; a page takes 2 MB (`puente.frame`), a CSV of 150,000 numbers."""
LARGEST_UNPACKED: Final = 200_000_000
"""Bytes of XML inside: a small file may hold a thousand times its size."""
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 120
LONGEST_CELL: Final = 100_000
"""Characters. csv has a bound too, but of the whole process: any library may have lifted it."""
DELIMITERS = ",;\t"

_PACKED, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n")
"""Excel's own first line, which it does not show."""


class UnreadableListError(Exception):
    """A file that is no list; the text is a Spanish sentence, and quotes nothing of it."""


def read_rows(raw: bytes, name: str) -> Iterator[Sequence[str]]:
    """Read the rows of a file, each as texts.

    Args:
        raw: the file.
        name: its own; where that and the contents say different things, these are believed.

    Raises:
        UnreadableListError: it is none, or too large; with the row where that shows.
    """
    if len(raw) > LARGEST_FILE:
        raise UnreadableListError(_("El archivo pasa de %(n)s MB.", n=LARGEST_FILE // 1_000_000))
    if raw.startswith(_OLD_WORKBOOK):
        raise UnreadableListError(_("Es un libro de Excel antiguo (.xls): guárdelo como .xlsx."))
    is_workbook = raw.startswith(_PACKED) or name.lower().endswith(".xlsx")
    rows = _read_workbook(raw) if is_workbook else _read_csv(raw)
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise UnreadableListError(
                _("La lista pasa de %(n)s filas: divídala.", n=f"{MOST_ROWS:,}")
            )
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise UnreadableListError(_("La fila %(n)s tiene una celda que no termina.", n=number))
        yield row


def _read_csv(raw: bytes) -> Iterator[Sequence[str]]:
    text = _decode(raw)
    named = _NAMED_DELIMITER.match(text)
    text = text[named.end() :] if named else text
    delimiter = named[1] if named else max(DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    read: list[str] = []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for read in lines:
            yield read
    except csv.Error:
        raise UnreadableListError(_("El archivo no es un CSV que se pueda leer.")) from None
    swallowed = max(read, key=len, default="") if text.count('"') % 2 else ""
    if "\n" in swallowed:
        begun = lines.line_num - swallowed.rstrip("\r\n").count("\n")
        raise UnreadableListError(
            _("Las comillas que se abren en la línea %(n)s no se cierran.", n=begun)
        )


def _decode(raw: bytes) -> str:
    """Read what spreadsheets write: UTF-8, UTF-16 ("Texto Unicode") or the old Windows'."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _read_workbook(raw: bytes) -> Iterator[Sequence[str]]:
    import openpyxl  # noqa: PLC0415 - a list is seldom read, and it is not small

    from admin.workbooks import UNREADABLE  # noqa: PLC0415 - as above

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise UnreadableListError(_("El libro de Excel es demasiado grande: divídalo."))
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programmes write a wrong size
        for cells in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield tuple(map(_write, cells))
    except UNREADABLE as error:
        raise UnreadableListError(
            _("El archivo no es un libro de Excel que se pueda leer.")
        ) from error


def _write(value: object) -> str:
    """Give a cell as text: 55550101.0 is a number that a spreadsheet has kept as one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
