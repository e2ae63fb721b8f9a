"""Translations that came with a foreign document: gettext catalogues that nobody has reviewed."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""A catalogue says when it was made; the same document gives the same file at any time."""


def write_catalogue(source: Mapping[str, str], texts: Mapping[str, str], name: str) -> bytes:
    """Write one language's catalogue.

    Args:
        source: text key -> source text; only these are in the catalogue, in this order.
        texts: text key -> translation.
        name: of the consultation.
    """
    catalogue = Catalog(
        project=name, header_comment="#", creation_date=_NEVER, revision_date=_NEVER
    )
    for key, text in source.items():
        catalogue.add(text, texts.get(key, ""), context=key)
    written = BytesIO()
    write_po(written, catalogue, width=0, omit_header=False)
    return written.getvalue()
