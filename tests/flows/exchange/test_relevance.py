"""XLSForm's conditions and ours mean the same, in both directions."""

from __future__ import annotations

import contextlib
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.exchange.relevance import read_relevant, write_relevant
from flows.exchange.xpath import XpathError, parse_xpath
from flows.script.condition_reader import parse_condition
from flows.script.conditions import either, every, holds, print_condition
from flows.script.model import Answered, Comparison, Condition, Contains, Not, Question

QUESTIONS = {
    "p1": Question("p1", 1, "choice", options=("1", "2", "3")),
    "p3": Question("p3", 2, "choices", options=("1", "2")),
    "s2": Question("s2", 3, "rating", low=1, high=5),
    "d1": Question("d1", 4, "date"),
}
NAMED = {"si": "1", "no": "2", "tal_vez": "3", "1": "1", "2": "2", "3": "3"}


class Names:
    def find_question(self, name: str) -> Question | None:
        return QUESTIONS.get(name)

    def find_option(self, question: Question, name: str) -> str | None:
        number = NAMED.get(name)
        return number if number in question.options else None


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${p1} = '1'", "p1 == 1"),
        ("${p1}='si'", "p1 == 1"),
        ("${ p1 } = “no”", "p1 == 2"),
        ("'2' = ${p1}", "p1 == 2"),
        ("selected(${p1}, 'tal_vez')", "p1 == 3"),
        ("${p1} != '2'", "no p1 == 2"),
        ("${p1} != '' and ${p1} != '2'", "p1 != 2"),
        ("${p1} != '' and ${s2} > 2", "p1 contestada y s2 > 2"),
        ("not(${p1} != '2')", "p1 == 2"),
        ("selected(${p3}, '2')", "p3 contiene 2"),
        ("not(selected(${p3}, '2'))", "no p3 contiene 2"),
        ("NOT(selected(${p3},'2'))", "no p3 contiene 2"),
        ("${s2} >= 3 and ${s2} < 5", "s2 >= 3 y s2 < 5"),
        ("3 <= ${s2}", "s2 >= 3"),
        ("${d1} > date('2022-01-31')", "d1 > 2022-01-31"),
        ("${d1} <= '2022-01-31' and int(${s2}) = 2", "d1 <= 2022-01-31 y s2 == 2"),
        ("${p3} != ''", "p3 contestada"),
        ("${p3} = ''", "no p3 contestada"),
        ("count-selected(${p3}) > 0", "p3 contestada"),
        ("count-selected(${p3}) = 0", "no p3 contestada"),
        ("string-length(${p1}) >= 1", "p1 contestada"),
        (
            "(${p1} = '1' or ${p1} = '2') and ${s2} <= 2",
            "(p1 == 1 o p1 == 2) y s2 <= 2",
        ),
        ("${p1} = '1' or ${p1} = '2' and ${s2} <= 2", "p1 == 1 o p1 == 2 y s2 <= 2"),
    ],
)
def test_a_relevant_is_read_as_it_is_meant(relevant: str, condition: str) -> None:
    read = read_relevant(relevant, Names())
    meant = parse_condition(condition)
    assert not hasattr(meant, "sentence")
    assert print_condition(read) == print_condition(meant)


@pytest.mark.parametrize(
    ("relevant", "told"),
    [
        ("${p9} = '1'", "${p9}"),
        ("selected(${p9}, '1')", "${p9}"),
        ("${p1} = 'nada'", "nada"),
        ("${p3} = '1'", "${p3} = '1'"),
        ("${p1} > '1'", "${p1} > '1'"),
        ("${p1} = ${s2}", "${p1} = ${s2}"),
        ("${p1} < ''", "${p1} < ''"),
        ("count-selected(${p3}) = 2", "count-selected(${p3}) = '2'"),
        ("true()", "true()"),
        ("${p1}", "${p1}"),
        (". > 2", "."),
        ("today() > '2026-01-01'", "today() > '2026-01-01'"),
        ("${s2} + 1 > 2", "+ 1 > 2"),
        ("${p1} = '1' and", "…"),
        ("${p1} = '1')", ")"),
        ("(${p1} = '1'", ")"),
        ("selected ${p1}", "p1"),
        ("selected(${p1} '1')", "1"),
        ("${p1} = ,", ","),
        ("", "…"),
        ("'abierta", "'abierta"),
        ("(" * 40 + "1", "("),
        ("not(" * 40 + "1", "not"),
        ("x" * 2001, "xxxxxxxxxxxxxxxxxxxx…"),
    ],
)
def test_what_cannot_be_a_condition_is_told(relevant: str, told: str) -> None:
    with pytest.raises(XpathError) as caught:
        read_relevant(relevant, Names())
    assert str(caught.value).strip("'") == told.strip("'")


ATOMS = st.one_of(
    st.builds(
        Comparison, st.just("p1"), st.sampled_from(["==", "!="]), st.sampled_from(["1", "2", "3"])
    ),
    st.builds(Contains, st.just("p3"), st.sampled_from(["1", "2"])),
    st.builds(
        Comparison,
        st.just("s2"),
        st.sampled_from(["==", "<", "<=", ">", ">="]),
        st.sampled_from("12345"),
    ),
    st.builds(
        Comparison,
        st.just("d1"),
        st.sampled_from(["==", "<", ">="]),
        st.sampled_from(["2022-01-31", "2024-02-29"]),
    ),
    st.builds(Answered, st.sampled_from(list(QUESTIONS))),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=3).map(either),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: every(*parts)),
    ),
    max_leaves=6,
)
ANSWERS = [
    {name: value for name, value in zip(QUESTIONS, values, strict=True) if value}
    for values in product(
        ("", "0", "1", "2", "3"),
        ("", "0", "1", "1 2", "2"),
        ("", "0", "1", "3", "5"),
        ("", "0", "2022-01-31"),
    )
]


@given(CONDITIONS)
def test_what_is_written_is_read_to_hold_for_the_same_answers(condition: Condition) -> None:
    read = read_relevant(write_relevant(condition, QUESTIONS), Names())
    told = [answers for answers in ANSWERS if holds(read, answers) != holds(condition, answers)]
    assert told == []


@given(st.text(max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    with contextlib.suppress(XpathError):
        parse_xpath(text)
