"""RapidPro flows become scripts; what cannot is told with its node."""

# ruff: noqa: E501 - nodes on one line

from __future__ import annotations

import json

import pytest

from flows.exchange.definition import read_text
from flows.exchange.imported import Imported
from flows.exchange.rapidpro_in import read_rapidpro
from flows.script.conditions import print_condition
from flows.script.model import Message, Question
from flows.script.parse import read_script
from flows.script.print import to_yaml
from tests.support.definitions import (
    make_flow,
    make_node,
    make_question,
    make_wait,
    read_nodes,
    say,
)

YES_NO = (("has_any_word", "si 1", "Sí"), ("has_any_word", "no 2", "No"))


def describe(imported: Imported) -> list[str]:
    """Describe each step by its kind, its id and its condition."""
    told = []
    for step in imported.script.steps:
        kind = step.kind if isinstance(step, Question) else type(step).__name__.lower()
        when = f" si {print_condition(step.condition)}" if step.condition else ""
        told.append(f"{kind} {step.id}{when}")
    return told


def list_codes(imported: Imported) -> list[str]:
    return [problem.code for problem in imported.problems]


def assert_readable(imported: Imported) -> None:
    parsed = read_script(to_yaml(imported.script), name="x")
    assert parsed.script is not None, parsed.problems


def test_a_flow_becomes_a_script() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("Hola, ¿le ayudamos?\n1. Sí\n2. No"),
            result="Ayuda Ya",
            cases=YES_NO,
            ways={"Sí": "b", "No": "c", "Other": "a"},
        ),
        make_node("b", say("Qué bueno."), to="c"),
        make_node("c", say("Gracias."), to=None),
    )
    assert list_codes(imported) == []
    assert describe(imported) == [
        "choice ayuda_ya",
        "message m2 si ayuda_ya == 1",
        "message m3",
    ]
    assert imported.script.texts["ayuda_ya/texto"] == "Hola, ¿le ayudamos?"
    assert imported.script.texts["ayuda_ya/opcion.2"] == "No"
    assert (imported.script.slug, imported.script.language) == ("una-consulta", "es")
    assert_readable(imported)


@pytest.mark.parametrize("version", ["13.0", "13.6.1", "14.0.0", "14.6.0"])
def test_both_versions_are_read(version: str) -> None:
    imported = read_nodes(make_node("a", say("Hola.")), spec_version=version)
    assert imported.script.steps == (Message("m1", 1),)


def test_a_message_before_a_node_that_only_waits_is_its_question() -> None:
    imported = read_nodes(
        make_node("a", say("Bienvenida."), say("¿Cómo está?"), to="b"),
        make_question("b", result="estado"),
    )
    assert describe(imported) == ["message m1", "text estado"]
    assert imported.script.texts == {"m1/texto": "Bienvenida.", "estado/texto": "¿Cómo está?"}


def test_labels_are_of_the_text_then_of_the_categories() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("¿Qué prefiere?"),
            result="p",
            cases=(("has_phrase", "agua", "Agua"), ("has_only_phrase", "luz", "Luz")),
            ways={"Agua": "b", "Luz": "b", "Other": "b"},
        ),
        make_node("b", say("Gracias.")),
    )
    assert list_codes(imported) == ["etiqueta-de-regla", "etiqueta-de-regla"]
    assert imported.script.texts["p/opcion.1"] == "Agua"
    assert describe(imported) == ["choice p", "message m2"]


@pytest.mark.parametrize(
    ("cases", "ways", "told"),
    [
        ((), {"All Responses": None}, "text"),
        ((("has_text", "", "T"),), {"T": None, "Other": "a"}, "text"),
        ((("has_number_between", "1|5", "N"),), {"N": None, "Other": "a"}, "rating"),
        (
            (("has_number_between", "1|5", "N"), ("has_number_eq", "0", "0")),
            {"N": None, "0": None, "Other": "a"},
            "rating",
        ),
        ((("has_district", "", "D"),), {"D": None, "Other": "a"}, "place"),
        ((("has_phone", "", "P"),), {"P": None, "Other": None}, "choice"),
    ],
)
def test_the_tests_of_a_node_tell_what_it_asks(
    cases: tuple[tuple[str, str, str], ...], ways: dict[str, str | None], told: str
) -> None:
    imported = read_nodes(make_question("a", say("¿Qué?"), result="p", cases=cases, ways=ways))
    (question,) = imported.script.questions
    assert question.kind == told


def test_a_voice_note_may_answer() -> None:
    wait = {"type": "msg", "hint": {"type": "audio"}}
    (question,) = read_nodes(make_question("a", say("¿Qué?"), wait=wait)).script.questions
    assert question.voice


def test_zero_leaves_a_question_open() -> None:
    cases = (
        ("has_number_eq", "1", "Uno"),
        ("has_number_eq", "2", "Dos"),
        ("has_number_eq", "0", "No sé"),
    )
    ways: dict[str, str | None] = {"Uno": "b", "Dos": "b", "No sé": "c", "Other": "a"}
    imported = read_nodes(
        make_question("a", say("¿Qué?\n1 Uno\n2 Dos"), result="p", cases=cases, ways=ways),
        make_node("b", say("Bien."), to="c"),
        make_node("c", say("Gracias.")),
    )
    (question,) = imported.script.questions
    assert (question.options, question.skippable) == (("1", "2"), True)
    assert describe(imported)[1:] == ["message m2 si p == 1 o p == 2", "message m3"]


def test_what_is_not_understood_may_go_its_own_way() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("¿Sí o no?\n1 Sí\n2 No"),
            result="p",
            cases=YES_NO,
            ways={"Sí": "b", "No": "b", "Other": "c"},
        ),
        make_node("b", say("Bien."), to="d"),
        make_node("c", say("No importa."), to="d"),
        make_node("d", say("Gracias.")),
    )
    assert describe(imported)[1:] == [
        "message m2 si p == 1 o p == 2",
        "message m3 si no p contestada",
        "message m4",
    ]


def test_asking_again_is_left_to_the_engine() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("¿Sí o no?\n1 Sí\n2 No"),
            result="p",
            cases=YES_NO,
            ways={"Sí": "b", "No": "b", "Other": "e"},
        ),
        make_node("e", say("No le entendimos."), to="a"),
        make_node("b", say("Gracias.")),
    )
    assert list_codes(imported) == ["vuelta-atras"]
    assert imported.problems[0].where == "nodo «No le entendimos.»"
    assert describe(imported) == ["choice p", "message m2"]


def test_a_split_by_an_earlier_answer_is_a_condition() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("¿Cuál?\n1 Agua\n2 Luz\n3 Calle"),
            result="Tema",
            cases=tuple(
                ("has_number_eq", n, name)
                for n, name in zip("123", ("Agua", "Luz", "Calle"), strict=True)
            ),
            ways={"Agua": "b", "Luz": "b", "Calle": "b", "Other": "a"},
        ),
        make_question("b", say("¿Por qué?"), result="razon", ways={"All Responses": "s"}),
        make_wait(
            "s",
            operand="@results.tema.category",
            cases=(("has_only_text", "Agua", "X"), ("has_only_phrase", "luz", "X")),
            ways={"X": "c", "Other": "d"},
        ),
        make_node("c", say("Del agua o la luz."), to="d"),
        make_node("d", say("Gracias.")),
    )
    assert list_codes(imported) == []
    assert describe(imported)[2:] == ["message m3 si tema == 1 o tema == 2", "message m4"]


def test_translations_come_along() -> None:
    localization = {
        "quc": {
            "t": {"text": ["¿Je' o no?\n1 Je'\n2 Ja'i\n3 Chik"]},
            "f": {"text": ["Maltyox."]},
            "a-No": {"name": ["Ja'i"]},
        }
    }
    imported = read_nodes(
        make_question(
            "a",
            say("¿Sí o no?\n1 Sí\n2 No", "t"),
            result="p",
            cases=YES_NO,
            ways={"Sí": "b", "No": "b", "Other": "a"},
        ),
        make_node("b", say("Gracias.", "f")),
        localization=localization,
    )
    assert imported.translations["quc"] == {
        "p/texto": "¿Je' o no?",
        "p/opcion.1": "Je'",
        "p/opcion.2": "Ja'i",
        "m2/texto": "Maltyox.",
    }


def test_a_question_that_waits_alone_needs_no_translation_of_its_message() -> None:
    imported = read_nodes(
        make_node("a", say("Bienvenida.", "f"), say("¿Cómo está?", "t"), to="b"),
        make_question("b", result="estado"),
        localization={"quc": {"f": {"text": ["Saqarik."]}}},
    )
    assert imported.translations["quc"] == {"m1/texto": "Saqarik."}


def test_a_text_may_stand_in_a_quick_reply_of_its_own_shape() -> None:
    assert [read_text(value) for value in ({"text": " Sí "}, "No", None)] == ["Sí", "No", ""]


def test_spanish_is_the_source_wherever_it_stands() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("Yes or no?", "t"),
            result="p",
            cases=(("has_phrase", "yes", "Yes"), ("has_phrase", "no", "No")),
            ways={"Yes": None, "No": None, "Other": "a"},
        ),
        language="eng",
        localization={"spa": {"t": {"text": ["¿Sí o no?"]}, "a-Yes": {"name": ["Sí"]}}},
    )
    assert imported.script.texts["p/texto"] == "¿Sí o no?"
    assert imported.translations["en"]["p/texto"] == "Yes or no?"
    assert imported.script.language == "es"
    assert "flujo-sin-espanol" not in list_codes(imported)


def test_words_that_start_the_flow_enter_the_consultation() -> None:
    whole = {
        "version": "13",
        "flows": [make_flow(make_node("a", say("Hola.")))],
        "triggers": [
            {"trigger_type": "K", "keyword": "PLAN", "flow": {"uuid": "flow"}},
            {"trigger_type": "K", "keywords": ["Consulta", "plan"], "flow": {"uuid": "flow"}},
            {"trigger_type": "K", "keyword": "otra", "flow": {"uuid": "otro"}},
            {"trigger_type": "C", "flow": {"uuid": "flow"}},
        ],
    }
    imported = read_rapidpro(json.dumps(whole).encode(), "x")
    assert imported.script.keywords == ("plan", "consulta")


def test_one_flow_alone_is_read_too() -> None:
    raw = json.dumps(make_flow(make_node("a", say("Hola.")), name="")).encode()
    imported = read_rapidpro(raw, "mi archivo")
    assert (imported.script.slug, len(imported.script.steps)) == ("mi-archivo", 1)


LOOP = make_question("a", say("¿Qué?"), result="p")


@pytest.mark.parametrize(
    ("nodes", "where", "code"),
    [
        ([make_node("a", {"type": "call_webhook"}, say("Hola."))], "nodo «Hola.»", "accion-sin-equivalente"),
        ([make_node("abc", {"type": "nunca_vista"})], "nodo «abc»", "accion-sin-equivalente"),
        ([make_node("a", say("Hola @contact.name"))], "nodo «Hola @contact.name»", "expresion"),
        ([make_node("a", say("Van @(1 + 1)"))], "nodo «Van @(1 + 1)»", "expresion"),
        ([make_node("a", say("Mire.", attachments=["image:x"]))], "nodo «Mire.»", "medio"),
        ([make_question("a", result="p")], "nodo «p»", "falta-etiqueta"),
        (
            [make_question("a", say("¿Y?"), wait={"type": "msg", "hint": {"type": "image"}})],
            "nodo «¿Y?»",
            "espera-sin-equivalente",
        ),
        (
            [
                make_question(
                    "a",
                    say("¿Y?"),
                    wait={"type": "msg", "timeout": {"seconds": 60, "category_uuid": "a-Nada"}},
                    ways={"Nada": None, "All Responses": None},
                )
            ],
            "nodo «¿Y?»",
            "tiempo-de-espera",
        ),
        (
            [make_question("a", say("¿Y?"), cases=(("has_pattern", "x", "X"),), ways={"X": None, "Other": None})],
            "nodo «¿Y?»",
            "regla-sin-equivalente",
        ),
        (
            [make_wait("a", operand="@contact.groups", ways={"X": None, "Other": None})],
            "nodo «a»",
            "division-sin-equivalente",
        ),
        ([make_node("a", say("Hola.")), make_node("b", say("Nadie."))], "nodo «Nadie.»", "nodo-aislado"),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_across_is_told_with_its_node(
    nodes: list[dict[str, object]], where: str, code: str
) -> None:
    imported = read_nodes(*nodes)
    assert (where, code) in [(one.where, one.code) for one in imported.problems]
    if imported.script.texts:
        assert_readable(imported)


def test_a_split_by_something_else_of_an_answer_is_told() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("¿Sí o no?\n1 Sí\n2 No"),
            result="p",
            cases=YES_NO,
            ways={"Sí": "s", "No": "s", "Other": "a"},
        ),
        make_wait(
            "s", operand="@results.p", cases=(("has_phrase", "quizá", "X"),), ways={"X": "b", "Other": "b"}
        ),
        make_node("b", say("Gracias.")),
    )  # fmt: skip
    assert list_codes(imported) == ["division-sin-equivalente"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "no-es-json"),
        (b"\xff\xfe", "no-es-json"),
        (b"[" * 100_000, "no-es-json"),
        (b"[]", "falta-flujo"),
        (b'{"flows": []}', "falta-flujo"),
        (b'{"flows": [{"nodes": []}], "version": "11.4"}', "version-ajena"),
        (b'{"flows": [{"nodes": []}]}', "version-ajena"),
        (b'{"flows": [{"spec_version": "13.1"}, {}]}', "varios-flujos"),
        (b'{"flows": [{"spec_version": "13.1", "language": "eng"}]}', "flujo-sin-espanol"),
    ],
)
def test_what_is_no_flow_is_told(raw: bytes, code: str) -> None:
    imported = read_rapidpro(raw, "x")
    assert code in list_codes(imported)
    assert imported.script.steps == ()


@pytest.mark.parametrize("odd", [None, 3, "x", [], {}, [3], {"a": 3}])
@pytest.mark.parametrize(
    "key", ["nodes", "localization", "name", "language", "actions", "router", "exits"]
)
def test_parts_of_another_shape_count_as_empty(key: str, odd: object) -> None:
    node = make_question("a", say("¿Qué?"), result="p")
    flow = make_flow({**node, key: odd} if key in node else node)
    flow = {**flow, key: odd} if key in {"nodes", "localization", "name", "language"} else flow
    assert_shape = read_rapidpro(json.dumps({"version": "13", "flows": [flow]}).encode(), "x")
    assert isinstance(assert_shape, Imported)


def make_chain(count: int) -> list[dict[str, object]]:
    """Make questions of which each may be the last."""
    nodes = [
        make_question(
            f"q{place:02}",
            say("¿Seguimos?\n1 Sí\n2 No"),
            result=f"q{place:02}",
            cases=YES_NO,
            ways={"Sí": f"q{place + 1:02}", "No": "fin", "Other": f"q{place:02}"},
        )
        for place in range(count)
    ]
    return [*nodes, make_node(f"q{count:02}", say("Todo.")), make_node("fin", say("Adiós."))]


def test_whoever_answered_a_question_has_come_to_it() -> None:
    assert describe(read_nodes(*make_chain(3))) == [
        "choice q00",
        "choice q01 si q00 == 1",
        "choice q02 si q01 == 1",
        "message m4 si q02 == 1",
        "message m5 si q00 == 2 o q01 == 2 o q02 == 2",
    ]


def test_more_ways_than_anybody_can_follow_are_told() -> None:
    imported = read_nodes(*make_chain(70))
    assert list_codes(imported) == ["muchos-caminos"]
    assert imported.problems[0].where == "nodo «¿Seguimos? 1 Sí 2 No»"


@pytest.mark.parametrize(
    "raw",
    [
        b" " * 10_000_001,
        json.dumps(make_flow(*({"uuid": str(number)} for number in range(2001)))).encode(),
    ],
    ids=["bytes", "nodes"],
)
def test_a_flow_without_end_is_told(raw: bytes) -> None:
    assert list_codes(read_rapidpro(raw, "x")) == ["flujo-grande"]


def test_a_flow_of_a_thousand_nodes_is_read() -> None:
    nodes = [make_node(str(n), say(f"Paso {n}."), to=str(n + 1)) for n in range(1500)]
    assert len(read_nodes(*nodes).script.steps) == 1500


def test_numbers_and_dates_are_questions_of_their_own() -> None:
    imported = read_nodes(
        make_question(
            "a",
            say("¿Cuántos?"),
            result="n",
            cases=(("has_number_lt", "3", "Pocos"), ("has_number_between", "3|90", "Muchos")),
            ways={"Pocos": "b", "Muchos": "c", "Other": "a"},
        ),
        make_node("b", say("Pocos."), to="c"),
        make_question(
            "c",
            say("¿Cuántos años?"),
            result="m",
            cases=(("has_number_between", "0|120", "N"),),
            ways={"N": "d", "Other": "c"},
        ),
        make_question(
            "d",
            say("¿Cuándo?"),
            result="d",
            cases=(("has_date", "", "D"),),
            ways={"D": "e", "Other": "d"},
        ),
        make_node("e", say("Gracias.")),
    )
    assert describe(imported) == [
        "number n",
        "message m2 si n < 3",
        "number m",
        "date d",
        "message m5",
    ]
    many, years, _ = imported.script.questions
    assert (many.low, many.high, years.low, years.high) == (1, 9999, 1, 120)
    assert_readable(imported)


def test_a_random_split_is_a_draw() -> None:
    ways = {"Salud": "b", "Escuela nueva": "c", "Escuela vieja": "c"}
    node = make_wait("a", result="Tema", ways=ways)
    node["router"]["type"] = "random"
    imported = read_nodes(
        node,
        make_node("b", say("De la salud."), to="d"),
        make_node("c", say("De la escuela."), to="d"),
        make_node("d", say("Gracias.")),
    )
    assert list_codes(imported) == []
    assert describe(imported) == [
        "draw tema",
        "message m2 si tema == salud",
        "message m3 si tema == escuela_nueva o tema == escuela_vieja",
        "message m4",
    ]
    assert_readable(imported)
