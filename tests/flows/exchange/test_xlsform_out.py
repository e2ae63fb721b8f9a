"""Scripts become XLSForms that pyxform takes, and that read back as the same conversation."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyxform.xls2xform import convert

from flows.data import find_chats, read_bytes
from flows.exchange.xlsform_in import read_xlsform
from flows.exchange.xlsform_out import write_xlsform
from flows.golden.chat import read_chat
from flows.golden.playing import compare, pick_up
from flows.script.check import check_script
from flows.script.compile import make_flow
from flows.script.model import Gate
from flows.script.parse import read_script
from flows.script.print import to_yaml
from puente.workbooks import make_file, read_workbook
from tests.support.small_script import LANGUAGE

if TYPE_CHECKING:
    from flows.flow import Flow
    from flows.script.model import Script

FLAGSHIP = read_bytes("scripts", "plan-digital", "guion.yaml").decode()
STATES = """
puente: 1
consulta: todo
titulo: "Todo"
idioma: es
marcadores:
  url:
    largo: 20
    valor: "example.org"
pasos:
  - pregunta: a
    tipo: opcion
    texto: "¿A? {url}"
    opciones:
      1: "Sí"
      2: "No"
  - ir_a: c
    si: a == 1
  - pregunta: b
    tipo: si_no
    texto: "¿B?"
  - fin: pronto
    texto: "Adiós."
  - mensaje: nadie
    texto: "Nadie lee esto."
  - pregunta: c
    tipo: opciones
    si: a != 2
    texto: "¿C?"
    opciones:
      1: "Uno"
      2: "Dos"
  - mensaje: fin
    texto: "Gracias."
"""


def read(source: str) -> Script:
    script = read_script(source, name="x").script
    assert script is not None
    return script


@cache
def bring_back(source: str) -> Flow:
    """Write a script as a workbook on disk, and read it again."""
    book = write_xlsform(read(source), {}, "1.0").book
    imported = read_xlsform(read_workbook(make_file(book)), "x")
    assert imported.problems == ()
    parsed = read_script(to_yaml(imported.script), name="x")
    assert check_script(parsed) == check_script(read_script(source, name="x")) == ()
    assert parsed.script is not None
    return make_flow(parsed.script)


@pytest.mark.parametrize("name", find_chats("plan-digital"))
def test_the_flagship_comes_back_as_the_same_conversation(name: str) -> None:
    chat = read_chat(read_bytes("scripts", "plan-digital", name).decode(), name)
    assert compare(chat, pick_up(bring_back(FLAGSHIP), chat)) is None


def test_what_belongs_to_no_question_comes_back_too() -> None:
    before, after = read(FLAGSHIP), bring_back(FLAGSHIP).script
    headings = [to_yaml(script).partition("\npasos:")[0] for script in (before, after)]
    assert headings[0] == headings[1]
    assert after.texts["p2/opcion.1@corto"] == before.texts["p2/opcion.1@corto"]


@pytest.mark.parametrize("source", [FLAGSHIP, STATES], ids=["flagship", "jumps"])
def test_pyxform_takes_what_we_write(source: str) -> None:
    translations = {"quc": {"fin/texto": "Maltyox."}}
    book = write_xlsform(read(source), translations, "1.0").book
    warnings: list[str] = []
    converted = convert(io.BytesIO(make_file(book)), warnings=warnings, file_type=".xlsx")
    assert "Maltyox." in converted.xform
    assert [one for one in warnings if "translation" not in one] == []


def test_jumps_and_ends_become_conditions() -> None:
    script = read(STATES)
    survey = write_xlsform(script, {}, "1.0").book[0]
    relevant = survey.rows[0].index("relevant")
    told = {row[1]: row[relevant] for row in survey.rows[1:]}
    assert told == {
        "a": "",
        "b": "not(${a} = '1')",
        "pronto": "not(${a} = '1')",
        "c": "${a} = '1' and (${a} != '' and ${a} != '2')",
        "fin": "${a} = '1'",
    }


def test_a_group_carries_its_condition_and_its_questions_their_own() -> None:
    """Who jumps into a group has not met its condition, so her question says all of it."""
    jump = "  - ir_a: n1\n    si: edad == 1\n\n  - juntas: sobre_usted\n    si: inv == 1\n"
    source = LANGUAGE.replace("  - juntas: sobre_usted\n", jump, 1)
    survey = write_xlsform(read(source), {}, "1.0").book[0]
    kind, name, relevant = map(survey.rows[0].index, ("type", "name", "relevant"))
    start = [row[name] for row in survey.rows].index("sobre_usted")
    group, d1, n1, _, end = survey.rows[start : start + 5]
    assert (group[kind], end[kind]) == ("begin_group", "end_group")
    assert group[relevant].endswith("${inv} = '1'")
    assert d1[relevant] == ""
    assert n1[relevant].endswith("${inv} = '1'")


def test_placeholders_and_their_values_come_back() -> None:
    book = write_xlsform(read(STATES), {}, "1.0").book
    script = read_xlsform(book, "x").script
    assert script.markers == read(STATES).markers
    assert script.texts["a/texto"] == "¿A? {url}"


def test_what_a_form_cannot_do_is_told() -> None:
    problems = write_xlsform(read(FLAGSHIP), {}, "1.0").problems
    assert [(one.where, one.code, one.severity) for one in problems] == [
        ("ub", "sin-lugar", "warning"),
        ("mas", "sin-folio", "warning"),
        ("manana", "sin-pausa", "warning"),
        ("fin", "sin-folio", "warning"),
    ]


def test_what_is_drawn_by_chance_is_calculated_and_gates_are_told() -> None:
    exported = write_xlsform(read(LANGUAGE), {}, "1.0")
    [told] = [one for one in exported.problems if one.code == "sin-cuotas"]
    assert told.where == "lleno"
    quotas = [quota.name for quota in read(LANGUAGE).quotas]
    assert quotas
    assert all(quota in told.sentence for quota in quotas)
    converted = convert(io.BytesIO(make_file(exported.book)), warnings=[], file_type=".xlsx")
    assert "once(selected-at('salud escuela', int(random() * 2)))" in converted.xform
    assert "/tema  = 'salud'" in converted.xform


def test_the_whole_language_comes_back_but_for_quotas() -> None:
    before = read(LANGUAGE)
    imported = read_xlsform(write_xlsform(before, {}, "1.0").book, "x")
    assert imported.problems == ()
    kept = [step for step in before.steps if not isinstance(step, Gate)]
    assert [replace(step, line=0) for step in imported.script.steps] == [
        replace(step, line=0) for step in kept
    ]
    assert before.texts.keys() <= imported.script.texts.keys()
