"""What Kannel puts into the query string: raw bytes, in the coding of the message.

Kannel's user guide 1.4.5, chapter 6; what the guide leaves open was measured on the program
itself (tests/contracts/test_kannel.py).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from bot.channels.base import Refused
from bot.channels.texts import storable

if TYPE_CHECKING:
    from bot.channels.base import Request

LONGEST_ID = 128
"""Kannel names a message by a UUID."""

_EIGHT_BIT = "1"
_CODINGS = {"0": "utf-8", "2": "utf-16-be"}
_CHARSETS = {"iso-8859-1", "iso-8859-15", "windows-1252"}
"""What a Kannel before 1.4.2 wrote coding 0 in; since then it is UTF-8."""


@dataclass(frozen=True, slots=True)
class KannelQuery:
    """The parameters of one call, each as the bytes that Kannel escaped."""

    values: dict[str, bytes]

    @classmethod
    def read(cls, request: Request, *required: str) -> KannelQuery:
        """Read the query string again, byte by byte: the web's UTF-8 reading loses UCS-2.

        Raises:
            Refused: 400 where a required parameter is missing or empty.
        """
        pairs = parse_qsl(urlsplit(request.url).query, keep_blank_values=True, encoding="latin-1")
        # Latin-1 is a byte a letter; a letter beyond it was never escaped and is nonsense.
        values = {name: value.encode("latin-1", "replace") for name, value in pairs}
        if not all(values.get(name) for name in required):
            raise Refused("field_missing", 400)
        return cls(values)

    def word(self, name: str) -> str:
        """Give a parameter as a word; empty where there is none."""
        return storable(self.values.get(name, b"").decode(errors="replace"))

    def claim(self) -> str:
        """Give `%I`, which stays the same when Kannel delivers again.

        Raises:
            Refused: 400 for one that no Kannel made.
        """
        claim = self.word("id")
        if len(claim) > LONGEST_ID:
            raise Refused("id_too_long", 400)
        return claim

    def text(self) -> str:
        """Read the message; data that a machine sent (coding 1) is no text at all."""
        coding = self.word("coding")
        if coding == _EIGHT_BIT:
            return ""
        raw, charset = self.values.get("text", b""), self.word("charset").lower()
        if charset not in _CHARSETS:
            charset = _CODINGS.get(coding, "utf-8")
        return storable(raw.decode(charset, errors="replace"))

    def sent_at(self) -> datetime | None:
        """Read `%T`: when Kannel took the message, in whole seconds."""
        with suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(int(self.word("at")), UTC)
        return None
