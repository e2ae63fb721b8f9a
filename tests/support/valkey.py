"""A real valkey, one for each test process."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import redis

from puente.valkey import ValkeyServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[str]:
    """One running valkey for this test process; do not stop it, start one of your own."""
    with tempfile.TemporaryDirectory(prefix="puente-valkey-", dir="/tmp") as folder:
        server = ValkeyServer(Path(folder), is_durable=False)
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


@pytest.fixture
def redis_url(valkey_server: str) -> str:
    """The REDIS_URL of a real valkey that holds nothing."""
    with redis.Redis.from_url(valkey_server) as client:
        client.flushall()
    return valkey_server
