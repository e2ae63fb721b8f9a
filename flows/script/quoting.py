"""Quotes around a text: how to put them, and whether they close where the text ends."""

from __future__ import annotations

import re
from typing import Final, Literal

_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_AFTER = re.compile(r"\s*(?:\s#.*)?$")
_ESCAPE = re.compile(r'\\([0abtnvfre "/\\N_LP\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|)')
CURLED: Final = frozenset("“”„«»‘’")
"""Quotation marks that word processors put, which quote nothing here."""

Quoted = Literal["closed", "open", "broken"]


def quote(text: str) -> str:
    """Put a text between quotes so that YAML gives it back as it is."""
    if "\n" in text:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def judge_quotes(value: str) -> Quoted:
    """Tell whether a value that begins with a quote is closed, still open, or broken.

    `broken`: more follows where the text should have ended, or a backslash means nothing.
    """
    double = value.startswith('"')
    found = (_DOUBLE if double else _SINGLE).match(value)
    if found is None:
        return "open"
    if not _AFTER.match(value, found.end()):
        return "broken"
    escapes = _ESCAPE.finditer(found[0]) if double else ()
    return "closed" if all(escape[1] for escape in escapes) else "broken"


def unquote_roughly(value: str) -> str:
    """Give what somebody meant to quote, from a value whose quotes are wrong."""
    value = value.strip()
    inner = value[1:]
    if inner.endswith(value[0]) and len(inner) > 1:
        inner = inner[:-1]
        if inner.count(value[0]) == 1:  # "Luz"", one too many
            inner = inner.removesuffix(value[0])
    elif value[0] in inner:  # "Hola" dijo ella: the quotes belong to the text
        return value
    return inner
