"""The three phones of `/simulator/` in a real browser."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.handset import CONSULTATION, Handset

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from bot.messages import Form
    from tests.support.site import Site

    Examine = Callable[[Page, str], list[str]]
    Visit = Callable[[Form], Handset]


@pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
def visit(
    request: pytest.FixtureRequest, site: Site, make_context: Callable[..., BrowserContext]
) -> Visit:
    """Give a phone on the page of a new visitor, with JavaScript and without."""
    page = make_context(java_script_enabled=request.param).new_page()
    page.goto(f"{site.url}simulator/")
    return lambda form: Handset(page, form)


@pytest.mark.parametrize("form", ["sms", "ussd", "whatsapp"])
def test_a_whole_consultation_is_answered(form: Form, visit: Visit) -> None:
    phone = visit(form)
    phone.answer("Su folio es")
    phone.send("3")
    phone.expect("Gracias por participar")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_phones_in_use_are_for_everybody(
    colours: str, site: Site, make_context: Callable[..., BrowserContext], examine: Examine
) -> None:
    page = make_context(color_scheme=colours).new_page()
    page.goto(f"{site.url}simulator/")
    for form, until in (("sms", "3/5"), ("ussd", "3/5"), ("whatsapp", "1/5")):
        Handset(page, form).answer(until)  # type: ignore[arg-type]
    assert examine(page, f"{site.url}simulator/") == []


def test_each_bubble_says_how_many_messages_it_takes(visit: Visit) -> None:
    phone = visit("sms")
    phone.answer("5/5")
    phone.send("Que haya internet en mi aldea, y que la señal llegue también arriba. " * 4)
    phone.expect("¿En qué municipio vive?")
    sizes = phone.section.locator(".meta").all_inner_texts()
    assert len(sizes) == len(phone.read())
    assert sizes[-1].endswith("1 SMS")
    assert sizes[-2].endswith("2 SMS")
    screen = visit("ussd")
    screen.start()
    screen.expect("¿Nos ayuda")
    assert "1 pantalla" in screen.section.locator(".meta").inner_text()


def test_a_message_that_is_delivered_twice_counts_once(visit: Visit) -> None:
    phone = visit("sms")
    phone.answer("2/5")
    before = phone.read()
    phone.write("3")
    phone.press("dos_veces")
    phone.expect("3/5")
    phone.expect_notice("la segunda recibió la misma respuesta")
    assert len(phone.read()) == len(before) + 2


def test_a_session_that_is_cut_goes_on_where_it_was(visit: Visit) -> None:
    phone = visit("ussd")
    phone.answer("2/5")
    phone.press("cortar")
    phone.expect_notice("Se cortó")
    assert phone.read() == []
    phone.press("marcar")
    phone.expect("2/5")


def test_an_hour_later_the_phone_s_clock_says_so(visit: Visit) -> None:
    phone = visit("whatsapp")
    phone.answer("2/5")
    before = phone.read_clock()
    phone.press("una_hora")
    phone.expect_notice("una hora después")
    assert "+1 h" in phone.section.locator("time").inner_text()
    # The page's clock runs on, and shows no seconds.
    assert timedelta(hours=1) <= phone.read_clock() - before <= timedelta(hours=1, minutes=2)
    phone.send("3")
    phone.expect("3/5")


def test_one_number_in_two_phones_is_one_person(visit: Visit) -> None:
    first, second = visit("sms"), visit("ussd")
    first.answer("3/5")
    number = first.section.locator("[name=numero]").input_value()
    second.section.locator("[name=numero]").fill(number)
    second.press("numero")
    second.expect_notice("tiene ahora ese número")
    second.press("marcar")
    second.expect("3/5")


def test_nothing_written_is_nothing_sent(visit: Visit) -> None:
    phone = visit("sms")
    phone.press("enviar")
    phone.expect_notice("Escriba primero un mensaje")
    assert phone.read() == []


def test_the_keys_of_a_handset_write(site: Site, page: Page) -> None:
    page.goto(f"{site.url}simulator/")
    phone = Handset(page, "ussd")
    phone.start()
    phone.expect("¿Nos ayuda")
    phone.section.locator("[data-key='1']").click()
    assert phone.section.locator("[name=texto]").input_value() == "1"
    page.keyboard.press("Enter")
    phone.expect("18 años")


def test_who_types_fast_loses_no_letter(site: Site, page: Page) -> None:
    page.goto(f"{site.url}simulator/")
    phone = Handset(page, "sms")
    phone.section.locator("[name=texto]").focus()
    page.keyboard.type("CONSULTA")
    page.keyboard.press("Enter")
    page.keyboard.type("1")
    phone.expect("¿Nos ayuda")
    page.keyboard.press("Enter")
    phone.expect("18 años")


def test_on_whatsapp_an_option_is_tapped(visit: Visit) -> None:
    phone = visit("whatsapp")
    phone.start()
    phone.expect("¿Nos ayuda")
    assert phone.options() == ["Sí", "No"]
    phone.tap("Sí")
    phone.expect("18 años")
    phone.tap("Sí")
    phone.expect("1/5")
    phone.tap("No")
    phone.expect("3/5")
    assert phone.options() == [], "seven rows wait behind «Elegir»"
    phone.section.locator("summary").click()
    assert len(phone.options()) == 7
    phone.tap("Señal")
    phone.expect("4/5")


@pytest.mark.parametrize("form", ["sms", "ussd", "whatsapp"])
def test_a_keyboard_is_enough(form: Form, site: Site, page: Page) -> None:
    page.goto(f"{site.url}simulator/")
    phone = Handset(page, form)
    while page.evaluate("document.activeElement.id") != f"{form}-texto":
        page.keyboard.press("Tab")
    page.keyboard.type("" if form == "ussd" else "CONSULTA")
    page.keyboard.press("Enter")
    for question, answer in CONSULTATION:
        if (form, question) == ("ussd", "4/5"):
            phone.expect("¿Sigue ahora?")
            page.keyboard.type("1")
            page.keyboard.press("Enter")
        phone.expect(question)
        page.keyboard.type(answer)
        page.keyboard.press("Enter")
    phone.expect("Gracias por participar")


def test_enter_sends_what_is_written_and_taps_nothing(site: Site, page: Page) -> None:
    page.goto(f"{site.url}simulator/")
    phone = Handset(page, "whatsapp")
    phone.start()
    phone.expect("¿Nos ayuda")
    phone.write("no")
    page.keyboard.press("Enter")
    phone.expect("Que tenga buen día")
    assert phone.options() == []
