"""What PostgreSQL alone manages: pgbench with a turn's statements, and no Puente at all.

`turn.sql` says what the hot path reads and writes (storage/turns/statements.py), one statement
each: seven of them in a transaction are ceiling A; a function of the database that runs the
same seven, called once, is ceiling B.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.postgres import find_binaries

if TYPE_CHECKING:
    from tests.support.postgres import PostgresServer

HERE = Path(__file__).parent
TURN = HERE / "turn.sql"
CLIENTS = 16


class Ceilings:
    """pgbench's two scripts against one server."""

    def __init__(self, postgres: PostgresServer, folder: Path) -> None:
        self._postgres = postgres
        binaries = find_binaries()
        if binaries is None or not (binaries / "pgbench").exists():
            raise RuntimeError("pgbench is part of PostgreSQL's package: apt install postgresql")
        self._pgbench = binaries / "pgbench"
        postgres.execute((HERE / "citizens.sql").read_text(encoding="utf-8"))
        postgres.execute(_make_function())
        draws = [line for line in TURN.read_text("utf-8").splitlines() if line.startswith("\\")]
        self._folder = folder
        self._call = folder / "call.sql"
        self._call.write_text("\n".join([*draws, "SELECT bench_turn(:n, :claim, :question);\n"]))

    def by_statement(self, seconds: int) -> float:
        """Ceiling A: the seven statements of a turn in a transaction; turns a second."""
        return self._run(TURN, seconds)

    def at_once(self, seconds: int) -> float:
        """Ceiling B: the same work in one round trip; turns a second."""
        return self._run(self._call, seconds)

    def at_rate(self, seconds: int, rate: float) -> list[float]:
        """Ceiling A's turns at so many a second; milliseconds from each one's slot to its end.

        pgbench draws the slots ahead, as bench.pace does, and counts from them.
        """
        prefix = self._folder / "turns"
        self._ask(TURN, seconds, "--rate", f"{rate:.1f}", "--log", "--log-prefix", str(prefix))
        logs = list(self._folder.glob(f"{prefix.name}.*"))
        lines = [line for log in logs for line in log.read_text("utf-8").splitlines()]
        for log in logs:
            log.unlink()
        return [int(line.split()[2]) / 1000 for line in lines]

    def _run(self, script: Path, seconds: int) -> float:
        found = re.search(r"tps = ([\d.]+)", self._ask(script, seconds))
        if found is None:
            raise RuntimeError("pgbench says no figure")
        return float(found[1])

    def _ask(self, script: Path, seconds: int, *options: str) -> str:
        done = subprocess.run(
            [
                str(self._pgbench),
                *("-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds)),
                *options,
                *("-f", str(script), "-h", str(self._postgres.folder), "-U", "postgres"),
                "postgres",
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout


def _make_function() -> str:
    script = TURN.read_text(encoding="utf-8").partition("BEGIN;")[2].partition("END;")[0]
    body = re.sub(r"(?<!:):([a-z]+)", r"the_\1", script).replace("SELECT", "PERFORM", 1)
    return (
        "CREATE FUNCTION bench_turn(the_n bigint, the_claim bigint, the_question bigint)"
        f" RETURNS void LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    )
