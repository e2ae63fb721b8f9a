"""Copy an SQLite database while it is used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SQLITE = "sqlite:///"


class BackupError(Exception):
    """No copy was made; the text is SQLite's reason."""


def back_up(url: str, file: Path) -> None:
    """Write a whole copy of one moment to a file, which only its owner may read.

    Args:
        url: `sqlite:///` and the path of the database.
        file: where to; not there yet.

    Raises:
        BackupError: the database cannot be read, or the copy not written; no file is left.
    """
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = f"file:{url.removeprefix(SQLITE)}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(source, uri=True)) as database,
            closing(sqlite3.connect(file)) as copy,
        ):
            database.backup(copy)
    except sqlite3.Error as error:
        file.unlink()  # an empty one would pass for a backup
        raise BackupError(str(error)) from error
