"""Idiomas: how far each language has come, and its translations out, in, and approved."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_security import current_user

from admin.approvals.base import Asked
from admin.approvals.publishing import FILE, ask_to_publish
from admin.pages.carried import NOT_PUBLISHED, lead_on
from admin.pages.giving import give_file
from admin.pages.uploads import read_file as read_upload
from admin.protection import permission
from admin.roles import Permission
from admin.translating import keep, read_standing
from admin.translation_files import LARGEST, Brought, Origin, read_file, write_po, write_xlsx
from bot.publishing import BrokenScriptError, check_whole
from flows.catalogues.coverage import measure_coverage
from flows.catalogues.entries import fingerprint
from flows.catalogues.merging import approve, bring_in
from flows.catalogues.offering import differs
from flows.languages.catalogue import find_language, languages
from storage.errors import OvertakenError
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.approvals.desk import ApprovalDesk
    from admin.translating import Standing
    from flows.catalogues.entries import Catalogue, Entry
    from storage.database import Database

BAD_REQUEST, CONFLICT, SEE_OTHER = 400, 409, 303
STATES = {
    "empty": lazy_gettext("falta"),
    "outdated": lazy_gettext("el original cambió"),
    "draft": lazy_gettext("borrador"),
    "unreviewed": lazy_gettext("sin revisar"),
    "edited": lazy_gettext("cambió después de revisada"),
    "approved": lazy_gettext("aprobada"),
}
"""What a page calls how a translation stands; in Spanish as in `flows.catalogues.sheet`."""
MOST_TOLD = 50
"""How many things a page says of one file."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TranslationPages:
    """Nothing that is done here is said to anybody before it is published."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], approvals: ApprovalDesk
    ) -> None:
        self._database = database
        self._clock = clock
        self._approvals = approvals

    def show_all(self, slug: str) -> ResponseReturnValue:
        """Show where each language stands that somebody has begun."""
        return self._render_all(self._find(slug))

    def show(self, slug: str, language: str) -> ResponseReturnValue:
        """Show one language text by text."""
        return self._render(self._find(slug, language), language)

    def download(self, slug: str, language: str, form: str) -> ResponseReturnValue:
        """Give a language's translation as a file for whoever translates."""
        standing = self._find(slug, language)
        origin = Origin(slug, standing.live.number, language)
        write = write_po if form == "po" else write_xlsx
        kind = "text/x-gettext-translation; charset=utf-8" if form == "po" else XLSX
        name = f"{language}_{slug}_{origin.revision}.{form}"
        return give_file(write(standing.get(language), origin), kind, name)

    def upload(self, slug: str, language: str) -> ResponseReturnValue:
        """Take over what a translator sends back."""
        standing, raw = self._find(slug, language), read_upload(LARGEST)
        if not raw:
            mistake = _("Elija un archivo .po o .xlsx.")
            return self._render(standing, language, mistake=mistake), BAD_REQUEST
        brought = read_file(raw, language)
        if isinstance(brought, Brought):
            mistake = _refuse(standing, language, brought)
            if not mistake:
                return self._bring(standing, language, brought, raw)
            return self._render(standing, language, mistake=mistake), CONFLICT
        told = {"mistake": _("El archivo no se pudo leer."), "told": brought[:MOST_TOLD]}
        return self._render(standing, language, **told), BAD_REQUEST

    def approve(self, slug: str, language: str) -> ResponseReturnValue:
        """Put her name to the texts that she ticked, as long as they are what she read."""
        standing, who, now = self._find(slug, language), current_user.email, self._clock()
        catalogue = standing.get(language)
        marks = {name_text(one): one.key for one in catalogue.entries.values()}
        ticked = request.form.getlist("texto")
        chosen = frozenset(marks[mark] for mark in ticked if mark in marks)
        wrong = [key for key in chosen if not can_approve(catalogue.entries[key])]
        if not ticked or wrong or len(chosen) != len(set(ticked)):
            mistake = (
                _("Otra persona los cambió mientras tanto: mírelos otra vez. No se aprobó nada.")
                if ticked
                else _("Marque los textos que aprueba.")
            )
            return self._render(standing, language, mistake=mistake), BAD_REQUEST
        new = approve(catalogue, chosen, who, now.date().isoformat())
        details = {"texts": len(chosen)}
        return self._keep(
            standing,
            new,
            AuditAction.TRANSLATION_APPROVED,
            details,
            ngettext("Aprobó %(num)d texto.", "Aprobó %(num)d textos.", len(chosen)),
        )

    def publish(self, slug: str) -> ResponseReturnValue:
        """Publish the live script again with what is approved by now, as an edition of it."""
        standing = self._find(slug)
        live = standing.live
        try:
            catalogues = standing.list_publishable(standing.script)
            checked = check_whole(live.source.encode(), FILE, catalogues)
        except BrokenScriptError:
            mistake = _("El guion en vivo tiene errores que hoy no se publican: corríjalo antes.")
            return self._render_all(standing, mistake), BAD_REQUEST
        if checked.texts == live.texts:
            flash(_("No hay nada nuevo que publicar."))
            return redirect(url_for("admin.translations", slug=slug), SEE_OTHER)
        note = _("Traducciones aprobadas")
        asked = Asked(slug, ask_to_publish(checked, note, live), current_user.email)
        try:
            outcome = self._approvals.carry_out("script:publish", asked, note)
        except OvertakenError:
            mistake = _("Otra persona publicó mientras tanto, y no se publicó nada más.")
            return self._render_all(self._find(slug), mistake), CONFLICT
        return lead_on(outcome, url_for("admin.translations", slug=slug), NOT_PUBLISHED)

    def _bring(
        self, standing: Standing, language: str, brought: Brought, raw: bytes
    ) -> ResponseReturnValue:
        before = standing.get(language)
        new, problems = bring_in(before, replace(brought.catalogue, slug=""))
        changed = sum(before.entries[key] != one for key, one in new.entries.items())
        for problem in problems[:MOST_TOLD]:
            flash(f"{problem.line}: {problem.sentence}", "error")
        said = ngettext("Cambió %(num)d texto.", "Cambiaron %(num)d textos.", changed)
        details: dict[str, str | int] = {"texts": changed, "hash": hashlib.sha256(raw).hexdigest()}
        return self._keep(standing, new, AuditAction.TRANSLATION_BROUGHT, details, said)

    def _keep(
        self,
        standing: Standing,
        new: Catalogue,
        action: AuditAction,
        details: Mapping[str, str | int],
        said: str,
    ) -> ResponseReturnValue:
        slug, language, now = standing.script.slug, new.language, self._clock()
        who = current_user.email
        try:
            with self._database.unit() as unit:
                keep(unit, standing, new, who, now)
                said_of = {"consultation": slug, "language": language, **details}
                unit.audit.add(action, now, who, said_of)
        except OvertakenError:
            mistake = _("Otra persona cambió esta traducción mientras tanto. Repita lo suyo.")
            return self._render(self._find(slug, language), language, mistake=mistake), CONFLICT
        flash(said)
        return redirect(url_for("admin.translation", slug=slug, language=language), SEE_OTHER)

    def _find(self, slug: str, language: str = "") -> Standing:
        if language and language not in _list_languages():
            abort(404)
        with self._database.reading() as unit:
            return read_standing(unit, slug) or abort(404)

    def _render_all(self, standing: Standing, mistake: str = "") -> str:
        begun = [measure_coverage(standing.script, one) for one in standing.catalogues.values()]
        return render_template(
            "admin/translations.html",
            slug=standing.script.slug,
            title=standing.script.title,
            live=standing.live,
            begun=begun,
            others=[code for code in _list_languages() if code not in standing.catalogues],
            offered=standing.offered,
            name_language=lambda code: find_language(code).name,
            mistake=mistake,
        )

    def _render(self, standing: Standing, language: str, **more: Any) -> str:
        catalogue = standing.get(language)
        return render_template(
            "admin/translation.html",
            slug=standing.script.slug,
            title=standing.script.title,
            live=standing.live,
            language=language,
            named=find_language(language),
            coverage=measure_coverage(standing.script, catalogue),
            is_offered=language in standing.offered,
            entries=list(catalogue.entries.values()),
            states=STATES,
            name_text=name_text,
            can_approve=can_approve,
            **more,
        )


def name_text(entry: Entry) -> str:
    """Name a text together with its words, so that what is approved is what was read."""
    return f"{entry.key}|{fingerprint(entry.source, entry.translation)}"


def can_approve(entry: Entry) -> bool:
    """Tell whether there is something to approve that can be said."""
    return bool(entry.translation) and entry.state != "approved" and not differs(entry)


def _list_languages() -> Sequence[str]:
    return [code for code in languages() if code != "es"]


def _refuse(standing: Standing, language: str, brought: Brought) -> str:
    """Say why a file is not taken over; empty where it is."""
    slug, live, said = standing.script.slug, standing.live.number, ""
    origin = brought.origin
    other = brought.catalogue.slug or (origin.slug if origin else "")
    if other and other != slug:
        said = _("Ese archivo es de otra consulta: «%(slug)s».", slug=other)
    elif origin is not None and origin.language != language:
        said = _("Ese archivo es de otro idioma: «%(code)s».", code=origin.language)
    elif origin is not None and origin.revision != live and request.form.get("aunque") != "si":
        said = _(
            "Ese archivo se descargó de la revisión %(old)s y ahora está en vivo la %(live)s. No "
            "se cambió nada. Descárguelo otra vez, o márquelo abajo para traer lo que sirva.",
            old=origin.revision,
            live=live,
        )
    return said


def add_translations(blueprint: Blueprint, pages: TranslationPages) -> None:
    """Serve the pages to everybody on the staff, and their forms to who may."""
    see, write = permission(Permission.SEE_FIGURES), permission(Permission.TRANSLATE)
    check = permission(Permission.APPROVE_TRANSLATIONS)
    release = permission(Permission.WRITE_SCRIPTS)
    rules, address = blueprint.add_url_rule, "/consultas/<slug>/idiomas"
    one = f"{address}/<language>"
    rules(address, "translations", see(pages.show_all))
    rules(f"{address}/publicar", "publish_texts", release(pages.publish), methods=["POST"])
    rules(one, "translation", see(pages.show))
    rules(f"{one}/archivo.<any(po,xlsx):form>", "translation_file", see(pages.download))
    rules(f"{one}/subir", "bring_translation", write(pages.upload), methods=["POST"])
    rules(f"{one}/aprobar", "approve_texts", check(pages.approve), methods=["POST"])
