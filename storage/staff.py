"""Staff as Flask-Security works with them: the one place that commits by itself.

Only the admin loads this module and, with it, Flask-Security.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask_security import SQLAlchemySessionUserDatastore
from sqlalchemy.orm import scoped_session

from storage.models.staff import Role, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session, sessionmaker


class StaffDatastore(SQLAlchemySessionUserDatastore):
    """Flask-Security's datastore over `staff_user` and `staff_role`.

    Args:
        make_session: `Database.session`; each thread works with one of its own until
            `release`.
    """

    def __init__(self, make_session: Callable[[], Session]) -> None:
        def _make() -> Session:
            session = make_session()
            # What was read stays readable after the transaction has ended.
            session.expire_on_commit = False
            return session

        self._sessions = scoped_session(cast("sessionmaker[Session]", _make))
        super().__init__(self._sessions, User, Role)

    def find_user(self, case_insensitive: bool = False, **attribute: Any) -> User | None:  # noqa: FBT001, FBT002 - Flask-Security's signature
        """Find a user with her roles, by one attribute.

        The transaction ends at once: on SQLite it holds the only write lock, which the rest
        of the request may need.
        """
        user = super().find_user(case_insensitive, **attribute)
        self._sessions.commit()
        return cast("User | None", user)

    def release(self) -> None:
        """Give this thread's session back."""
        self._sessions.remove()
