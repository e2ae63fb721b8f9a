"""Copy an SQLite database while it is used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SQLITE = "sqlite:///"


def back_up(url: str, file: Path) -> None:
    """Write a whole copy of one moment to a file, which only its owner may read.

    Args:
        url: `sqlite:///` and the path of the database.
        file: where to; not there yet.
    """
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = f"file:{url.removeprefix(SQLITE)}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True)) as database,
        closing(sqlite3.connect(file)) as copy,
    ):
        database.backup(copy)
