"""Citizens as fast as the server answers: signed Twilio webhooks over kept connections.

Run as a process of its own: `python -m bench.load PORT SECONDS CONNECTIONS FIRST`; prints how
many messages were answered with 200, and in how many seconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlencode

from bench.lines import Talk, open_lines
from tests.support.phones import TWILIO_TOKEN, URL

PATH = "/channels/twilio-sms/inbound"
CITIZENS = 200_000
"""To each turn of sending, numbers of its own: nobody begins in the middle."""
SAID = ("CONSULTA", "1", "1", "1", "2", "1 3", "0", "Que haya internet en mi aldea", "0", "1", "3")


def main() -> None:
    """Send for so many seconds, and say what came of it."""
    port, seconds, connections, first = map(int, sys.argv[1:5])
    with open_lines(port, TALK, connections, first) as lines:
        began = time.monotonic()
        messages, waiting = 0, connections
        for line in lines.all:
            line.send()
        while waiting:
            for line in lines.wait():
                messages += 1
                if time.monotonic() < began + seconds:
                    line.send()
                else:
                    waiting -= 1
        spent = time.monotonic() - began
    sys.stdout.write(json.dumps({"messages": messages, "seconds": spent}))


def send_at_full_speed(port: int, seconds: int, connections: int, turn: int) -> float:
    """Send from a process of its own, by citizens of this turn; messages a second."""
    found = run_apart("bench.load", port, seconds, connections, turn * CITIZENS)
    return float(found["messages"] / found["seconds"])


def run_apart(module: str, *arguments: object) -> Any:
    """Run a module as a process of its own; gives the JSON it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


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


TALK = Talk(
    len(SAID),
    lambda citizen, step: make_request(citizen, step, SAID[step]),
    lambda _step, _body: None,
)


if __name__ == "__main__":
    main()
