"""What comes with the package to tell languages by: shares of n-grams, never a sentence.

A profile is one language in one way of spelling it. All profiles are one table: a line for
each n-gram, and in it one sign for each profile that has it, which says the profile and
roughly how often. The table is text, packed with xz so that it stays under a megabyte.
"""

from __future__ import annotations

import json
import lzma
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.data import read_bytes
from flows.languages.grams import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REFERENCE = 10_000
"""Shares are of so many grams of a kind, so that a language with little text counts as much."""

LEVELS = 64
"""Shares are kept as thirds of a power of two, so within 12 %; more says nothing more."""

_STEPS = 3
_SMALLEST = 0.02
_FIRST_SIGN = 0x100
_MOST_PROFILES = 128

SIGNS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        chr(_FIRST_SIGN + LEVELS * number + level): (number, level)
        for number in range(_MOST_PROFILES)
        for level in range(LEVELS)
    }
)
"""What the signs of an entry say: the number of the profile, and the share's level."""

SHARES = tuple(_SMALLEST * 2 ** (level / _STEPS) for level in range(LEVELS))
"""The share each level stands for."""

_PART = "\f"


@dataclass(frozen=True, slots=True)
class Profile:
    """One language (ISO 639) in one spelling, a name of `tools/languages/spellings.py`."""

    language: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Profiles:
    """The table.

    Attributes:
        profiles: whose shares these are; their place here is their number in the table.
        entries: gram -> one sign for each profile that has it; see `SIGNS`.
        telling: language without a profile -> pieces of four signs that tell it.
    """

    profiles: tuple[Profile, ...]
    entries: Mapping[str, str]
    telling: Mapping[str, frozenset[str]]


def make_profiles(
    shares: Sequence[tuple[Profile, Mapping[str, float]]], telling: Mapping[str, frozenset[str]]
) -> Profiles:
    """Make the table of each profile's shares of `REFERENCE`."""
    entries: dict[str, list[str]] = defaultdict(list)
    for number, (_, grams) in enumerate(shares):
        for gram, share in grams.items():
            entries[gram].append(chr(_FIRST_SIGN + LEVELS * number + _level_of(share)))
    ordered = sorted(entries, key=lambda gram: (kind_of(gram), gram))
    return Profiles(
        tuple(profile for profile, _ in shares),
        MappingProxyType({gram: "".join(entries[gram]) for gram in ordered}),
        MappingProxyType(dict(telling)),
    )


def pack(profiles: Profiles) -> bytes:
    """Write the table; the same table gives the same bytes."""
    header = {
        "profiles": [[profile.language, profile.spelling] for profile in profiles.profiles],
        "telling": {code: sorted(pieces) for code, pieces in profiles.telling.items()},
    }
    parts = (
        json.dumps(header, ensure_ascii=False, separators=(",", ":")),
        "\n".join(profiles.entries),
        "\n".join(profiles.entries.values()),
    )
    return lzma.compress(_PART.join(parts).encode(), preset=9 | lzma.PRESET_EXTREME)


def unpack(data: bytes) -> Profiles:
    """Read a table that `pack` wrote."""
    head, grams, signs = lzma.decompress(data).decode().split(_PART)
    header = json.loads(head)
    same: dict[str, str] = {}  # most entries are alike: kept once, they take half the memory
    found = (same.setdefault(entry, entry) for entry in signs.split("\n"))
    return Profiles(
        tuple(Profile(*names) for names in header["profiles"]),
        MappingProxyType(dict(zip(grams.split("\n"), found, strict=True))),
        MappingProxyType({code: frozenset(found) for code, found in header["telling"].items()}),
    )


@cache
def shipped_profiles() -> Profiles:
    """Read the table that comes with the package, once per process."""
    return unpack(read_bytes("languages", "shares.xz"))


def _level_of(share: float) -> int:
    level = round(_STEPS * math.log2(share / _SMALLEST))
    return min(LEVELS - 1, max(0, level))
