"""Question types with bounds: what they take, and where 0 passes."""

import pytest

from flows.questions.base import Shown
from flows.questions.date import Date
from flows.questions.number import Number
from flows.questions.permissions import Permissions
from flows.reading.result import Accepted, Rejected
from flows.script.model import Question

DAY = Question("f", 1, "date", earliest="2020-01-01", latest="2026-11-24")


@pytest.mark.parametrize(
    ("skippable", "reply", "reading"),
    [
        (True, "0", Accepted("0")),
        (True, " 0. ", Accepted("0")),
        (False, "0", Rejected("out_of_range")),
        (False, "7", Accepted("7")),
        (True, "21", Rejected("out_of_range")),
    ],
)
def test_zero_is_no_number_of_a_script(*, skippable: bool, reply: str, reading: object) -> None:
    question = Question("n", 1, "number", low=1, high=20, skippable=skippable)
    assert Number().read(question, reply, "es", ()) == reading


@pytest.mark.parametrize(
    ("reply", "reading"),
    [
        ("1/1/2020", Accepted("2020-01-01")),
        ("24/11/2026", Accepted("2026-11-24")),
        ("31/12/2019", Rejected("out_of_range")),
        ("25/11/2026", Rejected("out_of_range")),
        ("nunca", Rejected("not_understood")),
    ],
)
def test_a_date_lies_within_its_bounds(reply: str, reading: object) -> None:
    assert Date().read(DAY, reply, "es", ()) == reading


@pytest.mark.parametrize(
    ("reply", "reading"),
    [
        ("a las dos", Accepted("1")),
        ("Ninguna de las dos", Accepted("4")),
        ("no", Accepted("4")),
        ("si", Accepted("1", certain=False)),  # both are a lot to grant by one yes
    ],
)
def test_permissions_are_given_and_refused_in_words(reply: str, reading: Accepted) -> None:
    labels = ("Sí a las dos", "Solo publicar", "Solo avisar", "Ninguna")
    shown = tuple(Shown(str(n), str(n), label) for n, label in enumerate(labels, 1))
    question = Question("seg", 1, "permissions", options=("1", "2", "3", "4"))
    assert Permissions().read(question, reply, "es", shown) == reading
