"""What is said beside an answer."""

import pytest

from flows.reading.talk import is_greeting, is_message, is_question, is_weary


@pytest.mark.parametrize("text", ["hola", "Buenos días", "BUENAS TARDES!!", "hola qué tal seño"])
def test_a_greeting_is_known(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize("text", ["", "hola, la 2", "si", "buenos", "¡" * 300])
def test_what_says_more_is_no_mere_greeting(text: str) -> None:
    assert is_greeting(text) is (text == "buenos")


@pytest.mark.parametrize("text", ["¿Quién habla?", "y esto para qué es?", "NO ENTIENDO"])
def test_a_question_back_is_known(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["", "?", "¿?", "la 2", "no", "que arreglen el camino"])
def test_what_asks_nothing_is_no_question(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize("text", ["Ya no quiero", "NO MOLESTEN", "dejen de escribir"])
def test_who_has_had_enough_is_heard(text: str) -> None:
    assert is_weary(text)


@pytest.mark.parametrize("text", ["", "no", "quiero agua", "ya no hay agua en la aldea"])
def test_an_answer_is_no_wish_to_stop(text: str) -> None:
    assert not is_weary(text)


@pytest.mark.parametrize(
    "text", ["mi esposo me pega ayuda", "quiero hablar con alguien", "ri tijonem man utz taj"]
)
def test_a_sentence_is_a_message_to_somebody(text: str) -> None:
    assert is_message(text)


@pytest.mark.parametrize(
    "text", ["", "1 3 2 4", "a b c d e", "la opción dos", "hola buenos días qué tal"]
)
def test_picking_an_answer_is_none(text: str) -> None:
    assert not is_message(text)
