"""What hundreds of houses in one process share: what is compiled is compiled once, not in each app.

That is Jinja's templates, and of each address what builds it, half of what it takes to make an app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import flask
from jinja2 import BytecodeCache
from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.bccache import Bucket

    Builder = Callable[..., tuple[str, str]]


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


def keep_builders(compile_builder: Callable[[Rule, bool], Builder]) -> Callable[..., Builder]:
    """Keep what Werkzeug compiles of a rule: by all that goes into it, and bound to none."""
    kept: dict[tuple[Any, ...], Builder] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002
        if rule.defaults:  # their converters go into it as well
            return compile_builder(rule, append_unknown)
        key = (rule.rule, *rule._trace, append_unknown)  # noqa: SLF001
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return compile_once


Rule._compile_builder = keep_builders(Rule._compile_builder)  # type: ignore[method-assign]  # noqa: SLF001
flask.Flask.jinja_options = {"bytecode_cache": KeptTemplates()}
