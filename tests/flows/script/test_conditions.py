"""Conditions: read, refused with a column, held against answers, printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.script.condition_reader import Fault, parse_condition
from flows.script.conditions import either, every, find_atoms, holds, print_condition
from flows.script.model import Answered, Any, Comparison, Contains, Every, Not, Question
from tests.support.random_scripts import make_condition

P1 = Comparison("p1", "==", "1")
P2 = Contains("p2", "3")
P3 = Answered("p3")
QUESTIONS = (
    Question("p1", 1, "choice", options=("1", "2", "3")),
    Question("p2", 1, "choices", options=("1", "2", "3")),
    Question("p3", 1, "text"),
)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("p1 == 1", P1),
        ("p1==1", P1),
        (' p1 == "1" ', P1),
        ("p1 == '1'", P1),
        ("p2 contiene 3", P2),
        ("p3 contestada", P3),
        ("P3 contestada", Answered("P3")),
        ("no p3 contestada", Not(P3)),
        ("no no p3 contestada", Not(Not(P3))),
        ("p1 == 1 y p3 contestada", Every((P1, P3))),
        ("p1 == 1 Y p3 contestada O p2 contiene 3", Any((Every((P1, P3)), P2))),
        ("p1 == 1 y (p3 contestada o p2 contiene 3)", Every((P1, Any((P3, P2))))),
        ("no (p1 == 1 o p3 contestada)", Not(Any((P1, P3)))),
        ("((p1 == 1))", P1),
    ],
)
def test_a_condition_is_read(text: str, condition: object) -> None:
    assert parse_condition(text) == condition


@pytest.mark.parametrize(
    ("text", "column", "word", "instead"),
    [
        ("p1 = 1", 4, "«==»", "p1 == 1"),
        ("p1 <> 1", 4, "«!=»", "p1 != 1"),
        ("p1 == 1 and p3 contestada", 9, "«y»", "p1 == 1 y p3 contestada"),
        ("p1 == 1 && p3 contestada", 9, "«y»", "p1 == 1 y p3 contestada"),
        ("! p3 contestada", 1, "«no»", "no p3 contestada"),
        ("p1 == 1)", 8, "sobra", None),
        ("(p1 == 1", 1, "no se cierra", None),
        ("(p1 == 1 p3 contestada)", 10, "«y» u «o»", None),
        ("p1 == 1 p3 contestada", 9, "«y» u «o»", None),
        ("", 1, "termina antes", None),
        ("p1 == 1 y", 10, "termina antes", None),
        ('"p1" == 1', 1, "nombre de una pregunta", None),
        ("p-1 == 1", 1, "nombre de una pregunta", None),
        ("contiene 3", 1, "falta una pregunta", None),
        ("p1 1", 4, "va una comparación", None),
        ("p1", 3, "va una comparación", None),
        ("p1 == ", 7, "falta el número", None),
        ("p1 == y", 7, "falta el número", None),
        ("p1 == a-b", 7, "falta el número", None),
        ('p1 == "', 7, "no se cierran", None),
        ("p1 == 1" + " y p1 == 1" * 60, 1, "500 letras", None),
        ("no " * 30 + "p3 contestada", 64, "demasiados paréntesis", None),
    ],
)
def test_a_condition_that_cannot_be_read_says_where_and_why(
    text: str, column: int, word: str, instead: str | None
) -> None:
    fault = parse_condition(text)
    assert isinstance(fault, Fault)
    assert (fault.column, fault.instead) == (column, instead)
    assert word in fault.sentence


@pytest.mark.parametrize(
    ("text", "answers", "held"),
    [
        ("p1 == 1", {"p1": "1"}, True),
        ("p1 == 1", {"p1": "2"}, False),
        ("p1 == 1", {}, False),
        ("p1 != 1", {"p1": "2"}, True),
        ("p1 != 1", {}, False),
        ("p1 != 1", {"p1": "0"}, False),
        ("p1 < 3", {"p1": "2"}, True),
        ("p1 <= 2", {"p1": "2"}, True),
        ("p1 > 3", {"p1": "10"}, True),
        ("p1 >= 11", {"p1": "10"}, False),
        ("p1 > 3", {"p1": "+"}, False),
        ("p2 contiene 3", {"p2": "1 3"}, True),
        ("p2 contiene 3", {"p2": "13"}, False),
        ("p3 contestada", {"p3": "+"}, True),
        ("p3 contestada", {"p3": "voz"}, True),
        ("p3 contestada", {"p3": "0"}, False),
        ("no p3 contestada", {}, True),
        ("p1 == 1 y p3 contestada", {"p1": "1"}, False),
        ("p1 == 1 o p3 contestada", {"p1": "1"}, True),
    ],
)
def test_a_condition_holds_for_answers(text: str, answers: dict[str, str], *, held: bool) -> None:
    condition = parse_condition(text)
    assert not isinstance(condition, Fault)
    assert holds(condition, answers) is held


@given(make_condition(QUESTIONS))
def test_what_is_printed_is_read_as_the_same_condition(condition: object) -> None:
    assert parse_condition(print_condition(condition)) == condition  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_a_fault(text: str) -> None:
    found = parse_condition(text)
    if isinstance(found, Fault):
        assert 1 <= found.column <= len(text) + 1


def test_joining_keeps_conditions_flat() -> None:
    assert every(None, None) is None
    assert every(P1, None) == P1
    assert every(every(P1, P2), P3) == Every((P1, P2, P3))
    assert either([P1]) == P1
    assert either([either([P1, P2]), P3]) == Any((P1, P2, P3))
    assert [atom.question for atom in find_atoms(Not(Every((P1, Any((P2, P3))))))] == [
        *("p1", "p2", "p3")
    ]
