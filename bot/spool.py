"""What this host keeps on its disk while the database is away, until it can be taken.

One file a sender, named by a keyed hash: her messages stay in order, whether she has any here
is one look at the disk, and whichever process comes first takes them. A line is

    CRC-32 of the rest in hex, a space, the sealed message in base64, a newline

and is on the disk before anybody is told that it was received. A line that a crash cut off was
never acknowledged, and is left out; one that cannot be read or taken is set aside, behind the name
of its file, until somebody lets it be taken again.
"""

from __future__ import annotations

import base64
import fcntl
import os
import shutil
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.line_files import append, locked, read_all, sync
from storage.sealing import SealError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.sealing import Sealer

QUOTA_BYTES = 1024**3
"""Two million messages: a day of a whole country's answers."""

RESERVE_BYTES = 64 * 1024**2
"""Disk that is left to others."""

SHARES = 64
"""Processes of one host, and more: together they keep within the quota."""

COLUMN = "spool"
SET_ASIDE = "set-aside"
RETAKING = "retaking"
"""What was set aside, on its way back; a retake that was killed leaves it to the next one."""
PROBE = ".probe"

_log = structlog.get_logger(__name__)


class SpoolFullError(Exception):
    """Nothing more may be kept: the quota is used up, or the disk is full or cannot be written."""


class Spool:
    """The folder of spooled messages, shared by all processes of one host.

    Args:
        folder: made when it is first needed.
        sealer: encrypts the lines and hashes the senders.
        quota: how many bytes may lie here.
    """

    def __init__(self, folder: Path, sealer: Sealer, quota: int = QUOTA_BYTES) -> None:
        self._folder = folder
        self._sealer = sealer
        self._quota = quota
        self._allowance = 0
        self._aside = folder / SET_ASIDE
        self._retaking = folder / RETAKING

    def holds(self, sender: str) -> bool:
        """Tell whether messages of a sender lie here."""
        return any(os.path.exists(path) for path in self._paths(sender))  # noqa: PTH110 - with every message

    def join(self, sender: str, text: str) -> bool:
        """Keep a message behind those that lie here; False where all have been taken meanwhile.

        Raises:
            SpoolFullError: it could not be kept.
        """
        path, line = self._write(sender, text)
        with _translated():
            return self._add(path, line, os.O_RDWR)

    def keep(self, sender: str, text: str) -> None:
        """Keep a message, the first of its sender or one more; it is on the disk afterwards.

        Raises:
            SpoolFullError: it could not be kept.
        """
        path, line = self._write(sender, text)
        with _translated():
            self._put(path, line)

    def set_aside(self, sender: str, text: str) -> None:
        """Keep a message that holds up nobody: it is taken when all that was set aside is.

        Raises:
            SpoolFullError: it could not be kept.
        """
        path, line = self._write(sender, text)
        with _translated():
            self._set_aside(path.stem, [line])

    def replay(self, take: Callable[[str], bool]) -> int:
        """Hand over what lies here, each sender's messages in order, and forget it.

        A file that somebody else holds is passed over: he takes it, or the next look finds it.

        Args:
            take: takes one message, or says that nobody ever can; where it raises, the file
                stays as it is.

        Returns:
            How many were taken.
        """
        return sum(self._replay(path, take) for path in self._files())

    def examine(self) -> None:
        """Check that one more message could be kept.

        Raises:
            SpoolFullError: it could not.
        """
        self._allowance = 0
        with _translated():
            self._reserve(1)
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / PROBE).open("wb") as file:
                file.write(b"\n")
                file.flush()
                os.fsync(file.fileno())

    def count(self) -> int:
        """Count the senders who have messages here."""
        return len(self._files())

    def count_set_aside(self) -> int:
        """Count the messages that were set aside."""
        paths = [path for path in (self._aside, self._retaking) if path.exists()]
        return sum(path.read_bytes().count(b"\n") for path in paths)

    def retake(self) -> int:
        """Put back what was set aside, behind what its senders have here, to be taken again.

        Returns:
            How many messages.

        Raises:
            SpoolFullError: the disk is full; nothing is lost, and some may be there twice.
        """
        # By a file of its own: who sets aside holds a sender's file, and must not be waited for
        # by somebody who holds what he waits for.
        flags = os.O_RDWR | os.O_CREAT
        with _translated(), locked(self._retaking, flags) as descriptor:
            if descriptor is None:  # another is at it
                return 0
            with locked(self._aside, os.O_RDWR) as aside:
                if aside is not None:
                    append(descriptor, read_all(aside))
                    self._aside.unlink()
            lines = read_all(descriptor).splitlines(keepends=True)
            for line in lines:
                name, _, rest = line.partition(b" ")
                self._put(self._folder / f"{name.decode()}.lines", rest)
            self._retaking.unlink()
        return len(lines)

    # --- writing -----------------------------------------------------------------------

    def _write(self, sender: str, text: str) -> tuple[Path, bytes]:
        """Give the file of a sender and the line to keep there, for which there is room."""
        path = self._path(sender)
        line = self._seal(path.stem, text)
        with _translated():
            self._reserve(len(line))
            self._folder.mkdir(parents=True, exist_ok=True)
        return path, line

    def _put(self, path: Path, lines: bytes) -> None:
        """Write behind what a file holds; make it where there is none."""
        while not self._add(path, lines, os.O_RDWR | os.O_CREAT):
            pass  # the file was taken between opening and locking it

    def _add(self, path: Path, lines: bytes, flags: int) -> bool:
        """Write behind what a file holds; False where it is not there, or was taken meanwhile."""
        with locked(path, flags) as descriptor:
            if descriptor is None:
                return False
            append(descriptor, lines)
        sync(self._folder)
        return True

    def _reserve(self, size: int) -> None:
        # Looking at all files each time would be slow: a look allows for a share of the room.
        self._allowance -= size
        if self._allowance >= 0:
            return
        room = self._quota - sum(map(_size, [*self._files(), self._aside, self._retaking]))
        place = next(one for one in (self._folder, *self._folder.parents) if one.exists())
        if room < size or shutil.disk_usage(place).free < RESERVE_BYTES + size:
            raise SpoolFullError("no room")
        self._allowance = room // SHARES

    def _seal(self, name: str, text: str) -> bytes:
        body = base64.b64encode(self._sealer.seal(COLUMN, name.encode(), text))
        return b"%08x %s\n" % (zlib.crc32(body), body)

    # --- reading -----------------------------------------------------------------------

    def _replay(self, path: Path, take: Callable[[str], bool]) -> int:
        taken, others = 0, []
        with locked(path, os.O_RDWR, fcntl.LOCK_EX | fcntl.LOCK_NB) as descriptor:
            if descriptor is None:
                return 0
            for line in read_all(descriptor).splitlines(keepends=True):
                text = self._open(path.stem, line)
                if text is not None and take(text):
                    taken += 1
                else:
                    others.append(line)
            self._set_aside(path.stem, others)
            path.unlink()
        return taken

    def _open(self, name: str, line: bytes) -> str | None:
        crc, _, body = line.rstrip(b"\n").partition(b" ")
        if crc != b"%08x" % zlib.crc32(body):
            return None
        try:
            return self._sealer.open(COLUMN, name.encode(), base64.b64decode(body))
        except SealError:
            return None

    def _set_aside(self, name: str, lines: list[bytes]) -> None:
        whole = [line for line in lines if line.endswith(b"\n")]  # else it was cut off
        if whole:
            _log.error("spooled_lines_set_aside", file=name, count=len(whole))
            self._put(self._aside, b"".join(b"%s %s" % (name.encode(), line) for line in whole))

    def _files(self) -> list[Path]:
        try:
            return [path for path in self._folder.iterdir() if path.suffix == ".lines"]
        except FileNotFoundError:
            return []

    def _path(self, sender: str) -> Path:
        paths = [Path(path) for path in self._paths(sender)]
        return next((path for path in paths if path.exists()), paths[0])  # keys are rotated

    def _paths(self, sender: str) -> list[str]:
        hashes = self._sealer.hashes(COLUMN, sender)
        return [f"{self._folder}/{hashed.hex()[:32]}.lines" for _, hashed in hashes]


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SpoolFullError(error.strerror) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # taken meanwhile
        return 0
