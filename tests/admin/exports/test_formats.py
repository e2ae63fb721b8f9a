"""What every export format keeps to, and each one's own; read back by somebody else's reader."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from admin.exports import EXPORTS
from admin.exports.base import Code, Sheet
from admin.exports.csv import BOM, defuse, encode
from admin.exports.xlsx import LONGEST_CELL
from admin.tables.extract import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl import Workbook

    from admin.tables.extract import Cell

RISKY = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("http://a")']
COLUMNS = (Column("p1", "p1. ¿Qué?"), Column("=p2", "=2+2"), Column("n", "n"))


def make_sheet(rows: Iterable[list[Cell]], **fields: object) -> Sheet:
    return Sheet(COLUMNS, rows, **fields)  # type: ignore[arg-type]


def write(name: str, sheet: Sheet) -> tuple[bytes, str]:
    digest = hashlib.sha256()
    return b"".join(EXPORTS[name].write(sheet, digest)), digest.hexdigest()


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def open_book(rows: Iterable[list[Cell]], **fields: object) -> Workbook:
    data, _ = write("xlsx", make_sheet(rows, **fields))
    return load_workbook(io.BytesIO(data))


@pytest.fixture(params=[name for name, form in EXPORTS.items() if not form.tables])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_format_says_what_browsers_and_file_names_need(name: str) -> None:
    assert EXPORTS[name].extension in {name, "zip"}
    assert "/" in EXPORTS[name].content_type


def test_a_table_without_rows_is_still_a_file(name: str) -> None:
    data, digest = write(name, make_sheet([]))
    assert data or name == "jsonl"
    assert len(digest) == 64


def test_signs_that_are_no_character_break_no_format(name: str) -> None:
    data, _ = write(name, make_sheet([["\ud83d", "a\x00b\x0bc", 1]]))
    assert data


@pytest.mark.parametrize("name", ["csv", "jsonl", "xlsx", "datapackage"])
def test_memory_does_not_grow_with_the_rows(name: str) -> None:
    def peak(rows: int) -> int:
        pieces = EXPORTS[name].write(
            make_sheet(repeat(["una respuesta", "x" * 60, 1], rows)), hashlib.sha256()
        )
        tracemalloc.start()
        for _ in pieces:
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    few, many = peak(1_000), peak(4_000)
    assert many < few * 1.5


@pytest.mark.parametrize("text_format", ["csv", "jsonl"])
def test_rows_are_read_only_as_they_are_sent(text_format: str) -> None:
    read = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal read
        for _ in range(5_000):
            read += 1
            yield ["a", "b", 1]

    pieces = EXPORTS[text_format].write(make_sheet(rows()), hashlib.sha256())
    next(pieces)
    next(pieces)
    assert read < 5_000


@pytest.mark.parametrize("text_format", ["csv", "jsonl"])
def test_the_digest_of_a_text_format_is_that_of_the_file(text_format: str) -> None:
    data, digest = write(text_format, make_sheet([["a", "ñ", 1]]))
    assert hashlib.sha256(data).hexdigest() == digest


def test_excel_shows_the_digest_of_the_same_table_as_csv() -> None:
    rows: list[list[Cell]] = [["=1", "ñ", 1]] * 1_200
    _, of_csv = write("csv", make_sheet(rows))
    _, of_xlsx = write("xlsx", make_sheet(rows))
    assert of_xlsx == of_csv
    cover = [cell.value for row in open_book(rows)["Resumen"] for cell in row]
    assert of_csv in cover


# --- CSV ---------------------------------------------------------------------------


def test_csv_begins_with_a_bom_and_ends_lines_as_spreadsheets_expect() -> None:
    data, _ = write("csv", make_sheet([["sí", "", 0]]))
    assert data.decode() == f"{BOM}p1,'=p2,n\r\nsí,,0\r\n"


@pytest.mark.parametrize("cell", RISKY)
def test_csv_defuses_what_a_spreadsheet_would_run(cell: str) -> None:
    data, _ = write("csv", make_sheet([[cell, cell, 1]]))
    assert read_csv(data)[1] == [f"'{cell}", f"'{cell}", "1"]
    assert defuse(cell) == f"'{cell}"


def test_csv_is_what_the_standard_library_writes() -> None:
    cells: list[Cell] = [
        "",
        "a",
        "a,b",
        '"',
        'dice "sí"',
        "a\rb",
        "a\nb",
        " a ",
        "a;b",
        "a\tb",
        "'",
        "1",
        1,
        -1,
    ]
    rows = [[one, other] for one in cells for other in cells]
    expected = io.StringIO(newline="")
    csv.writer(expected).writerows(rows)
    assert encode(rows).decode() == expected.getvalue()


def test_csv_defuses_headers_too() -> None:
    assert read_csv(write("csv", make_sheet([]))[0])[0] == ["p1", "'=p2", "n"]


@pytest.mark.parametrize("cell", ["", "2", "1 3", "Nebaj, Quiché", "a=b", 'dice "sí"', -5, 0])
def test_csv_leaves_the_rest_as_it_is(cell: Cell) -> None:
    data, _ = write("csv", make_sheet([[cell, "x", 1]]))
    assert read_csv(data)[1][0] == str(cell)
    assert defuse(cell) == cell


# --- JSON lines ----------------------------------------------------------------------


def test_json_lines_keep_values_as_they_are() -> None:
    data, _ = write("jsonl", make_sheet([["=1+1", "línea\nnueva", 1]]))
    (line,) = data.decode().splitlines()
    assert json.loads(line) == {"p1": "=1+1", "=p2": "línea\nnueva", "n": 1}


# --- Excel ---------------------------------------------------------------------------


def test_excel_has_a_cover_the_answers_and_the_codes() -> None:
    book = open_book(
        [["1", "2", 1]],
        codes=[Code("p1", "opcion", "1", "Sí", "1 Gobierno Eficiente")],
        facts=lambda: [("Personas", 3), ("Nivel", "equipo")],
    )
    assert book.sheetnames == ["Resumen", "Respuestas", "Códigos"]
    cover = [[cell.value for cell in row] for row in book["Resumen"]]
    assert cover[:2] == [["Personas", 3], ["Nivel", "equipo"]]
    answers = [[cell.value for cell in row] for row in book["Respuestas"]]
    assert answers == [["p1. ¿Qué?", "=2+2", "n"], ["1", "2", 1]]
    assert [cell.value for cell in book["Códigos"][2]] == [
        *("p1", "opcion", "1", "Sí", "1 Gobierno Eficiente")
    ]


def test_excel_runs_nothing_and_links_nowhere() -> None:
    book = open_book(
        [[cell, cell, 1] for cell in [*RISKY, "http://a.example.org"]],
        codes=[Code("=1", "=1", "=1", "=1", "=1")],
        facts=lambda: [("=1", "=1")],
    )
    cells = list(chain.from_iterable(row for page in book for row in page))
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
    first = book["Respuestas"]["A2"]
    assert (first.value, first.quotePrefix) == ("=1+1", True)


def test_excel_keeps_codes_as_text() -> None:
    book = open_book([["0101", "1", 1]])
    types = [cell.data_type for cell in book["Respuestas"][2]]
    assert types == ["s", "s", "n"]


def test_excel_marks_an_answer_too_long_for_a_cell_where_it_ends() -> None:
    book = open_book([["a" * (LONGEST_CELL + 1), "", 1]])
    cell = book["Respuestas"]["A2"].value
    assert isinstance(cell, str)
    assert len(cell) == LONGEST_CELL
    assert cell.endswith(" […]")


def test_excel_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("admin.exports.xlsx.LAST_ROW", 2)
    book = open_book([[str(number), "", 1] for number in range(5)])
    pages = [name for name in book.sheetnames if name.startswith("Respuestas")]
    assert pages == ["Respuestas", "Respuestas 2", "Respuestas 3"]
    seen = [book[page].cell(line, 1).value for page in pages for line in (2, 3)]
    assert seen == ["0", "1", "2", "3", "4", None]
    assert book["Respuestas 3"]["A1"].value == "p1. ¿Qué?"
