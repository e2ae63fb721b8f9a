"""A script as a form brings it: a file, or what was pasted."""

from __future__ import annotations

from contextlib import closing

from flask import abort, request

LARGEST_SCRIPT = 512 * 1024
TOO_LARGE = 413


def read_source() -> bytes:
    """Give the uploaded file, or what was pasted where there is none.

    Too large a file ends the request with 413, as the frame does with too large a form.
    """
    uploaded = read_file(LARGEST_SCRIPT)
    return _read_pasted() if uploaded is None else uploaded


def read_file(largest: int) -> bytes | None:
    """Give the uploaded file of at most so many bytes; None where there is none."""
    uploaded = request.files.get("archivo")
    if uploaded is None or not uploaded.filename:
        return None
    with closing(uploaded):  # a large one is a file on disk
        raw: bytes = uploaded.read(largest + 1)
    if len(raw) > largest:
        abort(TOO_LARGE)
    return raw


def _read_pasted() -> bytes:
    # Browsers send line ends as two signs.
    return request.form.get("guion", "").replace("\r\n", "\n").encode()
