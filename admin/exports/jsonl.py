"""JSON lines: one object a row, for programs."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admin.exports.base import Digest, Sheet

BATCH = 500


class Jsonl:
    """`jsonl`: every value as it is; what CSV has to defuse no program runs here."""

    extension = "jsonl"
    tables = ()
    content_type = "application/jsonl; charset=utf-8"

    def write(self, sheet: Sheet, digest: Digest) -> Iterator[bytes]:
        """Write a table in pieces of `BATCH` lines; the digest is that of the file."""
        names = [column.name for column in sheet.columns]
        rows = iter(sheet.rows)
        while lines := [self._line(names, row) for row in islice(rows, BATCH)]:
            piece = "".join(lines).encode("utf-8", "replace")
            digest.update(piece)
            yield piece

    def _line(self, names: list[str], row: list[str | int]) -> str:
        return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n"
