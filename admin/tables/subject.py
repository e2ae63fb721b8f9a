"""A session as a table sees it: its current answers and the traits that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from admin.tables.disclosure import PLACE_TRAITS, Crowd
from flows.script.model import SKIPPED, SPOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from admin.tables.disclosure import Traits
    from admin.tables.variables import Variable
    from storage.reported import ReportedSession, Saying
    from storage.unit import Unit

DEPARTMENT_DIGITS = 2
"""An INE code is the department's two digits, then the municipality's two."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One session, looked at as one row.

    Attributes:
        answers: question id -> what is answered now.
        place: INE code of the first place the script asks for, or empty.
        trait_names: `PLACE_TRAITS`, then the ids of the script's own trait questions.
        traits: the values of those.
    """

    session: ReportedSession
    answers: Mapping[str, Saying]
    place: str
    trait_names: tuple[str, ...]
    traits: Traits

    @property
    def department(self) -> str:
        """Give the INE code of the department, or empty."""
        return self.place[:DEPARTMENT_DIGITS]

    @property
    def municipality(self) -> str:
        """Give the INE code of the municipality, or empty where only a department was named."""
        return self.place if len(self.place) > DEPARTMENT_DIGITS else ""

    @property
    def may_publish(self) -> bool:
        """Tell whether she allowed us to publish her words."""
        return self.session.publish is True


class SubjectReader:
    """Makes subjects of one consultation's sessions.

    Args:
        variables: its questions, in order.
    """

    def __init__(self, variables: Sequence[Variable]) -> None:
        self._places = [variable.id for variable in variables if variable.kind == "place"]
        self._asked = [v.id for v in variables if v.is_trait and v.kind != "place"]
        self._names = (*PLACE_TRAITS, *self._asked)

    def count(self, unit: Unit, consultation_id: UUID) -> Crowd:
        """Count the people by their traits, without reading a session."""
        crowd = Crowd()
        none = (SKIPPED, *SPOKEN)
        for one in unit.reports.count_traits(consultation_id, self._places, self._asked, none):
            traits = _make_traits(one.place, one.community, one.language)
            crowd.add((*traits, *one.asked), one.people)
        return crowd

    def find_trait(self, question: str) -> int | None:
        """Say where among the traits the answer to a question stands; a place's department.

        None where it stands nowhere: of several places, which one counts hangs on the person.
        """
        if question in self._places:
            return 0 if len(self._places) == 1 else None
        return self._names.index(question)

    def read(self, session: ReportedSession) -> Subject:
        """Look at one session."""
        said = [answer.said for answer in session.answers]
        answers = {one.question: one for one in said if one.is_current}
        place = next(
            (
                answers[name].value
                for name in self._places
                if name in answers and answers[name].value not in {SKIPPED, *SPOKEN}
            ),
            "",
        )
        asked = (answers[name].value if name in answers else "" for name in self._asked)
        traits = _make_traits(place, session.community, session.language)
        return Subject(session, answers, place, self._names, (*traits, *asked))


def _make_traits(place: str, community: str, language: str) -> Traits:
    """Give what every person has, in the order of `PLACE_TRAITS`."""
    municipality = place if len(place) > DEPARTMENT_DIGITS else ""
    return (place[:DEPARTMENT_DIGITS], municipality, community, language)
