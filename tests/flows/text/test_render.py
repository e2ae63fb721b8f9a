"""From effects to what a phone shows."""

from dataclasses import replace

from flows.effects import Choice, Say
from flows.flow import Flow
from flows.text.render import Button, Rendered, render
from tests.support.small_flow import make_small_flow


def make_flow(**texts: str) -> Flow:
    flow = make_small_flow()
    keyed = {name.replace("__", "/"): text for name, text in texts.items()}
    return replace(flow, texts={"es": {**flow.texts["es"], **keyed}})


def test_nothing_to_say_is_nothing_to_show() -> None:
    for form in ("sms", "whatsapp", "ussd"):
        assert render(make_flow(), (), form, {}) == Rendered(())


def test_a_basic_phone_gets_letters_it_has() -> None:
    flow = make_flow(a__texto="¿Qué pasó en Totonicapán, señora?")
    assert render(flow, [Say("a/texto", "es")], "sms", {}).texts == (
        "¿Qué paso en Totonicapan, señora?",
    )
    assert render(flow, [Say("a/texto", "es")], "whatsapp", {}).texts == (
        "¿Qué pasó en Totonicapán, señora?",
    )


def test_texts_that_fit_one_sms_together_are_one_sms() -> None:
    flow = make_flow(a__texto="a" * 100, b__texto="b" * 50, c__texto="c" * 50)
    says = [Say(f"{name}/texto", "es") for name in "abc"]
    assert [len(text) for text in render(flow, says, "sms", {}).texts] == [151, 50]


def test_a_text_over_one_sms_is_split_and_numbered_and_nothing_is_lost() -> None:
    words = " ".join(f"palabra{n}" for n in range(40))
    texts = render(make_flow(a__texto=words), [Say("a/texto", "es")], "sms", {}).texts
    assert len(texts) > 1
    together = " ".join(texts)
    assert all(f"palabra{n}" in together for n in range(40))


def test_a_ussd_turn_is_one_text() -> None:
    flow = make_flow(a__texto="a" * 100, b__texto="b" * 100)
    says = [Say("a/texto", "es"), Say("b/texto", "es", awaits="number")]
    rendered = render(flow, says, "ussd", {})
    assert (len(rendered.texts), rendered.awaits) == (1, "number")


def test_placeholders_are_filled_and_an_unknown_one_leaves_no_braces() -> None:
    flow = replace(
        make_flow(a__texto="{costo} Vea {url} y {nada} {folio}."), values={"url": "aqui"}
    )
    (text,) = render(
        flow, [Say("a/texto", "es", {"folio": "F"})], "sms", {"costo": "Gratis."}
    ).texts
    assert text == "Gratis. Vea aqui y F."


def test_choices_stand_under_the_text() -> None:
    say = Say(
        "a/texto", "es", choices=(Choice("1", "p1/opcion.1"), Choice("2", "Nebaj", literal=True))
    )
    (text,) = render(make_flow(a__texto="¿Cual?"), [say], "sms", {}).texts
    assert text == "¿Cual?\n1 Señal\n2 Nebaj"


def test_what_can_be_chosen_can_be_tapped_by_its_short_label_on_whatsapp() -> None:
    texts = {"p/texto": "¿Y?", "p/opcion.1": "Sí, sin internet", "p/opcion.1@corto": "Sí, sin"}
    flow = replace(make_small_flow(), texts={"es": texts})
    say = Say(
        "p/texto", "es", choices=(Choice("1", "p/opcion.1"), Choice("2", "Ixil", literal=True))
    )

    rendered = render(flow, [say], "whatsapp", {})

    assert rendered.texts == ("¿Y?\n1 Sí, sin internet\n2 Ixil",)
    assert rendered.buttons == (Button("1", "Sí, sin"), Button("2", "Ixil"))
    assert render(flow, [say], "sms", {}).buttons == ()
