"""Secrets: compared in constant time, several at once, never shown."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.channels.base import Refused

if TYPE_CHECKING:
    from bot.channels.base import Request

TOKEN_HEADER = "x-puente-token"  # noqa: S105 - the name of a header


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret, with the older or newer values that count while it is being rotated."""

    values: tuple[str, ...] = field(repr=False)

    @property
    def current(self) -> str:
        """The value we show ourselves with: the first."""
        return self.values[0]

    def has_signed(self, body: bytes, given: str) -> bool:
        """Compare a signature, HMAC-SHA256 in hexadecimal, with that of every value."""
        made = [hmac.digest(value.encode(), body, "sha256").hex() for value in self.values]
        found = [is_same(given, one) for one in made]
        return any(found)

    def matches(self, given: str) -> bool:
        """Compare with every value, always all of them, in constant time."""
        found = [is_same(given, value) for value in self.values]
        return any(found)


def is_same(given: str, expected: str) -> bool:
    """Compare what a stranger gave with what it should be, in constant time."""
    # Bytes, since compare_digest refuses text that is not ASCII; a lone surrogate, which a
    # broken header may hold, must not raise either.
    presented = given.encode(errors="surrogatepass")
    return hmac.compare_digest(presented, expected.encode(errors="surrogatepass"))


def verify_token(request: Request, token: Secret) -> None:
    """Let in a provider that cannot sign but can keep `?token=` or a header.

    Raises:
        Refused: 403 with `token_missing` or `token_mismatch`.
    """
    given = request.headers.get(TOKEN_HEADER) or dict(request.query).get("token", "")
    if not given:
        raise Refused("token_missing")
    if not token.matches(given):
        raise Refused("token_mismatch")
