"""What is said beside an answer."""

import pytest

from flows.reading.talk import is_greeting, is_question


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
