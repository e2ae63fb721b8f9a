from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.settings import ChannelSettings
from puente.settings import SettingsError, read_settings
from tests.support.canaries import CANARY_SECRET

if TYPE_CHECKING:
    from pathlib import Path

TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}


def read(text: str, folder: Path, **environ: str) -> tuple[ChannelSettings, ...]:
    (folder / "channels.yaml").write_text(text, encoding="utf-8")
    return read_settings(environ, folder).channels


def problems_of(text: str, folder: Path, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(text, folder, **environ)
    return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_file_says_which_channels_there_are(tmp_path: Path) -> None:
    text = """
channels:
  claro: {kind: kannel, sender: "0000", tariff: citizen_pays, token: "${KANNEL_TOKEN}"}
  mensajes:
    kind: twilio-sms
    auth_token: ["${NEW}", "${OLD}-x"]
    limit: 3
"""
    environ = {"KANNEL_TOKEN": "t", "NEW": "n", "OLD": "o"} | TWILIO
    environ["PUENTE_PUBLIC_URL"] = "https://consulta.example.org/"
    claro, mensajes = read(text, tmp_path, **environ)
    assert claro == ChannelSettings(
        "claro",
        "kannel",
        {"sender": "0000", "tariff": "citizen_pays", "token": "t"},
        "https://consulta.example.org",
    )
    assert mensajes.options == {"auth_token": ["n", "o-x"], "limit": 3}


def test_any_channel_may_have_a_pace_and_a_channel_to_fall_back_on(tmp_path: Path) -> None:
    text = """
channels:
  sms: {kind: simulator}
  whatsapp: {kind: simulator, rate: 0.5, fallback: sms, daily: 5000, price: 0.25}
"""
    sms, whatsapp = read(text, tmp_path)
    assert (sms.rate, sms.fallback, sms.daily, sms.price) == (0, "", 0, 0)
    assert (whatsapp.rate, whatsapp.fallback, whatsapp.daily) == (0.5, "sms", 5000)
    assert whatsapp.price == 0.25
    assert whatsapp.options == {}


@pytest.mark.parametrize(
    "wrong",
    [
        "rate: fast",
        "rate: -1",
        "rate: true",
        "fallback: fax",
        "daily: 0.5",
        "price: Q1",
        "price: -1",
    ],
)
def test_a_pace_that_is_none_is_told(tmp_path: Path, wrong: str) -> None:
    text = f"channels:\n  sms: {{kind: simulator, {wrong}}}\n"
    [problem] = problems_of(text, tmp_path)
    assert problem.startswith(f"channels.yaml:2: sms.{wrong.split(':', maxsplit=1)[0]} is no")


def test_without_a_file_twilio_comes_from_the_environment(tmp_path: Path) -> None:
    environ = TWILIO | {"TWILIO_SMS_SENDER": "+15005550006"}
    channels = read_settings(environ, tmp_path).channels
    assert [(channel.name, channel.kind) for channel in channels] == [
        ("simulator", "simulator"),
        ("twilio-sms", "twilio-sms"),
        ("twilio-whatsapp", "twilio-whatsapp"),
    ]
    assert channels[1].options == {
        "account_sid": "AC1",
        "auth_token": "t",
        "sender": "+15005550006",
    }


def test_a_file_may_stand_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "c.yaml").write_text("channels: {a: {kind: simulator}}")
    (channel,) = read_settings({"PUENTE_CHANNELS": "etc/c.yaml"}, tmp_path).channels
    assert channel.name == "a"


def test_every_mistake_is_told_with_file_line_and_key(tmp_path: Path) -> None:
    text = f"""channels:
  Claro Móvil: {{kind: kannel}}
  uno:
  dos: {{sender: "{CANARY_SECRET}"}}
  tres:
    kind: kannel
    token: "${{NOT_SET}}"
    old:
      - "${{ALSO_NOT_SET}}"
"""
    assert problems_of(text, tmp_path) == [
        "channels.yaml:2: Claro Móvil is no channel name: small letters, digits, hyphens",
        "channels.yaml:3: uno needs its keys, at least `kind`",
        "channels.yaml:4: dos.kind is missing",
        "channels.yaml:7: tres.token needs the environment variable NOT_SET",
        "channels.yaml:8: tres.old needs the environment variable ALSO_NOT_SET",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "channels.yaml:1: channels is missing: put each channel below `channels:`"),
        ("[]", "channels.yaml:1: channels is missing: put each channel below `channels:`"),
        ("channels:\n  a: {kind: [", "channels.yaml:"),
        ("channels:\n  a: {kind: x}\n  a: {kind: y}", "channels.yaml:3: "),
        ("channels:\n\ta: 1", "channels.yaml:"),
    ],
)
def test_a_file_that_is_no_list_of_channels_is_a_sentence(
    text: str, problem: str, tmp_path: Path
) -> None:
    (found,) = problems_of(text, tmp_path)
    assert found.startswith(problem)


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "channels.yaml").write_bytes(b"channels: \xff")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings({}, tmp_path)
