"""Files that take a while, from the page that offers them to the file itself."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import redis

from storage.vocabulary import AuditAction
from tests.support.office import SLUG, Office, read_token

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.clock import Clock

PAGE = f"/admin/consultas/{SLUG}"
PREPARE = f"{PAGE}/preparar"


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """One conversation is many."""
    monkeypatch.setattr("admin.export_jobs.LARGE", 1)


def order(client: FlaskClient, **form: str) -> str:
    """Send the form; give the address of the file's page."""
    token = read_token(client.get(PREPARE).text)
    response = client.post(PREPARE, data={"csrf_token": token, **form})
    assert response.status_code == 303
    return response.headers["Location"]


def test_a_large_file_is_asked_for_watched_and_fetched(office: Office) -> None:
    office.answer()
    client = office.enter("exportador")
    response = client.get(f"{PAGE}/long.csv?nivel=grupo&historia=si")
    assert response.status_code == 302
    offer = client.get(response.headers["Location"]).text
    assert "el archivo tarda" in offer
    assert "con respuestas sustituidas" in offer
    page = order(client, tabla="long", formato="csv", nivel="grupo", historia="si")
    waiting = client.get(page).text
    assert "Espera su turno" in waiting
    assert "Actualizar" in waiting
    assert client.get(f"{page}/archivo").status_code == 404
    office.make_files()
    ready = client.get(page).text
    assert "Está listo" in ready
    assert "Actualizar" not in ready
    file = client.get(f"{page}/archivo")
    assert file.status_code == 200
    assert file.headers["Content-Disposition"].startswith(
        'attachment; filename="respuestas_largo_plan-digital_grupo_'
    )
    assert len(file.data) == file.content_length
    [entry] = office.read_audit(AuditAction.EXPORT_TAKEN)
    assert (entry["who"], entry["tier"], entry["filter"], entry["whole"]) == (
        *("exportador@example.org", "grupo", "history", 1),
    )
    assert page in client.get(f"{PAGE}/descargas").text


def test_a_small_one_comes_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("admin.export_jobs.LARGE", 2)
    office.answer()
    client = office.enter("exportador")
    assert client.get(f"{PAGE}/long.csv").status_code == 200
    office.answer(number="+50255550102")
    assert client.get(f"{PAGE}/long.csv").headers["Location"].startswith(PREPARE)


def test_somebody_elses_file_is_refused(office: Office) -> None:
    page = order(office.enter("administrador"), nivel="equipo")
    office.make_files()
    other = office.enter("exportador")
    assert other.get(page).status_code == 403
    assert other.get(f"{page}/archivo").status_code == 403
    token = read_token(other.get(PREPARE).text)
    assert other.post(f"{page}/cancelar", data={"csrf_token": token}).status_code == 403
    assert office.app.test_client().get(f"{page}/archivo").status_code == 302
    assert office.read_audit(AuditAction.EXPORT_TAKEN) == []


def test_a_file_asked_for_under_a_role_she_has_no_more_is_refused(office: Office) -> None:
    client = office.enter("exportador")
    page = order(client, nivel="equipo")
    office.make_files()
    assert client.get(page).status_code == 200
    office.add_staff("observador")
    with office.database.unit() as unit:
        unit.staff.give_role("exportador@example.org", "observador")
        unit.staff.remove_role("exportador@example.org", "exportador")
    assert client.get(f"{page}/archivo").status_code == 403


def test_a_file_can_be_cancelled(office: Office) -> None:
    client = office.enter("exportador")
    page = order(client)
    token = read_token(client.get(page).text)
    assert client.post(f"{page}/cancelar", data={"csrf_token": token}).status_code == 303
    assert "Se canceló" in client.get(page).text
    office.make_files()
    assert client.get(f"{page}/archivo").status_code == 404


def test_a_file_is_gone_after_a_day(office: Office) -> None:
    client = office.enter("exportador")
    page = order(client)
    office.make_files()
    office.clock.advance(days=1)
    client = office.enter("exportador")
    assert "Ya no está" in client.get(page).text
    assert client.get(f"{page}/archivo").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("tabla=nada", 404),
        ("formato=exe", 404),
        ("tabla=wide&formato=floip", 404),
        ("nivel=equipo", 403),
        ("nivel=%00", 404),
        ("tabla=long&formato=floip", 200),
    ],
)
def test_a_hand_made_order_is_answered_calmly(office: Office, query: str, status: int) -> None:
    assert office.enter("observador").get(f"{PREPARE}?{query}").status_code == status


def test_an_order_without_a_forms_token_is_refused(office: Office) -> None:
    client = office.enter("exportador")
    assert client.post(PREPARE).status_code == 400
    assert client.get(f"/admin/archivos/{uuid4()}").status_code == 404
    assert client.get("/admin/archivos/nada").status_code == 404
    assert client.get("/admin/consultas/nada/preparar").status_code == 404


def test_the_worker_is_told_of_an_order_by_its_id_alone(
    tmp_path: Path, sqlite_url: str, clock: Clock, redis_url: str
) -> None:
    office = Office(tmp_path, sqlite_url, clock, REDIS_URL=redis_url)
    page = order(office.enter("exportador"))
    with redis.Redis.from_url(redis_url) as client:
        [key] = client.keys("rq:job:*")
        data = json.loads(zlib.decompress(client.hget(key, "data") or b""))
    assert data == ["export", None, [page.rsplit("/", 1)[1]], {}]
    office.database.close()
