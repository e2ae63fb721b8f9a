"""Recorded voice prompts, the whole way: uploaded by staff, played before the text, kept true."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from bot.publishing import publish, restore
from bot.voices import LARGEST
from puente.bundled import read_source
from puente.channels import make_channels
from puente.commands import main
from puente.house import make_delivery, make_fetcher
from storage.vocabulary import AuditAction
from tests.bot.channels.tables.meta_whatsapp import NUMBER_ID, post
from tests.support.fake_meta import ACCESS_TOKEN
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tests.support.office import SLUG, Office, read_token
from tests.support.phones import URL, Answer, SimulatorPhone, TwilioPhone
from tests.support.sounds import make_opus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.support.clock import Clock
    from tests.support.fake_meta import FakeMeta
    from tests.support.fake_twilio import FakeTwilio

PAGE = f"/admin/consultas/{SLUG}/voces"
OPUS = make_opus()
SOURCE = read_source(SLUG)[0]
RECORDED = SOURCE.replace(
    '    texto: "¿Tiene usted 18'.encode(),
    '    voz_grabada: mayor.ogg\n    texto: "¿Tiene usted 18'.encode(),
)
RELABELLED = RECORDED.replace(b'      2: "No"', b'      2: "NO"', 1)


class Voices(Office):
    """The house with WhatsApp of both providers, and phones before it."""

    def __init__(
        self, folder: Path, url: str, clock: Clock, twilio: FakeTwilio, meta: FakeMeta
    ) -> None:
        account = f"account_sid: {ACCOUNT_SID}, auth_token: {AUTH_TOKEN}, api_url: '{twilio.url}'"
        (folder / "channels.yaml").write_text(
            f"""
channels:
  twilio-sms: {{kind: twilio-sms, sender: "{SENDER}", {account}}}
  twilio-whatsapp: {{kind: twilio-whatsapp, sender: "{SENDER}", {account},
                     buttons: {{2: HXtwo}}}}
  wa: {{kind: meta-whatsapp, phone_number_id: "{NUMBER_ID}", api_url: "{meta.url}",
       app_secret: {AUTH_TOKEN}, access_token: {ACCESS_TOKEN}, verify_token: word}}
  simulator: {{kind: simulator}}
""",
            encoding="utf-8",
        )
        super().__init__(folder, url, clock, PUENTE_PUBLIC_URL=URL)
        self.twilio, self.meta, self.ids = twilio, meta, count(1)
        channels = make_channels(self.settings.channels)
        self.fetcher = make_fetcher(self.settings, self.database, channels)
        self.delivery = make_delivery(self.settings, self.database, channels)
        self.publish(RECORDED)

    def publish(self, source: bytes) -> None:
        now = self.clock.advance(minutes=1)
        publish(self.database, source, "guion.yaml", who="prueba", note="", now=now)

    def carry(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.clock.advance(seconds=20)
        response = self.app.test_client().post(
            f"/channels/{path}", data=body, headers=dict(headers)
        )
        return Answer(response.status_code, response.text)

    def hear_by_twilio(self, text: str, number: str) -> list[dict[str, str]]:
        """Write by WhatsApp, twice over; give what Twilio was told to send, in order."""
        phone = TwilioPhone(self.carry, number, "whatsapp:", AUTH_TOKEN, self.ids)
        before = len(self.twilio.messages)
        assert phone.send(text).texts == phone.repeat().texts == ()
        self.delivery.drain("twilio-whatsapp")
        return self.twilio.messages[before:]

    def hear_by_meta(self, text: str) -> list[str]:
        """Write by Meta's WhatsApp; give the types of what it was told to send, in order."""
        message = {"from": "50255550177", "id": "wamid.1", "type": "text", "text": {"body": text}}
        body = json.dumps(post({"messages": [message]})).encode()
        made = hmac.new(AUTH_TOKEN.encode(), body, hashlib.sha256).hexdigest()
        assert self.carry("wa/inbound", body, {"X-Hub-Signature-256": f"sha256={made}"})[0] == 200
        self.clock.advance(seconds=1)
        self.delivery.drain("wa")
        return [
            one["audio"]["link"] if one["type"] == "audio" else one["type"]
            for one in self.meta.messages
        ]


@pytest.fixture
def voices(
    tmp_path: Path, database_url: str, clock: Clock, fake_twilio: FakeTwilio, fake_meta: FakeMeta
) -> Iterator[Voices]:
    office = Voices(tmp_path, database_url, clock, fake_twilio, fake_meta)
    yield office
    office.database.close()


def send(client: FlaskClient, act: str, /, **form: object) -> TestResponse:
    data = {"csrf_token": read_token(client.get(PAGE).text), "idioma": "es", **form}
    boundary, body = encode_multipart(data)
    return client.post(
        f"{PAGE}/{act}", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )


def file(content: bytes = OPUS, kind: str = "audio/ogg") -> FileStorage:
    return FileStorage(BytesIO(content), "voz", content_type=kind)


def upload(
    client: FlaskClient, key: str, content: bytes = OPUS, kind: str = "audio/ogg"
) -> TestResponse:
    return send(client, "subir", texto=key, grabacion=file(content, kind))


def test_a_recording_goes_before_its_text_while_it_says_the_same(voices: Voices) -> None:
    staff = voices.enter("traductor")
    assert "falta" in staff.get(PAGE).text
    response = upload(staff, "inv/texto")
    page = staff.get(response.headers["Location"]).text
    assert "Se guardó la grabación" in page
    assert "grabada" in page
    told = voices.read_audit(AuditAction.VOICE_RECORDED)
    assert [(one["who"], one["text"], one["language"]) for one in told] == [
        ("traductor@example.org", "inv/texto", "es")
    ]

    # By Twilio's API a message of its own without a body, then what can be tapped.
    voice, text = voices.hear_by_twilio("CONSULTA", "+50255550101")
    assert voice["MediaUrl"].startswith(f"{URL}/voces/")
    assert "Body" not in voice
    assert text["ContentSid"] == "HXtwo"
    path = urlsplit(voice["MediaUrl"]).path
    heard = voices.app.test_client().get(path)
    assert (heard.data, heard.content_type) == (OPUS, "audio/ogg; codecs=opus")
    assert heard.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in heard.headers
    part = voices.app.test_client().get(path, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"OggS")
    assert path in page
    for name in ("0" * 32, "a%00b", "..%2Fx"):
        assert voices.app.test_client().get(f"/voces/{name}.ogg").status_code == 404

    # So by Meta, and in the browser's phone; never by SMS, nor where nothing was recorded.
    assert voices.hear_by_meta("CONSULTA") == [voice["MediaUrl"], "interactive"]
    [asked] = voices.hear_by_twilio("1", "+50255550101")
    assert "MediaUrl" not in asked
    sms = TwilioPhone(voices.carry, "+50255550102", token=AUTH_TOKEN).send("CONSULTA")
    assert [URL in text for text in sms.texts] == [False]
    SimulatorPhone(voices.carry, "whatsapp", "+50255550103").send("CONSULTA")
    cookie = voices.app.test_client()
    cookie.post("/simulator/whatsapp", data={"numero": "+50255550103", "boton": "numero"})
    assert f'<audio controls preload="none" src="{path}"' in cookie.get("/simulator/").text
    session = voices.find_session_id()
    shown = voices.enter().get(f"/admin/consultas/{SLUG}/respuestas/{session}").text
    assert f'<audio controls preload="none" src="{path}"' in shown

    # An option says something else: kept, and not played, until the old words come back.
    voices.publish(RELABELLED)
    assert "desactualizada" in staff.get(PAGE).text
    [text] = voices.hear_by_twilio("CONSULTA", "+50255550104")
    assert "MediaUrl" not in text
    now = voices.clock.advance(minutes=1)
    with voices.database.unit() as unit:
        restore(unit, SLUG, 2, who="prueba", note="", now=now)
    assert len(voices.hear_by_twilio("CONSULTA", "+50255550105")) == 2
    voices.fetcher.prune(voices.clock() + timedelta(days=4000))
    assert voices.app.test_client().get(path).status_code == 200

    assert "Se quitó" in staff.get(send(staff, "quitar", texto="inv/texto").location).text
    assert len(voices.hear_by_twilio("CONSULTA", "+50255550106")) == 1
    assert voices.app.test_client().get(path).status_code == 404
    assert "Ya no había" in staff.get(send(staff, "quitar", texto="inv/texto").location).text
    assert len(voices.read_audit(AuditAction.VOICE_REMOVED)) == 1
    voices.fetcher.prune(voices.clock() + timedelta(days=4000))
    assert list((voices.settings.data / "media").glob("??/*")) == []


def test_what_ayuda_answers_is_heard_too(voices: Voices) -> None:
    staff = voices.enter("traductor")
    assert "Lo que la consulta contesta" in staff.get(PAGE).text
    assert upload(staff, "servicio/ayuda").location.endswith("#servicio-ayuda")
    voices.hear_by_twilio("CONSULTA", "+50255550101")
    helped = voices.hear_by_twilio("AYUDA", "+50255550101")
    assert ["MediaUrl" in one for one in helped] == [True, False]  # the question has none


def test_what_is_no_recording_is_not_kept_nor_taken_from_everybody(office: Office) -> None:
    staff = office.enter("traductor")
    for key, content, kind, told in (
        ("inv/texto", b"<html>", "audio/ogg", "no es una grabación"),
        (
            "inv/texto",
            OPUS.replace(b"OpusHead", b"\x01vorbis."),
            "audio/ogg",
            "no es una grabación",
        ),
        ("inv/texto", b"\0\0\0\x18ftypmp42" + bytes(90), "video/mp4", "no es una grabación"),
        ("inv/texto", OPUS + bytes(LARGEST), "audio/ogg", "más de 1.5 MB"),
        ("nada/texto", OPUS, "audio/ogg", "no dice «nada/texto»"),
    ):
        response = upload(staff, key, content, kind)
        assert (response.status_code, told in html.unescape(response.text)) == (400, True)
    assert "Elija un archivo" in send(staff, "subir", texto="inv/texto").text
    assert "no dice" in send(staff, "subir", idioma="quc", texto="inv/texto", grabacion=file()).text
    assert office.read_audit(AuditAction.VOICE_RECORDED) == []
    for act in ("subir", "quitar"):
        form = {"csrf_token": read_token(staff.get(PAGE).text), "texto": "inv/texto"}
        assert staff.post(f"/admin/consultas/nada/voces/{act}", data=form).status_code == 404

    watching = office.enter("observador")
    assert watching.get(PAGE).status_code == 403
    assert "Voces" not in watching.get(f"/admin/consultas/{SLUG}").text


def test_a_folder_is_kept_by_language_and_what_is_missing_is_told(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["flows", *words])
        assert result.exit_code == code, result.output
        return result.output

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert "No hay nada publicado" in run("voice", "derechos", code=1)
    run("publish", "derechos")
    (tmp_path / "guion.yaml").write_bytes(RECORDED)
    assert "sin-grabacion (aviso): «edad» lleva" in run("publish", "guion.yaml")

    for name in ("es/mayor.ogg", "es/inv.ogg", "es/servicio-ayuda.ogg"):
        (tmp_path / "plan" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "plan" / name).write_bytes(OPUS)
    assert "3 grabaciones guardadas\nes: 3 de " in run("voice", SLUG, "plan")
    assert "sin-grabacion" not in run("publish", "guion.yaml")

    (tmp_path / "udhr" / "quc").mkdir(parents=True)
    (tmp_path / "udhr" / "quc" / "d1.ogg").write_bytes(OPUS)
    told = run("voice", "derechos", "udhr").splitlines()
    assert [line for line in told if line.startswith("quc: 1 de ")]
    assert [line for line in told if line.startswith("es: 0 de ")]
    (tmp_path / "udhr" / "quc" / "nada.ogg").write_bytes(OPUS)
    assert "nada.ogg: la consulta no ofrece" in run("voice", "derechos", "udhr", code=1)
