"""Tests that say nothing of which lines run, and are twice as fast where none is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def uncounted() -> Iterator[None]:
    """Count no lines in this process while the tests of a file run."""
    counting = Coverage.current()
    if counting is not None:
        counting.stop()
    yield
    if counting is not None:
        counting.start()
