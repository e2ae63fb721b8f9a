from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from storage.dossiers import Review
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from tests.support.office import Office


def test_of_two_who_decide_at_once_one_is_told(office_on_each: Office) -> None:
    office = office_on_each
    office.answer()
    session_id = office.find_session_id()
    with office.database.reading() as unit:
        proposal = unit.proposals.of_sessions([session_id])[session_id]

    def decide(state: str) -> str:
        review = Review(proposal.number + 1, state, "", f"{state}@example.org", office.clock())
        try:
            with office.database.unit() as unit:
                unit.proposals.review(proposal.id, review)
        except OvertakenError:
            return ""
        return state

    with ThreadPoolExecutor(2) as threads:
        decided = list(filter(None, threads.map(decide, ["aprobada", "rechazada"])))
    assert len(decided) == 1
    with office.database.reading() as unit:
        now = unit.proposals.of_sessions([session_id])[session_id]
    assert (now.state, now.number) == (decided[0], 1)
