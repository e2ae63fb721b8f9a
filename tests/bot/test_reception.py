"""Who is spooled, who is told to come back, and what is true to say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.messages import Address, Inbound, Reply, SessionEvent
from bot.reception import DIAL_AGAIN, LATER, NOT_NOW, REST_SECONDS, WRITE_AGAIN, Reception
from bot.spool import Spool
from flows.text.segments import measure
from storage.errors import DatabaseAwayError
from storage.ids import new_id
from storage.sealing import PhoneKeys, Sealer
from tests.support.channel_tables import find_table

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


class Desk:
    """A reception whose turns fail: always with `failure`, or once with each of `failures`."""

    def __init__(self, folder: Path) -> None:
        self.failure: Exception | None = None
        self.failures: list[Exception] = []
        self.taken: list[Inbound] = []
        self.tries = 0
        self.seconds = 0.0
        self.spool = Spool(folder / "spool", Sealer(PhoneKeys((("k1", bytes(32)),))))
        kinds = {"sms": "twilio-sms", "claro": "kannel"}
        channels = {name: find_table(kind).make() for name, kind in kinds.items()}
        self.reception = Reception(
            self.take, channels, self.spool, lambda: NOW, new_id, seconds=lambda: self.seconds
        )

    def take(self, inbound: Inbound) -> Reply:
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)
        if self.failure:
            raise self.failure
        self.taken.append(inbound)
        return Reply(("Bienvenida.",))

    def send(self, text: str = "hola", channel: str = "sms", **more: object) -> Reply:
        address = Address("tel", "+50255550101")
        return self.reception.receive(Inbound(channel, "sms", address, text, "c1", **more))  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_while_all_is_well_nothing_touches_the_disk(desk: Desk, tmp_path: Path) -> None:
    assert desk.send() == Reply(("Bienvenida.",))
    assert desk.reception.replay() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_provider_that_delivers_again_is_told_to(desk: Desk) -> None:
    desk.failure = DatabaseAwayError()
    with pytest.raises(DatabaseAwayError):
        desk.send(channel="claro")
    assert desk.spool.count() == 0
    assert desk.reception.can_spool


def test_its_messages_too_join_what_lies_here(desk: Desk) -> None:
    desk.failure = DatabaseAwayError()
    assert desk.send().texts == (LATER,)
    assert desk.send(channel="claro").texts == ()
    desk.failure, desk.seconds = None, REST_SECONDS
    assert desk.reception.replay() == 2
    assert [one.channel for one in desk.taken] == ["sms", "claro"]
    assert {one.replayed_at for one in desk.taken} == {NOW}


def test_a_fault_of_ours_of_one_moment_is_got_over_where_nobody_delivers_again(desk: Desk) -> None:
    desk.failures = [RuntimeError()]
    with capture_logs() as logs:
        assert desk.send() == Reply(("Bienvenida.",))
    assert [log["event"] for log in logs] == ["message_failed"]
    assert desk.spool.count_set_aside() == 0


def test_a_fault_of_ours_that_lasts_holds_up_nobody_and_what_was_said_is_taken_once_mended(
    desk: Desk,
) -> None:
    desk.failures = [RuntimeError(), RuntimeError()]
    with pytest.raises(RuntimeError):
        desk.send("1")
    assert desk.send("2") == Reply(("Bienvenida.",))
    assert (desk.spool.count(), desk.spool.count_set_aside()) == (0, 1)

    assert desk.spool.retake() == 1
    assert desk.reception.replay() == 1
    assert [one.text for one in desk.taken] == ["2", "1"]


def test_a_fault_of_ours_before_a_database_that_goes_away_is_spooled(desk: Desk) -> None:
    desk.failures = [RuntimeError(), DatabaseAwayError()]
    assert desk.send("1").texts == (LATER,)
    assert (desk.spool.count(), desk.spool.count_set_aside()) == (1, 0)


@pytest.mark.parametrize("more", [{"channel": "claro"}, {"session": SessionEvent.NEW}])
def test_a_fault_of_ours_is_not_set_aside_where_it_comes_again_or_nothing_was_said(
    desk: Desk, more: dict[str, object]
) -> None:
    desk.failures = [RuntimeError(), RuntimeError()]
    with pytest.raises(RuntimeError):
        desk.send(**more)  # type: ignore[arg-type]
    assert (desk.spool.count(), desk.spool.count_set_aside()) == (0, 0)


def test_a_database_that_was_away_is_left_alone_for_a_moment_and_told_of_once(desk: Desk) -> None:
    desk.failure = DatabaseAwayError()
    with capture_logs() as logs:
        for _ in range(3):
            desk.send()
            assert desk.reception.replay() == 0
        assert desk.tries == 1
        desk.failure, desk.seconds = None, REST_SECONDS
        assert desk.reception.replay() == 3
    told = [log["event"] for log in logs if log["event"].startswith("database")]
    assert told == ["database_away", "database_back"]


@pytest.mark.parametrize("more", [{"answerable": False}, {"session": SessionEvent.CLOSE}])
def test_what_has_no_effect_is_not_kept(desk: Desk, more: dict[str, object]) -> None:
    desk.failure = DatabaseAwayError()
    assert desk.send(**more) == Reply()  # type: ignore[arg-type]
    assert (desk.spool.count(), desk.tries) == (0, 0)


def test_whatever_is_said_fits_one_message_and_one_screen() -> None:
    for text in (LATER, WRITE_AGAIN, DIAL_AGAIN, NOT_NOW):
        assert (measure(text).segments, measure(text).encoding) == (1, "gsm7")
