"""Personal: who has access and as what, and the invitations by which others get it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.protection import permission, public
from admin.roles import PERMISSION_WORDS, ROLES, Permission
from admin.signin.accounts import BadAccountError
from admin.signin.invitations import accept, find_invitation, invite
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.signin.freshness import Freshness
    from storage.database import Database

BAD_REQUEST, GONE, SEE_OTHER = 400, 410, 303


class StaffPages:
    """The list of the staff, and what its forms do.

    Args:
        public_url: where links begin.
        make_token: makes what nobody guesses.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        public_url: str,
        make_token: Callable[[], str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._public_url = public_url
        self._make_token = make_token

    def show(self) -> ResponseReturnValue:
        """Show who has access."""
        return self._render()

    def send_invitation(self) -> ResponseReturnValue:
        """Make an invitation, and show its link this once."""
        email, role = request.form.get("correo", ""), request.form.get("rol", "")
        token = self._make_token()
        try:
            invite(
                self._database,
                email=email,
                role=role,
                who=current_user.email,
                now=self._clock(),
                token=token,
            )
        except BadAccountError as error:
            return self._render(mistake=str(error), typed={"correo": email, "rol": role}), (
                BAD_REQUEST
            )
        link = self._public_url + url_for("admin.invitation", token=token)
        return self._render(link=link, invited=email.strip())

    def change_member(self) -> ResponseReturnValue:
        """Give or take a role, or close or open somebody's access."""
        email, what = request.form.get("correo", ""), request.form.get("que", "")
        act, _space, role = what.partition(" ")
        if email == current_user.email:
            # So that somebody is always left who can let others in.
            mistake = _("Su propio acceso lo cambia otra persona.")
        elif not email.isprintable() or not self._change(email, act, role):
            mistake = _("Ese cambio no se puede hacer.")
        else:
            flash(_("Listo: quedó cambiado el acceso de %(email)s.", email=email))
            return redirect(url_for("admin.staff"), SEE_OTHER)
        return self._render(mistake=mistake), BAD_REQUEST

    @public
    def show_invitation(self, token: str) -> ResponseReturnValue:
        """Show who is invited by this link, and ask for a password."""
        return self._render_invitation(token)

    @public
    def accept_invitation(self, token: str) -> ResponseReturnValue:
        """Make her account, and send her to the door."""
        password = request.form.get("contrasena", "")
        if password != request.form.get("otra_vez", ""):
            return self._render_invitation(token, _("Las dos contraseñas no son iguales."))
        try:
            accept(
                self._database,
                token=token,
                password=password,
                now=self._clock(),
                cookie=self._make_token(),
            )
        except BadAccountError as error:
            return self._render_invitation(token, str(error))
        flash(_("Su acceso está listo. Entre con su correo y su contraseña."))
        return redirect(url_for("security.login"), SEE_OTHER)

    def _change(self, email: str, act: str, role: str) -> bool:
        now, who = self._clock(), current_user.email
        with self._database.unit() as unit:
            if not unit.staff.has(email) or (act in {"dar", "quitar"} and role not in ROLES):
                return False
            match act:
                case "dar":
                    unit.staff.give_role(email, role)
                    unit.audit.add(AuditAction.USER_ADDED, now, who, {"user": email, "role": role})
                case "quitar":
                    unit.staff.remove_role(email, role)
                    unit.audit.add(AuditAction.ROLE_TAKEN, now, who, {"user": email, "role": role})
                case "cerrar" | "abrir":
                    unit.staff.set_active(email, is_active=act == "abrir")
                    closed = AuditAction.ACCESS_CLOSED, AuditAction.ACCESS_OPENED
                    unit.audit.add(closed[act == "abrir"], now, who, {"user": email})
                case _:
                    return False
        return True

    def _render(self, **more: Any) -> str:
        with self._database.reading() as unit:
            members = unit.staff.list()
        return render_template(
            "admin/staff.html",
            members=members,
            roles=ROLES,
            permissions=PERMISSION_WORDS,
            now=self._clock(),
            **more,
        )

    def _render_invitation(self, token: str, mistake: str = "") -> ResponseReturnValue:
        invitation = find_invitation(self._database, token, self._clock())
        page = render_template(
            "admin/invitation.html",
            invitation=invitation,
            role=ROLES.get(invitation.role) if invitation else None,
            token=token,
            mistake=mistake,
        )
        if invitation is None:
            return page, GONE
        return (page, BAD_REQUEST) if mistake else page


def add_staff(blueprint: Blueprint, pages: StaffPages, freshness: Freshness) -> None:
    """Serve the list to who manages the staff, and invitations to whom they are for.

    The password is asked for before the list, so that nothing typed on it gets lost by that.
    """
    manage = permission(Permission.MANAGE_STAFF)
    rules = blueprint.add_url_rule
    rules("/personal", "staff", manage(freshness.before(pages.show)))
    for address, endpoint, act in (
        ("/personal/invitar", "invite", pages.send_invitation),
        ("/personal/cambiar", "change_member", pages.change_member),
    ):
        asked = freshness.before(act, back="admin.staff")
        rules(address, endpoint, manage(asked), methods=["POST"])
    rules("/invitacion/<token>", "invitation", pages.show_invitation)
    rules(
        "/invitacion/<token>/aceptar",
        "accept_invitation",
        pages.accept_invitation,
        methods=["POST"],
    )
