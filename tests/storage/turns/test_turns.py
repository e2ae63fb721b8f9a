from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from storage.records import NewProposal
from storage.turns.compose import FEW
from storage.turns.store import TurnStore
from tests.support.citizens import PHONE, Town, open_town

if TYPE_CHECKING:
    from storage.records import TurnKey


def rows(town: Town, sql: str) -> list[tuple[object, ...]]:
    with town.database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_both_databases_offer_what_the_hot_path_asks_for(town: Town) -> None:
    offered: TurnStore = town.database.turns
    asked = {name for name in vars(TurnStore) if not name.startswith("_")}
    assert asked == {"close", "load", "locked", "save"}
    assert asked <= set(dir(offered))


def test_an_unknown_number_has_only_the_open_consultations(town: Town) -> None:
    snapshot = town.load(town.key())
    assert (snapshot.reply, snapshot.contact, snapshot.session, snapshot.screen) == (
        *(None, None, None),
        "",
    )
    (consultation,) = snapshot.consultations
    assert consultation.id == town.consultation_id
    assert consultation.revision_id == town.revision_id
    assert (consultation.slug, consultation.is_open, consultation.edition) == (
        *("plan-digital", True),
        0,
    )


def test_a_first_turn_is_read_back_whole(town: Town) -> None:
    key = town.key(dialog="ATUid_1")
    write = town.write(key, town.load(key), lobby='{"asked":"which"}', screen='{"page":1}')
    session = town.session(town.load(key), write.person_id)
    assert town.database.turns.save(replace(write, session=session))

    found = town.load(town.key(dialog="ATUid_1"))
    assert found.reply is None
    assert found.contact is not None
    assert (found.contact.id, found.contact.version) == (write.contact_id, 1)
    assert (found.contact.person_id, found.contact.persons) == (write.person_id, 1)
    assert (found.contact.seen_at, found.contact.stopped_at) == (town.now, None)
    assert found.contact.lobby == '{"asked":"which"}'
    assert found.session is not None
    assert (found.session.id, found.session.state) == (session.id, '{"format":1}')
    assert (found.session.turns, found.session.outcome, found.session.edition) == (1, None, 0)
    assert found.screen == '{"page":1}'
    assert town.load(town.key()).screen == ""


def test_the_same_delivery_finds_its_reply_and_changes_nothing(town: Town) -> None:
    key = town.key()
    before = town.load(key)
    write = town.write(key, before)
    assert town.database.turns.save(write)
    assert town.load(key).reply == write.reply
    assert not town.database.turns.save(town.write(key, before))
    assert not town.database.turns.save(town.write(key, town.load(key)))
    assert rows(town, "SELECT count(*) FROM contact") == [(1,)]
    assert rows(town, "SELECT count(*) FROM person") == [(1,)]
    found = town.load(town.key()).contact
    assert found is not None
    assert found.version == 1


def test_a_stale_contact_writes_nothing(town: Town) -> None:
    town.take()
    first, second = town.key(), town.key()
    stale = town.load(second)
    assert town.database.turns.save(town.write(first, town.load(first)))
    late = town.write(second, stale, messages=(town.message("in", "tarde", None),))
    assert not town.database.turns.save(late)
    assert town.load(second).reply is None
    assert rows(town, "SELECT count(*) FROM message") == [(2,)]


def test_two_first_turns_of_one_number_make_one_contact(town: Town) -> None:
    first, second = town.key(), town.key()
    writes = [town.write(key, town.load(key)) for key in (first, second)]
    assert [town.database.turns.save(write) for write in writes] == [True, False]
    assert rows(town, "SELECT count(*) FROM contact") == [(1,)]
    assert rows(town, "SELECT count(*) FROM claim") == [(1,)]


def test_a_change_supersedes_and_keeps_the_old_answer(town: Town) -> None:
    town.take(answers={"p1": "1", "p2": "2"})
    town.wait(minutes=1)
    town.take(answers={"p1": "3", "p3": "1"})
    current = "SELECT question, value FROM answer WHERE superseded_at IS NULL ORDER BY question"
    assert rows(town, current) == [("p1", "3"), ("p2", "2"), ("p3", "1")]
    old = "SELECT question, value FROM answer WHERE superseded_at IS NOT NULL"
    assert rows(town, old) == [("p1", "1")]


@pytest.mark.parametrize("count", range(1, FEW + 3))
def test_however_many_answers_a_turn_has_each_is_kept_and_supersedes(
    town: Town, count: int
) -> None:
    asked = [f"p{number}" for number in range(1, count + 1)]
    town.take(answers=dict.fromkeys(asked, "1"))
    town.wait(minutes=1)
    town.take(answers={question: str(place) for place, question in enumerate(asked)})
    current = "SELECT question, value FROM answer WHERE superseded_at IS NULL ORDER BY question"
    assert rows(town, current) == [(name, str(place)) for place, name in enumerate(asked)]
    old = "SELECT question, value FROM answer WHERE superseded_at IS NOT NULL ORDER BY question"
    assert rows(town, old) == [(name, "1") for name in asked]


def test_a_withdrawn_answer_is_current_no_more(town: Town) -> None:
    town.take(answers={"p1": "1", "p2": "2"})
    town.take(answers={"p2": None})
    current = "SELECT question FROM answer WHERE superseded_at IS NULL"
    assert rows(town, current) == [("p1",)]
    assert rows(town, "SELECT count(*) FROM answer") == [(2,)]


def test_of_two_answers_to_one_question_in_one_turn_the_last_is_current(town: Town) -> None:
    write = town.take()
    assert write.session is not None
    session_id = write.session.id
    key = town.key()
    snapshot = town.load(key)
    answers = (
        town.answer(session_id, "p1", "1"),
        town.answer(session_id, "p1", "2"),
        town.answer(session_id, "p2", "1"),
        town.answer(session_id, "p2", None),
    )
    assert town.database.turns.save(town.write(key, snapshot, answers=answers))
    current = "SELECT question, value FROM answer WHERE superseded_at IS NULL"
    assert rows(town, current) == [("p1", "2")]
    assert rows(town, "SELECT count(*) FROM answer") == [(3,)]


def test_a_session_moves_on_and_keeps_its_beginning(town: Town) -> None:
    began = town.now
    town.take()
    town.wait(minutes=5)
    town.take(
        session={
            "folio": "ABC2345",
            "outcome": "complete",
            "publish": True,
            "write_back": False,
            "alert": "personas",
        }
    )
    town.wait(minutes=5)
    town.take(session={"outcome": "complete", "position": None})
    session = town.load(town.key()).session
    assert session is not None
    assert (session.turns, session.outcome) == (3, "complete")
    with town.database.engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM session")).one()
    assert row.folio == "ABC2345"
    assert row.alert == "personas"
    assert (bool(row.publish), bool(row.write_back)) == (True, False)
    assert str(row.started_at)[:16].replace("T", " ") == began.isoformat(" ")[:16]
    assert row.ended_at == row.publish_at == row.write_back_at
    assert str(row.turned_at) > str(row.ended_at) > str(row.started_at)


def test_a_session_that_is_taken_up_again_has_no_end(town: Town) -> None:
    town.take(session={"outcome": "complete"})
    town.take()
    assert rows(town, "SELECT outcome, ended_at FROM session") == [(None, None)]


def test_a_folio_somebody_has_makes_the_turn_be_taken_again(town: Town) -> None:
    town.take(session={"folio": "ABC2345"})
    key = town.key("+50255550102")
    snapshot = town.load(key)
    write = town.write(key, snapshot)
    session = town.session(snapshot, write.person_id, folio="ABC2345")
    assert not town.database.turns.save(replace(write, session=session))
    assert town.load(key).contact is None


def test_a_new_person_is_active_and_sees_no_old_session(town: Town) -> None:
    first = town.take()
    key = town.key()
    person_id = town.make_id()
    write = town.write(key, town.load(key), person_id=person_id, new_person=True)
    assert town.database.turns.save(write)
    found = town.load(town.key())
    assert found.contact is not None
    assert (found.contact.person_id, found.contact.persons) == (person_id, 2)
    assert found.session is None
    assert person_id != first.person_id


def test_the_latest_session_is_found(town: Town) -> None:
    town.take(session={"outcome": "complete"})
    town.wait(hours=1)
    new_id = town.make_id()
    town.take(session={"id": new_id, "is_new": True, "turns": 1})
    session = town.load(town.key()).session
    assert session is not None
    assert session.id == new_id


def test_stopping_is_kept_until_the_number_comes_back(town: Town) -> None:
    def stopped_at() -> object:
        contact = town.load(town.key()).contact
        assert contact is not None
        return contact.stopped_at

    town.take(stopped=True)
    at = town.now
    assert stopped_at() == at
    town.wait(minutes=1)
    town.take(stopped=True)
    town.take()
    assert stopped_at() == at
    town.take(stopped=False)
    assert stopped_at() is None
    town.take(stopped=True)
    assert stopped_at() == town.now


def test_a_late_message_does_not_turn_back_the_clock_of_its_contact(town: Town) -> None:
    town.take()
    key = town.key()
    late = town.write(key, town.load(key), at=town.now.replace(year=2025))
    assert town.database.turns.save(late)
    contact = town.load(key).contact
    assert contact is not None
    assert contact.seen_at == town.now


def test_a_screen_is_replaced_within_its_dialog(town: Town) -> None:
    for screen in ('{"page":1}', '{"page":2}', None):
        key = town.key(dialog="ATUid_1")
        assert town.database.turns.save(town.write(key, town.load(key), screen=screen))
    assert town.load(town.key(dialog="ATUid_1")).screen == '{"page":2}'
    assert town.load(town.key("+50255550102", dialog="ATUid_1")).screen == ""


def test_a_session_has_one_proposal_whose_question_may_change(town: Town) -> None:
    def propose(folio: str, question: str) -> TurnKey:
        key = town.key()
        snapshot = town.load(key)
        write = town.write(key, snapshot)
        session = town.session(snapshot, write.person_id)
        proposal = NewProposal(town.make_id(), session.id, question, folio, town.now)
        assert town.database.turns.save(replace(write, session=session, proposal=proposal))
        return key

    propose("ABC2345", "p5")
    propose("ABC2345", "p6")
    assert rows(town, "SELECT folio, question, state FROM proposal") == [
        ("ABC2345", "p6", "recibida")
    ]


def test_a_demand_for_a_language_is_counted_once_per_contact(town: Town) -> None:
    for language in ("quc", "mam", "quc"):
        town.take(demand=language)
    assert rows(town, "SELECT language FROM language_demand ORDER BY language") == [
        ("mam",),
        ("quc",),
    ]


def test_outgoing_messages_are_written_with_their_cause(town: Town) -> None:
    key = town.key()
    write = town.write(key, town.load(key))
    out = (town.outgoing("uno"), town.outgoing("dos", only_if_turns=3, kind="reminder"))
    assert town.database.turns.save(replace(write, outgoing=out))
    assert rows(town, "SELECT kind, state, only_if_turns FROM outbox ORDER BY kind") == [
        ("receipt", "waiting", None),
        ("reminder", "waiting", 3),
    ]


def test_a_closed_consultation_shows_only_to_who_has_a_session_in_it(town: Town) -> None:
    town.take()
    town.wait(hours=1)
    with town.database.unit() as unit:
        unit.consultations.close(town.consultation_id, town.now, "ana@example.org")
    (hers,) = town.load(town.key()).consultations
    assert (hers.id, hers.is_open) == (town.consultation_id, False)
    assert town.load(town.key("+50255550102")).consultations == ()


def test_under_lock_a_turn_is_read_and_saved(town: Town) -> None:
    town.take()
    key = town.key()
    with town.database.turns.locked(key, town.now) as (snapshot, save):
        assert snapshot.contact is not None
        assert save(town.write(key, snapshot))
    assert town.load(key).reply == f"reply to {key.claim}"


def test_under_lock_a_lost_race_leaves_the_transaction_usable(town: Town) -> None:
    write = town.take()
    key = town.key()
    with town.database.turns.locked(key, town.now) as (snapshot, save):
        assert not save(town.write(write.key, snapshot))
        assert save(town.write(key, snapshot))
    assert town.load(key).reply is not None


def test_under_lock_an_exception_keeps_nothing(town: Town) -> None:
    key = town.key()

    def fail_late() -> None:
        with town.database.turns.locked(key, town.now) as (snapshot, save):
            assert save(town.write(key, snapshot))
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        fail_late()
    assert town.load(key).contact is None


def test_text_that_equals_the_value_is_not_kept_twice(town: Town) -> None:
    town.take(answers={"p1": "1"})
    assert rows(town, "SELECT sealed_text FROM answer") == [(None,)]


def test_nothing_personal_is_readable_in_the_tables(town: Town) -> None:
    key = town.key(dialog="ATUid_1")
    write = town.write(key, town.load(key), reply="gracias Juana", screen="pantalla de Juana")
    session = town.session(town.load(key), write.person_id, state="estado de Juana")
    assert town.database.turns.save(
        replace(
            write,
            session=session,
            messages=(town.message("in", "soy Juana", session.id),),
            answers=(town.answer(session.id, "p5", "+", "que Juana decida"),),
            outgoing=(town.outgoing("adiós Juana"),),
        )
    )
    with town.database.engine.connect() as connection:
        for table in ("address", "claim", "dialog", "session", "message", "answer", "outbox"):
            for row in connection.execute(text(f"SELECT * FROM {table}")):  # noqa: S608
                for value in row:
                    found = bytes(value) if isinstance(value, bytes | memoryview) else str(value)
                    needles = ("Juana", PHONE[1:])
                    if isinstance(found, bytes):
                        assert not any(needle.encode() in found for needle in needles)
                    else:
                        assert not any(needle in found for needle in needles)


def test_ids_come_back_as_they_went_in(town: Town) -> None:
    write = town.take()
    found = town.load(town.key()).contact
    assert found is not None
    assert isinstance(found.id, UUID)
    assert found.id == write.contact_id


def test_what_can_be_tapped_comes_out_of_the_outbox_as_it_went_in(town: Town) -> None:
    key = town.key()
    buttons = (("1", "Sí"), ("2", "No"))
    out = (town.outgoing("¿Participa?", buttons=buttons), town.outgoing("Gracias."))
    write = town.write(key, town.load(key))
    assert town.database.turns.save(replace(write, outgoing=out))
    with town.database.unit() as unit:
        due = unit.outbox.lease("sms", town.now, town.now + timedelta(minutes=2), 10)
    assert {message.text: message.buttons for message in due} == {
        "¿Participa?": buttons,
        "Gracias.": (),
    }


def test_a_turn_looks_up_by_key_however_much_is_there(postgres_url: str) -> None:
    # The statements are planned while the tables are empty, as on the day of the installation.
    with open_town(postgres_url) as town:
        for citizen in range(60):
            for value in ("1", "2"):
                town.take(f"+5025555{citizen:04}", {"p1": value, "p2": value})
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute(
            "SELECT relname, coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0), n_tup_ins"
            " FROM pg_stat_user_tables WHERE n_tup_ins > 50"
        ).fetchall()

    assert {"answer", "claim", "contact", "message", "session"} <= {name for name, *_ in found}
    assert [name for name, read, written in found if read > 12 * written] == []
