"""Meta's Cloud API on loopback: it refuses what Meta refuses and remembers the rest.

Limits as in Meta's reference of messages: 3 buttons with titles of 20, lists of 10 rows with
titles of 24 and ids of 200, bodies of 1024, plain texts of 4096.
"""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.support.provider_server import serve_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.provider_server import Asked

NUMBER_ID = "12345"
ACCESS_TOKEN = "canary-secret-5f0e9d-access"

Mood = Literal["busy", "unavailable", "broken", "die", "garbage", "closed window", "left"]

_ERRORS = {
    "busy": (429, 130429),
    "unavailable": (503, 131016),
    "broken": (500, 1),
    "closed window": (400, 131047),
    "left": (400, 131050),
}


@dataclass
class FakeMeta:
    """What was sent, and how the next requests are treated."""

    url: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)
    moods: deque[Mood] = field(default_factory=deque)

    def answer(self, asked: Asked) -> tuple[int, bytes] | None:
        if asked.headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
            return _error(401, 190)
        mood = self.moods.popleft() if self.moods else None
        if mood == "die":
            return None
        if mood in _ERRORS:
            return _error(*_ERRORS[mood])
        if asked.path == f"/{NUMBER_ID}?fields=id":
            return 200, json.dumps({"id": NUMBER_ID}).encode()
        if asked.path != f"/{NUMBER_ID}/messages":
            return _error(400, 33)
        return self._take(json.loads(asked.body), mood)

    def _take(self, message: dict[str, Any], mood: Mood | None) -> tuple[int, bytes]:
        if not (_is_sound(message) or is_acceptable(message)):
            return _error(400, 100)
        self.messages.append(message)
        sent = {
            "messaging_product": "whatsapp",
            "messages": [{"id": f"wamid.{len(self.messages)}"}],
        }
        return 200, b"<html>" if mood == "garbage" else json.dumps(sent).encode()


def _is_sound(message: dict[str, Any]) -> bool:
    return bool(message["type"] == "audio" and message["audio"]["link"].startswith("https://"))


def is_acceptable(message: dict[str, Any]) -> bool:
    """Tell whether Meta would take a message."""
    to, opaque = message.get("to", ""), message.get("recipient", "")
    if message.get("messaging_product") != "whatsapp" or not (
        re.fullmatch(r"[1-9]\d{7,14}", to) or re.fullmatch(r"[A-Z]{2}\.\w+", opaque)
    ):
        return False
    if message["type"] == "text":
        return 0 < len(message["text"]["body"]) <= 4096
    if message["type"] == "template":
        [component] = message["template"]["components"]
        words = [parameter["text"] for parameter in component["parameters"]]
        return not any(re.search(r"[\n\t]| {5}", word) or not word for word in words)
    part = message["interactive"]
    if not 0 < len(part["body"]["text"]) <= 1024:
        return False
    if part["type"] == "button":
        replies = [button["reply"] for button in part["action"]["buttons"]]
        return len(replies) <= 3 and _are_titles(replies, 20, 256)
    rows = [row for section in part["action"]["sections"] for row in section["rows"]]
    return len(rows) <= 10 and len(part["action"]["button"]) <= 20 and _are_titles(rows, 24, 200)


def _are_titles(options: list[dict[str, str]], longest: int, longest_id: int) -> bool:
    titles = [one["title"] for one in options]
    return (
        0 < len(options) == len(set(titles)) == len({one["id"] for one in options})
        and all(0 < len(title) <= longest for title in titles)
        and all(0 < len(one["id"]) <= longest_id for one in options)
    )


def _error(status: int, code: int) -> tuple[int, bytes]:
    error = {"message": f"(#{code}) …", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return status, json.dumps({"error": error}).encode()


@pytest.fixture
def fake_meta() -> Iterator[FakeMeta]:
    """A Meta of one's own, listening on loopback."""
    fake = FakeMeta()
    with serve_provider(fake.answer) as url:
        fake.url = url
        yield fake
