"""A provider on loopback that takes everything; prints its port. Ends with its parent.

`python -m bench.gateway [SECONDS LOG]`: each answer after so many seconds, and a line for each
message in LOG: the machine's monotonic time, and to whom.
"""

from __future__ import annotations

import json
import os
import re
import socketserver
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

from puente.orphans import end_with_parent

TAKEN = json.dumps({"sid": "SM" + "0" * 32, "status": "queued", "num_segments": "1"}).encode()
ANSWER = (
    b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
    b"Content-Length: " + str(len(TAKEN)).encode() + b"\r\n\r\n" + TAKEN
)
_TO = re.compile(rb"To=%2B(\d+)")


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        while self.rfile.readline():
            length = 0
            while (line := self.rfile.readline()) not in {b"\r\n", b""}:
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            self.server.note(self.rfile.read(length))
            self.wfile.write(ANSWER)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, seconds: float, log: TextIO | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._seconds = seconds
        self._log = log
        self._lock = threading.Lock()

    def note(self, body: bytes) -> None:
        """Write down a message, and let its sender wait as long as a provider far away does."""
        found = _TO.search(body)
        if self._log is not None and found is not None:
            with self._lock:
                self._log.write(f"{time.monotonic()} {found[1].decode()}\n")
                self._log.flush()
        if self._seconds:
            time.sleep(self._seconds)


def main() -> None:
    """Serve."""
    end_with_parent(os.getppid())
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0
    log = Path(sys.argv[2]).open("w", encoding="utf-8") if len(sys.argv) > 2 else None  # noqa: SIM115 - open as long as we serve
    with _Server(seconds, log) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
