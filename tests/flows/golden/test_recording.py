"""Recording: what was said on a phone comes out as a conversation that holds."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.golden.chat import read_chat
from flows.golden.playing import compare, pick_up, play
from flows.golden.recording import Sent, record
from flows.text.render import Form
from tests.support.small_flow import make_small_flow

FLOW = make_small_flow("quc")
SPANISH = make_small_flow()
WORDS = ["hola", "1", "1", "2", "1 2", "1", "Que haya\ninternet", "0", "1"]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def assert_holds(written: str) -> None:
    chat = read_chat(written, "x.chat")
    assert compare(chat, pick_up(SPANISH, chat)) is None


def talk(seed: int, waits: dict[int, timedelta] | None = None, form: Form = "sms") -> list[Sent]:
    """Talk to the flow on a phone whose chance is that of a seed."""
    source = "\n".join(f"> {' '.join(word.split())}" for word in WORDS)
    chat = read_chat(f"canal: {form}\nazar: {seed}\n{source}", "")
    at, sent = NOON, []
    for place, (word, played) in enumerate(
        zip(WORDS, play(chat, pick_up(SPANISH, chat)), strict=True)
    ):
        at += (waits or {}).get(place, timedelta(seconds=5))
        sent.append(Sent(word, at, played.came))
    return sent


@pytest.mark.parametrize("seed", [1, 77, 4242])
def test_a_recorded_conversation_holds(seed: int) -> None:
    written = record(SPANISH, "sms", talk(seed))
    assert written.startswith("canal: sms\nazar: ")
    assert "# En el teléfono" not in written
    assert_holds(written)
    order = next(sent.came for sent in talk(seed) if sent.came[0].startswith("p4"))
    assert f"< {order[0]}".replace("\n", "\n  ") in written


def test_it_says_what_must_be_recorded() -> None:
    written = record(SPANISH, "sms", talk(1))
    assert written.endswith(
        "= inv: 1\n= edad: 1\n= p1: 2\n= p3: 1 2\n= p4: 1\n"
        "= p5: Que haya internet\n= ub: 0\n= seg: 1\n"
    )


def test_long_waits_are_written_down() -> None:
    waits = {
        1: timedelta(minutes=1),
        2: timedelta(minutes=90),
        3: timedelta(hours=1),
        4: timedelta(days=2, minutes=1),
        5: timedelta(hours=5, seconds=20),
    }
    written = record(SPANISH, "sms", talk(1, waits))
    assert [line for line in written.splitlines() if line.startswith("@")] == [
        "@ 1 minuto",
        "@ 90 minutos",
        "@ 1 hora",
        "@ 2881 minutos",
        "@ 5 horas",
    ]
    assert_holds(written)


def test_dialling_and_line_ends_are_written_on_one_line() -> None:
    sent = [Sent("", NOON), Sent("1\r\n", NOON), Sent(" 1 ", NOON)]
    written = record(SPANISH, "ussd", sent)
    told = [line for line in written.splitlines() if line.startswith((">", "canal"))]
    assert told == ["canal: ussd", "> (marca)", "> 1", "> 1"]


def test_of_a_screen_in_pages_the_first_may_be_all_that_was_seen() -> None:
    came = ("hola\n1 Si\n98 Mas",)
    written = record(SPANISH, "ussd", [Sent("", NOON, came)])
    assert "# En el teléfono" not in written


def test_what_came_out_otherwise_on_the_phone_is_told() -> None:
    sent = [Sent("hola", NOON, ("inv\n1 Si\n2 No",)), Sent("1", NOON, ("edad\n1 Claro\n2 No",))]
    assert "# En el teléfono salió distinto desde «1».\n" in record(SPANISH, "sms", sent)


def test_a_given_seed_and_language_are_kept() -> None:
    written = record(FLOW, "whatsapp", [Sent("hola", NOON)], language="quc", seeds=[9])
    assert written.startswith("canal: whatsapp\nazar: 9\nidioma: quc\n\n> hola\n< [quc] inv\n")
