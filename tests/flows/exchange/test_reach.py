"""Jumps and ends said as conditions: each step is reached for the same answers as in the engine."""

from __future__ import annotations

from itertools import product

from flows.exchange.reach import find_conditions
from flows.script.conditions import holds
from flows.script.model import Comparison, End, Jump, Message, Question, Script, Step

ASKED = tuple(Question(name, 1, "choice", options=("1", "2")) for name in ("a", "b", "c"))


def is_one(name: str) -> Comparison:
    return Comparison(name, "==", "1")


def walk(steps: tuple[Step, ...], answers: dict[str, str]) -> set[str]:
    """Walk as the engine does, answering all that is asked."""
    places = {step.id: place for place, step in enumerate(steps)}
    given: dict[str, str] = {}
    seen: set[str] = set()
    place = 0
    while place < len(steps):
        step = steps[place]
        place += 1
        if step.condition is not None and not holds(step.condition, given):
            continue
        seen.add(step.id)
        match step:
            case Question(name):
                given[name] = answers[name]
                if step.kind == "consent" and answers[name] != "1":
                    return seen
            case Jump():
                place = places[step.target]
            case End():
                return seen
            case _:
                pass
    return seen


def compare(*steps: Step) -> None:
    script = Script(1, "x", "x", "es", (), steps)
    conditions = find_conditions(script)
    names = [step.id for step in steps if isinstance(step, Question)]
    for values in product("12", repeat=len(names)):
        answers = dict(zip(names, values, strict=True))
        seen = walk(steps, answers)
        given = {name: value for name, value in answers.items() if name in seen}
        reached = {
            name
            for name, condition in conditions.items()
            if condition is None or holds(condition, given)
        }
        assert reached == seen, answers


def test_an_end_stops_those_who_meet_its_condition() -> None:
    a, b, c = ASKED
    compare(a, End("fin_a", 1, condition=is_one("a")), b, c, Message("fin", 1))


def test_a_jump_passes_steps_by_and_comes_together_again() -> None:
    a, b, c = ASKED
    steps = (a, Jump("j", 1, "c", is_one("a")), b, c, Message("fin", 1))
    compare(*steps)
    conditions = find_conditions(Script(1, "x", "x", "es", (), steps))
    assert conditions["c"] is conditions["fin"] is None


def test_jumps_over_an_end_keep_their_conditions() -> None:
    a, b, c = ASKED
    compare(
        a,
        Jump("j", 1, "c", is_one("a")),
        b,
        End("e", 1, condition=is_one("b")),
        Jump("k", 1, "fin", is_one("a")),
        c,
        Message("fin", 1),
    )


def test_after_an_end_for_all_only_jumps_arrive() -> None:
    a, b, c = ASKED
    steps = (a, Jump("j", 1, "c", is_one("a")), b, End("e", 1), Message("nadie", 1), c, End("f", 1))
    compare(*steps)
    assert "nadie" not in find_conditions(Script(1, "x", "x", "es", (), steps))


def test_a_jump_for_all_leaves_nobody_behind() -> None:
    a, b, c = ASKED
    compare(a, Jump("j", 1, "c"), b, c)


def test_who_does_not_consent_comes_to_nothing_more() -> None:
    _, b, _ = ASKED
    compare(Question("a", 1, "consent", options=("1", "2")), b, Message("fin", 1))


def test_ways_that_are_all_there_are_leave_no_condition() -> None:
    a, b, c = ASKED
    steps = (
        *(a, b, Jump("j", 1, "fin", is_one("a")), Jump("k", 1, "fin", is_one("b"))),
        *(c, Message("fin", 1)),
    )
    compare(*steps)
    assert find_conditions(Script(1, "x", "x", "es", (), steps))["fin"] is None


def test_several_ways_to_one_step_are_any_of_them() -> None:
    a, b, c = ASKED
    compare(
        a,
        b,
        Jump("j", 1, "fin", is_one("a")),
        Jump("k", 1, "fin", is_one("b")),
        c,
        End("e", 1),
        Message("fin", 1),
    )
