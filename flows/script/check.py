"""The whole check of a script: what reading found, and what the parts say of each other."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.languages.catalogue import find_language
from flows.script.check_conditions import check_conditions
from flows.script.check_days import check_days
from flows.script.check_keywords import check_keywords
from flows.script.check_labels import check_labels, check_options
from flows.script.check_sizes import check_sizes
from flows.script.check_texts import check_texts
from flows.script.check_way import check_way
from flows.script.cost import check_messages, check_session
from flows.script.heading import SLUG_LINE
from flows.script.problems import make_problem
from flows.script.quotas import check_quotas

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import date

    from flows.script.model import Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem

CHECKS: Final = (
    *(
        check_labels,
        check_keywords,
        check_conditions,
        check_quotas,
        check_way,
        check_texts,
        check_sizes,
    ),
)
COSTS: Final = (check_messages, check_session)
"""What a way through a script takes is told once nothing else is wrong with the way."""
TRANSLATED: Final = (check_options, check_sizes)
"""The checks that each language has to pass."""


def check_script(
    parsed: Parsed,
    translations: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    *,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """Give every problem of a script, in the order of its lines, each once.

    A script without one whose severity is `error` can be published.

    Args:
        parsed: the script as it was read.
        translations: language -> text key -> text; told at the line of the source text.
        today: as a conversation counts the days; without it no date is past.
    """
    found = list(parsed.problems)
    if parsed.draft is not None:
        for check in CHECKS:
            found.extend(check(parsed, parsed.draft))
        if today is not None:
            found.extend(check_days(parsed, parsed.draft, today))
        if not any(problem.severity == "error" for problem in found):
            for find_costs in COSTS:
                found.extend(find_costs(parsed, parsed.draft))
        told = frozenset(found)
        for language, texts in translations.items():
            found.extend(_check_language(parsed, parsed.draft, language, texts, told))
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.line))


def check_together(several: Sequence[Parsed]) -> Mapping[str, tuple[Problem, ...]]:
    """Give by the name of the file what scripts that are used together say of each other."""
    first: dict[str, str] = {}
    found: dict[str, tuple[Problem, ...]] = {}
    for parsed in several:
        slug = parsed.draft.slug if parsed.draft else ""
        other = first.setdefault(slug, parsed.name)
        if slug and other != parsed.name:
            line = parsed.lines.get(SLUG_LINE, 1)
            found[parsed.name] = (make_problem("slug-repetido", line, word=slug, other=other),)
    return found


def _check_language(
    parsed: Parsed,
    script: Script,
    language: str,
    texts: Mapping[str, str],
    told: Container[Problem],
) -> Iterator[Problem]:
    """Check a script as a translation says it, but for what was told of the original."""
    known = {key: texts.get(key, text) for key, text in script.texts.items()}
    spoken = replace(script, language=language, texts=known)
    name = find_language(language).name
    for check in TRANSLATED:
        for problem in check(parsed, spoken):
            if problem not in told:
                yield replace(problem, sentence=f"En {name}: {problem.sentence}")
