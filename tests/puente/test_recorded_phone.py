"""A conversation on the simulator's page is handed out as a golden one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.publishing import publish
from flows.golden.chat import read_chat
from flows.golden.playing import compare, pick_up
from puente.app import create_app
from puente.bundled import find_flow, read_source
from puente.house import make_database
from puente.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient


@pytest.fixture
def visitor(tmp_path: Path, sqlite_url: str) -> Iterator[FlaskClient]:
    settings = read_settings({"PUENTE_DATA": str(tmp_path), "DATABASE_URL": sqlite_url}, tmp_path)
    database = make_database(settings)
    publish(database, *read_source("plan-digital"), who="x", note="", now=settings.clock())
    database.close()
    app = create_app(settings, serve="web")
    client = app.test_client()
    client.get("/simulator/")
    yield client
    app.extensions["puente.database"].close()


def press(visitor: FlaskClient, form: str, button: str, *texts: str) -> None:
    for text in texts or ("",):
        data = {"boton": button, "texto": text}
        assert visitor.post(f"/simulator/{form}", data=data).status_code == 303


def take(visitor: FlaskClient, form: str) -> str:
    response = visitor.get(f"/simulator/{form}.chat")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    name = f"attachment; filename=plan-digital-{form}.chat"
    assert response.headers["Content-Disposition"] == name
    chat = read_chat(response.text, "x.chat")
    assert chat.form == form
    assert compare(chat, pick_up(find_flow("plan-digital"), chat)) is None
    return response.text


def find_sent(written: str) -> list[str]:
    return [line for line in written.splitlines() if line[:1] in {">", "@", "#"}]


@pytest.mark.parametrize("form", ["sms", "whatsapp"])
def test_what_was_written_and_waited_is_in_the_file(visitor: FlaskClient, form: str) -> None:
    press(visitor, form, "enviar", "CONSULTA", "si", "1", "2", "1 3", "2")
    press(visitor, form, "una_hora")
    press(visitor, form, "dos_veces", "Que haya internet")
    written = take(visitor, form)
    assert find_sent(written) == [
        *("> CONSULTA", "> si", "> 1", "> 2", "> 1 3", "> 2"),
        *("@ 1 hora", "> Que haya internet"),
    ]
    page = visitor.get("/simulator/").text
    order = [line for line in written.splitlines() if line.startswith("  ")][-4:]
    assert order[0].strip() in page


def test_a_dialled_conversation_has_no_page_words_in_it(visitor: FlaskClient) -> None:
    press(visitor, "ussd", "marcar")
    press(visitor, "ussd", "enviar", "1", "1", "ayuda", "98", "99", "98", "2")
    press(visitor, "ussd", "cortar")
    press(visitor, "ussd", "marcar")
    told = find_sent(take(visitor, "ussd"))
    assert told == ["> (marca)", "> 1", "> 1", "> ayuda", "> 2", "> (marca)"]


def test_before_anything_was_said_there_is_nothing_to_save(visitor: FlaskClient) -> None:
    response = visitor.get("/simulator/sms.chat", follow_redirects=True)
    assert "Aún no hay una conversación que guardar." in response.text


def test_the_page_offers_it(visitor: FlaskClient) -> None:
    page = visitor.get("/simulator/").text
    assert all(f'href="/simulator/{form}.chat"' in page for form in ("sms", "ussd", "whatsapp"))
