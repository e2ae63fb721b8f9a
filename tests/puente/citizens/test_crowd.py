"""A crowd goes through the real webhook of a server that runs."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

import flask
import pytest

from bot.channels import CHANNELS
from bot.channels.settings import ChannelSettings
from bot.messages import Inbound, Reply, SessionEvent
from bot.screens import Screen, show
from bot.webhooks import make_blueprint
from flows.golden.chance import make_chance
from flows.golden.rehearsal import Rehearsal
from puente.bundled import UnknownScriptError, find_flow
from puente.citizens import crowd
from puente.citizens.crowd import ServerError, simulate
from puente.citizens.people import DAYS, make_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)


class House:
    """Answers every number with an engine of its own, and remembers what came in."""

    def __init__(self) -> None:
        self.inbound: list[Inbound] = []
        self._flow = find_flow("plan-digital")
        self._replies: dict[str, Reply] = {}
        self._phones: dict[str, Rehearsal] = {}
        self._screens: dict[str, Screen] = {}
        self._lock = threading.Lock()

    def receive(self, inbound: Inbound) -> Reply:
        with self._lock:
            if inbound.claim not in self._replies:
                self.inbound.append(inbound)
                self._replies[inbound.claim] = self._answer(inbound)
            return self._replies[inbound.claim]

    def _answer(self, inbound: Inbound) -> Reply:
        phone = self._phones.setdefault(
            inbound.address.value,
            Rehearsal(self._flow, NOW, make_chance(int(inbound.address.value)), inbound.form),
        )
        assert inbound.at
        phone.now = inbound.at
        if inbound.form != "ussd":
            return Reply(phone.send(inbound.text))
        page = self._screens.get(inbound.dialog, Screen()).turn(inbound.text)
        if page is None:
            is_new = inbound.session is SessionEvent.NEW
            _ = phone.dial() if is_new else phone.send(inbound.text)
            page = show(phone.rendered, "", is_open=phone.is_waiting)
        self._screens[inbound.dialog] = page
        return Reply((page.text,), open=page.keeps_open)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        pass


@contextmanager
def serve(receive: Callable[[Inbound], Reply]) -> Iterator[str]:
    app = flask.Flask(__name__)
    channel = CHANNELS["simulator"](ChannelSettings("simulator", "simulator"))
    blueprint = make_blueprint(
        {"simulator": channel}, receive, public_url="", record_status=lambda *_: None
    )
    app.register_blueprint(blueprint)
    with make_server("127.0.0.1", 0, app, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def hear(house: House) -> list[str]:
    """Give what came in, in an order that does not depend on threads."""
    return sorted(f"{one.claim} {one.form} {one.dialog} {one.text}" for one in house.inbound)


def test_a_crowd_takes_part_and_tells_how_it_ended() -> None:
    house = House()
    with serve(house.receive) as url:
        summary = simulate(url, "plan-digital", 30, 5, NOW)

    assert summary.people == sum(summary.endings.values()) == sum(summary.forms.values()) == 30
    assert summary.endings["complete"] > 15
    assert summary.forms == Counter(make_person(5, index).form for index in range(30))
    assert summary.messages == len(house.inbound)
    assert summary.rate > 0


def test_the_same_seed_sends_the_same_messages() -> None:
    first, second = House(), House()
    for house in (first, second):
        with serve(house.receive) as url:
            simulate(url, "plan-digital", 6, 11, NOW)

    assert hear(first) == hear(second)


def test_the_same_crowd_again_is_the_same_deliveries_again() -> None:
    house = House()
    with serve(house.receive) as url:
        first = simulate(url, "plan-digital", 6, 11, NOW)
        before = len(house.inbound)
        again = simulate(url, "plan-digital", 6, 11, NOW)

    assert len(house.inbound) == before
    assert again.endings == first.endings


def test_people_come_in_by_day_over_the_week_before() -> None:
    house = House()
    with serve(house.receive) as url:
        simulate(url, "plan-digital", 12, 2, NOW)

    begun = [one.at for one in house.inbound if one.claim.endswith("-1") and one.at]
    assert len(begun) == 12
    assert all(NOW - timedelta(days=DAYS + 1) < at < NOW for at in begun)
    assert all(6 <= (at - timedelta(hours=6)).hour < 21 for at in begun)


def test_nobody_writes_from_the_future() -> None:
    house = House()
    with serve(house.receive) as url:
        simulate(url, "plan-digital", 40, 3, NOW)

    assert max(one.at for one in house.inbound if one.at) < NOW


def test_a_server_that_is_away_for_a_moment_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "PATIENCE", 0.001)
    house, failures = House(), iter([True, False] * 500)

    def receive(inbound: Inbound) -> Reply:
        if next(failures):
            raise ConnectionError
        return house.receive(inbound)

    with serve(receive) as url:
        summary = simulate(url, "plan-digital", 1, 5, NOW)

    assert summary.messages == len(house.inbound) > 1


def test_a_server_that_is_gone_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "PATIENCE", 0.001)
    with serve(House().receive) as url:
        pass

    with pytest.raises(ServerError, match="ConnectionRefusedError"):
        simulate(url, "plan-digital", 3, 5, NOW)


def test_a_server_that_refuses_is_not_asked_twice() -> None:
    with serve(House().receive) as url, pytest.raises(ServerError, match="HTTP 404"):
        simulate(f"{url}elsewhere", "plan-digital", 1, 5, NOW)


def test_an_unknown_consultation_is_named() -> None:
    with pytest.raises(UnknownScriptError, match="ninguna"):
        simulate("http://127.0.0.1:9", "ninguna", 1, 5, NOW)
