"""What a synthetic citizen does with what stands on her phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from flows.golden.chance import make_chance
from puente.citizens.citizen import MOST_ACTS, Act, Citizen, Poster
from puente.citizens.people import Person

if TYPE_CHECKING:
    from bot.messages import Form

POSTER = Poster("CONSULTA", "Plan de Gobierno Digital")
PERSON = Person(
    number="+50255550101",
    form="sms",
    municipality="Nebaj",
    department="Quiché",
    traits=("mujer", "maya"),
    adult=True,
    writes=False,
    case="as is",
    accents=True,
    slips=0,
    fate="stays",
    turning=99,
    ago=timedelta(days=3),
    help_at=0,
    back_at=0,
    drop_at=0,
)

INVITATION = "¿Nos ayuda? Usted decide.\n1 Sí\n2 No"
AGE = "¿Tiene usted 18 años o más?\n1 Sí\n2 No"
ONE = "1/5 ¿Hizo un trámite?\n1 Sí\n2 No\n3 No recuerdo"
PROPOSAL = "5/5 Con sus palabras: ¿qué cambio pide? Escriba su propuesta. 0 si no tiene."
PLACE = "¿En qué municipio vive? Escriba el nombre, por ejemplo Nebaj."
LATER = "¿Puede contestar 6 preguntas más?\n2 Mañana\n3 Ya terminé"
END = "Gracias por participar. Guarde su folio: 7KQ2MXB."


def make_citizen(seed: int = 1, **traits: object) -> Citizen:
    return Citizen(replace(PERSON, **traits), POSTER, make_chance(seed))  # type: ignore[arg-type]


def answer(citizen: Citizen, text: str, *, is_open: bool = True) -> str:
    act = citizen.look([text], is_open=is_open)
    assert act is not None
    return act.text.strip(" .)")


def answers(text: str, **traits: object) -> set[str]:
    return {answer(make_citizen(seed, **traits), text) for seed in range(60)}


def test_she_sends_the_word_on_the_poster() -> None:
    assert {make_citizen(seed).begin().text for seed in range(40)} == {"CONSULTA", "hola"}


def test_on_ussd_she_dials() -> None:
    act = make_citizen(form="ussd").begin()

    assert act.dials
    assert act.text.startswith("*")


def test_she_accepts_the_invitation_unless_she_refuses() -> None:
    assert answers(INVITATION) == {"1"}
    assert answers(INVITATION, fate="refuses") == {"2"}


def test_who_refuses_is_done_when_nothing_more_is_asked() -> None:
    citizen = make_citizen(fate="refuses")
    answer(citizen, INVITATION)

    assert citizen.look(["Está bien. No le escribimos más."], is_open=False) is None
    assert citizen.ending == "refused"


def test_she_says_whether_she_is_of_age() -> None:
    for adult, digit in ((True, "1"), (False, "2")):
        citizen = make_citizen(adult=adult)
        answer(citizen, INVITATION)
        assert answer(citizen, AGE) == digit


def test_who_is_under_age_knows_that_it_ended_there() -> None:
    citizen = make_citizen(adult=False)
    answer(citizen, INVITATION)
    answer(citizen, AGE)

    assert citizen.look(["Gracias por su interés. No guardamos sus datos."], is_open=False) is None
    assert citizen.ending == "under_age"


def test_she_says_of_herself_what_is_true() -> None:
    assert answers("5/6 ¿Usted es mujer u hombre?\n1 Hombre\n2 Mujer\n0 Prefiero no decir") == {"2"}
    assert answers("¿A qué pueblo pertenece?\n1 Maya\n2 Xinka\n5 Ladino o mestizo") == {"1"}


def test_she_tells_where_she_lives() -> None:
    said = answers(PLACE, writes=True)
    assert "Nebaj" in said
    assert "vivo en Nebaj" in said
    assert said <= {"Nebaj", "Nebaj, Quiché", "vivo en Nebaj", "en Nebaj", "Neba", "0"}


def test_of_two_places_she_chooses_her_department() -> None:
    text = "Hay dos lugares con ese nombre. 1 La Libertad, Petén 2 La Libertad, Quiché 0 Ninguno"
    assert answers(text) == {"2"}


@pytest.mark.parametrize(("guess", "digit"), [("Santa María Nebaj", "1"), ("Nahualá", "2")])
def test_a_guess_is_right_or_wrong(guess: str, digit: str) -> None:
    citizen = make_citizen()
    answer(citizen, INVITATION)
    answer(citizen, PLACE)

    assert answer(citizen, f"¿Quiso decir {guess}? 1 Sí 2 No") == digit


def test_she_chooses_up_to_as_many_as_she_may() -> None:
    text = "¿Qué le impide? Hasta 3 números:\n1 Señal\n2 Saldo\n3 Idioma\n7 Nada"
    said = answers(text)
    assert "7" in said
    assert all("7" not in many for many in said if len(many) > 1)
    assert max(len(set(many) & set("123")) for many in said) == 3


def test_she_rates_between_the_ends() -> None:
    assert answers("¿Qué tan fácil es? Del 1 al 5. 0 si no sabe.") == set("12345")
    assert "cuatro" in answers("¿Qué tan fácil es? Del 1 al 5.", writes=True)
    assert "10" in answers("¿Qué tan fácil es? Del 8 al 12.", writes=True)


def test_she_writes_a_proposal_or_has_none() -> None:
    said = answers(PROPOSAL)
    assert "0" in said
    assert max(map(len, said)) > 40


def test_who_writes_uses_words_where_digits_would_do() -> None:
    said = answers("¿Cómo prefiere?\n1 Radio\n2 En persona", writes=True)
    assert {"la 2", "opcion 1", "Radio", "2 En persona"} <= said
    assert "y" in " ".join(answers("¿Cuáles? Hasta 2 números:\n1 Radio\n2 Llamada", writes=True))
    assert "no gracias" in answers(INVITATION, writes=True, fate="refuses")
    assert "si pues" in answers(INVITATION, writes=True)


def test_a_label_is_liked_as_much_wherever_it_stands() -> None:
    first = [answer(make_citizen(seed), "¿Qué?\n1 Cuentas claras\n2 Radio") for seed in range(90)]
    last = [answer(make_citizen(seed), "¿Qué?\n1 Radio\n2 Cuentas claras") for seed in range(90)]
    assert abs(first.count("1") - last.count("2")) < 15


def test_nothing_is_written_with_accents_where_the_keyboard_has_none() -> None:
    citizen = make_citizen(accents=False, case="upper", department="Sololá", municipality="Ñandú")
    said = {citizen.look([PLACE], is_open=True) for _ in range(20)}
    assert {act.text for act in said if act} <= {
        "ÑANDU", "ÑANDU, SOLOLA", "VIVO EN ÑANDU", "EN ÑANDU", "ÑAND", "0",
    }  # fmt: skip


def test_she_thinks_longer_than_the_rest_of_a_long_message_takes() -> None:
    act = make_citizen().look([ONE], is_open=True)

    assert act is not None
    assert act.pause > timedelta(seconds=15)


def test_she_leaves_where_that_is_her_fate() -> None:
    citizen = make_citizen(fate="leaves", turning=2)
    answer(citizen, INVITATION)
    answer(citizen, AGE)

    assert answer(citizen, ONE).casefold() in {
        "baja", "salir", "alto", "no mas", "baja por favor", "stop",
    }  # fmt: skip
    assert citizen.look(["Listo. Ya no le mandamos mensajes."], is_open=False) is None
    assert citizen.ending == "left"


def test_she_stops_in_the_middle_where_that_is_her_fate() -> None:
    citizen = make_citizen(fate="stops", turning=1)
    answer(citizen, INVITATION)

    assert citizen.look([AGE], is_open=True) is None
    assert citizen.ending == "stopped"


@pytest.mark.parametrize(
    ("habit", "form", "text"),
    [("help_at", "sms", "AYUDA"), ("back_at", "sms", "atras"), ("drop_at", "ussd", "*000*7#")],
)
def test_she_asks_goes_back_or_is_cut_off_once(habit: str, form: Form, text: str) -> None:
    citizen = make_citizen(form=form, **{habit: 2})
    answer(citizen, INVITATION)
    answer(citizen, AGE)

    assert answer(citizen, ONE) == text
    assert answer(citizen, ONE) in {"1", "2", "3"}


def test_who_was_cut_off_dials_anew() -> None:
    citizen = make_citizen(form="ussd", drop_at=1)
    answer(citizen, INVITATION)
    act = citizen.look([AGE], is_open=True)

    assert act is not None
    assert act.dials


def test_some_answers_are_no_answers() -> None:
    citizen = make_citizen(slips=100)
    answer(citizen, INVITATION)

    assert answer(citizen, AGE) not in {"1", "2"}


def test_the_rest_of_a_long_text_is_on_the_next_page() -> None:
    citizen = make_citizen(form="ussd")

    assert answer(citizen, "Con sus palabras:\nM Mas") == "M"
    assert len(answer(citizen, "Escriba su propuesta.\nA Atras")) > 0
    assert citizen.answers == 1


def test_who_has_answered_to_the_end_is_done() -> None:
    citizen = make_citizen()
    for text in (INVITATION, AGE, ONE, PLACE):
        answer(citizen, text)

    assert citizen.look([END], is_open=False) is None
    assert citizen.ending == "complete"


def test_who_was_asked_next_to_nothing_has_not_completed_it() -> None:
    citizen = make_citizen()

    assert citizen.look(["Por ahora no hay ninguna consulta abierta."], is_open=False) is None
    assert citizen.ending == "stopped"


@pytest.mark.parametrize(
    ("form", "back"), [("sms", Act("1")), ("ussd", Act("*000*7#", dials=True))]
)
def test_some_go_on_the_next_day(form: Form, back: Act) -> None:
    outcomes = set()
    for seed in range(200):
        citizen = make_citizen(seed, form=form)
        if answer(citizen, LATER) == "2":
            act = citizen.look(["Bien. Le escribimos mañana."], is_open=False)
            outcomes.add(citizen.ending if act is None else (act.text, act.dials))
            assert act is None or act.pause > timedelta(hours=21)
    assert outcomes == {"later", (back.text, back.dials)}


def test_who_began_yesterday_cannot_have_come_back_yet() -> None:
    for seed in range(200):
        citizen = make_citizen(seed, ago=timedelta(hours=5))
        if answer(citizen, LATER) == "2":
            assert citizen.look(["Bien. Le escribimos mañana."], is_open=False) is None
            assert citizen.ending == "later"


def test_a_phone_that_asks_for_ever_is_put_away() -> None:
    citizen = make_citizen()
    acts = [citizen.look([ONE], is_open=True) for _ in range(MOST_ACTS)]

    assert acts[-1] is None
    assert citizen.ending == "stopped"


def test_in_a_menu_she_chooses_what_stands_on_the_poster() -> None:
    assert answers("¿Cuál consulta?\n1 Derechos\n2 Plan de Gobierno Digital") == {"2"}
