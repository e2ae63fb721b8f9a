"""The sign-in form: Flask-Security's, behind the guard and in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import after_this_request, request
from flask_babel import lazy_gettext as _
from flask_security import LoginForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length, Regexp

from admin.signin.passwords import LONGEST

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response

    from admin.signin.guard import Guard

LONGEST_EMAIL = 254
TOO_MANY = 429


class SignInForm(LoginForm):
    """E-mail and password; never "remember me", since computers are shared.

    Attributes:
        locked_until: set where neither was looked at, as there were too many attempts.
        is_wrong: whether they were looked at and do not belong together.
    """

    email = EmailField(
        _("Correo electrónico"),
        filters=[lambda typed: typed and typed.strip()],
        validators=[
            InputRequired(_("Escriba su correo electrónico.")),
            Length(max=LONGEST_EMAIL, message=_("Ese correo es demasiado largo.")),
            Regexp(r"[^\x00-\x20]+$", message=_("Ese correo tiene espacios de más.")),
        ],
    )
    password = PasswordField(
        _("Contraseña"),
        validators=[
            InputRequired(_("Escriba su contraseña.")),
            Length(max=LONGEST, message=_("Esa contraseña es demasiado larga.")),
        ],
    )
    remember = None

    def __init__(self, guard: Guard, *arguments: Any, **named: Any) -> None:
        # Forms only: Flask-Security would also read JSON, where a value may be anything.
        super().__init__(*arguments, **{**named, "formdata": request.form or None})
        self._guard = guard
        self.locked_until: datetime | None = None
        self.is_wrong = False

    def validate(self, **named: Any) -> bool:
        """Look at the password, unless too many were wrong before."""
        account, address = self.email.data, request.remote_addr or ""
        if not all(field.validate(self) for field in (self.email, self.password)):
            return False
        self.locked_until = self._guard.admit(account, address)
        if self.locked_until is not None:
            after_this_request(_say_too_many)
            return False
        if not super().validate(**named):
            self.is_wrong = True
            self.email.errors, self.password.errors = [], []  # they say which of the two
            return False
        self._guard.forgive(account, address)
        return True


def _say_too_many(response: Response) -> Response:
    response.status_code = TOO_MANY
    return response
