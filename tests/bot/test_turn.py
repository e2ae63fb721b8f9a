"""What one delivery is decided to do, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.messages import Media, SessionEvent
from bot.speech import ChannelFacts
from bot.writing import MANY_PERSONS
from flows.flow import Flow
from flows.folio import make_folio
from flows.golden.chance import make_chance
from flows.script.compile import make_flow
from flows.script.model import Question
from flows.script.parse import read_script
from flows.state import State
from storage.records import OpenConsultation
from tests.support.desk import CHANNELS, CONSULTATION, START, Desk
from tests.support.small_flow import make_small_flow
from tests.support.small_script import LANGUAGE

OTHER = OpenConsultation(UUID(int=5), "otra", UUID(int=6), is_open=True)
LONG_MENU = ["1", "1", "3", "1", "1", "0", "0"]


def test_a_first_message_opens_a_session_and_asks_the_first_question() -> None:
    desk = Desk()
    assert desk.send("hola").texts == ("inv\n1 Si\n2 No",)
    session = desk.last.session
    assert session is not None
    assert session.is_new
    assert (session.turns, session.position, session.mode) == (1, "inv", "propia")
    assert desk.last.new_person
    assert [(m.direction, m.text) for m in desk.last.messages] == [
        ("in", "hola"),
        ("out", "inv\n1 Si\n2 No"),
    ]


def test_an_answer_is_recorded_with_its_words() -> None:
    desk = Desk()
    desk.send("hola", "si")
    (answer,) = desk.last.answers
    assert (answer.question, answer.kind, answer.value, answer.text) == (
        "inv",
        "consent",
        "1",
        "si",
    )
    assert desk.last.session is not None
    assert not desk.last.session.is_new


def test_whatsapp_shows_the_orthographic_text() -> None:
    assert Desk().send("hola", channel="whatsapp").texts == ("inv\n1 Sí\n2 No",)


def test_a_stop_from_somebody_who_never_began_silences_without_a_session() -> None:
    desk = Desk()
    assert desk.send("BAJA").texts == ("baja",)
    assert desk.last.stopped is True
    assert desk.last.session is None


def test_what_the_provider_has_confirmed_is_not_confirmed_again() -> None:
    for in_response in (True, False):
        sms = ChannelFacts("costo_plan", "sms", "sms", in_response=in_response)
        desk = Desk(channels={"sms": sms})
        desk.send("hola")
        assert desk.send("BAJA", confirmed=True).texts == ()
        assert desk.last.stopped is True
        assert desk.last.outgoing == ()


def test_a_silenced_number_hears_nothing_until_it_comes_back() -> None:
    desk = Desk()
    desk.send("hola", "1", "BAJA")
    assert desk.send("1", "hola").texts == ()
    assert desk.last.session is None
    back = desk.send("INICIO")
    assert desk.last.stopped is False
    assert back.texts == ("volver_bienvenida\nedad\n1 Si\n2 No",)


def test_the_consultations_own_word_brings_a_silenced_number_back() -> None:
    desk = Desk()
    desk.send("BAJA", "CONSULTA")
    assert desk.last.stopped is False


def test_a_silenced_number_can_still_delete_its_data() -> None:
    desk = Desk()
    desk.send("hola", "1", "BAJA")
    assert desk.send("BORRAR").texts == ("borrar_confirma",)
    desk.send("si")
    erasure = desk.last.erasure
    assert erasure is not None
    assert (erasure.person_id, erasure.address, erasure.suppress) == (None, True, True)
    assert erasure.outcome == "erased"


def test_a_silenced_number_that_dials_sees_how_to_come_back() -> None:
    desk = Desk()
    desk.send("BAJA")
    reply = desk.dial()
    assert (reply.texts, reply.open) == (("baja",), False)


def test_under_eighteen_everything_is_deleted_in_the_same_write() -> None:
    desk = Desk()
    desk.send("hola", "1", "2")
    erasure = desk.last.erasure
    assert erasure is not None
    assert (erasure.outcome, erasure.suppress, erasure.address) == ("ineligible", False, True)


def test_a_complete_conversation_carries_folio_permissions_and_proposal() -> None:
    desk = Desk()
    desk.send("hola", "1", "1", "3", "1", "1", "Mas internet en las aldeas", "Nebaj", "2")
    session, proposal = desk.last.session, desk.last.proposal
    assert session is not None
    assert (session.publish, session.write_back) == (True, False)
    assert proposal is not None
    assert (proposal.question, proposal.folio) == ("p5", session.folio)
    desk.send("3")
    assert desk.last.session is not None
    assert desk.last.session.outcome == "complete"
    assert desk.last.outgoing == ()


def test_a_withdrawn_answer_is_written_without_a_value() -> None:
    desk = Desk()
    desk.send("hola", "1", "1", "1", "1", "ATRAS", "ATRAS", "3")
    assert {(a.question, a.value) for a in desk.last.answers} == {("p1", "3"), ("p2", None)}


def test_a_pause_leaves_a_reminder_that_only_a_still_conversation_gets() -> None:
    desk = Desk()
    desk.send("hola", *LONG_MENU, "2")
    (reminder,) = desk.last.outgoing
    assert (reminder.kind, reminder.channel) == ("reminder", "sms")
    assert reminder.due_at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert desk.last.session is not None
    assert reminder.only_if_turns == desk.last.session.turns


def read_language() -> Flow:
    script = read_script(LANGUAGE, name="lenguaje").script
    assert script is not None
    return make_flow(script)


def test_closed_questions_come_at_once_where_each_message_costs_her() -> None:
    paying = Desk(flow=read_language(), channels={"sms": ChannelFacts("costo_plan", pays=True)})
    assert "Mande los numeros juntos" in paying.send("hola", "1", "1").texts[0]
    paying.send("2 3 1")
    assert [(new.question, new.value) for new in paying.last.answers] == [
        *(("d1", "2"), ("n1", "3"), ("d2", "1"))
    ]
    free = Desk(flow=read_language(), channels={"sms": ChannelFacts("costo_gratis")})
    assert free.send("hola", "1", "1").texts[0].startswith("¿Es mujer u hombre?")


def test_what_chance_draws_for_a_person_is_kept_like_an_answer() -> None:
    desk = Desk(flow=read_language())
    desk.send("hola", "1", "1", "2", "3", "1", "0", "0")
    kept = {new.question: (new.kind, new.value, new.text) for new in desk.last.answers}
    assert kept["tema"] in {("choice", "salud", ""), ("choice", "escuela", "")}


QUOTA = ("hola", "1", "1", "2", "3", "1")


def test_people_like_her_are_counted_once_when_she_comes_to_the_gate() -> None:
    desk = Desk(flow=read_language(), alike=19)
    desk.send(*QUOTA)
    assert desk.counted == []
    assert desk.send("Nebaj").texts[0].startswith("¿Qué dia")
    session = desk.last.session
    assert session is not None
    assert desk.counted == [
        (CONSULTATION.id, {"d1": "2"}, session.id),
        (CONSULTATION.id, {"d1": "2", "ub": "14"}, session.id),
    ]
    desk.send("0", "1")
    assert len(desk.counted) == 2


def test_who_is_one_too_many_is_thanked_after_all_her_quotas_were_asked() -> None:
    desk = Desk(flow=read_language(), alike=20)
    assert desk.send(*QUOTA, "Nebaj").texts[0].startswith("Gracias por su tiempo.")
    assert desk.last.session is not None
    assert desk.last.session.outcome == "full"
    assert [new.question for new in desk.last.answers] == ["ub"]


def test_where_nobody_can_be_written_to_nothing_is_left_for_later() -> None:
    desk = Desk(channels={"sms": ChannelFacts("costo_plan")})
    desk.send("hola", *LONG_MENU, "2")
    assert desk.last.outgoing == ()


def test_a_whole_consultation_by_ussd_ends_with_a_receipt_by_sms() -> None:
    desk = Desk()
    assert desk.dial().open
    path, reply = "", desk.replies[-1]
    for typed in [*LONG_MENU, "3"]:
        path = f"{path}*{typed}" if path else typed
        reply = desk.dial(path)
    assert not reply.open
    assert reply.texts[0].startswith("fin ")
    (receipt,) = desk.last.outgoing
    assert (receipt.kind, receipt.channel, receipt.text) == ("receipt", "sms", reply.texts[0])


def test_a_star_that_a_person_types_is_part_of_her_answer() -> None:
    desk = Desk()
    desk.dial()
    for path in ["1", "1*1", "1*1*3", "1*1*3*1", "1*1*3*1*1"]:
        desk.dial(path)
    desk.dial("1*1*3*1*1*agua * luz *y escuela")
    (answer,) = desk.last.answers
    assert (answer.question, answer.text) == ("p5", "agua * luz *y escuela")


def test_a_dropped_session_goes_on_where_it_was_when_dialled_again() -> None:
    desk = Desk()
    desk.dial()
    desk.dial("1")
    assert desk.dial(dialog="d2").texts == ("edad\n1 Si\n2 No",)
    assert desk.dial("2", dialog="d2").texts == ("menores",)


def test_a_path_that_lost_its_beginning_gives_its_last_input() -> None:
    desk = Desk()
    desk.dial()
    desk.dial("1")
    desk.dial("9*1")
    (answer,) = desk.last.answers
    assert (answer.question, answer.text) == ("edad", "1")


def test_what_is_dialled_with_the_code_is_no_answer() -> None:
    desk = Desk()
    assert desk.dial("17*1").texts == ("inv\n1 Si\n2 No",)
    assert desk.dial("17*1*2").texts == ("adios_no",)


def test_a_long_screen_is_turned_page_by_page_without_moving_the_conversation() -> None:
    question = Question("larga", 1, "choice", options=("1", "2", "3"))
    flow = make_small_flow(steps=(question,))
    texts = dict(flow.texts["es"])
    texts["larga/texto"] = "una pregunta muy larga " * 6
    texts |= {f"larga/opcion.{key}": f"una respuesta que tampoco es corta {key}" for key in "123"}
    desk = Desk(flow=replace(flow, texts={"es": texts}))
    first = desk.dial()
    assert "98" in first.texts[0]
    second = desk.dial("98")
    assert second.open
    assert second.texts != first.texts
    assert desk.last.session is None
    assert desk.dial("98*99").texts == first.texts
    desk.dial("98*99*2")
    assert [answer.value for answer in desk.last.answers] == ["2"]


def test_somebody_else_on_the_phone_is_a_person_with_a_session_of_her_own() -> None:
    desk = Desk()
    desk.send("hola", *LONG_MENU, "3")
    first = desk.session
    desk.send("CONSULTA", "2")
    assert desk.last.new_person
    assert desk.last.session is not None
    assert first is not None
    assert desk.last.session.person_id != first.person_id
    assert desk.replies[-1].texts == ("inv\n1 Si\n2 No",)


def test_the_language_she_chose_is_remembered_in_the_next_consultation() -> None:
    desk = Desk(flow=make_small_flow("quc"))
    desk.send("hola", "2")
    assert desk.session is not None
    desk.session = replace(desk.session, consultation_id=OTHER.id, outcome="complete")
    assert desk.send("CONSULTA").texts[0].startswith("[quc] inv")
    desk.flow = make_small_flow("mam")
    desk.session = replace(desk.session, consultation_id=OTHER.id, outcome="complete")
    assert desk.send("CONSULTA").texts[0].startswith("idioma_pregunta")


def test_somebody_else_on_the_phone_chooses_her_own_language() -> None:
    desk = Desk(flow=make_small_flow("quc"))
    desk.send("hola", "2", *LONG_MENU, "3")
    assert desk.send("CONSULTA", "2").texts[0].startswith("idioma_pregunta")


def test_the_seventh_person_on_a_number_is_flagged_and_kept() -> None:
    desk = Desk()
    desk.send("hola", *LONG_MENU, "3")
    assert desk.contact is not None
    desk.contact = replace(desk.contact, persons=6)
    desk.send("CONSULTA", "2")
    assert desk.last.session is not None
    assert desk.last.session.alert == MANY_PERSONS


def test_a_number_silent_for_half_a_year_is_somebody_new() -> None:
    desk = Desk()
    desk.send("hola", "1", "1")
    desk.now += timedelta(days=200)
    assert desk.send("hola").texts == ("inv\n1 Si\n2 No",)
    assert desk.last.new_person


def test_a_voice_note_and_a_picture_are_answered() -> None:
    desk = Desk()
    desk.send("hola", "1", "1")
    assert desk.speak().texts[0].startswith("voz_recibida")
    [answer], [note] = desk.last.answers, desk.last.media
    assert answer.heard
    assert (note.answer_id, note.url) == (answer.id, "https://example.org/1")
    picture = desk.send("", media=(Media("image/jpeg", "https://example.org/2"),))
    assert picture.texts[0].startswith("nota_no_texto")


def test_a_message_sent_before_the_last_turn_is_kept_and_moves_nothing() -> None:
    desk = Desk()
    desk.send("hola", "1")
    reply = desk.send("1", sent_at=START - timedelta(hours=1))
    assert reply.texts == ()
    assert desk.last.session is None
    assert desk.last.messages[0].at == START - timedelta(hours=1)


def test_clocks_that_differ_a_little_make_no_message_late() -> None:
    desk = Desk()
    desk.send("hola", "1")
    answered_at = desk.now
    desk.now -= timedelta(seconds=40)  # the desk's clock goes a minute forward: 20 s later
    assert desk.send("1", sent_at=answered_at - timedelta(seconds=5)).texts


def test_where_the_response_carries_nothing_the_outbox_carries_the_reply() -> None:
    desk = Desk(channels={"whatsapp": replace(CHANNELS["whatsapp"], in_response=False)})

    reply = desk.send("hola", channel="whatsapp")

    assert reply.texts == ()
    [out] = desk.last.outgoing
    assert (out.channel, out.kind, out.due_at) == ("whatsapp", "reply", desk.now)
    assert out.text.startswith("inv")
    assert out.buttons == (("1", "Sí"), ("2", "No"))
    assert [message.direction for message in desk.last.messages] == ["in"]


def test_a_missed_call_begins_and_later_repeats_the_question_but_wakes_nobody_who_left() -> None:
    desk = Desk()
    assert desk.send("", session=SessionEvent.NEW).texts[0].startswith("inv")
    desk.send("1")
    assert desk.send("", session=SessionEvent.NEW).texts == desk.replies[-2].texts
    desk.send("BAJA")
    assert desk.send("", session=SessionEvent.NEW).texts == ()


def test_several_open_consultations_are_asked_for_by_their_titles() -> None:
    desk = Desk(consultations=(CONSULTATION, OTHER))
    menu = desk.send("hola")
    assert menu.texts == ("consulta_menu\n1 Una consulta chica\n2 Una consulta chica",)
    assert desk.send("9").texts == menu.texts
    desk.send("2")
    assert desk.last.session is not None
    assert desk.last.session.consultation_id == OTHER.id


def test_a_keyword_enters_its_consultation_at_once() -> None:
    desk = Desk(consultations=(CONSULTATION, OTHER))
    desk.send("Consulta")
    assert desk.last.session is not None
    assert desk.last.session.consultation_id == CONSULTATION.id


def test_with_nothing_open_every_message_is_answered() -> None:
    desk = Desk(consultations=())
    assert desk.send("hola").texts == ("sin_consulta",)
    assert desk.send("AYUDA").texts == ("ayuda",)
    assert desk.send("BAJA").texts == ("baja",)
    assert desk.last.stopped is True


def test_an_answer_after_closing_is_answered_and_leaving_still_works() -> None:
    desk = Desk()
    desk.send("hola", "1")
    desk.consultations = (replace(CONSULTATION, is_open=False),)
    assert desk.send("1").texts == ("cerrada",)
    assert desk.last.answers == ()
    assert desk.send("BORRAR").texts == ("borrar_confirma",)
    assert desk.send("no").texts[0] == "no_borrado\nedad\n1 Si\n2 No"
    desk.send("BAJA")
    assert desk.last.stopped is True


def test_who_was_answering_is_told_of_the_closing_before_another_consultation_begins() -> None:
    desk = Desk()
    desk.send("hola", "1")
    desk.consultations = (replace(CONSULTATION, is_open=False), OTHER)
    assert desk.send("1").texts == ("cerrada",)
    assert desk.last.answers == ()
    desk.send("hola")
    assert desk.session is not None
    assert desk.session.consultation_id == OTHER.id


def test_deleting_goes_on_where_hers_closed_and_another_is_open() -> None:
    desk = Desk()
    desk.send("hola", "1", "BORRAR")
    desk.consultations = (replace(CONSULTATION, is_open=False), OTHER)
    assert desk.send("si").texts[0].startswith("borrado")
    assert desk.last.erasure is not None


def test_the_closing_is_told_in_the_language_of_the_conversation() -> None:
    desk = Desk(flow=make_small_flow("quc"))
    desk.send("hola", "2")
    desk.consultations = (replace(CONSULTATION, is_open=False),)
    assert desk.send("1").texts == ("[quc] cerrada",)


def test_the_folio_word_tells_what_became_of_a_proposal() -> None:
    desk = Desk()
    desk.send("hola", "1", "1", "3", "1", "1", "Mas internet en las aldeas", "Nebaj", "1", "3")
    assert desk.send("FOLIO").texts == ("folio_no",)
    assert desk.session is not None
    folio = State.from_json(desk.session.state).folio
    assert folio is not None
    desk.proposals[folio] = "recibida"
    assert desk.send("FOLIO").texts == ("est_recibida",)
    assert Desk().send("FOLIO").texts == ("folio_no",)


def test_a_deleted_proposal_is_not_promised_an_answer() -> None:
    folio = make_folio(make_chance(1))
    assert Desk(proposals={folio: "recibida"}).send(f"FOLIO {folio}").texts == ("est_recibida",)
    assert Desk(proposals={folio: "borrada"}).send(f"FOLIO {folio}").texts == ("folio_no",)


def test_a_language_not_on_offer_is_written_as_demand() -> None:
    desk = Desk(flow=make_small_flow("quc"))
    desk.send("hola", "mam")
    assert desk.last.demand == "mam"


def test_an_open_question_on_a_screen_comes_by_sms_too_unless_it_is_answered_at_once() -> None:
    desk = Desk()
    path = ""
    for typed in ["", "1", "1", "3", "1", "1"]:
        path = f"{path}*{typed}".strip("*")
        desk.dial(path)
    assert desk.replies[-1].texts[0].startswith("p5")

    [out] = desk.last.outgoing

    assert (out.channel, out.kind, out.text.split()[0]) == ("sms", "reminder", "p5")
    assert out.due_at == desk.now + timedelta(minutes=2)
    assert desk.last.session is not None
    assert out.only_if_turns == desk.last.session.turns
    desk.send("Que haya agua")
    assert desk.last.answers[0].question == "p5"
    assert desk.last.outgoing == ()
