"""The worker with a real rq and a real valkey, in this process's main thread."""

from __future__ import annotations

import json
import signal
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import redis
from rq import Queue, SimpleWorker
from structlog.testing import capture_logs

import bot.making
import bot.worker
from bot.delivery import Delivery
from bot.jobs import DRAIN, QUEUE, SERIALIZER, Wakeups, enqueue
from bot.worker import IDLE_SECONDS, run_worker
from tests.support.ending import ended_when
from tests.support.memory_outbox import MemoryOutbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.clock import Clock
    from tests.support.fake_twilio import FakeTwilio

NO_REDIS = "redis://127.0.0.1:1/0"


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def delivery(fake_twilio: FakeTwilio, outbox: MemoryOutbox, clock: Clock) -> Delivery:
    channel = fake_twilio.make_channel()
    return Delivery(outbox, {"sms": channel}, clock, chance=lambda: 0.0)


def test_a_wakeup_is_taken_by_rq(
    delivery: Delivery,
    outbox: MemoryOutbox,
    clock: Clock,
    redis_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Delivery, "channels", ())  # nobody polls: only the wake-up is left
    outbox.add(clock())
    with redis.Redis.from_url(redis_url) as client:
        Wakeups(client).wake("sms")

        with ended_when(lambda: outbox.states == ["sent"], "the message"):
            run_worker(delivery, redis_url)

        assert client.keys("rq:job:*") == []


@pytest.mark.parametrize("url", ["redis_url", NO_REDIS])
def test_what_nobody_woke_is_sent_by_the_poll_with_redis_and_without(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock, request: pytest.FixtureRequest, url: str
) -> None:
    outbox.add(clock())
    if url == "redis_url":
        url = request.getfixturevalue("redis_url")

    with ended_when(lambda: outbox.states == ["sent"], "the message"):
        run_worker(delivery, url)


def test_redis_that_comes_back_is_used_again(
    delivery: Delivery,
    outbox: MemoryOutbox,
    clock: Clock,
    redis_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Delivery, "channels", ())
    monkeypatch.setattr(bot.worker, "RETURN_SECONDS", 0.01)
    outbox.add(clock())
    real, answers = redis.Redis.ping, iter([redis.ConnectionError(), redis.TimeoutError()])

    def ping(self: redis.Redis) -> object:
        if error := next(answers, None):
            raise error
        enqueue(Queue(QUEUE, connection=self, serializer=SERIALIZER), DRAIN, "sms")
        return real(self)

    monkeypatch.setattr(redis.Redis, "ping", ping)
    with capture_logs() as logs, ended_when(lambda: outbox.states == ["sent"], "the message"):
        run_worker(delivery, redis_url)

    told = [log["event"] for log in logs if log["event"].startswith("redis")]
    assert told == ["redis_away", "redis_back"]


def test_a_database_that_is_away_is_told_once_and_found_again(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.worker, "POLL_SECONDS", 0.01)
    outbox.add(clock())
    outbox.failure = OSError("no such host")
    tried = []
    real = Delivery.drain

    def drain(self: Delivery, name: str, *calls: Callable[[], object]) -> int:
        tried.append(name)
        if len(tried) == 5:
            outbox.failure = None
        return real(self, name, *calls)  # type: ignore[arg-type]

    monkeypatch.setattr(Delivery, "drain", drain)
    with capture_logs() as logs, ended_when(lambda: outbox.states == ["sent"], "the message"):
        run_worker(delivery, NO_REDIS)

    events = [log["event"] for log in logs]
    assert events.count("outbox_away") == 1
    assert events.count("outbox_back") == 1
    assert "no such host" not in str(logs)


def test_a_job_that_is_not_ours_is_not_run(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock, redis_url: str, tmp_path: object
) -> None:
    outbox.add(clock())
    trace = f"{tmp_path}/trace"
    with redis.Redis.from_url(redis_url) as client:
        queue = Queue(QUEUE, connection=client, serializer=SERIALIZER)
        queue.enqueue_call("os.mkdir", args=(trace,))
        with ended_when(lambda: outbox.states == ["sent"] and queue.count == 0, "both"):
            run_worker(delivery, redis_url)

    assert not Path(trace).exists()


def test_signals_do_again_what_they_did_before(delivery: Delivery, redis_url: str) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    during = []

    def is_other() -> bool:
        during.append(signal.getsignal(signal.SIGTERM))
        return any(one != before[0] for one in during)

    with ended_when(is_other, "a handler"):
        run_worker(delivery, redis_url)

    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def test_a_job_holds_a_channels_name_in_json_and_nothing_else(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        Wakeups(client).wake("sms")
        [key] = client.keys("rq:job:*")
        job = client.hgetall(key)

    assert json.loads(zlib.decompress(job[b"data"])) == ["drain", None, ["sms"], {}]
    assert job[b"description"] == b"drain sms"


def test_at_most_one_wakeup_of_a_channel_waits(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        wakeups = Wakeups(client)
        for channel in ("sms", "sms", "whatsapp", "sms"):
            wakeups.wake(channel)

        assert Queue(QUEUE, connection=client, serializer=SERIALIZER).count == 2


def test_without_redis_nobody_waits_and_it_is_told_once() -> None:
    seconds = [0.0]
    with redis.Redis.from_url(NO_REDIS) as client:
        wakeups = Wakeups(client, lambda: seconds[0])
        with capture_logs() as logs:
            wakeups.wake("sms")
            wakeups.wake("sms")
            seconds[0] += 6
            wakeups.wake("sms")

    assert [log["event"] for log in logs] == ["redis_away"]


def test_redis_is_left_alone_for_a_while_and_then_asked_again(redis_url: str) -> None:
    seconds = [0.0]
    with redis.Redis.from_url(redis_url) as client:
        wakeups = Wakeups(client, lambda: seconds[0])
        wakeups._outage.begin(redis.ConnectionError())  # noqa: SLF001 - as after an outage
        wakeups.wake("sms")
        assert client.keys("rq:job:*") == []

        seconds[0] = 5.0
        wakeups.wake("sms")
        assert len(client.keys("rq:job:*")) == 1


def test_redis_may_be_silent_for_longer_than_rq_waits_for_a_job(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert SimpleWorker([QUEUE], connection=client).dequeue_timeout < IDLE_SECONDS


# --- Files ---------------------------------------------------------------------------


class Files:
    """Files that wait to be made; the first look may end badly."""

    def __init__(self, waiting: int = 0) -> None:
        self.waiting = waiting
        self.made = 0
        self.looks = 0
        self.failure: Exception | None = None

    def make(self, is_stopping: Callable[[], bool]) -> bool:
        self.looks += 1
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure
        if not self.waiting or is_stopping():
            return False
        self.waiting -= 1
        self.made += 1
        return True


@pytest.mark.parametrize("url", ["redis_url", NO_REDIS])
def test_files_nobody_woke_it_for_are_made_with_redis_and_without(
    delivery: Delivery, request: pytest.FixtureRequest, url: str
) -> None:
    files = Files(3)
    if url == "redis_url":
        url = request.getfixturevalue("redis_url")
    with ended_when(lambda: files.made == 3, "the files"):
        run_worker(delivery, url, files.make)


def test_a_wakeup_has_a_file_made_at_once(
    delivery: Delivery, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.making, "POLL_SECONDS", 3600)
    files = Files()
    job_id = UUID(int=7)
    with redis.Redis.from_url(redis_url) as client:

        def is_woken() -> bool:
            if files.looks == 1 and not files.waiting:
                files.waiting = 1
                Wakeups(client).wake_export(job_id)
                [key] = client.keys("rq:job:*") or [""]
                if key:
                    data = json.loads(zlib.decompress(client.hget(key, "data") or b""))
                    assert data == ["export", None, [str(job_id)], {}]
            return files.made == 1

        with ended_when(is_woken, "the file"):
            run_worker(delivery, redis_url, files.make)


def test_a_file_that_cannot_be_made_is_told_once_and_by_kind_only(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.making, "POLL_SECONDS", 0.01)
    files = Files(1)
    files.failure = OSError("+50255550101")
    with capture_logs() as logs, ended_when(lambda: files.made == 1, "the file"):
        run_worker(delivery, NO_REDIS, files.make)
    events = [log["event"] for log in logs]
    assert [events.count(event) for event in ("export_away", "export_back")] == [1, 1]
    assert "+502" not in str(logs)
