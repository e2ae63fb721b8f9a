"""A row of a form that asks something, as a question of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.catalogues import stock_texts
from flows.exchange.limits import Limits, read_constraint
from flows.exchange.xlsform import (
    AXIS,
    ELSEWHERE,
    KIND,
    PART,
    PROPOSAL,
    SENSITIVE,
    SYSTEM,
    TYPES,
    VOICE,
)
from flows.exchange.xlsform_choices import Options
from flows.exchange.xpath import XpathError
from flows.reading.fold import fold
from flows.script.model import Question
from flows.script.notebook import find_close, hint
from flows.script.options import STOCK_LABELS
from flows.script.question import (
    DEFAULT_ANSWER,
    DEFAULT_NUMBER,
    DEFAULT_RATING,
    HIGHEST_NUMBER,
    HIGHEST_RATING,
    LONGEST_ANSWER,
)
from flows.script.words import FOREIGN_YES_NO, KINDS, YES_NO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.imported import Ledger
    from flows.exchange.workbook import Row
    from flows.script.model import Condition, QuestionKind

_WITH_LIST: Final = re.compile(
    r"(select[ _]one|select[ _]multiple|select[ _]all[ _]that[ _]apply)(?:[ _]from)?\s+(\S+)"
    r"(\s+or[ _]other)?$"
)
_ALIASES: Final = {"select_all_that_apply": "select_multiple"}
_PARAMETER: Final = re.compile(r"(\w+)\s*=\s*(-?\w+)")


@dataclass(frozen=True, slots=True)
class RowType:
    """What a row is: `select_one`, with its list where it has one."""

    name: str
    list_name: str = ""
    has_other: bool = False


def read_type(text: str) -> RowType:
    """Read the `type` of a row, however blanks and underscores are put."""
    plain = " ".join(text.split())
    found = _WITH_LIST.match(plain)
    if found is not None:
        name = found[1].lower().replace(" ", "_")
        return RowType(_ALIASES.get(name, name), found[2], found[3] is not None)
    return RowType(fold(plain).replace(" ", "_"))


class QuestionMaker:
    """Makes questions from rows."""

    def __init__(self, ledger: Ledger, lists: Mapping[str, Options]) -> None:
        self._ledger = ledger
        self._lists = lists

    def make(
        self, row: Row, kind_of_row: RowType, step: str, condition: Condition | None
    ) -> tuple[Question, Options] | None:
        """Make a question; None where a basic phone has no answer to it."""
        kind = self._find_kind(row, kind_of_row)
        if kind is None:
            return None
        options = self._find_options(row, kind_of_row)
        if kind == "consent" and not options.numbers:
            options = self._take_stock(step)
        required = row.get("required").lower().rstrip("()")
        question = Question(
            id=step,
            line=row.number + 1,
            kind=kind,
            condition=condition,
            options=options.keys,
            skippable=kind != "consent"
            and not (YES_NO.get(required) or FOREIGN_YES_NO.get(required)),
            rotate=self._read_parameters(row).get("randomize") == "true",
            voice=row.get(VOICE) in YES_NO,
            proposal=row.get(PROPOSAL) in YES_NO,
            sensitive=row.get(SENSITIVE) in YES_NO,
            part=self._read_part(row, kind),
            axis=row.get(AXIS),
        )
        self._tell_lost(row)
        return self._limit(row, question, options), options

    def _find_kind(self, row: Row, kind_of_row: RowType) -> QuestionKind | None:
        name = kind_of_row.name
        kind = KINDS.get(row.get(KIND)) or TYPES.get(name)
        if kind is not None:
            return kind
        if name in ELSEWHERE:
            self._ledger.report("tipo-sin-equivalente", row.where("type"), word=row.get("type"))
        elif name == "calculate":
            self._ledger.report("calculo", row.where("type"), word=row.get("name"))
        elif name in SYSTEM:
            self._ledger.report("dato-de-sistema", row.where("type"), word=row.get("type"))
        else:
            close = find_close(name, [*TYPES, "note", "begin_group", "end_group"])
            self._ledger.report(
                "tipo-desconocido", row.where("type"), word=row.get("type"), hint=hint(close)
            )
        return None

    def _take_stock(self, step: str) -> Options:
        """Answer what is ticked there as read with our own yes and no."""
        for number, name in enumerate(STOCK_LABELS["consent"], 1):
            self._ledger.texts[f"{step}/opcion.{number}"] = stock_texts()[f"servicio/{name}"]
        return Options(MappingProxyType({"OK": "1", "": "2"}))

    def _find_options(self, row: Row, kind_of_row: RowType) -> Options:
        if not kind_of_row.list_name:
            return Options()
        if kind_of_row.has_other:
            self._ledger.report("otra-opcion", row.where("type"))
        found = self._lists.get(kind_of_row.list_name)
        if found is None:
            close = hint(find_close(kind_of_row.list_name, self._lists))
            self._ledger.report(
                "lista-desconocida", row.where("type"), word=kind_of_row.list_name, hint=close
            )
        return found or Options()

    def _read_part(self, row: Row, kind: QuestionKind) -> int:
        written = row.get(PART)
        return int(written) if written.isdecimal() else int(kind != "consent")

    def _read_parameters(self, row: Row) -> dict[str, str]:
        return dict(_PARAMETER.findall(row.get("parameters").lower()))

    def _limit(self, row: Row, question: Question, options: Options) -> Question:
        limits = self._read_limits(row)
        lost = limits.lost
        match question.kind:
            case "rating":
                low, high = self._read_bounds(row, limits)
                lost = lost or not 1 <= low < high <= HIGHEST_RATING
                low, high = DEFAULT_RATING if lost else (low, high)
                question = replace(question, low=low, high=high)
            case "number":
                low = max(limits.low or DEFAULT_NUMBER[0], 1)
                high = min(limits.high or DEFAULT_NUMBER[1], HIGHEST_NUMBER)
                lost = lost or limits.low == 0  # 0 leaves a question open
                question = replace(question, low=low, high=high)
            case "date":
                question = replace(question, earliest=limits.earliest, latest=limits.latest)
            case "text":
                low = max(limits.shortest or DEFAULT_ANSWER[0], 1)
                high = min(limits.longest or DEFAULT_ANSWER[1], LONGEST_ANSWER)
                question = replace(question, low=low, high=high)
            case "choices":
                exclusive = options.numbers.get(limits.exclusive or "")
                question = replace(question, limit=limits.ticked, exclusive=exclusive)
            case _:
                lost = lost or limits != Limits()
        if lost:
            where, word = row.where("constraint"), row.get("constraint")
            self._ledger.report("restriccion-sin-equivalente", where, word=word)
        return question

    def _read_bounds(self, row: Row, limits: Limits) -> tuple[int, int]:
        """Give the ends of a scale, from a `range`'s parameters or the constraint."""
        parameters = self._read_parameters(row)
        ends = (parameters.get("start", ""), parameters.get("end", ""))
        if all(end.isdecimal() for end in ends):
            return int(ends[0]), int(ends[1])
        low, high = limits.low, limits.high
        return (low if low is not None else -1), (high if high is not None else -1)

    def _read_limits(self, row: Row) -> Limits:
        try:
            return read_constraint(row.get("constraint")) if row.get("constraint") else Limits()
        except XpathError:
            return Limits(lost=True)

    def _tell_lost(self, row: Row) -> None:
        """Tell of what a row has beside its question that nobody will see."""
        told = {
            "hint": "ayuda-aparte",
            "hint::es": "ayuda-aparte",
            "default": "valor-por-defecto",
            "choice_filter": "filtro-de-opciones",
            "media": "medio",
            "image": "medio",
            "audio": "medio",
            "video": "medio",
        }
        for column, code in told.items():
            if row.get(column):
                self._ledger.report(code, row.where(column), word=row.get(column))
