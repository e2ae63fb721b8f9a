"""Cursors: where a page of answers ended, so that it says nothing to who holds it.

A session's id leads to its conversation and carries its time to the millisecond; no tier but
the team's may see either. It is encrypted, and only the address it was made for takes it.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from admin.tables.tiers import Tier

_NONCE = bytes(12)
"""AES-GCM-SIV with one nonce gives one cursor to one session, and tells no more than that."""


class Cursors:
    """Makes and reads cursors.

    Args:
        secret_key: of the installation.
    """

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=b"puente/cursor").derive(secret_key.encode())
        self._cipher = AESGCMSIV(derived)

    def write(self, session_id: UUID, slug: str, tier: Tier) -> str:
        """Give the cursor that goes on after a session."""
        sealed = self._cipher.encrypt(_NONCE, session_id.bytes, _place(slug, tier))
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def read(self, cursor: str, slug: str, tier: Tier) -> UUID | None:
        """Give the session a cursor goes on after; None where it is not one of ours."""
        try:
            sealed = base64.urlsafe_b64decode(cursor.encode("ascii") + b"==")
            return UUID(bytes=self._cipher.decrypt(_NONCE, sealed, _place(slug, tier)))
        except (InvalidTag, ValueError):  # too short, not base64, not ASCII
            return None


def _place(slug: str, tier: Tier) -> bytes:
    return f"{slug}/{tier.value}".encode()
