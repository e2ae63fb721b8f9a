"""`codigos`: the codebook as a table of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.marking import mark
from admin.tables.codebook import make_codes
from admin.tables.extract import Column, Table, always
from admin.tables.long import LONG
from admin.tables.wide import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.tables.extract import Cell, Extract
    from admin.tables.lens import Lens
    from admin.tables.subject import Subject

COLUMNS = (
    Column("columna", "Columna"),
    Column("tipo", "Tipo"),
    Column("clave", "Clave"),
    Column("etiqueta", "Etiqueta"),
    Column("eje", "Eje"),
)


def _rows(extract: Extract, _: Lens, __: Iterable[Subject]) -> Iterator[list[Cell]]:
    told = set()
    for table in (LONG, WIDE):
        for code in make_codes(extract, table):
            if code not in told:
                told.add(code)
                yield [code.column, code.kind, code.key, code.label, code.axis]


CODES = Table("codigos", mark("Libro de códigos"), (), always(COLUMNS), _rows)
