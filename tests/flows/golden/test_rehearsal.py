"""A phone in memory carries out what the next turn depends on."""

from flows.golden.chance import make_chance
from flows.golden.playing import START
from flows.golden.rehearsal import Rehearsal
from flows.text.render import Form
from puente.bundled import find_flow
from tests.support.small_flow import make_small_flow


def make_phone(form: Form = "sms", seed: int = 1) -> Rehearsal:
    return Rehearsal(make_small_flow(), START, make_chance(seed), form)


def test_chance_is_the_same_series_for_the_same_seed() -> None:
    draws = [[chance(30) for _ in range(20)] for chance in map(make_chance, (1, 1, 2))]
    assert draws[0] == draws[1] != draws[2]
    assert all(0 <= draw < 30 for draw in draws[0])


def test_a_session_left_at_a_rest_is_over_and_an_sms_follows() -> None:
    phone = Rehearsal(find_flow("plan-digital"), START, make_chance(1), "ussd")
    phone.dial()
    for text in ["1", "1", "2", "7"]:
        assert phone.send(text) == phone.rendered.texts
    assert phone.is_waiting
    said, asked = phone.send("2")
    assert (said,) == phone.rendered.texts
    assert asked.startswith("4/5 ")
    assert not phone.is_waiting
    assert phone.dial() == (asked,)
    assert phone.is_waiting


def test_several_people_are_asked_whose_data_to_delete() -> None:
    phone = make_phone()
    for text in ["hola", "1", "1", "2", "1", "1", "0", "0", "3", "CONSULTA", "2", "1"]:
        phone.send(text)
    assert phone.send("BORRAR")[0].startswith("borrar_de_quien")


def test_a_number_that_left_is_silent_until_it_comes_back() -> None:
    phone = make_phone()
    phone.send("hola")
    assert phone.send("BAJA") == ("baja",)
    assert phone.send("1") == phone.speak() == ()
    assert phone.send("CONSULTA")[0].startswith("volver_bienvenida")


def test_a_number_that_left_can_still_delete() -> None:
    phone = make_phone()
    phone.send("hola")
    phone.send("1")
    phone.send("BAJA")
    assert phone.send("BORRAR")[0].startswith("borrar_confirma")
    assert phone.send("1")[0].startswith("borrado")
    assert phone.answers == {}


def test_an_answer_that_no_longer_applies_is_withdrawn() -> None:
    phone = make_phone()
    for text in ["hola", "1", "1", "1", "2", "ATRAS", "ATRAS", "2"]:
        phone.send(text)
    assert phone.answers == {"inv": "1", "edad": "1", "p1": "2"}


def test_a_proposal_is_known_by_its_folio() -> None:
    phone = make_phone()
    for text in ["hola", "1", "1", "2", "1", "1", "Que haya agua en mi aldea", "0", "1", "2"]:
        phone.send(text)
    assert phone.reminder is not None
    assert phone.send("FOLIO")[0].startswith("est_recibida")
    assert make_phone().send("FOLIO 2222222")[0].startswith("folio_no")


def test_a_phone_that_waits_for_nothing_would_not_keep_a_session() -> None:
    phone = make_phone("ussd")
    phone.dial()
    assert phone.is_waiting
    phone.send("2")
    assert not phone.is_waiting
    phone.dial()
    assert phone.is_waiting


def test_after_leaving_or_a_pause_nothing_is_waited_for() -> None:
    phone = make_phone("ussd")
    phone.dial()
    phone.send("BAJA")
    assert not phone.is_waiting
