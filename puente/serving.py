"""Serving an app: granian, WSGI on blocking threads, with respawn on."""

from __future__ import annotations

import errno
import functools
import gc
import os
import socket
from typing import TYPE_CHECKING

from flows.languages.detect import shipped_detector
from puente.logs import configure_logs
from puente.metrics import share_metrics
from puente.orphans import end_with_parent, insist_on_end

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from puente.app import Side
    from puente.settings import Settings

PROCESSES: Mapping[Side, str] = {"web": "web", "admin": "admin", "both": "web"}
"""What each calls itself where it says that it lives."""
THREADS = 8
SECONDS_TO_FINISH = 10

# Granian's records go where all others go; requests are not logged: they hold tokens.
_LOGGING = {"formatters": {}, "handlers": {}, "loggers": {"_granian": {"propagate": True}}}


def serve(settings: Settings, side: Side, host: str, port: int) -> None:
    """Serve one side of the house until SIGTERM or SIGINT.

    One process on SQLite, which takes one writer at a time; else one for each core.
    """
    # Imported here: the command line must not wait for it.
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    configure_logs(settings.log_level)
    share_metrics(settings.data)
    _prepare(side)
    is_sqlite = settings.database_url.startswith("sqlite")
    server = Server(
        "puente",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1 if is_sqlite else os.cpu_count() or 1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_dictconfig=_LOGGING,
        log_level=LogLevels.error,
    )
    load = functools.partial(_load, settings, side, os.getpid())
    server.serve(target_loader=load, wrap_loader=False)


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody serves there; granian would share the port in silence.

    Raises:
        OSError: that is no address of this machine, or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As any server does: connections that are closing do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def find_free_port(host: str, port: int) -> int:
    """Give this port, or the next one that is free.

    Raises:
        OSError: none is free, or as `is_free` does.
    """
    for candidate in range(port, min(port + 100, 65536)):
        if is_free(host, candidate):
            return candidate
    raise OSError(errno.EADDRINUSE, f"no free port from {port} on")


def _prepare(side: Side) -> None:
    """Load what takes long: once, before workers are forked, who then share it.

    A worker that takes the place of a killed one serves at once, and no citizen waits for the
    models of languages.
    """
    import puente.app  # noqa: F401, PLC0415 - the command line must not wait for it

    if side != "admin":
        shipped_detector()
    gc.freeze()  # what all share stays shared: the collector would write on each page of it


def _load(settings: Settings, side: Side, parent: int) -> Flask:
    """Make the app in granian's worker, which ends when granian's main process does."""
    from puente.app import create_app  # noqa: PLC0415 - see `_prepare`
    from puente.heartbeat import start_beating  # noqa: PLC0415

    end_with_parent(parent)
    insist_on_end(parent, SECONDS_TO_FINISH)
    configure_logs(settings.log_level)
    _prepare(side)  # where workers are not forked
    app = create_app(settings, serve=side)
    start_beating(app.extensions["puente.database"], PROCESSES[side], settings.clock)
    if (reception := app.extensions.get("puente.reception")) is not None:
        reception.watch_spool()
    return app
