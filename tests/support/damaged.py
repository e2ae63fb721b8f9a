"""Workbooks as they come out of a bad download, or out of a program that locks them."""

from __future__ import annotations

import io
import zipfile

SHEET = "xl/worksheets/sheet1.xml"
_LENGTHS, _HEADER = (26, 28), 30
"""In a part's header: where the lengths of its name and extra field stand; its own length."""
_FLAGS, _ENTRY = 8, 46
"""In the directory at the end: where a part's flags stand (bit 1: locked), and then its name."""


def damage(workbook: bytes) -> bytes:
    """Spoil the packed bytes of the first sheet; the directory at the end stays whole."""
    at = _find(workbook).header_offset
    name, extra = (workbook[at + place] | workbook[at + place + 1] << 8 for place in _LENGTHS)
    start = at + _HEADER + name + extra
    return workbook[:start] + b"\xff" * 8 + workbook[start + 8 :]


def lock(workbook: bytes) -> bytes:
    """Say of the first sheet that a password opens it."""
    at = workbook.index(b"PK\x01\x02")
    while not workbook.startswith(SHEET.encode(), at + _ENTRY):
        at = workbook.index(b"PK\x01\x02", at + 1)
    place = at + _FLAGS
    return workbook[:place] + bytes([workbook[place] | 1]) + workbook[place + 1 :]


def _find(workbook: bytes) -> zipfile.ZipInfo:
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        return packed.getinfo(SHEET)
