from __future__ import annotations

import base64
import multiprocessing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels.settings import ChannelSettings
from puente.clock import Clock, parse_offset
from puente.secret_files import keep_secret
from puente.settings import SettingsError, read_settings
from tests.support.canaries import CANARY_SECRET

if TYPE_CHECKING:
    from pathlib import Path

KEY = base64.b64encode(bytes(32)).decode()
PRODUCTION = {
    "PUENTE_ENV": "production",
    "PUENTE_SECRET_KEY": CANARY_SECRET * 2,
    "PUENTE_PHONE_KEYS": f"k2:{KEY},k1:{KEY}",
}


def problems_of(environ: dict[str, str], folder: Path) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ, folder)
    return caught.value.problems


def test_an_empty_environment_is_a_development_machine(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert not settings.is_production
    assert not settings.asks_second_person
    assert settings.data == tmp_path / "var"
    assert settings.keys == tmp_path / "var" / "keys"
    assert settings.port == 8000
    assert settings.database_url == f"sqlite:///{tmp_path}/var/puente.sqlite3"
    assert settings.redis_url == f"unix://{tmp_path}/var/valkey/valkey.sock"
    assert settings.is_redis_embedded
    assert settings.channels == (
        ChannelSettings("simulator", "simulator", {}, "http://127.0.0.1:8000"),
    )
    assert settings.public_url == "http://127.0.0.1:8000"
    assert not settings.is_https
    assert settings.trusted_proxies == 0
    assert str(settings.timezone) == "America/Guatemala"
    assert len(settings.secret_key) == 64
    assert [(key_id, len(key)) for key_id, key in settings.phone_keys.keys] == [("dev", 32)]


def test_the_secrets_of_a_development_machine_stay_the_same(tmp_path: Path) -> None:
    first = read_settings({}, tmp_path)
    second = read_settings({}, tmp_path)
    assert (first.secret_key, first.phone_keys) == (second.secret_key, second.phone_keys)
    files = list((tmp_path / "var" / "secrets").iterdir())
    assert {file.name for file in files} == {"secret_key", "phone_key"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    found = context.SimpleQueue()
    barrier = context.Barrier(4)
    path = tmp_path / "secrets" / "secret_key"

    def run(number: int) -> None:
        barrier.wait()
        found.put(keep_secret(path, lambda: f"made by {number}"))

    processes = [context.Process(target=run, args=(number,)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert len({found.get() for _ in processes}) == 1
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_a_data_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file stands where the folder should be")
    assert problems_of({}, tmp_path)[0].startswith("PUENTE_DATA is a folder that cannot be used")


def test_production_names_all_that_is_missing(tmp_path: Path) -> None:
    assert problems_of({"PUENTE_ENV": "production"}, tmp_path) == (
        "PUENTE_SECRET_KEY is missing: any 32 random signs or more",
        "PUENTE_PHONE_KEYS is missing: id:base64 of 32 random bytes, …",
    )
    assert not (tmp_path / "var").exists()


def test_production_with_its_secrets_starts_without_the_simulator(tmp_path: Path) -> None:
    settings = read_settings(PRODUCTION, tmp_path)
    assert settings.is_production
    assert settings.asks_second_person
    assert settings.channels == ()
    assert [key_id for key_id, _ in settings.phone_keys.keys] == ["k2", "k1"]


def test_production_does_not_read_dot_env(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=9000\n")
    assert read_settings({}, tmp_path).port == 9000
    assert read_settings({"PORT": "9001"}, tmp_path).port == 9001
    assert read_settings(PRODUCTION, tmp_path).port == 8000


def test_nothing_secret_shows_in_the_repr(tmp_path: Path) -> None:
    settings = read_settings(
        PRODUCTION
        | {
            "DATABASE_URL": f"postgresql://puente:{CANARY_SECRET}@db.example.org/puente",
            "REDIS_URL": f"redis://:{CANARY_SECRET}@redis.example.org",
            "PUENTE_MAIL_URL": f"smtp://puente:{CANARY_SECRET}@mail.example.org",
            "PUENTE_METRICS_TOKEN": CANARY_SECRET,
            "TWILIO_ACCOUNT_SID": CANARY_SECRET,
            "TWILIO_AUTH_TOKEN": CANARY_SECRET,
        },
        tmp_path,
    )
    assert CANARY_SECRET not in repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_always_psycopg_3(scheme: str, tmp_path: Path) -> None:
    settings = read_settings({"DATABASE_URL": f"{scheme}://u:p@h/d"}, tmp_path)
    assert settings.database_url == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUENTE_ENV", "staging"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PUENTE_PUBLIC_URL", "quetzal.example.org"),
        ("PUENTE_PUBLIC_URL", "https:///quetzal"),
        ("DATABASE_URL", "mysql://h/d"),
        ("DATABASE_URL", "quetzal.db"),
        ("PUENTE_TRUSTED_PROXIES", "10.0.0.1"),
        ("PUENTE_TIMEZONE", "America/Xela"),
        ("PUENTE_TIMEZONE", "../etc/passwd"),
        ("PUENTE_CLOCK_OFFSET", "tomorrow"),
        ("PUENTE_SECOND_PERSON", "perhaps"),
        ("PUENTE_LOG", "debug"),
        ("PUENTE_SECRET_KEY", "quetzal"),
        ("PUENTE_PHONE_KEYS", "k1"),
        ("PUENTE_PHONE_KEYS", f"a key:{KEY}"),
        ("PUENTE_PHONE_KEYS", f"k1:{KEY[:-4]}"),
        ("PUENTE_PHONE_KEYS", f"k1:{KEY},k1:{KEY}"),
    ],
)
def test_a_wrong_value_is_named_and_not_shown(name: str, value: str, tmp_path: Path) -> None:
    (problem,) = problems_of({name: value}, tmp_path)
    assert problem.startswith(f"{name} ")
    assert value not in problem.removeprefix(name)


def test_a_channels_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    (problem,) = problems_of({"PUENTE_CHANNELS": "nowhere.yaml"}, tmp_path)
    assert problem == f"PUENTE_CHANNELS names a file that is not there: {tmp_path}/nowhere.yaml"


def test_the_clock_cannot_be_moved_in_production(tmp_path: Path) -> None:
    environ = PRODUCTION | {"PUENTE_CLOCK_OFFSET": "+2h"}
    assert problems_of(environ, tmp_path) == ("PUENTE_CLOCK_OFFSET is for development only",)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("+2h", 7200), ("-30m", -1800), ("1d", 86400), ("45s", 45), (" 5 ", 5)],
)
def test_an_offset_is_seconds_or_has_a_unit(text: str, seconds: int) -> None:
    assert parse_offset(text) == timedelta(seconds=seconds)


def test_the_clock_is_moved_by_its_offset(tmp_path: Path) -> None:
    clock = read_settings({"PUENTE_CLOCK_OFFSET": "+2h"}, tmp_path).clock
    ahead = clock() - datetime.now(UTC)
    assert timedelta(hours=1, minutes=59) < ahead < timedelta(hours=2, minutes=1)
    assert Clock()().tzinfo is UTC
