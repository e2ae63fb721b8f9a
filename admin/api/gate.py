"""Who may come in: a token with the right scope, not too often."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import abort, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from admin.api.tokens import find_token
from admin.protection import declare

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from admin.api.pace import Pace
    from admin.api.tokens import Scope
    from storage.api_tokens import ApiToken
    from storage.database import Database

    TokenView = Callable[..., ResponseReturnValue]

MOST = 120
"""Requests a minute with one token: at 500 conversations each, a million answers an hour."""
MOST_WRONG = 30
"""Requests a minute without a token that holds, from one address."""


class Gate:
    """Lets requests in."""

    def __init__(self, database: Database, clock: Callable[[], datetime], pace: Pace) -> None:
        self._database = database
        self._clock = clock
        self._pace = pace

    def needs(self, *scopes: Scope) -> Callable[[TokenView], TokenView]:
        """Let those use a view whose token has one of some scopes; the view is given it first."""

        def _guard(view: TokenView) -> TokenView:
            @wraps(view)
            def _guarded(**named: Any) -> ResponseReturnValue:
                token = self._admit()
                if token.scopes.isdisjoint(scopes):
                    abort(403)
                return view(token, **named)

            return declare(_guarded, f"token:{' '.join(scopes)}")

        return _guard

    def _admit(self) -> ApiToken:
        shown = request.authorization
        secret = (shown.token or "") if shown is not None and shown.type == "bearer" else ""
        token = find_token(self._database, secret, self._clock())
        if token is None:
            self._slow_down(f"from {request.remote_addr}", MOST_WRONG)
            raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
        self._slow_down(f"token {token.id}", MOST)
        return token

    def _slow_down(self, who: str, most: int) -> None:
        if wait := self._pace.wait(who, most):
            raise TooManyRequests(retry_after=wait)
