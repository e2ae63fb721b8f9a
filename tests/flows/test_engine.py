"""The engine, turn by turn, on a small flow where each text says its own key."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.effects import (
    Finish,
    OptOut,
    Permit,
    Propose,
    Record,
    Remind,
    Say,
    Withdraw,
)
from flows.events import Showed, Spoke
from flows.script.model import Pause
from tests.support.engine_phone import Phone
from tests.support.small_flow import STEPS, make_small_flow


def test_an_arrival_begins_with_the_first_question() -> None:
    assert Phone().arrive().said == ["inv/texto"]


def test_any_first_text_begins_as_well() -> None:
    phone = Phone().say("buenos dias")
    assert phone.said == ["inv/texto"]
    assert phone.state.misses == 0


def test_a_whole_conversation_records_every_answer_and_finishes() -> None:
    phone = Phone().to("s1").say("4")
    assert phone.said == ["fin/texto"]
    assert phone.did(Finish) == [Finish("complete")]
    assert dict(phone.state.answers) == {
        "inv": "1",
        "edad": "1",
        "p1": "1",
        "p2": "1",
        "p3": "1",
        "p4": phone.state.answers["p4"],
        "p5": "+",
        "ub": "1413",
        "seg": "1",
        "mas": "1",
        "s1": "4",
    }


def test_refused_consent_ends_kindly_and_is_recorded() -> None:
    phone = Phone().arrive().say("no")
    assert phone.said == ["adios_no"]
    assert phone.did(Finish) == [Finish("refused")]
    assert phone.did(Record) == [Record("inv", "2", "no", "es")]


def test_consent_misunderstood_three_times_is_a_kind_no() -> None:
    phone = Phone().arrive().say("blabla")
    assert phone.said == ["error1", "inv/texto"]
    assert phone.say("blabla").said == ["ayuda", "inv/texto"]
    assert phone.say("blabla").said == ["consentimiento_no_entendido"]
    assert phone.did(Record) == []


def test_under_eighteen_ends_as_ineligible() -> None:
    phone = Phone().arrive().say("1", "2")
    assert phone.said == ["menores/texto"]
    assert phone.did(Finish) == [Finish("ineligible")]


def test_three_misunderstandings_lead_to_the_next_question() -> None:
    phone = Phone().to("p1").say("???")
    assert phone.said == ["error1", "p1/texto"]
    phone.say("???")
    assert phone.said == ["error2", "p1/texto"]
    assert phone.did(Say)[0].values == {"min": "1", "max": "3"}  # type: ignore[attr-defined]
    phone.say("??!")
    assert phone.said == ["error3", "p3/texto"]
    assert phone.did(Record) == [Record("p1", "0", "??!", "es")]
    assert phone.state.misses == 0


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("p3", "error_ejemplo_varios", "error2"),
        ("p5", "error_ejemplo_texto", "error2_texto"),
        ("ub", "error_ejemplo_lugar", "error2_lugar"),
        ("s1", "error1", "error2"),
    ],
)
def test_each_kind_of_question_explains_itself(question: str, first: str, second: str) -> None:
    phone = Phone().to(question).say("?")
    assert phone.said == [first, f"{question}/texto"]
    assert phone.say("?").said == [second, f"{question}/texto"]


def test_after_the_help_zero_passes_any_question() -> None:
    phone = Phone().to("p3").say("?", "?", "0")
    assert phone.said == ["p4/texto"]
    assert phone.state.answers["p3"] == "0"


def test_a_rotated_question_records_the_authored_key() -> None:
    phone = Phone().to("p4")
    order = phone.state.order["p4"]
    assert sorted(order) == ["1", "2", "3"]
    shown = phone.did(Say)[-1].choices  # type: ignore[attr-defined]
    assert [choice.digit for choice in shown] == ["1", "2", "3"]
    assert [choice.label for choice in shown] == [f"p4/opcion.{key}" for key in order]
    phone.say("2")
    assert phone.state.answers["p4"] == order[1]


def test_the_order_of_a_rotated_question_stays_the_persons_own() -> None:
    phone = Phone().to("p4")
    before = phone.did(Say)[-1].choices  # type: ignore[attr-defined]
    assert phone.say("?").did(Say)[-1].choices == before  # type: ignore[attr-defined]


def test_a_stop_word_beats_everything() -> None:
    phone = Phone().to("p5").say("Alto, por favor.")
    assert phone.did(OptOut) == [OptOut()]
    assert phone.said == ["baja"]


def test_a_stop_word_inside_a_proposal_is_a_proposal() -> None:
    phone = Phone().to("p5").say("hay que parar la corrupción")
    assert phone.did(OptOut) == []
    assert phone.state.answers["p5"] == "+"


def test_help_explains_and_asks_again() -> None:
    assert Phone().to("p1").say("AYUDA").said == ["ayuda", "p1/texto"]
    assert Phone().to("p1").say("VINCULAR").said == ["p1/texto"]


def test_help_before_the_beginning_only_explains() -> None:
    assert Phone().say("AYUDA").said == ["ayuda"]


def test_going_back_lets_an_answer_be_changed_and_withdraws_what_no_longer_applies() -> None:
    phone = Phone().to("p3").say("ATRAS")
    assert phone.said == ["p2/texto"]
    assert phone.say("atrás").said == ["p1/texto"]
    phone.say("3")
    assert phone.said == ["p3/texto"]
    assert phone.did(Record) == [Record("p1", "3", "3", "es")]
    assert phone.did(Withdraw) == [Withdraw("p2")]
    assert "p2" not in phone.state.answers


def test_nobody_goes_back_behind_consent() -> None:
    assert Phone().arrive().say("1", "ATRAS").said == ["edad/texto"]


def test_going_back_after_the_end_offers_what_is_left() -> None:
    assert Phone().to("s1").say("4", "ATRAS").said == ["repetida"]


def test_an_entry_word_in_the_middle_repeats_the_question() -> None:
    assert Phone().to("p3").say("CONSULTA").said == ["p3/texto"]


def test_the_folio_is_issued_once_with_the_proposal() -> None:
    phone = Phone().to("mas")
    folio = phone.state.folio
    assert folio is not None
    assert phone.did(Propose) == [Propose("p5", folio)]
    assert phone.did(Say)[-1].values == {"folio": folio}  # type: ignore[attr-defined]
    assert phone.say("3").did(Say)[-1].values == {"folio": folio}  # type: ignore[attr-defined]


def test_without_a_proposal_there_is_a_folio_and_no_proposal() -> None:
    phone = Phone().to("p5").say("0", "Nebaj")
    assert phone.said == ["gracias/texto", "mas/texto"]
    assert phone.state.folio is not None
    assert phone.did(Propose) == []


def test_a_proposal_changed_after_the_folio_is_entered_again() -> None:
    phone = Phone().to("mas").say("ATRAS", "ATRAS", "ATRAS")
    assert phone.said == ["p5/texto"]
    phone.say("Que haya mejor señal en las aldeas")
    assert phone.did(Propose) == [Propose("p5", phone.state.folio or "")]


@pytest.mark.parametrize(
    ("reply", "permit"),
    [
        ("1", Permit(publish=True, write_back=True)),
        ("2", Permit(publish=True, write_back=False)),
        ("3", Permit(publish=False, write_back=True)),
        ("4", Permit(publish=False, write_back=False)),
    ],
)
def test_two_permissions_are_kept_apart(reply: str, permit: Permit) -> None:
    assert Phone().to("seg").say(reply).did(Permit) == [permit]


def test_permission_skipped_after_help_is_none_at_all() -> None:
    phone = Phone().to("seg").say("?", "?", "0")
    assert phone.did(Permit) == [Permit(publish=False, write_back=False)]


def test_a_pause_reminds_tomorrow_at_ten_and_goes_on_with_any_message() -> None:
    phone = Phone().to("mas").say("2")
    assert phone.said == ["manana/texto"]
    (reminder,) = phone.did(Remind)
    assert isinstance(reminder, Remind)
    assert reminder.at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert reminder.say.values == {"n": "1", "total": "1"}
    assert phone.state.asking == "resume"
    assert phone.say("1").said == ["s1/texto"]


def test_arriving_after_a_pause_goes_on() -> None:
    assert Phone().to("mas").say("2").arrive().said == ["s1/texto"]


def test_a_pause_with_nothing_after_it_reminds_of_nothing() -> None:
    steps = (*STEPS[:1], Pause("manana", 2, days=1, hour=10))
    phone = Phone(make_small_flow(steps=steps)).arrive().say("1")
    assert phone.said == ["manana/texto"]
    assert phone.did(Remind) == []
    assert phone.say("hola").did(Finish) == [Finish("complete")]


def test_a_script_without_an_end_finishes_after_its_last_step() -> None:
    phone = Phone(make_small_flow(steps=STEPS[:2])).arrive().say("1", "1")
    assert phone.did(Finish) == [Finish("complete")]


def test_jumped_questions_lose_their_answers() -> None:
    phone = Phone().to("s1").say("5", "CONSULTA", "1")
    assert phone.said == ["p1/texto"]
    while phone.state.position != "mas":
        phone.say({"p5": "0", "ub": "0"}.get(phone.state.position or "", "1"))
    phone.say("3")
    assert Withdraw("s1") in phone.effects


def test_a_voice_note_answers_any_question_but_consent() -> None:
    phone = Phone().to("p1").happen(Spoke())
    assert phone.said == ["voz_recibida", "p3/texto"]
    assert phone.did(Record) == [Record("p1", "voz", "", "es", heard=True)]
    assert Phone().arrive().happen(Spoke()).said == ["error1", "inv/texto"]


def test_a_voice_note_for_the_proposal_counts_as_one() -> None:
    phone = Phone().to("p5").happen(Spoke()).say("Nebaj")
    assert phone.said == ["seg/texto"]


def test_a_voice_note_after_the_end_is_answered() -> None:
    assert Phone().to("s1").say("4").happen(Spoke()).said == ["nota_no_texto", "repetida"]


def test_a_picture_is_no_misunderstanding() -> None:
    phone = Phone().to("p1").happen(Showed())
    assert phone.said == ["nota_no_texto", "p1/texto"]
    assert phone.state.misses == 0


def test_a_close_answer_is_asked_back_and_kept_in_the_words_it_was_sent_in() -> None:
    phone = Phone().to("ub").say("nebah")
    assert phone.said == ["quiso_decir"]
    assert phone.say("si").did(Record) == [Record("ub", "1413", "nebah", "es")]


def test_no_to_did_you_mean_asks_again_with_an_example() -> None:
    phone = Phone().to("ub").say("nebah", "no")
    assert phone.said == ["error_ejemplo_lugar", "ub/texto"]


def test_a_better_answer_to_did_you_mean_counts() -> None:
    phone = Phone().to("ub").say("nebah", "Chajul")
    assert phone.did(Record) == [Record("ub", "1405", "Chajul", "es")]


def test_a_repeated_name_is_asked_back_and_the_choice_recorded() -> None:
    phone = Phone().to("ub").say("San Pedro Sacatepéquez")
    assert phone.said == ["ambiguo"]
    codes = phone.state.candidates
    phone.say("2")
    assert phone.did(Record) == [Record("ub", codes[1], "San Pedro Sacatepéquez", "es")]


def test_neither_of_two_places_asks_again() -> None:
    phone = Phone().to("ub").say("San Pedro Sacatepéquez", "0")
    assert phone.said == ["error_ejemplo_lugar", "ub/texto"]


def test_back_after_hours_a_greeting_is_no_misunderstanding() -> None:
    phone = Phone().to("p3")
    phone.now += timedelta(days=1)
    phone.say("hola otra vez")
    assert phone.said == ["p3/texto"]
    assert phone.state.misses == 0


def test_back_after_hours_an_answer_is_an_answer() -> None:
    phone = Phone().to("p3")
    phone.now += timedelta(days=1)
    assert phone.say("2").said == ["p4/texto"]


# As a phone cuts it: 153 septets, in the middle of a word.
LONG = ("Quiero que el registro de personas abra los sabados porque trabajo toda la semana. " * 2)[
    :153
]


def test_a_proposal_cut_in_two_by_the_phone_is_joined() -> None:
    phone = Phone().to("p5").say(LONG)
    phone.now -= timedelta(seconds=55)
    phone.say("ajo y no puedo ir a Nebaj")
    whole = f"{LONG}ajo y no puedo ir a Nebaj"
    assert phone.did(Record) == [Record("p5", whole, whole, "es")]
    assert phone.said == ["ub/texto"]


@pytest.mark.parametrize(("words", "seconds"), [(LONG, 60), (LONG[:-1], 5), ("Mas escuelas", 5)])
def test_an_answer_to_the_next_question_is_not_taken_for_a_further_part(
    words: str, seconds: int
) -> None:
    phone = Phone().to("p5").say(words)
    phone.now += timedelta(seconds=seconds - 60)
    assert phone.say("vivo en Nebaj").state.answers["ub"] == "1413"


def test_three_parts_are_joined_as_well() -> None:
    phone = Phone().to("p5").say(LONG)
    for part in (LONG, "y no puedo ir otro dia"):
        phone.now -= timedelta(seconds=55)
        phone.say(part)
    whole = f"{LONG}{LONG}y no puedo ir otro dia"
    assert phone.did(Record) == [Record("p5", whole, whole, "es")]


def test_going_back_after_a_long_answer_begins_it_anew() -> None:
    phone = Phone().to("p5").say(LONG)
    phone.now -= timedelta(seconds=59)
    phone.say("ATRAS")
    phone.now -= timedelta(seconds=59)
    phone.say("Que haya internet en la escuela")
    assert phone.did(Record) == [
        Record("p5", "Que haya internet en la escuela", "Que haya internet en la escuela", "es")
    ]


def test_a_short_message_is_never_a_further_part() -> None:
    phone = Phone().to("p5").say(LONG)
    phone.now -= timedelta(seconds=55)
    assert phone.say("Nebaj").state.answers["ub"] == "1413"


def test_zero_leaves_a_question_open_that_does_not_say_so() -> None:
    assert Phone().to("p3").say("0").state.answers["p3"] == "0"
    assert Phone().arrive().say("0").said == ["error1", "inv/texto"]
    assert Phone().arrive().say("1", "0").said == ["error1", "edad/texto"]


def test_a_greeting_is_answered_with_the_question_and_counts_as_nothing() -> None:
    phone = Phone().to("p1").say("Buenos días")
    assert phone.said == ["p1/texto"]
    assert phone.state.misses == 0


@pytest.mark.parametrize("text", ["¿Quién es usted?", "cuanto cuesta", "Para que es esto"])
def test_a_question_back_gets_the_help_and_the_question_and_counts_as_nothing(text: str) -> None:
    phone = Phone().arrive().say(text)
    assert phone.said == ["ayuda", "inv/texto"]
    assert phone.state.misses == 0


def test_two_answers_where_one_is_asked_are_named_as_such() -> None:
    phone = Phone().to("p1").say("1 y 2")
    assert phone.said == ["error_varias", "p1/texto"]


def test_a_yes_after_a_no_is_asked_about_again() -> None:
    phone = Phone().arrive().say("no", "si")
    assert phone.said == ["inv/texto"]
    assert phone.say("gracias, no").did(Finish) == [Finish("refused")]


def test_a_proposal_longer_than_asked_for_is_kept_whole() -> None:
    long = "que " * 150 + "arreglen el camino"
    phone = Phone().to("p5").say(long)
    assert phone.did(Record) == [Record("p5", long, long, "es")]
    assert "ub/texto" in phone.said


def test_a_name_of_more_places_than_a_message_holds_is_a_misunderstanding() -> None:
    phone = Phone().to("ub").say("San Pedro")
    assert phone.said == ["ambiguo_varios", "ub/texto"]
    assert phone.say("San Pedro").said == ["error2_lugar", "ub/texto"]
    assert phone.say("San Pedro").said[0] == "error3"


@pytest.mark.parametrize("text", ["Ya no quiero", "no tengo tiempo", "dejen de molestar"])
def test_who_has_had_enough_is_told_which_word_leaves(text: str) -> None:
    phone = Phone().to("p1").say(text)
    assert phone.said == ["ayuda", "p1/texto"]
    assert phone.did(Record) == []
    assert Phone().arrive().say(text).did(Finish) in ([Finish("refused")], [])
