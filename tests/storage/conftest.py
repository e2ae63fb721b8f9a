from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.citizens import Town, open_town
from tests.support.databases import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@pytest.fixture(scope="session")
def counted_kinds() -> Collection[str]:
    """All: each has lines of its own here."""
    return KINDS


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


@pytest.fixture
def postgres_town(postgres_url: str) -> Iterator[Town]:
    with open_town(postgres_url) as town:
        yield town
