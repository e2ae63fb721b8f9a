"""The stock sentences: what every consultation says unless its script says it otherwise.

`servicio.pot` is a gettext template with the Spanish text as msgid and `servicio/<name>` as
msgctxt, so that translators get them like any other text.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from flows.data import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGE = "es"
"""The language the stock sentences are written in."""


@cache
def stock_texts() -> Mapping[str, str]:
    """Give the stock sentences by key, `servicio/<name>` -> Spanish text."""
    template = read_po(BytesIO(read_bytes("catalogues", "servicio.pot")), abort_invalid=True)
    return MappingProxyType(
        {str(text.context): str(text.id) for text in template if text.id and text.context}
    )
