"""The package's own files: the one place in `flows` that reads anything."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_bytes(*parts: str) -> bytes:
    """Read a file that comes with the package, once per process.

    Args:
        parts: its path below `flows/`, such as `("languages", "languages.toml")`.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return files("flows").joinpath(*parts).read_bytes()


def find_scripts() -> tuple[str, ...]:
    """Name the consultations that come with the package, by slug."""
    folders = files("flows").joinpath("scripts").iterdir()
    return tuple(sorted(f.name for f in folders if f.joinpath("guion.yaml").is_file()))


def find_chats(slug: str) -> tuple[str, ...]:
    """Name the golden conversations of a consultation that comes with the package."""
    return _find_beside(slug, ".chat")


def find_catalogues(slug: str) -> tuple[str, ...]:
    """Name the translations of a consultation that comes with the package, `quc.po`."""
    return _find_beside(slug, ".po")


def _find_beside(slug: str, ending: str) -> tuple[str, ...]:
    files_there = files("flows").joinpath("scripts", slug).iterdir()
    return tuple(sorted(f.name for f in files_there if f.name.endswith(ending)))
