"""A house at a port of its own, as a browser finds it: both sides, the flagship open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from puente.app import create_app
from puente.demonstration import prepare
from puente.settings import read_settings
from tests.support.webserver import HOST, find_free_ports, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from puente.settings import Settings
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Site:
    """A house that is being served; `url` has a slash at its end."""

    url: str
    settings: Settings
    database: Database


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    """Serve a house of its own, on SQLite, with the bundled consultations open."""
    settings = read_settings({"DATABASE_URL": sqlite_url}, tmp_path)
    prepare(settings)
    app = create_app(settings, serve="both")
    database: Database = app.extensions["puente.database"]
    (port,) = find_free_ports(1)
    with serving(app, port):
        yield Site(f"http://{HOST}:{port}/", settings, database)
    database.close()
