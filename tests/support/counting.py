"""Tests that say nothing of which lines run, and are twice as fast where none is counted."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

import admin
import bot
import flows
import puente
import storage

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
        _load_all()
        counting.stop()
    try:
        yield
    finally:
        if counting is not None:
            _go_on(counting)


@cache
def _load_all() -> None:
    # A command loads what it needs when it runs: were that first in a pause, the lines by which
    # its modules define what they hold would never be counted.
    for package in (admin, bot, flows, puente, storage):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(".__main__"):
                import_module(module.name)


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
