"""Comma-separated values: UTF-8 with a BOM, so that spreadsheets read the accents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.exports.base import Digest, Sheet
    from admin.tables.extract import Cell

BATCH = 500
"""Rows in a piece: some 100 KB, sent while the next are read."""
BOM = "\ufeff"
END = "\r\n"
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell that begins so is run, or read as a new line, by one spreadsheet or another."""

SPECIAL = re.compile(r'[,"\r\n]')
"""A cell with one of these stands in quotes."""


def defuse(cell: Cell) -> Cell:
    """Put an apostrophe before words that a spreadsheet would run; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in RISKY and cell else cell


def write_cell(cell: Cell) -> str:
    """Write a cell as CSV has it, defused."""
    written = str(defuse(cell))
    if SPECIAL.search(written):
        return '"' + written.replace('"', '""') + '"'
    return written


class _Written(dict[str | int, str]):
    """Cells as CSV has them, each made once: most rows say again what others have said."""

    def __missing__(self, cell: Cell) -> str:
        written = self[cell] = write_cell(cell)
        return written


@dataclass(slots=True, eq=False)
class Piece:
    """Cells that stand side by side, and the same as CSV has them, for rows to share."""

    cells: tuple[Cell, ...]
    csv: str


def make_piece(cells: tuple[Cell, ...]) -> Piece:
    """Write some cells of a row."""
    return Piece(cells, ",".join(map(write_cell, cells)))


def encode(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Write rows as CSV, each cell defused. What is no character becomes a question mark.

    As `csv.writer` does, which takes longer. What is remembered of cells grows with the rows.
    """
    write = _Written().__getitem__
    return encode_lines(",".join(map(write, row)) + END for row in rows)


def encode_lines(lines: Iterable[str]) -> bytes:
    """Put rows together that are written as CSV, each with its `END`."""
    return "".join(lines).encode("utf-8", "replace")


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
        rows, lines = iter(sheet.rows), None if sheet.lines is None else iter(sheet.lines)
        while piece:
            digest.update(piece)
            yield piece
            piece = (
                encode(islice(rows, BATCH)) if lines is None else encode_lines(islice(lines, BATCH))
            )
