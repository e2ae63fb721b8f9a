"""The whole check of a script: what reading found, and what the parts say of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.script.check_conditions import check_conditions
from flows.script.check_labels import check_labels
from flows.script.check_texts import check_texts
from flows.script.check_way import check_way
from flows.script.quotas import check_quotas

if TYPE_CHECKING:
    from flows.script.parse import Parsed
    from flows.script.problems import Problem

CHECKS: Final = (check_labels, check_conditions, check_quotas, check_way, check_texts)


def check_script(parsed: Parsed) -> tuple[Problem, ...]:
    """Give every problem of a script, in the order of its lines, each once.

    A script without one whose severity is `error` can be published.
    """
    found = list(parsed.problems)
    if parsed.draft is not None:
        for check in CHECKS:
            found.extend(check(parsed, parsed.draft))
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.line))
