"""The password is asked for again before exports and changes of access, not at every click."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from storage.vocabulary import AuditAction
from tests.support.office import PASSWORD, SLUG, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.office import Office

EXPORT = f"/admin/consultas/{SLUG}/wide.csv?nivel=equipo&historia=si"
PAGE = "/admin/cuenta/contrasena"
WHO = "administrador@example.org"


def give(client: FlaskClient, password: str, following: str = EXPORT) -> TestResponse:
    form = {
        "csrf_token": read_token(client.get(f"{PAGE}").text),
        "contrasena": password,
        "sigue": following,
    }
    return client.post(PAGE, data=form)


@pytest.mark.parametrize("address", [EXPORT, "/admin/bitacora.csv", "/admin/personal"])
def test_a_password_serves_a_quarter_of_an_hour(office: Office, address: str) -> None:
    client = office.enter()
    office.clock.advance(minutes=14)
    assert client.get(address).status_code == 200
    office.clock.advance(minutes=1)
    response = client.get(address, follow_redirects=True)
    assert "Su contraseña otra vez" in response.text
    assert f'name="sigue" value="{html.escape(address)}"' in response.text


def test_after_the_password_she_goes_on_where_she_was(office: Office) -> None:
    client = office.enter()
    office.clock.advance(minutes=20)
    page = client.get(give(client, PASSWORD).headers["Location"]).text
    assert "Ya puede seguir" in page
    assert f'href="{html.escape(EXPORT)}"' in page
    assert client.get(EXPORT).status_code == 200
    assert office.read_audit(AuditAction.SIGN_IN_CONFIRMED) == [{"who": WHO, "user": WHO}]
    assert len(office.read_audit(AuditAction.EXPORT_TAKEN)) == 1


def test_a_form_goes_back_to_its_page_and_changes_nothing(office: Office) -> None:
    client = office.enter()
    office.add_staff("observador")
    token = read_token(client.get("/admin/personal").text)
    office.clock.advance(minutes=20)
    form = {"csrf_token": token, "correo": "observador@example.org", "que": "cerrar"}
    response = client.post("/admin/personal/cambiar", data=form)
    assert response.status_code == 303
    assert response.headers["Location"] == f"{PAGE}?sigue=/admin/personal"
    assert office.read_audit(AuditAction.ACCESS_CLOSED) == []


def test_a_wrong_password_opens_nothing_and_ten_lock(office: Office) -> None:
    client = office.enter()
    office.clock.advance(minutes=20)
    response = give(client, "otra contraseña cualquiera")
    assert response.status_code == 400
    assert "Esa no es su contraseña." in response.text
    for _ in range(9):
        give(client, "x" * 5_000)
    response = give(client, PASSWORD)
    assert response.status_code == 429
    assert "Hubo demasiados intentos." in response.text
    assert client.get(EXPORT).status_code == 303


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/admin/", ""])
def test_nobody_is_led_elsewhere(office: Office, elsewhere: str) -> None:
    client = office.enter()
    response = client.get(PAGE, query_string={"sigue": elsewhere})
    assert 'class="button" href="/admin/"' in response.text


def test_who_signs_out_takes_it_along(office: Office) -> None:
    client = office.enter()
    client.post("/admin/salir", data={"csrf_token": read_token(client.get("/admin/").text)})
    with client.session_transaction() as session:
        assert "contrasena" not in session


def test_a_clock_that_went_back_asks_again(office: Office) -> None:
    client = office.enter()
    office.clock.advance(minutes=-5)
    assert client.get(EXPORT).status_code == 303


def test_too_large_a_form_is_told_what_it_was(office: Office) -> None:
    client = office.enter()
    form = {"csrf_token": read_token(client.get(PAGE).text), "contrasena": "x" * 3_000_000}
    response = client.post(PAGE, data=form)
    assert response.status_code == 413
    assert "no cabe en este formulario" in response.text
    assert "guion" not in response.text.partition("<main")[2].lower()
