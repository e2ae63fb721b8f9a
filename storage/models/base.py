"""What every table shares: names of constraints, and the column types of Python types."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase

from storage.times import UtcDateTime

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""The hot path tells a lost race from a fault by the name of the constraint."""


class Base(DeclarativeBase):
    """The root of all tables. Columns called `sealed_…` are encrypted by `storage.sealing`."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        UUID: Uuid,
        str: Text,
        bytes: LargeBinary,
    }
