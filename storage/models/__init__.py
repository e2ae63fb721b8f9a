"""The tables. `staff` is loaded apart, by the admin and the migrations."""

from storage.models.api_tokens import ApiToken
from storage.models.approvals import ApprovalRequest
from storage.models.base import Base
from storage.models.broadcasts import Broadcast, Invitee
from storage.models.captures import Capture
from storage.models.consultations import Consultation, Edition, Revision
from storage.models.delivery import (
    Allowance,
    Claim,
    Dialog,
    DueChore,
    DueWork,
    Halt,
    Heartbeat,
    Outbox,
    Pace,
)
from storage.models.export_jobs import ExportJob, ExportPiece
from storage.models.leaders import Assembly, Leader
from storage.models.links import ContactLink, LinkCode, LinkTry
from storage.models.media import Media
from storage.models.oversight import AuditEvent
from storage.models.people import (
    Address,
    AddressHash,
    Contact,
    Deletion,
    LanguageDemand,
    Person,
    Suppression,
)
from storage.models.presets import ExportPreset
from storage.models.recordings import Recording
from storage.models.referrals import Referral
from storage.models.reviews import ProposalReview
from storage.models.rollups import Rollup
from storage.models.sessions import Answer, Message, Proposal, Session
from storage.models.sign_ins import SignInAttempts
from storage.models.translations import Translation
from storage.models.voice_notes import VoiceNote

__all__ = [
    "Address",
    "AddressHash",
    "Allowance",
    "Answer",
    "ApiToken",
    "ApprovalRequest",
    "Assembly",
    "AuditEvent",
    "Base",
    "Broadcast",
    "Capture",
    "Claim",
    "Consultation",
    "Contact",
    "ContactLink",
    "Deletion",
    "Dialog",
    "DueChore",
    "DueWork",
    "Edition",
    "ExportJob",
    "ExportPiece",
    "ExportPreset",
    "Halt",
    "Heartbeat",
    "Invitee",
    "LanguageDemand",
    "Leader",
    "LinkCode",
    "LinkTry",
    "Media",
    "Message",
    "Outbox",
    "Pace",
    "Person",
    "Proposal",
    "ProposalReview",
    "Recording",
    "Referral",
    "Revision",
    "Rollup",
    "Session",
    "SignInAttempts",
    "Suppression",
    "Translation",
    "VoiceNote",
]
