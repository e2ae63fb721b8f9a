from __future__ import annotations

import pytest

from tests.support.people import People


@pytest.fixture
def people() -> People:
    return People()
