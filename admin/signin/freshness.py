"""The password again before what must not be done by whoever finds a browser open.

Whoever has signed in within the last minutes has given it just now.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import redirect, request, session, url_for
from flask_login import user_logged_in, user_logged_out

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from flask import Flask

    from admin.protection import View

LASTS = timedelta(minutes=15)
_KEY = "contrasena"
SEE_OTHER = 303


class Freshness:
    """Knows when the password was last given in this browser, by its signed cookie."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def watch(self, app: Flask) -> None:
        """Follow who signs in and out."""

        def _begin(_app: Flask, **_: object) -> None:
            self.renew()

        def _end(_app: Flask, **_: object) -> None:
            session.pop(_KEY, None)

        user_logged_in.connect(_begin, app, weak=False)
        user_logged_out.connect(_end, app, weak=False)

    def renew(self) -> None:
        """Note that the password has just been given."""
        session[_KEY] = self._clock().timestamp()

    def holds(self) -> bool:
        """Tell whether it was given within the last minutes."""
        given = datetime.fromtimestamp(session.get(_KEY, 0), self._clock().tzinfo)
        return timedelta() <= self._clock() - given < LASTS

    def before(self, view: View, *, back: str = "", keeps: Collection[str] = ()) -> View:
        """Ask for the password before a view, where that was too long ago.

        Args:
            view: what needs it.
            back: the endpoint to go back to from a form; by default the same address.
            keeps: the parts of the form's address that the endpoint's has too.
        """

        @wraps(view)
        def _asked(*arguments: Any, **named: Any) -> Any:
            if self.holds():
                return view(*arguments, **named)
            here = (
                url_for(back, **{name: named[name] for name in keeps})
                if back
                else request.full_path.rstrip("?")
            )
            return redirect(url_for("admin.confirm_password", sigue=here), SEE_OTHER)

        return _asked
