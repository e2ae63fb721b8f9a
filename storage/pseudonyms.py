"""Pseudonyms for exports: the same person has another one in every consultation.

The keys are files outside the database, one per consultation; who destroys a consultation's
key unlinks its exports from the people for good.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

KEY_BYTES = 32
PERSONA_BYTES = 10
"""16 letters: two of a million people share one with probability 4e-13."""


class Pseudonyms:
    """The folder of keys (`PUENTE_KEYS`), shared by all hosts and backed up apart."""

    def __init__(self, folder: Path, entropy: Callable[[int], bytes] = os.urandom) -> None:
        self._folder = folder
        self._entropy = entropy
        self._keys: dict[UUID, bytes] = {}

    def persona(self, consultation_id: UUID, person_id: UUID) -> str:
        """Name a person in one consultation's exports: 16 letters and digits.

        The consultation's key is made when it is first needed.
        """
        key = self._keys.get(consultation_id)
        if key is None:
            key = self._keys[consultation_id] = self._key(consultation_id)
        digest = hmac.digest(key, person_id.bytes, "sha256")
        return base64.b32encode(digest[:PERSONA_BYTES]).decode().lower()

    def _key(self, consultation_id: UUID) -> bytes:
        path = self._folder / f"{consultation_id}.key"
        with contextlib.suppress(FileNotFoundError):
            return path.read_bytes()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{self._entropy(8).hex()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self._entropy(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # A link appears whole or not at all, and never over another host's key.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
        return path.read_bytes()
