"""The flows of published revisions, kept in memory: a revision never changes.

"Nothing is kept in a process between two messages" is about people; a revision's edition is
the same for everybody for ever, so it may be kept, and read again by whoever has not got it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flows.script.compile import make_flow
from flows.script.parse import read_script

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flows.flow import Flow
    from storage.published import Revision

KEPT = 64
"""Flows kept in a process: far more than are ever live at once; a few hundred KB each."""


class BrokenRevisionError(RuntimeError):
    """A published revision cannot be read any more: an upgrade function is missing."""


class Flows:
    """Finds the flow of a revision in an edition of its texts."""

    def __init__(self, read: Callable[[UUID, int], Revision]) -> None:
        """Take what reads a revision in an edition."""
        self._read = read
        self._kept: dict[tuple[UUID, int], Flow] = {}

    def find(self, revision_id: UUID, edition: int) -> Flow:
        """Give a flow; the first time it is read and made ready.

        Raises:
            BrokenRevisionError: the stored script has an error that was none when it was
                published.
        """
        key = (revision_id, edition)
        flow = self._kept.get(key)
        if flow is None:
            revision = self._read(revision_id, edition)
            parsed = read_script(revision.source, name=str(revision_id))
            if parsed.script is None:
                raise BrokenRevisionError(f"revision {revision_id} cannot be read")
            if len(self._kept) >= KEPT:
                self._kept.clear()
            flow = self._kept[key] = make_flow(
                parsed.script, json.loads(revision.texts), json.loads(revision.voices)
            )
        return flow
