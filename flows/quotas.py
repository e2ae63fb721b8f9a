"""Strata: which of the people a quota counts somebody is one of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.script.model import SKIPPED, VOICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import Quota, Script

DEPARTMENT = 2
"""Digits of INE's code that name a department: a place counts by it."""


def name_stratum(script: Script, quota: Quota, answers: Mapping[str, str]) -> str | None:
    """Name the stratum of a person, `sexo:1` or `sexo_y_lugar:1-14`; None where it is open."""
    values = [answers.get(name, SKIPPED) for name in quota.questions]
    if not values or {SKIPPED, VOICE} & set(values):
        return None
    places = {question.id for question in script.questions if question.kind == "place"}
    short = [
        value[:DEPARTMENT] if name in places else value
        for name, value in zip(quota.questions, values, strict=True)
    ]
    return f"{quota.name}:{'-'.join(short)}"


def list_strata(script: Script, answers: Mapping[str, str]) -> frozenset[str]:
    """Name a person's strata in all quotas of a script."""
    named = (name_stratum(script, quota, answers) for quota in script.quotas)
    return frozenset(stratum for stratum in named if stratum is not None)
