"""Corners of what is asked beside the script that a plain conversation never comes to."""

from datetime import UTC, datetime

from flows import asides
from flows.draft import Draft
from flows.effects import Say
from flows.golden.chance import make_chance
from flows.reading.result import Rejected
from flows.script.model import Question
from flows.state import State
from tests.support.small_flow import make_small_flow

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def make_draft(**fields: object) -> Draft:
    state = State("es", **fields)  # type: ignore[arg-type]
    return Draft(make_small_flow(), state, NOW, make_chance(1))


def said(draft: Draft) -> list[str]:
    return [effect.key for effect in draft.effects if isinstance(effect, Say)]


def test_too_many_candidates_are_no_choice() -> None:
    places = [f"010{n}" for n in range(1, 7)]
    question = make_draft(position="ub").flow.find_question("ub")
    assert isinstance(question, Question)
    assert asides.can_choose(question, places[:4])
    assert not asides.can_choose(question, places)
    assert not asides.can_choose(question, places[:1])


def test_three_candidates_are_a_menu() -> None:
    draft = make_draft(position="p1")
    question = draft.flow.find_question("p1")
    assert isinstance(question, Question)
    asides.ask_which(draft, question, ["1", "2", "3"], "s")
    (menu,) = [effect for effect in draft.effects if isinstance(effect, Say)]
    assert [choice.label for choice in menu.choices] == ["Señal", "Saldo", "Teléfono"]
    assert draft.state.asking == "which"


def test_a_close_name_in_a_menu_of_candidates_is_not_certain_enough() -> None:
    draft = make_draft(position="p1", asking="which", candidates=("1", "2"))
    assert asides.answer(draft, "Zzz") == Rejected("not_understood")


def test_an_aside_whose_question_is_gone_is_not_understood() -> None:
    draft = make_draft(asking="did_you_mean", candidates=("1",))
    assert asides.answer(draft, "quizás") == Rejected("not_understood")
