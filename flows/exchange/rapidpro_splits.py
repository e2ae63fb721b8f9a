"""Conditions as RapidPro splits by them: one answer's categories, or an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.script import model
from flows.script.model import Answered, Comparison, Contains, Every, Not

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flows.script.model import Condition, Question

SKIP: Final = "0"
"""The category of a question that was left open."""


class Splits:
    """Writes conditions.

    Args:
        categories: question or draw -> option -> the name of its category.
        dates: the questions answered by a date.
    """

    def __init__(self, categories: Mapping[str, Mapping[str, str]], dates: Collection[str]) -> None:
        self._categories = categories
        self._dates = dates

    def find_chosen(self, condition: Condition) -> tuple[str, list[str]] | None:
        """Find what is split by, and the categories, where one question's options decide."""
        parts = condition.parts if isinstance(condition, model.Any) else (condition,)
        names: list[str] = []
        asked: set[str] = set()
        for part in parts:
            if not isinstance(part, Comparison) or part.operator != "==":
                return None
            names.append(self._categories[part.question].get(part.value, ""))
            asked.add(part.question)
        if len(asked) > 1 or "" in names:
            return None
        return f"@results.{asked.pop()}.category", names

    def express(self, condition: Condition) -> str:
        """Write a condition in RapidPro's expressions."""
        match condition:
            case Not(inner):
                return f"if({self.express(inner)}, false, true)"
            case Answered(question):
                value = f'default(results.{question}.value, "")'
                return f'and({value} != "", {value} != "0")'
            case Contains(question, option):
                return f'has_any_word(default(results.{question}.value, ""), "{option}")'
            case Comparison(question, sign, value):
                return self._compare(question, "=" if sign == "==" else sign, value)
            case _:
                joined = ", ".join(map(self.express, condition.parts))
                return f"{'and' if isinstance(condition, Every) else 'or'}({joined})"

    def _compare(self, question: str, sign: str, value: str) -> str:
        names = self._categories[question]
        if names:
            given, value = (
                f'default(results.{question}.category, "")',
                f'"{names.get(value, SKIP)}"',
            )
        elif question in self._dates:
            given, value = f"date(results.{question}.value)", f'date("{value}")'
        else:
            given = f"default(results.{question}.value, -1)"
        compared = f"{given} {sign} {value}"
        return f'and({given} != "", {compared})' if names and sign == "!=" else compared


def find_test(question: Question) -> tuple[str, list[str]]:
    """Give the test of an answer that is not one of several; empty where any will do."""
    if question.kind in {"rating", "number"}:
        return "has_number_between", [str(question.low), str(question.high)]
    return ("has_date", []) if question.kind == "date" else ("", [])
