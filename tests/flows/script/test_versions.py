"""Scripts of older versions of the language are rewritten, one version at a time."""

from flows.script.tree import Entry, Table, Text
from flows.script.versions import CURRENT, UPGRADES, upgrade


def rename(old: str, new: str) -> object:
    def change(tree: Table) -> Table:
        entries = {new if word == old else word: entry for word, entry in tree.entries.items()}
        return Table(tree.line, entries)

    return change


TREE = Table(1, {"nombre": Entry(1, Text(1, "agua"))})
RENAMES = {1: rename("nombre", "titulo"), 2: rename("titulo", "rotulo")}


def test_every_version_that_was_has_its_way_to_the_next() -> None:
    assert set(UPGRADES) == set(range(1, CURRENT))


def test_a_script_of_today_is_left_as_it_is() -> None:
    assert upgrade(TREE, 3, current=3) is TREE


def test_an_older_script_takes_every_step_on_the_way() -> None:
    newer = upgrade(TREE, 1, current=3, upgrades=RENAMES)  # type: ignore[arg-type]
    assert newer is not None
    assert list(newer.entries) == ["rotulo"]


def test_no_way_leads_from_the_future_or_over_a_gap() -> None:
    assert upgrade(TREE, 4, current=3) is None
    assert upgrade(TREE, 1, current=3, upgrades={2: RENAMES[2]}) is None  # type: ignore[dict-item]
