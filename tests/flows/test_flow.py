"""A flow gives its steps and its texts, in the language and the wording there is."""

from dataclasses import replace

import pytest

from tests.support.small_flow import make_small_flow


def test_a_text_has_the_wording_of_its_phone_where_there_is_one() -> None:
    flow = make_small_flow()
    texts = {**flow.texts["es"], "p1/texto@ussd": "corta", "p2/texto": ""}
    flow = replace(flow, texts={"es": texts, "quc": {"p1/texto": "jun"}})
    assert flow.text("es", "p1/texto", "ussd") == "corta"
    assert flow.text("es", "p1/texto", "sms") == "p1"
    assert flow.text("quc", "p1/texto", "ussd") == "jun"


def test_a_text_missing_in_a_language_is_said_in_the_scripts_own() -> None:
    flow = replace(make_small_flow(), texts={**make_small_flow().texts, "quc": {}})
    assert flow.text("quc", "p1/texto") == "p1"
    assert flow.text("mam", "p1/texto") == "p1"
    assert flow.text("es", "nada/texto") == ""


def test_steps_are_found_by_id() -> None:
    flow = make_small_flow()
    assert flow.find_step("nada") is None
    assert flow.find_question(None) is None
    assert flow.find_question("fin") is None
    assert flow.find_question("p1") is flow.find_step("p1")


def test_the_scripts_own_language_stands_first() -> None:
    assert make_small_flow("quc", "cak").languages == ("es", "cak", "quc")


def test_a_question_that_must_be_there_and_is_not_is_our_own_fault() -> None:
    assert make_small_flow().get_question("p1").id == "p1"
    with pytest.raises(KeyError):
        make_small_flow().get_question("gracias")
