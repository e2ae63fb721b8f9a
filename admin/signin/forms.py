"""The sign-in form: Flask-Security's, behind the guard and in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import after_this_request, request
from flask_babel import lazy_gettext as _
from flask_security import LoginForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from admin.signin.passwords import LONGEST

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response

    from admin.signin.guard import Guard
    from admin.signin.second_step import SecondDoor

LONGEST_EMAIL = 254
LONGEST_CODE = 30
TOO_MANY = 429


class SignInForm(LoginForm):
    """E-mail and password; never "remember me", since computers are shared.

    Attributes:
        locked_until: set where neither was looked at, as there were too many attempts.
        is_wrong: whether they were looked at and do not belong together.
        lacks_code: whether they do, and the second step is missing or wrong.
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
    code = StringField(
        _("Código del segundo paso"),
        validators=[Length(max=LONGEST_CODE, message=_("Ese código es demasiado largo."))],
    )
    remember = None

    def __init__(self, guard: Guard, second: SecondDoor, *arguments: Any, **named: Any) -> None:
        # Forms only: Flask-Security would also read JSON, where a value may be anything.
        super().__init__(*arguments, **{**named, "formdata": request.form or None})
        self._guard = guard
        self._second = second
        self.locked_until: datetime | None = None
        self.is_wrong = False
        self.lacks_code = False

    def validate(self, **named: Any) -> bool:
        """Look at the password, unless too many were wrong before."""
        account, address = self.email.data, request.remote_addr or ""
        if not all(field.validate(self) for field in (self.email, self.password, self.code)):
            return False
        self.locked_until = self._guard.admit(account, address)
        if self.locked_until is not None:
            after_this_request(_say_too_many)
            return False
        if not super().validate(**named):
            self.is_wrong = True
            self.email.errors, self.password.errors = [], []  # they say which of the two
            return False
        if self.user is None or not self._second.admit(self.user.id, self.code.data or ""):
            self.lacks_code = True
            return False
        self._guard.forgive(account, address)
        return True


def _say_too_many(response: Response) -> Response:
    response.status_code = TOO_MANY
    return response
