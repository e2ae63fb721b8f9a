"""A small consultation, and people who answered it, as tables and formats read them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from admin.tables.disclosure import Crowd
from admin.tables.extract import Extract, Wording
from admin.tables.lens import Lens
from admin.tables.subject import Subject, SubjectReader
from admin.tables.tiers import Tier
from admin.tables.variables import make_variables
from flows.flow import Flow
from flows.script.model import Draw, Message, Question, Script
from storage.assemblies import AssemblyRecord
from storage.reported import MessageCount, ReportedAnswer, ReportedSession, Saying

if TYPE_CHECKING:
    from admin.tables.disclosure import Traits
    from admin.tables.extract import Cell, Table

BEGIN = datetime(2026, 3, 2, 20, 32, 5, tzinfo=UTC)  # 14:32:05 in Guatemala
REVISION = UUID(int=1)
OLDER = UUID(int=2)
_UNSAID = {"0", "voz", "no_se_entiende"}

QUESTIONS = (
    Question("inv", 1, "consent", options=("1", "2"), part=0),
    Message("hola", 2),
    Question("p1", 3, "choice", options=("1", "2", "3"), skippable=True),
    Question("p3", 4, "choices", options=("1", "2", "3"), limit=2, skippable=True),
    Question("s2", 5, "rating", low=1, high=5, skippable=True),
    Question("p5", 6, "text", low=3, high=480, skippable=True, proposal=True),
    Question("ub", 7, "place", skippable=True),
    Question("d2", 8, "choice", options=("1", "5", "0"), axis="demografica"),
)
TEXTS = {
    "inv/texto": "¿Nos ayuda?",
    "inv/opcion.1": "Sí",
    "inv/opcion.2": "No",
    "p1/texto": "¿Hizo un trámite?",
    "p1/opcion.1": "Sí",
    "p1/opcion.2": "No",
    "p1/opcion.3": "No recuerdo",
    "p3/texto": "¿Qué le impide usar internet?",
    "p3/opcion.1": "Señal",
    "p3/opcion.2": "Saldo",
    "p3/opcion.3": "=Teléfono",
    "s2/texto": "¿Qué tan fácil es?",
    "p5/texto": "+ Con sus palabras: ¿qué cambio pide?",
    "ub/texto": "¿En qué municipio vive?",
    "d2/texto": "¿A qué pueblo pertenece?",
    "d2/opcion.1": "Maya",
    "d2/opcion.5": "Ladino o mestizo",
    "d2/opcion.0": "Prefiero no decir",
}


def make_flow(*questions: Question | Message | Draw, **texts: str) -> Flow:
    script = Script(1, "plan-digital", "Plan Digital", "es", ("plan",), questions or QUESTIONS)
    return Flow(script, {"es": {**TEXTS, **texts}})


def say_again(
    answer: ReportedAnswer, earlier: timedelta = timedelta(0), **fields: Any
) -> ReportedAnswer:
    """Give an answer that says something else, or said it earlier."""
    return ReportedAnswer(replace(answer.said, **fields), (answer.at - earlier).isoformat())


def label_place(code: str) -> str:
    return {"14": "Quiché", "1413": "Nebaj, Quiché", "0101": "Guatemala, Guatemala"}[code]


@dataclass
class People:
    """Builds sessions; each `add` is one person's."""

    flow: Flow = field(default_factory=make_flow)
    sessions: list[ReportedSession] = field(default_factory=list)
    assemblies: list[AssemblyRecord] = field(default_factory=list)

    def add(
        self, *, outcome: str | None = "complete", spoken: str = "", **answers: str
    ) -> ReportedSession:
        number = len(self.sessions) + 1
        kept = tuple(
            ReportedAnswer(
                Saying(
                    question,
                    "+" if question == "p5" and value not in _UNSAID else value,
                    f"{value} ",
                    "es",
                    "twilio-sms",
                    "propia",
                    is_spoken=question in spoken.split(),
                ),
                (BEGIN + timedelta(seconds=place)).isoformat(),
            )
            for place, (question, value) in enumerate(answers.items())
        )
        session = ReportedSession(
            id=UUID(int=number),
            person_id=UUID(int=1000 + number),
            revision_id=REVISION,
            folio=f"FOLIO{number:02}",
            language="es",
            channel="twilio-sms",
            mode="propia",
            community="",
            outcome=outcome,
            publish=None,
            alert="",
            started_at=BEGIN,
            answers=kept,
        )
        self.sessions.append(session)
        return session

    def report(
        self, hands: dict[str, int], community: str = "Chuatuj", **fields: bool
    ) -> AssemblyRecord:
        """Report the hands of an assembly on p1."""
        flags = {"is_current": True, "is_disputed": False, **fields}
        one = AssemblyRecord(community, REVISION, "p1", hands, "twilio-sms", BEGIN, **flags)
        self.assemblies.append(one)
        return one

    def change(self, **fields: object) -> ReportedSession:
        """Change the session added last."""
        self.sessions[-1] = replace(self.sessions[-1], **fields)  # type: ignore[arg-type]
        return self.sessions[-1]

    def write(self, table: Table, tier: Tier = Tier.TEAM) -> list[dict[str, Cell]]:
        """Write a table of everybody, one dict a row."""
        extract = replace(make_extract(self.flow), list_assemblies=lambda: self.assemblies)
        reader = SubjectReader(extract.variables)
        subjects = [reader.read(session) for session in self.sessions]
        lens = make_lens(table, subjects, tier)
        names = [column.name for column in table.columns(extract)]
        return [dict(zip(names, row, strict=True)) for row in table.rows(extract, lens, subjects)]


def make_extract(flow: Flow, *older: Flow) -> Extract:
    flows = (flow, *older)
    wordings = {
        revision: Wording(
            len(flows) - place, {one.id: one for one in make_variables([flows[place]])}
        )
        for place, revision in enumerate((REVISION, OLDER)[: len(flows)])
    }
    return Extract(
        slug="plan-digital",
        wordings=wordings,
        variables=make_variables(flows),
        place_label=label_place,
        pseudonym=lambda person: f"persona-{person.int}",
        timezone=ZoneInfo("America/Guatemala"),
        count_messages=lambda: [
            MessageCount(BEGIN, "twilio-sms", "in", 12, 40, 41),
            MessageCount(BEGIN, "twilio-sms", "out", 3, 5, 9),
        ],
    )


def make_lens(table: Table, subjects: list[Subject], tier: Tier) -> Lens:
    names = [column.name for column in table.own_columns]
    if tier is Tier.TEAM:
        return Lens(tier, names)
    crowd = Crowd()
    first: dict[UUID, Traits] = {}
    for subject in subjects:
        first.setdefault(subject.session.person_id, subject.traits)
    for traits in first.values():
        crowd.add(traits)
    return Lens(tier, names, crowd)
