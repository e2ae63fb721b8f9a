"""Secrets that a development machine makes for itself, each a file only its owner reads."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, closed to all but their owner."""
    for missing in [parent for parent in reversed(folder.parents) if not parent.exists()]:
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def keep_secret(path: Path, make: Callable[[], str]) -> str:
    """Give the secret in this file, made and written first where there is none.

    Two processes that start at once get the same one: a file appears whole, under its
    final name, and never replaces another.
    """
    if not path.exists():
        make_private_folder(path.parent)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # somebody else was first
                path.hardlink_to(draft)
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
