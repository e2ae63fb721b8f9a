"""Many citizens at once, and deliveries that come twice at once: each counts once, in order."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.support.phones import SimulatorPhone

if TYPE_CHECKING:
    from tests.support.house import House
    from tests.support.phones import Phone

pytestmark = pytest.mark.usefixtures("uncounted")

THREADS = 32
CITIZENS = 96
"""Three for each thread; two hundred take twice the time and show no more."""


def write_answers(citizen: int) -> dict[str, str]:
    """Give what one citizen answers, question by question; her proposal is nobody else's."""
    return {
        "inv": "1",
        "edad": "1",
        "p1": "1",
        "p2": str(citizen % 3 + 1),
        "p3": f"{citizen % 3 + 1} {citizen % 3 + 4}",
        "p4": "0",
        "p5": f"Propuesta {citizen} para mi aldea",
        "ub": "0",
        "seg": str(citizen % 4 + 1),
    }


def take_part(phone: Phone, citizen: int, echoes: ThreadPoolExecutor) -> int:
    """Send ten messages, one of them delivered twice at once; gives how many she heard."""
    texts = 0
    for place, text in enumerate(["CONSULTA", *write_answers(citizen).values()]):
        phone.write(text)
        echo = echoes.submit(phone.repeat) if place == citizen % 10 else None
        heard = phone.repeat()
        assert echo is None or echo.result() == heard
        texts += len(heard.texts)
    return texts


def test_each_answer_of_a_crowd_counts_once_and_in_order(house: House) -> None:
    phones = [house.phone("twilio-sms", f"+5025{number:07}") for number in range(CITIZENS)]
    with ThreadPoolExecutor(THREADS) as crowd, ThreadPoolExecutor(THREADS) as echoes:
        lives = [
            crowd.submit(take_part, phone, citizen, echoes) for citizen, phone in enumerate(phones)
        ]
        heard = sum(life.result() for life in lives)

    assert house.count("claim") == house.count("message", "direction = 'in'") == 10 * CITIZENS
    assert house.count("message", "direction = 'out'") == heard >= 10 * CITIZENS
    assert house.count("contact", "version = 10") == CITIZENS
    assert house.count("session", "turns = 10") == house.count("session") == CITIZENS
    recorded: dict[str, dict[str, str]] = defaultdict(dict)
    for row in house.table("long"):
        answers = recorded[row["persona"]]
        assert row["pregunta"] not in answers
        answers[row["pregunta"]] = row["texto"]
    assert sorted(answers["p5"] for answers in recorded.values()) == sorted(
        write_answers(citizen)["p5"] for citizen in range(CITIZENS)
    )
    for answers in recorded.values():
        assert answers == write_answers(int(answers["p5"].split()[1]))


def test_a_thousand_deliveries_of_one_message_have_one_effect_and_one_reply(house: House) -> None:
    phone = house.phone("twilio-sms")
    phone.send("CONSULTA")
    phone.write("1")
    with ThreadPoolExecutor(THREADS) as gateway:
        deliveries = [gateway.submit(phone.repeat) for _ in range(1_000)]
        replies = {delivery.result() for delivery in deliveries}

    assert len(replies) == 1
    assert house.count("claim") == house.count("message", "direction = 'in'") == 2
    assert house.count("session", "turns = 2") == 1
    assert house.count("answer") == 1


def test_messages_of_one_number_all_at_once_are_taken_one_after_the_other(house: House) -> None:
    number, many = "+50255550101", 20
    house.phone("twilio-sms", number).send("CONSULTA")
    phones = [SimulatorPhone(house.post, number=number, ids=count(place)) for place in range(many)]
    with ThreadPoolExecutor(THREADS) as gateway:
        assert all(gateway.map(lambda phone: phone.send("1"), phones))

    assert house.count("claim") == many + 1
    assert house.count("contact", f"version = {many + 1}") == 1
    assert house.count("session", f"turns = {many + 1}") == 1
