"""Sealed files with random names: voice notes, pictures, papers."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from pathlib import Path

    from storage.sealing import Sealer

NAME_BYTES = 16


class MediaFiles:
    """A folder of sealed files. A name says nothing: neither whose nor of what kind."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer

    def write(self, content: bytes) -> str:
        """Keep a content on disk, sealed for this name; give the name."""
        name = secrets.token_hex(NAME_BYTES)
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sealed = self._sealer.seal_bytes("media.file", name.encode(), content)
        # Beside first: a file that has its name is whole.
        partial = path.with_suffix(".part")
        with partial.open("xb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
        return name

    def read(self, name: str) -> bytes:
        """Give a content back.

        Raises:
            FileNotFoundError: it was deleted.
            SealError: it is not the file of this name.
        """
        return self._sealer.open_bytes("media.file", name.encode(), self._path(name).read_bytes())

    def seal_anew(self) -> int:
        """Seal with the first key what another one sealed; give how many files."""
        sealed = 0
        for path in self._list():
            if path.suffix or path.read_bytes().startswith(self._sealer.head):
                continue
            content = self.read(path.name)
            partial = path.with_suffix(".part")
            partial.write_bytes(self._sealer.seal_bytes("media.file", path.name.encode(), content))
            partial.rename(path)
            sealed += 1
        return sealed

    def prune(self, names: Collection[str], before: datetime) -> int:
        """Delete files from before a time that are not among `names`; give how many."""
        deleted = 0
        for path in self._list():
            if path.name not in names and path.stat().st_mtime < before.timestamp():
                path.unlink(missing_ok=True)
                deleted += 1
        return deleted

    def _list(self) -> Iterator[Path]:
        return self._folder.glob("??/*")

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name
