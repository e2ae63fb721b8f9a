"""The tables that leave the house: what stands in which column, and who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.tables.assemblies import ASSEMBLIES
from admin.tables.codes import CODES
from admin.tables.dispositions import DISPOSITIONS
from admin.tables.long import LONG
from admin.tables.messages import MESSAGES
from admin.tables.wide import WIDE

if TYPE_CHECKING:
    from admin.tables.extract import Table

TABLES: dict[str, Table] = {
    "long": LONG,
    "wide": WIDE,
    "dispositions": DISPOSITIONS,
    "messages": MESSAGES,
    "assemblies": ASSEMBLIES,
    "codebook": CODES,
}
"""Kinds of table by the name of `puente export --table`."""
