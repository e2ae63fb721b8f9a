"""Who the synthetic citizens are."""

from __future__ import annotations

from collections import Counter

from bot.addresses import read_sender
from flows.golden.chance import make_chance
from puente.citizens.people import DAYS, LONGEST_TALK, make_person, pick
from puente.citizens.places import DEPARTMENTS

CROWD = [make_person(3, index) for index in range(3000)]


def test_the_same_seed_is_the_same_crowd() -> None:
    assert [make_person(3, index) for index in range(50)] == CROWD[:50]


def test_another_seed_is_another_crowd() -> None:
    assert make_person(4, 0) != CROWD[0]


def test_nobody_shares_a_number() -> None:
    assert len({person.number for person in CROWD}) == len(CROWD)


def test_every_number_can_be_answered() -> None:
    assert all(read_sender(person.number)[1] for person in CROWD)


def test_a_crowd_uses_all_three_phones_and_lives_in_every_department() -> None:
    forms = Counter(person.form for person in CROWD)
    assert all(forms[form] > 0.2 * len(CROWD) for form in ("sms", "whatsapp", "ussd"))
    assert {person.department for person in CROWD} == {place.name for place in DEPARTMENTS}


def test_larger_places_are_named_more_often() -> None:
    homes = Counter(person.department for person in CROWD)
    assert homes["Guatemala"] > homes["Huehuetenango"] > homes["El Progreso"]


def test_most_stay_and_some_leave_stop_or_refuse() -> None:
    fates = Counter(person.fate for person in CROWD)
    assert fates["stays"] > 0.6 * len(CROWD)
    assert min(fates["leaves"], fates["stops"], fates["refuses"]) > 0


def test_they_begin_in_the_week_before_and_have_time_to_end() -> None:
    assert min(person.ago for person in CROWD) >= LONGEST_TALK
    assert max(person.ago for person in CROWD).days <= DAYS


def test_only_a_gateway_session_is_cut_off() -> None:
    assert all(person.form == "ussd" for person in CROWD if person.drop_at)
    assert any(person.drop_at for person in CROWD)


def test_a_weight_of_nothing_is_never_drawn() -> None:
    chance = make_chance(1)
    assert {pick([0, 3, 0, 1], chance) for _ in range(200)} == {1, 3}
