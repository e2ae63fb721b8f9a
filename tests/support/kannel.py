"""The real Kannel on free ports of loopback, with its own fake SMSC as the phones.

The configuration is the one of docs/channels/kannel.md: only ports, folders, secrets and the
pace of retries are put in.
"""

from __future__ import annotations

import re
import socket
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes, unquote_to_bytes

from tests.support.canaries import CANARY_SECRET
from tests.support.parts import needs_program
from tests.support.waiting import wait_for
from tests.support.webserver import HOST, find_free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PAGES = Path(__file__).parents[2] / "docs" / "channels"
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

    @property
    def is_last(self) -> bool:
        """Whether no part of its message follows: a header ends with how many and which."""
        return self.header[-6:-3] == self.header[-3:]


class Phones:
    """All phones of one network: Kannel's own fake SMSC, which reads lines and shows others."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log
        self._said = 0

    def say(self, number: str, text: str, *, coding: str = "text", header: str = "") -> None:
        """Send a text from a phone to our short code, in GSM-7 (`text`) or `ucs2`."""
        if coding == "ucs2":
            text = quote_from_bytes(text.encode("utf-16-be", "surrogatepass"))
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

    def ask(self, number: str, text: str, *, coding: str = "text") -> list[Received]:
        """Send a text, and wait until the whole reply has come."""
        before = len(self.received(number))
        self.say(number, text, coding=coding)
        return wait_for(
            lambda: new if (new := self.received(number)[before:]) and new[-1].is_last else None,
            "a reply on a phone",
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


def configure(page: str, folder: Path, ports: Mapping[str, object], channel: str) -> Path:
    """Write the configuration that a page of docs/channels/ tells an operator to use.

    `ports` are by the numbers that stand in the page; 8000 is Puente's.
    """
    told = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    [text] = re.findall(r"```kannel\n(.*?)```", told, re.DOTALL)
    text = re.sub(r"/channels/\w+/", f"/channels/{channel}/", text)
    text = text.replace("/var/spool/kannel", str(folder)).replace("CHANGE-ME", CANARY_SECRET)
    text = text.replace("http-queue-delay = 10", "http-queue-delay = 1")
    for written, port in ports.items():
        assert written in text, f"docs/channels/{page}.md no longer says {written}"
        text = text.replace(written, str(port))
    file = folder / "kannel.conf"
    file.write_text(text, encoding="utf-8")
    return file


@contextmanager
def run_boxes(file: Path, *ports: int) -> Iterator[None]:
    """Run bearerbox and smsbox by a configuration; `ports` are those of bearerbox."""
    bearerbox, smsbox = needs_program("Kannel", "bearerbox"), needs_program("Kannel", "smsbox")
    with ExitStack() as stack:
        stack.enter_context(running([bearerbox, str(file)], file.with_name("bearerbox.log")))
        for port in ports:
            stack.enter_context(_listening(port))
        stack.enter_context(running([smsbox, str(file)], file.with_name("smsbox.log")))
        yield


@contextmanager
def run_kannel(folder: Path, web_port: int, channel: str) -> Iterator[Kannel]:
    """Run Kannel and its phones, calling `/channels/<channel>/inbound` on `web_port`."""
    fakesmsc = needs_program("Kannel (kannel-extras)", FAKESMSC)
    admin, boxes, sendsms, smsc = find_free_ports(4)
    ports = {"13000": admin, "13001": boxes, "13013": sendsms, ":8000": f":{web_port}"}
    file = configure("kannel", folder, ports, channel)
    with file.open("a", encoding="utf-8") as written:
        written.write(FAKE.format(port=smsc))
    log = folder / "phones.log"
    with (
        run_boxes(file, smsc, boxes),
        _listening(sendsms),
        running([fakesmsc, "-H", HOST, "-r", str(smsc), "-i", "0.01"], log) as phones,
    ):
        yield Kannel(f"http://{HOST}:{sendsms}/cgi-bin/sendsms", Phones(phones, log))


@contextmanager
def running(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a program while the context lasts; what it prints goes into a file."""
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
