from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import text

from storage.errors import OvertakenError
from storage.published import NewConsultation, NewEdition, NewRevision

if TYPE_CHECKING:
    from storage.published import Consultation
    from tests.support.citizens import Town

WHO = "ana@example.org"


def get(town: Town, slug: str = "plan-digital") -> Consultation:
    with town.database.reading() as unit:
        found = unit.consultations.find(slug)
    assert found is not None
    return found


def revision(town: Town, replaces: UUID | None, **more: object) -> NewRevision:
    new = NewRevision(
        town.make_id(),
        town.consultation_id,
        replaces,
        "puente: 1 # otra",
        '{"quc": "…"}',
        "segunda",
        WHO,
        town.wait(minutes=1),
    )
    return replace(new, **more)  # type: ignore[arg-type]


def audited(town: Town, action: str) -> list[dict[str, object]]:
    with town.database.engine.connect() as connection:
        found = connection.execute(
            text("SELECT details FROM audit_event WHERE action = :action ORDER BY at"),
            {"action": action},
        )
        return [json.loads(row.details) for row in found]


def test_a_consultation_is_found_by_its_slug(town: Town) -> None:
    found = get(town)
    assert (found.id, found.title, found.revision_id) == (
        *(town.consultation_id, "Plan"),
        town.revision_id,
    )
    assert found.is_open(town.now)
    with town.database.reading() as unit:
        assert unit.consultations.find("otra") is None


def test_a_slug_is_taken_once(town: Town) -> None:
    again = NewConsultation(town.make_id(), "plan-digital", "Otra", WHO, town.now)
    with pytest.raises(OvertakenError), town.database.unit() as unit:
        unit.consultations.add(again)


def test_consultations_are_listed_with_the_newest_first(town: Town) -> None:
    new = NewConsultation(town.make_id(), "agua", "Agua", WHO, town.wait(days=1))
    with town.database.unit() as unit:
        unit.consultations.add(new)
        listed = unit.consultations.list()
    assert [one.slug for one in listed] == ["agua", "plan-digital"]
    assert not listed[0].is_open(town.now), "nothing is published yet"


def test_a_title_may_change(town: Town) -> None:
    with town.database.unit() as unit:
        unit.consultations.rename(town.consultation_id, "Plan Digital")
    assert get(town).title == "Plan Digital"


def test_a_closed_consultation_can_be_opened_again(town: Town) -> None:
    closed_at = town.wait(days=1)
    with town.database.unit() as unit:
        unit.consultations.close(town.consultation_id, closed_at, WHO)
    assert not get(town).is_open(closed_at)

    opened_at = town.wait(days=1)
    with town.database.unit() as unit:
        unit.consultations.open(town.consultation_id, opened_at, WHO)

    assert get(town).is_open(opened_at)
    assert not get(town).is_open(closed_at), "nor was it open before that"
    assert audited(town, "staff:consultation:close") == [{"consultation": "plan-digital"}]
    assert len(audited(town, "staff:consultation:open")) == 2


def test_a_revision_takes_the_place_of_the_live_one(town: Town) -> None:
    with town.database.unit() as unit:
        published = unit.consultations.publish(revision(town, town.revision_id))
        listed = unit.consultations.list_revisions(town.consultation_id)

    assert (published.number, published.edition) == (2, 0)
    assert get(town).revision_id == published.id
    assert [(one.number, one.source) for one in listed] == [
        (2, "puente: 1 # otra"),
        (1, "puente: 1"),
    ]
    assert audited(town, "staff:revision:publish")[-1] == {
        "consultation": "plan-digital",
        "revision": 2,
        "note": "segunda",
    }


def test_of_two_who_publish_over_the_same_revision_the_second_is_told(town: Town) -> None:
    with town.database.unit() as unit:
        unit.consultations.publish(revision(town, town.revision_id))
    with pytest.raises(OvertakenError), town.database.unit() as unit:
        unit.consultations.publish(revision(town, town.revision_id))
    with town.database.reading() as unit:
        assert len(unit.consultations.list_revisions(town.consultation_id)) == 2


def test_an_edition_changes_the_texts_and_nothing_else(town: Town) -> None:
    new = NewEdition(town.revision_id, 0, '{"quc": "Jas"}', WHO, town.wait(hours=1))
    with town.database.unit() as unit:
        edition = unit.consultations.publish_edition(new)
        first = unit.consultations.get_revision(town.revision_id, 0)

    assert (edition.number, edition.edition, edition.texts) == (1, 1, '{"quc": "Jas"}')
    assert (first.edition, first.texts, first.source) == (0, "{}", edition.source)
    assert town.load(town.key()).consultations[0].edition == 1
    assert audited(town, "staff:edition:publish")[-1]["edition"] == 1
    with pytest.raises(OvertakenError), town.database.unit() as unit:
        unit.consultations.publish_edition(new)


def test_a_revision_that_is_not_there_is_an_error(town: Town) -> None:
    with town.database.reading() as unit, pytest.raises(LookupError):
        unit.consultations.get_revision(UUID(int=404))
