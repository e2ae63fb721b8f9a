"""Where the figures of all processes over one data folder meet: a folder each, added up.

A process's folder counts as long as it holds the lock beside it, whatever host or container of
one it runs in.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from prometheus_client import Metric

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_PARENT = "metrics"


class Gauges(Protocol):
    """What stands now, looked up when somebody asks."""

    def collect(self) -> Iterable[Metric]:
        """Give it, as prometheus_client's collectors do."""


def share_metrics(data: Path) -> None:
    """Make this process and those it starts add to one folder of figures.

    To be called before anything imports prometheus_client. Who was started by one of ours
    adds to that one's folder. Folders whose process is gone are removed.
    """
    if os.environ.get(FOLDER):
        return
    parent = data / _PARENT
    parent.mkdir(parents=True, exist_ok=True)
    own = parent / f"{socket.gethostname()}-{os.getpid()}"
    lock = os.open(_lock_of(own), os.O_RDWR | os.O_CREAT, 0o600)  # held as long as we live
    fcntl.flock(lock, fcntl.LOCK_EX)
    for folder in _list_folders(data):
        if folder == own or not _lives(folder):
            shutil.rmtree(folder, ignore_errors=True)
            if folder != own:
                _lock_of(folder).unlink(missing_ok=True)
    own.mkdir()
    os.environ[FOLDER] = str(own)


def collect_metrics(data: Path, gauges: Gauges) -> tuple[bytes, str]:
    """Give what all processes over one data folder have counted, and what stands now.

    Returns:
        The text that Prometheus reads, and its media type.
    """
    from prometheus_client import (  # noqa: PLC0415 - it looks at the environment on import
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        generate_latest,
    )

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Counted(data))
    registry.register(gauges)
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _Counted:
    def __init__(self, data: Path) -> None:
        self._data = data

    def collect(self) -> Iterable[Metric]:
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - as above

        living = [folder for folder in _list_folders(self._data) if _lives(folder)]
        files = [str(file) for folder in living for file in folder.glob("*.db")]
        found: Iterable[Metric] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
        return found


def _list_folders(data: Path) -> list[Path]:
    return [path for path in (data / _PARENT).glob("*") if path.is_dir()]


def _lives(folder: Path) -> bool:
    """Tell whether somebody holds a folder's lock; containers that share it know no pids."""
    try:
        lock = os.open(_lock_of(folder), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(lock)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")
