"""What browsers see is not what lines run: counting them would only slow the pages."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def _uncounted(uncounted: None) -> None:
    """See `tests.support.counting`."""
