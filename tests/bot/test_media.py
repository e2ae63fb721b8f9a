"""Voice notes and pictures: fetched, looked into, sealed, and gone when their person goes."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.channels import CHANNELS, api
from bot.channels.base import SendError
from bot.channels.settings import ChannelSettings
from bot.media import AGAIN, Fetcher, find_kind
from storage.deletions import Erasure
from storage.files import MediaFiles
from storage.records import NewMedia
from storage.sealing import PhoneKeys, Sealer
from tests.support.citizens import PHONE, open_town
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN
from tests.support.provider_server import serve_provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.channels.base import Channel
    from storage.records import TurnWrite
    from tests.support.citizens import Town
    from tests.support.provider_server import Asked

VOICE = b"OggS" + bytes(range(256)) * 40
KEYS = PhoneKeys.parse("k:" + "A" * 43 + "=")


@dataclass
class Store:
    """A provider's files by path: a status and what is answered, or nothing at all."""

    url: str = ""
    files: dict[str, tuple[int, bytes] | None] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, asked: Asked) -> tuple[int, bytes] | None:
        self.asked.append((asked.path, asked.headers.get("authorization", "")[:6]))
        return self.files.get(asked.path, (404, b"{}"))


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store()
    with serve_provider(store.answer) as url:
        store.url = url
        yield store


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


@pytest.fixture
def files(tmp_path: Path) -> MediaFiles:
    return MediaFiles(tmp_path / "media", Sealer(KEYS))


@pytest.fixture
def fetcher(town: Town, store: Store, files: MediaFiles) -> Fetcher:
    twilio = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": store.url}
    meta = {
        "phone_number_id": "1",
        "app_secret": "a",
        "verify_token": "v",
        "access_token": "t",
        "api_url": store.url,
    }
    channels: dict[str, Channel] = {
        "sms": CHANNELS["twilio-sms"](ChannelSettings("sms", "twilio-sms", twilio)),
        "wa": CHANNELS["meta-whatsapp"](ChannelSettings("wa", "meta-whatsapp", meta)),
        "ussd": CHANNELS["kannel"](ChannelSettings("ussd", "kannel", {"token": "t"})),
    }
    return Fetcher(town.database, channels, files)


def receive(
    town: Town, url: str, said: str = "audio/ogg", channel: str = "sms", phone: str = PHONE
) -> TurnWrite:
    media = NewMedia(town.make_id(), None, None, channel, said, url, town.now)
    return town.take(phone, media=(media,))


def rows(town: Town) -> list[tuple[str, str, str, int]]:
    with town.database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT state, kind, code, tries FROM media ORDER BY at")
        return [tuple(row) for row in found]


def names(town: Town) -> set[str]:
    with town.database.reading() as unit:
        return unit.media.list_names()


def test_a_voice_note_is_fetched_and_only_its_key_opens_it(
    town: Town, store: Store, fetcher: Fetcher, files: MediaFiles, tmp_path: Path
) -> None:
    store.files["/m/1"] = (200, VOICE)
    receive(town, f"{store.url}/m/1")

    fetcher.fetch(town.now)

    assert rows(town) == [("kept", "audio/ogg", "", 1)]
    [name] = names(town)
    assert files.read(name) == VOICE
    [path] = [one for one in (tmp_path / "media").rglob("*") if one.is_file()]
    assert VOICE[:40] not in path.read_bytes()
    assert store.asked == [("/m/1", "Basic ")]
    fetcher.fetch(town.now + timedelta(days=1))
    assert len(store.asked) == 1


def test_meta_is_asked_first_where_a_file_stands(
    town: Town, store: Store, fetcher: Fetcher
) -> None:
    store.files["/9001"] = (200, json.dumps({"url": f"{store.url}/f"}).encode())
    store.files["/f"] = (200, VOICE)
    receive(town, f"{store.url}/9001", "audio/ogg; codecs=opus", "wa")

    fetcher.fetch(town.now)

    assert rows(town) == [("kept", "audio/ogg", "", 1)]
    assert store.asked == [("/9001", "Bearer"), ("/f", "Bearer")]


@pytest.mark.parametrize("place", ["https://evil.example.org/f", "http://127.0.0.1:1/f", "", "x"])
def test_our_token_goes_to_nobody_but_meta(
    town: Town, store: Store, fetcher: Fetcher, place: str
) -> None:
    store.files["/9001"] = (200, json.dumps({"url": place}).encode())
    receive(town, f"{store.url}/9001", channel="wa")

    fetcher.fetch(town.now)

    assert rows(town) == [("refused", "", "foreign_address", 1)]


@pytest.mark.parametrize(
    ("content", "said", "code"),
    [
        (b"<html>", "audio/ogg", "not_what_it_says"),
        (b"MZ\x90\x00", "audio/ogg", "not_what_it_says"),
        (b"\xff\xd8\xff\xe0", "audio/ogg", "not_what_it_says"),
        (b"", "image/png", "not_what_it_says"),
        (b"OggS" + b"x" * 2000, "audio/ogg", "too_large"),
    ],
)
def test_what_is_not_what_it_says_or_too_large_is_not_kept(  # noqa: PLR0913, PLR0917 - fixtures
    town: Town,
    store: Store,
    fetcher: Fetcher,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    said: str,
    code: str,
) -> None:
    monkeypatch.setattr(api, "LARGEST_FILE", 1000)
    store.files["/m/1"] = (200, content)
    receive(town, f"{store.url}/m/1", said)

    fetcher.fetch(town.now)

    assert rows(town) == [("refused", "", code, 1)]
    assert names(town) == set()


def test_a_file_that_trickles_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "FILE_SECONDS", 0.2)
    given_up, sent = threading.Event(), 0

    def trickle(server: socket.socket) -> None:
        nonlocal sent
        with server.accept()[0] as caller, suppress(OSError):
            caller.recv(4096)
            caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n")
            while sent < 200 and not given_up.wait(0.05):
                caller.sendall(b"O")
                sent += 1

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=trickle, args=(server,))
        thread.start()
        with pytest.raises(SendError, match="no_answer"):
            api.Api("Nadie").fetch(f"http://127.0.0.1:{server.getsockname()[1]}/", headers={})
        given_up.set()
        thread.join()

    assert sent < 200


def test_a_file_that_cannot_be_had_now_is_fetched_later(
    town: Town, store: Store, fetcher: Fetcher
) -> None:
    receive(town, f"{store.url}/m/1")
    for answer in (None, (503, b""), (500, b""), (401, b"")):
        store.files["/m/1"] = answer
        fetcher.fetch(town.now)
        fetcher.fetch(town.now)  # nothing is due again yet
        town.now += AGAIN
    store.files["/m/1"] = (200, VOICE)

    fetcher.fetch(town.now)

    assert rows(town) == [("kept", "audio/ogg", "", 5)]
    assert len(store.asked) == 5


@pytest.mark.parametrize(
    ("url", "channel", "code"),
    [
        ("/gone", "sms", "404"),
        ("https://evil.example.org/m", "sms", "foreign_address"),
        ("/m/1", "ussd", "no_channel"),
        ("/m/1", "fax", "no_channel"),
    ],
)
def test_what_will_never_be_had_is_given_up(  # noqa: PLR0913, PLR0917 - fixtures
    town: Town, store: Store, fetcher: Fetcher, url: str, channel: str, code: str
) -> None:
    receive(town, url if "://" in url else store.url + url, channel=channel)

    fetcher.fetch(town.now)

    assert rows(town) == [("refused", "", code, 1)]


def test_a_file_whose_person_is_gone_goes_too_and_others_stay(
    town: Town, store: Store, fetcher: Fetcher, files: MediaFiles
) -> None:
    store.files["/m/1"] = (200, VOICE)
    hers = receive(town, f"{store.url}/m/1")
    fetcher.fetch(town.now)
    [gone] = names(town)
    receive(town, f"{store.url}/m/1", phone="+50255550102")
    fetcher.fetch(town.now)
    [kept] = names(town) - {gone}
    wish = Erasure(
        hers.contact_id, None, 1, address=True, suppress=False, outcome="erased", receipt="",
        at=town.now,
    )  # fmt: skip
    town.take(erasure=wish)

    fetcher.prune(datetime.now(UTC))
    assert files.read(gone) == VOICE, "a new file may be somebody's whose row is being written"
    fetcher.prune(datetime.now(UTC) + timedelta(hours=2))

    assert files.read(kept) == VOICE
    with pytest.raises(FileNotFoundError):
        files.read(gone)


@pytest.mark.parametrize(
    ("begin", "said", "kind"),
    [
        (b"#!AMR\n", "audio/amr", "audio/amr"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4", "audio/mp4"),
        (b"\0\0\0\x20ftypmp42", "audio/mp4", "audio/mp4"),
        (b"\0\0\0\x20ftypmp42", "video/mp4", "video/mp4"),
        (b"\0\0\0\x20ftypmp42", "image/jpeg", None),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "image/webp"),
        (b"%PDF-1.7", "application/pdf", "application/pdf"),
        (b"%PDF-1.7", "application/octet-stream", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "", "image/png"),
        (b"<svg onload=", "image/svg+xml", None),
        (b"PK\x03\x04", "application/zip", None),
    ],
)
def test_a_content_is_known_by_what_it_begins_with(
    begin: bytes, said: str, kind: str | None
) -> None:
    assert find_kind(begin, said) == kind
