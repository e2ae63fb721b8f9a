"""Old and new code side by side on one database, while people answer.

`python -m bench.upgrade OLD`, where OLD is a folder with an older version of this repository
(`git archive COMMIT | tar -x -C OLD`). As docs/operations.md says: the old web process serves,
the new code migrates, both serve, the old one stops. Each citizen's next message goes to either
of them by chance. Prints who answered how many and what was lost; exit 1 where something was.
"""

from __future__ import annotations

import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench.house import CHANNELS, NO_REDIS, find_free_port, is_served
from bench.load import SAID, make_request
from storage.migrate import heads
from tests.support.phones import URL
from tests.support.postgres import PostgresServer
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW = Path(__file__).parent.parent
CITIZENS = 8
SECONDS = 5
EXPECTED = len(SAID) - 1
"""Answers of a whole conversation: the first message only asks for it."""


class Crowd:
    """Citizens who send each message to one of the ports that are served, till it is taken."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        self.answered: Counter[tuple[str, str, int]] = Counter()
        self.phase = "old alone"
        self.is_over = threading.Event()
        self._threads = [threading.Thread(target=self._live, args=(n,)) for n in range(CITIZENS)]

    def start(self) -> None:
        """Let them begin."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let each finish her conversation."""
        self.is_over.set()
        for thread in self._threads:
            thread.join()

    def _live(self, citizen: int) -> None:
        chance = random.Random(citizen)  # noqa: S311 - only which port is asked
        while not self.is_over.is_set():
            for step, text in enumerate(SAID):
                while not self._send(chance, make_request(citizen, step, text)):
                    time.sleep(0.05)
            citizen += CITIZENS

    def _send(self, chance: random.Random, request: bytes) -> bool:
        name, port = chance.choice(list(self.ports.items()))
        head, _, body = request.partition(b"\r\n\r\n")
        _, *lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        try:
            line.request("POST", "/channels/twilio-sms/inbound", body, headers)
            status = line.getresponse().status
        except (OSError, http.client.HTTPException):
            status = 0  # it is stopping: the provider tries the other one
        finally:
            line.close()
        self.answered[self.phase, name, status] += 1
        return status == 200


def main() -> None:
    """Upgrade."""
    old = Path(sys.argv[1]).absolute()
    with (
        tempfile.TemporaryDirectory(prefix="puente-bench-") as name,
        PostgresServer(is_durable=True) as postgres,
        ExitStack() as stack,
    ):
        folder, crowd = Path(name), Crowd()
        (folder / "channels.yaml").write_text(CHANNELS)
        environ = {
            "DATABASE_URL": postgres.url(),
            "REDIS_URL": NO_REDIS,
            "PUENTE_PHONE_KEYS": "k1:" + "A" * 43 + "=",
            "PUENTE_SECRET_KEY": "b" * 48,
            "PUENTE_PUBLIC_URL": URL,
            "PUENTE_ENV": "production",
        }
        _run(old, folder, environ, "db", "upgrade")
        script = str(old / "flows/scripts/plan-digital")
        _run(old, folder, environ, "flows", "publish", script, "--allow-drafts")
        before = _find_head(postgres)
        crowd.ports = {"old": _serve(stack, old, folder, environ)[1]}
        crowd.start()
        time.sleep(SECONDS)
        crowd.phase = "old, database new"
        _run(NEW, folder, environ, "db", "upgrade")
        time.sleep(SECONDS)
        crowd.phase = "side by side"
        new_process, new_port = _serve(stack, NEW, folder, environ)
        crowd.ports = {**crowd.ports, "new": new_port}
        ready = {name: _ask(port, "/readyz") for name, port in crowd.ports.items()}
        time.sleep(SECONDS)
        crowd.phase = "new alone"
        crowd.ports = {"new": new_port}
        time.sleep(SECONDS)
        crowd.end()
        lost = _count_incomplete(postgres)
        del new_process
    sys.stdout.write(f"migrations {before} -> {', '.join(sorted(heads()))}\n")
    sys.stdout.write(f"readyz while side by side: {ready}\n")
    for (phase, name, status), count in sorted(crowd.answered.items()):
        sys.stdout.write(f"{phase:20} {name:4} {status:4} {count:8}\n")
    sys.stdout.write(f"conversations that lack an answer or have one twice: {lost}\n")
    wrong = [key for key in crowd.answered if key[2] not in {0, 200}]
    sys.exit(bool(lost or wrong))


def _serve(
    stack: ExitStack, tree: Path, folder: Path, environ: Mapping[str, str]
) -> tuple[subprocess.Popen[bytes], int]:
    port = find_free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "puente", "web", "--port", str(port)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(tree)} | dict(environ),
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    wait_for(lambda: is_served(port), "a web process", 60)
    return process, port


def _run(tree: Path, folder: Path, environ: Mapping[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "puente", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(tree)} | dict(environ),
        check=True,
    )


def _ask(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    line.request("GET", path)
    return line.getresponse().status


def _find_head(postgres: PostgresServer) -> str:
    with psycopg.connect(postgres.url()) as connection:
        ((head,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return str(head)


def _count_incomplete(postgres: PostgresServer) -> int:
    with psycopg.connect(postgres.url()) as connection:
        ((count,),) = connection.execute(
            "SELECT count(*) FROM (SELECT s.id FROM session s LEFT JOIN answer a"
            " ON a.session_id = s.id GROUP BY s.id HAVING count(a.id) <> %s) AS wrong",
            [EXPECTED],
        ).fetchall()
    return int(count)


if __name__ == "__main__":
    main()
