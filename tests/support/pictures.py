"""Pictures of the pages, for the README: `make pictures` keeps them in `docs/pictures/`."""

from __future__ import annotations

from pathlib import Path

import pytest

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--pictures`."""
    parser.addoption("--pictures", action="store_true", help="keep them in docs/pictures/")


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where this run's pictures go: away, but for `--pictures`."""
    folder = PICTURES if request.config.getoption("--pictures") else tmp_path / "pictures"
    folder.mkdir(exist_ok=True)
    return folder
