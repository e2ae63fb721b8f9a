"""Personal: who has access, as what; invitations that serve once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from admin.roles import PERMISSION_WORDS, ROLES, Permission
from storage.vocabulary import AuditAction
from tests.support.code import ROOT
from tests.support.office import PASSWORD, read_token, sign_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.office import Office

PAGE = "/admin/personal"
EMAIL = "nueva@example.org"
LINK = re.compile(r'<p class="link">([^<]+)</p>')


def send(client: FlaskClient, address: str, **form: str) -> TestResponse:
    token = read_token(client.get(PAGE).text)
    return client.post(f"{PAGE}/{address}", data={"csrf_token": token, **form})


def invite(office: Office, email: str = EMAIL, role: str = "revisor") -> str:
    """Invite somebody, and give the path of her link."""
    page = send(office.enter(), "invitar", correo=email, rol=role).text
    link = LINK.search(page)
    assert link, page
    assert link[1].startswith(office.settings.public_url)
    return link[1].removeprefix(office.settings.public_url)


def accept(client: FlaskClient, path: str, password: str, again: str | None = None) -> TestResponse:
    page = client.get(path).text
    form = {
        "csrf_token": read_token(page),
        "contrasena": password,
        "otra_vez": password if again is None else again,
    }
    return client.post(f"{path}/aceptar", data=form)


def test_an_invitation_is_taken_once_and_opens_the_door(office_on_each: Office) -> None:
    office = office_on_each
    path = invite(office, " Nueva@example.org ")
    client = office.app.test_client()
    page = client.get(path).text
    assert EMAIL in page
    assert "Revisor" in page
    assert accept(client, path, PASSWORD).headers["Location"] == "/admin/entrar"
    assert "Su acceso está listo." in client.get("/admin/entrar").text
    assert sign_in(client, EMAIL, PASSWORD).status_code == 302
    assert client.get("/admin/consultas/plan-digital/respuestas").status_code == 200
    assert office.app.test_client().get(path).status_code == 410
    (invited,) = office.read_audit(AuditAction.USER_INVITED)
    assert invited == {"who": "administrador@example.org", "user": EMAIL, "role": "revisor"}
    assert EMAIL in {entry["user"] for entry in office.read_audit(AuditAction.USER_ADDED)}


def test_a_link_is_shown_once_and_its_token_is_kept_nowhere(office: Office) -> None:
    path = invite(office)
    assert path not in office.enter().get(PAGE).text
    assert path.rpartition("/")[2] not in str(office.read_audit(AuditAction.USER_INVITED))


def test_a_link_expires(office_on_each: Office) -> None:
    path = invite(office_on_each)
    client = office_on_each.app.test_client()
    token = read_token(client.get(path).text)
    office_on_each.clock.advance(days=3)
    assert client.get(path).status_code == 410
    form = {"csrf_token": token, "contrasena": PASSWORD, "otra_vez": PASSWORD}
    assert client.post(f"{path}/aceptar", data=form).status_code == 410
    assert sign_in(client, EMAIL, PASSWORD).status_code == 200


@pytest.mark.parametrize("token", ["x", "%00", "a" * 3000, "%ff"])
def test_a_link_nobody_made_is_of_no_use(office_on_each: Office, token: str) -> None:
    response = office_on_each.app.test_client().get(f"/admin/invitacion/{token}")
    assert response.status_code == 410
    assert "Este enlace ya no sirve" in response.text


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("corta", "corta", "de 12 a 200 signos"),
        (PASSWORD, "otra", "no son iguales"),
        ("", "", "de 12 a 200 signos"),
    ],
)
def test_a_password_that_cannot_be_taken_leaves_the_link_as_it_is(
    office: Office, password: str, again: str, words: str
) -> None:
    path = invite(office)
    client = office.app.test_client()
    response = accept(client, path, password, again)
    assert response.status_code == 400
    assert words in response.text
    assert accept(client, path, PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        ("nadie", "revisor", "no existe o no sirve"),
        (EMAIL, "root", "No hay rol"),
        ("administrador@example.org", "revisor", "ya tiene acceso"),
    ],
)
def test_an_invitation_that_cannot_be_made_is_told(
    office: Office, email: str, role: str, words: str
) -> None:
    response = send(office.enter(), "invitar", correo=email, rol=role)
    assert response.status_code == 400
    assert words in response.text
    assert office.read_audit(AuditAction.USER_INVITED) == []


def test_roles_and_access_change_at_once_and_are_written_down(office_on_each: Office) -> None:
    office = office_on_each
    client, her = office.enter(), office.enter("observador")
    email, answers = "observador@example.org", "/admin/consultas/plan-digital/respuestas"
    assert her.get(answers).status_code == 403
    assert send(client, "cambiar", correo=email, que="dar revisor").status_code == 303
    assert her.get(answers).status_code == 200
    send(client, "cambiar", correo=email, que="quitar revisor")
    assert her.get(answers).status_code == 403
    send(client, "cambiar", correo=email, que="cerrar")
    assert her.get("/admin/").status_code == 302
    assert sign_in(her, email, PASSWORD).status_code == 200
    send(client, "cambiar", correo=email, que="abrir")
    assert sign_in(her, email, PASSWORD).status_code == 302
    for action in (AuditAction.ROLE_TAKEN, AuditAction.ACCESS_CLOSED, AuditAction.ACCESS_OPENED):
        (entry,) = office.read_audit(action)
        assert (entry["who"], entry["user"]) == ("administrador@example.org", email)


@pytest.mark.parametrize(
    ("email", "what"),
    [
        ("administrador@example.org", "quitar administrador"),
        ("administrador@example.org", "cerrar"),
        ("nadie@example.org", "cerrar"),
        ("observador@example.org", "dar root"),
        ("observador@example.org", "borrar"),
        ("observador@example.org", ""),
        ("a\0b", "cerrar"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(
    office_on_each: Office, email: str, what: str
) -> None:
    office_on_each.add_staff("observador")
    response = send(office_on_each.enter(), "cambiar", correo=email, que=what)
    assert response.status_code == 400
    assert "No se hizo" in response.text


def test_the_page_tells_what_each_role_may(office: Office) -> None:
    page = office.enter().get(PAGE).text
    assert set(PERMISSION_WORDS) == set(Permission)
    for role in ROLES.values():
        assert str(role.purpose) in page


def test_the_docs_tell_what_each_role_may() -> None:
    told = (ROOT / "docs" / "staff.md").read_text(encoding="utf-8")
    header = "| permission | " + " | ".join(f"`{name}`" for name in ROLES) + " |"
    assert header in told
    for permission in Permission:
        marks = " | ".join(
            "yes" if permission in role.permissions else "" for role in ROLES.values()
        )
        assert f"| `{permission.value}` | {marks} |" in told
