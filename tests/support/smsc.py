"""A small SMSC of SMPP 3.4 on loopback: what an operator's centre does for one client.

Written from the specification (SMPP v3.4, issue 1.2), as much as Kannel uses of it: bind,
deliver_sm, submit_sm, enquire_link, and optional parameters (TLV) by their numbers.
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support.waiting import wait_for
from tests.support.webserver import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUBMIT, DELIVER, UNBIND, BIND, ENQUIRE = 0x04, 0x05, 0x06, 0x09, 0x15
RESPONSE = 0x80000000
ITS_SESSION_INFO, USSD_SERVICE_OP = 0x1383, 0x0501
UCS2 = 8
INTERNATIONAL, UNKNOWN = b"\x01\x01", b"\x00\x00"


@dataclass(frozen=True)
class Submitted:
    """A message our side handed in."""

    service_type: str
    to: str
    text: str
    tlvs: Mapping[int, bytes]


@dataclass
class Smsc:
    """The centre, and what was handed in to it."""

    port: int
    submitted: list[Submitted] = field(default_factory=list)
    _client: socket.socket | None = None
    _sequence: int = 0

    @property
    def is_bound(self) -> bool:
        """Whether a client has bound itself."""
        return self._client is not None

    def deliver(self, number: str, to: str, text: str, tlvs: Mapping[int, bytes]) -> None:
        """Hand a message of a phone to the client, as USSD."""
        assert self._client is not None
        self._sequence += 1
        message = text.encode("ascii")
        body = b"".join(
            (
                b"USSD\0",
                INTERNATIONAL + number.lstrip("+").encode() + b"\0",
                UNKNOWN + to.encode() + b"\0",
                bytes(3),  # class, protocol, priority
                b"\0\0",  # no schedule, no validity
                bytes(4),  # no receipt, no replacement, default alphabet, no canned message
                bytes([len(message)]) + message,
                *(struct.pack(">HH", tag, len(value)) + value for tag, value in tlvs.items()),
            )
        )
        self._send(self._client, DELIVER, self._sequence, body)

    def wait_for(self, number: str, count: int) -> list[Submitted]:
        """Wait until so many messages were handed in for a phone, and give them."""

        def find() -> list[Submitted] | None:
            found = [one for one in self.submitted if one.to == number.lstrip("+")]
            return found if len(found) >= count else None

        return wait_for(find, f"{count} screens on a phone", 15)

    def serve(self, client: socket.socket) -> None:
        """Answer one client until it goes."""
        with client, client.makefile("rb") as stream:
            while len(header := stream.read(16)) == 16:
                length, command, _, sequence = struct.unpack(">IIII", header)
                self._take(client, command, sequence, stream.read(length - 16))

    def _take(self, client: socket.socket, command: int, sequence: int, body: bytes) -> None:
        if command == SUBMIT:
            self.submitted.append(_read_submitted(body))
        if command in {SUBMIT, UNBIND, BIND, ENQUIRE}:
            answer = {SUBMIT: b"M%d\0" % sequence, BIND: b"smsc\0"}.get(command, b"")
            self._send(client, command | RESPONSE, sequence, answer)
        if command == BIND:
            self._client = client

    @staticmethod
    def _send(client: socket.socket, command: int, sequence: int, body: bytes) -> None:
        client.sendall(struct.pack(">IIII", 16 + len(body), command, 0, sequence) + body)


def _read_submitted(body: bytes) -> Submitted:
    service_type, rest = body.split(b"\0", 1)
    _, rest = rest[2:].split(b"\0", 1)  # our own number
    to, rest = rest[2:].split(b"\0", 1)
    rest = rest[3:]  # class, protocol, priority
    for _ in range(2):  # schedule, validity
        _, rest = rest.split(b"\0", 1)
    coding, length = rest[2], rest[4]
    message, rest = rest[5 : 5 + length], rest[5 + length :]
    tlvs = {}
    while rest:
        tag, size = struct.unpack(">HH", rest[:4])
        tlvs[tag], rest = rest[4 : 4 + size], rest[4 + size :]
    text = message.decode("utf-16-be" if coding == UCS2 else "latin-1")
    return Submitted(service_type.decode(), to.decode(), text, tlvs)


@contextmanager
def run_smsc(port: int) -> Iterator[Smsc]:
    """Run a centre for as many clients as come, one after the other."""
    smsc = Smsc(port)
    with socket.create_server((HOST, port)) as server:

        def accept() -> None:
            while True:
                try:
                    client = server.accept()[0]
                except OSError:
                    return
                smsc.serve(client)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield smsc
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
