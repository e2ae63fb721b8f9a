"""The loop around a turn: claims, lost races, the lock, and who is never answered."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import pytest

from bot.conversations import TRIES, Conversations
from bot.messages import Address, Inbound, Reply, SessionEvent
from storage.records import Snapshot, TurnKey, TurnWrite
from tests.support.desk import CONSULTATION, START, Desk


class Shelf:
    """A turn store that loses as many races as it is told to."""

    def __init__(self, lost: int = 0, lost_under_lock: int = 0) -> None:
        self.lost = lost
        self.lost_under_lock = lost_under_lock
        self.claims: dict[str, str] = {}
        self.writes: list[TurnWrite] = []
        self.loads = 0
        self.locks = 0

    def load(self, key: TurnKey, now: datetime) -> Snapshot:
        assert now == START
        self.loads += 1
        return Snapshot(self.claims.get(key.claim), None, None, "", (CONSULTATION,))

    def save(self, write: TurnWrite) -> bool:
        if self.lost:
            self.lost -= 1
            return False
        self.claims[write.key.claim] = write.reply
        self.writes.append(write)
        return True

    def close(self) -> None:
        """Nothing is open."""

    @contextmanager
    def locked(
        self, key: TurnKey, now: datetime
    ) -> Iterator[tuple[Snapshot, Callable[[TurnWrite], bool]]]:
        self.locks += 1
        if self.locks == 1:
            self.lost = self.lost_under_lock
        yield self.load(key, now), self.save


def make_conversations(shelf: Shelf) -> tuple[Conversations, list[str]]:
    woken: list[str] = []
    return Conversations(shelf, Desk().decider, lambda: START, woken.append), woken


def make_inbound(text: str = "hola", claim: str = "c1", **more: object) -> Inbound:
    return Inbound("sms", "sms", Address("tel", "+50255550101"), text, claim, **more)  # type: ignore[arg-type]


def test_a_message_is_taken_with_one_read_and_one_write() -> None:
    shelf = Shelf()
    conversations, _ = make_conversations(shelf)
    assert conversations.receive(make_inbound()).texts == ("inv\n1 Si\n2 No",)
    assert (shelf.loads, len(shelf.writes)) == (1, 1)


def test_the_same_delivery_again_gets_the_same_reply_and_changes_nothing() -> None:
    shelf = Shelf()
    conversations, _ = make_conversations(shelf)
    first = conversations.receive(make_inbound())
    assert conversations.receive(make_inbound()) == first
    assert len(shelf.writes) == 1


def test_a_lost_race_is_taken_anew() -> None:
    shelf = Shelf(lost=2)
    conversations, _ = make_conversations(shelf)
    assert conversations.receive(make_inbound()).texts
    assert (shelf.loads, shelf.locks) == (3, 0)


def test_after_too_many_lost_races_the_row_is_locked() -> None:
    shelf = Shelf(lost=TRIES)
    conversations, _ = make_conversations(shelf)
    assert conversations.receive(make_inbound()).texts
    assert shelf.locks == 1


def test_a_delivery_claimed_while_waiting_for_the_lock_gets_its_reply() -> None:
    shelf = Shelf(lost=TRIES)
    shelf.claims = {}
    conversations, _ = make_conversations(shelf)
    stored = json.dumps({"texts": ["antes"], "open": False})

    original = shelf.locked

    @contextmanager
    def claimed_meanwhile(
        key: TurnKey, now: datetime
    ) -> Iterator[tuple[Snapshot, Callable[[TurnWrite], bool]]]:
        shelf.claims[key.claim] = stored
        with original(key, now) as held:
            yield held

    shelf.locked = claimed_meanwhile  # type: ignore[method-assign]
    assert conversations.receive(make_inbound()) == Reply(("antes",))
    assert shelf.writes == []


def test_a_number_without_a_row_may_lose_once_more() -> None:
    shelf = Shelf(lost=TRIES, lost_under_lock=1)
    conversations, _ = make_conversations(shelf)
    assert conversations.receive(make_inbound()).texts
    assert shelf.locks == 2


def test_a_write_refused_under_the_lock_is_our_own_fault_and_said_so() -> None:
    conversations, _ = make_conversations(Shelf(lost=TRIES, lost_under_lock=TRIES))
    with pytest.raises(RuntimeError, match="under lock"):
        conversations.receive(make_inbound())


@pytest.mark.parametrize("more", [{"answerable": False}, {"session": SessionEvent.CLOSE}])
def test_some_deliveries_have_no_effect_at_all(more: dict[str, object]) -> None:
    shelf = Shelf()
    conversations, _ = make_conversations(shelf)
    inbound = make_inbound(**more)  # type: ignore[arg-type]
    assert conversations.receive(inbound) == Reply()
    assert shelf.loads == 0


def test_what_is_left_for_later_wakes_its_channel() -> None:
    shelf = Shelf()
    conversations, woken = make_conversations(shelf)
    desk = Desk()
    desk.send("hola", "1", "1", "3", "1", "1", "0", "0")
    assert desk.contact is not None
    snapshot = Snapshot(None, desk.contact, desk.session, "", (CONSULTATION,))
    shelf.load = lambda *_: snapshot  # type: ignore[method-assign]
    conversations.receive(make_inbound("2", "c9"))
    assert woken == ["sms"]
    assert isinstance(shelf.writes[0].contact_id, UUID)
