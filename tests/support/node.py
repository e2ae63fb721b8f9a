"""Programs of npm, run by the node that Playwright's wheel carries."""

from __future__ import annotations

from pathlib import Path

from playwright._impl._driver import compute_driver_executable

NPM = Path(__file__).with_name("npm")


def node(script: str) -> list[str]:
    """Give the command that runs a script of tests/support/npm/."""
    return [str(compute_driver_executable()[0]), str(NPM / script)]
