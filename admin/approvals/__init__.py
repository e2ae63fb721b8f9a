"""What takes a second person, one file each, by the names that the audit uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.approvals.beginning import Beginning
from admin.approvals.inviting import Inviting
from admin.approvals.publishing import Publishing
from admin.approvals.restoring import Restoring
from admin.approvals.resuming import Resuming

if TYPE_CHECKING:
    from admin.approvals.base import Act

ACTS: dict[str, Act] = {
    "invitations:resume": Resuming(),
    "invitations:send": Inviting(),
    "script:begin": Beginning(),
    "script:publish": Publishing(),
    "script:restore": Restoring(),
}
