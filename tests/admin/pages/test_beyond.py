"""Canalizar: what people write beside the consultation is seen, and not lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from admin.pages import beyond
from storage.vocabulary import AuditAction
from tests.support.office import read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.support.office import Office

PAGE = "/admin/canalizar"
HELP = "Mi vecino amenaza a mi familia con matarnos"


def mark(client: FlaskClient, message_id: str, **form: str) -> str:
    token = {"csrf_token": read_token(client.get("/admin/").text)}
    page = client.post(f"{PAGE}/{message_id}", data=token | form, follow_redirects=True)
    return page.text


def find_ids(page: str) -> list[str]:
    return re.findall(r'<li id="m-([0-9a-f-]{36})"', page)


def test_what_is_no_answer_is_seen_and_marked(office_on_each: Office) -> None:
    office = office_on_each
    office.answer("Quiero participar en la consulta", "si", "1", HELP, "1", "1", "1 3", "2")
    office.answer("Que haya internet en mi aldea y en todas", "San Juan del Río Bravo")
    office.answer("0", "1", "3", "Quiero hablar con alguien de ustedes")
    client = office.enter("revisor")
    page = client.get(PAGE).text
    assert page.count("<blockquote>") == 3  # a place that is none is one of them
    assert "Termina en 01" in page
    assert "+502" not in page
    assert "internet en mi aldea" not in page
    assert "Quiero participar" not in page
    ids = find_ids(page)
    assert "Escriba a qué institución" in mark(client, ids[2], antes="pendiente", estado="remitido")
    page = mark(client, ids[2], antes="pendiente", estado="remitido", nota="Municipalidad")
    assert "Quedó anotado." in page
    assert HELP not in page
    page = client.get(f"{PAGE}?estado=remitido").text
    assert HELP in page
    assert "Remitido</strong>: Municipalidad" in page
    page = mark(client, ids[2], antes="pendiente", estado="atendido")
    assert "otra persona lo cambió antes" in page
    page = mark(client, ids[2], antes="atendido", estado="no_procede")
    assert "otra persona lo cambió antes" in page
    assert "Quedó anotado." in mark(client, ids[2], antes="remitido", estado="atendido")
    told = office.read_audit(AuditAction.MESSAGE_REFERRED)
    assert {(one["from"], one["to"]) for one in told} == {
        ("pendiente", "remitido"),
        ("remitido", "atendido"),
    }
    assert max(one["rows"] for one in office.read_audit(AuditAction.BEYOND_READ)) == 3

    # Who asks for her data to be deleted takes it with her.
    office.answer("BORRAR", "1")
    assert find_ids(client.get(f"{PAGE}?estado=").text) == []
    assert "ya se borró" in mark(client, ids[2], antes="atendido", estado="no_procede")


def test_they_are_searched_page_by_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beyond, "PAGE", 1)
    monkeypatch.setattr(beyond, "AT_ONCE", 2)
    monkeypatch.setattr(beyond, "MOST", 2)
    client = office.enter("revisor")
    office.answer("CONSULTA", "si", "1")
    for text in (
        HELP,
        "Señores, con mi VECINO vive gente armada",
        "Queremos maestros para la escuela",
    ):
        office.answer(text)
    first = client.get(f"{PAGE}?palabras=vecino+con").text
    assert "gente armada" in first
    following = re.search(r"despues=([0-9a-f-]{36})", first)
    assert following
    assert HELP in client.get(f"{PAGE}?palabras=vecino+con&despues={following[1]}").text
    assert "maestro" in client.get(PAGE).text
    assert "No hay ninguno." in client.get(f"{PAGE}?palabras=nada").text
    assert client.get(f"{PAGE}?estado=otro").status_code == 404


@pytest.mark.parametrize("form", [{"antes": "x", "estado": "atendido"}, {"antes": "pendiente"}])
def test_a_form_made_by_hand_is_refused(office: Office, form: dict[str, str]) -> None:
    client = office.enter("revisor")
    token = {"csrf_token": read_token(client.get("/admin/").text)}
    assert client.post(f"{PAGE}/{UUID(int=1)}", data=token | form).status_code == 400
