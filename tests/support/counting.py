"""Tests that say nothing of which lines run, and are twice as fast where none is counted."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure(config: pytest.Config) -> None:
    """Add `@pytest.mark.uncounted`, for one test beside others that are counted."""
    config.addinivalue_line("markers", "uncounted: count no lines while this test runs")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run a test that is marked without counting; what its fixtures do counts."""
    if item.get_closest_marker("uncounted") is None:
        yield
        return
    with pausing():
        yield


@contextmanager
def pausing() -> Iterator[None]:
    """Count no lines in this process for so long."""
    counting = Coverage.current()
    if counting is not None:
        counting.stop()
    try:
        yield
    finally:
        if counting is not None:
            _go_on(counting)


def _go_on(counting: Coverage) -> None:
    # By itself `start` patches fork and exit once more each time: after hundreds of pauses a
    # fork takes seconds.
    patches = counting.get_option("run:patch")
    counting.set_option("run:patch", [])
    counting.start()
    counting.set_option("run:patch", patches)


@pytest.fixture(scope="module")
def uncounted() -> Iterator[None]:
    """Count no lines in this process while the tests of a file run."""
    with pausing():
        yield
