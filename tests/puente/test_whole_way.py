"""The whole way once: a signed message in, the next question out, the answer in the table."""

import base64
import csv
import hashlib
import hmac
import io
from collections.abc import Iterator
from pathlib import Path

import flask
import pytest

from admin.exporting import Exporter, Order
from admin.tables.tiers import Tier
from puente.app import create_app
from puente.bundled import read_source
from puente.house import make_database
from puente.publishing import BrokenScriptError, publish
from puente.settings import Settings, read_settings
from storage.pseudonyms import Pseudonyms

URL = "https://puente.example.org"
TOKEN = "made-up-token"
CITIZEN = "+50255550101"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    environ = {
        "PUENTE_DATA": str(tmp_path),
        "DATABASE_URL": database_url,
        "PUENTE_PUBLIC_URL": URL,
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": TOKEN,
    }
    return read_settings(environ, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[flask.Flask]:
    database = make_database(settings)
    source, name = read_source("plan-digital")
    for _ in range(2):
        revision = publish(database, source, name, who="prueba", note="", now=settings.clock())
        assert revision.number == 1
    database.close()
    app = create_app(settings, serve="web")
    yield app
    app.extensions["puente.database"].close()


def send(app: flask.Flask, text: str, number: int, sign: bool = True) -> tuple[int, str]:  # noqa: FBT001, FBT002
    fields = {"MessageSid": f"SM{number:032d}", "From": CITIZEN, "To": "+50255550199", "Body": text}
    signed = f"{URL}/channels/twilio-sms/inbound" + "".join(k + fields[k] for k in sorted(fields))
    digest = hmac.digest(TOKEN.encode(), signed.encode(), hashlib.sha1)
    headers = {"X-Twilio-Signature": base64.b64encode(digest).decode()} if sign else {}
    response = app.test_client().post("/channels/twilio-sms/inbound", data=fields, headers=headers)
    return response.status_code, response.text


def test_a_consultation_by_signed_sms_arrives_in_both_tables(
    app: flask.Flask, settings: Settings
) -> None:
    proposal = "Que haya internet en mi aldea"
    said = ["CONSULTA", "si", "1", "1", "2", "1 3", "2", proposal, "Nebaj", "1", "3"]
    reply = ""
    for number, text in enumerate(said):
        status, reply = send(app, text, number)
        assert status == 200
    assert "Gracias por participar" in reply
    assert send(app, "otra cosa", 10) == (200, reply), "the same delivery gets the same reply"
    database = make_database(settings)
    exporter = Exporter(database, Pseudonyms(settings.keys), settings.clock, settings.timezone)

    def take(table: str) -> list[dict[str, str]]:
        taken = exporter.prepare(Order("plan-digital", table, "csv", Tier.TEAM, "prueba"))
        assert taken is not None
        return list(csv.DictReader(io.StringIO(b"".join(taken.pieces).decode("utf-8-sig"))))

    long, (wide,) = take("long"), take("wide")
    assert {row["pregunta"]: row["valor"] for row in long}["ub"] == "1413"
    assert {row["pregunta"]: row["texto"] for row in long}["p5"] == proposal
    assert {row["municipio"] for row in long} == {"1413"}
    assert len({row["folio"] for row in long}) == 1
    database.close()
    assert any("1413" in value for value in wide.values())


def test_a_forged_message_is_refused_and_nothing_is_kept(app: flask.Flask) -> None:
    assert send(app, "CONSULTA", 1, sign=False)[0] == 403


def test_the_pages_and_the_health_of_the_house_answer(app: flask.Flask) -> None:
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    assert "Plan de Gobierno Digital" in client.get("/").text
    assert client.get("/simulator/").status_code == 200


def test_a_phone_of_the_simulator_is_on_the_real_path(app: flask.Flask) -> None:
    body = {"id": "1", "from": CITIZEN, "text": "hola", "as": "sms", "session": ""}
    reply = app.test_client().post("/channels/simulator/inbound", json=body).get_json()
    assert reply["messages"][0]["text"].startswith("GAE, Gobierno de Guatemala.")
    assert reply["messages"][0]["segments"] == 1


def test_a_broken_script_is_not_published(settings: Settings) -> None:
    database = make_database(settings)
    with pytest.raises(BrokenScriptError):
        publish(database, b"puente: 1\n", "x", who="prueba", note="", now=settings.clock())
    database.close()
