"""The project's own files, for the tests about the code."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("puente", "admin", "bot", "flows", "storage")


@functools.cache
def list_files(*suffixes: str) -> tuple[Path, ...]:
    """Give the files under version control with one of these suffixes, all without any."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return tuple(
        path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)
    )


def list_modules(*folders: str) -> list[Path]:
    """Give the Python files of these top folders."""
    return [path for path in list_files(".py") if path.relative_to(ROOT).parts[0] in folders]


def name_of(path: Path) -> str:
    """Give a file's name as seen from the project's folder."""
    return path.relative_to(ROOT).as_posix()
