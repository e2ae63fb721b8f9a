"""The engine after the end: coming back, leaving, deleting, somebody else, other languages."""

import pytest

from flows.effects import (
    Demand,
    Erase,
    NewPerson,
    Record,
    Say,
    TellProposal,
)
from flows.events import Said
from flows.limits import LETTERS_READ
from flows.state import State
from tests.support.engine_phone import Phone
from tests.support.small_flow import STEPS, make_small_flow


def test_after_the_end_words_are_answered_and_the_entry_word_offers_a_menu() -> None:
    phone = Phone().to("s1").say("4", "muchas gracias")
    assert phone.said == ["ya_termino"]
    assert phone.say("CONSULTA").said == ["repetida"]


def test_changing_answers_begins_at_the_first_question_proper() -> None:
    phone = Phone().to("s1").say("4", "CONSULTA", "1")
    assert phone.said == ["p1/texto"]
    assert phone.state.outcome is None


def test_changing_answers_of_a_flow_without_questions_changes_nothing() -> None:
    phone = Phone(make_small_flow(steps=STEPS[:2])).arrive().say("1", "1", "CONSULTA", "1")
    assert phone.said == ["ya_termino"]


def test_somebody_else_may_answer() -> None:
    assert Phone().to("s1").say("4", "CONSULTA", "2").did(NewPerson) == [NewPerson()]


def test_done_is_done() -> None:
    phone = Phone().to("s1").say("4", "CONSULTA", "3")
    assert phone.said == ["terminar"]
    assert phone.say("CONSULTA", "que?").said == ["ya_termino"]


def test_who_refused_may_come_back() -> None:
    phone = Phone().arrive().say("2", "hola")
    assert phone.said == ["adios_no"]
    assert phone.say("CONSULTA").said == ["inv/texto"]
    assert phone.state.outcome is None


def test_deleting_asks_once() -> None:
    phone = Phone().to("p3").say("BORRAR")
    assert phone.said == ["borrar_confirma"]
    phone.say("si")
    assert phone.said == ["borrado"]
    assert phone.did(Erase) == [Erase(everybody=True)]
    assert phone.state.folio is not None


def test_anything_but_yes_deletes_nothing_and_goes_on() -> None:
    phone = Phone().to("p3").say("BORRAR", "mejor no")
    assert phone.said == ["no_borrado", "p3/texto"]
    assert phone.did(Erase) == []


def test_deleting_after_the_end_and_thinking_better_of_it() -> None:
    assert Phone().to("s1").say("4", "BORRAR", "2").said == ["no_borrado"]


@pytest.mark.parametrize(
    ("reply", "erased"),
    [("1", [Erase(everybody=False)]), ("2", [Erase(everybody=True)]), ("3", [])],
)
def test_on_a_shared_phone_deleting_asks_whose(reply: str, erased: list[Erase]) -> None:
    phone = Phone().to("p3").happen(Said("BORRAR", persons=2))
    assert phone.said == ["borrar_de_quien"]
    assert phone.say(reply).did(Erase) == erased


def test_the_folio_word_tells_of_ones_own_proposal_or_of_a_named_one() -> None:
    phone = Phone().to("mas")
    folio = phone.state.folio
    assert phone.say("FOLIO").did(TellProposal) == [TellProposal(folio, "es")]
    assert phone.say(f"folio {folio}").did(TellProposal) == [TellProposal(folio, "es")]
    assert phone.said == ["mas/texto"]


def test_one_language_is_not_asked_and_the_word_says_so() -> None:
    assert Phone().to("p1").say("IDIOMA").said == ["idioma_uno", "p1/texto"]


def test_several_languages_are_asked_by_their_own_names_before_consent() -> None:
    phone = Phone(make_small_flow("kek", "quc")).arrive()
    assert phone.said == ["idioma_pregunta"]
    (menu,) = phone.did(Say)
    assert [choice.digit for choice in menu.choices] == ["1", "2", "3"]  # type: ignore[attr-defined]
    phone.say("3")
    assert phone.state.language == "quc"
    assert phone.did(Say)[-1].language == "quc"  # type: ignore[attr-defined]
    assert phone.said == ["inv/texto"]


def test_the_language_may_be_changed_in_the_middle_and_after_the_end() -> None:
    phone = Phone(make_small_flow("quc")).arrive().say("1", "1", "1", "IDIOMA", "2")
    assert phone.said == ["p1/texto"]
    assert phone.state.language == "quc"
    done = Phone(make_small_flow("quc")).to("s1").say("4", "IDIOMA", "2")
    assert done.said == ["ya_termino"]
    assert done.state.language == "quc"


def test_a_language_not_offered_is_counted_as_demand() -> None:
    phone = Phone(make_small_flow("quc")).arrive().say("mam")
    assert phone.did(Demand) == [Demand("mam")]
    assert phone.said == ["idioma_no", "inv/texto"]


def test_a_language_misunderstood_three_times_goes_on_in_spanish() -> None:
    phone = Phone(make_small_flow("quc")).arrive().say("?")
    assert phone.said == ["error1", "idioma_pregunta"]
    assert phone.say("?", "?").said == ["inv/texto"]
    assert phone.state.language == "es"


def test_a_huge_text_is_read_only_in_part_and_never_raises() -> None:
    phone = Phone().to("p5").say("a" * 1_000_000)
    assert phone.said == ["ub/texto"]
    assert [record.text for record in phone.did(Record)] == ["a" * LETTERS_READ]  # type: ignore[attr-defined]


def test_the_same_inputs_give_the_same_conversation() -> None:
    assert Phone().to("s1").state == Phone().to("s1").state


def test_a_state_of_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        State.from_json('{"format": 99, "language": "es"}')
