"""What an act is that takes a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from storage.unit import Unit

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from admin.roles import Permission

Content = Mapping[str, Any]
"""Exactly what is to be done, in the act's own terms; what JSON can hold."""
Do = Callable[[Unit, datetime], str]
"""Does it inside a unit, and gives the sentence that says what was done."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants done.

    Attributes:
        slug: of the consultation.
        who: her e-mail; what is done counts as hers.
    """

    slug: str
    content: Content = field(repr=False)
    who: str


class Act(Protocol):
    """One kind of act; its entry in `ACTS` names it.

    Attributes:
        permission: who may ask for it, and who may approve it.
        label: what pages call it.
        template: what a request's page shows of it, given what `explain` gives.
    """

    permission: Permission
    label: LazyString
    template: str

    def is_grave(self, content: Content) -> bool:
        """Tell whether this one takes a second person."""
        ...

    def make_ready(self, asked: Asked) -> Do:
        """Do all that needs no unit; what is slow belongs here.

        Both this and what it gives raise OvertakenError where it cannot be done any more as it
        was asked for.
        """
        ...

    def explain(self, asked: Asked, unit: Unit) -> Mapping[str, object]:
        """Give what somebody has to know who is to approve it."""
        ...
