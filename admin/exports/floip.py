"""FLOIP flow results: one answer a row, with the questions described beside them.

https://floip.gitbook.io/flow-results-specification/specification (1.0.0-rc1)
"""

from __future__ import annotations

import hashlib
import json
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from admin.exports.csv import BATCH, begin, encode
from admin.exports.zipping import zip_up
from admin.tables.variables import KINDS
from flows.script.model import SKIPPED, SPOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from admin.exports.base import Digest, Sheet
    from admin.exports.zipping import Archive
    from admin.tables.extract import Cell

FIELDS = {
    "timestamp": "datetime",
    "row_id": "string",
    "contact_id": "string",
    "session_id": "string",
    "question_id": "string",
    "response": "any",
    "response_metadata": "object",
}
TYPES = {
    KINDS["choices"]: "select_many",
    KINDS["number"]: "numeric",
    KINDS["rating"]: "numeric",
    KINDS["text"]: "open",
    KINDS["place"]: "text",
    KINDS["date"]: "date",
}
"""What is not named here takes one of its options."""


class Floip:
    """`floip`: for RapidPro, Viamo and other tools that read flow results."""

    extension = "zip"
    tables = ("long",)
    content_type = "application/zip"

    def write(self, sheet: Sheet, digest: Digest) -> Iterator[bytes]:
        """Write the answers; the digest is that of the same table as CSV."""
        return zip_up(_fill, sheet, digest)


def _fill(archive: Archive, sheet: Sheet, digest: Digest) -> None:
    names = [column.name for column in sheet.columns]
    digest.update(begin(sheet))
    rows, number = iter(sheet.rows), 0
    with archive.open("responses.json") as file:
        file.write(b"[")
        while batch := list(islice(rows, BATCH)):
            digest.update(encode(batch))
            for row in batch:
                number += 1
                response = _respond(dict(zip(names, row, strict=True)), number)
                line = json.dumps(response, ensure_ascii=False).encode("utf-8", "replace")
                file.write((b",\n" if number > 1 else b"\n") + line)
        file.write(b"\n]\n")
    described = _describe(sheet)
    archive.add("datapackage.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")


def _respond(row: Mapping[str, Cell], number: int) -> list[Any]:
    value = str(row["valor"])
    response: Any = value
    metadata = {"language": row["idioma"], "channel": row["canal"], "mode": row["modalidad"]}
    if value in {"", SKIPPED, *SPOKEN}:
        response, metadata = None, metadata | {"value": value}
    elif TYPES.get(str(row["tipo"])) == "select_many":
        response = value.split()
    elif TYPES.get(str(row["tipo"])) == "numeric":
        response = int(value) if value.lstrip("-").isdecimal() else None
    at, session = row["contestada_en"], row["sesion"]
    return [at, number, row["persona"], session, row["pregunta"], response, metadata]


def _describe(sheet: Sheet) -> dict[str, Any]:
    about = sheet.about
    at = about.at.isoformat(timespec="seconds")
    resource = {
        "name": "responses",
        "path": "responses.json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "access_method": "file",
        "schema": {
            "language": "spa",
            "fields": [{"name": name, "type": kind} for name, kind in FIELDS.items()],
            "questions": _list_questions(sheet),
        },
    }
    return {
        "profile": "flow-results-package",
        "flow_results_specification_version": "1.0.0-rc1",
        # One consultation is one package, whenever it is taken out.
        "id": str(UUID(bytes=hashlib.sha256(about.slug.encode()).digest()[:16], version=4)),
        "name": f"{about.slug}.flow-results".strip("."),
        "title": about.title,
        "created": at,
        "modified": at,
        "resources": [resource],
    }


def _list_questions(sheet: Sheet) -> dict[str, Any]:
    known = set(KINDS.values())
    questions: dict[str, Any] = {}
    for code in sheet.codes:
        if code.kind not in known or (not code.key and code.column in questions):
            continue
        if not code.key:
            kind = TYPES.get(code.kind, "select_one")
            options: dict[str, list[str]] = {"choices": []} if kind.startswith("select") else {}
            questions[code.column] = {
                "type": kind,
                "label": code.label,
                "type_options": options,
                "choice_labels": {},
            }
        elif code.column in questions and code.key != SKIPPED:
            question = questions[code.column]
            question["choice_labels"][code.key] = code.label
            if "choices" in question["type_options"]:
                question["type_options"]["choices"].append(code.key)
    return questions
