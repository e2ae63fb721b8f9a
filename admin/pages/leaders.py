"""Líderes: who brings people in, her card to be printed, how many she may assist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user

from admin.consulted import ConsultedReader
from admin.drawing import draw_qr
from admin.leaders import Wanted, add_leader, make_card
from admin.pages.typed import read_line
from admin.protection import permission
from admin.roles import Permission
from bot.tally import say_about
from flows.languages.catalogue import find_language
from flows.leader_code import split_leader_code
from flows.limits import ASSISTED_PER_NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from bot.pages.ways import Way
    from flows.flow import Flow
    from storage.database import Database
    from storage.published import Consultation
    from storage.repositories.leaders import LeaderRecord

LONGEST_COMMUNITY = 120
LARGEST_CAP = 10_000
BAD_REQUEST, SEE_OTHER = 400, 303


class LeaderPages:
    """The list of a consultation's leaders, and each one's card.

    Args:
        ways: how people can write in.
        chance: `chance(n)` gives 0 … n-1, which nobody guesses.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        ways: Sequence[Way],
        chance: Callable[[int], int],
    ) -> None:
        self._database = database
        self._clock = clock
        self._ways = ways
        self._chance = chance
        self._reader = ConsultedReader(database)

    def show(self, slug: str) -> ResponseReturnValue:
        """List the leaders."""
        return self._render(*self._find(slug))

    def add(self, slug: str) -> ResponseReturnValue:
        """Add a leader, and show her card."""
        consultation, flow = self._find(slug)
        community = read_line("comunidad")
        language, typed_cap = request.form.get("idioma", ""), request.form.get("tope", "").strip()
        cap, mistake = _read_cap(typed_cap)
        if not 0 < len(community) <= LONGEST_COMMUNITY:
            mistake = _("Escriba su comunidad, con 120 letras como mucho.")
        elif language not in flow.languages:
            mistake = _("Elija un idioma que la consulta ofrezca.")
        if mistake:
            typed = {"comunidad": community, "idioma": language, "tope": typed_cap}
            return self._render(consultation, flow, mistake=mistake, typed=typed), BAD_REQUEST
        code = add_leader(
            self._database,
            Wanted(consultation.id, community, language, cap),
            chance=self._chance,
            now=self._clock(),
            who=current_user.email,
        )
        return redirect(url_for("admin.leader", slug=slug, code=code), SEE_OTHER)

    def show_one(self, slug: str, code: str) -> ResponseReturnValue:
        """Show a leader's card, and her figures."""
        return self._render_one(*self._find_leader(slug, code))

    def limit(self, slug: str, code: str) -> ResponseReturnValue:
        """Say how many people a leader may assist."""
        consultation, flow, leader = self._find_leader(slug, code)
        cap, mistake = _read_cap(request.form.get("tope", "").strip())
        if mistake:
            return self._render_one(consultation, flow, leader, mistake=mistake), BAD_REQUEST
        with self._database.unit() as unit:
            is_done = unit.leaders.limit(
                consultation.id, code, cap, self._clock(), current_user.email
            )
        return self._go_back(slug, code, is_done, _("Listo: quedó cambiado a cuántas asiste."))

    def revoke(self, slug: str, code: str) -> ResponseReturnValue:
        """Take a leader's code back."""
        consultation, _flow, _leader = self._find_leader(slug, code)
        with self._database.unit() as unit:
            is_done = unit.leaders.revoke(consultation.id, code, self._clock(), current_user.email)
        return self._go_back(slug, code, is_done, _("Listo: ese código ya no sirve."))

    def _go_back(self, slug: str, code: str, is_done: bool, told: str) -> ResponseReturnValue:  # noqa: FBT001
        if is_done:
            flash(told)
        else:
            flash(_("Ese código ya se había retirado: no se cambió nada."), "error")
        return redirect(url_for("admin.leader", slug=slug, code=code), SEE_OTHER)

    def _find(self, slug: str) -> tuple[Consultation, Flow]:
        """Give a published consultation, or end the request with a 404."""
        with self._database.reading() as unit:
            consultation = unit.consultations.find(slug) or abort(404)
        return consultation, self._reader.find_live_flow(consultation) or abort(404)

    def _find_leader(self, slug: str, code: str) -> tuple[Consultation, Flow, LeaderRecord]:
        consultation, flow = self._find(slug)
        if split_leader_code(code) != ("", code):
            abort(404)
        with self._database.reading() as unit:
            leader = unit.leaders.get(consultation.id, code) or abort(404)
        return consultation, flow, leader

    def _render(self, consultation: Consultation, flow: Flow, **more: Any) -> str:
        with self._database.reading() as unit:
            found = unit.leaders.list(consultation.id)
        return render_template(
            "admin/leaders.html",
            slug=consultation.slug,
            title=consultation.title,
            leaders=found,
            languages={code: find_language(code).name for code in flow.languages},
            say_about=say_about,
            most=ASSISTED_PER_NUMBER,
            now=self._clock(),
            **more,
        )

    def _render_one(
        self, consultation: Consultation, flow: Flow, leader: LeaderRecord, mistake: str = ""
    ) -> str:
        card = make_card(flow, leader.code, leader.language, self._ways)
        return render_template(
            "admin/leader.html",
            slug=consultation.slug,
            title=consultation.title,
            leader=leader,
            card=card,
            words_picture=draw_qr(card.words),
            language=find_language(leader.language),
            say_about=say_about,
            most=ASSISTED_PER_NUMBER,
            mistake=mistake,
            now=self._clock(),
        )


def _read_cap(typed: str) -> tuple[int | None, str]:
    """Give how many people she may assist, None for no limit; and what is wrong with it."""
    if not typed:
        return None, ""
    if not (typed.isascii() and typed.isdecimal()) or int(typed[:9]) > LARGEST_CAP:
        return None, _("Escriba un número de personas de 0 a 10,000, o nada.")
    return int(typed[:9]), ""


def add_leaders(blueprint: Blueprint, pages: LeaderPages) -> None:
    """Serve the list and the cards to who looks after leaders, and take their forms."""
    may = permission(Permission.MANAGE_LEADERS)
    address = "/consultas/<slug>/lideres"
    one = f"{address}/<code>"
    rules = blueprint.add_url_rule
    rules(address, "leaders", may(pages.show))
    rules(f"{address}/agregar", "add_leader", may(pages.add), methods=["POST"])
    rules(one, "leader", may(pages.show_one))
    rules(f"{one}/tope", "limit_leader", may(pages.limit), methods=["POST"])
    rules(f"{one}/retirar", "revoke_leader", may(pages.revoke), methods=["POST"])
