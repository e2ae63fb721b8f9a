from __future__ import annotations

import pytest

from bot.addresses import normalise, read_sender
from bot.messages import Address


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("5555-1234", "+50255551234"),
        ("5555 1234", "+50255551234"),
        ("(502) 5555.1234", "+50255551234"),
        ("50255551234", "+50255551234"),
        ("0050255551234", "+50255551234"),
        ("00502 5555 1234", "+50255551234"),
        ("+502 5555-1234", "+50255551234"),
        ("５５５５１２３４", "+50255551234"),
        ("4123 4567", "+50241234567"),
        ("+503 7890 1234", "+50378901234"),
        ("+52 961 123 4567", "+529611234567"),
        ("+52 1 961 123 4567", "+529611234567"),
        ("+504 9123-4567", "+50491234567"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(written: str, number: str) -> None:
    assert normalise(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "2020",
        "15001",
        "85551234",  # possible, but no operator has that range
        "555512345",
        "5555ABCD",  # the library would dial 5555 2223
        "CLARO",
        "55551234 ext 5",
        "5555-1234;7",
        "+",
        "+999 1234 5678",
        "5" * 65,
        "hola 5555-1234",
    ],
)
def test_what_is_no_number_is_none(written: str) -> None:
    assert normalise(written) is None


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("+50255551234", "+50255551234"),
        ("+50285551234", "+50285551234"),  # a range newer than our tables: the provider knows
        ("55551234", "+50255551234"),
        ("50378901234", "+50378901234"),
        ("+5219611234567", "+529611234567"),
    ],
)
def test_a_number_may_be_answered(sender: str, address: str) -> None:
    assert read_sender(sender) == (Address("tel", address), True)


@pytest.mark.parametrize(
    "sender", ["2020", "+2020", "CLARO", "Tigo502", "50", "*123#", "+0502555512"]
)
def test_a_short_code_or_a_name_is_never_answered(sender: str) -> None:
    assert read_sender(sender) == (Address("tel", sender), False)


def test_an_absurdly_long_name_is_cut() -> None:
    address, answerable = read_sender("x" * 10_000)

    assert len(address.value) == 64
    assert not answerable
