"""Signing in and out, as a browser sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select

from admin.signin.passwords import hash_password
from puente.app import create_app
from storage.models.staff import User
from storage.vocabulary import AuditAction
from tests.support.office import PASSWORD, Office, read_token, sign_in, sign_out

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.clock import Clock

WRONG = "una contraseña que no es"


def is_in(client: FlaskClient) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_right_password_opens_the_panel_and_is_written_down(office_on_each: Office) -> None:
    client = office_on_each.enter("observador")
    assert is_in(client)
    (entry,) = office_on_each.read_audit(AuditAction.SIGNED_IN)
    assert entry == {"who": "observador@example.org", "user": "observador@example.org"}


def test_a_password_is_kept_dear_and_one_that_is_not_becomes_so(office: Office) -> None:
    dear = "$argon2id$v=19$m=19456,t=2,p=1$"
    email = office.add_staff("observador")
    app = create_app(office.settings, serve="both")  # as in production, unlike the office's
    assert sign_in(app.test_client(), email, PASSWORD).status_code == 302
    app.extensions["puente.database"].close()
    with office.database.session() as session:
        kept = session.scalars(select(User.password)).one()
    assert kept is not None
    assert kept.startswith(dear)
    assert hash_password(PASSWORD).startswith(dear)


@pytest.mark.parametrize("email", ["Observador@example.org", " observador@example.org "])
def test_an_address_is_taken_as_people_type_it(office: Office, email: str) -> None:
    office.add_staff("observador")
    client = office.app.test_client()
    assert sign_in(client, email, PASSWORD).status_code == 302


@pytest.mark.parametrize("email", ["observador@example.org", "nadie@example.org", "nadie"])
def test_a_wrong_password_and_an_unknown_account_look_the_same(office: Office, email: str) -> None:
    office.add_staff("observador")
    client = office.app.test_client()
    response = sign_in(client, email, WRONG)
    assert response.status_code == 200
    assert "El correo o la contraseña no coinciden" in response.text
    assert WRONG not in response.text
    assert not is_in(client)


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("", "x", "Escriba su correo electrónico."),
        ("a@example.org", "", "Escriba su contraseña."),
        ("a" * 255, "x", "Ese correo es demasiado largo."),
        ("a\0@example.org", "x", "Ese correo tiene espacios de más."),
        ("a@example.org", "x" * 201, "Esa contraseña es demasiado larga."),
    ],
)
def test_what_cannot_be_right_is_told_beside_its_field(
    office: Office, email: str, password: str, words: str
) -> None:
    response = sign_in(office.app.test_client(), email, password)
    assert response.status_code == 200
    assert words in response.text


def test_after_ten_wrong_passwords_not_even_the_right_one_is_looked_at(
    office_on_each: Office,
) -> None:
    office = office_on_each
    email = office.add_staff("exportador")
    client = office.app.test_client()
    for _ in range(10):
        assert sign_in(client, email, WRONG).status_code == 200
    locked = sign_in(client, email, PASSWORD)
    assert locked.status_code == 429
    assert "a las 09:15" in locked.text
    assert not is_in(client)
    (entry,) = office.read_audit(AuditAction.SIGN_IN_LOCKED)
    assert entry["user"] == email
    office.clock.advance(minutes=15)
    assert sign_in(client, email, PASSWORD).status_code == 302


def test_an_account_nobody_has_is_locked_like_any_other(office: Office) -> None:
    client = office.app.test_client()
    for _ in range(10):
        sign_in(client, "nadie@example.org", WRONG)
    assert sign_in(client, "nadie@example.org", WRONG).status_code == 429


def test_one_address_that_tries_many_accounts_is_locked_too(office: Office) -> None:
    email = office.add_staff("observador")
    client = office.app.test_client()
    for number in range(50):
        sign_in(client, f"persona{number}@example.org", WRONG)
    assert sign_in(client, email, PASSWORD).status_code == 429


def test_a_form_that_is_not_ours_neither_signs_in_nor_counts(office: Office) -> None:
    email = office.add_staff("observador")
    client = office.app.test_client()
    for form in ({}, {"csrf_token": "hecho a mano"}):
        for _ in range(6):
            data = {"email": email, "password": WRONG, **form}
            response = client.post("/admin/entrar", data=data)
            assert response.status_code == 400
            assert "Esta página ya no sirve" in response.text
    assert sign_in(client, email, PASSWORD).status_code == 302


def test_a_form_that_is_not_ours_signs_nobody_out(office: Office) -> None:
    client = office.enter()
    assert client.post("/admin/salir").status_code == 400
    assert client.get("/admin/salir").status_code == 405
    assert is_in(client)


def test_signing_out_ends_every_copy_of_the_cookie(office_on_each: Office) -> None:
    client = office_on_each.enter()
    cookie = client.get_cookie("puente")
    assert cookie is not None
    response = sign_out(client)
    assert response.headers["Location"] == "/admin/entrar"
    assert "storage" in response.headers["Clear-Site-Data"]
    assert not is_in(client)
    thief = office_on_each.app.test_client()
    thief.set_cookie("puente", cookie.value)
    assert not is_in(thief)


def test_who_asked_for_a_page_comes_to_it_after_signing_in(office: Office) -> None:
    client = office.app.test_client()
    asked = client.get("/admin/consultas/plan-digital")
    assert asked.headers["Location"] == "/admin/entrar?next=/admin/consultas/plan-digital"
    page = client.get(asked.headers["Location"]).text
    form = {
        "email": office.add_staff("observador"),
        "password": PASSWORD,
        "csrf_token": read_token(page),
        "next": "/admin/consultas/plan-digital",
    }
    response = client.post("/admin/entrar", data=form)
    assert response.headers["Location"] == "/admin/consultas/plan-digital"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "\\\\example.com"])
def test_nobody_is_sent_elsewhere_after_signing_in(office: Office, elsewhere: str) -> None:
    client = office.app.test_client()
    response = sign_in(client, office.add_staff("observador"), PASSWORD, next=elsewhere)
    led_to = urljoin("http://localhost/admin/entrar", response.headers.get("Location", ""))
    assert urlsplit(led_to).netloc == "localhost"


def test_a_body_that_is_no_form_is_refused(office: Office) -> None:
    client = office.app.test_client()
    token = read_token(client.get("/admin/entrar").text)
    body = {"email": {"$gt": ""}, "password": [1]}
    response = client.post("/admin/entrar", json=body, headers={"X-CSRFToken": token})
    assert response.status_code < 500
    assert not is_in(client)


def test_the_cookie_is_out_of_reach_of_scripts_and_ends_with_the_browser(office: Office) -> None:
    cookie = office.app.test_client().get("/admin/entrar").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_by_https_the_cookie_travels_by_nothing_else(
    tmp_path: Path, sqlite_url: str, clock: Clock
) -> None:
    office = Office(tmp_path, sqlite_url, clock, PUENTE_PUBLIC_URL="https://puente.example.org")
    client = office.app.test_client()
    by_http = client.get("/admin/entrar")
    by_https = client.get("/admin/entrar", base_url="https://puente.example.org")
    office.database.close()
    assert "Secure" in by_http.headers["Set-Cookie"]
    told = 'href="https://puente.example.org/admin/"'
    assert told in by_http.text, "who came by http would never get in"
    assert told not in by_https.text
