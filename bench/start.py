"""`puente up` in an empty folder, until the first message is answered; and what it weighs."""

from __future__ import annotations

import http.client
import json
import re
import tempfile
import time
from pathlib import Path

from bench.figures import ROUNDS, Figure
from bench.house import find_free_port
from tests.support.processes import PuenteRun, find_descendants
from tests.support.waiting import wait_for

MESSAGE = {"id": "m1", "from": "+50255550101", "text": "hola", "as": "sms"}


def measure_start() -> list[Figure]:
    """Start it seven times."""
    rounds = [_start() for _ in range(ROUNDS)]
    seconds = tuple(one for one, _ in rounds)
    megabytes = tuple(one for _, one in rounds)
    return [
        Figure(
            "`puente up` to the first answered message", "s", seconds, 8, 5, more_is_better=False
        ),
        Figure(
            "memory of all its processes (PSS)", "MB", megabytes, 450, 300, more_is_better=False
        ),
    ]


def _start() -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="puente-bench-") as name:
        port = find_free_port()
        began = time.perf_counter()
        with PuenteRun(Path(name), "up", "--port", str(port)) as run:
            wait_for(lambda: _ask(port), "an answer", 60)
            seconds = time.perf_counter() - began
            # The worker and the scheduler may still be loading: weighed once they are there.
            wait_for(lambda: run.find_process("scheduler"), "the scheduler", 60)
            time.sleep(3)
            return seconds, sum(map(_weigh, [run.pid, *find_descendants(run.pid)]))


def _ask(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request(
            "POST",
            "/channels/simulator/inbound",
            json.dumps(MESSAGE),
            {"Content-Type": "application/json"},
        )
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _weigh(pid: int) -> float:
    """Give a process's memory in MB; what it shares with others counts in shares."""
    try:
        written = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", written, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
