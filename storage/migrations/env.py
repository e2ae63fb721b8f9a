"""How Alembic runs here: on the connection, and in the transaction, that it is given."""

from alembic import context

import storage.models.staff  # noqa: F401 - its tables belong to the metadata
from storage.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
