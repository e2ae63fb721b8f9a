"""The two models, passages and strangers, on tables small enough to see through."""

from __future__ import annotations

from flows.languages.first_model import FirstModel
from flows.languages.grams import word_grams
from flows.languages.passages import can_hold_passage, find_passage
from flows.languages.profiles import Profile, Profiles, make_profiles
from flows.languages.second_model import SecondModel
from flows.languages.strangers import Strangers


def make_small_table() -> Profiles:
    words = {"quc": ("konojel", "winaq", "ronojel"), "es": ("todos", "los", "pueblos")}
    return make_profiles(
        [
            (Profile(code, "modern"), {gram: 50.0 for word in own for gram in word_grams(word)})
            for code, own in words.items()
        ],
        {},
    )


def test_langdetect_knows_our_languages_and_nothing_else() -> None:
    model = FirstModel(make_small_table())
    assert max(model.probabilities(("konojel", "winaq")).items())[0] == "quc"
    assert set(model.probabilities(("todos", "los"))) <= {"quc", "es"}
    assert model.probabilities(("123",)) == {}
    assert model.probabilities(()) == {}


def test_langdetect_draws_the_same_each_time() -> None:
    model = FirstModel(make_small_table())
    assert model.probabilities(("konojel", "los")) == model.probabilities(("konojel", "los"))


def test_a_known_word_counts_for_its_profile_and_an_unknown_one_for_none() -> None:
    model = SecondModel(make_small_table())
    weight = model.weigh_word("winaq")
    quc, es = model.read(weight.gains)
    assert weight.best == quc == model.score(weight.gains, 0) > es == 0
    assert model.weigh_word("żżż") == (0, 0)


def test_a_passage_is_where_a_mayan_profile_leads_by_enough() -> None:
    languages = ("es", "quc")
    assert find_passage([[0, 4], [0, 4], [9, 0]], languages, "es") == slice(0, 2)
    assert find_passage([[9, 0], [0, 4], [1, 5]], languages, "es") == slice(1, 3)
    assert find_passage([[0, 2], [0, 2], [9, 0]], languages, "es") is None


def test_most_words_cannot_hold_a_passage_at_all() -> None:
    assert can_hold_passage([4, 4])
    assert not can_hold_passage([4, 3])
    assert not can_hold_passage([20, 2])
    assert can_hold_passage([8, 8], unit=0.5)


def test_one_word_is_a_name_and_no_passage() -> None:
    assert find_passage([[9, 0], [0, 20], [9, 0]], ("es", "quc"), "es") is None


def test_a_stranger_is_seen_only_when_plain() -> None:
    strangers = Strangers({"cab": frozenset({"lun ", " lun", "idan", "gia "})})
    assert strangers.find(("lun", "lidan", "gurigia")) == "cab"
    assert strangers.find(("lun", "casa")) is None
    assert strangers.find(("lun", "lidan", "gurigia", *["casa"] * 20)) is None
    assert Strangers({}).find(("lun",)) is None
