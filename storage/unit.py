"""A unit of work: the repositories that share one transaction."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from storage.repositories.allowances import Allowances
from storage.repositories.api_tokens import ApiTokens
from storage.repositories.approvals import Approvals
from storage.repositories.audit import Audit
from storage.repositories.broadcasts import Broadcasts
from storage.repositories.captures import Captures
from storage.repositories.consultations import Consultations
from storage.repositories.contacts import Contacts
from storage.repositories.deletions import Deletions
from storage.repositories.dossiers import Dossiers
from storage.repositories.due_chores import DueChores
from storage.repositories.due_work import DueWorkRows
from storage.repositories.endings import Endings
from storage.repositories.export_jobs import ExportJobs
from storage.repositories.heartbeats import Heartbeats
from storage.repositories.leaders import Leaders
from storage.repositories.links import Links
from storage.repositories.media import MediaRows
from storage.repositories.outbox import OutboxRows
from storage.repositories.phones import Phones
from storage.repositories.presets import Presets
from storage.repositories.progress import Progress
from storage.repositories.proposals import Proposals
from storage.repositories.recordings import Recordings
from storage.repositories.referrals import Referrals
from storage.repositories.reports import Reports
from storage.repositories.retention import Retention
from storage.repositories.rollups import Rollups
from storage.repositories.sending import Sending
from storage.repositories.sign_ins import SignIns
from storage.repositories.translations import Translations
from storage.repositories.voice_notes import VoiceNotes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.rekeying import Rekeying
    from storage.repositories.second_steps import SecondSteps
    from storage.repositories.staff import Staff
    from storage.repositories.visits import Visits
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
    def api_tokens(self) -> ApiTokens:
        """Who may read by the API."""
        return ApiTokens(self._session, self.audit)

    @cached_property
    def approvals(self) -> Approvals:
        """What waits for a second person."""
        return Approvals(self._session, self.audit)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        """Who is invited."""
        return Broadcasts(self._session, self._sealer, self.due_chores)

    @cached_property
    def consultations(self) -> Consultations:
        """What is asked."""
        return Consultations(self._session, self.audit, self.due_chores)

    @cached_property
    def deletions(self) -> Deletions:
        """What was deleted, and is again after a restore."""
        return Deletions(self._session)

    @cached_property
    def due_chores(self) -> DueChores:
        """What is to be done, and when."""
        return DueChores(self._session)

    @cached_property
    def endings(self) -> Endings:
        """What becomes of conversations that nobody goes on with."""
        return Endings(self._session)

    @cached_property
    def heartbeats(self) -> Heartbeats:
        """Which processes live."""
        return Heartbeats(self._session)

    @cached_property
    def captures(self) -> Captures:
        """What clerks typed."""
        return Captures(self._session, self.audit)

    @cached_property
    def contacts(self) -> Contacts:
        """Whose number it is, and what it agreed to."""
        return Contacts(self._session, self._sealer)

    @cached_property
    def dossiers(self) -> Dossiers:
        """What one person answered."""
        return Dossiers(self._session, self._sealer)

    @cached_property
    def allowances(self) -> Allowances:
        """What may still be sent today."""
        return Allowances(self._session)

    @cached_property
    def due_work(self) -> DueWorkRows:
        """What is to be looked at, and when."""
        return DueWorkRows(self._session, self._sealer)

    @cached_property
    def export_jobs(self) -> ExportJobs:
        """Files that are made while nobody waits."""
        return ExportJobs(self._session, self._sealer)

    @cached_property
    def leaders(self) -> Leaders:
        """Who brings people in."""
        return Leaders(self._session, self.audit)

    @cached_property
    def links(self) -> Links:
        """Who was taken for one."""
        return Links(self._session, self._sealer, self.audit)

    @cached_property
    def media(self) -> MediaRows:
        """What was sent that is not text."""
        return MediaRows(self._session, self._sealer)

    @cached_property
    def outbox(self) -> OutboxRows:
        """What is to be sent."""
        return OutboxRows(self._session, self._sealer)

    @cached_property
    def phones(self) -> Phones:
        """What a phone shows."""
        return Phones(self._session, self._sealer)

    @cached_property
    def presets(self) -> Presets:
        """What staff take out again and again."""
        return Presets(self._session)

    @cached_property
    def progress(self) -> Progress:
        """How consultations get on."""
        return Progress(self._session)

    @cached_property
    def proposals(self) -> Proposals:
        """What was proposed, and what is decided about it."""
        return Proposals(self._session, self._sealer)

    @cached_property
    def recordings(self) -> Recordings:
        """What is read aloud."""
        return Recordings(self._session, self.audit)

    @cached_property
    def referrals(self) -> Referrals:
        """What was written beside the consultation."""
        return Referrals(self._session, self._sealer, self.audit)

    @cached_property
    def rekeying(self) -> Rekeying:
        """What is kept under which key."""
        from storage.rekeying import Rekeying  # noqa: PLC0415 - loads Flask-Security

        return Rekeying(self._session, self._sealer)

    @cached_property
    def reports(self) -> Reports:
        """What people answered, all together."""
        return Reports(self._session, self._sealer)

    @cached_property
    def retention(self) -> Retention:
        """What is not kept for ever."""
        return Retention(self._session)

    @cached_property
    def rollups(self) -> Rollups:
        """Figures counted ahead."""
        return Rollups(self._session)

    @cached_property
    def sending(self) -> Sending:
        """What staff see and do about it."""
        return Sending(self._session, self.audit)

    @cached_property
    def sign_ins(self) -> SignIns:
        """Wrong passwords."""
        return SignIns(self._session)

    @cached_property
    def second_steps(self) -> SecondSteps:
        """What who works here needs beside a password."""
        from storage.repositories.second_steps import SecondSteps  # noqa: PLC0415 - as `staff`

        return SecondSteps(self._session, self._sealer)

    @cached_property
    def staff(self) -> Staff:
        """Who works here."""
        from storage.repositories.staff import Staff  # noqa: PLC0415 - loads Flask-Security

        return Staff(self._session)

    @cached_property
    def translations(self) -> Translations:
        """What is said in other languages, as far as it has come."""
        return Translations(self._session)

    @cached_property
    def visits(self) -> Visits:
        """Where who works here is signed in."""
        from storage.repositories.visits import Visits  # noqa: PLC0415 - loads Flask-Security

        return Visits(self._session)

    @cached_property
    def voice_notes(self) -> VoiceNotes:
        """What was said aloud."""
        return VoiceNotes(self._session, self._sealer, self.audit)
