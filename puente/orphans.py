"""A process whose parent is gone ends itself, so that nothing outlives `puente up`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PARENT = "PUENTE_PARENT"
"""The environment variable that tells a process of ours whose child it is."""

LOOK_SECONDS = 1.0
"""How often a process looks whether its parent is still there."""

FROZEN_SECONDS = 20.0
"""How long no thread of a process may come to run before it counts as frozen."""

PR_SET_PDEATHSIG = 1  # linux/prctl.h

# Loaded on import: between fork and exec only the call itself is safe.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(parent: int, number: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send `number` to this process when its parent ends.

    To be called in the child, also as `preexec_fn`. Elsewhere than on Linux only the
    parent that is already gone is noticed.

    Args:
        parent: the process id of the parent, taken by the parent itself; when it has
            already gone, this process gets the signal at once.
        number: the signal to end with.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


def insist_on_end(parent: int, seconds: float) -> None:
    """End without the parent also where the kernel's signal was not heeded.

    It may come while a server is still starting and looks for no signals yet; and whoever
    survives goes on sharing the port with those who replace it. An interpreter that has stopped
    half way, with its threads waiting for each other, can do nothing any more: the kernel then
    ends it by an alarm, which is put off only as long as all is well. It would hold a sender's
    file in the spool for ever.

    Args:
        parent: as in `end_with_parent`.
        seconds: how long to finish what is going on; then this process is killed.
    """

    def watch() -> None:
        is_orphan = False
        while not is_orphan:
            signal.setitimer(signal.ITIMER_REAL, FROZEN_SECONDS + seconds)
            is_orphan = os.getppid() != parent
            time.sleep(0 if is_orphan else LOOK_SECONDS)
        for number in (signal.SIGTERM, signal.SIGKILL):
            os.kill(os.getpid(), number)
            time.sleep(seconds)

    threading.Thread(target=watch, name="parent", daemon=True).start()
