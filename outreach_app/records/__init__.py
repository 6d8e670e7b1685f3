"""What a laptop keeps in its vault: plain functions with SQL, one module per noun."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"
