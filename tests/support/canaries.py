"""Values that must never show in a log: every test watches for them.

A test that sends `CANARY_PHONE` or `CANARY_TEXT` through any part of the house fails when
its digits or words come out on standard output, on standard error or in a log record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

CANARY_DIGITS = "55509917"
CANARY_PHONE = f"+502{CANARY_DIGITS}"
CANARY_TEXT = "quetzalito cantor de la canariera"
CANARY_SECRET = "canary-secret-5f0e9d"

CANARIES = (CANARY_DIGITS, CANARY_TEXT, CANARY_SECRET)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a test red whose output or log holds a canary."""
    report = yield
    if report.outcome != "passed":
        return report
    for title, content in report.sections:
        if not title.endswith(report.when or ""):
            continue  # told by an earlier phase
        if found := [canary for canary in CANARIES if canary in content]:
            report.outcome = "failed"
            report.longrepr = f"{title} holds {found[0]!r}: a number, a text or a secret leaked"
    return report
