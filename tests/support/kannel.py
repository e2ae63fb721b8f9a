"""The real Kannel on free ports of loopback, with its own fake SMSC as the phones.

The configuration is the one of docs/channels/kannel.md: only ports, folders, secrets and the
pace of retries are put in.
"""

from __future__ import annotations

import re
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes, unquote_to_bytes

from tests.support.canaries import CANARY_SECRET
from tests.support.parts import needs_program
from tests.support.waiting import wait_for
from tests.support.webserver import HOST, find_free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = Path(__file__).parents[2] / "docs" / "channels" / "kannel.md"
FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
SHORT_CODE = "2020"
LONGEST_LINE = 200
"""The fake SMSC loses what is longer."""

FAKE = """
group = smsc
smsc = fake
smsc-id = fake
port = {port}
our-host = 127.0.0.1
connect-allow-ip = 127.0.0.1
"""
_GOT = re.compile(r"Got message \d+: <(\S+) (\S+) (\S+)(?: (.*))?>$")


@dataclass(frozen=True)
class Received:
    """One part of a message, as it came to a phone.

    Attributes:
        coding: Kannel's word for it: `text`, `ucs-2`, `udh`, …
        header: the UDH of a part of a longer message, percent-escaped.
    """

    sender: str
    number: str
    coding: str
    text: str
    header: str = ""


class Phones:
    """All phones of one network: Kannel's own fake SMSC, which reads lines and shows others."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log
        self._said = 0

    def say(self, number: str, text: str, *, coding: str = "text", header: str = "") -> None:
        """Send a text from a phone to our short code, in GSM-7 (`text`) or `ucs2`."""
        if coding == "ucs2":
            text = quote_from_bytes(text.encode("utf-16-be"))
        words = [number, SHORT_CODE, coding, *([header] if header else []), text]
        line = " ".join(words)
        assert len(line) <= LONGEST_LINE
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        self._said += 1
        # It reads one line at a time, and loses a second one that stands behind it.
        wait_for(lambda: f"sent message {self._said}\n" in self._read_log(), "the fake SMSC")

    def received(self, number: str) -> list[Received]:
        """Give what a phone got so far, in order."""
        found = (_GOT.search(line) for line in self._read_log().splitlines())
        parts = [_read(match) for match in found if match]
        return [part for part in parts if part.number == number]

    def wait_for(self, number: str, count: int = 1) -> list[Received]:
        """Wait until a phone has got so many parts."""
        return wait_for(
            lambda: found if len(found := self.received(number)) >= count else None,
            f"{count} messages on a phone",
        )

    def _read_log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")


def _read(match: re.Match[str]) -> Received:
    sender, number, coding, rest = match.groups(default="")
    header = ""
    if coding.startswith("udh"):
        header, _, rest = rest.partition(" ")
    if "ucs" in coding:
        rest = unquote_to_bytes(rest.replace("+", " ")).decode("utf-16-be", "surrogatepass")
    return Received(sender, number, coding, rest, header)


@dataclass(frozen=True)
class Kannel:
    """A running Kannel.

    Attributes:
        send_url: its `sendsms`.
        phones: who is on its network.
    """

    send_url: str
    phones: Phones


def read_configuration() -> str:
    """Give the configuration that docs/channels/kannel.md tells an operator to use."""
    [block] = re.findall(r"```kannel\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


@contextmanager
def run_kannel(folder: Path, web_port: int, channel: str) -> Iterator[Kannel]:
    """Run Kannel and its phones, calling `/channels/<channel>/inbound` on `web_port`."""
    bearerbox = needs_program("Kannel", "bearerbox")
    smsbox = needs_program("Kannel", "smsbox")
    fakesmsc = needs_program("Kannel (kannel-extras)", FAKESMSC)
    admin, boxes, sendsms, smsc = find_free_ports(4)
    text = read_configuration()
    for written, here in (
        ("13000", str(admin)),
        ("13001", str(boxes)),
        ("13013", str(sendsms)),
        ("http://127.0.0.1:8000/channels/claro/", f"http://{HOST}:{web_port}/channels/{channel}/"),
        ("/var/spool/kannel", str(folder)),
        ("http-queue-delay = 10", "http-queue-delay = 1"),
        ("CHANGE-ME", CANARY_SECRET),
    ):
        assert written in text, f"docs/channels/kannel.md no longer says {written}"
        text = text.replace(written, here)
    file = folder / "kannel.conf"
    file.write_text(text + FAKE.format(port=smsc), encoding="utf-8")
    with (
        _running([bearerbox, str(file)], folder / "bearerbox.log"),
        _listening(smsc),
        _listening(boxes),
        _running([smsbox, str(file)], folder / "smsbox.log"),
        _listening(sendsms),
        _running(
            [fakesmsc, "-H", HOST, "-r", str(smsc), "-i", "0.01"], folder / "phones.log"
        ) as phones,
    ):
        yield Kannel(
            f"http://{HOST}:{sendsms}/cgi-bin/sendsms", Phones(phones, folder / "phones.log")
        )


@contextmanager
def _running(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[str]]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=file, stderr=file, text=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdin is not None
        process.stdin.close()


@contextmanager
def _listening(port: int) -> Iterator[None]:
    def is_open() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, port)) == 0

    wait_for(is_open, "Kannel to listen", 10)
    yield
