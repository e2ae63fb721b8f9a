"""Puente's commands as processes of their own, the way people start them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIXES = ("PUENTE_", "TWILIO_", "DATABASE_URL", "REDIS_URL", "PORT", "PROMETHEUS_")


class PuenteRun:
    """`puente …` in a folder of its own; leaving the context ends it and all it started.

    Args:
        folder: the working folder, where `var` and `.env` stand.
        arguments: what follows `puente`.
        environ: settings; none are taken from the environment of the tests.
    """

    def __init__(self, folder: Path, *arguments: str, **environ: str) -> None:
        self._folder = folder
        self._arguments = arguments
        self._environ: Mapping[str, str] = environ
        self._log = folder / f"{arguments[0]}-{os.urandom(4).hex()}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(PREFIXES)
        }
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "puente", *self._arguments],
                cwd=self._folder,
                env=inherited | dict(self._environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self

    def __exit__(self, *_: object) -> None:
        children = self.descendants()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        wait_for(lambda: not any(map(is_alive, children)), "its processes to end")

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process that was started."""
        if self._process is None:
            raise RuntimeError("not started: use it as a context")
        return self._process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def output(self) -> str:
        """Give what it has written so far, to both outputs."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_for_line(self, start: str, seconds: float = 60) -> str:
        """Wait for a line that starts so, and give its rest."""

        def find() -> str | None:
            for line in self.output().splitlines():
                if line.startswith(start):
                    return line.removeprefix(start)
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}: {self.output()}")
            return None

        return wait_for(find, f"a line {start!r}", seconds)

    def descendants(self) -> list[int]:
        """Give the ids of all its living children and theirs, the eldest first."""
        return find_descendants(self.pid)

    def find_process(self, word: str) -> int | None:
        """Give the eldest living descendant whose command line matches, or None."""
        return next((pid for pid in self.descendants() if re.search(word, command_line(pid))), None)

    def kill(self) -> None:
        """End it with SIGKILL, as the kernel would when memory runs out."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def find_descendants(pid: int) -> list[int]:
    """Give the ids of a process's living children and theirs, the eldest first."""
    children = sorted(
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and _parent_of(int(folder.name)) == pid
    )
    return [child for child in children if is_alive(child)] + [
        descendant for child in children for descendant in find_descendants(child)
    ]


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be collected does not."""
    return _status(pid)[:1] not in (["Z"], [])


def command_line(pid: int) -> str:
    """Give a process's command line, or nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _parent_of(pid: int) -> int | None:
    status = _status(pid)
    return int(status[1]) if status else None


def _status(pid: int) -> list[str]:
    # pid (name, which may hold anything) state parent …
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
