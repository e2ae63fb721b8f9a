"""Su contraseña otra vez: asked before exports, and before somebody gives or takes access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.headers import PREFIX
from admin.protection import permission
from admin.roles import Permission
from admin.signin.passwords import LONGEST, normalize
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.signin.freshness import Freshness
    from admin.signin.guard import Guard

BAD_REQUEST, SEE_OTHER, TOO_MANY = 400, 303, 429


class ConfirmingPages:
    """Asks for the password, behind the same lock as the door."""

    def __init__(self, guard: Guard, freshness: Freshness) -> None:
        self._guard = guard
        self._freshness = freshness

    def show(self) -> ResponseReturnValue:
        """Ask for the password, or offer to go on where it has just been given."""
        return self._render()

    def confirm(self) -> ResponseReturnValue:
        """Look at a password, unless too many were wrong before."""
        account, address = current_user.email, request.remote_addr or ""
        if until := self._guard.admit(account, address):
            return self._render(until=until), TOO_MANY
        password = normalize(request.form.get("contrasena", "")[: LONGEST + 1])
        if not current_user.verify_and_update_password(password):
            return self._render(mistake=_("Esa no es su contraseña.")), BAD_REQUEST
        self._guard.forgive(account, address, AuditAction.SIGN_IN_CONFIRMED)
        self._freshness.renew()
        return redirect(url_for("admin.confirm_password", sigue=read_next()), SEE_OTHER)

    def _render(self, **more: object) -> str:
        return render_template(
            "admin/confirming.html", following=read_next(), holds=self._freshness.holds(), **more
        )


def read_next() -> str:
    """Give where she was going; only within the staff's pages, whoever wrote the link."""
    wanted = request.values.get("sigue", "")
    return wanted if wanted.startswith(f"{PREFIX}/") else url_for("admin.consultations")


def add_confirming(blueprint: Blueprint, pages: ConfirmingPages) -> None:
    """Serve the page and its form to everybody on the staff."""
    own = permission(Permission.SEE_FIGURES)
    address = "/cuenta/contrasena"
    blueprint.add_url_rule(address, "confirm_password", own(pages.show))
    blueprint.add_url_rule(address, "take_password", own(pages.confirm), methods=["POST"])
