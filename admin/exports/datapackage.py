"""A Frictionless data package: a CSV with its schema, its codebook and a page to read first.

https://specs.frictionlessdata.io/data-package/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from admin.exports.csv import Csv, encode
from admin.exports.zipping import zip_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admin.exports.base import Digest, Sheet
    from admin.exports.zipping import Archive

CODEBOOK = ("columna", "tipo", "clave", "etiqueta", "eje")


class DataPackage:
    """`datapackage`: for who will read the data in ten years, without Puente."""

    extension = "zip"
    tables = ()
    content_type = "application/zip"

    def write(self, sheet: Sheet, digest: Digest) -> Iterator[bytes]:
        """Write a table with all that explains it; the digest is that of its CSV."""
        return zip_up(_fill, sheet, digest)


def _fill(archive: Archive, sheet: Sheet, digest: Digest) -> None:
    size = 0
    with archive.open(f"{sheet.about.name}.csv") as file:
        for piece in Csv().write(sheet, digest):
            size += file.write(piece)
    codes = [[code.column, code.kind, code.key, code.label, code.axis] for code in sheet.codes]
    with archive.open("significados.csv") as file:
        file.write(encode([CODEBOOK, *codes]))
    described = _describe(sheet, size, digest.hexdigest())
    archive.add("datapackage.json", json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    archive.add("LEEME.txt", "\n".join(_introduce(sheet, digest.hexdigest())) + "\n")


def _describe(sheet: Sheet, size: int, digest: str) -> dict[str, Any]:
    about = sheet.about
    meanings = {code.column: code.label for code in sheet.codes if not code.key}
    data = {
        **_resource(about.name, about.title),
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "title": column.title,
                    "type": "integer" if column.is_number else "string",
                    "description": meanings.get(column.name, ""),
                }
                for column in sheet.columns
            ],
            "missingValues": [""],
        },
    }
    codebook = {
        **_resource("significados", "Significados"),
        "schema": {"fields": [{"name": name, "type": "string"} for name in CODEBOOK]},
    }
    return {
        "profile": "tabular-data-package",
        "name": f"{about.slug}.{about.name}".strip("."),
        "title": about.title,
        "created": about.at.isoformat(timespec="seconds"),
        "resources": [data, codebook],
    }


def _resource(name: str, title: str) -> dict[str, str]:
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }


def _introduce(sheet: Sheet, digest: str) -> Iterator[str]:
    yield sheet.about.title
    yield ""
    for label, value in sheet.facts():
        yield f"{label}: {value}"
    yield ""
    yield f"{sheet.about.name}.csv   los datos; SHA-256 {digest}"
    yield "significados.csv   qué significa cada columna y cada código"
    yield "datapackage.json   lo mismo para programas (Frictionless Data Package)"
    yield ""
    yield "Un apóstrofo al principio de una celda evita que una hoja de cálculo la ejecute."
