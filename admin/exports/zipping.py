"""Several files in one, written to disk first: a zip's list of contents stands at its end."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from admin.exports.base import Digest, Sheet

PIECE = 65_536


class Archive:
    """A zip that is being written; its files bear no time, so that equal data give equal files."""

    def __init__(self, zipped: ZipFile) -> None:
        self._zipped = zipped

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Begin a file; write to it before the next one is begun."""
        entry = ZipInfo(name)
        entry.compress_type = ZIP_DEFLATED
        with self._zipped.open(entry, "w", force_zip64=True) as file:
            yield file

    def add(self, name: str, text: str) -> None:
        """Write a short file."""
        with self.open(name) as file:
            file.write(text.encode("utf-8", "replace"))


def zip_up(
    fill: Callable[[Archive, Sheet, Digest], None], sheet: Sheet, digest: Digest
) -> Iterator[bytes]:
    """Let `fill` write an archive of a sheet, then give it in pieces."""
    with tempfile.TemporaryFile() as spool:
        with ZipFile(spool, "w") as zipped:
            fill(Archive(zipped), sheet, digest)
        spool.seek(0)
        while piece := spool.read(PIECE):
            yield piece
