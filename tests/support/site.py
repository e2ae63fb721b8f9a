"""A house at a port, as a browser finds it: both sides, the flagship open.

One for the tests of a file: each visitor has a number of her own, and staff look at what is there.
"""

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

    from puente.settings import Settings
    from storage.database import Database
    from tests.support.databases import Databases


@dataclass(frozen=True, slots=True)
class Site:
    """A house that is being served; `url` has a slash at its end."""

    url: str
    settings: Settings
    database: Database


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_databases: Databases) -> Iterator[Site]:
    """Serve a house on SQLite, with the bundled consultations open."""
    url = sqlite_databases.make(migrated=True)
    settings = read_settings({"DATABASE_URL": url}, tmp_path_factory.mktemp("site"))
    prepare(settings)
    app = create_app(settings, serve="both")
    database: Database = app.extensions["puente.database"]
    (port,) = find_free_ports(1)
    with serving(app, port):
        yield Site(f"http://{HOST}:{port}/", settings, database)
    database.close()
    sqlite_databases.drop(url)
