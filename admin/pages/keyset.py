"""Where a page of a list begins, as its address says."""

from __future__ import annotations

from uuid import UUID

from flask import abort, request


def read_id(name: str) -> UUID | None:
    """Give the id an address names, None where it names none; end the request where it is none."""
    try:
        return UUID(request.args[name]) if name in request.args else None
    except ValueError:
        abort(404)
