"""A file that a page gives to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from collections.abc import Iterable


def give_file(content: str | bytes | Iterable[bytes], content_type: str, name: str) -> Response:
    """Answer with a file; `name` is one of ours, of letters, digits, `_`, `-` and `.`."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
