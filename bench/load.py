"""Citizens as fast as the server answers: signed Twilio webhooks over kept connections.

Run as a process of its own: `python -m bench.load PORT SECONDS CONNECTIONS FIRST`; prints how
many messages were answered with 200, and in how many seconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import sys
import threading
import time
from urllib.parse import urlencode

from tests.support.phones import TWILIO_TOKEN, URL

PATH = "/channels/twilio-sms/inbound"
SAID = ("CONSULTA", "1", "1", "1", "2", "1 3", "0", "Que haya internet en mi aldea", "0", "1", "3")


def main() -> None:
    """Send for so many seconds, and say what came of it."""
    port, seconds, connections, first = map(int, sys.argv[1:5])
    counts = [0] * connections
    end = time.monotonic() + seconds

    def send(place: int) -> None:
        citizen = first + place
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.monotonic() < end:
                for step, text in enumerate(SAID):
                    line.sendall(make_request(citizen, step, text))
                    if not _is_ok(line):
                        raise SystemExit("the server refused a message")
                    counts[place] += 1
                    if time.monotonic() >= end:
                        return
                citizen += connections

    threads = [threading.Thread(target=send, args=(place,)) for place in range(connections)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"messages": sum(counts), "seconds": time.monotonic() - began}))


def make_request(citizen: int, step: int, text: str) -> bytes:
    """Write one request as Twilio does, signature and all."""
    fields = {
        "AccountSid": f"AC{0:032}",
        "ApiVersion": "2010-04-01",
        "Body": text,
        "From": f"+502{30_000_000 + citizen}",
        "MessageSid": f"SM{citizen:024}{step:08}",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "To": "+50222220000",
    }
    signed = f"{URL}{PATH}" + "".join(key + value for key, value in sorted(fields.items()))
    proof = base64.b64encode(hmac.digest(TWILIO_TOKEN.encode(), signed.encode(), hashlib.sha1))
    body = urlencode(fields).encode()
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: puente.example.org\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Twilio-Signature: {proof.decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _is_ok(line: socket.socket) -> bool:
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65_536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    while len(body) < length:
        body += line.recv(65_536)
    return head.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    main()
