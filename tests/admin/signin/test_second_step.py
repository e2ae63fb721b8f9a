"""The second step: an app's code or one of a sheet, each once, and slow to guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from passlib.totp import TOTP

from admin.signin.second_step import find_counter, hash_code, is_secret, make_secret, make_sheet
from storage.vocabulary import AuditAction
from tests.support.clock import START
from tests.support.office import PASSWORD, read_token, sign_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.support.office import Office

PAGE = "/admin/cuenta/segundo-paso"
EMAIL = "observador@example.org"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_code(office: Office, secret: str) -> str:
    """Give what her app shows now."""
    return str(TOTP(key=secret, format="base32").generate(time=office.clock()).token)


def send(client: FlaskClient, address: str, **form: str) -> str:
    token = read_token(client.get(PAGE).text)
    return client.post(f"{PAGE}/{address}", data={"csrf_token": token, **form}).text


def activate(office: Office, client: FlaskClient) -> tuple[str, list[str]]:
    """Set an app up; give its secret and the codes of the sheet."""
    secret = re.findall(r'name="secreto" value="([A-Z2-7]{32})"', client.get(PAGE).text)[0]
    page = send(client, "app", secreto=secret, codigo=make_code(office, secret))
    office.clock.advance(minutes=1)
    return secret, read_sheet(page)


def read_sheet(page: str) -> list[str]:
    return re.findall(r"<li>([0-9a-z]{5}-[0-9a-z]{5})</li>", page)


def may_enter(office: Office, code: str = "", password: str = PASSWORD) -> bool:
    response = sign_in(office.app.test_client(), EMAIL, password, code=code)
    return response.status_code == 302


def test_with_an_app_the_password_alone_opens_nothing(office_on_each: Office) -> None:
    office = office_on_each
    secret, sheet = activate(office, office.enter("observador"))
    assert len(sheet) == 10
    response = sign_in(office.app.test_client(), EMAIL, PASSWORD)
    assert "Falta su segundo paso" in response.text
    assert not may_enter(office, "000000")
    code = make_code(office, secret)
    assert may_enter(office, f"{code[:3]} {code[3:]}")
    assert not may_enter(office, code), "no code serves twice"
    office.clock.advance(minutes=1)
    assert may_enter(office, make_code(office, secret))
    (entry,) = office.read_audit(AuditAction.SECOND_STEP_SET)
    assert entry == {"who": EMAIL, "user": EMAIL}


def test_a_code_of_the_sheet_serves_once_instead_of_the_phone(office_on_each: Office) -> None:
    office = office_on_each
    _, sheet = activate(office, office.enter("observador"))
    assert may_enter(office, sheet[0].upper())
    assert not may_enter(office, sheet[0])
    assert may_enter(office, sheet[1].replace("-", " "))


def test_who_has_no_smartphone_enters_by_sheet_and_a_new_one_replaces_it(office: Office) -> None:
    client = office.enter("observador")
    first = read_sheet(send(client, "hoja"))
    second = read_sheet(send(client, "hoja"))
    assert not may_enter(office)
    assert not may_enter(office, first[0])
    assert may_enter(office, second[0])
    assert "le quedan 9" in client.get(PAGE).text


def test_a_wrong_password_is_told_before_any_second_step(office: Office) -> None:
    activate(office, office.enter("observador"))
    response = sign_in(office.app.test_client(), EMAIL, "una que no es")
    assert "El correo o la contraseña no coinciden" in response.text


def test_codes_are_guessed_as_slowly_as_passwords(office: Office) -> None:
    secret, _ = activate(office, office.enter("observador"))
    for number in range(10):
        assert not may_enter(office, f"{number:06}")
    assert not may_enter(office, make_code(office, secret))
    assert len(office.read_audit(AuditAction.SIGN_IN_LOCKED)) == 1


@pytest.mark.parametrize("code", ["", "000000", "x", "1" * 31, "\0"])
def test_an_app_that_shows_a_wrong_code_is_not_activated(office: Office, code: str) -> None:
    client = office.enter("observador")
    assert "Ese código no es el de ahora" in send(client, "app", secreto=SECRET, codigo=code)
    assert may_enter(office)


@pytest.mark.parametrize("secret", ["", "corto", "a" * 32, "A" * 33])
def test_a_secret_that_is_not_ours_is_not_taken(office: Office, secret: str) -> None:
    send(office.enter("observador"), "app", secreto=secret, codigo="000000")
    assert may_enter(office)


def test_it_is_removed_with_the_password_alone(office_on_each: Office) -> None:
    office = office_on_each
    client = office.enter("observador")
    activate(office, client)
    assert "Esa no es su contraseña." in send(client, "quitar", contrasena="otra")
    assert not may_enter(office)
    send(client, "quitar", contrasena=PASSWORD)
    assert may_enter(office)
    assert len(office.read_audit(AuditAction.SECOND_STEP_REMOVED)) == 1


def test_neither_secret_nor_sheet_stands_in_the_database_as_it_is(office: Office) -> None:
    secret, sheet = activate(office, office.enter("observador"))
    office.database.close()
    kept = b"".join(path.read_bytes() for path in office.find_database_files())
    assert secret.encode() not in kept
    assert sheet[0].encode() not in kept


def test_codes_are_of_signs_that_are_read_off_paper_without_a_mistake() -> None:
    places = iter(range(10_000))
    sheet = make_sheet(lambda n: next(places) % n)
    assert len(set(sheet)) == 10
    assert not set("".join(sheet)) & set("01oil")
    assert hash_code("ABCDE-23456") == hash_code(" abcde 23456")
    assert is_secret(make_secret(lambda n: next(places) % n))


def test_a_phone_s_clock_may_be_half_a_minute_wrong() -> None:
    app = TOTP(key=SECRET, format="base32")
    for seconds, is_right in ((0, True), (-30, True), (30, True), (-90, False), (90, False)):
        code = app.generate(time=int(START.timestamp()) + seconds).token
        assert (find_counter(SECRET, code, START) is not None) is is_right
