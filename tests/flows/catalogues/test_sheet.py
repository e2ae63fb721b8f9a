"""The same catalogue in a spreadsheet, whatever a translator does to its columns."""

from __future__ import annotations

from flows.catalogues.entries import Catalogue
from flows.catalogues.merging import bring_in
from flows.catalogues.sheet import COLUMNS, make_rows, read_rows
from tests.support.translations import edit, make_script, translate_whole

WHOLE = translate_whole(make_script())


def read(rows: list[list[str]]) -> Catalogue:
    found = read_rows(rows, "quc")
    assert isinstance(found, Catalogue)
    return found


def test_rows_come_back_with_their_approvals() -> None:
    catalogue = edit(WHOLE, "fin/texto", is_draft=True, notes=("de: diccionario", "y otra"))
    brought, problems = bring_in(catalogue, read(make_rows(catalogue)))
    assert (brought, problems) == (catalogue, ())


def test_columns_may_stand_in_any_order_and_in_capitals() -> None:
    rows = [row[::-1] for row in make_rows(WHOLE)]
    rows[0] = [name.upper() for name in rows[0]]
    assert bring_in(WHOLE, read(rows))[0] == WHOLE


def test_columns_may_be_added_and_those_that_nobody_needs_left_out() -> None:
    rows = [[row[0], "x", row[1], row[2]] for row in make_rows(WHOLE)]
    assert bring_in(WHOLE, read(rows))[0] == WHOLE


def test_rows_without_a_key_and_short_rows_are_no_texts() -> None:
    rows = [*make_rows(WHOLE), ["", "", "suelto"], [], ["z/texto"]]
    assert [*read(rows).entries] == [*WHOLE.entries, "z/texto"]


def test_a_heading_that_lacks_a_column_or_has_one_twice_is_told() -> None:
    rows = make_rows(WHOLE)
    missing = read_rows([row[1:] for row in rows], "quc")
    twice = read_rows([[*row, row[2]] for row in rows], "quc")
    nothing = read_rows([], "quc")
    assert isinstance(missing, tuple)
    assert isinstance(twice, tuple)
    assert isinstance(nothing, tuple)
    assert [(one.code, one.line) for one in missing] == [("hoja-sin-columna", 1)]
    assert [one.sentence for one in twice] == ["La columna «traducción» está dos veces."]
    assert len(nothing) == 3


def test_a_text_that_stands_twice_is_told() -> None:
    rows = make_rows(WHOLE)
    found = read_rows([*rows, rows[1]], "quc")
    assert isinstance(found, tuple)
    assert [(one.code, one.line) for one in found] == [("po-repetido", len(rows) + 1)]
    assert COLUMNS[0] == "clave"
