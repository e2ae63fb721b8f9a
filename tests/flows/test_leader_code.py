"""A leader's code comes out of whatever was made of the link's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.folio import SIGNS
from flows.leader_code import (
    is_almost_assistance,
    is_assistance,
    make_leader_code,
    split_leader_code,
)

CODE = make_leader_code(lambda n: n // 2)


@given(st.lists(st.integers(0, len(SIGNS) - 1), min_size=3, max_size=3))
def test_every_code_that_is_made_is_found(draws: list[int]) -> None:
    code = make_leader_code(lambda _: draws.pop())

    assert split_leader_code(f"CONSULTA {code}") == ("CONSULTA", code)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (CODE, ""),
        (CODE.lower(), ""),
        (f"consulta, {CODE}.", "consulta, ."),
        (f"Hola!\n{CODE} quiero  opinar", "Hola! quiero opinar"),
        (f"LAAAA {CODE}", "LAAAA"),
    ],
)
def test_words_around_it_stay(text: str, rest: str) -> None:
    assert split_leader_code(text) == (rest, CODE)


@pytest.mark.parametrize("text", ["", "CONSULTA", "L17", "LAAAA", f"x{CODE}", f"{CODE}x", "Luces"])
def test_what_is_no_code_stays_as_it_was(text: str) -> None:
    assert split_leader_code(text) == (text, "")


@given(st.sampled_from(range(1, 5)), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_no_code(place: int, sign: str) -> None:
    wrong = CODE[:place] + sign + CODE[place + 1 :]

    assert wrong == CODE or split_leader_code(wrong) == (wrong, "")


@pytest.mark.parametrize("text", ["ASISTO L0000", "asisto l 2345", "Asistir: L23456."])
def test_a_code_that_was_mistyped_is_known_for_one(text: str) -> None:
    assert split_leader_code(text) == (text, "")
    assert is_almost_assistance(text)


@pytest.mark.parametrize("text", ["ASISTO", "asisto luego", "asisto a 3 reuniones", "asisto 2024"])
def test_what_is_no_code_may_be_an_answer(text: str) -> None:
    assert not is_almost_assistance(text)


def test_only_the_word_alone_begins_an_answer_for_somebody_else() -> None:
    assert all(map(is_assistance, ("ASISTO", "asistir:", "Asisto ")))
    assert not any(map(is_assistance, ("", "CONSULTA", "asisto a clases")))
