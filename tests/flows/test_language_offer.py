"""The language she writes in: offered where it is on offer, noted where it is not."""

from __future__ import annotations

import pytest

from flows.effects import Demand, Record, Say
from flows.languages.detect import detect
from tests.support.engine_phone import Phone
from tests.support.small_flow import make_small_flow

# The Universal Declaration of Human Rights, articles 1 and 2.
QUC = "Konojel ri winaq are taq ke'alaxik pa junaman ya'tal chkech"
KEK = "Chijunil li poyanam juntaq'eet wankil xloq'al naq nake'yo'la"
ES = "Quiero que pongan un centro de salud en mi aldea por favor"


def make_phone(*languages: str, until: str) -> Phone:
    phone = Phone(make_small_flow(*languages)).arrive()
    if languages:
        phone.say("1")  # Spanish, from the menu
    plain = {"p5": "Que haya agua limpia en mi aldea"}
    while phone.state.position != until:
        phone.say(plain.get(phone.state.position or "", "1"))
    return phone


def test_a_language_on_offer_is_offered_by_its_own_name() -> None:
    phone = make_phone("quc", until="p1").say(QUC)
    assert phone.said == ["idioma_ofrece"]
    (say,) = phone.did(Say)
    assert say.values["nombre"] == "Kʼicheʼ"  # type: ignore[attr-defined]
    assert phone.state.language == "es"


@pytest.mark.parametrize("yes", ["1", "sí", "jeʼ", "JE’"])
def test_a_yes_goes_on_in_that_language(yes: str) -> None:
    phone = make_phone("quc", until="p1").say(QUC, yes)
    assert phone.said == ["p1/texto"]
    assert phone.did(Say)[0].language == "quc"  # type: ignore[attr-defined]
    assert phone.say("1").state.language == "quc"
    assert phone.state.misses == 0


def test_a_no_goes_on_as_before_and_is_not_asked_again() -> None:
    phone = make_phone("quc", until="p1").say(QUC, "2")
    assert phone.said == ["p1/texto"]
    assert phone.say(QUC).said == ["error1", "p1/texto"]
    assert phone.state.language == "es"


@pytest.mark.parametrize(("reply", "language"), [("1", "quc"), ("2", "es")])
def test_what_she_wrote_to_an_open_question_is_her_answer(reply: str, language: str) -> None:
    phone = make_phone("quc", until="p5").say(QUC)
    assert phone.did(Record) == []
    phone.say(reply)
    assert [(r.question, r.value) for r in phone.did(Record)] == [("p5", QUC)]  # type: ignore[attr-defined]
    assert phone.said == ["ub/texto"]
    assert phone.state.language == language


def test_a_place_in_a_mayan_sentence_is_taken_after_the_offer() -> None:
    phone = make_phone("quc", until="ub").say("ri wachoch k'o pa ri tinamit Chichicastenango")
    assert phone.said == ["idioma_ofrece"]
    assert phone.say("1").state.answers["ub"] == "1406"


def test_an_option_by_its_label_says_nothing_of_the_language() -> None:
    flow = make_small_flow("quc")
    flow.texts["quc"]["p1/opcion.1"] = "Todas las cosas que hacen falta"  # type: ignore[index]
    phone = Phone(flow).arrive().say("2", "1", "1", "todas las cosas que hacen falta")
    assert phone.state.answers["p1"] == "1"
    assert phone.did(Demand) == []


@pytest.mark.parametrize("name", ["Kʼicheʼ", "kiche", "en quiché"])
def test_a_language_may_be_named_at_any_question(name: str) -> None:
    phone = make_phone("quc", until="p1").say(name)
    assert phone.said == ["idioma_ofrece"]
    assert phone.say("1").state.language == "quc"


def test_a_language_named_and_not_on_offer_is_noted() -> None:
    phone = make_phone("quc", until="p1").say("cakchiquel")
    assert phone.did(Demand) == [Demand("cak")]


def test_a_language_named_in_an_open_answer_is_the_answer() -> None:
    phone = make_phone("quc", until="p5").say("kiche")
    assert [r.value for r in phone.did(Record)] == ["kiche"]  # type: ignore[attr-defined]


def test_the_menu_after_the_end_offers_nothing_by_what_she_writes() -> None:
    phone = make_phone("quc", until="s1").say("4", "IDIOMA", QUC)
    assert phone.said == ["error1", "idioma_pregunta"]


def test_an_unclear_reply_is_asked_once_more_and_then_is_a_no() -> None:
    phone = make_phone("quc", until="p5").say(QUC, KEK)
    assert phone.said == ["error1", "idioma_ofrece"]
    phone.say("?")
    assert [r.value for r in phone.did(Record)] == [QUC]  # type: ignore[attr-defined]
    assert phone.state.language == "es"


def test_a_service_word_leaves_the_offer_behind() -> None:
    phone = make_phone("quc", until="p1").say(QUC, "AYUDA")
    assert phone.said == ["ayuda", "p1/texto"]
    assert phone.say("2").state.answers["p1"] == "2"


def test_a_language_not_on_offer_is_noted_once_and_answered_kindly() -> None:
    phone = make_phone("quc", until="p1").say(KEK)
    assert phone.did(Demand) == [Demand("kek")]
    assert phone.said == ["idioma_no", "error1", "p1/texto"]
    assert phone.say(KEK).did(Demand) == []


def test_where_there_is_only_spanish_an_open_answer_counts_and_the_language_is_noted() -> None:
    phone = make_phone(until="p5").say(QUC)
    assert phone.did(Demand) == [Demand("quc")]
    assert [r.value for r in phone.did(Record)] == [QUC]  # type: ignore[attr-defined]
    assert phone.said == ["idioma_no", "ub/texto"]


@pytest.mark.parametrize("text", ["1", "si pues", "no", "jajaja", "soy de Chichicastenango", ES])
def test_spanish_and_what_is_no_evidence_offer_nothing(text: str) -> None:
    phone = make_phone("quc", "kek", "cak", "mam", until="p5").say(text)
    assert "idioma_ofrece" not in phone.said
    assert phone.did(Demand) == []


def test_the_language_she_already_has_is_not_offered() -> None:
    phone = make_phone("quc", until="p5").say("IDIOMA", "2", QUC)
    assert phone.did(Record) != []
    assert phone.said == ["ub/texto"]


def test_spanish_is_offered_to_who_took_another_language_by_mistake() -> None:
    phone = make_phone("quc", until="p5").say("IDIOMA", "2", ES)
    assert phone.said == ["idioma_ofrece"]
    assert phone.say("1").state.language == "es"


def test_a_language_without_the_words_to_ask_offers_nothing() -> None:
    flow = make_small_flow("quc")
    del flow.texts["quc"]["servicio/idioma_ofrece"]  # type: ignore[attr-defined]
    phone = Phone(flow).arrive().say("2", "1", "1", KEK)
    assert phone.said == ["error1", "p1/texto"]


def test_the_menu_of_languages_may_be_answered_in_the_language_itself() -> None:
    phone = Phone(make_small_flow("quc")).arrive().say(QUC)
    assert phone.said == ["idioma_ofrece"]
    phone.say("1")
    assert phone.said == ["inv/texto"]
    assert phone.state.language == "quc"


def test_of_two_that_are_hard_to_tell_apart_the_one_on_offer_is_meant() -> None:
    text = "utinamit ri achi, ri"  # K'iche', of the Declaration; Achi says it as well
    assert detect(text).language == "acr"
    phone = make_phone("quc", until="p5").say(text)
    assert phone.said == ["idioma_ofrece"]
    assert phone.state.candidates == ("quc",)
    assert make_phone(until="p5").say(text).did(Demand) == []


CLOSE = "jun winaq kaqasataj ta"  # K'iche', of the Declaration; Kaqchikel says much of it too


def test_of_two_on_offer_that_are_hard_to_tell_apart_she_is_asked_which() -> None:
    guess = detect(CLOSE)
    assert {guess.language, guess.second} == {"quc", "cak"}
    phone = make_phone("quc", "cak", until="p5").say(CLOSE)
    assert phone.said == ["idioma_pregunta"]
    (say,) = phone.did(Say)
    names = [choice.label for choice in say.choices]  # type: ignore[attr-defined]
    assert sorted(names[:2]) == ["Kaqchikel", "Kʼicheʼ"]
    assert names[2] == "Español"
    assert phone.did(Demand) == []


@pytest.mark.parametrize(
    ("reply", "language"),
    [("1", 0), ("2", 1), ("3", "es"), ("kiche", "quc"), ("kaqchikel", "cak"), ("español", "es")],
)
def test_which_of_the_two_she_takes_goes_on_and_her_words_count(
    reply: str, language: str | int
) -> None:
    phone = make_phone("quc", "cak", until="p5").say(CLOSE)
    wanted = phone.state.candidates[language] if isinstance(language, int) else language
    phone.say(reply)
    assert phone.state.language == wanted
    assert [r.value for r in phone.did(Record)] == [CLOSE]  # type: ignore[attr-defined]
    assert phone.say("1", CLOSE).said[-1] != "idioma_pregunta"


def test_an_unclear_choice_between_two_is_asked_once_more_and_then_changes_nothing() -> None:
    phone = make_phone("quc", "cak", until="p5").say(CLOSE, "mam")
    assert phone.said == ["error1", "idioma_pregunta"]
    assert phone.did(Say)[0].values["numeros"] == "1, 2, 3"  # type: ignore[attr-defined]
    phone.say("9")
    assert [r.value for r in phone.did(Record)] == [CLOSE]  # type: ignore[attr-defined]
    assert phone.state.language == "es"


def test_the_menu_of_languages_answered_in_one_of_two_asks_which_and_no_menu_after() -> None:
    phone = Phone(make_small_flow("quc", "cak")).arrive().say(CLOSE)
    assert phone.said == ["idioma_pregunta"]
    assert phone.say("3").said == ["inv/texto"]


def test_a_message_that_may_be_cut_is_not_asked_about_in_the_middle() -> None:
    cut = (QUC.replace("'", "") + " ") * 4
    phone = make_phone("quc", until="p5").say(cut[:160])
    assert phone.said == ["ub/texto"]


MAM = "Kyaqiil xjaal at tokleen"  # short, of the Declaration: three languages are close here
MAM_SURER = "alkyee xnaq'tzab'il"


@pytest.mark.parametrize("place", ["Todos Santos Cuchumatán", "Huehuetenango, Todos Santos"])
def test_where_she_lives_tells_two_close_languages_apart(place: str) -> None:
    phone = make_phone("mam", until="ub").say(place, MAM)
    assert phone.said == ["idioma_ofrece"]
    assert phone.state.candidates == ("mam",)


@pytest.mark.parametrize("place", ["0", "Zacapa", "Nebaj"])
def test_a_place_that_says_nothing_of_the_language_changes_nothing(place: str) -> None:
    phone = make_phone("mam", until="ub").say(place, MAM)
    assert "idioma_ofrece" not in phone.said


def test_where_she_lives_makes_sure_of_a_language_that_is_not_on_offer() -> None:
    assert make_phone(until="ub").say("0", MAM_SURER).did(Demand) == []
    at_home = make_phone(until="ub").say("Todos Santos Cuchumatán", MAM_SURER)
    assert at_home.did(Demand) == [Demand("mam")]
    assert at_home.said[0] == "idioma_no"


def test_where_she_lives_makes_no_mayan_language_of_spanish() -> None:
    phone = make_phone("mam", until="ub").say("Todos Santos Cuchumatán", ES)
    assert "idioma_ofrece" not in phone.said
