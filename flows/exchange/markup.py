"""Marks that make letters bold or coloured on a tablet, and would be read aloud on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.exchange.imported import Ledger
    from flows.exchange.workbook import Row

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BOLD = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(?P<inner>.+?)(?<=\S)\1(?!\w)")
_HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)


def take_said(ledger: Ledger, row: Row, column: str) -> str:
    """Give what a cell says to people, without marks; tell where there were some."""
    text = row.get(column)
    plain = without_marks(text)
    if plain != text:
        ledger.report("marcas-de-formato", row.where(column), word=plain)
    return plain


def without_marks(text: str) -> str:
    """Give a text without what stands for letters' looks."""
    return _HEADING.sub("", _BOLD.sub(r"\g<inner>", _TAG.sub("", text))).strip()
