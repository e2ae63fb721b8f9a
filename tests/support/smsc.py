"""An operator's centre on loopback: the npm package `smpp` (see npm/README.md)."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.kannel import running
from tests.support.node import node
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Submitted:
    """A message our side handed in.

    Attributes:
        operation: `ussd_service_op`.
        session: `its_session_info`.
    """

    service_type: str
    to: str
    text: str
    operation: int
    session: bytes


class Smsc:
    """The centre, and what was handed in to it."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log
        [self.port] = wait_for(lambda: self._told("port"), "the centre to listen", 10)

    @property
    def is_bound(self) -> bool:
        """Whether a client has bound itself."""
        return bool(self._told("bound"))

    def deliver(self, number: str, to: str, text: str, operation: int, session: bytes) -> None:
        """Hand a message of a phone to the client, as USSD."""
        message = {
            "service_type": "USSD",
            "source_addr_ton": 1,  # international
            "source_addr_npi": 1,
            "source_addr": number.lstrip("+"),
            "destination_addr": to,
            "data_coding": 0,  # the centre's default alphabet: GSM 03.38
            "short_message": text,
            "ussd_service_op": operation,
            "its_session_info": session.hex(),
        }
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(message)}\n")
        self._process.stdin.flush()

    def wait_for(self, number: str, count: int) -> list[Submitted]:
        """Wait until so many messages were handed in for a phone, and give them."""

        def find() -> list[Submitted] | None:
            told = [
                Submitted(**one | {"session": bytes.fromhex(one["session"])})
                for one in self._told("submitted")
                if one["to"] == number.lstrip("+")
            ]
            return told if len(told) >= count else None

        return wait_for(find, f"{count} screens on a phone", 15)

    def _told(self, what: str) -> list[Any]:
        whole = self._log.read_text(encoding="utf-8").rpartition("\n")[0]
        assert self._process.poll() is None, whole
        lines = [json.loads(line) for line in whole.splitlines()]
        return [line[what] for line in lines if what in line]


@contextmanager
def run_smsc(folder: Path) -> Iterator[Smsc]:
    """Run a centre for as many clients as come, one after the other."""
    log = folder / "smsc.log"
    with running(node("smsc.js"), log) as process:
        yield Smsc(process, log)
