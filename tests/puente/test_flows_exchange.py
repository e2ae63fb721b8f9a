"""`puente flows import` and `export`, as an operator types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

from admin.workbooks import make_file
from puente.commands import main
from tests.support.forms import make_sheet

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = """
type             | name | label::Español (es)      | label::K'iche' (quc) | hint
acknowledge      | inv  | ¿Nos ayuda?              | ¿La kojatob'ej?      |
select_one si_no | edad | ¿Tiene 18 años o más?    |                      | Pida su DPI
geopoint         | gps  | ¿Dónde está?             |                      |
note             | fin  | Gracias.                 | Maltyox.             |
"""
CHOICES = "list_name | name | label::Español (es)\nsi_no | 1 | Sí\nsi_no | 2 | No\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    book = (make_sheet("survey", SURVEY), make_sheet("choices", CHOICES))
    (tmp_path / "Mi encuesta.xlsx").write_bytes(make_file(book))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["flows", *words])


def test_a_form_becomes_a_folder_and_its_problems_are_listed(here: Path) -> None:
    result = run("import", "Mi encuesta.xlsx")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    told = [line.split(": ")[:3] for line in lines[:3]]
    assert told == [
        ["Mi encuesta.xlsx", "survey!A4", "tipo-sin-equivalente"],
        ["Mi encuesta.xlsx", "survey!E3", "ayuda-aparte (aviso)"],
        ["Mi encuesta.xlsx", "survey!D3", "falta-traduccion (aviso)"],
    ]
    assert lines[2].endswith("Falta la traducción al K'iche'.")
    assert lines[3] == "Escrito: mi-encuesta/guion.yaml"
    assert lines[4].startswith("mi-encuesta/guion.yaml:6: falta-mayoria (aviso)")
    script = (here / "mi-encuesta" / "guion.yaml").read_text(encoding="utf-8")
    assert 'texto: "¿Tiene 18 años o más?"' in script


def test_translations_stand_beside_it_unreviewed(here: Path) -> None:
    run("import", "Mi encuesta.xlsx")
    raw = (here / "mi-encuesta" / "quc.po").read_bytes()
    with (here / "mi-encuesta" / "quc.po").open("rb") as file:
        catalogue = read_po(file)
    told = {str(text.context): text.string for text in catalogue if text.id}
    assert told["inv/texto"] == "¿La kojatob'ej?"
    assert told["edad/texto"] == ""
    assert b"\n# revisado: " not in raw
    (here / "mi-encuesta" / "guion.yaml").unlink()
    run("import", "Mi encuesta.xlsx")
    assert (here / "mi-encuesta" / "quc.po").read_bytes() == raw, "the same form, the same file"


def test_a_script_that_is_there_is_not_written_over(here: Path) -> None:
    run("import", "Mi encuesta.xlsx", "--to", "x")
    (here / "x" / "guion.yaml").write_text("mío", encoding="utf-8")
    result = run("import", "Mi encuesta.xlsx", "--to", "x")
    assert "ya hay un guion en x" in result.output
    assert (here / "x" / "guion.yaml").read_text(encoding="utf-8") == "mío"


def test_a_folder_that_cannot_be_made_is_told(here: Path) -> None:
    result = run("import", "Mi encuesta.xlsx", "--to", "Mi encuesta.xlsx/x")
    assert result.exit_code == 1
    assert "cannot be written: Not a directory" in result.output
    assert "Escrito" not in result.output
    assert sorted(here.iterdir()) == [here / "Mi encuesta.xlsx"]


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.xlsx", b"no", "a.xlsx: no-es-libro: No es un libro de Excel"),
        ("a.xls", b"no", "no se sabe leer a.xls; se leen: .xlsx"),
        (
            "b.json",
            b'{"version": "13", "flows": [{"spec_version": "13.1"}]}',
            "no trae ningún paso",
        ),
        (
            "a.json",
            b'{\n"flows": [',
            "a.json: línea 2: no-es-json: No es un archivo JSON completo.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told(here: Path, name: str, raw: bytes, told: str) -> None:
    (here / name).write_bytes(raw)
    result = run("import", name)
    assert result.exit_code == 1
    assert told in result.output
    assert "Escrito" not in result.output


def test_a_script_goes_out_and_comes_back_without_a_problem(here: Path) -> None:
    result = run("export", "plan-digital", "--format", "xlsform", "--output", "plan.xlsx")
    assert result.exit_code == 0
    assert "plan-digital: ub: sin-lugar (aviso): " in result.output
    result = run("import", "plan.xlsx")
    assert result.exit_code == 0
    told = [line for line in result.output.splitlines() if "falta-traduccion" not in line]
    assert told[:2] == ["Escrito: plan-digital/guion.yaml", "Sin problemas."]
    assert (here / "plan-digital" / "quc.po").exists()


def test_where_an_export_cannot_be_written_is_told() -> None:
    result = run("export", "plan-digital", "--format", "xlsform", "--output", "nada/plan.xlsx")
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.output
