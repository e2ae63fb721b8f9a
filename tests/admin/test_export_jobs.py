"""Files a worker makes: once, by one worker at a time, whatever happens to it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from admin import exporting
from admin.export_jobs import KEEP, LEASE, MOST_TRIES, ExportDesk, ExportMaker
from admin.exporting import Exporter
from bot.chores import make_chores
from bot.retention import make_retention
from bot.scheduler import Schedule
from storage.export_jobs import Job, JobState
from storage.ids import new_id
from storage.pseudonyms import Pseudonyms
from storage.repositories.retention import RETENTION
from storage.vocabulary import AuditAction
from tests.support.office import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from tests.support.office import Office

WHO = "exportador@example.org"


def make_maker(office: Office) -> ExportMaker:
    settings = office.settings
    exporter = Exporter(office.database, Pseudonyms(settings.keys), office.clock, settings.timezone)
    return ExportMaker(office.database, exporter, office.clock)


def find(office: Office, job_id: UUID) -> Job:
    with office.database.reading() as unit:
        job = unit.export_jobs.find(job_id)
    assert job
    return job


def read_file(office: Office, job: Job) -> bytes:
    desk = ExportDesk(office.database, office.clock, new_id, lambda _: None)
    return b"".join(desk.give(job))


def count_pieces(office: Office) -> int:
    with office.database.engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM export_piece")) or 0


@pytest.fixture
def watched_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "WATCHED", 1)


@pytest.fixture
def crowded(office: Office, watched_often: None) -> Office:  # noqa: ARG001
    office.answer()
    office.answer("CONSULTA", "no", number="+50255550102")
    return office


def test_a_file_is_made_whole_and_written_down(
    office_on_each: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on_each
    monkeypatch.setattr("admin.export_jobs.PIECE", 100)
    monkeypatch.setattr("admin.exports.csv.BATCH", 1)
    office.answer()
    office.answer("CONSULTA", "no", number="+50255550102")
    job_id = office.ask_file(WHO)
    assert find(office, job_id).state is JobState.WAITING
    office.make_files()
    job = find(office, job_id)
    assert (job.state, job.rows, job.sessions, job.tries) == (JobState.DONE, 2, 2, 1)
    assert job.expires_at == office.clock() + KEEP
    data = read_file(office, job)
    assert (len(data), hashlib.sha256(data).hexdigest()) == (job.size, job.hash)
    assert data.count(b"\r\n") == 3
    assert count_pieces(office) > 1
    [made] = office.read_audit(AuditAction.EXPORT_PREPARED)
    [taken] = office.read_audit(AuditAction.EXPORT_TAKEN)
    assert made == taken
    assert (made["who"], made["rows"], made["hash"], made["whole"]) == (WHO, 2, job.hash, 1)
    with office.database.engine.connect() as connection:
        kept = connection.scalars(text("SELECT sealed_content FROM export_piece")).all()
    assert not any(SLUG.encode() in bytes(piece) for piece in kept)


def test_an_empty_file_is_a_file(office: Office) -> None:
    job_id = office.ask_file(WHO, form="jsonl")
    office.make_files()
    job = find(office, job_id)
    assert (job.state, job.size, read_file(office, job)) == (JobState.DONE, 0, b"")


def test_the_same_order_is_made_once_while_it_waits(office: Office) -> None:
    first = office.ask_file(WHO)
    assert office.ask_file(WHO) == first
    assert office.ask_file("otra@example.org") != first
    office.make_files()
    assert office.ask_file(WHO) != first


def test_progress_can_be_seen_in_rows(crowded: Office) -> None:
    office, seen = crowded, []
    job_id = office.ask_file(WHO)

    def look() -> bool:
        job = find(office, job_id)
        seen.append((job.state, job.total, job.sessions, job.rows))
        return False

    make_maker(office).make_next(look)
    assert seen == [(JobState.RUNNING, 0, 0, 0), (JobState.RUNNING, 2, 1, 0)]
    assert find(office, job_id).rows == 2


def test_a_worker_that_ends_leaves_the_file_to_the_next_one(crowded: Office) -> None:
    job_id = crowded.ask_file(WHO)
    assert make_maker(crowded).make_next(lambda: True)
    job = find(crowded, job_id)
    assert (job.state, job.tries) == (JobState.WAITING, 0)
    crowded.make_files()
    assert find(crowded, job_id).state is JobState.DONE


def test_what_is_cancelled_meanwhile_is_dropped(crowded: Office) -> None:
    job_id = crowded.ask_file(WHO)

    def cancel() -> bool:
        with crowded.database.unit() as unit:
            unit.export_jobs.cancel(job_id, crowded.clock())
        return False

    assert make_maker(crowded).make_next(cancel)
    assert find(crowded, job_id).state is JobState.CANCELLED
    assert count_pieces(crowded) == 0
    with crowded.database.unit() as unit:
        assert not unit.export_jobs.cancel(job_id, crowded.clock())


def test_a_file_cancelled_at_its_last_row_keeps_no_piece(office: Office) -> None:
    office.answer()
    job_id = office.ask_file(WHO)
    maker = make_maker(office)
    real = maker._exporter.prepare  # noqa: SLF001 - cancels between the last row and the piece

    def prepare(*arguments: object) -> object:
        export = real(*arguments)  # type: ignore[arg-type]
        assert export

        def pieces() -> Iterator[bytes]:
            yield from export.pieces
            with office.database.unit() as unit:
                unit.export_jobs.cancel(job_id, office.clock())

        return replace(export, pieces=pieces())

    maker._exporter.prepare = prepare  # type: ignore[method-assign, assignment] # noqa: SLF001
    assert maker.make_next(lambda: False)
    assert find(office, job_id).state is JobState.CANCELLED
    assert count_pieces(office) == 0


def test_a_worker_that_died_is_followed_by_another_and_comes_too_late(
    office_on_each: Office,
) -> None:
    office, now = office_on_each, office_on_each.clock()
    job_id = office.ask_file(WHO)
    with office.database.unit() as unit:
        dead = unit.export_jobs.take(now, now + LEASE)
    assert dead
    with office.database.unit() as unit:
        assert unit.export_jobs.add_piece(dead, now + LEASE, 0, b"half")
        assert unit.export_jobs.take(now, now + LEASE) is None
    office.make_files()
    assert find(office, job_id).state is JobState.RUNNING

    office.clock.advance(seconds=LEASE.total_seconds())
    office.make_files()
    job = find(office, job_id)
    assert (job.state, job.tries) == (JobState.DONE, 2)
    assert b"half" not in read_file(office, job)
    with office.database.unit() as unit:
        assert not unit.export_jobs.add_piece(dead, now + LEASE, 1, b"late")
        unit.export_jobs.fail(dead, now, now)
        unit.export_jobs.give_back(dead, is_try=True)
    assert find(office, job_id).state is JobState.DONE


def test_what_kills_every_worker_is_given_up(office: Office) -> None:
    job_id = office.ask_file(WHO)
    for _ in range(MOST_TRIES):
        with office.database.unit() as unit:
            assert unit.export_jobs.take(office.clock(), office.clock())
    office.make_files()
    assert find(office, job_id).state is JobState.FAILED


def test_what_goes_wrong_is_tried_three_times(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Exporter, "prepare", fail)
    job_id, maker = office.ask_file(WHO), make_maker(office)
    for state in (JobState.WAITING, JobState.WAITING, JobState.FAILED):
        with pytest.raises(OSError, match="no space"):
            maker.make_next(lambda: False)
        assert find(office, job_id).state is state
    assert not maker.make_next(lambda: False)


def test_a_file_of_nothing_is_given_up(office: Office) -> None:
    job_id = office.ask_file(WHO)
    with office.database.engine.begin() as connection:
        connection.execute(text("UPDATE export_job SET consultation = 'nada'"))
    office.make_files()
    assert find(office, job_id).state is JobState.FAILED


def test_who_goes_away_in_the_middle_is_written_down(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.export_jobs.PIECE", 1)
    monkeypatch.setattr("admin.exports.csv.BATCH", 1)
    office.answer()
    job = find(office, office.prepare_file(WHO))
    pieces = ExportDesk(office.database, office.clock, new_id, lambda _: None).give(job)
    next(pieces)
    with suppress(StopIteration):
        pieces.close()  # type: ignore[attr-defined]
    assert [entry["whole"] for entry in office.read_audit(AuditAction.EXPORT_TAKEN)] == [0]


def test_a_file_goes_after_a_day_and_its_job_after_a_month(office_on_each: Office) -> None:
    office = office_on_each
    job_id = office.prepare_file(WHO)
    days = {kept.table.name: kept.days for kept in RETENTION}["export_job"]

    def tick() -> None:
        chores = (*make_chores(office.database), *make_retention(office.database, UTC))
        Schedule(chores).tick(office.clock())

    tick()
    assert count_pieces(office) == 1
    office.clock.advance(seconds=KEEP.total_seconds())
    tick()
    assert count_pieces(office) == 0
    assert find(office, job_id).state is JobState.DONE
    office.clock.advance(days=days + 1)
    tick()
    with office.database.reading() as unit:
        assert unit.export_jobs.find(job_id) is None
