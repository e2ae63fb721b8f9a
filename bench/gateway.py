"""A provider on loopback that takes everything at once; prints its port. Ends with its parent."""

from __future__ import annotations

import json
import os
import socketserver
import sys

from puente.orphans import end_with_parent

TAKEN = json.dumps({"sid": "SM" + "0" * 32, "status": "queued", "num_segments": "1"}).encode()
ANSWER = (
    b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
    b"Content-Length: " + str(len(TAKEN)).encode() + b"\r\n\r\n" + TAKEN
)


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        while self.rfile.readline():
            length = 0
            while (line := self.rfile.readline()) not in {b"\r\n", b""}:
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            self.rfile.read(length)
            self.wfile.write(ANSWER)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


if __name__ == "__main__":
    end_with_parent(os.getppid())
    with _Server(("127.0.0.1", 0), _Handler) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()
