"""SPSS files, read back by pyreadstat."""

from __future__ import annotations

import hashlib
import runpy
import sys
from itertools import product
from typing import TYPE_CHECKING, Any

import pyreadstat
import pytest

from admin.exports import EXPORTS
from admin.exports.base import Code, Sheet
from admin.exports.sav_labels import LONGEST_NAME, fit, make_names
from admin.tables import TABLES
from admin.tables.extract import Column
from tests.support.code import ROOT
from tests.support.office import PROPOSAL, SLUG

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}"


def read_sav(data: bytes, folder: Path) -> tuple[list[dict[str, Any]], Any]:
    """Give the rows of a file, and what SPSS is told of it."""
    path = folder / "tabla.sav"
    path.write_bytes(data)
    frame, told = pyreadstat.read_sav(path, output_format="polars", user_missing=True)
    return frame.to_dicts(), told


def write(sheet: Sheet, folder: Path) -> tuple[list[dict[str, Any]], Any]:
    return read_sav(b"".join(EXPORTS["sav"].write(sheet, hashlib.sha256())), folder)


@pytest.fixture
def answered(office: Office) -> Office:
    """A whole conversation, one that skips p1 and proposes nothing, and one refused."""
    office.answer()
    office.answer("CONSULTA", "si", "1", "0", "1 3", "2", "=1+1", number="+50255550102")
    office.answer("CONSULTA", "no", number="+50255550103")
    return office


def test_a_row_is_a_conversation_with_numbers_that_say_what_they_mean(
    answered: Office, tmp_path: Path
) -> None:
    data = answered.enter("exportador").get(f"{PAGE}/wide.sav?nivel=equipo").data
    rows, told = read_sav(data, tmp_path)
    assert len(rows) == 3
    first = rows[0]
    assert (first["p1"], first["p3_1"], first["p3_2"], first["p3_3"]) == (1, 1, 0, 1)
    assert first["p5"] == PROPOSAL
    assert first["municipio"] == "1413"
    assert rows[2]["p1"] is None
    assert [row["estado"] for row in rows] == ["completa", "en_curso", "rechazo"]
    labels = told.variable_value_labels
    assert labels["p1"][1] == "Sí"
    assert labels["p1"][-1] == "Nota de voz por escuchar"
    assert labels["p3_1"] == {0: "No", 1: "Sí"}
    assert labels["estado"]["rechazo"].startswith("Rechazó")
    assert labels["municipio"]["1413"] == "Santa María Nebaj, Quiché"
    assert told.column_names_to_labels["p5"].startswith("p5. ")
    assert [one["lo"] for one in told.missing_ranges["p1"]] == [-1, -2]
    assert "Plan de Gobierno Digital" in told.file_label
    assert "Filas: 3" in told.notes


def test_every_table_opens_with_as_many_rows_as_its_json(answered: Office, tmp_path: Path) -> None:
    client = answered.enter("exportador")
    for table, tier in product(TABLES, ("equipo", "publico")):
        rows, _ = read_sav(client.get(f"{PAGE}/{table}.sav?nivel={tier}").data, tmp_path)
        lines = client.get(f"{PAGE}/{table}.jsonl?nivel={tier}").text.splitlines()
        assert len(rows) == len(lines), (table, tier)


def test_an_answer_row_says_which_question_it_answers(answered: Office, tmp_path: Path) -> None:
    client = answered.enter("exportador")
    rows, told = read_sav(client.get(f"{PAGE}/long.sav?nivel=equipo").data, tmp_path)
    assert "=1+1" in {row["texto"] for row in rows}
    assert set(told.variable_value_labels["pregunta"]) >= {row["pregunta"] for row in rows}


def test_a_spoken_answer_is_told_apart_from_none(tmp_path: Path) -> None:
    sheet = Sheet(
        (Column("p1", "p1"), Column("n1", "n1"), Column("f1", "f1")),
        [
            ["voz", "voz", "voz"],
            ["", "", ""],
            ["no_se_entiende", "", ""],
            ["2", "12", "2026-03-02"],
        ],
        codes=[
            Code("p1", "opcion", "", "¿Sí?"),
            Code("p1", "opcion", "2", "No"),
            Code("n1", "numero", "", "¿Cuántos?"),
            Code("f1", "fecha", "", "¿Cuándo?"),
        ],
    )
    rows, told = write(sheet, tmp_path)
    assert [row["p1"] for row in rows] == [-1, None, -2, 2]
    assert [row["n1"] for row in rows] == [-1, None, None, 12]
    assert [row["f1"] for row in rows] == ["voz", "", "", "2026-03-02"]
    assert told.variable_value_labels["p1"][0] == "No sabe o prefiere no decir"
    assert 0 not in told.variable_value_labels["n1"]


def test_a_file_holds_more_rows_than_are_packed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.exports.sav.BATCH", 2)
    sheet = Sheet((Column("n", "n", is_number=True),), [[number] for number in range(5)])
    rows, _ = write(sheet, tmp_path)
    assert [row["n"] for row in rows] == [0, 1, 2, 3, 4]


def test_what_spss_cannot_hold_is_marked_where_it_was_cut(tmp_path: Path) -> None:
    long = "ñ" * 40_000
    sheet = Sheet((Column("a", long),), [[long], ["a\0b\ud83d"]], codes=[Code("a", "x", "k", long)])
    rows, told = write(sheet, tmp_path)
    assert rows[0]["a"].endswith("ñ […]")
    assert rows[1]["a"] == "a�b?"
    assert told.column_labels[0].endswith("ñ […]")
    assert told.variable_value_labels["a"]["k"].endswith("ñ […]")
    assert fit("ñandú", 7) == "ñandú"


def test_every_name_is_one_that_spss_takes() -> None:
    names = make_names(["by", "p1", "P1", "=2", "", "_x", "a b", "x" * 80, "x" * 90, "p1_2"])
    assert len({name.lower() for name in names}) == len(names)
    assert names[:4] == ["by_2", "p1", "P1_2", "v_2"]
    assert all(name[0].isalpha() and len(name) <= LONGEST_NAME for name in names)


def test_without_the_extra_it_is_not_on_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    offered = runpy.run_path(str(ROOT / "admin" / "exports" / "__init__.py"))["EXPORTS"]
    assert "sav" not in offered
    assert set(offered) == set(EXPORTS) - {"sav"}
