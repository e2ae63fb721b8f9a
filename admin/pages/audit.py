"""Bitácora: who did what, by day, by person and by what was done."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import render_template, request
from flask_security import current_user

from admin.acts import ACTS, name_detail, say_act
from admin.answer_filter import read_day
from admin.exports.csv import BOM, encode
from admin.pages.giving import give_file
from admin.pages.keyset import read_id
from admin.protection import permission
from admin.roles import Permission
from storage.audited import AuditFilter
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from admin.signin.freshness import Freshness
    from storage.audited import AuditRecord
    from storage.database import Database

PAGE = 50
MOST_ROWS = 50_000
"""In one file; who needs more takes it by days."""
A_DAY = timedelta(days=1)
_LONGEST_WHO = 254
_NAMES = ("accion", "quien", "desde", "hasta")
_HEADER = ("numero", "fecha", "quien", "accion", "detalles", "sha256")


class AuditPages:
    """The audit on a page and as a file.

    Args:
        timezone: in which days begin and times are written.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], timezone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._timezone = timezone

    def show(self) -> ResponseReturnValue:
        """Show a page of acts, the newest first."""
        said = self._read_said()
        with self._database.reading() as unit:
            found = list(
                unit.audit.find_page(self._read_filter(said), read_id("despues"), PAGE + 1)
            )
        return render_template(
            "admin/audit.html",
            records=found[:PAGE],
            following=found[PAGE - 1].id if len(found) > PAGE else None,
            is_first="despues" not in request.args,
            said=said,
            acts=ACTS,
            say_act=say_act,
            name_detail=name_detail,
            now=self._clock(),
        )

    def download(self) -> ResponseReturnValue:
        """Give what the filter leaves as CSV, and write down who took it."""
        said, now = self._read_said(), self._clock()
        with self._database.reading() as unit:
            found = unit.audit.find_page(self._read_filter(said), None, MOST_ROWS)
            rows = [self._row(record) for record in found]
        data = BOM.encode() + encode([_HEADER, *rows])
        details: dict[str, str | int] = {
            "filter": " ".join(f"{name}={value}" for name, value in said.items()),
            "rows": len(rows),
            "hash": hashlib.sha256(data).hexdigest(),
        }
        with self._database.unit() as unit:
            unit.audit.add(AuditAction.AUDIT_TAKEN, now, current_user.email, details)
        name = f"bitacora_{now.astimezone(self._timezone):%Y-%m-%d_%H%M}.csv"
        return give_file(data, "text/csv; charset=utf-8", name)

    def _row(self, record: AuditRecord) -> list[str | int]:
        details = record.read_details().items()
        return [
            "" if record.number is None else record.number,
            record.at.astimezone(self._timezone).isoformat(timespec="seconds"),
            record.who,
            say_act(record.action),
            "; ".join(f"{name_detail(name)}: {value}" for name, value in details),
            "" if record.hash is None else record.hash.hex(),
        ]

    def _read_said(self) -> dict[str, str]:
        """Give what of the filter in the address means something."""
        typed = {name: request.args.get(name, "").strip() for name in _NAMES}
        is_understood = {
            "accion": typed["accion"] in {act.value for act in ACTS},
            "quien": typed["quien"].isprintable() and len(typed["quien"]) <= _LONGEST_WHO,
            "desde": read_day(typed["desde"], self._timezone) is not None,
            "hasta": read_day(typed["hasta"], self._timezone) is not None,
        }
        return {name: value for name, value in typed.items() if value and is_understood[name]}

    def _read_filter(self, said: dict[str, str]) -> AuditFilter:
        until = read_day(said.get("hasta", ""), self._timezone)
        return AuditFilter(
            action=said.get("accion", ""),
            who=said.get("quien", ""),
            since=read_day(said.get("desde", ""), self._timezone),
            until=until and until + A_DAY,
        )


def add_audit(blueprint: Blueprint, pages: AuditPages, freshness: Freshness) -> None:
    """Serve the page and the file."""
    read = permission(Permission.READ_AUDIT)
    blueprint.add_url_rule("/bitacora", "audit", read(pages.show))
    blueprint.add_url_rule("/bitacora.csv", "audit_file", read(freshness.before(pages.download)))
