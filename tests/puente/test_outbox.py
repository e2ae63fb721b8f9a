"""`puente outbox`: what staff see and do at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from puente.commands import main
from tests.storage.repositories.test_outbox import owe, states
from tests.support.canaries import CANARY_PHONE, CANARY_TEXT
from tests.support.citizens import open_town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.citizens import Town


@pytest.fixture
def town(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    with open_town(sqlite_url) as town:
        yield town


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["outbox", *arguments])
    return result.exit_code, result.output


def test_it_shows_what_waits_and_what_got_stuck_without_any_number_or_text(town: Town) -> None:
    stuck, _ = owe(town, CANARY_TEXT, "dos", phone=CANARY_PHONE)
    with town.database.unit() as unit:
        unit.outbox.record_dead(stuck, town.now, "21211")

    code, output = run("show")

    assert code == 0
    assert output.splitlines() == [
        "sms: 1 sin enviar",
        "sms: 1 esperan",
        f"{stuck}  sms  receipt  sin enviar  21211",
    ]


def test_a_stuck_message_is_sent_again_once(town: Town) -> None:
    [stuck] = owe(town, "uno")
    with town.database.unit() as unit:
        unit.outbox.record_dead(stuck, town.now, "21211")

    assert run("resend", str(stuck)) == (0, "Sale otra vez.\n")
    assert states(town) == ["waiting"]
    assert run("resend", str(stuck))[0] == 1


def test_all_sending_is_stopped_and_goes_on(town: Town) -> None:
    owe(town, "uno")
    assert run("stop") == (0, "Detenidos todos los envíos.\n")
    assert run("stop") == (0, "Ya estaban detenidos.\n")
    assert run("show")[1].startswith("Los envíos están detenidos desde ")
    assert run("resume") == (0, "Los envíos siguen.\n")
    assert run("resume") == (0, "No estaban detenidos.\n")
