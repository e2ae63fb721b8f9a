"""What is proposed is varied, and fits the question."""

from __future__ import annotations

from flows.text.segments import measure
from puente.citizens.proposals import PROPOSALS


def test_there_are_some_sixty_different_proposals() -> None:
    assert len(set(PROPOSALS)) == len(PROPOSALS) >= 60


def test_proposals_fit_what_the_question_takes() -> None:
    assert all(3 <= len(text) <= 480 for text in PROPOSALS)


def test_some_proposals_are_longer_than_one_message() -> None:
    assert any(measure(text).segments > 1 for text in PROPOSALS)
