"""One idea each: a file that grows is two things, and a function too."""

from __future__ import annotations

import ast
import warnings

import pytest

from tests.support.code import ROOMS, list_modules, name_of

LARGE_MODULE = 300
LARGEST_MODULE = 500
LARGEST_FUNCTION = 80


@pytest.mark.filterwarnings("default")
def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in list_modules(*ROOMS, "tests")
    }
    for name, length in lengths.items():
        if length > LARGE_MODULE and not name.startswith("tests/"):
            warnings.warn(f"{name} has {length} lines: find the seam", stacklevel=1)
    assert {name: length for name, length in lengths.items() if length > LARGEST_MODULE} == {}


def test_no_function_is_longer_than_can_be_read_at_once() -> None:
    lengths = {
        f"{name_of(path)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in list_modules(*ROOMS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert {name: length for name, length in lengths.items() if length > LARGEST_FUNCTION} == {}
