"""How passwords are kept: argon2id, at one cost everywhere."""

from __future__ import annotations

import unicodedata
from typing import Final

from argon2 import PasswordHasher

# RFC 9106's second choice costs 64 MB an attempt; this is OWASP's for small machines.
MEMORY_KB = 19_456
PASSES = 2
LANES = 1

FORM: Final = "NFKD"
"""So that an accent typed in two ways is the same password."""
SHORTEST = 12
LONGEST = 200
"""Longer ones only keep the processor busy."""


def hash_password(password: str) -> str:
    """Hash a password as Flask-Security will look at it."""
    hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KB, parallelism=LANES)
    return hasher.hash(normalize(password))


def normalize(password: str) -> str:
    """Give the form in which a password is hashed."""
    return unicodedata.normalize(FORM, password)
