"""`puente flows check`: problems with their lines, and what a person pays."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from puente.commands import main
from tests.support.code import ROOT
from tests.support.small_script import CLEAN, PAST, spoil

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["flows", "check", *map(str, arguments)])


def write(folder: Path, name: str, source: str) -> Path:
    path = folder / name
    path.write_text(source, encoding="utf-8")
    return path


def test_the_flagship_has_no_problem_and_its_price_is_told() -> None:
    result = check("plan-digital")
    assert result.exit_code == 0
    assert result.output.startswith("Sin problemas.\n")
    prices = [line.split()[:4] for line in result.output.splitlines() if line.startswith("  ")]
    assert [line[0] for line in prices] == ["SMS", "WhatsApp", "USSD"]
    assert all(line[1].isdecimal() and line[2:] == ["mensajes", "de"] for line in prices)


def test_each_problem_is_told_with_its_line_and_the_mended_line(tmp_path: Path) -> None:
    path = write(tmp_path, "guion.yaml", spoil("si: edad == 2", "si: edad = 2"))
    result = check(path)
    assert result.exit_code == 1
    line = CLEAN[: CLEAN.index("si: edad == 2")].count("\n") + 1
    told = f"{path}:{line}: condicion: ¿Quiso decir «==» en lugar de «=»?"
    assert result.output.splitlines() == [told, "        si: edad == 2"]


def test_a_day_that_has_gone_by_is_told_by_the_clock(tmp_path: Path) -> None:
    path = write(tmp_path, "guion.yaml", PAST)
    result = check(path)
    assert result.exit_code == 1
    line = PAST[: PAST.index("hasta: 31/1/2020")].count("\n") + 1
    assert f"{path}:{line}: fecha-vencida: El 31/1/2020 ya pasó" in result.output


def test_a_warning_alone_is_no_failure(tmp_path: Path) -> None:
    path = write(tmp_path, "guion.yaml", CLEAN.replace("\n", "\r\n"))
    result = check(path)
    assert result.exit_code == 0
    assert ": fin-de-linea (aviso): " in result.output
    assert "Sin problemas." not in result.output
    assert "SMS" in result.output


def test_programs_get_problems_as_json(tmp_path: Path) -> None:
    path = write(tmp_path, "guion.yaml", spoil("saltar: si", "saltar: sí"))
    (row,) = json.loads(check("--format", "json", path).output)
    assert (row["path"], row["code"], row["severity"]) == (str(path), "si-o-no", "error")
    assert row["fix"].strip() == "saltar: si"
    assert row["message"] == row["sentence"]


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    one, other = write(tmp_path, "a.yaml", CLEAN), write(tmp_path, "b.yaml", CLEAN)
    result = check(one, other)
    assert result.exit_code == 1
    assert f"{other}:2: slug-repetido: La consulta «prueba» también está en {one}." in result.output


def test_a_folder_is_checked_by_the_script_in_it() -> None:
    result = check(ROOT / "tests" / "conversations" / "lenguaje")
    assert result.exit_code == 0
    assert "SMS      6 mensajes de la persona, unos " in result.output


def test_what_is_approved_in_another_language_is_checked_as_well(tmp_path: Path) -> None:
    path = write(tmp_path, "guion.yaml", CLEAN)
    source, said = "¿En qué municipio vive?", "¿Jawi katkʼojeʼ wi? " * 9
    entry = f'msgctxt "p5/texto"\nmsgid "{source}"\nmsgstr "{said}"\n'
    write(tmp_path, "quc.po", entry)
    assert check(path).exit_code == 0, "a draft reaches nobody"
    mark = hashlib.sha256(f"{source}\0{said}".encode()).hexdigest()[:12]
    write(tmp_path, "quc.po", f"# revisado: ALMG; 2026-11-01; {mark}\n{entry}")
    result = check(path)
    assert result.exit_code == 1
    assert "texto-largo: En K'iche': El mensaje mide" in result.output


def test_what_takes_too_much_of_a_person_is_told(tmp_path: Path) -> None:
    ten = "".join(
        f'  - pregunta: q{number}\n    tipo: si_no\n    texto: "¿Y {number}?"\n\n'
        for number in range(10)
    )
    path = write(tmp_path, "guion.yaml", spoil("  - mensaje: fin", f"{ten}  - mensaje: fin"))
    result = check(path)
    assert result.exit_code == 1
    assert ": camino-caro: " in result.output
    assert ": sesion-larga: " in result.output
    assert "      - descanso: descanso_1\n" in result.output
