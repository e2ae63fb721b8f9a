"""Bitácora: who did what, found by day, person and act, and taken out as CSV."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from typing import TYPE_CHECKING

from admin.pages import audit
from storage.vocabulary import AuditAction
from tests.support.office import SLUG

if TYPE_CHECKING:
    import pytest
    from flask.testing import FlaskClient

    from tests.support.office import Office

PAGE = "/admin/bitacora"


def count_rows(client: FlaskClient, query: str = "") -> int:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return len(re.findall(r'<td class="why"><strong>', response.text))


def test_a_filter_leaves_what_it_says(office_on_each: Office) -> None:
    office = office_on_each
    office.enter("exportador").get(f"/admin/consultas/{SLUG}/long.csv")
    office.clock.advance(days=1)
    client = office.enter("administrador")
    queries = {
        "": 8,
        "?accion=staff:export:take": 1,
        "?quien=exportador@example.org": 2,
        "?quien=exportador@example.org&accion=staff:session:enter": 1,
        "?desde=2026-03-03": 2,
        "?hasta=2026-03-02": 6,
        "?quien=nadie@example.org": 0,
        "?accion=nada": 8,
        "?desde=ayer&hasta=%00": 8,
        "?quien=a%00b": 8,
        "?accion=' OR 1=1": 8,
    }
    assert {query: count_rows(client, query) for query in queries} == queries
    assert client.get(f"{PAGE}?despues=x").status_code == 404


def test_pages_follow_each_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PAGE", 3)
    client = office.enter("administrador")
    first = client.get(f"{PAGE}?hasta=2026-03-02").text
    link = re.search(r'href="([^"]*despues=[^"]*)"', first)
    assert link
    assert "hasta=2026-03-02" in link[1]
    second = client.get(link[1].replace("&amp;", "&")).text
    assert "Volver al principio" in second
    assert "Ver las siguientes" not in second


def test_an_event_bears_its_number_once_it_is_sealed(office: Office) -> None:
    client = office.enter("administrador")
    assert "por sellar" in client.get(PAGE).text
    with office.database.unit() as unit:
        unit.audit.seal()
    assert "por sellar" not in client.get(PAGE).text


def test_the_file_holds_what_the_filter_leaves_and_is_written_down(office_on_each: Office) -> None:
    office = office_on_each
    client = office.enter("administrador")
    with office.database.unit() as unit:
        unit.audit.seal()
    response = client.get(f"{PAGE}.csv?accion=staff:session:enter&x=1")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert [(row["accion"], row["quien"]) for row in rows] == [
        ("Entró", "administrador@example.org")
    ]
    assert len(rows[0]["sha256"]) == 64
    (entry,) = office.read_audit(AuditAction.AUDIT_TAKEN)
    assert entry == {
        "who": "administrador@example.org",
        "filter": "accion=staff:session:enter",
        "rows": 1,
        "hash": hashlib.sha256(response.data).hexdigest(),
    }


def test_only_who_may_read_it_is_led_there(office: Office) -> None:
    assert PAGE in office.enter("administrador").get("/admin/").text
    client = office.enter("exportador")
    assert PAGE not in client.get("/admin/").text
    assert client.get(f"{PAGE}.csv").status_code == 403
