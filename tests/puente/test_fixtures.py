"""The fixtures are real: what the other tests stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
import redis
import sqlalchemy

from tests.support.postgres import PostgresServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.support.clock import Clock

pytest_plugins = ["pytester"]


def count_tables(url: str) -> int:
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    return len(sqlalchemy.inspect(engine).get_table_names())


def test_an_empty_database_has_no_table(empty_database_url: str) -> None:
    engine = sqlalchemy.create_engine(empty_database_url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE seen (id integer)"))
    assert count_tables(empty_database_url) == 1


def test_the_next_empty_database_is_empty_again(empty_database_url: str) -> None:
    assert count_tables(empty_database_url) == 0


def test_a_database_has_empty_tables(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        count = sqlalchemy.text("SELECT count(*) FROM contact")
        assert connection.execute(count).scalar_one() == 0


def test_redis_begins_empty(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left", "behind")


def test_redis_begins_empty_after_a_test_that_wrote(redis_url: str) -> None:
    test_redis_begins_empty(redis_url)


def test_the_clock_moves_only_when_told(clock: Clock) -> None:
    before = clock()
    assert clock() == before
    assert (clock.advance(hours=1) - before).total_seconds() == 3600


def test_a_restarted_postgres_keeps_what_was_committed() -> None:
    with PostgresServer(is_durable=True) as server:
        server.execute("CREATE TABLE kept (id integer)")
        server.kill()
        with pytest.raises(psycopg.OperationalError):
            server.execute("SELECT 1")
        server.start()
        server.execute("SELECT * FROM kept")
    assert not server.folder.exists()


def test_axe_finds_a_picture_without_words(
    page: Page, check_accessibility: Callable[[Page], list[str]]
) -> None:
    page.set_content("<html lang=es><title>t</title><main><h1>h</h1><img src='data:,'></main>")
    assert [line.partition(":")[0] for line in check_accessibility(page)] == ["image-alt"]


CANARY_TEST = """
from tests.support.canaries import CANARY_PHONE

def test_leaks():
    print("sent to", CANARY_PHONE)

def test_is_quiet():
    print("sent")
"""


def test_a_canary_in_the_output_turns_a_test_red(
    pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]
) -> None:
    pytester.makepyfile(CANARY_TEST)
    result = pytester.runpytest_inprocess("-p", "tests.support.canaries", "-p", "no:randomly")
    result.assert_outcomes(passed=1, failed=1)
    capsys.readouterr()  # that run's own report names the canary


MISSING_PART_TEST = """
from tests.support.parts import needs, needs_program

def test_with_a_part_that_is_missing():
    needs("Kannel", found=False)

def test_with_a_program_that_is_missing():
    needs_program("Gateway", "no-such-program-anywhere")

def test_with_a_program_that_is_there():
    assert needs_program("Shell", "sh")
"""


def test_a_missing_part_is_named_in_the_report(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    pytester.makepyfile(MISSING_PART_TEST)
    result = pytester.runpytest_inprocess("-p", "tests.support.report", "-p", "no:randomly")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(
        [
            "*NOT RUN: 2 tests*",
            "NOT RUN: *test_with_a_part_that_is_missing (Kannel is missing here)",
            "NOT RUN: *test_with_a_program_that_is_missing (Gateway is missing here)",
        ]
    )


def test_on_ci_a_missing_part_is_a_failure(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makepyfile(MISSING_PART_TEST)
    result = pytester.runpytest_inprocess("-p", "tests.support.report", "-p", "no:randomly")
    result.assert_outcomes(passed=1, failed=2)
