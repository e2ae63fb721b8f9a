"""What somebody typed into a field of one line."""

from __future__ import annotations

from flask import request


def read_line(name: str) -> str:
    """Give a field's words as one line, without signs that cannot be kept."""
    words = request.form.get(name, "").split()
    return "".join(sign for sign in " ".join(words) if sign.isprintable())
