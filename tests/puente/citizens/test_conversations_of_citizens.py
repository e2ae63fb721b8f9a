"""Citizens talk to the flagship, on every kind of phone, knowing only what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.screens import Screen, show
from flows.golden.chance import make_chance
from flows.golden.rehearsal import Rehearsal
from puente.bundled import find_flow
from puente.citizens.citizen import Act, Citizen, Poster
from puente.citizens.people import make_person

if TYPE_CHECKING:
    from bot.messages import Form
    from flows.flow import Flow

NOON = datetime(2026, 11, 24, 18, tzinfo=UTC)
PEOPLE = 60


@cache
def flagship() -> Flow:
    return find_flow("plan-digital")


@dataclass
class Talk:
    """One citizen's conversation, with the engine alone at the other end."""

    citizen: Citizen
    phone: Rehearsal
    sent: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    _screen: Screen = field(default_factory=Screen)

    def hold(self) -> Talk:
        act: Act | None = self.citizen.begin()
        while act is not None:
            self.sent.append(act.text)
            self.phone.wait(act.pause)
            texts, is_open = self._send(act)
            self.seen.extend(texts)
            act = self.citizen.look(texts, is_open=is_open)
        return self

    def _send(self, act: Act) -> tuple[tuple[str, ...], bool]:
        if self.phone.form != "ussd":
            return self.phone.send(act.text), False
        page = None if act.dials else self._screen.turn(act.text)
        if page is None:
            _ = self.phone.dial() if act.dials else self.phone.send(act.text)
            page = show(self.phone.rendered, "", is_open=self.phone.is_waiting)
        self._screen = page
        return (page.text,), page.keeps_open


def hold(form: Form, index: int) -> Talk:
    person = make_person(7, index)
    person = replace(person, form=form, drop_at=person.drop_at if form == "ussd" else 0)
    script = flagship().script
    citizen = Citizen(person, Poster(script.keywords[0], script.title), make_chance(index))
    return Talk(citizen, Rehearsal(flagship(), NOON, make_chance(index), form)).hold()


@pytest.fixture(scope="module", params=["sms", "whatsapp", "ussd"])
def talks(request: pytest.FixtureRequest) -> list[Talk]:
    return [hold(request.param, index) for index in range(PEOPLE)]


def test_most_come_to_the_end_and_know_it(talks: list[Talk]) -> None:
    complete = [talk for talk in talks if talk.phone.outcome == "complete"]
    believed = [talk for talk in talks if talk.citizen.ending == "complete"]
    assert len(complete) > PEOPLE / 2
    assert believed == complete


def test_everybody_ends_as_her_fate_says(talks: list[Talk]) -> None:
    endings = Counter(talk.citizen.ending for talk in talks)
    assert endings.keys() >= {"complete", "left", "stopped", "refused"}
    for talk in talks:
        assert (talk.citizen.ending == "left") == talk.phone.is_silent
        assert (talk.citizen.ending == "refused") == (talk.phone.outcome == "refused")


def test_next_to_everything_they_mean_is_understood(talks: list[Talk]) -> None:
    sent = sum(len(talk.sent) for talk in talks)
    missed = sum("o entendimos" in text for talk in talks for text in talk.seen)
    assert 0 < missed < 0.12 * sent


def test_they_say_where_they_live_and_what_they_want(talks: list[Talk]) -> None:
    answers = [talk.phone.answers for talk in talks if talk.phone.outcome == "complete"]
    placed = [one for one in answers if one.get("ub", "0") != "0"]
    proposed = [one for one in answers if one.get("p5", "0") != "0"]
    assert len(placed) > 0.8 * len(answers)
    assert len(proposed) > 0.6 * len(answers)


def test_the_same_people_say_the_same_again(talks: list[Talk]) -> None:
    form = talks[0].phone.form
    assert hold(form, 0).sent == talks[0].sent
