"""Tokens: what opens the API, shown once and kept as a hash."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING

from admin.tables.tiers import Tier

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from storage.api_tokens import ApiToken
    from storage.database import Database

PREFIX = "puente_"
"""So that people, and programs that look for lost secrets, know what they have found."""


class Scope(StrEnum):
    """One thing that may be read by the API; the values are what `puente tokens` takes."""

    CONSULTATIONS = "consultations"
    AGGREGATES = "aggregates"
    ANSWERS_PUBLIC = "answers:publico"
    ANSWERS_GROUP = "answers:grupo"
    ANSWERS_TEAM = "answers:equipo"


ANSWERS: dict[Tier, Scope] = {
    Tier.TEAM: Scope.ANSWERS_TEAM,
    Tier.GROUP: Scope.ANSWERS_GROUP,
    Tier.PUBLIC: Scope.ANSWERS_PUBLIC,
}
"""What it takes to read the answers as a tier sees them; the one that shows most first."""


def hash_token(secret: str) -> bytes:
    """Give what is kept of a token. It is random and long: nothing slow is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def find_token(database: Database, secret: str, now: datetime) -> ApiToken | None:
    """Give the token somebody shows, unless it has expired or was revoked."""
    if not secret.startswith(PREFIX):
        return None
    with database.reading() as unit:
        token = unit.api_tokens.find(hash_token(secret))
    return token if token is not None and token.holds(now) else None


def answer_tiers(scopes: Collection[str]) -> tuple[Tier, ...]:
    """Give the tiers whose answers may be read, the one that shows most first."""
    return tuple(tier for tier, scope in ANSWERS.items() if scope in scopes)


def aggregate_tiers(scopes: Collection[str]) -> tuple[Tier, ...]:
    """Give the tiers whose counts may be read: whose answers may, and what is public."""
    return tuple(dict.fromkeys((*answer_tiers(scopes), Tier.PUBLIC)))
