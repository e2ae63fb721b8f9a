"""AVANCE: what counts as one, who may ask, and what she is told."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from bot.tally import FEW, TOLD, WHO
from flows.leader_code import make_leader_code
from storage.repositories.leaders import LeaderTally
from tests.support.desk import CONSULTATION, Desk

CODE = make_leader_code(lambda n: n // 2)


@pytest.fixture
def desk() -> Desk:
    return Desk(leaders={CODE: UUID(int=7)}, tally=LeaderTally(23, 12, 4))


@pytest.mark.parametrize("typed", ["AVANCE {}", "{} avance", " ¿Avance: {}?", "Ávance {}."])
def test_a_leader_hears_her_figures_rounded(desk: Desk, typed: str) -> None:
    reply = desk.send(typed.format(CODE), channel="whatsapp")

    assert reply.texts == (TOLD.format(came="25", finished="10", assisted=FEW),)
    assert desk.last.session is None


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, FEW), (1, FEW), (4, FEW), (5, "5"), (7, "5"), (8, "10"), (12, "10"), (1003, "1005")],
)
def test_no_figure_gives_away_one_person(desk: Desk, count: int, said: str) -> None:
    desk.tally = LeaderTally(count, count, count)

    reply = desk.send(f"AVANCE {CODE}", channel="whatsapp")

    assert reply.texts == (TOLD.format(came=said, finished=said, assisted=said),)


def test_a_phone_that_served_a_leader_needs_no_code(desk: Desk) -> None:
    desk.send("hola")
    desk.session = None
    desk.known = UUID(int=7)

    assert "llegaron 25" in desk.send("avance", channel="whatsapp").texts[0]


def test_the_word_alone_is_an_answer_while_a_conversation_is_running(desk: Desk) -> None:
    desk.send("hola")
    desk.known = UUID(int=7)

    assert "llegaron" not in desk.send("avance").texts[0]


def test_nor_is_it_one_where_she_may_still_go_on(desk: Desk) -> None:
    desk.send("hola")
    assert desk.session is not None
    desk.session = replace(desk.session, outcome="partial")
    desk.known = UUID(int=7)

    assert "llegaron" not in desk.send("avance").texts[0]


def test_asking_in_the_middle_of_a_conversation_leaves_it_where_it_was(desk: Desk) -> None:
    desk.send("hola")
    before = desk.session

    assert "llegaron 25" in desk.send(f"AVANCE {CODE}").texts[0]
    assert desk.session == before


@pytest.mark.parametrize("typed", ["El avance de la obra {}", "avances {}", "avance p1 {}"])
def test_other_messages_are_none(desk: Desk, typed: str) -> None:
    assert "llegaron" not in desk.send(typed.format(CODE)).texts[0]


@pytest.mark.parametrize("typed", ["AVANCE", f"AVANCE {CODE}"])
def test_who_is_no_leader_is_asked_for_a_code(desk: Desk, typed: str) -> None:
    desk.leaders = {}

    assert desk.send(typed, channel="whatsapp").texts == (WHO,)


def test_nothing_is_told_of_a_consultation_that_has_closed(desk: Desk) -> None:
    desk.consultations = (replace(CONSULTATION, is_open=False),)

    assert desk.send(f"AVANCE {CODE}", channel="whatsapp").texts == (WHO,)


@pytest.mark.parametrize("channel", ["sms", "ussd", "whatsapp"])
def test_it_is_one_message_on_every_phone(desk: Desk, channel: str) -> None:
    for tally in (LeaderTally(123456, 123456, 123456), LeaderTally(0, 0, 0)):
        desk.tally = tally

        assert len(desk.send(f"AVANCE {CODE}", channel=channel).texts) == 1  # type: ignore[arg-type]
    assert "redondeado" in desk.replies[-1].texts[0]


def test_who_has_left_is_not_answered(desk: Desk) -> None:
    desk.send("hola", "BAJA")

    assert not desk.send(f"AVANCE {CODE}").texts
