from __future__ import annotations

import base64
from uuid import UUID

import pytest

from storage.sealing import KeysError, PhoneKeys, Sealer, SealError

ROW = UUID(int=7).bytes
FIRST, SECOND = bytes(range(32)), bytes(range(1, 33))


def encode(key: bytes) -> str:
    return base64.b64encode(key).decode()


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(PhoneKeys((("k1", FIRST), ("k2", SECOND))))


def test_keys_are_read_with_the_first_to_write() -> None:
    keys = PhoneKeys.parse(f"k2:{encode(SECOND)}, k1:{encode(FIRST)},")
    assert keys.keys == (("k2", SECOND), ("k1", FIRST))
    assert Sealer(keys).key_id == "k2"
    assert encode(FIRST)[:8] not in repr(keys)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no key"),
        (" , ", "no key"),
        ("k1", "not 32"),
        (f"k 1:{encode(FIRST)}", "key's id"),
        ("k1:§§", "not base64"),
        (f"k1:{encode(b'short')}", "has 5 bytes"),
        (f"k1:{encode(FIRST)},k1:{encode(SECOND)}", "same id"),
    ],
)
def test_keys_that_cannot_be_used_are_told_without_a_key(text: str, why: str) -> None:
    with pytest.raises(KeysError) as raised:
        PhoneKeys.parse(text)
    assert why in str(raised.value) or "bytes, not 32" in str(raised.value)
    assert encode(FIRST) not in str(raised.value)


def test_what_was_sealed_is_opened_in_its_own_place_alone(sealer: Sealer) -> None:
    sealed = sealer.seal("answer", ROW, "Señal")
    assert sealer.open("answer", ROW, sealed) == "Señal"
    assert "Señal".encode() not in sealed
    for column, row, content in (
        ("message", ROW, sealed),
        ("answer", UUID(int=8).bytes, sealed),
        ("answer", ROW, sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(SealError, match="does not belong"):
            sealer.open(column, row, content)


def test_an_older_key_still_opens_and_a_missing_one_is_named_by_what_it_sealed() -> None:
    old = Sealer(PhoneKeys((("k1", FIRST),)))
    sealed = old.seal("address", ROW, "+50255550101")
    assert Sealer(PhoneKeys((("k2", SECOND), ("k1", FIRST)))).open("address", ROW, sealed)
    with pytest.raises(SealError, match="the key that sealed a address is not given"):
        Sealer(PhoneKeys((("k2", SECOND),))).open("address", ROW, sealed)


def test_a_lone_surrogate_is_kept_and_comes_out_as_a_sign_that_can_be_shown(
    sealer: Sealer,
) -> None:
    sealed = sealer.seal("message", ROW, "a\ud800b")
    assert sealer.open("message", ROW, sealed).encode()


def test_a_hash_is_made_under_every_key_and_bound_to_its_purpose(sealer: Sealer) -> None:
    hashes = dict(sealer.hashes("address", "tel", "+50255550101"))
    assert list(hashes) == ["k1", "k2"]
    assert hashes["k1"] != hashes["k2"]
    assert hashes != dict(sealer.hashes("claim", "tel", "+50255550101"))
    assert hashes == dict(sealer.hashes("address", "tel", "+50255550101"))
