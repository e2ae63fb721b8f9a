from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from admin.tables.disclosure import Crowd, Traits
from admin.tables.tiers import LEAST_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Sequence

TRAITS: st.SearchStrategy[Traits] = st.tuples(
    st.sampled_from(["14", "01"]),
    st.sampled_from(["", "1413", "1401"]),
    st.sampled_from(["", "Xix"]),
    st.sampled_from(["es", "quc"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["1", "5"]),
)


def gather(people: Sequence[Traits]) -> Crowd:
    crowd = Crowd()
    for traits in people:
        crowd.add(traits)
    return crowd


@given(st.lists(TRAITS, max_size=120))
def test_whatever_traits_stand_side_by_side_ten_people_share_them(people: list[Traits]) -> None:
    shared = gather(people).find_shared()
    shown = Counter(shared[traits] for traits in people)
    for traits, number in shown.items():
        assert number >= LEAST_PEOPLE or not any(traits)


@given(st.lists(TRAITS, max_size=120))
def test_nothing_is_shown_that_is_not_true(people: list[Traits]) -> None:
    for own, shown in gather(people).find_shared().items():
        assert all(seen in {"", trait} for trait, seen in zip(own, shown, strict=True))


def test_traits_are_given_up_rung_by_rung() -> None:
    people = (
        [("14", "1413", "", "es", "1")] * LEAST_PEOPLE
        + [("14", "1413", "", "es", "2")] * LEAST_PEOPLE
        + [("14", "1401", "", "es", "1")] * (LEAST_PEOPLE - 1)
        + [("14", "1401", "", "es", "2")]
        + [("14", "1402", "", "es", "1")] * (LEAST_PEOPLE - 1)
        + [("14", "1403", "", "es", "1")]
        + [("14", "1403", "", "quc", "1")]
    )
    shared = gather(people).find_shared()
    assert shared["14", "1413", "", "es", "2"] == ("14", "1413", "", "es", "2")
    assert shared["14", "1401", "", "es", "2"] == ("14", "1401", "", "es", "")
    assert shared["14", "1403", "", "es", "1"] == ("14", "", "", "es", "")
    assert shared["14", "1403", "", "quc", "1"] == ("", "", "", "", "")
