"""Contactos: found by the whole number alone, its consents told, its data deleted for good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from storage.ids import new_id
from storage.vocabulary import AuditAction
from tests.support.house import House, set_up
from tests.support.office import SLUG, WHOLE_WAY, Office, read_token
from tests.support.phones import TwilioPhone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.clock import Clock

PAGE = "/admin/contactos"
NUMBER = "+50255550101"
WHO = "administrador@example.org"


def find(client: FlaskClient, number: str) -> TestResponse:
    form = {"csrf_token": read_token(client.get(PAGE).text), "numero": number}
    return client.post(f"{PAGE}/buscar", data=form)


def erase(client: FlaskClient, page: str, **form: str) -> TestResponse:
    data = {"csrf_token": read_token(client.get(page).text), **form}
    return client.post(f"{page}/borrar", data=data, follow_redirects=True)


@pytest.mark.parametrize("typed", [NUMBER, "5555 0101", "00502-5555-0101"])
def test_a_number_is_found_by_the_whole_of_it_and_shown_masked(
    office_on_each: Office, typed: str
) -> None:
    office = office_on_each
    office.answer()
    client = office.enter()
    found = find(client, typed)
    assert found.status_code == 303
    page = client.get(found.headers["Location"]).text
    assert "Termina en 01" in page
    assert "5555" not in page + found.headers["Location"]
    consent = re.search(r"Participar: *sí, [^<]*", page)
    assert consent, page
    assert re.search(r"Publicar sus palabras: *sí, ", page)
    assert re.search(
        r"Escribirle sobre su propuesta: *no se|Escribirle sobre su propuesta: *", page
    )
    (told,) = office.read_audit(AuditAction.CONTACT_FOUND)
    assert told == {"who": WHO, "contact_id": found.headers["Location"].rpartition("/")[2]}


@pytest.mark.parametrize("typed", ["0101", "5555", "*", "", "5555 010", "a\0b", "9" * 400])
def test_a_part_of_a_number_finds_nothing(office: Office, typed: str) -> None:
    office.answer()
    response = find(office.enter(), typed)
    assert response.status_code == 400
    assert "Escriba el número completo" in response.text
    assert office.read_audit(AuditAction.CONTACT_FOUND) == []


@pytest.mark.parametrize("typed", ["+50255550999", "US.13491208655302741918"])
def test_who_never_wrote_is_not_found_and_the_look_is_written_down(
    office: Office, typed: str
) -> None:
    response = find(office.enter(), typed)
    assert response.status_code == 404
    assert "Nadie ha escrito desde ese número." in response.text
    assert office.read_audit(AuditAction.CONTACT_FOUND) == [{"who": WHO, "contact_id": ""}]


def test_deleting_is_what_borrar_does_with_a_receipt(office_on_each: Office) -> None:
    office = office_on_each
    (*_, last) = office.answer()
    folio = re.search(r"[2-9A-Z]{7}", last["text"])
    assert folio
    client = office.enter()
    page = find(client, NUMBER).headers["Location"]
    told = erase(client, page, seguro="si").text
    assert "Constancia de borrado" in told
    assert folio[0] in told
    (event,) = office.read_audit(AuditAction.DATA_ERASED)
    assert (event["who"], event["receipt"], event["persons"]) == (WHO, folio[0], 1)
    assert "Ese número pidió borrar sus datos" in find(client, NUMBER).text
    listed = client.get(f"/admin/consultas/{SLUG}/respuestas?estado=borrada").text
    assert "Internet en mi aldea" not in listed
    again = client.get(page).text
    assert "Datos borrados" in again
    assert "se borró con sus datos" in again
    assert "No se borró nada." in erase(client, page, seguro="si").text
    assert len(office.read_audit(AuditAction.DATA_ERASED)) == 1


def test_without_a_folio_a_receipt_is_made(office: Office) -> None:
    office.answer("BAJA")
    client = office.enter()
    page = find(client, NUMBER).headers["Location"]
    assert "No ha empezado ninguna conversación." in client.get(page).text
    told = erase(client, page, seguro="si").text
    assert office.read_audit(AuditAction.DATA_ERASED)[0]["receipt"] in told


def test_nothing_is_deleted_unless_it_is_meant(office: Office) -> None:
    office.answer()
    client = office.enter()
    page = find(client, NUMBER).headers["Location"]
    assert "No se borró nada." in erase(client, page).text
    assert office.read_audit(AuditAction.DATA_ERASED) == []


def test_people_on_one_number_are_told_apart(office: Office) -> None:
    office.answer()
    office.answer("CONSULTA", "2", *WHOLE_WAY[1:3])
    client = office.enter()
    page = client.get(find(client, NUMBER).headers["Location"]).text
    assert page.index("Persona 2") < page.index("Persona 1")


def test_who_left_is_counted_by_day_and_never_named(office_on_each: Office) -> None:
    office = office_on_each
    office.answer("BAJA", number="+50255550201")
    office.answer("BAJA", number="+50255550202")
    page = office.enter().get(PAGE).text
    assert "2 números se dieron de baja" in page
    assert '<td class="n">2</td>' in page
    assert "020" not in page.partition("<main")[2].replace("5555 0100", "")


def test_a_contact_that_is_none_is_no_page(office: Office) -> None:
    client = office.enter()
    assert client.get(f"{PAGE}/{new_id(office.clock())}").status_code == 404


class HiddenPhone(TwilioPhone):
    """A WhatsApp that shows an opaque id in place of its number."""

    def write(self, text: str, **more: str) -> None:
        super().write(text, From="whatsapp:GT.771901", ExternalUserId="GT.771901", **more)


@pytest.fixture
def linked(
    tmp_path: Path, database_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """A house where a WhatsApp without a number was linked to a number by a code."""
    monkeypatch.setattr("tests.support.phones.URL", "http://localhost")
    set_up(tmp_path, database_url)
    office = Office(tmp_path, database_url, clock, PUENTE_PUBLIC_URL="http://localhost")
    house = House(office.settings, office.app)
    chat = HiddenPhone(house.post, "+771901", "whatsapp:")
    chat.send("CONSULTA")
    clock.advance(seconds=30)
    code = re.search(r"VINCULAR (\d{8})", chat.send("VINCULAR").texts[0])
    assert code
    clock.advance(seconds=30)
    house.phone("twilio-sms").send(f"VINCULAR {code[1]}")
    yield office
    office.database.close()


def test_a_number_and_a_whatsapp_are_parted(linked: Office) -> None:
    client = linked.enter()
    page = find(client, NUMBER).headers["Location"]
    shown = client.get(page).text
    assert "Sin número a la vista" in shown
    link = re.search(r'name="vinculo" value="([^"]+)"', shown)
    assert link
    form = {"csrf_token": read_token(shown), "vinculo": link[1]}
    told = client.post(f"{page}/separar", data=form, follow_redirects=True).text
    assert "Separados. Lo que comenzó después" in told
    assert "Separados el" in told
    again = client.post(f"{page}/separar", data=form, follow_redirects=True).text
    assert "ya no se puede separar" in again
    assert find(client, "GT.771901").headers["Location"] != page
    (event,) = linked.read_audit(AuditAction.CONTACTS_PARTED)
    assert (event["who"], event["link"]) == (WHO, link[1])
    bad = {"csrf_token": read_token(shown), "vinculo": "x"}
    assert client.post(f"{page}/separar", data=bad).status_code == 400
