"""Su segundo paso: an app on the telephone, or a printed sheet for who has no smartphone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.drawing import draw_qr
from admin.protection import permission
from admin.roles import Permission
from admin.signin.passwords import normalize
from admin.signin.second_step import (
    find_counter,
    hash_code,
    is_secret,
    make_secret,
    make_sheet,
    make_uri,
    spell,
)
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from storage.database import Database
    from storage.unit import Unit

BAD_REQUEST, SEE_OTHER = 400, 303


class SecondStepPages:
    """Sets one's own second step up, and takes it away."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        chance: Callable[[int], int],
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance

    def show(self) -> ResponseReturnValue:
        """Show what is set up, and offer an app a new secret."""
        return self._render(make_secret(self._chance))

    def confirm(self) -> ResponseReturnValue:
        """Keep an app's secret once it has shown a right code, and give a sheet with it."""
        secret = request.form.get("secreto", "")
        if not is_secret(secret):
            return redirect(url_for("admin.second_step"), SEE_OTHER)
        code = "".join(request.form.get("codigo", "").split())
        counter = find_counter(secret, code, self._clock())
        if counter is None:
            mistake = _("Ese código no es el de ahora. Espere el siguiente e inténtelo de nuevo.")
            return self._render(secret, mistake=mistake), BAD_REQUEST
        return self._set(
            lambda unit: unit.second_steps.set_secret(current_user.id, secret, counter)
        )

    def print_sheet(self) -> ResponseReturnValue:
        """Give a new sheet of codes; the one before serves no more."""
        return self._set(lambda _unit: None)

    def remove(self) -> ResponseReturnValue:
        """Ask for no second step any more, where the password is given again."""
        password = normalize(request.form.get("contrasena", ""))
        if not current_user.verify_and_update_password(password):
            mistake = _("Esa no es su contraseña.")
            return self._render(make_secret(self._chance), mistake=mistake), BAD_REQUEST
        with self._database.unit() as unit:
            unit.second_steps.remove(current_user.id)
            self._note(unit, AuditAction.SECOND_STEP_REMOVED)
        flash(_("Listo: ya no se le pide un segundo paso."))
        return redirect(url_for("admin.second_step"), SEE_OTHER)

    def _set(self, keep: Callable[[Unit], None]) -> str:
        sheet = make_sheet(self._chance)
        with self._database.unit() as unit:
            keep(unit)
            unit.second_steps.set_codes(current_user.id, map(hash_code, sheet))
            self._note(unit, AuditAction.SECOND_STEP_SET)
        return self._render(make_secret(self._chance), sheet=sheet)

    def _note(self, unit: Unit, action: AuditAction) -> None:
        email = current_user.email
        unit.audit.add(action, self._clock(), email, {"user": email})

    def _render(self, secret: str, **more: Any) -> str:
        with self._database.reading() as unit:
            step = unit.second_steps.get(current_user.id)
        uri = make_uri(secret, current_user.email)
        return render_template(
            "admin/second_step.html",
            step=step,
            secret=secret,
            spelled=spell(secret),
            uri=uri,
            picture=draw_qr(uri),
            **more,
        )


def add_second_step(blueprint: Blueprint, pages: SecondStepPages) -> None:
    """Serve the page and its forms to everybody on the staff."""
    own = permission(Permission.SEE_FIGURES)
    rules, address = blueprint.add_url_rule, "/cuenta/segundo-paso"
    rules(address, "second_step", own(pages.show))
    rules(f"{address}/app", "confirm_app", own(pages.confirm), methods=["POST"])
    rules(f"{address}/hoja", "print_sheet", own(pages.print_sheet), methods=["POST"])
    rules(f"{address}/quitar", "remove_second_step", own(pages.remove), methods=["POST"])
