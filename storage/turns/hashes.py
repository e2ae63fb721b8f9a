"""What a turn is looked up by: its delivery, its address and its dialog, hashed under every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.records import TurnKey
    from storage.sealing import Sealer


def claim_hashes(sealer: Sealer, key: TurnKey) -> list[bytes]:
    """Hash a delivery's claim under every key; it is written under the first."""
    return [hashed for _, hashed in sealer.hashes("claim", key.channel, key.claim)]


def address_hashes(sealer: Sealer, scheme: str, address: str) -> list[tuple[str, bytes]]:
    """Hash an address under every key: (key id, hash)."""
    return sealer.hashes("address", scheme, address)


def dialog_hashes(sealer: Sealer, key: TurnKey) -> list[bytes]:
    """Hash a USSD session's id under every key; the same one on another number is another."""
    parts = (key.channel, key.dialog, key.scheme, key.address)
    return [hashed for _, hashed in sealer.hashes("dialog", *parts)]
