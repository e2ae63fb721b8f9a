"""Strata: which of the people a quota counts somebody is one of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.script.model import SKIPPED, VOICE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.script.model import Quota, Script

DEPARTMENT = 2
"""Digits of INE's code that name a department: a place counts by it."""


def find_stratum(
    script: Script, quota: Quota, answers: Mapping[str, str]
) -> Mapping[str, str] | None:
    """Give what the answers of a person's stratum begin with; None where she is in none."""
    values = {name: answers.get(name, SKIPPED) for name in quota.questions}
    if not values or {SKIPPED, VOICE} & set(values.values()):
        return None
    places = {question.id for question in script.questions if question.kind == "place"}
    return {name: value[:DEPARTMENT] if name in places else value for name, value in values.items()}


def name_stratum(quota: Quota, stratum: Mapping[str, str]) -> str:
    """Name a stratum: `sexo:1`, `sexo_y_lugar:1-14`."""
    return f"{quota.name}:{'-'.join(stratum.values())}"


def list_strata(script: Script, answers: Mapping[str, str]) -> frozenset[str]:
    """Name a person's strata in all quotas of a script."""
    found = [(quota, find_stratum(script, quota, answers)) for quota in script.quotas]
    return frozenset(name_stratum(quota, stratum) for quota, stratum in found if stratum)


def list_full(
    script: Script, answers: Mapping[str, str], count_alike: Callable[[Mapping[str, str]], int]
) -> frozenset[str]:
    """Name the strata of a person of which enough have answered.

    Args:
        script: where the quotas stand.
        answers: hers.
        count_alike: how many others answered as a stratum's answers begin.
    """
    found = [(quota, find_stratum(script, quota, answers)) for quota in script.quotas]
    return frozenset(
        name_stratum(quota, stratum)
        for quota, stratum in found
        if stratum and count_alike(stratum) >= quota.most
    )
