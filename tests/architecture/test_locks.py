"""What runs is what was tested: the lock of `make run` holds nothing that the other does not."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([a-z0-9._-]+==\S+)(.*?) \\$", re.MULTILINE)


def read_pins(name: str) -> set[str]:
    return {"".join(pin) for pin in PIN.findall((ROOT / name).read_text("utf-8"))}


def test_both_locks_pin_the_same() -> None:
    run, everything = read_pins("requirements.lock"), read_pins("requirements-dev.lock")
    assert {pin.partition("==")[0] for pin in run} >= {"flask", "twilio", "sqlalchemy", "rq"}
    assert run < everything
