"""The ledger of deletions on this host's disk: it must outlive the database it was written in.

A backup is older than what was deleted since. After a restore `puente db replay-deletions`
reads this file and does it again, so that a backup resurrects nobody.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.scheduler import Chore
from storage.deletions import DeletionEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from storage.database import Database

NAME = "deletions.jsonl"
"""The file in the data folder."""

EVERY = timedelta(seconds=10)


class Ledger:
    """Keeps the file beside one database; each host that runs a scheduler has its own.

    Args:
        database: whose deletions.
        path: of the file; it is only ever appended to.
    """

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._seen: set[tuple[str, bytes, datetime]] | None = None

    @property
    def chores(self) -> tuple[Chore, ...]:
        """What the scheduler is to do."""
        return (Chore("ledger", EVERY, self.run),)

    def run(self, _now: datetime) -> None:
        """Write down who left, and append what the file does not hold yet."""
        with self._database.unit() as unit:
            unit.deletions.note_leaving()
        with self._database.reading() as unit:
            entries = unit.deletions.list()
        if self._seen is None:
            self._seen = {_key(one) for one in read_ledger(self._path)}
        new = [one for one in entries if _key(one) not in self._seen]
        if new:
            _append(self._path, "".join(f"{one.to_json()}\n" for one in new))
        self._seen.update(map(_key, new))


def read_ledger(path: Path) -> Sequence[DeletionEntry]:
    """Read a ledger; none where there is no file.

    A line that was cut when its host went down is passed over: it is appended again.
    """
    entries = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            entries.append(DeletionEntry.from_json(line))
        except ValueError:
            continue
    return entries


def _key(entry: DeletionEntry) -> tuple[str, bytes, datetime]:
    """Name an entry; who leaves twice is written down twice."""
    return entry.kind, entry.hash, entry.at


def _append(path: Path, lines: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        if file.tell():
            file.write("\n")  # ends a line that was cut; an empty one is passed over
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
