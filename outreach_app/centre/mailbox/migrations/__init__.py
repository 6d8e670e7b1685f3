"""Steps of the mailbox's schema, as ordinary modules, so that they ride in a wheel and in a frozen program alike.

Alembic usually loads steps from files; here they are imported, and Alembic keeps its table of what was done.
"""

from __future__ import annotations

from types import ModuleType

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import Script
from alembic.script.revision import RevisionMap
from sqlalchemy import Connection, text

from outreach_app.centre.mailbox.errors import StoreUnusableError
from outreach_app.centre.mailbox.migrations import v0001_first, v0002_chunks, v0003_upload_tokens
from outreach_app.errors import BugError

STEPS: tuple[ModuleType, ...] = (v0001_first, v0002_chunks, v0003_upload_tokens)
_LOCK = 0x6F757472  # any number of our own; held while a PostgreSQL schema is changed


def migrate(connection: Connection, steps: tuple[ModuleType, ...] = STEPS) -> None:
    """Bring the schema up to date inside the connection's transaction; several workers may start at once."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    scripts = [Script(step, step.revision, step.__name__) for step in steps]
    by_name = RevisionMap(lambda: scripts)

    known = [script.revision for script in scripts]
    if by_name.heads != (known[-1],):  # asking also makes the map ready for use
        raise BugError("the steps of the schema are not one line")

    def missing(done: tuple[str, ...], _context: MigrationContext) -> list[MigrationStep]:
        if done and done[0] not in known:
            raise StoreUnusableError(reason="made by a newer version")
        start = known.index(done[0]) + 1 if done else 0
        return [MigrationStep.upgrade_from_script(by_name, script) for script in scripts[start:]]

    context = MigrationContext.configure(connection, opts={"fn": missing})
    with Operations.context(context):
        context.run_migrations()
