"""A reply of plain digits is read sooner than others, and no otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.choices import has_number, read_choice
from flows.reading.several import read_choices
from flows.reading.yes_no import find_yes_no
from flows.service import Service, Word, find_service

FIGURES = st.integers(0, 120).map(str) | st.sampled_from(["00", "007", "1" * 9, "1" * 300])
LABELS = st.sampled_from(
    ["Sí", "No", "2", "3 veces", "18 a 25 años", "Más de 60", "dos veces", "No sé", "Agua", "1 3"]
)
MENUS = st.lists(LABELS, min_size=1, max_size=6).map(
    lambda labels: {str(digit): label for digit, label in enumerate(labels, 1)}
)


@given(figure=FIGURES, menu=MENUS, skippable=st.booleans())
def test_a_figure_is_read_as_one_with_a_full_stop(
    *, figure: str, menu: dict[str, str], skippable: bool
) -> None:
    alone = read_choice(figure, menu, skippable=skippable)
    assert alone == read_choice(f"{figure}.", menu, skippable=skippable)


@given(FIGURES, MENUS)
def test_several_figures_are_read_with_and_without_words_around_them(
    figure: str, menu: dict[str, str]
) -> None:
    plain = {digit: label for digit, label in menu.items() if not set(label) & set("0123456789")}
    alone = read_choices(figure, plain, skippable=True)
    assert alone == read_choices(f"la {figure} por favor", plain, skippable=True)


@given(FIGURES)
def test_a_figure_is_a_number_and_neither_yes_nor_no(figure: str) -> None:
    assert find_yes_no(figure) is None
    assert has_number(figure) is (len(figure) < 240)


@pytest.mark.parametrize(("text", "expected"), [("2026", Service(Word.ENTER)), ("2027", None)])
def test_a_consultation_may_be_entered_by_a_figure(text: str, expected: Service | None) -> None:
    assert find_service(text, ("2026",)) == expected
