"""What a text costs as SMS, walked unit by unit, and how it is parted."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from flows.text.alphabet import BASIC, EXTENSION, is_gsm7
from flows.text.graphemes import LONGEST, clusters
from flows.text.segments import GSM7_PART, Size, measure, split, utf16_units

GSM7_TEXTS = st.text(alphabet=sorted(BASIC | EXTENSION), max_size=700)
TEXTS = st.text(alphabet="ab€ñí’ï😀👍🏽\u200d👩🇬🇹e\u0301\n 日", max_size=400)
FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", Size("gsm7", 1, 0)),
        ("a" * 159, Size("gsm7", 1, 159)),
        ("a" * 160, Size("gsm7", 1, 160)),
        ("a" * 161, Size("gsm7", 2, 161)),
        ("a" * 306, Size("gsm7", 2, 306)),
        ("a" * 307, Size("gsm7", 3, 307)),
        ("€" * 80, Size("gsm7", 1, 160)),
        ("€" * 81, Size("gsm7", 2, 162)),
        ("a" * 152 + "€" + "b" * 152, Size("gsm7", 3, 306)),
        ("a" * 151 + "€" + "b" * 153, Size("gsm7", 2, 306)),
        ("€" * 153, Size("gsm7", 3, 306)),
        ("í" * 69, Size("ucs2", 1, 69)),
        ("í" * 70, Size("ucs2", 1, 70)),
        ("í" * 71, Size("ucs2", 2, 71)),
        ("í" * 134, Size("ucs2", 2, 134)),
        ("í" * 135, Size("ucs2", 3, 135)),
        ("😀" * 35, Size("ucs2", 1, 70)),
        ("😀" * 36, Size("ucs2", 2, 72)),
        ("í" * 66 + "😀" + "í" * 66, Size("ucs2", 3, 134)),
        ("í" * 65 + "😀" + "í" * 67, Size("ucs2", 2, 134)),
        ("í" * 60 + FAMILY, Size("ucs2", 2, 71)),
        ("í" * 60 + FAMILY + "í" * 60, Size("ucs2", 3, 131)),
        ("😀" * 1600, Size("ucs2", 49, 3200)),
        ("\u0301" * 200, Size("ucs2", 4, 200)),
    ],
)
def test_a_text_costs_what_the_network_takes_for_it(text: str, size: Size) -> None:
    assert measure(text) == size


@given(text=GSM7_TEXTS)
def test_no_escape_pair_is_parted(text: str) -> None:
    """Walk the septets themselves, an independent way, and count the parts."""
    stream = [unit for sign in text for unit in (("esc", sign) if sign in EXTENSION else (sign,))]
    parts, at = 1, 0
    if len(stream) > 160:
        parts = 0
        while at < len(stream):
            end = min(at + GSM7_PART, len(stream))
            at = end - 1 if end < len(stream) and stream[end - 1] == "esc" else end
            parts += 1
    assert measure(text) == Size("gsm7", parts, len(stream))


@given(text=TEXTS)
def test_units_are_those_of_utf16(text: str) -> None:
    assert utf16_units(text) == len(text.encode("utf-16-le")) // 2
    assume(not is_gsm7(text))
    size = measure(text)
    assert size.encoding == "ucs2"
    assert -(-size.units // 67) <= size.segments or size.units <= 70


@given(text=st.text())
@example(text="🇬🇹🇬🇹🇬")
@example(text="a\r\nb")
def test_clusters_together_are_the_text_and_none_is_endless(text: str) -> None:
    found = list(clusters(text))
    assert "".join(found) == text
    assert all(0 < len(cluster) <= LONGEST for cluster in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("e\u0301a", ["e\u0301", "a"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("a🏽", ["a", "🏽"]),
        (FAMILY, [FAMILY]),
        ("🇬🇹🇬🇹", ["🇬🇹", "🇬🇹"]),
        ("a🇬b", ["a", "🇬", "b"]),
        ("❤\ufe0f1\ufe0f\u20e3", ["❤\ufe0f", "1\ufe0f\u20e3"]),
        ("\n\u0301a", ["\n", "\u0301", "a"]),
        ("a\u200cb", ["a\u200c", "b"]),
        ("\u200b\u0301", ["\u200b", "\u0301"]),
        ("a\u200db", ["a\u200d", "b"]),
        ("👩🏽\u200d🏫", ["👩🏽\u200d🏫"]),
    ],
)
def test_a_cluster_is_what_a_person_sees_as_one_sign(text: str, found: list[str]) -> None:
    assert list(clusters(text)) == found


@given(text=TEXTS)
def test_a_long_text_is_parted_at_words_into_messages_that_fit_and_are_numbered(text: str) -> None:
    parts = split(text)
    assert all(measure(part).segments == 1 for part in parts)
    if len(parts) == 1:
        assert parts == (text,)
        return
    for place, part in enumerate(parts, 1):
        assert part.startswith(f"({place}/{len(parts)}) ")
    said = "".join(part.partition(" ")[2] for part in parts)
    assert "".join(said.split()) == "".join(text.split())


def test_ten_parts_and_more_are_numbered_within_their_room() -> None:
    parts = split(" ".join(["palabra"] * 400))
    assert len(parts) > 10
    assert all(measure(part).segments == 1 for part in parts)
    assert all(part.endswith("palabra") for part in parts)


def test_a_word_longer_than_a_message_is_cut_between_signs() -> None:
    parts = split("casa " + "€" * 200 + " fin")
    assert all(measure(part).segments == 1 for part in parts)
    assert "".join(part.partition(" ")[2] for part in parts) == "casa " + "€" * 200 + " fin"


def test_lines_stay_whole_where_they_can() -> None:
    lines = [f"{n} {'x' * 60}" for n in range(1, 6)]
    parts = split("\n".join(lines))
    assert [line for part in parts for line in part.partition(" ")[2].split("\n")] == lines
