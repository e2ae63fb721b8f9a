"""Where the engine's rules begin and end: what a mutation of a line would otherwise go unseen."""

from datetime import timedelta

import pytest

from flows.effects import Record
from flows.limits import BACK_AFTER
from tests.support.engine_phone import Phone


def test_leaving_ends_what_was_asked_beside_the_script() -> None:
    phone = Phone().to("ub").say("BORRAR")
    assert phone.state.asking == "erase"
    phone.say("BAJA")
    assert (phone.state.asking, phone.state.candidates, phone.state.words) == ("answer", (), "")


def test_going_back_begins_a_question_without_misunderstandings() -> None:
    phone = Phone().to("p3").say("zzz", "xxx")
    assert phone.state.misses == 2
    phone.say("ATRAS")
    assert phone.state.misses == 0
    assert phone.say("zzz").said[0] == "error1"


def test_going_back_from_the_first_question_asks_it_again() -> None:
    phone = Phone().arrive().say("ATRAS")
    assert (phone.state.position, phone.state.history) == ("inv", ("inv",))
    assert phone.said == ["inv/texto"]


def test_what_belongs_to_the_asking_takes_a_zero_only_after_the_help() -> None:
    phone = Phone().to("edad").say("0")
    assert phone.state.position == "edad"
    phone.say("0")
    assert phone.state.position == "edad", "one example is no help yet"
    phone.say("0")
    assert phone.state.position != "edad"


def test_consent_never_takes_a_zero() -> None:
    phone = Phone().arrive().say("zzz", "xxx", "0")
    assert phone.state.outcome == "refused"
    assert phone.said == ["consentimiento_no_entendido"]


def test_a_third_misunderstanding_keeps_the_words_as_received() -> None:
    phone = Phone().to("p3").say("zzz", "xxx", "Ñandú")
    (record,) = (one for one in phone.effects if isinstance(one, Record))
    assert (record.question, record.value, record.text) == ("p3", "0", "Ñandú")


def test_a_misunderstanding_forgets_the_candidates_of_the_one_before() -> None:
    phone = Phone().to("ub").say("San José")
    assert phone.state.asking == "which"
    phone.say("ninguno")
    assert (phone.state.asking, phone.state.candidates, phone.state.words) == ("answer", (), "")


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (BACK_AFTER - timedelta(minutes=2), "error_ejemplo_varios"),
        (BACK_AFTER - timedelta(minutes=1), "p3/texto"),
    ],
)
def test_who_comes_back_after_long_is_asked_again_from_that_moment_on(
    away: timedelta, said: str
) -> None:
    phone = Phone().to("p3")
    phone.now += away  # a phone takes a minute to answer
    assert phone.say("zzz").said[0] == said
