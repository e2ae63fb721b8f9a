"""Encrypt what is personal, and find it again by keyed hashes.

Each key given by the operator is split by HKDF-SHA256 into one for encryption
(AES-256-GCM-SIV, RFC 8452: a repeated nonce does no harm beyond showing equal texts) and
one for hashes (HMAC-SHA256). A sealed value is

    1 byte: length n of the key's id, n bytes: the id, 12 bytes: nonce, ciphertext and tag

and is bound to its column and row, so that it cannot be moved elsewhere.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

KEY_BYTES = 32
NONCE_BYTES = 12


class KeysError(StorageError):
    """The operator's keys cannot be used; the message says why and holds no key."""


class SealError(StorageError):
    """A sealed value cannot be opened: its key is missing, or it was moved or damaged."""


@dataclass(frozen=True, slots=True)
class PhoneKeys:
    """The keys of `PUENTE_PHONE_KEYS`: the first writes, all read."""

    keys: tuple[tuple[str, bytes], ...] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> PhoneKeys:
        """Read `id:base64,id:base64,…`, each key 32 bytes.

        Raises:
            KeysError: no key, a bad id, a key of another length, an id twice.
        """
        pairs = [part.strip().partition(":") for part in text.split(",") if part.strip()]
        keys = tuple((name, _key(name, encoded)) for name, _, encoded in pairs)
        if not keys:
            raise KeysError("no key is given")
        if len({name for name, _ in keys}) < len(keys):
            raise KeysError("two keys have the same id")
        return cls(keys)


def _key(name: str, encoded: str) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", name):
        raise KeysError("a key's id is 1 to 32 letters, digits, - or _")
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:  # not ASCII, or not base64
        raise KeysError(f"key {name} is not base64") from None
    if len(key) != KEY_BYTES:
        raise KeysError(f"key {name} has {len(key)} bytes, not {KEY_BYTES}")
    return key


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"puente/" + purpose).derive(key)


class Sealer:
    """Seals, opens and hashes with the keys of one installation; safe between threads.

    Args:
        keys: the first seals, all open; hashes are made under each.
        entropy: gives n random bytes.

    Attributes:
        head: how every value begins that the first key sealed.
    """

    def __init__(self, keys: PhoneKeys, entropy: Callable[[int], bytes] = os.urandom) -> None:
        self._entropy = entropy
        self._ciphers = {name.encode(): AESGCMSIV(_derive(key, b"seal")) for name, key in keys.keys}
        self._hash_keys = [(name, _derive(key, b"hash")) for name, key in keys.keys]
        self.key_id = keys.keys[0][0]
        self.key_count = len(keys.keys)
        first = self.key_id.encode()
        self._cipher = self._ciphers[first]
        self.head = bytes([len(first)]) + first

    def seal(self, column: str, row: bytes, text: str) -> bytes:
        """Encrypt a text for one column of one row, with the first key.

        Lone surrogates, which a hostile body can hold, are kept rather than refused.
        """
        return self.seal_bytes(column, row, text.encode("utf-8", "surrogatepass"))

    def seal_bytes(self, column: str, row: bytes, plain: bytes) -> bytes:
        """Encrypt bytes as `seal` does a text."""
        nonce = self._entropy(NONCE_BYTES)
        return self.head + nonce + self._cipher.encrypt(nonce, plain, column.encode() + row)

    def open(self, column: str, row: bytes, sealed: bytes) -> str:
        """Decrypt what `seal` gave for the same column and row; surrogates come out as U+FFFD.

        Raises:
            SealError: its key is not here, or it is not what was sealed for this place.
        """
        return self.open_bytes(column, row, sealed).decode("utf-8", "replace")

    def open_bytes(self, column: str, row: bytes, sealed: bytes) -> bytes:
        """Decrypt what `seal_bytes` gave for the same column and row; it fails as `open` does."""
        start = 1 + sealed[0]
        cipher = self._ciphers.get(sealed[1:start])
        if cipher is None:
            raise SealError(f"the key that sealed a {column} is not given")
        nonce, body = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, column.encode() + row)
        except InvalidTag:
            raise SealError(f"a {column} does not belong to its row") from None

    def hashes(self, purpose: str, *parts: str) -> list[tuple[str, bytes]]:
        """Hash a value under every key: (key id, 32 bytes), the first key's first."""
        message = "\0".join((purpose, *parts)).encode("utf-8", "surrogatepass")
        return [(name, hmac.digest(key, message, "sha256")) for name, key in self._hash_keys]
