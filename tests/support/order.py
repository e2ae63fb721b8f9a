"""The one test that takes minutes runs in the middle: at the end the other process would wait."""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Move the tests of faults, after all have been shuffled; not first: CI checks types then."""
    long = [item for item in items if "faults" in item.path.parts]
    short = [item for item in items if "faults" not in item.path.parts]
    middle = len(short) // 2
    items[:] = [*short[:middle], *long, *short[middle:]]
