from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.citizens import Town, open_town

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


@pytest.fixture
def postgres_town(postgres_url: str) -> Iterator[Town]:
    with open_town(postgres_url) as town:
        yield town
