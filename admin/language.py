"""In which language somebody reads the staff's pages: Spanish, or English where she asked for it.

The Spanish sentences in code and templates are the keys of `translations/en.po`, which is read as
it stands. What is kept, sent or exported is Spanish whoever asks: a text that goes there too is
`admin.marking.mark`ed, and translated where a page shows it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from babel.support import NullTranslations
from flask import has_request_context, request
from flask_babel import Babel, Domain, get_locale

if TYPE_CHECKING:
    from flask import Flask

SPANISH, ENGLISH = "es", "en"
LANGUAGES = {SPANISH: "Español", ENGLISH: "English"}
"""By their code, what each calls itself."""
COOKIE = "idioma_del_personal"


def find_language() -> str:
    """Give the language this browser has chosen; never guessed from its settings."""
    chosen = request.cookies.get(COOKIE, "") if has_request_context() else ""
    return chosen if chosen in LANGUAGES else SPANISH


class Catalogue(NullTranslations):
    """A catalogue's texts; what it lacks is said in Spanish.

    Args:
        raw: the .po file.
    """

    def __init__(self, raw: bytes) -> None:
        super().__init__()
        self._forms: dict[str, tuple[str, ...]] = {}
        for message in read_po(BytesIO(raw)):
            first = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string
            forms = (said,) if isinstance(said, str) else tuple(said or ("",))
            if first and all(forms):
                self._forms[first] = forms

    def ugettext(self, message: str) -> str:
        """Translate a text."""
        return self._forms.get(message, (message,))[0]

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Translate a text that counts."""
        one, more = self._forms.get(msgid1, (msgid1, msgid2))
        return one if n == 1 else more


@cache
def read_catalogue() -> Catalogue:
    """Read the English catalogue, once."""
    return Catalogue((files("admin") / "translations" / "en.po").read_bytes())


class _Pages(Domain):  # type: ignore[misc]  # flask_babel has no types
    """Where Flask-Babel looks texts up."""

    def get_translations(self) -> NullTranslations:
        """Give the texts of this request's language."""
        return read_catalogue() if str(get_locale()) == ENGLISH else NullTranslations()


def set_up_language(app: Flask) -> None:
    """Have every page speak the language that its reader chose."""
    babel = Babel(app, default_locale=SPANISH, locale_selector=find_language)
    babel.domain_instance = _Pages()
    app.add_template_global(find_language, "page_language")
