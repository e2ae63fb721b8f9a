from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner

from bot.refusals import RefusalMemory
from puente.commands import main
from puente.console import load_settings
from puente.house import make_spool
from storage.migrate import upgrade
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN, SENDER

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.support.fake_twilio import FakeTwilio


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    return tmp_path


def ask(*arguments: str, **environ: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments], env=environ)


def test_a_machine_in_order_has_no_problem(redis_url: str, database_url: str) -> None:
    result = ask(REDIS_URL=redis_url, DATABASE_URL=database_url)
    told = result.output.splitlines()
    assert told[2].startswith("bien      al disco de la carpeta de datos le quedan ")
    assert [told[1], *told[3:]] == [
        "bien      la base de datos responde y está al día",
        "aviso     no hay ningún proceso en marcha: arranque puente up",
        "bien      Redis responde",
        "bien      canales: simulator (simulator); revise uno con --channel NOMBRE",
    ]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("free", "told"),
    [
        (10**7, "problema  al disco de la carpeta de datos le quedan 0.0 GB: así no se reciben"),
        (10**9, "aviso     al disco de la carpeta de datos le quedan 1.0 GB; haga lugar"),
        (10**10, "bien      al disco de la carpeta de datos le quedan 10.0 GB"),
    ],
)
def test_a_disk_that_fills_is_told_in_time(
    monkeypatch: pytest.MonkeyPatch, free: int, told: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: DiskUsage(free))
    assert told in ask().output


class DiskUsage(NamedTuple):
    free: int


def _find_no_room(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_messages_that_were_set_aside_are_told_of_until_they_are_taken_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = make_spool(load_settings())
    spool.keep("tel:+50255550101", "hola")
    spool.replay(lambda _text: False)
    told = "problema  mensajes apartados por una falla nuestra: 1."
    assert told in ask(DATABASE_URL=database_url).output

    with monkeypatch.context() as full:
        full.setattr("os.pwrite", _find_no_room)
        result = CliRunner().invoke(main, ["spool", "retake"])
    assert (
        result.output == "Error: No se pudo escribir (No space left on device); nada se perdió.\n"
    )
    result = CliRunner().invoke(main, ["spool", "retake"])
    assert result.output.startswith("Mensajes que vuelven a su lugar: 1;")
    assert told not in ask(DATABASE_URL=database_url).output
    taken: list[str] = []
    assert spool.replay(lambda text: not taken.append(text)) == 1  # type: ignore[func-returns-value]
    assert taken == ["hola"]


def test_a_new_machine_lacks_its_migrations_and_redis(machine: Path) -> None:
    result = ask()
    assert "problema  la base de datos no está al día: ejecute puente db upgrade" in result.output
    assert "aviso     Redis no responde: arranca con puente up o puente worker;" in result.output
    assert result.exit_code == 1
    upgrade(f"sqlite:///{machine}/var/puente.sqlite3")
    assert ask().exit_code == 0


def test_a_database_and_a_redis_that_are_away_are_told(machine: Path) -> None:
    result = ask(
        DATABASE_URL=f"postgresql://puente:canary-secret-5f0e9d@/puente?host={machine}",
        REDIS_URL=f"unix://{machine}/none.sock",
    )
    assert "problema  la base de datos no responde" in result.output
    assert "aviso     Redis no responde;" in result.output
    assert "canary" not in result.output


def test_settings_that_are_wrong_are_told() -> None:
    result = ask(PUENTE_ENV="production")
    assert result.output.splitlines() == [
        "problema  PUENTE_SECRET_KEY is missing: any 32 random signs or more",
        "problema  PUENTE_PHONE_KEYS is missing: id:base64 of 32 random bytes, …",
    ]
    assert result.exit_code == 1


def test_https_says_by_which_address_staff_enter() -> None:
    told = "entrada del personal está en https://voz.example.org/admin/ y por http no funciona"
    assert told in ask(PUENTE_PUBLIC_URL="https://voz.example.org").output
    assert "entrada" not in ask(PUENTE_PUBLIC_URL="http://voz.example.org").output


def test_a_house_without_a_way_in_is_told(machine: Path) -> None:
    (machine / "channels.yaml").write_text("channels: {}")
    assert "problema  no hay ningún canal: escriba channels.yaml" in ask().output


def test_a_channel_that_cannot_be_made_is_told(machine: Path) -> None:
    (machine / "channels.yaml").write_text("channels: {fax: {kind: fax}}")
    result = ask("--channel", "fax")
    assert "problema  channel fax: no kind 'fax'" in result.output
    assert result.exit_code == 1


def test_an_unknown_channel_is_told_with_those_there_are() -> None:
    result = ask("--channel", "claro")
    assert "no hay un canal 'claro'; hay: simulator" in result.output
    assert result.exit_code == 1


def test_a_channel_whose_signature_did_not_match_is_explained(
    fake_twilio: FakeTwilio, machine: Path
) -> None:
    at = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    memory = RefusalMemory(machine / "var" / "refusals", lambda: at)
    memory.remember("twilio-sms", "signature_says_https")
    result = ask(
        *("--channel", "twilio-sms"),
        PUENTE_PUBLIC_URL="http://consulta.example.org",
        TWILIO_ACCOUNT_SID=ACCOUNT_SID,
        TWILIO_AUTH_TOKEN=AUTH_TOKEN,
        TWILIO_SMS_SENDER=SENDER,
        TWILIO_API_URL=fake_twilio.url,
    )
    assert (
        "problema  la firma no coincide: PUENTE_PUBLIC_URL dice http, Twilio firma https"
        " (2026-03-02 09:30)"
    ) in result.output
    assert "bien      el proveedor acepta la cuenta y su clave" in result.output
    assert result.exit_code == 1


def test_a_data_folder_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = os.access  # Alembic asks it too, of the folder of the migrations
    monkeypatch.setattr(
        "os.access", lambda path, mode: "migrations" in str(path) and real(path, mode)
    )
    assert "problema  la carpeta de datos no se puede escribir" in ask().output
