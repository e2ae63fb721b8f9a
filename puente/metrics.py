"""Where the figures of several processes meet: a folder of files, one set per process."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def share_metrics(data: Path) -> None:
    """Make this process and those it starts add to one folder of figures.

    To be called before anything imports prometheus_client. Who was started by one of ours
    adds to that one's folder. Folders whose process is gone are removed.
    """
    if os.environ.get(FOLDER):
        return
    parent = data / "metrics"
    parent.mkdir(parents=True, exist_ok=True)
    for folder in parent.iterdir():
        if not _lives(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
    own = parent / str(os.getpid())
    own.mkdir(exist_ok=True)
    os.environ[FOLDER] = str(own)


def _lives(name: str) -> bool:
    with suppress(ValueError, ProcessLookupError):
        os.kill(int(name), 0)
        return True
    return False
