"""Contactos: one number, what it agreed to, and the deletion of its data."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.conversation import mask
from admin.outcomes import find_standing
from admin.protection import permission
from admin.roles import Permission
from bot.addresses import normalise, read_whatsapp_sender
from bot.messages import Address
from flows.folio import make_folio
from flows.languages.catalogue import find_language
from storage.deletions import Erasure
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime, tzinfo

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.signin.freshness import Freshness
    from storage.contacts import Agreement, ContactFile
    from storage.database import Database

SHOWN = timedelta(days=30)
MOST_LINKS = 50
BAD_REQUEST, NOT_FOUND, SEE_OTHER = 400, 404, 303


class ContactPages:
    """Looks a number up, and deletes what it said.

    Args:
        timezone: in which days begin.
        chance: `chance(n)` gives 0 … n-1, which nobody guesses.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        timezone: tzinfo,
        chance: Callable[[int], int],
    ) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone
        self._chance = chance

    def show(self) -> ResponseReturnValue:
        """Ask for a number, and tell how many left."""
        return self._render()

    def find(self) -> ResponseReturnValue:
        """Look a whole number up, and write down that somebody did; it stands in no address."""
        address = _read_address(request.form.get("numero", ""))
        if address is None:
            mistake = _("Escriba el número completo: ocho cifras, o con el código de su país.")
            return self._render(mistake=mistake), BAD_REQUEST
        with self._database.unit() as unit:
            found = unit.contacts.find(address.scheme, address.value)
            is_suppressed = unit.contacts.is_suppressed(address.scheme, address.value)
            unit.audit.add(
                AuditAction.CONTACT_FOUND,
                self._clock(),
                current_user.email,
                {"contact_id": str(found or "")},
            )
        if found is None:
            mistake = _("Nadie ha escrito desde ese número.")
            if is_suppressed:
                mistake = _("Ese número pidió borrar sus datos: no queda nada, y no se le invita.")
            return self._render(mistake=mistake), NOT_FOUND
        return redirect(url_for("admin.contact", contact_id=found), SEE_OTHER)

    def show_one(self, contact_id: UUID) -> ResponseReturnValue:
        """Show what a number agreed to."""
        return self._render_one(self._find(contact_id))

    def erase(self, contact_id: UUID) -> ResponseReturnValue:
        """Delete what BORRAR deletes, and show the receipt."""
        contact = self._find(contact_id)
        if contact.erased_at is not None or request.form.get("seguro") != "si":
            flash(_("No se borró nada."), "error")
            return redirect(url_for("admin.contact", contact_id=contact_id), SEE_OTHER)
        now = self._clock()
        with self._database.unit() as unit:
            folios = (one.folio for one in unit.contacts.agreements(contact_id) if one.folio)
            receipt = next(folios, "") or make_folio(self._chance)
            unit.contacts.erase(
                Erasure(
                    contact_id=contact_id,
                    person_id=None,
                    persons=contact.persons,
                    address=True,
                    suppress=True,
                    outcome="erased",
                    receipt=receipt,
                    at=now,
                    who=current_user.email,
                )
            )
        return self._render_one(self._find(contact_id), receipt=receipt, now=now)

    def part(self, contact_id: UUID) -> ResponseReturnValue:
        """Part a number and a WhatsApp that a code had linked."""
        self._find(contact_id)
        try:
            link_id = UUID(request.form.get("vinculo", ""))
        except ValueError:
            abort(400)
        with self._database.unit() as unit:
            known = {one.id for one in unit.links.list(MOST_LINKS, contact_id=contact_id)}
            is_parted = link_id in known and unit.links.part(
                link_id, self._clock(), current_user.email
            )
        if is_parted:
            flash(_("Separados. Lo que comenzó después de unirlos queda con el número."))
        else:
            flash(_("Ese vínculo ya no se puede separar."), "error")
        return redirect(url_for("admin.contact", contact_id=contact_id), SEE_OTHER)

    def _find(self, contact_id: UUID) -> ContactFile:
        with self._database.reading() as unit:
            return unit.contacts.get(contact_id) or abort(404)

    def _render(self, mistake: str = "") -> str:
        now = self._clock()
        with self._database.reading() as unit:
            left, erased = unit.contacts.count_left()
            lately = unit.contacts.list_left(now - SHOWN)
        days: Counter[date] = Counter(at.astimezone(self._timezone).date() for at in lately)
        return render_template(
            "admin/contacts.html",
            mistake=mistake,
            left=left,
            erased=erased,
            days=sorted(days.items(), reverse=True),
            now=now,
        )

    def _render_one(self, contact: ContactFile, **more: Any) -> str:
        with self._database.reading() as unit:
            agreements = unit.contacts.agreements(contact.id)
            links = unit.links.list(MOST_LINKS, contact_id=contact.id)
        people = list(dict.fromkeys(one.person_id for one in reversed(agreements)))
        return render_template(
            "admin/contact.html",
            contact=contact,
            numbers=[mask(one) for one in contact.addresses],
            links=links,
            agreements=[_describe(one, people) for one in agreements],
            **more,
        )


def _read_address(typed: str) -> Address | None:
    """Read a whole number, or the id of who hides hers on WhatsApp."""
    number = normalise(typed.strip())
    if number is not None:
        return Address("tel", number)
    found = read_whatsapp_sender((), (typed.strip(),))
    return found[0] if found else None


def _describe(one: Agreement, people: list[UUID]) -> dict[str, Any]:
    return {
        "said": one,
        "person": people.index(one.person_id) + 1,
        "standing": find_standing(one.standing),
        "language": find_language(one.language).name,
    }


def add_contacts(blueprint: Blueprint, pages: ContactPages, freshness: Freshness) -> None:
    """Serve the search and each contact's page to who may, and take their forms."""
    may = permission(Permission.MANAGE_CONTACTS)
    rules = blueprint.add_url_rule
    one = "/contactos/<uuid:contact_id>"
    erase = freshness.before(pages.erase, back="admin.contacts")
    rules("/contactos", "contacts", may(pages.show))
    rules("/contactos/buscar", "find_contact", may(pages.find), methods=["POST"])
    rules(one, "contact", may(freshness.before(pages.show_one)))
    part = freshness.before(pages.part, back="admin.contacts")
    rules(f"{one}/separar", "part_contacts", may(part), methods=["POST"])
    rules(f"{one}/borrar", "erase_contact", may(erase), methods=["POST"])
