"""The table that comes with the package, and how it is packed."""

from __future__ import annotations

from flows.data import read_bytes
from flows.languages.catalogue import languages
from flows.languages.profiles import (
    SHARES,
    SIGNS,
    Profile,
    make_profiles,
    pack,
    shipped_profiles,
    unpack,
)

WITH_TEXT = set("quc kek cak mam tzj poh poc ixl kjb cac acr agu qum ttc itz es en".split())
WITH_A_LIST = set("jac usp knj mop cab caa".split())


def test_a_packed_table_is_read_back_as_it_was() -> None:
    table = make_profiles(
        [
            (Profile("quc", "modern"), {"=ri": 500.0, "ri": 90.0, "~a\u0308": 3.0}),
            (Profile("es", "modern"), {"=de": 700.0, "ri": 0.001}),
        ],
        {"cab": frozenset({"lun ", " lan"})},
    )
    assert unpack(pack(table)) == table
    assert pack(unpack(pack(table))) == pack(table)
    told = {SIGNS[sign][0]: SHARES[SIGNS[sign][1]] for sign in table.entries["ri"]}
    assert abs(told[0] / 90 - 1) < 0.13
    assert told[1] == SHARES[0]


def test_every_language_is_one_we_know_and_the_files_stay_small() -> None:
    table = shipped_profiles()
    assert {profile.language for profile in table.profiles} == WITH_TEXT
    assert set(table.telling) == WITH_A_LIST
    assert set(languages()) >= WITH_TEXT | WITH_A_LIST
    assert len(read_bytes("languages", "shares.xz")) <= 1_000_000


def test_every_source_is_credited_beside_the_table() -> None:
    credits_ = read_bytes("languages", "CREDITS.md").decode()
    for source in ("ALMG", "MayanV", "MPL-2.0", "Reina-Valera 1909", "CC BY 4.0", "FUN-LangID"):
        assert source in credits_
