"""Translations as files that go out and come back, each saying what it was made from.

A .po says it in its header, a workbook on a sheet of its own. One that says nothing was made
elsewhere: its texts are compared one by one in any case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.catalogues.po import read_catalogue, write_catalogue
from flows.catalogues.sheet import make_rows, read_rows
from flows.exchange.problems import make_foreign
from flows.exchange.workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.catalogues.entries import Catalogue

LARGEST = 1_000_000
"""Bytes of a file that is taken; one of 120 texts has 60 KB."""
LARGEST_UNPACKED = 8_000_000
"""Bytes inside a workbook."""
_END = '"Content-Transfer-Encoding: 8bit\\n"'
_MARK = re.compile(rb'"X-Puente: (\S+) (\d{1,9}) (\S+?)\\n"')
_ORIGIN = "origen"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file was made from."""

    slug: str
    revision: int
    language: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was read: no approval in it counts, for anybody can write one."""

    catalogue: Catalogue
    origin: Origin | None


def write_po(catalogue: Catalogue, origin: Origin) -> bytes:
    """Write a catalogue as a .po."""
    mark = f'"X-Puente: {origin.slug} {origin.revision} {origin.language}\\n"'
    return write_catalogue(catalogue).replace(_END, f"{_END}\n{mark}", 1).encode()


def write_xlsx(catalogue: Catalogue, origin: Origin) -> bytes:
    """Write a catalogue as a workbook."""
    from admin.workbooks import make_file  # noqa: PLC0415 - loads openpyxl

    said = (
        ("consulta", origin.slug),
        ("revisión", str(origin.revision)),
        ("idioma", origin.language),
    )
    rows = tuple(map(tuple, make_rows(catalogue)))
    return make_file((Sheet(origin.language, rows), Sheet(_ORIGIN, said)))


def read_file(raw: bytes, language: str) -> Brought | Sequence[str]:
    """Read a .po or a workbook; give what is wrong with it in sentences instead.

    Args:
        raw: of `LARGEST` bytes at most.
        language: what it is to be a translation into.
    """
    from admin.workbooks import BrokenWorkbookError, read_workbook  # noqa: PLC0415 - as above

    origin: Origin | None
    if raw.startswith(b"PK"):
        try:
            book = read_workbook(raw, LARGEST_UNPACKED)
        except BrokenWorkbookError as error:
            return [make_foreign(error.code, "", **error.words).sentence]
        read, origin = read_rows(book[0].rows if book else (), language), _find_origin(book)
    else:
        read, origin = read_catalogue(raw, language), _find_mark(raw)
    if isinstance(read, tuple):
        return [f"{problem.line}: {problem.sentence}" for problem in read]
    entries = {key: replace(one, review=None) for key, one in read.entries.items()}
    return Brought(replace(read, entries=entries), origin)


def _find_mark(raw: bytes) -> Origin | None:
    found = _MARK.search(raw)
    return found and Origin(found[1].decode(), int(found[2]), found[3].decode())


def _find_origin(book: Sequence[Sheet]) -> Origin | None:
    said = {
        row[0]: row[1]
        for sheet in book
        if sheet.name == _ORIGIN
        for row in sheet.rows
        if len(row) > 1
    }
    number = said.get("revisión", "")
    if not (number.isascii() and number.isdecimal()):
        return None
    return Origin(said.get("consulta", ""), int(number[:9]), said.get("idioma", ""))
