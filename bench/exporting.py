"""One export in a process of its own: `python -m bench.exporting FOLDER SLUG [--help]`.

Prints the seconds it took and the most memory the process ever had, in MB; `--help` exports
nothing, and tells what the process weighs before.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from admin.exporting import Exporter, Order
from admin.tables.tiers import Tier
from bench.figures import time_it
from puente.house import make_database
from puente.settings import read_settings
from storage.pseudonyms import Pseudonyms


def main() -> None:
    """Export to nowhere."""
    settings = read_settings(folder=Path(sys.argv[1]))
    database = make_database(settings)
    exporter = Exporter(database, Pseudonyms(settings.keys), settings.clock, settings.timezone)
    order = Order(sys.argv[2], "long", "csv", Tier.TEAM, "bench")

    def export() -> None:
        made = exporter.prepare(order)
        if made is None:
            raise RuntimeError("no such consultation")
        for _ in made.pieces:
            pass

    seconds = 0.0 if sys.argv[3:] else time_it(export)
    # Not getrusage: it knows what the process weighed that this one was forked from.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    most = int(found[1]) / 1024 if found else 0.0
    sys.stdout.write(f"{seconds} {most}\n")
    database.close()


if __name__ == "__main__":
    main()
