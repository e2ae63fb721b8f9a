"""A WSGI app on a real port of loopback, that can go away and come back."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

HOST = "127.0.0.1"


def find_free_ports(count: int) -> list[int]:
    """Find ports that nobody listens on; all different, since all are held at once."""
    held = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@contextmanager
def serving(app: WSGIApplication, port: int) -> Iterator[None]:
    """Serve an app in threads of this process while the context lasts."""
    server = _Server(HOST, port, app, handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadedWSGIServer):
    daemon_threads = False  # closing waits for them: none outlives what the app works on


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any, **__: Any) -> None:
        """Say nothing: an address may hold a number and a text."""
