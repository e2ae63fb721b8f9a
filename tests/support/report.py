"""The last lines of a run: what was not run, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.parts import MARK

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every test that a missing part of the system left out."""
    left_out = [
        (report.nodeid, str(report.longrepr[2]))
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple) and MARK in str(report.longrepr[2])
    ]
    if not left_out:
        return
    terminalreporter.section(f"{MARK} {len(left_out)} tests", yellow=True)
    for nodeid, reason in left_out:
        part = reason.partition(MARK)[2].strip()
        terminalreporter.write_line(f"{MARK} {nodeid} ({part})")
