"""What a channel's table of cases is made of: real-looking requests, as data.

Each kind has one file in tests/bot/channels/tables/, found by its name; the shared contract
tests run over all of them. A case names the provider's page (or a public payload) it rests
on, or says `UNVERIFIED`.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from bot.channels import CHANNELS
from bot.channels.base import Request
from bot.channels.settings import ChannelSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.channels.base import Channel

PUBLIC_URL = "https://puente.example.org"
UNVERIFIED = "unverified"

TYPES = {"form": "application/x-www-form-urlencoded", "json": "application/json"}


@dataclass(frozen=True)
class Case:
    """One request of a provider, and what `read` makes of it.

    Attributes:
        source: the page it rests on, or `UNVERIFIED`.
        body: a dict (sent as the table's kind of body), text or bytes as they are.
        expect: attributes of the one Inbound; None: no message at all.
        claim_of: the claim, where it is known beforehand.
    """

    name: str
    source: str
    body: Mapping[str, object] | str | bytes
    expect: Mapping[str, object] | None
    path: str = "inbound"
    method: str = "POST"
    query: str = ""


@dataclass(frozen=True)
class Table:
    """One kind's cases, and how its provider shows who it is.

    Attributes:
        encoding: `form`, `json` or `query`, where everything stands in the address.
        options: the entry of channels.yaml, without the secret.
        secret_key: the option that holds the secret; empty for a kind that has none.
        api: the option that says where messages are sent; empty for a kind that cannot send.
        prove: adds the signature or token made with a secret to a request.
    """

    kind: str
    encoding: str
    options: Mapping[str, object]
    secret_key: str
    prove: Callable[[Request, str], Request]
    cases: tuple[Case, ...]
    secret: str = "canary-secret-5f0e9d"
    statuses: tuple[tuple[Mapping[str, object], object], ...] = ()
    required: tuple[str, ...] = field(default=())
    api: str = ""

    def make(self, secret: object = None, **options: object) -> Channel:
        """Make the channel, with its one secret or with those given."""
        entry = dict(self.options)
        if self.secret_key:
            entry[self.secret_key] = secret or self.secret
        settings = ChannelSettings("canal", self.kind, entry | options, PUBLIC_URL)
        return CHANNELS[self.kind](settings)

    def request(self, case: Case, *, secret: str | None = None, proven: bool = True) -> Request:
        """Make the request of a case as the web layer would."""
        path = f"/channels/canal/{case.path}"
        empty = Request(
            method="GET" if self.encoding == "query" else case.method,
            path=case.path,
            url=f"{PUBLIC_URL}{path}{'?' * bool(case.query)}{case.query}",
            headers={} if self.encoding == "query" else {"content-type": TYPES[self.encoding]},
            query=parse_qsl(case.query, keep_blank_values=True),
            form=(),
            body=b"",
        )
        request = self.carry(empty, _encode(case.body, self.encoding))
        return self.prove(request, secret or self.secret) if proven else request

    def carry(self, request: Request, body: bytes) -> Request:
        """Give the same request with other contents, where this kind's provider puts them."""
        pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
        if self.encoding == "query":
            url = f"{request.url.partition('?')[0]}?{body.decode(errors='replace')}"
            return replace(request, url=url, query=pairs)
        return replace(request, form=pairs if self.encoding == "form" else (), body=body)


def _encode(body: Mapping[str, object] | str | bytes, encoding: str) -> bytes:
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    return json.dumps(body).encode() if encoding == "json" else urlencode(body).encode()


def with_header(request: Request, name: str, value: str) -> Request:
    """Give the same request with one header more."""
    return replace(request, headers={**request.headers, name: value})


def find_table(kind: str) -> Table:
    """Load the table of a kind; a kind without one is a failed test."""
    module = importlib.import_module(f"tests.bot.channels.tables.{kind.replace('-', '_')}")
    table: Table = module.TABLE
    return table
