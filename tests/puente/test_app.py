from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

import pytest

from bot.channels.twilio_signature import sign
from puente.app import create_app
from puente.demonstration import prepare
from puente.settings import read_settings
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flask.testing import FlaskClient

    from puente.app import Side

TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}


@pytest.fixture(autouse=True)
def close_databases(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what each app opened: an app serves until its process ends."""
    opened: list[Database] = []
    make = Database.__init__

    def keep(self: Database, *arguments: object, **named: object) -> None:
        make(self, *arguments, **named)  # type: ignore[arg-type]
        opened.append(self)

    monkeypatch.setattr(Database, "__init__", keep)
    yield
    for database in opened:
        database.close()


def visit(folder: Path, environ: Mapping[str, str], side: Side = "both") -> FlaskClient:
    return create_app(read_settings(environ, folder), serve=side).test_client()


def send(client: FlaskClient, text: str, claim: str) -> dict[str, object]:
    message = {"id": claim, "from": "+50255550101", "text": text, "as": "sms"}
    response = client.post("/channels/simulator/inbound", json=message)
    assert response.status_code == 200
    found: dict[str, object] = response.get_json()
    return found


def test_the_staffs_pages_beside_it_do_not_read_a_webhooks_body_first(tmp_path: Path) -> None:
    secret = {"app_secret": "s", "verify_token": "v", "access_token": "a"}
    meta = {"kind": "meta-whatsapp", "phone_number_id": "1", **secret}
    file = tmp_path / "channels.yaml"
    file.write_text(json.dumps({"channels": {"meta": meta, "simulator": {"kind": "simulator"}}}))
    client = visit(tmp_path, {"PUENTE_CHANNELS": str(file)})

    def post(name: str, size: int) -> int:
        body = json.dumps({"pad": "x" * size}).encode()
        signature = hmac.digest(b"s", body, "sha256").hex()
        headers = {"X-Hub-Signature-256": f"sha256={signature}"}
        path = f"/channels/{name}/inbound"
        answer = client.post(path, data=body, headers=headers, content_type="application/json")
        return answer.status_code

    assert post("simulator", 60_000) == 400
    assert post("simulator", 70_000) == 413
    assert post("meta", 2_900_000) == 200
    assert post("meta", 3_200_000) == 413


def test_a_database_without_its_migrations_is_not_ready(tmp_path: Path) -> None:
    client = visit(tmp_path, {})
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_migrated_database_is_ready(database_url: str, tmp_path: Path) -> None:
    response = visit(tmp_path, {"DATABASE_URL": database_url}).get("/readyz")
    assert response.get_json() == {"status": "ok", "checks": {"database": "ok", "spool": "ok"}}


def test_a_consultation_goes_from_the_script_to_the_phone(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    environ = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    prepare(read_settings(environ, tmp_path))
    client = visit(tmp_path, environ)
    first = send(client, "CONSULTA", "m1")
    assert "1 Si" in str(first["messages"])
    assert send(client, "CONSULTA", "m1") == first
    assert send(client, "1", "m2") != first
    page = client.get("/")
    assert page.status_code == 200
    assert "Plan de Gobierno Digital" in page.text
    phones = client.get("/simulator/")
    assert phones.status_code == 200
    assert phones.headers["Cache-Control"] == "no-store"


def test_the_staff_s_process_takes_no_messages(tmp_path: Path) -> None:
    client = visit(tmp_path, {}, "admin")
    assert client.post("/channels/simulator/inbound", json={}).status_code == 404
    assert client.get("/healthz").status_code == 200


def test_the_citizens_process_has_no_staff_s_pages(tmp_path: Path) -> None:
    assert visit(tmp_path, {}, "web").get("/admin/").status_code == 404


def test_in_production_there_are_no_phones_to_play_with(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "channels.yaml").write_text("channels: {simulator: {kind: simulator}}")
    environ = {
        "PUENTE_ENV": "production",
        "PUENTE_SECRET_KEY": "k" * 32,
        "PUENTE_PHONE_KEYS": "k1:" + "A" * 43 + "=",
        "DATABASE_URL": sqlite_url,
    }
    client = visit(tmp_path, environ)
    assert client.get("/simulator/").status_code == 404


def test_a_forged_message_is_refused_and_remembered_for_the_doctor(
    sqlite_url: str, tmp_path: Path
) -> None:
    client = visit(tmp_path, TWILIO | {"DATABASE_URL": sqlite_url})
    response = client.post("/channels/twilio-sms/inbound", data={"From": "+50255550101"})
    assert response.status_code == 403
    assert (tmp_path / "var" / "refusals").exists()


def test_a_provider_s_receipt_for_an_unknown_message_is_no_error(
    sqlite_url: str, tmp_path: Path
) -> None:
    client = visit(tmp_path, TWILIO | {"DATABASE_URL": sqlite_url})
    form = {"MessageSid": "SM1", "MessageStatus": "delivered", "AccountSid": "AC1"}
    path = "/channels/twilio-sms/status"
    text = "".join(f"{key}{form[key]}" for key in sorted(form))
    signature = sign("t", f"http://127.0.0.1:8000{path}{text}")
    response = client.post(path, data=form, headers={"X-Twilio-Signature": signature})
    assert response.status_code == 204
