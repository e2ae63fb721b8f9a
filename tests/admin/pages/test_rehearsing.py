"""Probar: a draft on three phones, in drafts of languages too; nothing of it stays."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from admin.rehearsing import DIALLED, play
from flows.script.compile import make_flow
from flows.script.parse import read_script
from storage.models import Base
from tests.admin.pages.test_scripts import BROKEN, EDITED, PAGE, SOURCE
from tests.support.office import read_token

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.clock import Clock
    from tests.support.office import Office

ADDRESS = f"{PAGE}/probar"
_KEPT = re.compile(r'name="(dicho_\w+)" value="([^"]*)"')


class Visitor:
    """Somebody who presses the page's buttons; the page alone remembers."""

    def __init__(self, client: FlaskClient, source: str) -> None:
        self.client = client
        self.source = source
        self.page = client.get(ADDRESS).text

    def press(self, **fields: str) -> str:
        return html.unescape(self.send(**fields).text)

    def send(self, **fields: str) -> TestResponse:
        kept = {name: html.unescape(value) for name, value in _KEPT.findall(self.page)}
        data = {"csrf_token": read_token(self.page), "guion": self.source, **kept, **fields}
        response = self.client.post(ADDRESS, data=data)
        self.page = response.text
        return response


def count_rows(office: Office) -> dict[str, int]:
    with office.database.session() as session:
        return {
            table.name: session.scalars(select(func.count()).select_from(table)).one()
            for table in Base.metadata.sorted_tables
        }


def test_a_draft_is_tried_on_three_phones_and_leaves_nothing(office: Office) -> None:
    client = office.enter("operador")
    before = count_rows(office)
    visitor = Visitor(client, EDITED.replace("¿Pagó a otra", "¿Le pagó a otra"))
    assert "Este es el guion que está en vivo." in visitor.page
    page = visitor.press(telefono="sms", texto="CONSULTA")
    assert "Este guion es un borrador" in page
    for text in ("si", "si", "1"):
        page = visitor.press(telefono="sms", texto=text)
    assert "¿Le pago a otra persona" in page  # as a simple phone shows it
    assert "1 SMS" in page

    page = visitor.press(marcar="ussd")
    assert "Pantalla" in page
    page = visitor.press(telefono="ussd", texto="2")  # no consent: the session is over
    assert "La sesión terminó." in page
    page = visitor.press(telefono="whatsapp", texto="hola")
    assert 'name="toque" value="1"' in page
    page = visitor.press(telefono="whatsapp", toque="1")
    assert "¿Tiene usted 18 años o más?" in page
    assert "¿Le pago a otra persona" in page  # the other phones stand where they stood
    page = visitor.press(de_nuevo="sms")
    assert "¿Le pago a otra persona" not in page
    assert count_rows(office) == before


def test_a_draft_of_a_language_is_tried_and_called_one(office: Office) -> None:
    office.publish_again(SOURCE.encode())
    visitor = Visitor(office.enter("operador"), SOURCE)
    assert "K'iche' (borrador)" in html.unescape(visitor.page)
    page = visitor.press(telefono="sms", texto="hola", idioma="quc")
    assert "K'iche', borrador" in page
    assert "Nadie recibe este idioma" in page
    assert "1 je'" in page


def test_a_long_ussd_screen_is_turned_page_by_page(clock: Clock) -> None:
    long = f"¿Tiene usted 18 años o más? {'Es para mayores. ' * 15}"
    script = read_script(SOURCE.replace("¿Tiene usted 18 años o más?", long).encode(), name="x")
    assert script.script
    typed = (DIALLED, "1", "98")
    played = play(make_flow(script.script), "ussd", typed, "es", clock())
    assert played.typed == typed
    assert played.lines[-1].text.endswith("98 Mas 99 Atras")


def test_what_is_broken_or_made_up_is_not_played(office: Office) -> None:
    visitor = Visitor(office.enter("operador"), BROKEN)
    response = visitor.send(telefono="sms", texto="hola")
    assert response.status_code == 400
    assert "corríjalos" in response.text
    visitor = Visitor(office.enter("operador"), SOURCE)
    for made_up in ("{", "3", "[3]"):
        page = visitor.press(dicho_sms=made_up, idioma="xx", telefono="sms", texto="")
        assert page.count("Aún no hay nada.") == 3
    page = visitor.press(dicho_sms=json.dumps(["x"] * 200))
    assert "caben 100 mensajes" in page
    assert "Este es el guion que está en vivo." in page
    assert visitor.client.get("/admin/consultas/nada/guion/probar").status_code == 404
