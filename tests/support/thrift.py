"""What hundreds of houses in one process share: a template is compiled once, not in each app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask
from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class KeptTemplates(BytecodeCache):
    """Compiled templates in memory, by name and source as Jinja keys them."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before; Jinja looks whether the source is still the same."""
        if (kept := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


flask.Flask.jinja_options = {"bytecode_cache": KeptTemplates()}
