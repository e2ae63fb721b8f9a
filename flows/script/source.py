"""From a file as it was saved to its lines: encodings, line ends, conflicts, stray signs."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from flows.script.problems import make_problem

if TYPE_CHECKING:
    from flows.script.problems import Problem

MAX_KB: Final = 256
"""Thirty times the flagship; more is no script."""
MAX_LINES: Final = 5000
"""Twenty-five times the flagship."""

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DOCUMENTS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<!DOCTYPE", b"<html")
"""How files begin that word processors, spreadsheets and browsers save."""
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?= |$)")
_BEFORE = re.compile(r"\s*(?:-\s*)?\w*\s*:?\s*")
"""What stands before a value."""
_ODD_BLANK = re.compile(r"[^\S \t]")
"""A blank that is none to YAML: word processors and web pages put them."""
_UNSEEN: Final = frozenset(
    "\ufffe\uffff\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Zero-width and direction signs that come along from web pages and phones, and no signs."""


def read_lines(source: str | bytes, problems: list[Problem]) -> list[str] | None:
    """Give the lines of a script, or None where there is nothing to go on with.

    What is wrong with the file goes into `problems`, with its line; what can be told from
    the rest is mended so that the other checks see it.
    """
    if len(source) > MAX_KB * 1024:
        problems.append(make_problem("archivo-grande", 1, limit=MAX_KB))
        return None
    if isinstance(source, bytes) and _is_document(source):
        problems.append(make_problem("no-es-texto", 1))
        return None
    text = source if isinstance(source, str) else _decode(source, problems)
    if text.startswith("\ufeff"):
        problems.append(make_problem("marca-bom", 1))
        text = text[1:]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(make_problem("fin-de-linea", line))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not text.strip():
        problems.append(make_problem("archivo-vacio", 1))
        return None
    if len(lines) > MAX_LINES:
        problems.append(make_problem("archivo-largo", MAX_LINES + 1, limit=MAX_LINES))
        return None
    _drop_unseen(lines, problems)
    _drop_conflicts(lines, problems)
    return lines


def _is_document(source: bytes) -> bool:
    """Tell whether this is no text at all: a document, a picture, a spreadsheet."""
    start = source[:1024].replace(b"\0", b"")
    control = sum(sign < ord(" ") and sign not in b"\t\n\r" for sign in start)
    return start.startswith(_DOCUMENTS) or control * 20 > len(start)


def _decode(source: bytes, problems: list[Problem]) -> str:
    if source.startswith(_UTF32):
        problems.append(make_problem("codificacion", 1, found="UTF-32"))
        return source.decode("utf-32", errors="replace")
    if source.startswith(_UTF16) or source[:2].count(0) == 1:
        problems.append(make_problem("codificacion", 1, found="UTF-16"))
        order = "utf-16-be" if source[:1] in {b"\xfe", b"\x00"} else "utf-16-le"
        return source.decode(order, errors="replace").removeprefix("\ufeff")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = source[: fault.start].count(b"\n") + 1
    problems.append(make_problem("codificacion", line, found="ANSI (Windows-1252)"))
    return source.decode("cp1252", errors="replace")


def _drop_unseen(lines: list[str], problems: list[Problem]) -> None:
    for place, raw in enumerate(lines):
        before = _BEFORE.match(raw)
        end = before.end() if before else 0
        odd = [sign for sign in raw[:end] if sign.isspace() and sign not in " \t"]
        line = _ODD_BLANK.sub(" ", raw[:end]) + raw[end:]
        unseen = [*odd, *(sign for sign in line if _is_unseen(sign))]
        if unseen:
            lines[place] = "".join(sign for sign in line if not _is_unseen(sign))
            found = f"U+{ord(unseen[0]):04X}"
            problems.append(
                make_problem("signo-invisible", place + 1, found=found, mended=lines[place])
            )


def _is_unseen(sign: str) -> bool:
    if sign < "\x7f":
        return sign < " " and sign != "\t"
    return sign in _UNSEEN or unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}


def _drop_conflicts(lines: list[str], problems: list[Problem]) -> None:
    """Keep the first side of a merge conflict; one problem for each conflict."""
    inside = False
    dropping = False
    # Without an end below, what follows a `=======` is not the other side.
    last = max((at for at, line in enumerate(lines) if line.startswith(">>>>>>>")), default=-1)
    for place, line in enumerate(lines):
        marker = _CONFLICT.match(line)
        if marker is None:
            if dropping:
                lines[place] = ""
            continue
        if marker[0][0] == "<" or not inside:
            problems.append(make_problem("conflicto", place + 1, found=marker[0]))
        inside = marker[0][0] != ">"
        dropping = marker[0][0] in "|=" and place < last
        lines[place] = ""
