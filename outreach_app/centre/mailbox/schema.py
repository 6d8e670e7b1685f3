"""The mailbox's tables as SQLAlchemy knows them; ``migrations/`` creates them, a test compares the two."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

batches = sa.Table(
    "batches",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("sha512", sa.String(128), nullable=False, unique=True),
    sa.Column("device", sa.String(32), nullable=False),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("stored_at", sa.String(20), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),  # empty when the batch lies in chunks
    sa.UniqueConstraint("device", "epoch", "seq", name="batches_device_epoch_seq"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("sha512", sa.String(128), sa.ForeignKey("batches.sha512"), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

device_lists = sa.Table(
    "device_lists",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

# 256 KiB each: of batches stored in chunks, and of uploads that are not finished.
chunks = sa.Table(
    "chunks",
    metadata,
    sa.Column("sha512", sa.String(128), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

uploads = sa.Table(
    "uploads",
    metadata,
    sa.Column("sha512", sa.String(128), primary_key=True),
    sa.Column("device", sa.String(32), nullable=False),
    sa.Column("opened_at", sa.String(20), nullable=False),
    sa.Column("opening", sa.LargeBinary, nullable=False),
    sa.Column("token", sa.String(32), nullable=False, server_default=""),
    sa.Column("moved_at", sa.String(20), nullable=False, server_default=""),  # when a chunk came last
    sa.Index("uploads_device", "device"),
    sa.Index("uploads_opened_at", "opened_at"),
)

letters = sa.Table(
    "letters",
    metadata,
    sa.Column("device", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

pack_files = sa.Table(
    "pack_files",
    metadata,
    sa.Column("name", sa.String(191), primary_key=True),
    sa.Column("sha512", sa.String(128), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
)

pack_chunks = sa.Table(
    "pack_chunks",
    metadata,
    sa.Column("name", sa.String(191), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

# One row. Writers queue on it, so that numbers have no gaps and appear in their order.
log = sa.Table(
    "log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("root", sa.String(128), nullable=False),
)
