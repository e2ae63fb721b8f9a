"""Revisions: publishing, going back, and two who do so at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from bot.publishing import (
    BrokenScriptError,
    UnknownRevisionError,
    get_revision,
    publish,
    restore,
)
from puente.bundled import read_source
from puente.demonstration import prepare
from puente.house import make_database
from puente.settings import Settings, read_settings
from storage.errors import OvertakenError
from storage.ids import new_id
from storage.published import NewRevision
from tests.support.small_script import PAST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.database import Database
    from storage.published import Revision

SOURCE, NAME = read_source("plan-digital")
SLUG = "plan-digital"


def edit(number: int) -> bytes:
    """Give another script of the same consultation."""
    return SOURCE.replace(b"Guarde su folio", b"Guarde bien su folio" + b" ya" * number)


class Operator:
    """Somebody who publishes."""

    def __init__(self, database: Database, settings: Settings, who: str) -> None:
        self.database = database
        self.clock = settings.clock
        self.who = who

    def publish(self, source: bytes, note: str = "", over: int | None = None) -> Revision:
        return publish(
            self.database, source, NAME, who=self.who, note=note, now=self.clock(), over=over
        )

    def restore(self, number: int, note: str = "", over: int | None = None) -> Revision:
        now = self.clock()
        with self.database.unit() as unit:
            return restore(unit, SLUG, number, who=self.who, note=note, now=now, over=over)

    def find_live(self) -> Revision:
        with self.database.reading() as unit:
            return get_revision(unit, SLUG)


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return read_settings({"PUENTE_DATA": str(tmp_path), "DATABASE_URL": database_url}, tmp_path)


@pytest.fixture
def ana(settings: Settings) -> Iterator[Operator]:
    database = make_database(settings)
    yield Operator(database, settings, "ana@example.org")
    database.close()


def test_revisions_are_numbered_and_keep_who_and_why(ana: Operator) -> None:
    ana.publish(SOURCE, "primera")
    ana.publish(edit(1), "segunda")
    with ana.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation is not None
        told = [
            (one.number, one.edition, one.who, one.note)
            for one in unit.consultations.list_revisions(consultation.id)
        ]
    assert told == [(2, 0, ana.who, "segunda"), (1, 0, ana.who, "primera")]


def test_a_new_title_is_the_consultations(ana: Operator) -> None:
    ana.publish(SOURCE)
    ana.publish(SOURCE.replace(b'Plan de Gobierno Digital 2021-2026"', b'Plan digital"', 1))
    with ana.database.reading() as unit:
        (consultation,) = unit.consultations.list()
    assert consultation.title == "Plan digital"


def test_going_back_publishes_the_older_one_as_a_new_one(ana: Operator) -> None:
    ana.publish(SOURCE)
    ana.publish(edit(1))
    back = ana.restore(1)
    assert (back.number, back.source) == (3, SOURCE.decode())
    assert back.note == "Vuelve a la revisión 1."
    assert ana.find_live() == back


def test_going_back_to_what_is_live_changes_nothing(ana: Operator) -> None:
    first = ana.publish(SOURCE)
    assert ana.restore(1) == first


def test_what_was_never_published_cannot_come_back(ana: Operator) -> None:
    with pytest.raises(UnknownRevisionError, match="nada publicado"):
        ana.restore(1)
    ana.publish(SOURCE)
    with pytest.raises(UnknownRevisionError, match="no tiene una revisión 2"):
        ana.restore(2)


def test_what_can_no_longer_be_read_cannot_come_back(ana: Operator) -> None:
    first = ana.publish(SOURCE)
    broken = NewRevision(
        new_id(ana.clock()), first.consultation_id, first.id, "?", "{}", "", "x", ana.clock()
    )
    with ana.database.unit() as unit:
        unit.consultations.publish(broken)
    ana.publish(edit(1))
    with pytest.raises(UnknownRevisionError, match="ya no se puede leer"):
        ana.restore(2)


def test_whoever_saw_an_older_revision_is_told(ana: Operator) -> None:
    ana.publish(SOURCE, over=0)
    with pytest.raises(OvertakenError):
        ana.publish(edit(1), over=0)
    ana.publish(edit(1), over=1)
    with pytest.raises(OvertakenError):
        ana.publish(edit(2), over=1)
    with pytest.raises(OvertakenError):
        ana.restore(1, over=1)
    assert ana.find_live().source == edit(1).decode()


@pytest.mark.parametrize("is_known", [False, True])
def test_of_two_who_publish_at_once_one_is_told(ana: Operator, *, is_known: bool) -> None:
    if is_known:
        ana.publish(SOURCE)
    seen = int(is_known)
    together = Barrier(2)

    def run(number: int) -> int:
        together.wait(30)
        try:
            return ana.publish(edit(number), over=seen).number
        except OvertakenError:
            return 0

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, [1, 2])) == [0, seen + 1]
    with ana.database.reading() as unit:
        (consultation,) = unit.consultations.list()
        assert len(unit.consultations.list_revisions(consultation.id)) == seen + 1


def test_a_broken_script_leaves_nothing_behind(ana: Operator) -> None:
    with pytest.raises(BrokenScriptError) as caught:
        ana.publish(SOURCE.replace(b"tipo: escala", b"tipo: esfera"))
    assert [problem.code for problem in caught.value.problems] == ["tipo-desconocido"]
    with ana.database.reading() as unit:
        assert unit.consultations.list() == []


def test_a_day_that_has_gone_by_is_not_asked_for(ana: Operator) -> None:
    with pytest.raises(BrokenScriptError) as caught:
        ana.publish(PAST.encode())
    assert [problem.code for problem in caught.value.problems] == ["fecha-vencida"]


def test_the_demonstration_does_not_publish_over_an_operator(
    ana: Operator, settings: Settings
) -> None:
    prepare(settings)
    ana.publish(edit(1))
    prepare(settings)
    assert ana.find_live().source == edit(1).decode()
