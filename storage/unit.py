"""A unit of work: the repositories that share one transaction."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from storage.repositories.audit import Audit
from storage.repositories.consultations import Consultations
from storage.repositories.reports import Reports
from storage.repositories.sign_ins import SignIns

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.sealing import Sealer


class Unit:
    """What can be done in one transaction. Made by `Database`, which alone commits."""

    def __init__(self, session: Session, sealer: Sealer) -> None:
        self._session = session
        self._sealer = sealer

    @cached_property
    def audit(self) -> Audit:
        """Who did what."""
        return Audit(self._session)

    @cached_property
    def consultations(self) -> Consultations:
        """What is asked."""
        return Consultations(self._session, self.audit)

    @cached_property
    def reports(self) -> Reports:
        """Whole consultations, as tables and pages read them."""
        return Reports(self._session, self._sealer)

    @cached_property
    def sign_ins(self) -> SignIns:
        """Wrong passwords."""
        return SignIns(self._session)
