"""What lies on this disk: in order, once, unreadable to others, and never more than allowed."""

from __future__ import annotations

import fcntl
import threading
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.spool import Spool, SpoolFullError
from storage.sealing import PhoneKeys, Sealer
from tests.support.canaries import CANARY_PHONE, CANARY_TEXT
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD, NEW = ("k1", bytes(range(32))), ("k2", bytes(range(1, 33)))
ANA, JUANA = "tel:+50255550101", "tel:+50255550102"


def make_spool(folder: Path, *keys: tuple[str, bytes], **more: int) -> Spool:
    return Spool(folder / "spool", Sealer(PhoneKeys(keys or (OLD,))), **more)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return make_spool(tmp_path)


def take_all(spool: Spool) -> list[str]:
    taken: list[str] = []
    spool.replay(collect(taken))
    return taken


def collect(taken: list[str]) -> Callable[[str], bool]:
    def take(text: str) -> bool:
        taken.append(text)
        return True

    return take


def the_file(folder: Path) -> Path:
    [file] = (folder / "spool").glob("*.lines")
    return file


def test_messages_are_taken_once_in_each_sender_s_order(spool: Spool) -> None:
    for text in ("a1", "a2"):
        spool.keep(ANA, text)
    spool.keep(JUANA, "j1")
    spool.keep(ANA, "a3")
    assert spool.holds(ANA)
    assert spool.count() == 2

    taken = take_all(spool)

    assert sorted(taken) == ["a1", "a2", "a3", "j1"]
    assert [text for text in taken if text.startswith("a")] == ["a1", "a2", "a3"]
    assert not spool.holds(ANA)
    assert take_all(spool) == []


def test_a_message_joins_only_what_lies_there(spool: Spool) -> None:
    assert not spool.join(ANA, "a1")
    spool.keep(ANA, "a2")
    assert spool.join(ANA, "a3")
    assert not spool.join(JUANA, "j1")
    assert take_all(spool) == ["a2", "a3"]


def test_what_another_process_kept_is_taken_too(tmp_path: Path, spool: Spool) -> None:
    make_spool(tmp_path).keep(ANA, "a1")
    assert spool.join(ANA, "a2")
    assert take_all(make_spool(tmp_path)) == ["a1", "a2"]


def test_a_file_somebody_else_holds_keeps_no_other_from_being_taken(
    tmp_path: Path, spool: Spool
) -> None:
    spool.keep(ANA, "uno")
    [held] = (tmp_path / "spool").glob("*.lines")
    spool.keep(JUANA, "dos")
    with held.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert take_all(spool) == ["dos"]
    assert take_all(spool) == ["uno"]


def test_where_taking_fails_the_file_stays_as_it_is(spool: Spool) -> None:
    for text in ("a1", "a2", "a3"):
        spool.keep(ANA, text)
    taken: list[str] = []

    def fail_at_the_second(text: str) -> bool:
        taken.append(text)
        if len(taken) == 2:
            raise OSError("away")
        return True

    with pytest.raises(OSError, match="away"):
        spool.replay(fail_at_the_second)

    assert take_all(spool) == ["a1", "a2", "a3"], "the claims make the first one harmless"


@pytest.mark.parametrize("block", [1, 7, 64 * 1024])
def test_a_line_that_was_cut_off_is_left_out_and_spoils_nothing(
    tmp_path: Path, spool: Spool, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr("bot.line_files.BLOCK_BYTES", block)
    spool.keep(ANA, "a1")
    whole = the_file(tmp_path).read_bytes()
    the_file(tmp_path).write_bytes(whole + whole[:-9])
    spool.keep(ANA, "a2")
    the_file(tmp_path).write_bytes(the_file(tmp_path).read_bytes() + whole[:20])

    with capture_logs() as logs:
        assert take_all(spool) == ["a1", "a2"]
    assert logs == []


def test_a_damaged_line_is_set_aside_and_those_around_it_are_taken(
    tmp_path: Path, spool: Spool
) -> None:
    for text in ("a1", "a2", "a3"):
        spool.keep(ANA, text)
    lines = the_file(tmp_path).read_bytes().splitlines(keepends=True)
    lines[1] = lines[1][:30] + bytes([lines[1][30] ^ 1]) + lines[1][31:]
    the_file(tmp_path).write_bytes(b"".join(lines))
    name = the_file(tmp_path).stem.encode()

    with capture_logs() as logs:
        assert take_all(spool) == ["a1", "a3"]

    assert [log["event"] for log in logs] == ["spooled_lines_set_aside"]
    assert (tmp_path / "spool" / "set-aside").read_bytes() == name + b" " + lines[1]


def test_a_message_nobody_can_take_is_set_aside_until_it_is_to_be_taken_again(
    spool: Spool,
) -> None:
    assert (spool.count_set_aside(), spool.retake()) == (0, 0)
    for sender, text in ((ANA, "a1"), (ANA, "a2"), (JUANA, "j1")):
        spool.keep(sender, text)
    assert spool.replay(lambda _text: False) == 0
    assert not spool.holds(ANA)
    assert spool.count_set_aside() == 3

    spool.keep(ANA, "a3")
    assert spool.retake() == 3
    assert spool.count_set_aside() == 0
    taken = take_all(spool)
    assert [text for text in taken if text.startswith("a")] == ["a3", "a1", "a2"]
    assert sorted(taken) == ["a1", "a2", "a3", "j1"]


def test_a_retake_that_was_killed_is_finished_by_the_next(tmp_path: Path, spool: Spool) -> None:
    spool.keep(ANA, "a1")
    spool.replay(lambda _text: False)
    (tmp_path / "spool" / "set-aside").rename(tmp_path / "spool" / "retaking")
    assert spool.count_set_aside() == 1
    assert spool.retake() == 1
    assert take_all(spool) == ["a1"]


def test_who_sets_aside_and_who_takes_again_do_not_wait_for_each_other(spool: Spool) -> None:
    spool.keep(JUANA, "j1")
    spool.replay(lambda _text: False)
    spool.keep(JUANA, "j2")
    retakes: list[Future[int]] = []

    def begin_retake(_text: str) -> bool:
        retakes.append(threads.submit(spool.retake))  # which waits for this very file
        wait_for(lambda: spool.count_set_aside() == 1 and not aside.exists(), "a retake")
        return False

    aside = spool._aside  # noqa: SLF001
    with ThreadPoolExecutor(1) as threads:
        spool.replay(begin_retake)
        assert retakes[0].result(30) == 1
    assert spool.count_set_aside() == 1
    assert take_all(spool) == ["j1"]


def test_what_is_set_aside_takes_its_room(tmp_path: Path, spool: Spool) -> None:
    spool.keep(ANA, "a1")
    spool.replay(lambda _text: False)
    size = (tmp_path / "spool" / "set-aside").stat().st_size
    small = make_spool(tmp_path, quota=size)
    with pytest.raises(SpoolFullError):
        small.keep(ANA, "a2")
    (tmp_path / "spool" / "set-aside").rename(tmp_path / "spool" / "retaking")
    with pytest.raises(SpoolFullError):
        make_spool(tmp_path, quota=size).set_aside(ANA, "a2")
    assert small.count_set_aside() == 1


def test_nothing_on_the_disk_can_be_read(tmp_path: Path, spool: Spool) -> None:
    spool.keep(f"tel:{CANARY_PHONE}", CANARY_TEXT)
    file = the_file(tmp_path)
    assert CANARY_PHONE[1:] not in file.name
    assert CANARY_TEXT.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_a_line_moved_to_another_sender_is_not_hers(tmp_path: Path, spool: Spool) -> None:
    spool.keep(ANA, "a1")
    line = the_file(tmp_path).read_bytes()
    the_file(tmp_path).unlink()
    spool.keep(JUANA, "j1")
    the_file(tmp_path).write_bytes(line)
    assert take_all(spool) == []


def test_what_an_older_key_kept_is_joined_and_taken_under_a_newer(tmp_path: Path) -> None:
    make_spool(tmp_path, OLD).keep(ANA, "a1")
    spool = make_spool(tmp_path, NEW, OLD)
    assert spool.join(ANA, "a2")
    assert take_all(spool) == ["a1", "a2"]


def test_more_than_the_quota_is_refused_and_has_room_again_later(tmp_path: Path) -> None:
    spool = make_spool(tmp_path, quota=2_000)
    kept: list[str] = []

    def fill() -> None:
        for number in range(100):
            spool.keep(ANA, str(number))
            kept.append(str(number))

    with pytest.raises(SpoolFullError):
        fill()
    with pytest.raises(SpoolFullError):
        spool.join(ANA, "x" * 100)
    assert 0 < the_file(tmp_path).stat().st_size <= 2_000

    assert take_all(spool) == kept
    spool.examine()
    spool.keep(ANA, "again")


def test_a_full_disk_refuses(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.spool.RESERVE_BYTES", 1 << 60)
    with pytest.raises(SpoolFullError):
        spool.examine()
    with pytest.raises(SpoolFullError):
        spool.keep(ANA, "a1")


def test_a_folder_that_cannot_be_written_refuses(tmp_path: Path, spool: Spool) -> None:
    (tmp_path / "spool").write_text("a file where the folder should be")
    for refuse in (spool.examine, lambda: spool.keep(ANA, "a1")):
        with pytest.raises(SpoolFullError):
            refuse()


def test_a_write_that_fails_half_way_leaves_no_half_line(
    tmp_path: Path, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.keep(ANA, "a1")

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("bot.spool.os.fsync", fail)
        with pytest.raises(SpoolFullError):
            spool.keep(ANA, "a2")

    assert the_file(tmp_path).read_bytes().count(b"\n") == 1
    assert take_all(spool) == ["a1"]


def write(folder: Path, sender: str) -> None:
    """Keep 25 messages, as a process of its own."""
    spool = make_spool(folder)
    for number in range(25):
        if not spool.join(sender, f"{sender} {number}"):
            spool.keep(sender, f"{sender} {number}")


def test_many_threads_and_processes_neither_lose_nor_mix(tmp_path: Path) -> None:
    taken: list[str] = []
    done = threading.Event()

    def read() -> None:
        spool = make_spool(tmp_path)
        while not done.is_set():
            spool.replay(collect(taken))

    senders = [str(number) for number in range(6)]
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with ThreadPoolExecutor(len(senders)) as writers:
        list(writers.map(lambda sender: write(tmp_path, sender), senders))
    done.set()
    for reader in readers:
        reader.join()
    make_spool(tmp_path).replay(collect(taken))

    by_sender: dict[str, list[int]] = defaultdict(list)
    for text in taken:
        sender, number = text.split()
        by_sender[sender].append(int(number))
    assert by_sender == {sender: list(range(25)) for sender in senders}
