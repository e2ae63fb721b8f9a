"""Invitations: a link by which somebody takes an account, once."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from admin.signin.accounts import BadAccountError, check_password, read_email, read_role
from admin.signin.passwords import hash_password
from storage.members import Invitation
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database

OPEN_FOR = timedelta(days=3)


def invite(  # noqa: PLR0913 - whom, as what, by whom, and when
    database: Database, *, email: str, role: str, who: str, now: datetime, token: str
) -> None:
    """Let somebody take an account under a role, by a link that holds `token`.

    Raises:
        BadAccountError: no such role, no such address, or she has an account.
    """
    invitation = Invitation(read_email(email), read_role(role), who, now + OPEN_FOR)
    with database.unit() as unit:
        if unit.staff.has(invitation.email):
            raise BadAccountError(_("Esa persona ya tiene acceso: dele el rol en la lista."))
        unit.staff.invite(_hash(token), invitation, now)
        details = {"user": invitation.email, "role": role}
        unit.audit.add(AuditAction.USER_INVITED, now, who, details)


def find_invitation(database: Database, token: str, now: datetime) -> Invitation | None:
    """Give the invitation of a link; None where it was taken, has expired or never was."""
    with database.reading() as unit:
        return unit.staff.find_invitation(_hash(token), now)


def accept(database: Database, *, token: str, password: str, now: datetime, cookie: str) -> str:
    """Make the account of an invitation, which is then of no more use.

    Args:
        database: where.
        token: of the link.
        password: as she chose it.
        now: when.
        cookie: what her cookies will hold in place of her id; unguessable.

    Returns:
        Her e-mail.

    Raises:
        BadAccountError: the password cannot be taken, or the link is of no use.
    """
    check_password(password)
    hashed = hash_password(password)
    with database.unit() as unit:
        taken = unit.staff.take_invitation(_hash(token), now)
        if taken is None:
            raise BadAccountError(_("Este enlace ya no sirve: pida otro a quien se lo dio."))
        unit.staff.add(taken.email, hashed, taken.role, now, cookie)
        details = {"user": taken.email, "role": taken.role}
        unit.audit.add(AuditAction.USER_ADDED, now, taken.who, details)
    return taken.email


def _hash(token: str) -> bytes:
    """Keep no token: whoever reads the database gets in with none."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
