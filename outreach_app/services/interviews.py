"""The basis for the CMM interview: her story under its topics, as far as she tells it, so as not to repeat it all."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import UnknownCodeError
from outreach_app.domain.texts import NOTE_LIMIT, check_text
from outreach_app.records import contacts, interviews
from outreach_app.services.leaving import begin_leaving
from outreach_app.services.parts import Parts
from outreach_app.services.reading import ReadEntries


class Interviews:
    """The verbs of the basis."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._reads = ReadEntries(parts)

    def find_topics(self, contact_id: str) -> Mapping[str, str]:
        """Return her words by topic, a code of ``interview_topics``; the audit says that they were read."""
        with self._parts.vault.read() as db:
            kept = contacts.kept_id(db, contact_id)
            found = interviews.find_topics(db, kept)
        if found:
            self._reads.add("read", kept, "interview")
        return found

    def keep_topics(self, contact_id: str, topics: Mapping[str, str]) -> Changes:
        """Keep her words, in place of what stood there; a topic without words is left out.

        Where words of a topic went, old pages and backups follow when leaving is finished next.

        Raises:
            UnknownCodeError: no such topic. TextTooLongError, TextNotUsableError. NotFoundError: no such contact.
        """
        known = self._parts.code_lists["interview_topics"]
        for topic in topics:
            if not known.has(topic):
                raise UnknownCodeError(code=topic, list=known.name)
        checked = {topic: check_text(words.strip(), topic, NOTE_LIMIT) for topic, words in topics.items()}
        with self._parts.vault.transaction() as db:
            kept = contacts.require_kept(db, contact_id)
            told = {topic: words for topic, words in checked.items() if words}
            if interviews.find_topics(db, kept.id).keys() - told.keys():
                begin_leaving(self._parts)
            interviews.keep_topics(db, kept.id, told, self._parts.worker.id, self._parts.now_text())
            self._parts.vault.audit("changed", kept.id, "interview")
        return Changes(casework=True)
