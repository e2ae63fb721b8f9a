"""One session as staff read it: what was asked, what she said, how her number is hinted at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from flows.reading.places import label
from flows.script.model import GIVEN

if TYPE_CHECKING:
    from datetime import datetime

    from admin.consulted import Consulted
    from storage.dossiers import ContactAddress, Listed

PREVIEW = 160
"""Signs of a proposal that a list shows; its page has it whole."""
_HINT = 2
_SHORTEST = 8
"""A number with fewer digits (a short code) would be given away by its last two."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words.

    Attributes:
        label: what its value means, empty for open answers.
        text: what was received.
    """

    question: str
    asked: str
    label: str
    text: str = field(repr=False)
    at: datetime
    is_current: bool
    is_spoken: bool


def list_said(consulted: Consulted, listed: Listed) -> list[Said]:
    """Put a session's answers into words, in the order of the questions; earlier ones first."""
    asked = consulted.wordings[listed.session.revision_id].variables
    order = {name: place for place, name in enumerate(asked)}
    return [
        Said(
            answer.said.question,
            asked[answer.said.question].text,
            ""
            if answer.said.value == GIVEN
            else asked[answer.said.question].label(answer.said.value, label),
            answer.said.text,
            answer.at,
            answer.said.is_current,
            answer.said.is_spoken,
        )
        for answer in sorted(
            listed.session.answers, key=lambda one: (order[one.said.question], one.at)
        )
    ]


def find_proposal_text(listed: Listed) -> str:
    """Give the words of a session's proposal; empty where it made none or they were deleted."""
    if listed.proposal is None:
        return ""
    return next(
        (
            answer.said.text
            for answer in listed.session.answers
            if answer.said.question == listed.proposal.question and answer.said.is_current
        ),
        "",
    )


def shorten(text: str) -> str:
    """Give the beginning of a long text, marked where it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= PREVIEW else f"{line[:PREVIEW].rsplit(' ', 1)[0]} […]"


def mask(address: ContactAddress) -> str:
    """Hint at a number, so that two people can tell whether they mean the same one."""
    if address.scheme != "tel" or len(address.value) < _SHORTEST:
        return str(_("Sin número a la vista"))
    return str(_("Termina en %(digits)s", digits=address.value[-_HINT:]))
