"""Constraints and the limits of our questions."""

from __future__ import annotations

import pytest

from flows.exchange.limits import Limits, read_constraint, write_constraint
from flows.script.model import Question


@pytest.mark.parametrize(
    ("constraint", "limits"),
    [
        (". >= 1 and . <= 5", Limits(low=1, high=5)),
        (". > 0 and . < 6", Limits(low=1, high=5)),
        ("string-length(.) <= 160", Limits(longest=160)),
        ("string-length(.) >= 3 and string-length(.) < 481", Limits(shortest=3, longest=480)),
        ("count-selected(.) <= 3", Limits(ticked=3)),
        ("not(selected(., '7') and count-selected(.) > 1)", Limits(exclusive="7")),
        ("not(selected(., 'nada') and count-selected(.)>=2)", Limits(exclusive="nada")),
        (
            ". >= date('2020-01-31') and . <= today()",
            Limits(earliest="2020-01-31", latest="hoy"),
        ),
        (". <= '2026-12-31'", Limits(latest="2026-12-31")),
        (". >= now()", Limits(lost=True)),
        (". >= date('ayer')", Limits(lost=True)),
        (". != 3", Limits(lost=True)),
        (". = 3", Limits(lost=True)),
        (". >= 1 and regex(., '^[0-9]+$')", Limits(low=1, lost=True)),
        (". >= 1 or . <= 5", Limits(lost=True)),
        (". <= ${tope}", Limits(lost=True)),
        (". <= 2.5", Limits(lost=True)),
        ("count-selected(.) >= 2", Limits(lost=True)),
        ("${p1} > 2", Limits(lost=True)),
        ("not(selected(., '7') and count-selected(.) > 2)", Limits(lost=True)),
    ],
)
def test_a_constraint_is_read_as_far_as_we_have_it(constraint: str, limits: Limits) -> None:
    assert read_constraint(constraint) == limits


@pytest.mark.parametrize(
    ("question", "limits"),
    [
        (
            Question("f1", 1, "date", earliest="2020-01-31", latest="hoy"),
            Limits(earliest="2020-01-31", latest="hoy"),
        ),
        (Question("s2", 1, "rating", low=1, high=5), Limits(low=1, high=5)),
        (Question("p5", 1, "text", low=3, high=480), Limits(shortest=3, longest=480)),
        (
            Question("p3", 1, "choices", options=("1", "7"), limit=3, exclusive="7"),
            Limits(ticked=3, exclusive="7"),
        ),
    ],
)
def test_what_is_written_is_read_the_same(question: Question, limits: Limits) -> None:
    assert read_constraint(write_constraint(question)) == limits


def test_a_question_without_limits_has_no_constraint() -> None:
    assert write_constraint(Question("p1", 1, "choice", options=("1", "2"))) == ""
