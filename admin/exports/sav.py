"""SPSS: numbers with their labels, as survey statisticians open them.

Needs the extra `puente[formats]` (pyreadstat, which takes a polars table). That library writes
a table it has before it as a whole, so unlike the other formats this one holds the table in
memory, packed: some 1 KB a row of `wide`.
"""

from __future__ import annotations

import tempfile
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from admin.exports.csv import begin, encode
from admin.exports.sav_labels import SPOKEN_CODES, Labels, fit, make_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admin.exports.base import Digest, Sheet
    from admin.tables.extract import Cell

BATCH = 5_000
"""Rows packed at a time."""
LONGEST_CELL = 32_000
"""Bytes SPSS takes in a cell are 32,767."""
LONGEST_TITLE = 64
LONGEST_NOTE = 80
PIECE = 65_536


class Sav:
    """`sav`: one table; columns carry their questions, and codes what they mean."""

    extension = "sav"
    tables = ()
    content_type = "application/x-spss-sav"

    def write(self, sheet: Sheet, digest: Digest) -> Iterator[bytes]:
        """Write a table; the digest is that of the same table as CSV."""
        import pyreadstat  # noqa: PLC0415 - an extra, and a second to load

        labels = make_labels(sheet)
        frame = _pack(sheet, labels, digest)
        facts = [fit(f"{label}: {value}", LONGEST_NOTE) for label, value in sheet.facts()]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tabla.sav"
            pyreadstat.write_sav(
                frame,
                path,
                file_label=fit(sheet.about.title, LONGEST_TITLE),
                column_labels=labels.titles,
                note=[*facts, "SHA-256 de estos datos en CSV:", digest.hexdigest()],
                variable_value_labels=labels.values,
                missing_ranges=labels.missing,
                row_compress=True,
            )
            del frame
            with path.open("rb") as file:
                yield from iter(partial(file.read, PIECE), b"")


def _pack(sheet: Sheet, labels: Labels, digest: Digest) -> Any:
    """Read all rows into a polars table, feeding the digest."""
    import polars as pl  # noqa: PLC0415 - as above

    kinds = {
        name: pl.Float64 if is_number else pl.String
        for name, is_number in zip(labels.names, labels.are_numbers, strict=True)
    }
    digest.update(begin(sheet))
    rows = iter(sheet.rows)
    packed = [pl.DataFrame([], schema=kinds)]
    while batch := list(islice(rows, BATCH)):
        digest.update(encode(batch))
        columns = zip(*batch, strict=True)
        packed.append(
            pl.DataFrame(
                [
                    [_read_number(cell) if is_number else _clean(str(cell)) for cell in column]
                    for column, is_number in zip(columns, labels.are_numbers, strict=True)
                ],
                schema=kinds,
            )
        )
    return pl.concat(packed)


def _read_number(cell: Cell) -> float | None:
    """Give a code as a number, or nothing where there is no answer."""
    if cell in SPOKEN_CODES:
        return SPOKEN_CODES[str(cell)]
    return None if cell == "" else float(cell)


def _clean(cell: str) -> str:
    return fit(cell.replace("\0", "�"), LONGEST_CELL)
