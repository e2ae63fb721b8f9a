"""The question types, by the name that scripts' model gives them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.questions.choice import Choice
from flows.questions.choices import Choices
from flows.questions.consent import Consent
from flows.questions.date import Date
from flows.questions.number import Number
from flows.questions.permissions import Permissions
from flows.questions.place import Place
from flows.questions.rating import Rating
from flows.questions.text import Text
from flows.questions.yes_no import YesNo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.questions.base import QuestionType

QUESTIONS: Mapping[str, QuestionType] = MappingProxyType(
    {
        "consent": Consent(),
        "yes_no": YesNo(),
        "choice": Choice(),
        "choices": Choices(),
        "rating": Rating(),
        "number": Number(),
        "text": Text(),
        "place": Place(),
        "date": Date(),
        "permissions": Permissions(),
    }
)
