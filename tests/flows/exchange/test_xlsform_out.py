"""Scripts become XLSForms that pyxform takes, and that read back as the same conversation."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from admin.workbooks import make_file, read_workbook
from flows.catalogues.extraction import list_texts
from flows.data import find_chats, read_bytes
from flows.exchange.markup import without_marks
from flows.exchange.reach import find_conditions
from flows.exchange.xlsform_in import read_xlsform
from flows.exchange.xlsform_out import write_xlsform
from flows.golden.chat import read_chat
from flows.golden.playing import compare, pick_up
from flows.script.check import check_script
from flows.script.compile import make_flow
from flows.script.conditions import holds
from flows.script.model import Draw, Gate, Jump
from flows.script.parse import read_script
from flows.script.print import to_yaml
from tests.support.random_scripts import make_script, same_but_lines
from tests.support.small_script import LANGUAGE

if TYPE_CHECKING:
    from random import Random

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


OPEN = {"rating": ("1", "2"), "number": ("2", "3", "4"), "date": ("2024-02-28", "2024-02-29")}
"""Answers to questions without options."""


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
    translations = {"quc": {"fin/texto": "Maltyox.", "fin/texto@sms": "Maltyox"}}
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


@settings(max_examples=25)
@given(make_script(), st.randoms(use_true_random=False))
def test_a_script_comes_back_with_its_translations(script: Script, chance: Random) -> None:
    """A jump comes back in the conditions of what it jumps over; what nobody reaches does not.

    Nor do marks that would make letters bold in a form: they are told and left out.
    """
    assume(all(without_marks(text) == text for text in script.texts.values()))
    translations = {"quc": {key: f"K'u {text}" for key, text in list_texts(script).items()}}
    imported = read_xlsform(write_xlsform(script, translations, "1.0").book, "x")
    assert imported.problems == ()
    after, ways = imported.script, find_conditions(script)
    kept = [step for step in script.steps if step.id in ways and not isinstance(step, Jump)]
    assert [replace(step, line=0, condition=None) for step in after.steps] == [
        replace(step, line=0, condition=None) for step in kept
    ]
    for answers in (draw_answers(script, chance) for _ in range(20)):
        assert list_asked(after, answers) == list_asked(script, answers)
    heading = (after.slug, after.title, after.convener, after.keywords, after.markers)
    assert heading == (script.slug, script.title, script.convener, script.keywords, script.markers)
    assert (after.axes, after.quotas) == (script.axes, script.quotas)

    own = make_flow(script).texts["es"]
    labelled = {step.id for step in kept if not isinstance(step, Gate)}
    spoken = {step.id for step in kept} | {"eje", "servicio"}
    assert after.texts == {
        key: text
        for key, text in own.items()
        if (step := key.partition("/")[0]) in labelled or (step in spoken and key in script.texts)
    }
    said = {key: text for key, text in translations["quc"].items() if key.split("/")[0] in spoken}
    assert said.items() <= imported.translations["quc"].items()


def draw_answers(script: Script, chance: Random) -> dict[str, str]:
    """Draw what somebody has answered so far."""
    asked = {
        step.id: getattr(step, "options", ()) or ("3", "2024-02-29", "+")
        for step in script.questions
    }
    asked |= {step.id: step.among for step in script.steps if isinstance(step, Draw)}
    return {name: chance.choice(values) for name, values in asked.items() if chance.random() < 0.8}


def list_asked(script: Script, answers: dict[str, str]) -> list[str]:
    """List the steps that somebody comes to with these answers, jumps left out."""
    jumps = {step.id for step in script.steps if isinstance(step, Jump)}
    return [
        name
        for name, condition in find_conditions(script).items()
        if name not in jumps and (condition is None or holds(condition, answers))
    ]


def test_the_whole_language_comes_back() -> None:
    before = read(LANGUAGE)
    imported = read_xlsform(write_xlsform(before, {}, "1.0").book, "x")
    assert imported.problems == ()
    assert same_but_lines(imported.script).steps == same_but_lines(before).steps
    assert imported.script.quotas == before.quotas
    assert before.texts.items() <= imported.script.texts.items()
