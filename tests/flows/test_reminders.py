"""What a reminder says, and what the next message then means."""

from dataclasses import replace

import pytest

from flows.reminders import count_promised, remind
from flows.script.model import Pause
from flows.state import State
from tests.support.engine_phone import Phone
from tests.support.small_flow import STEPS, make_small_flow


def test_it_says_how_far_she_came_and_the_next_message_brings_the_question_again() -> None:
    phone = Phone().to("p3")
    found = remind(phone.flow, phone.state)
    assert found is not None
    phone.state, say = found
    assert (say.key, say.values["n"], say.values["total"]) == ("servicio/recordatorio1", "3", "7")
    answers = phone.state.answers
    assert phone.say("1").said == ["p3/texto"]
    assert phone.state.answers == answers
    assert phone.say("1").state.answers["p3"] == "1"


def test_before_the_next_part_it_tells_of_that() -> None:
    phone = Phone().to("mas")
    found = remind(phone.flow, phone.state)
    assert found is not None
    assert (found[1].values["n"], found[1].values["total"]) == ("1", "1")


def test_her_language_has_to_have_a_reviewed_text() -> None:
    flow = make_small_flow("quc")
    state = replace(Phone(flow).to("p3").state, language="quc")
    found = remind(flow, state)
    assert found is not None
    assert found[1].language == "quc"
    assert remind(make_small_flow(), state) is None


@pytest.mark.parametrize(
    "change", [{"outcome": "complete"}, {"position": None}, {"asking": "erase"}]
)
def test_there_may_be_nothing_to_remind_of(change: dict[str, str]) -> None:
    phone = Phone().to("p3")
    assert remind(phone.flow, replace(phone.state, **change)) is None  # type: ignore[arg-type]


def test_who_has_answered_nothing_has_not_begun() -> None:
    phone = Phone().arrive()
    assert remind(phone.flow, phone.state) is None


def test_nothing_of_the_consultation_may_be_left() -> None:
    flow = make_small_flow(steps=STEPS[:2])
    assert remind(flow, Phone(flow).to("edad").state) is None


def test_a_pause_come_to_is_a_reminder_promised() -> None:
    phone = Phone().to("mas")
    assert count_promised(phone.flow, State("es")) == 0
    assert count_promised(phone.flow, phone.state) == 0
    assert count_promised(phone.flow, phone.say("2").state) == 1
    assert count_promised(phone.flow, Phone().to("s1").state) == 0, "she chose to go on at once"
    always = make_small_flow(steps=(STEPS[0], Pause("manana", 2, days=1, hour=10), STEPS[14]))
    assert count_promised(always, Phone(always).to("inv").say("1").state) == 1


@pytest.mark.parametrize(
    ("last", "until", "said"),
    [
        ("Hasta el {fecha}", "30/11/2026", "recordatorio2"),
        ("Hasta el {fecha}", "", "recordatorio1"),
        ("Por última vez", "", "recordatorio2"),
        (None, "30/11/2026", "recordatorio1"),
    ],
)
def test_the_last_one_has_a_text_of_its_own_where_all_in_it_is_known(
    last: str | None, until: str, said: str
) -> None:
    flow = make_small_flow()
    texts = dict(flow.texts["es"])
    if last is not None:
        texts["servicio/recordatorio2"] = last
    flow = replace(flow, texts={"es": texts})
    state = Phone(flow).to("p3").state
    found = remind(flow, state, is_last=True, until=until)
    assert found is not None
    assert (found[1].key, found[1].values["fecha"]) == (f"servicio/{said}", until)
    first = remind(flow, state, until=until)
    assert first is not None
    assert first[1].key == "servicio/recordatorio1"
