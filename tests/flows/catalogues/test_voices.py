"""What is read aloud, and which recordings still say it."""

from __future__ import annotations

from dataclasses import replace

from flows.catalogues.voices import (
    Recorded,
    choose_current,
    find_unrecorded,
    list_aloud,
    mark,
    name_file,
)
from flows.effects import Say
from flows.script.compile import make_flow
from flows.script.parse import read_script
from flows.text.render import render
from tests.support.small_flow import make_small_flow
from tests.support.translations import SOURCE

FLOW = make_small_flow("quc")


def test_a_question_is_read_with_its_options_unless_each_person_has_her_own_order() -> None:
    aloud = list_aloud(FLOW, "quc")
    assert aloud["p1/texto"].splitlines() == ["[quc] p1", "1 Señal", "2 Saldo", "3 Teléfono"]
    assert aloud["p4/texto"] == "[quc] p4"  # rotated
    assert aloud["gracias/texto"] == "[quc] gracias"
    assert next(iter(aloud)) == "inv/texto"


def test_what_the_bot_answers_is_read_too_where_somebody_hears_it() -> None:
    texts = {code: dict(table) for code, table in FLOW.texts.items()}
    del texts["quc"]["servicio/ayuda"]  # nobody has approved it, so that it stays in Spanish
    flow = replace(FLOW, texts=texts)
    aloud = list_aloud(flow, "es")
    assert aloud["servicio/ayuda"] == "ayuda"
    assert list(aloud).index("fin/texto") < list(aloud).index("servicio/ayuda")
    unheard = {"recordatorio1", "tema_pendiente", "sin_consulta"}
    assert not {f"servicio/{name}" for name in unheard} & aloud.keys()
    assert "servicio/ayuda" not in list_aloud(flow, "quc")
    assert name_file(flow, "es", "servicio/ayuda") == "servicio-ayuda"


def test_only_what_says_the_same_in_an_offered_language_is_played() -> None:
    said = mark("es", list_aloud(FLOW, "es")["p5/texto"])
    recorded = [
        Recorded("es", "p5/texto", said, "a.ogg"),
        Recorded("es", "ub/texto", said, "b.ogg"),
        Recorded("quc", "p5/texto", said, "c.ogg"),
        Recorded("es", "nada/texto", said, "d.ogg"),
        Recorded("mam", "p5/texto", said, "e.ogg"),
    ]
    assert choose_current(FLOW, recorded) == {"es": {"p5/texto": "a.ogg"}}


def test_recordings_are_played_on_whatsapp_alone() -> None:
    flow = replace(FLOW, voices={"es": {"p5/texto": "a.ogg"}})
    says = [Say("gracias/texto", "es"), Say("p5/texto", "es")]
    voices = {form: render(flow, says, form, {}).voices for form in ("sms", "ussd", "whatsapp")}
    assert voices == {"sms": (), "ussd": (), "whatsapp": ("a.ogg",)}
    assert render(flow, [Say("p5/texto", "quc")], "whatsapp", {}).voices == ()


def test_what_is_declared_and_not_recorded_is_a_warning_on_its_line() -> None:
    said = 'texto: "¿Qué falta?"'
    parsed = read_script(SOURCE.replace(said, f'{said}\n    voz_grabada: "falta.ogg"'), name="x")
    assert parsed.script is not None
    flow = make_flow(parsed.script)
    [problem] = find_unrecorded(parsed, flow)
    assert (problem.code, problem.severity) == ("sin-grabacion", "warning")
    assert "«a1»" in problem.sentence
    assert parsed.source[problem.line - 1].strip().startswith("voz_grabada")
    assert list(find_unrecorded(parsed, replace(flow, voices={"es": {"a1/texto": "a.ogg"}}))) == []
