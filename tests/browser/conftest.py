"""What browsers see is not what lines run: counting them here would only slow the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _uncounted() -> Iterator[None]:
    counting = Coverage.current()
    if counting is not None:
        counting.stop()
    yield
    if counting is not None:
        counting.start()
