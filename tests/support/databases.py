"""Fresh databases, quickly: each is a copy of a template that was migrated once."""

from __future__ import annotations

import itertools
import shutil
from contextlib import nullcontext
from typing import TYPE_CHECKING, Protocol

import pytest

from storage.migrate import upgrade
from tests.support.counting import pausing
from tests.support.parts import needs
from tests.support.postgres import PostgresServer, find_binaries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

KINDS = ("sqlite", "postgresql")


class Databases(Protocol):
    """A place where databases of one kind are made."""

    def make(self, *, migrated: bool) -> str:
        """Give the URL of a new database, empty or with empty tables."""

    def drop(self, url: str) -> None:
        """Remove it, whoever is still connected."""


class SqliteDatabases:
    """Files in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template: Path | None = None
        self._numbers = itertools.count()

    def make(self, *, migrated: bool) -> str:
        """Give the URL of a new file."""
        path = self._folder / f"{next(self._numbers)}.sqlite3"
        if migrated:
            if self._template is None:
                template = self._folder / "template.sqlite3"
                upgrade(f"sqlite:///{template}")
                self._template = template
            shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Remove the file and what SQLite keeps beside it."""
        path = url.removeprefix("sqlite:///")
        for file in self._folder.glob(f"{path.rsplit('/', 1)[-1]}*"):
            file.unlink()


class PostgresDatabases:
    """Databases of one server."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._is_prepared = False
        self._numbers = itertools.count()

    def make(self, *, migrated: bool) -> str:
        """Give the URL of a new database, copied from a template."""
        template = "template0"
        if migrated:
            template = "puente_template"
            if not self._is_prepared:
                self._server.execute("CREATE DATABASE puente_template TEMPLATE template0")
                upgrade(self._server.url("puente_template"))
                self._is_prepared = True
        name = f"puente_{next(self._numbers)}"
        self._server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.url(name)

    def drop(self, url: str) -> None:
        """Remove it, whoever is still connected."""
        name = url.removeprefix("postgresql://postgres@/").partition("?")[0]
        self._server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One running PostgreSQL for this test process; do not stop it, start one of your own."""
    needs("PostgreSQL", found=find_binaries() is not None)
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Where SQLite files are made."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: PostgresServer) -> Databases:
    """Where PostgreSQL databases are made."""
    return PostgresDatabases(postgres_server)


def _lend(databases: Databases, *, migrated: bool) -> Iterator[str]:
    url = databases.make(migrated=migrated)
    try:
        yield url
    finally:
        databases.drop(url)


def _databases(request: pytest.FixtureRequest) -> Databases:
    names = {"sqlite": "sqlite_databases", "postgresql": "postgres_databases"}
    databases: Databases = request.getfixturevalue(names[request.param])
    return databases


@pytest.fixture(scope="session")
def counted_kinds() -> Collection[str]:
    """The kinds over which lines are counted: all but storage's are the same over each."""
    return ("sqlite",)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, counted_kinds: Collection[str]) -> Iterator[str]:
    """A migrated database with empty tables, on each kind in turn."""
    with nullcontext() if request.param in counted_kinds else pausing():
        yield from _lend(_databases(request), migrated=True)


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without any table, on each kind in turn."""
    yield from _lend(_databases(request), migrated=False)


@pytest.fixture
def sqlite_url(sqlite_databases: Databases) -> Iterator[str]:
    """A migrated SQLite database with empty tables."""
    yield from _lend(sqlite_databases, migrated=True)


@pytest.fixture
def postgres_url(postgres_databases: Databases) -> Iterator[str]:
    """A migrated PostgreSQL database with empty tables."""
    yield from _lend(postgres_databases, migrated=True)


@pytest.fixture
def empty_postgres_url(postgres_databases: Databases) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    yield from _lend(postgres_databases, migrated=False)
