"""`puente simulate`: whom it lets a crowd loose on, and what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from puente.citizens.crowd import ServerError, Summary
from puente.commands import main
from puente.commands import simulate as command

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

SUMMARY = Summary(
    people=3,
    endings={"complete": 2, "under_age": 1},
    forms={"sms": 1, "ussd": 2},
    messages=40,
    seconds=2.0,
)


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings' folder out of the working folder."""
    monkeypatch.setenv("PUENTE_DATA", str(tmp_path))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int, int]]:
    """Take the place of the crowd; what it is asked for."""
    made: list[tuple[str, str, int, int]] = []

    def _run(url: str, slug: str, citizens: int, seed: int, now: datetime | None = None) -> Summary:
        assert now is None
        made.append((url, slug, citizens, seed))
        return SUMMARY

    monkeypatch.setattr(command, "run", _run)
    return made


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["simulate", "plan-digital", "--citizens", "3", *arguments])
    return result.exit_code, result.output


def test_it_says_what_became_of_the_crowd(calls: list[tuple[str, str, int, int]]) -> None:
    code, output = run("--seed", "7")

    assert code == 0
    assert output.splitlines() == [
        "3 people (seed 7): complete 2, under age 1",
        "by phone: sms 1, ussd 2",
        "40 messages in 2.0 s, 20/s",
    ]
    assert calls == [("http://127.0.0.1:8000", "plan-digital", 3, 7)]


def test_without_a_seed_it_is_another_crowd_each_time(
    calls: list[tuple[str, str, int, int]],
) -> None:
    for _ in range(3):
        run()

    assert len({seed for *_, seed in calls}) > 1


@pytest.mark.parametrize(
    "url", ["http://localhost:8001", "http://127.0.0.9", "http://[::1]:8000/", "https://127.0.0.1"]
)
def test_this_machine_may_be_asked(url: str, calls: list[tuple[str, str, int, int]]) -> None:
    code, _ = run("--url", url)

    assert code == 0
    assert calls[0][0] == url


def test_the_configured_server_may_be_asked(
    calls: list[tuple[str, str, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_PUBLIC_URL", "https://puente.example.org")

    assert run("--url", "https://puente.example.org/")[0] == 0
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://elsewhere.example.org", "neither this machine nor PUENTE_PUBLIC_URL"),
        ("http://puente.example.org", "neither this machine nor PUENTE_PUBLIC_URL"),
        ("http://127.0.0.1.example.org", "neither this machine nor PUENTE_PUBLIC_URL"),
        ("ftp://127.0.0.1", "not an address"),
        ("127.0.0.1:8000", "not an address"),
    ],
)
def test_no_other_server_is_ever_asked(
    url: str,
    why: str,
    calls: list[tuple[str, str, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PUENTE_PUBLIC_URL", "https://puente.example.org")

    code, output = run("--url", url)

    assert code == 2
    assert why in " ".join(output.replace("│", " ").split())
    assert calls == []


def test_a_server_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def _fail(*_: object) -> Summary:
        raise ServerError("127.0.0.1:8000 does not take messages: HTTP 404")

    monkeypatch.setattr(command, "run", _fail)

    code, output = run()

    assert code == 1
    assert output == (
        "Error: 127.0.0.1:8000 does not take messages: HTTP 404; does Puente run there? see --url\n"
    )
