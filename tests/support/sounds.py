"""Small sounds that are what they say: whole files, of silence."""

from __future__ import annotations

import struct

SILENCE = b"\xf8\xff\xfe"
"""20 ms of it in Opus."""


def make_opus(frames: int = 5) -> bytes:
    """Make an OGG file with Opus in it (RFC 3533, RFC 7845), `frames` times 20 ms long."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 6) + b"puente" + struct.pack("<I", 0)
    pages = [_page(0, 2, 0, [head]), _page(1, 0, 0, [tags])]
    return b"".join([*pages, _page(2, 4, 960 * frames, [SILENCE] * frames)])


def _page(number: int, flags: int, position: int, packets: list[bytes]) -> bytes:
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, position, 7, number, 0, len(packets))
    page = head + bytes(map(len, packets)) + b"".join(packets)
    return page[:22] + struct.pack("<I", _check(page)) + page[26:]


def _check(page: bytes) -> int:
    """Compute the sum of a page whose own sum is 0, as OGG does."""
    total = 0
    for byte in page:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1) ^ (0x04C11DB7 if total & 0x80000000 else 0)
            total &= 0xFFFFFFFF
    return total
