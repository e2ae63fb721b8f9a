"""A consultation is closed in the middle of a conversation, and opened again where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.ids import new_id
from storage.published import NewConsultation
from storage.vocabulary import AuditAction
from tests.support.office import SLUG, WHOLE_WAY, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}/apertura"


def send(client: FlaskClient, act: str, **form: str) -> TestResponse:
    """Press the button of the page, and follow where it leads."""
    data = {"csrf_token": read_token(client.get(PAGE).text), **form}
    return client.post(f"{PAGE}/{act}", data=data, follow_redirects=True)


def test_the_page_says_what_happens_before_it_happens(office: Office) -> None:
    office.answer("CONSULTA", "si")
    page = office.enter("operador").get(PAGE).text
    assert "Ahora hay 1 conversación sin terminar." in page
    assert "Esta consulta ya cerró. Gracias por su interés." in page
    assert "BORRAR" in page
    assert office.read_audit(AuditAction.CONSULTATION_CLOSED) == []


def test_who_is_answering_is_told_kindly_and_goes_on_where_it_opens_again(
    office_on_each: Office,
) -> None:
    office, client = office_on_each, office_on_each.enter("operador")
    asked = office.answer(*WHOLE_WAY[:3])
    assert "La consulta está cerrada." in send(client, "cerrar", seguro="si").text
    (told,) = office.answer("1")
    assert told["text"].startswith("Esta consulta ya cerro.")
    (nobody_new,) = office.answer("CONSULTA", number="+50255550102")
    assert "ninguna consulta abierta" in nobody_new["text"]
    page = send(client, "abrir").text
    assert "La consulta está abierta." in page
    assert "Ahora hay 1 conversación sin terminar." in page
    assert office.answer("1") != asked
    who = {"who": "operador@example.org", "consultation": SLUG}
    assert office.read_audit(AuditAction.CONSULTATION_CLOSED) == [who]
    assert office.read_audit(AuditAction.CONSULTATION_OPENED)[1:] == [who]


def test_nothing_is_closed_unless_it_is_meant(office: Office) -> None:
    page = send(office.enter("operador"), "cerrar").text
    assert "No se cerró." in page
    assert office.read_audit(AuditAction.CONSULTATION_CLOSED) == []


def test_the_second_of_two_who_close_or_open_changes_nothing(office: Office) -> None:
    client = office.enter("operador")
    send(client, "cerrar", seguro="si")
    assert "ya estaba cerrada" in send(client, "cerrar", seguro="si").text
    send(client, "abrir")
    send(client, "abrir")
    assert len(office.read_audit(AuditAction.CONSULTATION_CLOSED)) == 1
    assert len(office.read_audit(AuditAction.CONSULTATION_OPENED)) == 2


def test_one_that_nobody_published_has_no_such_page(office: Office) -> None:
    now = office.clock()
    with office.database.unit() as unit:
        unit.consultations.add(NewConsultation(new_id(now), "nueva", "Nueva", "prueba", now))
    client = office.enter("operador")
    assert client.get("/admin/consultas/nueva/apertura").status_code == 404
    assert client.get("/admin/consultas/nada/apertura").status_code == 404


def test_figures_and_script_lead_to_it(office: Office) -> None:
    client = office.enter("operador")
    for page in (f"/admin/consultas/{SLUG}", f"/admin/consultas/{SLUG}/guion"):
        assert PAGE in client.get(page).text
    assert PAGE not in office.enter("observador").get(f"/admin/consultas/{SLUG}").text
