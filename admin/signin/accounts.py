"""Giving people access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from admin.roles import ROLES
from admin.signin.passwords import LONGEST, SHORTEST, hash_password
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database


class BadAccountError(ValueError):
    """An account that cannot be made; the message says why, in Spanish, and holds no password."""


def add_account(  # noqa: PLR0913 - an account, who makes it, and when
    database: Database,
    *,
    email: str,
    password: str,
    role: str,
    who: str,
    now: datetime,
    token: str,
) -> bool:
    """Give somebody access under a role, or somebody who has it a further role.

    Who has an account keeps her password.

    Args:
        database: where.
        email: of whom.
        password: to sign in with; `SHORTEST` to `LONGEST` signs.
        role: key of `ROLES`.
        who: does it.
        now: when.
        token: what her cookies will hold in place of her id; unguessable.

    Returns:
        Whether the account is new.

    Raises:
        BadAccountError: no such role, no such address, or a password too short or too long.
    """
    check_password(password)
    address = read_email(email)
    read_role(role)
    # Hashing is slow by design, and nothing slow belongs inside a unit of work.
    hashed = hash_password(password)
    with database.unit() as unit:
        is_new = unit.staff.add(address, hashed, role, now, token)
        unit.audit.add(AuditAction.USER_ADDED, now, who, {"user": address, "role": role})
    return is_new


def check_password(password: str) -> None:
    """Look whether a password can be taken.

    Raises:
        BadAccountError: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadAccountError(
            _(
                "La contraseña debe tener de %(least)s a %(most)s signos.",
                least=SHORTEST,
                most=LONGEST,
            )
        )


def read_email(typed: str) -> str:
    """Give an address as accounts hold it.

    Raises:
        BadAccountError: no such address can exist.
    """
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise BadAccountError(_("Ese correo electrónico no existe o no sirve.")) from None


def read_role(typed: str) -> str:
    """Give a role there is.

    Raises:
        BadAccountError: there is none of that name.
    """
    if typed not in ROLES:
        raise BadAccountError(
            _("No hay rol %(role)s; los roles son: %(roles)s.", role=typed, roles=", ".join(ROLES))
        )
    return typed
