"""Who may see which column: the one table, with its reasons.

A column stays in every tier and is empty where the tier forbids it, so that a spreadsheet or
a program made for one tier opens the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

LEAST_PEOPLE = 10
"""Fewer people than this who share traits could be known by them (consultation: disclosure)."""


class Tier(StrEnum):
    """For whom a table is made; the values are what staff type and read."""

    PUBLIC = "publico"
    GROUP = "grupo"
    TEAM = "equipo"


class Rule(Enum):
    """What becomes of a column in a tier."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    DAY = "day"  # the day, never the hour
    SHARED = "shared"  # only together with traits that LEAST_PEOPLE share (disclosure.py)
    FROM_TEN = "from ten"  # only where LEAST_PEOPLE have the same
    BY_KIND = "by kind"  # closed answers shown, traits as SHARED, open ones as `texto`
    PERMITTED = "permitted"  # open answers of people who said that we may publish them


@dataclass(frozen=True, slots=True)
class Rules:
    """A column's rule in each tier, and why."""

    public: Rule
    group: Rule
    team: Rule
    reason: str

    def of(self, tier: Tier) -> Rule:
        """Give the rule of one tier."""
        return {Tier.PUBLIC: self.public, Tier.GROUP: self.group, Tier.TEAM: self.team}[tier]


_ALL = (Rule.SHOWN, Rule.SHOWN, Rule.SHOWN)
_TRAIT = (Rule.SHARED, Rule.SHOWN, Rule.SHOWN)
_DAY = (Rule.DAY, Rule.DAY, Rule.SHOWN)

COLUMN_RULES: dict[str, Rules] = {
    "consulta": Rules(*_ALL, "the same for everybody"),
    "revision": Rules(*_ALL, "which wording was asked tells nothing of a person"),
    "persona": Rules(
        Rule.HIDDEN,
        Rule.SHOWN,
        Rule.SHOWN,
        "no id is published; the group counts people by a pseudonym of this consultation alone",
    ),
    "sesion": Rules(
        Rule.HIDDEN, Rule.HIDDEN, Rule.SHOWN, "leads to the conversation, which the team alone sees"
    ),
    "folio": Rules(
        Rule.HIDDEN, Rule.HIDDEN, Rule.SHOWN, "whoever knows a folio can ask for its proposal"
    ),
    "estado": Rules(*_ALL, "refused and unfinished conversations belong to every total"),
    "pregunta": Rules(*_ALL, "the same for everybody"),
    "tipo": Rules(*_ALL, "the same for everybody"),
    "valor": Rules(
        Rule.BY_KIND, Rule.BY_KIND, Rule.SHOWN, "open answers and rare traits point at people"
    ),
    "etiqueta": Rules(Rule.BY_KIND, Rule.BY_KIND, Rule.SHOWN, "says what `valor` says"),
    "texto": Rules(
        Rule.HIDDEN,
        Rule.PERMITTED,
        Rule.SHOWN,
        "published only after redaction and with permission; nothing is redacted yet",
    ),
    "idioma": Rules(*_TRAIT, "a rare language in a small place is one family"),
    "canal": Rules(*_ALL, "shared by many"),
    "modalidad": Rules(*_ALL, "assisted answers are reported apart, everywhere"),
    "departamento": Rules(*_TRAIT, "only where enough people share it and the traits beside it"),
    "municipio": Rules(*_TRAIT, "only where enough people share it and the traits beside it"),
    "comunidad": Rules(
        Rule.SHARED, Rule.FROM_TEN, Rule.SHOWN, "shown to the team alone, elsewhere from ten people"
    ),
    "empezada_en": Rules(*_DAY, "an hour and a minute find a message in a phone's log"),
    "contestada_en": Rules(*_DAY, "an hour and a minute find a message in a phone's log"),
    "alerta": Rules(*_ALL, "every table can be read with and without what is in doubt"),
}
