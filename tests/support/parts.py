"""The system's parts that some tests need, and an honest word where they are missing."""

from __future__ import annotations

import os
import shutil

import pytest

MARK = "NOT RUN:"


def needs(part: str, *, found: bool) -> None:
    """Leave this test out, by name, where a part of the system is missing.

    On CI (`CI` is set) nothing may be left out: there the test fails.
    """
    if found:
        return
    sentence = f"{MARK} {part} is missing here"
    if os.environ.get("CI"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def needs_program(part: str, *names: str) -> str:
    """Give the path of the first of these programs, or leave this test out.

    Args:
        part: what it belongs to, as the report shall call it (`Kannel`).
        names: programs to look for, on PATH and where root's programs stand.
    """
    path = os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/sbin"
    for name in names:
        if program := shutil.which(name, path=path):
            return program
    needs(part, found=False)
    raise AssertionError("needs() does not return")
