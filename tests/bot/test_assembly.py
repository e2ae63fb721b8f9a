"""REPORTE: what counts as one, who may, and what is said of one that cannot be taken."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from bot.assembly import COUNT, HOW, NUMBERS, UNKNOWN, WHO, Report, read_report
from flows.leader_code import make_leader_code
from tests.support.desk import CONSULTATION, Desk
from tests.support.small_flow import make_small_flow

CODE = make_leader_code(lambda n: n // 2)
LEADER = UUID(int=7)
FLOW = make_small_flow()
CLOSED = next(q for q in FLOW.script.questions if q.kind == "choice" and q.part)
OPEN = next(q for q in FLOW.script.questions if q.kind == "text")
OPTIONS = [option for option in CLOSED.options if option != "0"]
HANDS = " ".join(str(20 + place) for place, _ in enumerate(OPTIONS))
COUNTED = {option: 20 + place for place, option in enumerate(OPTIONS)}


@pytest.fixture
def desk() -> Desk:
    return Desk(leaders={CODE: LEADER})


@pytest.mark.parametrize(
    ("typed", "report"),
    [
        ("REPORTE p1 23 14 2", Report("", "p1", ("23", "14", "2"))),
        (f" reporte {CODE} P1: 23, 14 y 2", Report(CODE, "p1", ("23", "14", "2"))),
        (f"Reporte p1 23 14 {CODE.lower()}", Report(CODE, "p1", ("23", "14"))),
        ("reporte", Report("")),
        ("REPORTE p1 veinte", Report("", "p1", ("veinte",))),
        ("Reporte agua 3 4", Report("", "agua", ("3", "4"))),
    ],
)
def test_a_report_is_read(typed: str, report: Report) -> None:
    assert read_report(typed) == report


@pytest.mark.parametrize(
    "typed", [None, "", "1", CODE, "Reporte los 3 robos", "reportes p1 2 3", "Un reporte p1 2 3"]
)
def test_other_messages_are_none(typed: str | None) -> None:
    assert read_report(typed) is None


def test_a_leader_reports_with_her_code_and_it_is_kept_without_a_session(desk: Desk) -> None:
    reply = desk.send(f"REPORTE {CODE} {CLOSED.id} {HANDS}", channel="whatsapp")

    kept = desk.last.assembly
    assert kept is not None
    assert (kept.leader_id, kept.question, kept.hands) == (LEADER, CLOSED.id, COUNTED)
    assert kept.revision_id == CONSULTATION.revision_id
    assert desk.last.session is None
    assert reply.texts[0].startswith(f"Anotado, {CLOSED.id}: {OPTIONS[0]}=20,")
    assert f"Son {sum(COUNTED.values())} manos." in reply.texts[0]


def test_a_phone_that_served_a_leader_needs_no_code(desk: Desk) -> None:
    desk.send("hola")
    desk.known = LEADER

    desk.send(f"REPORTE {CLOSED.id} {HANDS}")

    assert desk.last.assembly is not None
    assert desk.last.assembly.leader_id == LEADER


def test_a_report_in_the_middle_of_a_conversation_leaves_it_where_it_was(desk: Desk) -> None:
    asked = desk.send("hola")
    before = desk.session

    desk.send(f"REPORTE {CODE} {CLOSED.id} {HANDS}")

    assert desk.last.assembly is not None
    assert desk.session == before
    assert asked.texts


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("", HOW),
        (f"zz9 {HANDS}", UNKNOWN.format(asked="zz9")),
        (f"{OPEN.id} {HANDS}", UNKNOWN.format(asked=OPEN.id)),
        (f"{CLOSED.id} {HANDS} 1 2 3", COUNT.format(asked=CLOSED.id, options=len(OPTIONS))),
        (CLOSED.id, COUNT.format(asked=CLOSED.id, options=len(OPTIONS))),
        (f"{CLOSED.id} {' '.join('0' for _ in OPTIONS)}", NUMBERS),
        (f"{CLOSED.id} {' '.join('5001' for _ in OPTIONS)}", NUMBERS),
        (f"{CLOSED.id} {' '.join('9' * 30 for _ in OPTIONS)}", NUMBERS),
        (f"{CLOSED.id} {' '.join('-3' for _ in OPTIONS)}", NUMBERS),
        (f"{CLOSED.id} {' '.join('veinte' for _ in OPTIONS)}", NUMBERS),
    ],
)
def test_a_report_that_cannot_be_taken_is_told_how(desk: Desk, rest: str, said: str) -> None:
    reply = desk.send(f"REPORTE {CODE} {rest}", channel="whatsapp")

    assert reply.texts == (said,)
    assert desk.last.assembly is None


def test_who_is_no_leader_is_asked_for_a_code(desk: Desk) -> None:
    desk.leaders = {}
    for said in (f"REPORTE {CLOSED.id} {HANDS}", f"REPORTE {CODE} {CLOSED.id} {HANDS}"):
        assert desk.send(said, channel="whatsapp").texts == (WHO,)
        assert desk.last.assembly is None


def test_nothing_is_reported_to_a_consultation_that_has_closed(desk: Desk) -> None:
    desk.consultations = (replace(CONSULTATION, is_open=False),)

    assert desk.send(f"REPORTE {CODE} {CLOSED.id} {HANDS}", channel="whatsapp").texts == (WHO,)


def test_the_option_not_to_say_may_be_counted_too() -> None:
    asked = replace(CLOSED, options=(*OPTIONS, "0"))
    steps = tuple(asked if step == CLOSED else step for step in FLOW.script.steps)
    desk = Desk(flow=make_small_flow(steps=steps), leaders={CODE: LEADER})

    desk.send(f"REPORTE {CODE} {CLOSED.id} {HANDS} 4")

    assert desk.last.assembly is not None
    assert desk.last.assembly.hands == COUNTED | {"0": 4}


@pytest.mark.parametrize("said", [HOW, WHO, NUMBERS, UNKNOWN, COUNT])
def test_each_sentence_is_one_sms(said: str, desk: Desk) -> None:
    assert len(said.format(asked="p" * 5, options=7)) <= 160
    assert len(desk.send(f"REPORTE {CODE}").texts) == 1


def test_on_ussd_the_answer_is_a_screen_that_closes(desk: Desk) -> None:
    reply = desk.send(f"REPORTE {CODE} {CLOSED.id} {HANDS}", channel="ussd")

    assert reply.texts
    assert desk.last.assembly is not None


def test_who_has_left_is_not_answered(desk: Desk) -> None:
    desk.send("hola", "BAJA")

    reply = desk.send(f"REPORTE {CODE} {CLOSED.id} {HANDS}")

    assert not reply.texts
    assert desk.last.assembly is None
