"""Excel files are read as text, bounded, and never run."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from admin.workbooks import MOST_ROWS, BrokenWorkbookError, make_file, read_workbook
from flows.exchange.workbook import Sheet
from tests.support.damaged import damage, lock

if TYPE_CHECKING:
    from collections.abc import Callable


def make(fill: object) -> bytes:
    book = openpyxl.Workbook()
    fill(book)  # type: ignore[operator]
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def pack(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)
    return written.getvalue()


def test_cells_of_every_kind_are_text() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.active
        assert page is not None
        page.title = "survey"
        page.append(["a", 1, 2.0, 2.5, True, False, None, "z"])
        page.merge_cells("A3:B4")

    (sheet,) = read_workbook(make(fill))
    assert sheet.name == "survey"
    assert sheet.rows[0] == ("a", "1", "2", "2.5", "true", "false", "", "z")
    assert sheet.merged == ("A3:B4",)


def test_what_is_written_is_read_the_same_and_nothing_of_it_is_run() -> None:
    book = (
        Sheet("survey", (("type", "name"), ("text", "=1+1"), ("", "0123"))),
        Sheet("choices", (("list_name",),)),
        Sheet("vacia", ((),)),
    )
    read = read_workbook(make_file(book))
    assert read[0] == book[0]
    assert read[1] == book[1]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"type,name\ntext,p\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        pack(hola=b"mundo"),
        pack(**{"[Content_Types].xml": b"<"}),
        make(lambda _: None)[:400],
    ],
    ids=["empty", "csv", "xls", "zip", "xml", "cut"],
)
def test_what_is_no_workbook_is_told(raw: bytes) -> None:
    with pytest.raises(BrokenWorkbookError) as caught:
        read_workbook(raw)
    assert caught.value.code == "no-es-libro"


def test_a_workbook_that_unfolds_is_not_unfolded() -> None:
    for raw in (bytes(6_000_000), pack(bomba=bytes(45_000_000))):
        with pytest.raises(BrokenWorkbookError) as caught:
            read_workbook(raw)
        assert caught.value.code == "libro-grande"


def test_a_sheet_without_end_is_told() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.active
        assert page is not None
        page.cell(MOST_ROWS + 1, 1, "x")

    with pytest.raises(BrokenWorkbookError) as caught:
        read_workbook(make(fill))
    assert caught.value.words == {"limit": "3000 filas y 120 columnas"}


@pytest.mark.parametrize("spoil", [damage, lock])
def test_a_workbook_that_was_damaged_or_locked_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    whole = make_file((Sheet("survey", (("type", "name"),)),))
    with pytest.raises(BrokenWorkbookError):
        read_workbook(spoil(whole))
