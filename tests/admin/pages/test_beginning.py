"""Consulta nueva: a script becomes a consultation of its own, closed, and never another's."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from bot.publishing import BrokenScriptError
from tests.admin.pages.test_scripts import BROKEN, SOURCE, find_live, send
from tests.support.office import Office, read_token
from tests.support.small_script import CLEAN

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.support.clock import Clock

PAGE = "/admin/consulta-nueva"


def test_a_script_is_checked_published_and_closed_until_somebody_opens_it(office: Office) -> None:
    client = office.enter("operador")
    assert PAGE in client.get("/admin/").text
    assert PAGE not in office.enter("observador").get("/admin/").text
    assert "Pegue un guion" in send(client, "revisar", PAGE, guion=" ").text
    broken = send(client, "revisar", PAGE, guion=BROKEN).text
    assert "esfera" in broken
    assert f"{PAGE}/publicar" not in broken
    taken = html.unescape(send(client, "publicar", PAGE, guion=SOURCE, nota="x").text)
    assert "Ya hay una consulta «plan-digital»" in taken
    checked = send(client, "revisar", PAGE, guion=CLEAN)
    assert f"{PAGE}/publicar" in checked.text
    unsaid = send(client, "publicar", PAGE, guion=CLEAN, nota=" ")
    assert (unsaid.status_code, f"{PAGE}/publicar" in unsaid.text) == (400, True)
    done = send(client, "publicar", PAGE, guion=CLEAN, nota="Para probar")
    assert done.headers["Location"] == "/admin/consultas/prueba/guion"
    page = client.get(done.headers["Location"]).text
    assert "Está cerrada." in page
    assert "Para probar" in page
    assert "Cerrada" in client.get("/admin/consultas/prueba").text
    assert client.get("/admin/consultas/prueba/apertura").status_code == 200
    assert find_live(office, "prueba").number == 1


def test_it_takes_two_and_of_two_of_one_name_one_is_published(
    tmp_path: Path, sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(tmp_path, sqlite_url, clock, PUENTE_SECOND_PERSON="yes")
    client, chief = office.enter("operador"), office.enter("administrador")
    asked = [send(client, "publicar", PAGE, guion=CLEAN, nota=note) for note in ("a", "b", "c")]
    answers = []
    for place, one in enumerate(asked):
        page = chief.get(one.headers["Location"]).text
        assert "Es una consulta nueva" in page
        digest = re.search(r'name="hash" value="([^"]+)"', page)
        assert digest
        form = {"csrf_token": read_token(page), "hash": digest[1]}
        if place == 2:
            monkeypatch.setattr("admin.approvals.beginning.check_whole", refuse)
        answers.append(chief.post(f"{one.headers['Location']}/aprobar", data=form).status_code)
    assert answers == [303, 409, 409]
    assert find_live(office, "prueba").note == "a"
    office.database.close()


def test_somebody_may_have_published_it_while_it_was_checked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.enter("operador")
    send(client, "publicar", PAGE, guion=CLEAN, nota="a")
    find = "storage.repositories.consultations.Consultations.find"
    token = read_token(client.get(PAGE).text)
    monkeypatch.setattr(find, lambda *_: None)
    form = {"csrf_token": token, "guion": CLEAN, "nota": "b"}
    response = client.post(f"{PAGE}/publicar", data=form)
    assert response.status_code == 409
    assert "Ya hay una consulta" in response.text


def refuse(*_: object) -> None:
    """Find mistakes in whatever is checked."""
    raise BrokenScriptError(())
