"""The staff's pages in Spanish, and in English for who asks: the same person, the same rights."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from sqlalchemy import text
from structlog.testing import capture_logs

from admin.language import read_catalogue
from admin.pages.translations import STATES
from flows.catalogues.sheet import STATES as SHEET_STATES
from tests.support.office import PASSWORD, SLUG, read_token, sign_in
from tools.catalogue import ENGLISH, extract, read_forms

if TYPE_CHECKING:
    from babel.messages.catalog import Message
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.office import Office

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd%]")
HERS = re.compile(r"<(\w+)[^>]* lang=\"\w+\"[^>]*>.*?</\1>", re.DOTALL)
"""What says its own language: the consultation's texts, sentences about its script."""
PAGES = (
    "/admin/",
    f"/admin/consultas/{SLUG}",
    f"/admin/consultas/{SLUG}/respuestas",
    f"/admin/consultas/{SLUG}/mapa",
    f"/admin/consultas/{SLUG}/guion",
    f"/admin/consultas/{SLUG}/idiomas/quc",
    f"/admin/consultas/{SLUG}/invitaciones",
    f"/admin/consultas/{SLUG}/descargas",
    "/admin/bitacora",
    "/admin/personal",
    "/admin/cuenta",
    "/admin/consultas/nada",
)


def choose(client: FlaskClient, language: str, back: str = "/admin/") -> TestResponse:
    form = {"idioma": language, "sigue": back, "csrf_token": read_token(client.get(back).text)}
    return client.post("/admin/idioma", data=form)


def list_words(page: str) -> set[str]:
    """Give the pieces of text between the tags of a page, but those that say their language."""
    main = HERS.sub("", page[page.index("<main") :])
    return {unescape(piece).strip() for piece in re.split(r"<[^>]*>", main)} - {""}


def list_english() -> list[Message]:
    with ENGLISH.open("rb") as file:
        return [one for one in read_po(file) if one.id]


def test_every_sentence_has_its_english_with_the_same_gaps() -> None:
    english = {str(one.id): one for one in list_english()}
    wrong = []
    for message in (one for one in extract() if one.id):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        said = read_forms(english[str(message.id)]) if str(message.id) in english else ()
        gaps = [sorted(PLACEHOLDER.findall(form)) for form in ids]
        if [sorted(PLACEHOLDER.findall(form)) for form in said] != gaps or not all(said):
            wrong.append(message.id)
    assert wrong == [], "run `make english` and write what is empty"


def test_a_page_says_in_spanish_how_a_translation_stands_as_its_sheet_does() -> None:
    assert {state: str(said) for state, said in STATES.items()} == SHEET_STATES


def test_a_person_reads_every_page_in_english_and_goes_back_to_spanish(office: Office) -> None:
    office.answer()
    client = office.enter()
    # Spanish stands whatever the browser says of itself.
    spanish = {page: client.get(page, headers={"Accept-Language": "en"}).text for page in PAGES}
    response = choose(client, "en", PAGES[1])
    assert (response.status_code, response.headers["Location"]) == (303, PAGES[1])
    for page, before in spanish.items():
        after = client.get(page).text
        assert '<html lang="es">' in before
        assert '<html lang="en">' in after
        assert 'name="idioma" value="es" lang="es">Español</button>' in after
        kept = list_words(before) & list_words(after)
        assert [word for word in kept if read_catalogue().ugettext(word) != word] == [], page
    assert "falta" in list_words(spanish[f"/admin/consultas/{SLUG}/idiomas/quc"])
    choose(client, "es", PAGES[1])
    assert list_words(client.get(PAGES[1]).text) == list_words(spanish[PAGES[1]])


def test_the_door_speaks_english_too_and_leads_nowhere_else(office: Office) -> None:
    client = office.app.test_client()
    assert "Contraseña" in client.get("/admin/entrar").text
    response = choose(client, "en", "/admin/entrar")
    assert "Path=/admin" in response.headers["Set-Cookie"]
    assert "HttpOnly" in response.headers["Set-Cookie"]
    page = client.get("/admin/entrar").text
    assert "Password" in page
    assert "Contraseña" not in page
    refused = sign_in(client, "nadie@example.org", PASSWORD)
    assert "No pudimos reconocerle" not in refused.text
    assert 'name="sigue" value="/admin/"' in refused.text  # a form's answer has no address
    token = read_token(page)
    for form, status in (
        ({"idioma": "en", "sigue": "https://example.org/"}, 303),
        ({"idioma": "en", "sigue": "//example.org/admin/"}, 303),
        ({"idioma": "xx", "sigue": "/admin/"}, 400),
    ):
        answer = client.post("/admin/idioma", data={"csrf_token": token, **form})
        assert answer.status_code == status
        assert answer.headers.get("Location", "/admin/") == "/admin/"
    assert client.post("/admin/idioma", data={"idioma": "es"}).status_code == 400  # no form of ours


def test_what_goes_wrong_is_told_in_the_reader_s_language(office: Office) -> None:
    client = office.enter("observador")
    with office.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE consultation RENAME TO gone"))  # so that a page fails

    def tell() -> list[tuple[int, str, str, str]]:
        with capture_logs():  # to write a failure down takes seconds
            return [say(one) for one in ask()]

    def ask() -> tuple[TestResponse, ...]:
        return (
            client.get("/admin/nada"),
            client.get("/admin/personal"),
            client.get("/admin/idioma"),
            client.post("/admin/idioma", data={"idioma": "x" * 3_000_000}),
            client.get("/admin/"),
            client.post("/admin/idioma"),
        )

    def say(one: TestResponse) -> tuple[int, str, str, str]:
        assert "Cookie" in one.vary
        html = re.search(r'<html lang="\w+"', one.text)
        title = re.search(r"<h1>(.+)</h1>", one.text)
        assert html
        assert title
        return one.status_code, title[1], html[0], one.headers["Content-Language"]

    spanish, english = '<html lang="es"', '<html lang="en"'
    assert tell() == [
        (404, "Página no encontrada", spanish, "es"),
        (403, "Su cuenta no tiene este permiso", spanish, "es"),
        (405, "Así no se puede", spanish, "es"),
        (413, "Es demasiado grande", spanish, "es"),
        (500, "Algo falló", spanish, "es"),
        (400, "Esta página ya no sirve", spanish, "es"),
    ]
    choose(client, "en", "/admin/cuenta")
    assert tell() == [
        (404, "Page not found", english, "en"),
        (403, "Your account does not have this permission", english, "en"),
        (405, "It does not work this way", english, "en"),
        (413, "It is too large", english, "en"),
        (500, "Something failed", english, "en"),
        (400, "This page no longer works", english, "en"),
    ]
    page = client.get("/admin/nada").text
    assert (
        "Check the address, or go back to the beginning.</p>"
        '\n  <p><a href="/admin/">Go to the beginning</a>' in page
    )
    assert '<html lang="es">' in client.get("/nada").text  # the citizens' side
    assert "Content-Language" not in client.get("/admin/static/admin.css").headers


def test_what_leaves_the_house_stays_in_spanish(office: Office) -> None:
    office.answer()
    client = office.enter()
    files = (f"/admin/consultas/{SLUG}/codebook.csv", "/admin/bitacora.csv")
    spanish = [client.get(file).text for file in files]
    choose(client, "en")
    english = [client.get(file).text for file in files]
    assert english[0] == spanish[0]
    assert "Completa: Llegó hasta el final" in english[0]
    assert "Se descargó la bitácora" in english[1]
