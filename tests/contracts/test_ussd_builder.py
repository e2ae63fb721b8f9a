"""Each USSD preset against the npm package ussd-builder: it reads alike and answers alike."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from bot.messages import Reply, SessionEvent
from tests.support.channel_tables import UNVERIFIED, find_table
from tests.support.node import node

if TYPE_CHECKING:
    from tests.support.channel_tables import Case, Table

PROVIDERS = {
    "ussd-africastalking": "africasTalking",
    "ussd-arkesel": "arkesel",
    "ussd-beem": "beem",
    "ussd-hubtel": "hubtel",
    "ussd-nalo": "nalo",
}
SCREEN = "¿Tiene internet?\n1 Sí\n2 No"

# Where it departs from the providers' pages, or from what it was sent itself.
PLUS_BEFORE = {"ussd-arkesel": "msisdn", "ussd-beem": "msisdn", "ussd-nalo": "MSISDN"}
LEAVES_OUT = {
    ("ussd-beem", "con"): "session_id",
    ("ussd-hubtel", "con"): "SessionId",
    ("ussd-hubtel", "end"): "SessionId",
}


def find_cases(table: Table) -> list[Case]:
    """Give a kind's cases that rest on a page and want a screen."""
    expected = [
        (case, case.expect) for case in table.cases if case.expect and case.source != UNVERIFIED
    ]
    return [case for case, its in expected if its.get("session") is not SessionEvent.CLOSE]


CASES = [(kind, case) for kind in PROVIDERS for case in find_cases(find_table(kind))]


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """Ask the package once about all cases."""
    lines = [
        json.dumps({"provider": PROVIDERS[kind], "request": case.body, "screen": SCREEN})
        for kind, case in CASES
    ]
    run = subprocess.run(
        node("menus.js"),
        input="\n".join(lines),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize(
    "place", range(len(CASES)), ids=lambda n: f"{CASES[n][0]}: {CASES[n][1].name}"
)
def test_it_reads_and_answers_as_our_preset_does(place: int, told: list[dict[str, Any]]) -> None:
    (kind, case), theirs = CASES[place], told[place]
    table = find_table(kind)
    channel = table.make()

    [message] = channel.read(table.request(case))

    assert theirs["number"] == message.address.value
    assert theirs["session"] == message.dialog
    assert theirs["text"] == message.text
    for how, goes_on in (("con", True), ("end", False)):
        ours = channel.reply([(message, Reply((SCREEN,), open=goes_on))]).body
        assert theirs[how] == depart(kind, how, ours)


def depart(kind: str, how: str, ours: str) -> object:
    """Give our reply as the package would have it."""
    if kind == "ussd-africastalking":
        return ours
    fields = json.loads(ours)
    if name := PLUS_BEFORE.get(kind):
        fields[name] = f"+{fields[name]}"
    if name := LEAVES_OUT.get((kind, how)):
        del fields[name]
    return fields
