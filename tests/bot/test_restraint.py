"""Replies to one number are held back; what it said is taken in any case."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Reply
from bot.restraint import Traffic, Verdict, restrain
from tests.support.desk import CHANNELS, Desk

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
LONG = "Estoy manejando, le contesto luego"


def talk(count: int, every: float, text: str = "{n}", reply: str = "¿{n}?") -> list[Verdict]:
    traffic, verdicts = Traffic(), []
    for n in range(count):
        at = NOW + timedelta(seconds=n * every)
        verdict = restrain(traffic, text.format(n=n), Reply((reply.format(n=n),)), at)
        verdicts.append(verdict)
        traffic = Traffic.from_json(verdict.traffic.to_json())
    return verdicts


def delays(verdicts: list[Verdict], every: float) -> list[float]:
    return [(one.due_at - NOW).total_seconds() - n * every for n, one in enumerate(verdicts)]


def test_a_person_who_types_is_never_held_back() -> None:
    assert set(delays(talk(40, 20), 20)) == {0}


def test_a_whole_consultation_is_answered_without_a_pause_and_a_crowd_of_messages_is_not() -> None:
    waits = delays(talk(30, 0), 0)
    assert waits[:26] == [0] * 26
    assert waits[26:] == [12, 24, 36, 48]
    assert set(delays(talk(40, 10), 10)) == {0}


def test_the_forty_first_reply_of_an_hour_waits_for_its_end() -> None:
    waits = delays(talk(42, 60), 60)

    assert waits[:40] == [0] * 40
    assert waits[40:] == [60 * 20, 60 * 19]
    assert delays(talk(100, 95), 95) == [0] * 100


@given(st.lists(st.integers(0, 8), min_size=40, max_size=120))
def test_no_thirty_seconds_ever_hold_more_than_thirty_replies(pauses: list[int]) -> None:
    traffic, at, recent = Traffic(), NOW, deque[datetime]()
    for n, pause in enumerate(pauses):
        at += timedelta(seconds=pause)
        verdict = restrain(traffic, str(n), Reply((f"¿{n}?",)), at)
        traffic = verdict.traffic
        if verdict.due_at > at:
            continue
        recent.append(at)
        while recent[0] <= at - timedelta(seconds=30):
            recent.popleft()
        assert len(recent) <= 30


@pytest.mark.parametrize(
    ("text", "reply", "loops"),
    [
        (LONG, "¿{n}?", [False, False, True, True]),
        ("1", "¿{n}?", [False] * 4),
        ("1", "Ya termino.", [False, False, True, True]),
        ("{n}", "Ya termino.", [False] * 4),
    ],
)
def test_the_same_for_the_third_time_gets_no_answer(
    text: str, reply: str, loops: list[bool]
) -> None:
    assert [one.is_loop for one in talk(4, 20, text, reply)] == loops


def test_after_an_hour_the_same_is_new_again() -> None:
    assert not any(one.is_loop for one in talk(6, 1801, LONG))


def test_a_clock_that_goes_back_holds_nobody_for_ever() -> None:
    traffic = restrain(Traffic(), "a", Reply(("b",)), NOW + timedelta(days=1)).traffic

    assert restrain(traffic, "c", Reply(("d",)), NOW).due_at == NOW


def test_a_machine_that_answers_itself_falls_silent_and_its_answers_stay() -> None:
    desk = Desk()
    replies = [desk.send(LONG) for _ in range(4)]

    assert [bool(reply.texts) for reply in replies] == [True, True, False, False]
    assert desk.last.session is not None
    assert desk.last.messages[0].text == LONG


def test_a_reply_that_is_held_goes_later_unless_a_newer_one_does() -> None:
    desk = Desk()
    desk.send("hola")
    assert desk.contact is not None
    full = Traffic(since=int(desk.now.timestamp()), replies=40)
    desk.contact = replace(desk.contact, traffic=full.to_json())

    reply = desk.send("1")

    assert reply.texts == ()
    assert desk.last.answers[0].question == "inv"
    [out] = desk.last.outgoing
    assert out.text.startswith("edad")
    assert out.due_at == desk.now + timedelta(minutes=59)
    assert desk.last.session is not None
    assert out.only_if_turns == desk.last.session.turns


def test_leaving_is_always_confirmed() -> None:
    desk = Desk()
    desk.send("hola")
    for _ in range(3):
        assert desk.send("BAJA").texts
        desk.send("INICIO")


def test_a_screen_that_was_dialled_never_stays_empty() -> None:
    facts = replace(CHANNELS["ussd"], is_restrained=False)
    desk = Desk(channels={"ussd": facts})

    assert all(desk.dial(dialog=f"d{n}").texts for n in range(50))
