"""Scripts become RapidPro flows: whole ones, that lead where the script leads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flows.data import read_bytes
from flows.exchange.rapidpro_in import read_rapidpro
from flows.exchange.rapidpro_out import write_rapidpro
from flows.script.conditions import print_condition
from flows.script.model import Draw
from flows.script.parse import read_script
from tests.flows.exchange.test_xlsform_out import STATES
from tests.support.small_script import LANGUAGE

if TYPE_CHECKING:
    from flows.script.model import Script

FLAGSHIP = read_bytes("scripts", "plan-digital", "guion.yaml").decode()
KINDS = """
puente: 1
consulta: tipos
titulo: "Tipos"
idioma: es
marcadores:
  url:
    largo: 20
    valor: "example.org"
pasos:
  - pregunta: a
    tipo: opcion
    texto: "¿A? a@b {url} {folio}"
    opciones:
      1: "Una opción que es mucho más larga que una categoría"
      2: "Una opción que es mucho más larga que una carretera"
      0: "No digo"
  - mensaje: m1
    si: a != 1
    texto: "Uno."
  - pregunta: b
    tipo: opciones
    si: a == 0 o a == 1
    texto: "¿B?"
    opciones:
      1: "Luz"
      2: "Agua"
  - mensaje: m2
    si: b contiene 2 y no a == 2
    texto: "Dos."
  - pregunta: c
    tipo: escala
    texto: "¿C?"
    saltar: si
  - mensaje: m3
    si: c >= 3 o c contestada
    texto: "Tres."
  - mensaje: m4
    si: a == 1 o c == 2
    texto: "Cuatro."
  - mensaje: fin
    texto: "Gracias."
"""


def read(source: str) -> Script:
    script = read_script(source, name="x").script
    assert script is not None
    return script


def write(source: str) -> dict[str, Any]:
    flow: dict[str, Any] = json.loads(write_rapidpro(read(source), {}).text)["flows"][0]
    return flow


def find_operands(flow: dict[str, Any]) -> list[str]:
    routers = [node["router"] for node in flow["nodes"] if "router" in node]
    return [router["operand"] for router in routers if "operand" in router and "wait" not in router]


def assert_whole(flow: dict[str, Any]) -> None:
    """Every name that something is called by is there, once."""
    nodes = {node["uuid"] for node in flow["nodes"]}
    assert len(nodes) == len(flow["nodes"])
    assert flow["_ui"]["nodes"].keys() == nodes
    for node in flow["nodes"]:
        exits = {one["uuid"] for one in node["exits"]}
        assert {one["destination_uuid"] for one in node["exits"]} <= {*nodes, None}
        router = node.get("router")
        if router is None:
            assert len(exits) == 1
            continue
        categories = {one["uuid"] for one in router["categories"]}
        assert {one["exit_uuid"] for one in router["categories"]} == exits
        assert len({one["name"] for one in router["categories"]}) == len(categories)
        if router["type"] == "random":
            continue
        assert {one["category_uuid"] for one in router["cases"]} <= categories
        assert router["default_category_uuid"] in categories
        assert all(len(one["name"]) <= 36 for one in router["categories"])
        assert len({one["uuid"] for one in router["cases"]}) == len(router["cases"])


def test_what_is_written_is_whole() -> None:
    over_a_group = LANGUAGE.replace("  - juntas:", "  - ir_a: sobre_usted\n\n  - juntas:", 1)
    for source in (FLAGSHIP, STATES, KINDS, LANGUAGE, over_a_group):
        assert_whole(write(source))


def test_a_draw_comes_back_and_groups_are_told() -> None:
    defined = write_rapidpro(read(LANGUAGE), {})
    codes = {one.where: one.code for one in defined.problems}
    assert (codes["sobre_usted"], codes["lleno"]) == ("sin-paso", "sin-cuotas")
    imported = read_rapidpro(defined.text.encode(), "x")
    draw = next(step for step in imported.script.steps if isinstance(step, Draw))
    assert draw.among == ("salud", "escuela")
    kinds = {question.id: question.kind for question in imported.script.questions}
    assert (kinds["n1"], kinds["f1"]) == ("number", "date")
    expression = 'date(results.f1.value) >= date("2026-01-01")'
    assert f'@(if({expression}, "si", "no"))' in find_operands(write(LANGUAGE))


def test_the_same_script_gives_the_same_file() -> None:
    assert write_rapidpro(read(KINDS), {}) == write_rapidpro(read(KINDS), {})


def test_the_flagship_comes_back_but_for_what_rapidpro_has_not() -> None:
    text = write_rapidpro(read(FLAGSHIP), {}).text
    imported = read_rapidpro(text.encode(), "x")
    assert [problem.code for problem in imported.problems] == ["division-sin-equivalente"]
    before, after = read(FLAGSHIP), imported.script
    assert after.keywords == before.keywords
    asked = [question.id for question in before.questions]
    assert [question.id for question in after.questions] == asked
    for question in after.questions:
        old = next(one for one in before.questions if one.id == question.id)
        assert question.options == old.options
        assert after.texts[f"{question.id}/texto"] == before.texts[f"{question.id}/texto"]
    conditions = {
        question.id: print_condition(question.condition)
        for question in after.questions
        if question.condition
    }
    assert conditions["p2"] == "inv == 1 y no edad == 2 y p1 == 1"
    assert conditions["s1"] == "inv == 1 y no edad == 2 y no mas == 3"
    rating = next(question for question in after.questions if question.id == "s2")
    assert (rating.kind, rating.low, rating.high, rating.skippable) == ("rating", 1, 5, True)


def test_jumps_come_back_as_conditions() -> None:
    imported = read_rapidpro(write_rapidpro(read(STATES), {}).text.encode(), "x")
    told = {
        step.id: step.condition and print_condition(step.condition)
        for step in imported.script.questions
    }
    assert told == {"a": None, "b": "no a == 1", "c": "a == 1"}


def test_conditions_become_splits_and_expressions() -> None:
    one, two = "Una opción que es mucho más larga qu", "Una opción que es mucho más larg 2"
    assert find_operands(write(KINDS)) == [
        f'@(if(and(default(results.a.category, "") != "", default(results.a.category, "") != "{one}"), "si", "no"))',  # noqa: E501
        "@results.a.category",
        f'@(if(and(has_any_word(default(results.b.value, ""), "2"), if(default(results.a.category, "") = "{two}", false, true)), "si", "no"))',  # noqa: E501
        '@(if(or(default(results.c.value, -1) >= 3, and(default(results.c.value, "") != "", default(results.c.value, "") != "0")), "si", "no"))',  # noqa: E501
        f'@(if(or(default(results.a.category, "") = "{one}", default(results.c.value, -1) = 2), "si", "no"))',  # noqa: E501
    ]


def test_texts_carry_their_options_and_their_values() -> None:
    texts = [action["text"] for node in write(KINDS)["nodes"] for action in node["actions"]]
    assert texts[0].splitlines() == [
        "¿A? a@@b example.org {folio}",
        "1 Una opción que es mucho más larga que una categoría",
        "2 Una opción que es mucho más larga que una carretera",
        "0 No digo",
    ]


def test_translations_go_along() -> None:
    translations = {
        "quc": {"a/texto": "¿Quc A?", "a/opcion.1": "Jun", "fin/texto": "Maltyox."},
        "en": {"fin/texto": "Thanks."},
    }
    flow = json.loads(write_rapidpro(read(KINDS), translations).text)["flows"][0]
    assert flow["language"] == "spa"
    told = {
        code: sorted(text["text"][0] for text in texts.values())
        for code, texts in flow["localization"].items()
    }
    assert told == {
        "quc": [
            "Maltyox.",
            "¿Quc A?\n1 Jun\n2 Una opción que es mucho más larga que una carretera\n0 No digo",
        ],
        "eng": ["Thanks."],
    }


def test_what_rapidpro_cannot_do_is_told() -> None:
    problems = write_rapidpro(read(FLAGSHIP), {}).problems
    assert [(one.where, one.code) for one in problems] == [
        ("inv", "sin-folio"),
        ("tramite", "sin-paso"),
        ("p3", "solo-una"),
        ("respiro", "sin-descanso"),
        ("despedida", "sin-paso"),
        ("mas", "sin-folio"),
        ("manana", "sin-pausa"),
        ("respiro_2", "sin-descanso"),
        ("fin", "sin-folio"),
    ]
