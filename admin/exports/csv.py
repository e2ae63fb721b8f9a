"""Comma-separated values: UTF-8 with a BOM, so that spreadsheets read the accents."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.exports.base import Digest, Sheet
    from admin.tables.extract import Cell

BATCH = 500
"""Rows in a piece: some 100 KB, sent while the next are read."""
BOM = "\ufeff"
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell that begins so is run, or read as a new line, by one spreadsheet or another."""

SPECIAL = re.compile(r'[,"\r\n]')
"""A cell with one of these stands in quotes."""


def defuse(cell: Cell) -> Cell:
    """Put an apostrophe before words that a spreadsheet would run; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in RISKY and cell else cell


class _Written(dict[str | int, str]):
    """Cells as CSV has them, each made once: most rows say again what others have said."""

    def __missing__(self, cell: Cell) -> str:
        written = str(defuse(cell))
        if SPECIAL.search(written):
            written = '"' + written.replace('"', '""') + '"'
        self[cell] = written
        return written


def encode(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Write rows as CSV, each cell defused. What is no character becomes a question mark.

    As `csv.writer` does, which takes longer. What is remembered of cells grows with the rows.
    """
    write = _Written().__getitem__
    return "".join([",".join(map(write, row)) + "\r\n" for row in rows]).encode("utf-8", "replace")


def begin(sheet: Sheet) -> bytes:
    """Write the BOM and the header."""
    return BOM.encode() + encode([[column.name for column in sheet.columns]])


class Csv:
    """`csv`: one table in one file, its columns under their names for programs."""

    extension = "csv"
    tables = ()
    content_type = "text/csv; charset=utf-8"

    def write(self, sheet: Sheet, digest: Digest) -> Iterator[bytes]:
        """Write a table in pieces of `BATCH` rows; the digest is that of the file."""
        piece = begin(sheet)
        rows = iter(sheet.rows)
        while piece:
            digest.update(piece)
            yield piece
            piece = encode(islice(rows, BATCH))
