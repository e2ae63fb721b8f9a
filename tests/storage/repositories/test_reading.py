"""What pages, exports and phones read: reports, proposals, conversations by address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.due import Taken
from storage.records import NewProposal
from storage.reported import Count
from storage.vocabulary import AuditAction
from tests.support.citizens import NOW, PHONE

if TYPE_CHECKING:
    from tests.support.citizens import Town

OTHER = "+50255550102"


def test_sessions_are_read_with_their_current_answers_in_the_order_they_began(town: Town) -> None:
    town.take(answers={"p1": "1", "p2": "2"})
    town.wait(hours=1)
    town.take(OTHER)
    town.wait(hours=1)
    town.take(answers={"p1": "3"}, session={"folio": "ABC2345", "publish": True})
    third = "+50255550103"
    town.take(third, answers={"p1": "2"})

    with town.database.reading() as unit:
        first, second, last = unit.reports.sessions(town.consultation_id)

    assert {one.said.question: one.said.value for one in first.answers} == {"p1": "3", "p2": "2"}
    assert (first.folio, first.publish, first.answered_at) == ("ABC2345", True, town.now)
    assert (second.answers, second.answered_at, second.started_at) == (
        *((), None),
        NOW + timedelta(hours=1),
    )
    assert [one.said.value for one in last.answers] == ["2"]


def test_people_who_answered_alike_are_counted_but_for_one(town: Town) -> None:
    own = town.take(answers={"d1": "1", "ub": "1413"})
    assert own.session is not None
    others = [("1", "1401", None), ("1", "1401", "complete"), ("1", "1401", "refused"),
              ("2", "1402", None), ("1", "0101", None), ("12", "1401", None)]  # fmt: skip
    for number, (sex, place, outcome) in enumerate(others):
        answers: dict[str, str | None] = {"d1": sex, "ub": place}
        town.take(f"+5025555020{number}", answers=answers, session={"outcome": outcome})
    town.take("+50255550200", answers={"d1": "2"})  # she changed her answer
    session_id = own.session.id

    def count(**answers: str) -> int:
        with town.database.reading() as unit:
            return unit.reports.count_alike(town.consultation_id, answers, session_id)

    assert count(d1="1") == 2
    assert count(d1="1", ub="14") == 1
    assert count(d1="2", ub="14") == 2
    assert count(d1="3") == 0


def test_people_are_counted_by_the_traits_of_their_first_session(town: Town) -> None:
    said: list[dict[str, str | None]] = [
        {"ub": "1413", "d1": "2"}, {"ub": "1413", "d1": "2", "p1": "1"}, {"ub": "0", "otra": "01"},
        {"ub": "voz"}, {},
    ]  # fmt: skip
    for number, answers in enumerate(said):
        town.take(f"+5025555020{number}", answers=answers)
    town.take("+50255550200", answers={"d1": "3"})  # she changed her answer
    town.take("+50255550200", session={"id": town.make_id(), "is_new": True}, answers={"ub": "14"})

    with town.database.reading() as unit:
        counted = unit.reports.count_traits(
            town.consultation_id, ["ub", "otra"], ["d1"], {"0", "voz"}
        )
        answering = unit.reports.count_answering(town.consultation_id)
        values = unit.reports.count_values(town.consultation_id, {"place"})

    assert sorted((one.place, one.asked, one.people) for one in counted) == [
        ("", ("",), 2), ("01", ("",), 1), ("1413", ("2",), 1), ("1413", ("3",), 1),
    ]  # fmt: skip
    assert {(one.community, one.language) for one in counted} == {("", "es")}
    assert answering == {"ub": 4, "d1": 2, "p1": 1, "otra": 1}
    places = {one.value: one.people for one in values if one.question == "ub"}
    assert places == {"1413": 2, "14": 1, "0": 1, "voz": 1}


def test_people_are_counted_where_nobody_is_asked_for_a_place(town: Town) -> None:
    town.take(answers={"d1": "2"})

    with town.database.reading() as unit:
        counted = unit.reports.count_traits(town.consultation_id, [], ["d1"], {"0"})

    assert [(one.place, one.asked, one.people) for one in counted] == [("", ("2",), 1)]


def test_the_history_holds_what_was_superseded(town: Town) -> None:
    town.take(answers={"p1": "1"})
    town.take(answers={"p1": "3"})

    with town.database.reading() as unit:
        [session] = unit.reports.sessions(town.consultation_id, history=True)

    said = [(one.said.value, one.said.is_current) for one in session.answers]
    assert said == [("1", False), ("3", True)]


def test_an_open_answer_is_read_as_it_was_received(town: Town) -> None:
    write = town.take()
    assert write.session is not None
    key = town.key()
    answer = town.answer(write.session.id, "p5", "+", "Que haya\ninternet")
    assert town.database.turns.save(
        replace(town.write(key, town.load(key)), answers=(answer,), session=None)
    )

    with town.database.reading() as unit:
        [session] = unit.reports.sessions(town.consultation_id)

    said = [(one.said.value, one.said.text) for one in session.answers]
    assert said == [("+", "Que haya\ninternet")]


def test_what_somebody_wrote_is_never_taken_for_the_end_of_an_answer(town: Town) -> None:
    write = town.take()
    assert write.session is not None
    key, hostile = town.key(), "a\x1eb\x1fc\\x41\n’é🙂"
    answers = (
        town.answer(write.session.id, "p1", hostile),
        town.answer(write.session.id, "p5", "+", hostile),
    )
    assert town.database.turns.save(
        replace(town.write(key, town.load(key)), answers=answers, session=None)
    )

    with town.database.reading() as unit:
        [session] = unit.reports.sessions(town.consultation_id)

    said = {one.said.question: (one.said.value, one.said.text) for one in session.answers}
    assert said == {"p1": (hostile, hostile), "p5": ("+", hostile)}


def test_what_two_people_said_alike_is_read_once(town: Town) -> None:
    town.take(answers={"p1": "1"})
    town.wait(minutes=1)
    town.take(OTHER, answers={"p1": "1"})

    with town.database.reading() as unit:
        [first], [second] = (one.answers for one in unit.reports.sessions(town.consultation_id))

    assert first.said is second.said
    assert first.at < second.at


def test_the_time_of_an_answer_is_read_to_the_microsecond(town: Town) -> None:
    town.wait(seconds=1.000001)
    town.take(answers={"p1": "1"})

    with town.database.reading() as unit:
        [session] = unit.reports.sessions(town.consultation_id)

    assert [one.at for one in session.answers] == [town.now]
    assert session.answers[0].at.utcoffset() == timedelta(0)


def test_sessions_are_counted_by_hour_channel_and_standing(town: Town) -> None:
    town.take(session={"outcome": "complete"})
    town.take(OTHER, session={"channel": "ussd"})
    town.take("+50255550103", session={"channel": "ussd"}, stopped=True)
    town.wait(hours=1)
    town.take("+50255550104")

    with town.database.reading() as unit:
        counts = unit.reports.counts(town.consultation_id)

    assert sorted(counts, key=lambda one: (one.hour, one.channel, str(one.outcome))) == [
        Count(NOW, "sms", "complete", 1),
        Count(NOW, "ussd", None, 1),
        Count(NOW, "ussd", "opted_out", 1),
        Count(NOW + timedelta(hours=1), "sms", None, 1),
    ]


def test_people_count_once_who_answered_any_of_the_questions(town: Town) -> None:
    town.take(answers={"p1": "1", "p2": "1"})
    town.take(OTHER, answers={"inv": "1"})
    town.take("+50255550103", answers={"p2": "1"})
    town.take("+50255550103", answers={"p2": None})

    with town.database.reading() as unit:
        assert unit.reports.count_people(town.consultation_id, ["p1", "p2"]) == 1
        assert unit.reports.count_people(town.consultation_id, []) == 0


def test_a_proposal_is_found_by_its_folio(town: Town) -> None:
    key = town.key()
    snapshot = town.load(key)
    write = town.write(key, snapshot)
    session = town.session(snapshot, write.person_id)
    proposal = NewProposal(town.make_id(), session.id, "p5", "ABC2345", town.now)
    assert town.database.turns.save(replace(write, session=session, proposal=proposal))

    with town.database.reading() as unit:
        found = unit.proposals.find("ABC2345")
        assert unit.proposals.find("XYZ2345") is None
    assert found is not None
    assert (found.folio, found.state, found.consultation_id) == (
        *("ABC2345", "recibida"),
        town.consultation_id,
    )


def test_a_phone_shows_what_was_said_and_what_was_sent_on_its_channel(town: Town) -> None:
    town.take(texts=("hola", "¿P1?"))
    town.take(OTHER, texts=("de otra", "persona"))
    key = town.key()
    out = town.outgoing("Gracias", due_at=town.wait(minutes=1))
    assert town.database.turns.save(replace(town.write(key, town.load(key)), outgoing=(out,)))

    def read(form: str = "sms", channel: str = "sms") -> list[str]:
        with town.database.reading() as unit:
            return [one.text for one in unit.phones.find_messages("tel", PHONE, channel, form)]

    assert read() == ["hola", "¿P1?"]
    with town.database.unit() as unit:
        unit.outbox.record_sent([Taken(out.id, town.now, "SM1", 1)])
    assert read() == ["hola", "¿P1?", "Gracias"]
    assert read("whatsapp") == read(channel="otro") == []


def test_an_audit_event_without_what_it_must_say_is_refused(town: Town) -> None:
    with town.database.unit() as unit, pytest.raises(ValueError, match="without consultation"):
        unit.audit.add(AuditAction.CONSULTATION_CLOSED, town.now, "ana@example.org", {})


def test_languages_that_are_missing_are_counted_by_number(town: Town) -> None:
    for number, language in ((PHONE, "quc"), (PHONE, "quc"), (OTHER, "quc"), (OTHER, "cak")):
        key = town.key(number)
        assert town.database.turns.save(
            replace(town.write(key, town.load(key)), demand=language, session=None)
        )
    with town.database.reading() as unit:
        assert unit.reports.count_demand() == [("quc", 2), ("cak", 1)]
