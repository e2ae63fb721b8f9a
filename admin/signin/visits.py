"""Visits: each browser somebody is signed in with is a row, and ends when its row does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import request, session
from flask_login import user_logged_in, user_logged_out
from flask_security import current_user
from flask_security.utils import logout_user

from admin.headers import PREFIX
from admin.marking import mark
from storage.ids import new_id
from storage.members import Visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask
    from flask_security import UserMixin

    from storage.database import Database

IDLE = timedelta(hours=1)
"""Who goes away from a shared computer and forgets to sign out is signed out by then."""
SEEN_EVERY = timedelta(minutes=1)
"""So that a page costs no write each time."""

_KEY = "visita"
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


class VisitKeeper:
    """Begins, checks and ends the visits of this application's cookies."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def watch(self, app: Flask) -> None:
        """Follow who signs in and out, and look before each page whether a visit goes on."""

        def _begin(_app: Flask, user: UserMixin) -> None:
            self._begin(user)

        def _end(_app: Flask, **_: object) -> None:
            self._end()

        user_logged_in.connect(_begin, app, weak=False)
        user_logged_out.connect(_end, app, weak=False)

        @app.before_request
        def _check() -> None:
            is_ours = request.path.startswith(f"{PREFIX}/")
            if is_ours and current_user.is_authenticated and not self._goes_on():
                logout_user()

    def find_own(self) -> UUID | None:
        """Give this browser's visit."""
        try:
            return UUID(session.get(_KEY, ""))
        except ValueError:
            return None

    def _begin(self, user: UserMixin) -> None:
        now = self._clock()
        visit = Visit(new_id(now), describe_device(request.user_agent.string), now, now)
        with self._database.unit() as unit:
            unit.visits.prune(now - IDLE)
            unit.visits.begin(visit, user.id)
        session[_KEY] = str(visit.id)

    def _goes_on(self) -> bool:
        visit_id, now = self.find_own(), self._clock()
        if visit_id is None:
            return False
        with self._database.reading() as unit:
            visit = unit.visits.find(visit_id, current_user.id)
        if visit is None or now - visit.seen_at >= IDLE:
            return False
        if now - visit.seen_at >= SEEN_EVERY:
            with self._database.unit() as unit:
                unit.visits.see(visit_id, now)
        return True

    def _end(self) -> None:
        visit_id = self.find_own()
        session.pop(_KEY, None)
        if visit_id is not None:
            with self._database.unit() as unit:
                unit.visits.end(visit_id)


def describe_device(agent: str) -> str:
    """Say which browser this is, as far as it tells; for people, who know their own."""
    browser = next(
        (name for sign, name in _BROWSERS.items() if sign in agent), mark("Otro navegador")
    )
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), "")
    return f"{browser} en {system}" if system else browser
