"""VINCULAR: what counts as one, and what fits on a phone."""

from __future__ import annotations

import pytest

from bot.linking import BY_SMS, CODE, JOINED, ON_WHATSAPP, OTHER_SIDE, TOO_MANY, WRONG, read_linking
from flows.text.segments import measure
from tests.support.desk import Desk


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("VINCULAR", ""),
        (" vincular. ", ""),
        ("«Vincular», por favor", ""),
        ("Vincular: 1234 5678", "12345678"),
        ("VINCULAR 1234-5678.", "12345678"),
        ("vincular12345678", "12345678"),
        ("VINCULAR 123", "123"),
        ("Link 1234 5678", "12345678"),
        ("VINCULAR １２３４５６７８", "12345678"),
    ],
)
def test_the_word_and_a_code_are_read(typed: str, code: str) -> None:
    linking = read_linking(typed)

    assert linking is not None
    assert linking.code == code
    assert not code or code not in repr(linking)


@pytest.mark.parametrize(
    "typed",
    [None, "", "1", "Vincular los planes", "VINCULAR 1234 planes", "Hay que vincular",
     "vincularnos", "links", "VINCULAR " + "1" * 40],
)  # fmt: skip
def test_other_messages_are_none(typed: str | None) -> None:
    assert read_linking(typed) is None


@pytest.mark.parametrize(
    "said",
    [
        *(CODE.format(code="1" * 8, where=where) for where in (ON_WHATSAPP, BY_SMS)),
        *(OTHER_SIDE.format(where=where) for where in (ON_WHATSAPP, BY_SMS)),
        *(JOINED, WRONG, TOO_MANY),
    ],
)
def test_each_sentence_is_one_sms(said: str) -> None:
    assert len(said) <= 160
    assert measure(said).segments <= 2  # as it stands; on its way out accents are folded


def test_asking_for_a_code_leaves_the_conversation_where_it_was() -> None:
    desk = Desk()
    desk.send("hola")
    before = desk.session

    assert "VINCULAR" in desk.send("vincular").texts[0]
    assert desk.last.code is not None
    assert (desk.last.session, desk.session) == (None, before)
    assert desk.last.code.code not in repr(desk.last)
