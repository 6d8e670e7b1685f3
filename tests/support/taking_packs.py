"""Taking a publication in tests as ``packs_road`` does, without a road."""

from __future__ import annotations

from outreach_app.leaflets.directory import HOTLINE, help_lines
from outreach_app.services.packs import PackTaken
from outreach_app.services.packs_road import checked_content
from outreach_app.sync.packs.client import Published
from tests.support.content_packs import published, small_pack
from tests.support.sessions import Laptop

SHIPPED_NUMBER = "+45 70 20 25 50"


def number_shown() -> str:
    return help_lines().line(HOTLINE).number


def take(laptop: Laptop, number: int = 1, content: bytes | None = None, **changes: object) -> PackTaken:
    """Take a pack, a small one unless given, published under ``number``."""
    return offered(laptop, published(content or small_pack(number), number, **changes))


def offered(laptop: Laptop, found: Published) -> PackTaken:
    """Read its content, then keep it."""
    checked, refused = checked_content(found, laptop.session.packs.known())
    return laptop.session.packs.take(found, checked, refused)


def content_audited(laptop: Laptop) -> list[str]:
    """Return what the record of use says of content that came."""
    found = laptop.db.execute("SELECT detail FROM audit WHERE action = 'content_taken' ORDER BY seq")
    return [row[0] for row in found]
