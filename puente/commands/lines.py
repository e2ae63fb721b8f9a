"""Lines in, one JSON object out for each: what the `puente try` commands share."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def answer_lines(answer: Callable[[str], Mapping[str, Any]], *, as_json: bool) -> None:
    """Answer every line of standard input, blank ones included, with a JSON object.

    Args:
        answer: makes the object for one line.
        as_json: each line is a JSON string, so that a text may hold line ends; a line that
            is none counts as the text it is.
    """
    for line in read_lines(sys.stdin.buffer):
        click.echo(_to_json(answer(_from_json(line) if as_json else line)))


def read_lines(stream: BinaryIO) -> Iterator[str]:
    r"""Read lines that end with \n or \r\n; bytes that are no UTF-8 become U+FFFD."""
    for line in stream:
        yield line.removesuffix(b"\n").removesuffix(b"\r").decode(errors="replace")


def _from_json(line: str) -> str:
    try:
        text = json.loads(line)
    except (ValueError, RecursionError):
        return line
    return text if isinstance(text, str) else line


def _to_json(found: Mapping[str, Any]) -> bytes:
    """Write UTF-8 that people can read; a lone surrogate has no UTF-8 and is escaped."""
    try:
        return json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(found).encode()
