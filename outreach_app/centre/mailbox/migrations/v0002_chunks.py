"""Large batches as rows of 256 KiB, uploads in progress, letters of the desk, files of content packs.

Batches above 1 MiB that lie in one row are cut into chunks inside the database; their ``data`` is empty afterwards.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_CHUNK = 256 << 10
_ONE_ROW = 1 << 20
_BYTES_COLUMNS = ("batches", "chunks", "letters", "pack_chunks")


def upgrade() -> None:
    """Create the tables, then cut what is too large for one row."""
    _create_chunks("chunks", sa.Column("sha512", sa.String(128), primary_key=True))
    _create_uploads()
    op.create_table(
        "letters",
        sa.Column("device", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "pack_files",
        sa.Column("name", sa.String(191), primary_key=True),
        sa.Column("sha512", sa.String(128), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
    )
    _create_chunks("pack_chunks", sa.Column("name", sa.String(191), primary_key=True))
    if op.get_bind().dialect.name == "postgresql":
        _keep_as_it_is()
    _cut_large_batches()


def _create_chunks(table: str, owner: sa.Column[str]) -> None:
    op.create_table(
        table,
        owner,
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def _create_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("sha512", sa.String(128), primary_key=True),
        sa.Column("device", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.String(20), nullable=False),
        sa.Column("opening", sa.LargeBinary, nullable=False),
    )
    op.create_index("uploads_device", "uploads", ["device"])
    op.create_index("uploads_opened_at", "uploads", ["opened_at"])


def _keep_as_it_is() -> None:
    """Sealed bytes cannot be compressed: PostgreSQL need not try."""
    for table in _BYTES_COLUMNS:
        op.execute(sa.text(f"ALTER TABLE {table} ALTER COLUMN data SET STORAGE EXTERNAL"))


def _cut_large_batches() -> None:
    connection = op.get_bind()
    large = sa.text("SELECT sha512, length(data) FROM batches WHERE length(data) > :most ORDER BY number")
    cut = sa.text(
        "INSERT INTO chunks (sha512, place, data)"
        " SELECT sha512, :place, substr(data, :start, :chunk) FROM batches WHERE sha512 = :sha512"
    )
    empty = sa.text("UPDATE batches SET data = substr(data, 1, 0) WHERE sha512 = :sha512")
    for sha512, length in connection.execute(large, {"most": _ONE_ROW}).all():
        for place in range(-(-length // _CHUNK)):
            values = {"sha512": sha512, "place": place, "start": place * _CHUNK + 1, "chunk": _CHUNK}
            connection.execute(cut, values)
        connection.execute(empty, {"sha512": sha512})
