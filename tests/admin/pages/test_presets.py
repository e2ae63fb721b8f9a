"""Downloads under a name: kept, seen by who may have them, and taken away by who kept them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from storage.repositories import presets
from tests.support.office import SLUG, read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}/descargas"
WANTED = {
    "nombre": "Para el  lunes",
    "tabla": "long",
    "formato": "csv",
    "nivel": "equipo",
    "historia": "si",
}


def send(client: FlaskClient, act: str, **form: str) -> str:
    data = {"csrf_token": read_token(client.get(PAGE).text), **form}
    return client.post(f"{PAGE}/{act}", data=data, follow_redirects=True).text


def test_a_download_is_kept_under_a_name_and_taken_again(office_on_each: Office) -> None:
    office, client = office_on_each, office_on_each.enter("exportador")
    office.answer()
    page = send(client, "guardar", **WANTED)
    assert "Guardada como «Para el lunes»." in page
    link = re.search(r'href="([^"]+)">Para el lunes<', page)
    assert link
    taken = client.get(html.unescape(link[1]))
    assert taken.headers["Content-Disposition"].endswith('.csv"')
    assert "Que haya internet en mi aldea" in taken.text
    assert "Para el lunes" in office.enter().get(PAGE).text
    assert "Para el lunes" not in office.enter("observador").get(PAGE).text


def test_only_who_kept_it_takes_it_away(office_on_each: Office) -> None:
    client, other = office_on_each.enter("exportador"), office_on_each.enter()
    page = send(client, "guardar", **WANTED)
    own = re.search(r'name="guardada" value="([^"]+)"', page)
    assert own
    assert 'name="guardada"' not in other.get(PAGE).text
    assert "Solo quien la guardó" in send(other, "quitar", guardada=own[1])
    assert "Ya no está guardada." in send(client, "quitar", guardada=own[1])
    assert "Para el lunes" not in client.get(PAGE).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nombre": " "}, "Escriba un nombre"),
        ({"nombre": "x" * 61}, "Escriba un nombre"),
        ({"tabla": "codebook", "formato": "floip"}, "Ese formato no lleva esa tabla."),
    ],
)
def test_what_makes_no_sense_is_not_kept(
    office: Office, change: dict[str, str], words: str
) -> None:
    page = send(office.enter("exportador"), "guardar", **(WANTED | change))
    assert words in page
    assert 'id="guardadas"' not in page


def test_a_name_is_there_once_and_not_without_end(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.enter("exportador")
    send(client, "guardar", **WANTED)
    again = WANTED | {"nombre": "PARA EL LUNES"}
    assert "Ese nombre ya existe" in send(client, "guardar", **again)
    monkeypatch.setattr(presets, "MOST", 1)
    assert "demasiadas" in send(client, "guardar", **(WANTED | {"nombre": "Otra"}))


@pytest.mark.parametrize("change", [{"tabla": "nada"}, {"formato": "exe"}])
def test_a_form_made_by_hand_is_refused(office: Office, change: dict[str, str]) -> None:
    client = office.enter("exportador")
    data = {"csrf_token": read_token(client.get(PAGE).text), **WANTED, **change}
    assert client.post(f"{PAGE}/guardar", data=data).status_code == 400
    data = {"csrf_token": data["csrf_token"], "guardada": "x"}
    assert client.post(f"{PAGE}/quitar", data=data).status_code == 400


def test_nobody_keeps_what_she_may_not_have(office: Office) -> None:
    client = office.enter("observador")
    data = {"csrf_token": read_token(client.get(PAGE).text), **WANTED}
    assert client.post(f"{PAGE}/guardar", data=data).status_code == 403
