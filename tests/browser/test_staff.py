"""The staff's pages in a real browser: for everybody, by keyboard alone, on a shared computer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from puente.citizens.crowd import simulate
from puente.demonstration import EMAIL, SLUG, find_password
from storage.approvals import NewRequest
from storage.models import Contact
from tests.support.speaking import speak
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.support.site import Site

    Examine = Callable[[Page, str], list[str]]

REQUEST = UUID("0198a7c0-0000-7000-8000-000000000001")
"""What waits for a second person."""
PAGES = (
    "admin/",
    f"admin/consultas/{SLUG}",
    f"admin/consultas/{SLUG}/respuestas?propuesta=recibida",
    f"admin/consultas/{SLUG}/respuestas?palabras=internet&columna=p1&columna=p3&columna=p5",
    f"admin/consultas/{SLUG}/guion",
    f"admin/consultas/{SLUG}/voces",
    f"admin/consultas/{SLUG}/guion/1",
    f"admin/consultas/{SLUG}/guion/probar",
    f"admin/consultas/{SLUG}/idiomas",
    f"admin/consultas/{SLUG}/idiomas/quc",
    f"admin/consultas/{SLUG}/apertura",
    f"admin/consultas/{SLUG}/lideres",
    f"admin/consultas/{SLUG}/invitaciones",
    f"admin/consultas/{SLUG}/captura",
    f"admin/consultas/{SLUG}/captura/segunda-mirada",
    f"admin/consultas/{SLUG}/voz",
    f"admin/consultas/{SLUG}/mapa",
    f"admin/consultas/{SLUG}/mas-cifras",
    f"admin/consultas/{SLUG}/descargas?nivel=publico",
    "admin/bitacora?quien=puente+demo",
    "admin/canalizar",
    "admin/consulta-nueva",
    "admin/contactos",
    "admin/por-aprobar",
    f"admin/por-aprobar/{REQUEST}",
    "admin/personal",
    "admin/cuenta",
    "admin/cuenta/segundo-paso",
    "admin/cuenta/contrasena",
    "admin/consultas/nada",
)


@pytest.fixture(scope="module")
def answered(site: Site) -> Site:
    """A house where people have answered."""
    simulate(site.url, SLUG, citizens=6, seed=1)
    asked = (REQUEST, "script:restore", SLUG, '{"number": 1, "edition": 0, "over": "1.0"}')
    now = site.settings.clock()
    said = ("Volver a la revisión 1.0", "otra@example.org", now, now + timedelta(days=3))
    with site.database.unit() as unit:
        unit.approvals.ask(NewRequest(*asked, *said))
    return site


@pytest.fixture(scope="module")
def signed_in(answered: Site, chromium: Browser) -> Any:
    """What a browser keeps in which somebody has signed in, by keyboard alone."""
    context = chromium.new_context(locale="es-GT")
    enter(context.new_page(), answered)
    state = context.storage_state()
    context.close()
    return state


def enter(page: Page, site: Site) -> None:
    """Sign in as the demo user, by keyboard alone."""
    page.goto(f"{site.url}admin/")
    for text in (EMAIL, find_password(site.settings)):
        press_until(page, "INPUT")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}admin/")


def press_until(page: Page, words: str) -> None:
    """Press Tab until the focus stands on something that has these words."""
    for _ in range(20):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.tagName + document.activeElement.innerText")
        if words in focused:
            return
    raise AssertionError(f"Tab never reaches {words!r}")


def test_the_door_is_for_everybody(
    site: Site, page: Page, page_without_javascript: Page, examine: Examine
) -> None:
    assert examine(page, f"{site.url}admin/entrar") == []
    assert examine(page_without_javascript, f"{site.url}admin/entrar") == []


@pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
def inside(
    request: pytest.FixtureRequest, signed_in: Any, make_context: Callable[..., BrowserContext]
) -> Page:
    """A page of somebody who has signed in."""
    return make_context(storage_state=signed_in, java_script_enabled=request.param).new_page()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(path: str, answered: Site, inside: Page, examine: Examine) -> None:
    assert examine(inside, answered.url + path) == []


def test_an_invitation_is_prepared_and_looked_at_by_everybody(
    answered: Site, page: Page, tmp_path: Path, examine: Examine
) -> None:
    enter(page, answered)
    page.goto(f"{answered.url}admin/consultas/{SLUG}/invitaciones")
    list_ = tmp_path / "lista.csv"
    list_.write_text("telefono\n55550901\n55550902\n12\n")
    for _try in range(2):  # the second time without the row that is wrong
        page.get_by_label("Lista de números").set_input_files(list_)
        page.get_by_role("button", name="Revisar y guardar la lista").click()
        if page.get_by_role("heading", name="No se guardó la lista").is_visible():
            assert page.get_by_text("no es un número de teléfono.").is_visible()
            page.get_by_label("Dejar fuera las filas con error").check()
    page.wait_for_url("**/invitaciones/*-*")
    assert page.get_by_role("button", name="Enviar a 2 personas").is_visible()
    assert examine(page, page.url) == []


def test_a_leader_s_card_is_for_everybody_and_fits_half_a_page(
    answered: Site, page: Page, examine: Examine
) -> None:
    enter(page, answered)
    page.goto(f"{answered.url}admin/consultas/{SLUG}/lideres")
    page.get_by_label("Comunidad").fill("Aldea Chuatuj, Momostenango")
    page.get_by_role("button", name="Agregar y ver su tarjeta").click()
    page.wait_for_url("**/lideres/L*")
    assert examine(page, page.url) == []
    page.set_viewport_size({"width": 720, "height": 510})  # half a letter page, in CSS pixels
    page.emulate_media(media="print")
    assert page.get_by_role("article").is_visible()
    assert page.get_by_role("heading", name="Retirar el código").is_hidden()
    box = page.get_by_role("article").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 510


def test_a_number_s_page_is_for_everybody(answered: Site, page: Page, examine: Examine) -> None:
    with answered.database.engine.connect() as connection:
        contact_id = connection.scalars(select(Contact.id).limit(1)).one()
    enter(page, answered)
    assert examine(page, f"{answered.url}admin/contactos/{contact_id}") == []


def test_a_voice_note_and_a_message_to_somebody_are_for_everybody(
    answered: Site, page: Page, examine: Examine, check_accessibility: Callable[[Page], list[str]]
) -> None:
    number = "+50255550100"
    for text in ("CONSULTA", "si", "Quiero hablar con alguien de ustedes", "1"):
        body = {"id": f"voz {text}", "from": number, "text": text, "as": "whatsapp"}
        page.request.post(f"{answered.url}channels/simulator/inbound", data=body)
    speak(answered.settings, answered.database, number, "voz")
    enter(page, answered)
    assert examine(page, f"{answered.url}admin/canalizar") == []
    assert page.get_by_text("Quiero hablar con alguien").is_visible()
    assert examine(page, f"{answered.url}admin/consultas/{SLUG}/voz") == []
    page.get_by_role("button", name="Tomar la nota 1").click()
    page.wait_for_url("**/voz/*")
    assert page.locator("audio").is_visible()
    assert check_accessibility(page) == []  # the browser's own player has places for Tab too


def test_a_conversation_is_for_everybody(answered: Site, page: Page, examine: Examine) -> None:
    enter(page, answered)
    page.goto(f"{answered.url}admin/consultas/{SLUG}/respuestas?propuesta=recibida")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/respuestas/*")
    assert examine(page, page.url) == []


def test_a_proposal_is_decided_about_by_keyboard_alone_and_without_javascript(
    answered: Site, page_without_javascript: Page
) -> None:
    page = page_without_javascript
    enter(page, answered)
    page.goto(f"{answered.url}admin/consultas/{SLUG}/respuestas?propuesta=recibida")
    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/respuestas/*")
    press_until(page, "Decidir cómo queda")
    page.keyboard.press("Enter")
    press_until(page, "INPUT")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Falta decir en qué aldea.")
    press_until(page, "Guardar")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    assert "Con problema" in page.get_by_role("status").inner_text()


def test_a_wrong_password_is_told_to_everybody(
    site: Site, page: Page, check_accessibility: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{site.url}admin/entrar")
    page.get_by_label("Correo electrónico").fill(EMAIL)
    page.get_by_role("button", name="Entrar").click()
    assert page.get_by_text("Escriba su contraseña.").is_visible()
    assert check_accessibility(page) == []
    page.get_by_label("Contraseña").fill("una que no es")
    page.get_by_role("button", name="Entrar").click()
    assert page.get_by_role("alert").is_visible()
    assert check_accessibility(page) == []


def test_from_the_door_to_the_excel_file_by_keyboard_alone(answered: Site, page: Page) -> None:
    enter(page, answered)
    press_until(page, "Plan de Gobierno Digital")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/consultas/{SLUG}")
    press_until(page, "Descargar Excel")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".xlsx")
    assert download.value.path().read_bytes()[:2] == b"PK"


def test_after_signing_out_the_back_button_shows_nothing(answered: Site, page: Page) -> None:
    enter(page, answered)
    page.goto(f"{answered.url}admin/consultas/{SLUG}")
    assert page.get_by_text("han contestado").is_visible()
    page.get_by_role("button", name="Cerrar sesión").click()
    page.wait_for_url(f"{answered.url}admin/entrar")
    page.go_back()
    page.wait_for_url("**/admin/entrar**")
    assert page.get_by_text("han contestado").count() == 0


def test_figures_refresh_while_somebody_looks(answered: Site, page: Page) -> None:
    enter(page, answered)
    page.clock.install()
    page.goto(f"{answered.url}admin/consultas/{SLUG}")
    before = page.locator("#cifras strong").inner_text()
    simulate(answered.url, SLUG, citizens=12, seed=1)
    page.clock.fast_forward(61_000)
    wait_for(lambda: page.locator("#cifras strong").inner_text() != before, "newer figures")
