from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import storage
import storage.models.staff
from storage import migrate
from storage.engines import make_engine, read_url
from storage.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

FOLDER = Path(storage.__file__).parent / "migrations" / "versions"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(read_url(database_url), 1)
    yield engine
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_name_the_constraints_as_the_models_do(engine: Engine) -> None:
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        assert found.get_pk_constraint(table.name)["name"] == table.primary_key.name
        expected = {index.name for index in table.indexes}
        assert expected <= {index["name"] for index in found.get_indexes(table.name)}


def test_migrations_are_numbered_with_one_head() -> None:
    names = sorted(path.name for path in FOLDER.glob("*.py"))
    assert all(re.fullmatch(r"\d{4}_[a-z_]+\.py", name) for name in names)
    chain = [one.revision for one in migrate.read_scripts().walk_revisions()]
    assert [name[:4] for name in names] == chain[::-1]
    assert migrate.heads() == {names[-1][:4]}


def test_a_migrated_database_is_current(engine: Engine) -> None:
    assert migrate.is_current(engine)


def test_an_older_database_is_not_current(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert not migrate.is_current(engine)


def test_two_upgrades_at_once_do_no_harm(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(migrate.upgrade, empty_database_url) for _ in range(4)]:
            done.result()
    engine = make_engine(read_url(empty_database_url), 1)
    assert migrate.is_current(engine)
    engine.dispose()
