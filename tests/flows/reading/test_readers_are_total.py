"""Whatever comes in, a reading comes out, and soon: nothing a participant sends is an error."""

from __future__ import annotations

import time
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.choices import read_choice
from flows.reading.dates import read_date
from flows.reading.fold import fold
from flows.reading.phones import read_phone
from flows.reading.places import places, read_place
from flows.reading.quantities import read_number
from flows.reading.rating import read_rating
from flows.reading.result import Accepted, Rejected
from flows.reading.several import read_choices
from flows.reading.text import read_text
from flows.reading.yes_no import find_yes_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.reading.result import Reading

OPTIONS = {"1": "Agua", "2": "18 a 25", "3": "Kʼicheʼ", "4": "No sé cómo", "5": "Bueno"}
READERS: dict[str, Callable[[str], Reading]] = {
    "choice": partial(read_choice, options=OPTIONS, skippable=True),
    "choices": partial(read_choices, options=OPTIONS, limit=3, exclusive="5", skippable=True),
    "rating": partial(read_rating, low=1, high=5, skippable=True),
    "number": partial(read_number, skippable=True),
    "place": partial(read_place, skippable=True),
    "date": partial(read_date, skippable=True),
    "phone": partial(read_phone, skippable=True),
    "text": partial(read_text, skippable=True),
}
CANDIDATES_OF = {"choice": set(OPTIONS), "choices": set(OPTIONS), "place": set(places())}

WORDS = st.sampled_from(
    "si no la el 1 2 3 13 uno dos 18 a 25 y o , - . / ? agua bueno sino todas menos del al mil "
    "millon oxibʼ jeʼ san pedro sac guatemala de enero 2020 5555-1234 Q 1,234.50 7/10 👍 \u200b "
    "no-sé ʼ ’ 1️⃣ １ ½ € \u0301 gracias buenos días aldea zona".split(" ")
)
REPLIES = st.one_of(
    st.text(), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS).map("".join)
)
MEGABYTE = 1_000_000
LONG = {
    "blanks": " " * MEGABYTE,
    "figures": "1" * MEGABYTE,
    "figures apart": "1 " * (MEGABYTE // 2),
    "words": "si " * (MEGABYTE // 3),
    "one word": "a" * MEGABYTE,
    "emoji": "😀" * MEGABYTE,
    "marks": "\u0301" * MEGABYTE,
    "apostrophes": "ʼ" * MEGABYTE,
    "a short answer in blanks": " " * MEGABYTE + "1" + " " * MEGABYTE,
}


@pytest.mark.parametrize("kind", READERS)
@given(reply=REPLIES)
def test_any_reply_gives_a_reading(kind: str, reply: str) -> None:
    reading = READERS[kind](reply)
    if isinstance(reading, Accepted):
        assert reading.value
        allowed = CANDIDATES_OF.get(kind)
        assert allowed is None or {*reading.value.split()} <= allowed | {"0"}
    else:
        assert isinstance(reading, Rejected)
        assert reading.reason != "ambiguous" or len(reading.candidates) > 1
        assert {*reading.candidates} <= CANDIDATES_OF.get(kind, {*reading.candidates})


@given(reply=REPLIES, language=st.sampled_from(["es", "quc", "kek", "cak", "mam", "xyz", ""]))
def test_a_yes_and_a_no_are_read_in_any_language(reply: str, language: str) -> None:
    said = find_yes_no(reply, language)
    assert said is None or said.answer in {"yes", "no"}


@pytest.mark.parametrize("kind", sorted(READERS.keys() - {"text"}))
@given(reply=REPLIES)
def test_a_reply_is_read_alike_in_any_case_and_normal_form(kind: str, reply: str) -> None:
    read = READERS[kind]
    for form in ("NFC", "NFD"):
        assert read(unicodedata.normalize(form, reply)) == read(reply)
    assert read(f" {reply}\n") == read(reply)


@given(text=st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


LINEAR = 5
"""Seconds: some twenty times what it takes, and far less than what a quadratic takes."""


@pytest.mark.parametrize("length", LONG)
@pytest.mark.parametrize("kind", [*READERS, "yes_no"])
def test_a_megabyte_is_read_in_a_moment(kind: str, length: str) -> None:
    began = time.process_time()
    find_yes_no(LONG[length]) if kind == "yes_no" else READERS[kind](LONG[length])
    assert time.process_time() - began < LINEAR


@pytest.mark.parametrize("kind", READERS)
def test_the_longest_answer_is_read_in_a_moment(kind: str) -> None:
    """Repeat what each pattern dwells on, up to the longest reply that is looked into."""
    for piece in ("a ", "1 ", "1,", "no ", "san ", "si si", "'a", "15 de ", "todas menos ", "- "):
        began = time.process_time()
        READERS[kind](piece * (240 // len(piece)))
        assert time.process_time() - began < LINEAR, piece


def test_marks_without_end_are_too_long_rather_than_composed() -> None:
    assert read_text("a" + "\u0301" * 2000) == Rejected("too_long")
    assert read_text("a" * 481) == Rejected("too_long")
    assert read_text("e\u0301" * 480) == Accepted("e\u0301" * 480)
