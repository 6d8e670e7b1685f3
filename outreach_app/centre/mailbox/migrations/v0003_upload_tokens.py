"""A token for each upload in progress, and when a chunk of it came last.

Uploads that are in progress while the schema is brought up to date have no token: they begin anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forget uploads in progress, add the columns."""
    op.execute(sa.text("DELETE FROM chunks WHERE sha512 IN (SELECT sha512 FROM uploads)"))
    op.execute(sa.text("DELETE FROM uploads"))
    op.add_column("uploads", sa.Column("token", sa.String(32), nullable=False, server_default=""))
    op.add_column("uploads", sa.Column("moved_at", sa.String(20), nullable=False, server_default=""))
