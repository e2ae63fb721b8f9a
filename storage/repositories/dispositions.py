"""How each person on a broadcast's list stands: the first thing here that is true of her."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from storage.models import Broadcast, Contact, Invitee, Outbox, Person, Session

if TYPE_CHECKING:
    from sqlalchemy import Select


def select_dispositions() -> Select[*tuple[Any, ...]]:
    """Begin a query for the fields of `storage.broadcasts.Disposition`, a row for each person."""
    latest = (
        select(Session.id)
        .join(Person, Person.id == Session.person_id)
        .where(Person.contact_id == Invitee.contact_id)
        .where(Session.consultation_id == Broadcast.consultation_id)
        .order_by(Session.started_at.desc(), Session.id.desc())
        .limit(1)
        .correlate(Invitee, Broadcast)
        .scalar_subquery()
    )
    left = Contact.stopped_at.is_not(None)
    is_going_on = Session.id.is_not(None) & Session.outcome.is_(None)
    about = case(
        (Invitee.state != "queued", "invitee"),
        (is_going_on & left, "person"),
        (Session.id.is_not(None), "session"),
        (left | Contact.erased_at.is_not(None), "person"),
        else_="message",
    )
    what = case(
        (Invitee.state != "queued", Invitee.state),
        (is_going_on & left, "left"),
        (Session.id.is_not(None), func.coalesce(Session.outcome, "")),
        (left, "left"),
        (Contact.erased_at.is_not(None), "erased"),
        else_=func.coalesce(Outbox.state, "dropped"),
    )
    return (
        select(about, what)
        .select_from(Invitee)
        .join(Broadcast, Broadcast.id == Invitee.broadcast_id)
        .outerjoin(Contact, Contact.id == Invitee.contact_id)
        .outerjoin(Outbox, Outbox.id == Invitee.message_id)
        .outerjoin(Session, Session.id == latest)
    )
