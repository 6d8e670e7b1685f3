"""First schema: batches, receipts, device lists, and the counter that numbers batches without gaps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _create_batches()
    _create_receipts()
    op.create_table(
        "device_lists",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("root", sa.String(128), nullable=False),
    )
    op.execute(sa.text(f"INSERT INTO log (id, size, root) VALUES (1, 0, '{'0' * 128}')"))


def _create_batches() -> None:
    op.create_table(
        "batches",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sha512", sa.String(128), nullable=False, unique=True),
        sa.Column("device", sa.String(32), nullable=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("stored_at", sa.String(20), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("device", "epoch", "seq", name="batches_device_epoch_seq"),
    )


def _create_receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("sha512", sa.String(128), sa.ForeignKey("batches.sha512"), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
