"""No text goes out that nobody reviewed, and no language is mixed inside one question."""

from __future__ import annotations

import pytest

from flows.catalogues.coverage import measure_coverage
from flows.catalogues.entries import fingerprint, parse_review
from flows.catalogues.extraction import list_needed, list_texts
from flows.catalogues.merging import make_catalogue
from flows.catalogues.offering import find_missing, find_offered
from flows.catalogues.sheet import STATES
from flows.catalogues.voices import name_file
from flows.script.compile import make_flow
from tests.support.translations import SOURCE, edit, make_script, translate_whole

SCRIPT = make_script()
WHOLE = translate_whole(SCRIPT)


def test_every_text_with_a_letter_is_translated_and_no_other() -> None:
    texts = list_texts(SCRIPT)
    assert list(texts)[:6] == [
        "inv/texto",
        "inv/opcion.1",
        "inv/opcion.2",
        "a1/texto",
        "a1/opcion.1",
        "a1/opcion.2",
    ]
    assert "a1/opcion.3" not in texts
    assert "servicio/error1" in texts
    assert "servicio/error2_lugar" not in texts  # nobody is asked where she lives


def test_what_is_said_to_everybody_is_needed_and_part_two_is_not() -> None:
    needed = list_needed(SCRIPT)
    assert {"inv/texto", "a1/opcion.2", "fin/texto", "servicio/error1", "servicio/baja"} <= needed
    assert not {key for key in needed if key.startswith("b1/") or "@" in key}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("tipo: lugar", {"servicio/ambiguo", "servicio/error2_lugar"}),
        ("tipo: fecha", {"servicio/error_ejemplo_fecha"}),
        ("tipo: texto\n    propuesta: si", {"servicio/error2_texto", "servicio/folio_no"}),
        (
            "tipo: opciones\n    opciones:\n      1: Uno\n      2: Dos",
            {"servicio/error_ejemplo_varios"},
        ),
    ],
)
def test_what_a_kind_of_question_makes_us_say_is_needed_with_it(kind: str, said: set[str]) -> None:
    assert not said & list_needed(SCRIPT)
    question = f'  - pregunta: z\n    {kind}\n    texto: "¿Y?"\n\n  - mensaje: fin'
    assert said <= list_needed(make_script(SOURCE.replace("  - mensaje: fin", question)))


def test_a_group_asked_in_one_message_needs_its_own_error() -> None:
    steps = "".join(
        f'      - pregunta: z{n}\n        tipo: si_no\n        texto: "¿Y?"\n' for n in (1, 2)
    )
    group = f'  - juntas: zz\n    texto: "Dos:"\n    pasos:\n{steps}\n  - mensaje: fin'
    script = make_script(SOURCE.replace("  - mensaje: fin", group))
    assert "servicio/error_ejemplo_juntas" in list_needed(script)
    assert "servicio/error_ejemplo_juntas" not in list_needed(SCRIPT)


def test_a_pause_makes_its_reminder_needed() -> None:
    pause = "  - pausa: manana\n    hasta: mañana 10:00\n\n  - mensaje: fin"
    script = make_script(SOURCE.replace("  - mensaje: fin", pause))
    assert {"manana/texto", "servicio/recordatorio1"} <= list_needed(script)
    assert "servicio/recordatorio2" not in list_needed(script)


@pytest.mark.parametrize("key", ["servicio/idioma_ofrece", "servicio/recordatorio1"])
def test_what_can_be_left_unsaid_is_translated_and_withdraws_no_language(key: str) -> None:
    assert key in list_texts(SCRIPT)
    catalogue = edit(WHOLE, key, translation="")
    assert find_missing(SCRIPT, catalogue) == {}
    flow = make_flow(SCRIPT, find_offered(SCRIPT, [catalogue]))
    assert flow.languages == ("es", "quc")
    assert key not in flow.texts["quc"]


def test_a_language_approved_whole_is_offered() -> None:
    assert find_missing(SCRIPT, WHOLE) == {}
    flow = make_flow(SCRIPT, find_offered(SCRIPT, [WHOLE]))
    assert flow.languages == ("es", "quc")
    assert flow.text("quc", "a1/texto") == "[¿Qué falta?]"
    assert flow.text("quc", "a1/opcion.3") == "1-2"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"translation": ""}, "falta"),
        ({"is_draft": True}, "es un borrador"),
        ({"review": None}, "nadie la ha revisado"),
        ({"translation": "[editada {costo}]"}, "cambió después de revisada"),
        ({"before": "¿Ayuda?"}, "el original cambió"),
        ({"source": "¿Ayuda?"}, "el original cambió"),
        ({"source": "¿Ayuda?", "translation": ""}, "falta"),
    ],
)
def test_one_text_that_is_not_approved_keeps_the_language_from_being_offered(
    changes: dict[str, object], why: str
) -> None:
    catalogue = edit(WHOLE, "inv/texto", **changes)
    assert find_missing(SCRIPT, catalogue) == {"inv/texto": why}
    assert find_offered(SCRIPT, [catalogue]) == {}


def test_other_placeholders_are_never_sent_whoever_approved_them() -> None:
    entry = WHOLE.entries["inv/texto"]
    other = edit(WHOLE, "inv/texto", translation="[sin marcador]")
    approved = other.entries["inv/texto"].approve("ALMG", "2026-11-01")
    catalogue = edit(WHOLE, "inv/texto", translation=approved.translation, review=approved.review)
    assert entry.state == approved.state == "approved"
    assert find_missing(SCRIPT, catalogue) == {"inv/texto": "los marcadores no son los mismos"}


def test_a_text_that_the_catalogue_does_not_have_is_missing() -> None:
    texts = {key: text for key, text in list_texts(SCRIPT).items() if key != "fin/texto"}
    catalogue = make_catalogue("quc", "agua", texts)
    assert find_missing(SCRIPT, catalogue)["fin/texto"] == "no está en el catálogo"


def test_a_question_of_part_two_is_in_one_language_whole() -> None:
    catalogue = edit(WHOLE, "b1/opcion.2", is_draft=True)
    flow = make_flow(SCRIPT, find_offered(SCRIPT, [catalogue]))
    assert flow.languages == ("es", "quc")
    question = flow.find_question("b1")
    assert question is not None
    assert flow.text("quc", "b1/texto") == "¿Algo más?"
    assert [*flow.labels("quc", question).values()] == ["Sí, otra cosa", "No"]


def test_a_wording_for_one_channel_may_come_later() -> None:
    catalogue = edit(WHOLE, "b1/opcion.1@corto", translation="")
    offered = find_offered(SCRIPT, [catalogue])["quc"]
    assert "b1/opcion.1" in offered
    assert "b1/opcion.1@corto" not in offered


def test_an_approval_names_who_when_and_which_words() -> None:
    review = WHOLE.entries["fin/texto"].review
    assert str(review) == f"revisado: ALMG; 2026-11-01; {fingerprint('Gracias.', '[Gracias.]')}"
    assert parse_review(str(review)) == review
    assert parse_review("revisado: ALMG; ayer; 0123456789ab") is None
    assert fingerprint("a", "bc") != fingerprint("ab", "c")


def test_a_recording_is_named_like_a_translation_and_offered_with_its_language() -> None:
    said = 'texto: "¿Qué falta?"'
    script = make_script(SOURCE.replace(said, f'{said}\n    voz_grabada: "falta-es.ogg"'))
    catalogue = translate_whole(script)
    assert "a1/texto@voz" not in list_needed(script)
    found = measure_coverage(script, catalogue)
    assert found.recorded == ("a1/texto",)
    assert found.total == len(found.translated) == len(list_texts(SCRIPT))
    flow = make_flow(script, find_offered(script, [catalogue]))
    assert name_file(flow, "es", "a1/texto") == "falta-es"
    assert name_file(flow, "quc", "a1/texto") == "[falta-es"
    assert name_file(flow, "quc", "fin/texto") == "fin"
    draft = edit(catalogue, "a1/texto@voz", is_draft=True)
    flow = make_flow(script, find_offered(script, [draft]))
    assert flow.languages == ("es", "quc")
    assert name_file(flow, "quc", "a1/texto") == "falta-es"


def test_every_state_has_its_word_for_staff() -> None:
    assert len({*STATES.values()}) == 6


def test_coverage_counts_what_is_there_and_what_is_wrong() -> None:
    catalogue = edit(WHOLE, "fin/texto", translation="x" * 170)
    catalogue = edit(catalogue, "inv/texto", translation="ẍ" * 75, is_draft=True)
    catalogue = edit(catalogue, "a1/texto", before="¿Qué?")
    catalogue = edit(catalogue, "a1/opcion.1", review=None)
    catalogue = edit(catalogue, "a1/opcion.2", translation="")
    found = measure_coverage(SCRIPT, catalogue)
    assert found.total == len(list_texts(SCRIPT))
    assert len(found.translated) == found.total - 1
    assert len(found.approved) == found.total - 5
    assert found.reviewers == (("ALMG", "2026-11-01", found.total - 5),)
    assert found.edited == ("fin/texto",)
    assert found.drafts == ("inv/texto",)
    assert found.outdated == ("a1/texto",)
    assert found.unreviewed == ("a1/opcion.1",)
    assert {"fin/texto", "inv/texto"} <= {*found.too_long}
    assert {"fin/texto", "inv/texto"} <= {*found.paged}
    assert found.different == ("inv/texto",)
    assert found.recorded == ()
    assert not found.is_offered
    assert measure_coverage(SCRIPT, WHOLE).is_offered
