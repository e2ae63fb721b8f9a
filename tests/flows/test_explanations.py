"""What somebody who was not understood is told."""

from flows.explanations import list_numbers


def test_few_numbers_are_named_and_many_by_their_ends() -> None:
    assert list_numbers(1, 3) == "1, 2, 3"
    assert list_numbers(0, 10) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
    assert list_numbers(1, 120) == "1-120"
