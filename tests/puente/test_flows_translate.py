"""`puente flows translate`, and what publishing makes of it: the way of a translation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from flows.catalogues.po import read_catalogue
from puente.bundled import find_flow
from puente.commands import main
from puente.translations import read_catalogues
from tests.support.translations import SOURCE

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a script, and a database of its own beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PUENTE_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/puente.db")
    folder = tmp_path / "agua"
    folder.mkdir()
    folder.joinpath("guion.yaml").write_text(SOURCE, "utf-8")
    return folder


def run(*arguments: str, code: int = 0) -> str:
    result: Result = CliRunner().invoke(main, ["flows", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def translate(*arguments: str, code: int = 0) -> str:
    return run("translate", *arguments, code=code)


def fill(file: Path) -> None:
    """Translate every text of a .po into itself in brackets, as a translator's programme would."""
    lines = file.read_text("utf-8").split("\n")
    for at, line in enumerate(lines):
        if line == 'msgstr ""' and lines[at - 1].startswith(('msgid "', '"')) and at > 5:
            start = max(n for n in range(at) if lines[n].startswith("msgid"))
            text = "".join(lines[start:at]).removeprefix("msgid ").replace('""', "")
            lines[at] = f'msgstr "[{text.strip(chr(34))}]"'
    file.write_text("\n".join(lines), "utf-8")


def approve_all(folder: Path, language: str = "quc") -> None:
    translate("approve", str(folder), language, "--all", "--who", "ALMG", "--on", "2026-11-02")


def test_from_an_empty_file_to_an_offered_language(folder: Path) -> None:
    run("publish", str(folder), code=1)  # the database is not migrated
    CliRunner().invoke(main, ["db", "upgrade"])
    assert "textos por traducir" in translate("extract", str(folder), "quc")
    assert "ya está" in translate("extract", str(folder), "quc", code=1)
    refused = run("publish", str(folder), code=1)
    assert "quc: inv/texto: falta" in refused
    assert "--allow-drafts" in refused
    assert "(es)" in run("publish", str(folder), "--allow-drafts")

    fill(folder / "quc.po")
    assert "quc: inv/texto: nadie la ha revisado" in run("publish", str(folder), code=1)
    approve_all(folder)
    assert "se ofrece" in translate("coverage", str(folder))
    assert "revisión 1.1 (es, quc)" in run("publish", str(folder))
    assert "revisión 1.1 (es, quc)" in run("publish", str(folder))
    assert find_flow(str(folder)).languages == ("es", "quc")


def test_an_edit_after_the_approval_is_refused_and_listed(folder: Path) -> None:
    CliRunner().invoke(main, ["db", "upgrade"])
    translate("extract", str(folder), "quc")
    fill(folder / "quc.po")
    approve_all(folder)
    po = folder / "quc.po"
    po.write_text(po.read_text("utf-8").replace('"[¿Qué falta?]"', '"[¿Qué hay?]"'), "utf-8")
    refused = run("publish", str(folder), code=1)
    assert "quc: a1/texto: cambió después de revisada" in refused
    assert "quc: textos sin aprobar: 1" in refused
    assert "(es)" in run("publish", str(folder), "--allow-drafts")
    assert find_flow(str(folder)).languages == ("es",)


def test_a_changed_script_marks_translations_as_outdated_and_keeps_them(folder: Path) -> None:
    translate("extract", str(folder), "quc")
    fill(folder / "quc.po")
    approve_all(folder)
    changed = SOURCE.replace('"Gracias."', '"Muchas gracias."').replace(
        "pregunta: b1", "pregunta: c1"
    )
    folder.joinpath("guion.yaml").write_text(changed, "utf-8")
    assert "4 nuevos, 1 desactualizados, 4 de más" in translate("update", str(folder))
    text = (folder / "quc.po").read_text("utf-8")
    assert '#| msgid "Gracias."' in text
    assert 'msgstr "[Gracias.]"' in text
    found = json.loads(translate("coverage", str(folder), "--format", "json"))[0]
    assert found["outdated"] == ["fin/texto"]
    assert found["offered"] is False
    assert found["missing"] == ["fin/texto"]


@pytest.mark.parametrize("form", ["po", "xlsx"])
def test_what_is_exported_comes_back_as_it_was(folder: Path, tmp_path: Path, form: str) -> None:
    translate("extract", str(folder), "quc")
    fill(folder / "quc.po")
    approve_all(folder)
    before = (folder / "quc.po").read_bytes()
    out = tmp_path / f"quc.{form}"
    translate("export", str(folder), "quc", "--format", form, "--output", str(out))
    (folder / "quc.po").unlink()
    translate("import", str(folder), str(out))
    if form == "po":
        assert (folder / "quc.po").read_bytes() == before
    else:  # who approved what is written by `approve` alone
        read = read_catalogue((folder / "quc.po").read_bytes(), "quc")
        assert not isinstance(read, tuple)
        assert {entry.state for entry in read.entries.values()} == {"unreviewed"}


def test_a_spreadsheet_with_its_columns_shuffled_is_read_and_edits_un_approve(
    folder: Path, tmp_path: Path
) -> None:
    translate("extract", str(folder), "quc")
    fill(folder / "quc.po")
    approve_all(folder)
    out = tmp_path / "de-la-traductora.xlsx"
    translate("export", str(folder), "quc", "--output", str(out))
    book = openpyxl.load_workbook(out)
    sheet = book.active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        row[2] = "[¿Nos ayudan? {costo}]" if row[0] == "inv/texto" else row[2]
        sheet.append([row[4], row[2], row[6], row[1], row[0], row[3], row[5]])
    sheet.append([None, "otra", None, "Otra", "z/texto"])
    book.save(out)
    said = translate("import", str(folder), str(out), "--language", "quc")
    assert f"{out}:{len(rows) + 1}: texto-ajeno" in said
    found = json.loads(translate("coverage", str(folder), "--format", "json"))[0]
    assert found["edited"] == ["inv/texto"]
    assert found["missing"] == ["inv/texto"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("quc.po", b'msgctxt "a\n', "quc.po:1: po-ilegible"),
        ("quc.po", b"\xff", "po-no-utf8"),
        ("quc.xlsx", b"not a workbook", "No es un libro de Excel"),
        ("klingon.po", b"", "no es el código de un idioma"),
        ("es.po", b"", "no es el código de un idioma"),
        (
            "quc.po",
            b'msgid ""\nmsgstr "Project-Id-Version: tierra\\n"\n',
            "po-ajeno",
        ),
    ],
)
def test_what_cannot_be_brought_in_is_told_and_changes_nothing(
    folder: Path, tmp_path: Path, name: str, raw: bytes, said: str
) -> None:
    translate("extract", str(folder), "quc")
    before = (folder / "quc.po").read_bytes()
    file = tmp_path / name
    file.write_bytes(raw)
    result = CliRunner().invoke(main, ["flows", "translate", "import", str(folder), str(file)])
    assert said in result.output
    assert (folder / "quc.po").read_bytes() == before


def test_a_catalogue_that_does_not_parse_keeps_the_script_from_being_run_or_published(
    folder: Path,
) -> None:
    CliRunner().invoke(main, ["db", "upgrade"])
    (folder / "quc.po").write_text("<<<<<<< HEAD\n", "utf-8")
    (folder / "xx.po").write_text("", "utf-8")
    for arguments in (["publish"], ["translate", "coverage"], ["translate", "update"], ["test"]):
        said = run(*arguments, str(folder), code=1)
        assert "quc.po:1: po-ilegible" in said
        assert "xx.po:1: po-idioma" in said


def test_only_what_has_the_placeholders_of_its_original_is_approved(folder: Path) -> None:
    translate("extract", str(folder), "quc")
    fill(folder / "quc.po")
    po = folder / "quc.po"
    po.write_text(po.read_text("utf-8").replace("[¿Nos ayuda? {costo}]", "[¿Ayuda?]"), "utf-8")
    arguments = ("approve", str(folder), "quc", "inv/texto", "--who", "ALMG")
    assert "inv/texto" in translate(*arguments, code=1)
    assert "x/texto" in translate(*arguments[:3], "x/texto", "--who", "ALMG", code=1)
    assert "1 aprobados" in translate(*arguments[:3], "a1/texto", "--who", "ALMG")
    translate(*arguments[:3], "a1/texto", "--who", "A; B", code=2)
    translate(*arguments[:3], "a1/texto", "--who", "A", "--on", "ayer", code=2)


def test_what_comes_with_puente_is_read_where_it_is_and_not_written_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "se ofrece" in translate("coverage", "derechos")
    assert "./derechos" in translate("extract", "derechos", "ixl", code=1)
    out = tmp_path / "quc.po"
    translate("export", "derechos", "quc", "--format", "po", "--output", str(out))
    assert read_catalogue(out.read_bytes(), "quc") == read_catalogues("derechos")["quc"]


def test_a_script_with_nothing_beside_it_says_how_to_begin(folder: Path) -> None:
    assert "translate extract" in translate("coverage", str(folder))
    (folder / "guion.yaml").write_text("puente: 1", "utf-8")
    assert "puente flows check" in translate("coverage", str(folder), code=1)


def test_the_flagship_holds_drafts_alone_and_offers_none_of_them() -> None:
    found = json.loads(translate("coverage", "plan-digital", "--format", "json"))
    assert [one["language"] for one in found] == ["cak", "kek", "mam", "quc"]
    assert not any(one["approved"] or one["offered"] for one in found)
    assert all(one["drafts"] == one["translated"] for one in found)
    assert find_flow("plan-digital").languages == ("es",)


def test_the_rights_are_offered_in_four_mayan_languages_each_text_in_one_sms() -> None:
    found = json.loads(translate("coverage", "derechos", "--format", "json"))
    assert all(one["offered"] and not one["too_long"] and not one["paged"] for one in found)
    assert find_flow("derechos").languages == ("es", "cak", "kek", "mam", "quc")
