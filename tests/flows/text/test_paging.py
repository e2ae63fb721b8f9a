"""A long text on small screens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.alphabet import is_gsm7, septets
from flows.text.paging import USSD_SEPTETS, USSD_UNITS, page_keys, paginate
from flows.text.segments import utf16_units

WORDS = st.sampled_from(["agua", "luz", "carretera", "€", "ñandú", "ï", "x" * 200, "1", "22 "])
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=12).map("\n".join)


def units(page: str) -> int:
    return septets(page) if is_gsm7(page) else utf16_units(page)


def test_a_text_that_fits_is_one_page_without_keys() -> None:
    text = "¿Cuál es su prioridad?\n1 Agua\n2 Luz"
    assert paginate(text, more="98 Mas", back="99 Atras") == (text,)


def test_an_option_stays_whole_and_every_page_says_how_to_turn_it() -> None:
    options = [f"{n} {'palabra ' * 5}".strip() for n in range(1, 9)]
    pages = paginate("\n".join(["Elija:", *options]), more="98 Mas", back="99 Atras")
    assert len(pages) > 2
    assert pages[0].endswith("\n98 Mas")
    assert all(page.endswith("\n98 Mas 99 Atras") for page in pages[1:-1])
    assert pages[-1].endswith("\n99 Atras")
    shown = [line for page in pages for line in page.split("\n")[:-1]]
    assert shown == ["Elija:", *options]


def test_a_line_longer_than_a_page_never_parts_an_option_from_its_number() -> None:
    line = "7 " + "largo " * 60
    pages = paginate(line, more="98 Mas", back="99 Atras")
    assert pages[0].startswith("7 largo")
    assert all(not re.search(r"(^|\n)7\n", page) for page in pages)


def test_a_word_longer_than_a_page_is_cut_between_signs() -> None:
    pages = paginate("x" * 400, more="M", back="A", limit=100)
    assert "".join(page.rpartition("\n")[0] for page in pages) == "x" * 400


def test_an_option_of_a_word_longer_than_a_page_loses_nothing() -> None:
    pages = paginate("1 " + "ï" * 200, more="M", back="A")
    assert "".join(page.rpartition("\n")[0] for page in pages) == "1 " + "ï" * 200


def test_a_question_begins_on_the_screen_that_says_it_was_not_understood() -> None:
    text = f"No entendimos. Mande un numero: 1, 2\n¿{'palabra ' * 16}?\n1 Si\n2 No"
    pages = paginate(text, more="98 Mas", back="99 Atras")
    assert "¿palabra" in pages[0]
    assert pages[1].endswith("1 Si\n2 No\n99 Atras")


@given(text=LINES, limit=st.sampled_from([USSD_SEPTETS, 182, 60]))
def test_every_page_fits_and_nothing_is_lost(text: str, limit: int) -> None:
    pages = paginate(text, more="98 Mas", back="99 Atras", limit=limit)
    room = limit if is_gsm7(text) else USSD_UNITS
    assert all(units(page) <= room or utf16_units(page) <= room for page in pages)
    if len(pages) > 1:
        shown = "".join(page.rpartition("\n")[0] for page in pages)
        assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("awaits", "digits", "keys"),
    [
        ("digit", ["1", "2"], ("98", "99")),
        ("", [], ("98", "99")),
        ("digit", ["98"], ("88", "89")),
        ("digit", ["98", "89"], ("78", "79")),
        ("digit", ["98", "88", "78"], ("M", "A")),
        ("number", [], ("M", "A")),
        ("words", [], ("M", "A")),
    ],
)
def test_keys_turn_pages_only_where_they_cannot_be_an_answer(
    awaits: str, digits: list[str], keys: tuple[str, str]
) -> None:
    assert page_keys(awaits, digits) == keys  # type: ignore[arg-type] # the table is of strings
