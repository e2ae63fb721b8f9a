"""`puente flows`: publish, list, show, diff and restore, as an operator types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from puente.bundled import read_source
from puente.commands import main

if TYPE_CHECKING:
    from pathlib import Path

SOURCE, _ = read_source("plan-digital")
EDITED = SOURCE.replace(b"    maximo: 3\n", b"    maximo: 2\n").replace(
    b"No recuerdo", b"No s\xc3\xa9"
)


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    (tmp_path / "guion.yaml").write_bytes(SOURCE)
    (tmp_path / "nuevo.yaml").write_bytes(EDITED)


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["flows", *words])
    assert result.exit_code == 0, result.output
    return result.output


def refuse(*words: str) -> str:
    result = CliRunner().invoke(main, ["flows", *words])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    return result.output


def test_revisions_are_listed_with_their_notes() -> None:
    assert run("publish", "guion.yaml", "--note", "primera") == "guion.yaml: revisión 1.0 (es)\n"
    run("publish", "nuevo.yaml", "--note", "menos opciones", "--who", "ana@example.org")
    head, *lines = run("list").splitlines()
    assert head.split("\t") == [
        "plan-digital", "2.0", "abierta", "Plan de Gobierno Digital 2021-2026"
    ]  # fmt: skip
    told = [line.split("\t") for line in lines]
    assert [(row[1], row[3], row[4], row[5]) for row in told] == [
        ("2.0", "ana@example.org", "en vivo", "menos opciones"),
        ("1.0", "puente", "", "primera"),
    ]
    assert run("list", "plan-digital").splitlines()[0] == head


def test_a_consultation_that_is_not_there_is_told() -> None:
    assert "no hay una consulta 'otra'" in refuse("list", "otra")
    assert "No hay nada publicado de «otra»" in refuse("show", "otra")
    assert "No hay nada publicado de «plan-digital»" in refuse("diff", "guion.yaml")
    assert "no hay un guion en «nada.yaml»" in refuse("publish", "nada.yaml")


def test_what_is_published_can_be_shown_and_shown_again() -> None:
    run("publish", "guion.yaml")
    run("publish", "nuevo.yaml")
    assert run("show", "plan-digital") == EDITED.decode()
    assert run("show", "plan-digital", "1") == SOURCE.decode()


def test_a_script_is_compared_with_what_is_live() -> None:
    run("publish", "guion.yaml")
    assert run("diff", "guion.yaml") == "Igual que la revisión 1.0.\n"
    changes = [
        (
            "! p1: la opción 3 decía «No recuerdo» y ahora dice «No sé». "
            "Con el mismo número cuentan juntas."
        ),
        "- p3: cambia «maximo»: antes «3», ahora «2».",
    ]
    assert run("diff", "nuevo.yaml").splitlines() == changes
    assert run("publish", "nuevo.yaml").splitlines() == [
        "nuevo.yaml: revisión 2.0 (es)",
        *changes,
    ]
    assert run("publish", "nuevo.yaml") == "nuevo.yaml: revisión 2.0 (es)\n"
    assert run("diff", "nuevo.yaml", "--revision", "1").startswith("! p1: la opción 3")


def test_a_script_is_compared_as_text() -> None:
    run("publish", "guion.yaml")
    text = run("diff", "nuevo.yaml", "--format", "text")
    assert text.startswith("--- plan-digital, revisión 1.0\n+++ nuevo.yaml\n@@")
    assert "\n-    maximo: 3\n+    maximo: 2\n" in text


def test_a_script_that_cannot_be_read_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "guion.yaml").write_text("puente: 1\n")
    assert "no se puede leer; vea: puente flows check guion.yaml" in refuse("diff", "guion.yaml")
    assert "errores; véalos con: puente flows check" in refuse("publish", "guion.yaml")


def test_an_older_revision_comes_back() -> None:
    run("publish", "guion.yaml")
    run("publish", "nuevo.yaml")
    assert run("restore", "plan-digital", "1") == "plan-digital: revisión 3.0 (como la 1)\n"
    assert run("show", "plan-digital") == SOURCE.decode()


def test_the_second_of_two_operators_is_told() -> None:
    run("publish", "guion.yaml")
    run("publish", "nuevo.yaml", "--over", "1")
    assert "alguien más publicó" in refuse("publish", "guion.yaml", "--over", "1")
    assert "alguien más publicó" in refuse("restore", "plan-digital", "1", "--over", "1")
    assert run("show", "plan-digital") == EDITED.decode()


def test_a_database_that_was_never_migrated_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/leer.sqlite3")
    assert "run: puente db upgrade" in refuse("list")


def test_a_database_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://puente@/puente?host={tmp_path}")
    assert "The database cannot be used" in refuse("list")


def test_a_consultation_closes_now_or_at_a_time_and_opens_again() -> None:
    run("publish", "guion.yaml")
    assert run("close", "plan-digital", "--at", "2199-12-15T18:00") == (
        "plan-digital: se cierra 2199-12-15 18:00.\n"
    )
    assert "abierta" in run("list")
    assert run("close", "plan-digital") == "plan-digital: se cierra ahora.\n"
    assert "cerrada" in run("list")
    assert run("open", "plan-digital") == "plan-digital: está abierta.\n"
    assert "abierta" in run("list")
    assert "ya pasó" in refuse("close", "plan-digital", "--at", "2020-01-01")
    assert "No hay ninguna consulta" in refuse("open", "nada")
