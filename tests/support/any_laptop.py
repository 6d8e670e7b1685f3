"""A laptop on which everything may be done that concerns the centre, and what must be gone from the desk for it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from outreach_app.centre.desk.letters import letters_to, write_letters
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from outreach_app.records import MIGRATIONS, packs
from outreach_app.records.packs import KeysRow
from outreach_app.services.session import Session
from outreach_app.vault.backups import list_backups, make_backup
from outreach_app.vault.restoring import restore_backup
from tests.support.any_centre import Centre
from tests.support.sessions import Laptop, met
from tests.support.vaults import PASSPHRASE

LEVELS = (ConsentLevel.CODED, ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL)


@dataclass
class Side:
    """One laptop: what happened on it, and what must be gone from the desk at the end."""

    laptop: Laptop
    centre: Centre
    order: random.Random
    made: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    gone_ids: set[str] = field(default_factory=set)
    floors: dict[str, int] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)
    lost: list[bytes] = field(default_factory=list)
    put_back: bool = False

    @property
    def session(self) -> Any:
        return self.laptop.session

    @property
    def device(self) -> str:
        return str(self.session.sending.device())

    def close(self) -> None:
        """Close the vault of this moment: it may have been put back since it was opened."""
        self.session.close()

    def rows(self, sql: str, *values: object) -> list[Any]:
        return list(self.laptop.db.execute(sql, values).fetchall())

    def contact(self, at: int) -> str:
        found = [row[0] for row in self.rows("SELECT id FROM contacts ORDER BY created_at, id")]
        return found[at % len(found)] if found else self.begin()

    def note(self, at: int) -> str:
        found = [row[0] for row in self.rows("SELECT id FROM encounters ORDER BY seq")]
        return found[at % len(found)] if found else self.meet(at, 0)

    def begin(self) -> str:
        contact = self.session.contacts.record_contact(f"Person {self.order.random()}").id
        self.session.contacts.record_identity(contact, Identity(f"True name of {contact}", "why"))
        return str(contact)

    def meet(self, at: int, level: int) -> str:
        level_of = LEVELS[level % 3]
        more = {"recipient": "police"} if level_of is ConsentLevel.REFERRAL else {}
        words = f"secret{self.order.getrandbits(40):x}"
        met_now = met(words, contact_id=self.contact(at), consent=level_of, **more)
        return str(self.session.encounters.finish_encounter(met_now).id)

    def amend(self, at: int, other: int) -> None:
        content = self.session.encounters.find_encounter(self.note(at)).current.content
        changed = replace(content, note=f"{content.note} again{other}")
        self.session.encounters.amend_encounter(self.note(at), changed, f"again {other}")

    def lower(self, at: int, _other: int) -> None:
        """She agrees to codes only; where nothing of the note had left, its words never may."""
        note = self.note(at)
        content = self.session.encounters.find_encounter(note).current.content
        left = self.rows(
            "SELECT 1 FROM batch_records r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq"
            " WHERE r.record_id = ? AND b.sent_at IS NOT NULL", note,
        )  # fmt: skip
        lowered = replace(content, consent=ConsentLevel.CODED, recipient="")
        self.session.encounters.amend_encounter(note, lowered, "less")
        words = content.note.split()[0]
        if not left and not self.put_back and words.startswith("secret"):  # else they were blanked
            self.unsaid.append(words)

    def merge(self, one: int, other: int) -> None:
        self.made.append(self.session.grouping.merge_contacts(self.contact(one), self.contact(other)).id)

    def split(self, at: int, _other: int) -> None:
        row = self.rows("SELECT contact_id FROM encounters WHERE id = ?", self.note(at))[0]
        self.made.append(self.session.grouping.split_contact(row[0], [self.note(at)], f"{self.order.random()}").id)

    def undo(self, at: int, _other: int) -> None:
        if self.made:
            self.session.grouping.undo_regrouping(self.made[at % len(self.made)])

    def erase(self, at: int, _other: int) -> None:
        contact = self.contact(at)
        same = "coalesce(merged_into, id) = (SELECT coalesce(merged_into, id) FROM contacts WHERE id = ?)"
        members = [row[0] for row in self.rows(f"SELECT id FROM contacts WHERE {same}", contact)]
        marks = ", ".join("?" * len(members))
        names = self.rows(f"SELECT name FROM identities WHERE contact_id IN ({marks})", *members)
        notes = self.rows(f"SELECT id FROM encounters WHERE contact_id IN ({marks})", *members)
        self.session.erasing.erase_contact(contact, "asked")
        self.gone += [*(row[0] for row in names), *members]
        self.gone_ids |= {*members, *(row[0] for row in notes)}

    def blank(self, at: int, _other: int) -> None:
        note = self.note(at)
        current = self.session.encounters.find_encounter(note).current
        words = current.content.note.split()[0]
        if not words.startswith("secret"):  # blanked before
            return
        self.session.erasing.blank(note, words, "asked")
        self.gone.append(words)

    def withdraw(self, at: int, which: int) -> None:
        done = self.session.withdrawing.withdraw(self.contact(at), ("police", "cmm")[which % 2])
        for note in done.withdrawal.notes:
            self.floors[note] = self.session.encounters.find_encounter(note).current.version

    def send(self, at: int, _other: int) -> None:
        """Hand over what waits; of three batches about one gets lost on the way and lies somewhere."""
        rows = list(self.session.sending.to_hand_over())
        self.order.shuffle(rows)
        for row in rows:
            data = self.session.sending.sealed_bytes(row.sha512)
            assert data is not None
            self.session.sending.mark_sent(row.sha512, "stick")
            if at == 0 or (at == 1 and self.order.random() < 0.5):
                self.lost.append(data)
            else:
                self.centre.bring(data)

    def found(self, _at: int, _other: int) -> None:
        for data in self.lost:
            self.centre.bring(data)
        self.lost.clear()

    def fetch(self, _at: int, _other: int) -> None:
        self.centre.remember()
        for row in self.session.sending.unconfirmed():
            receipt = self.centre.answers.get(row.sha512)
            if receipt is not None:
                self.session.sending.take_receipt(row.sha512, receipt)

    def old_receipts(self, _at: int, _other: int) -> None:
        """Take every answer there ever was to this laptop's batches again, in any order, also to batches given up."""
        known = [row[0] for row in self.rows("SELECT sha512 FROM batches ORDER BY epoch, seq")]
        papers = [(name, one) for name in known for one in self.centre.ever_answered.get(name, [])]
        for name, paper in self.order.sample(papers, len(papers)):
            self.session.sending.take_receipt(name, paper)

    def letters(self, _at: int, _other: int) -> None:
        write_letters(self.centre.desk)
        for letter in letters_to(self.centre.desk.vault.connection, self.device):
            self.session.sending.take_letter(letter)

    def carry(self, _at: int, _other: int) -> None:
        self.session.sending.seal()
        self.send(2, 0)
        self.fetch(0, 0)

    def keys(self, _at: int, _other: int) -> None:
        """Take the newest published keys home, as a content pack brings them."""
        if not self.centre.published:
            return
        with self.laptop.vault.transaction() as db:
            if len(packs.list_keys(db)) < len(self.centre.published):
                sealed = db.execute("SELECT count(*) FROM batches").fetchone()[0]
                row = KeysRow(len(self.centre.published), self.laptop.clock.now(), self.centre.published[-1], sealed)
                packs.add_keys(db, row, self.laptop.parts.now_text())

    def shed(self, _at: int, _other: int) -> None:
        self.laptop.clock.advance(40 * 86_400)
        self.session.keeping.shed()

    def back_up(self, _at: int, _other: int) -> None:
        make_backup(self.laptop.vault, clock=self.laptop.clock)

    def restore(self, at: int, _other: int) -> None:
        """Put the laptop back as an earlier backup has it: a new epoch; an erasure leaves no backup from before it."""
        found = list_backups(self.laptop.vault.folder)
        if not found:
            return
        folder, parts = self.laptop.vault.folder, self.laptop.parts
        self.session.close()
        vault = restore_backup(
            folder, PASSPHRASE, found[at % len(found)].name, migrations=MIGRATIONS, clock=self.laptop.clock
        )
        self.laptop.parts = replace(parts, vault=vault)
        self.laptop.session = Session(self.laptop.parts)
        self.put_back = True
        self.floors.clear()  # it may have forgotten a withdrawal
        self.unsaid.clear()  # and that she had agreed to less
