"""`make bench`: each figure beside its limit; `python -m bench ROW…` measures some of them.

Written to bench/results.json, where other rows stay as they were; exit 1 where a figure misses
its floor.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.export import measure_export
from bench.full import measure_full
from bench.language import measure_language
from bench.outbox import measure_outbox
from bench.path import measure_path
from bench.replies import measure_replies
from bench.start import measure_start
from bench.step import measure_steps
from bench.tail import measure_tail
from bench.throttle import measure_throttle
from bench.ussd import measure_ussd
from puente.logs import configure_logs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.figures import Figure

ROWS: Mapping[str, Callable[[], list[Figure]]] = {
    "path": measure_path,
    "tail": measure_tail,
    "ussd": measure_ussd,
    "step": measure_steps,
    "outbox": measure_outbox,
    "reply": measure_replies,
    "throttle": measure_throttle,
    "export": measure_export,
    "language": measure_language,
    "start": measure_start,
    "full": measure_full,  # last: it takes as long as all the others together
}
RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Measure, print, write down."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], metavar="ROW", help=", ".join(ROWS))
    configure_logs(stream=Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as in earnest
    is_kept = True
    for row in parser.parse_args().rows or ROWS:
        figures = ROWS[row]()
        for one in figures:
            sys.stdout.write(one.write() + "\n")
            sys.stdout.flush()
        kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
        written = kept | {row: [one.describe() for one in figures]}
        in_order = {name: written[name] for name in ROWS if name in written}
        RESULTS.write_text(json.dumps(in_order, indent=1, ensure_ascii=False) + "\n")
        is_kept = is_kept and all(one.is_kept for one in figures)
    sys.exit(not is_kept)


if __name__ == "__main__":
    main()
