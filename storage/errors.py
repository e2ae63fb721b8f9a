"""What may go wrong below the border. No message holds a value, only names, codes and advice."""

from __future__ import annotations


class StorageError(Exception):
    """The root of what storage raises."""


class DatabaseAwayError(StorageError):
    """The database cannot be reached now, or is locked: trying later makes sense."""


class EncodingError(StorageError):
    """The database keeps another encoding than UTF-8: it would refuse or garble what people say."""


class StatementError(StorageError):
    """A statement of ours was refused: our own fault.

    The driver's own exception is dropped, as its text may quote what was written.
    """

    def __init__(self, code: str, constraint: str) -> None:
        super().__init__(f"statement refused: {code} {constraint}".rstrip())
        self.code = code
        self.constraint = constraint


class OvertakenError(StorageError):
    """Somebody else changed the same thing meanwhile; read again and decide anew."""
