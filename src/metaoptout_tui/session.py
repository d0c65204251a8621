"""One sitting: what the person says happened, written into the record.

The only door from the screen and the command line to the record, and to what is computed from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.accounts import Accounts
from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core import text, when
from metaoptout_tui.core.answers import ABOUT_AN_OBJECTION, check_order, check_when
from metaoptout_tui.core.clocks import arrival, went_by_post
from metaoptout_tui.core.diary import KINDS, NO_FIELDS, Event, in_force
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.evidence import exhibits
from metaoptout_tui.core.overview import Overview, overview
from metaoptout_tui.core.periods import Period
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.states import FINISHED
from metaoptout_tui.guidance.public_holidays import public_holiday
from metaoptout_tui.keeping import NOTHING_BESIDE, Beside

if TYPE_CHECKING:  # imported when a letter is written
    from metaoptout_tui.core.letters import LetterFacts

NOTE_LIMIT, REASON_LIMIT = 4_000, 4_000


class Filing(NamedTuple):
    """What a person says they sent: with which form, e-mail address and reason, and when (None: now)."""

    form: str = ""
    email: str = ""
    reason: str = ""
    at: datetime | None = None


class Reply(NamedTuple):
    """What came back: its kind, when (None: now), a reference and a note if there are any, and fields of the kind.

    `what` and `fields` are those of an `answers.Answer`.
    """

    what: str
    at: datetime | None = None
    reference: str = ""
    note: str = ""
    fields: Mapping[str, object] = NO_FIELDS


class Posted(NamedTuple):
    """A letter that a person says they sent: the kind of entry, when (None: now), how, and to which authority.

    `by` is `letter` for one that went by post, else empty; `draft` is the key under which the letter was kept. `words` is
    all of it as it went out, subject and text, and `name` what to call the file that keeps it; both empty where unknown.
    """

    what: str
    at: datetime | None = None
    by: str = ""
    authority: str = ""
    draft: str = ""
    name: str = ""
    words: str = ""


class Session(Accounts):
    """The record while the program is open, and all that a person can say about it.

    `beside` is what can be put beside the record.
    """

    def __init__(
        self,
        progress: Progress,
        playbook: Playbook,
        *,
        clock: Clock = system_clock,
        save: Callable[[Progress], Progress],
        beside: Beside = NOTHING_BESIDE,
        read_only: str = "",
        is_new: bool = False,
    ) -> None:
        super().__init__(progress, playbook, clock=clock, save=save, beside=beside, read_only=read_only, is_new=is_new)
        self._seen: tuple[Progress, datetime, Overview] | None = None

    def overview(self) -> Overview:
        """Everything computed from the record and the clock; the same value within one minute of no change."""
        now = self.now()
        minute = now.replace(second=0, microsecond=0)
        if self._seen is None or self._seen[0] is not self.progress or self._seen[1] != minute:
            self._seen = (self.progress, minute, overview(self.progress, self.playbook, now, public_holiday))
        return self._seen[2]

    def use_guidance(self, playbook: Playbook) -> None:
        """Compute with another edition of the guidance from now on; the record is not touched."""
        self.playbook = playbook
        self._seen = None

    def periods(self, id: str) -> tuple[Period, ...]:
        """The legal periods since an account's own objection, each with its working; empty where none runs or ran.

        The first call loads the public holidays, some 120 ms.
        """
        standing = self.overview().standing(id)
        found = (clock.period(public_holiday) for clock in (standing.clocks if standing else ()))
        return tuple(period for period in found if period is not None)

    # The walk

    def tick(self, id: str, step: str) -> None:
        """The person says a step is done."""
        self.record(id, "step-done", {"step": step}, step=step, name="a tick")

    def list_complete(self, id: str) -> None:
        """The person says that the list of accounts is complete: it is one list, so no other account asks for it again."""
        progress = self.progress
        for standing in self.overview().standings:
            step = standing.step("identify")
            if step is not None and (step.state not in FINISHED or standing.account.id == id):
                done = self._event("step-done", {"step": "identify"})
                progress = progress.with_account(self.account(standing.account.id).with_event(done))
        self._change(progress, "a tick", id, "identify")

    def untick(self, id: str, step: str) -> None:
        """Take back what established a step; the entries stay in the diary, followed by this one."""
        self.record(id, "step-reopened", {"step": step}, step=step, name="taking back a tick")

    def skip(self, id: str, step: str) -> None:
        """Leave a step out, which is written down as such."""
        self.record(id, "step-skipped", {"step": step}, step=step, name="skipping")

    def note(self, id: str, step: str, note: str) -> None:
        """Write a note to a step."""
        words = text.block(note, NOTE_LIMIT).strip()
        if not words:
            raise InputRefused("There is nothing to note yet.")
        self.record(id, "noted", {"step": step, "text": words}, step=step, name="a note", draft=f"note:{id}:{step}")

    def file(self, id: str, filing: Filing) -> None:
        """The person says they pressed Send."""
        account, _ = self._filed(id, filing)
        progress = self.progress.with_account(account).with_draft(f"submit:{id}", {})
        self._change(progress, "the objection", id, "submit")

    def reply(self, id: str, reply: Reply) -> None:
        """Write down what came back, or that nothing has come yet.

        Raises InputRefused for a moment that cannot be, and for an answer where nothing was sent that it can be about.
        """
        begun = self._begun(id, reply.what)
        at = check_when(reply.what, reply.at, begun, self.now()) if reply.at else None
        fields = {
            **reply.fields,
            "reference": text.line(reply.reference),
            "note": text.block(reply.note, NOTE_LIMIT).strip(),
        }
        self.record(id, reply.what, fields, at=at, step="confirm", name="the answer", draft=f"confirm:{id}")

    def send(self, id: str, letter: Posted) -> None:
        """Write down that a letter was sent, keep its text as evidence of that, and take away its draft.

        One change: undo takes back both entries, while the file stays, as every kept one does. Where the text cannot be
        kept, that it was sent is written down all the same, its draft stays, and the person is told. Raises InputRefused
        for a moment that cannot be, and for a letter about an objection where none was sent.
        """
        self.must_write()
        if letter.what == "filed":
            email = self.account(id).email or self.progress.person.email
            account, sent = self._filed(id, Filing(letter.by, email, at=letter.at))
        else:
            account, sent = self._sent(id, letter)
        drafts = {letter.draft, *([f"submit:{id}"] if letter.what == "filed" else [])}
        if letter.words.strip():
            try:
                account = self._with_text(account, sent, letter.name, letter.words)
            except StorageError as error:
                drafts.discard(letter.draft)
                kept = "That you sent it is recorded; what you changed in it still stands in the letter."
                self.tell(str(StorageError(error.what, kept=kept, todo=error.todo)))
        progress = self.progress.with_account(account)
        for draft in drafts:
            progress = progress.with_draft(draft, {})
        self._change(progress, "the letter", id, "submit" if letter.what == "filed" else "confirm")

    def letter_facts(self, id: str, *, authority: str = "") -> "LetterFacts":
        """What the diary of an account holds for its letters, with the files kept for it."""
        from metaoptout_tui.core.letters import letter_facts

        standing = self.overview().standing(id)
        if standing is None:
            raise InputRefused("This account is not in the record any more.")
        kept = tuple(each.file for each in exhibits(self.progress) if each.account.id == id)
        today = self.now().date()
        return letter_facts(
            standing, self.progress, self.playbook, today, public_holiday, authority=authority, attachments=kept
        )

    def answer(self, id: str, point: str, answer: str) -> None:
        """Answer one point of a review."""
        self.record(id, "review-answered", {"point": point, "answer": answer}, step="review", name="an answer")

    def recheck(self, id: str) -> None:
        """The person looked at the objection in force for an account again and leaves it as it is."""
        self.record(id, "rechecked", step="confirm", name="the check")

    def move_to_meta_account(self, ids: Iterable[str], at: datetime | None = None) -> tuple[Account, ...]:
        """Accounts were moved to Meta Account at a moment (None: now), in one change; those it was written down for.

        An account for which it is written down already is left alone. Raises InputRefused where that leaves none.
        """
        moved = [
            account.with_event(self._event("moved-to-meta-account", {}, at))
            for account in map(self.account, ids)
            if not any(event.what == "moved-to-meta-account" for event in in_force(account.events))
        ]
        if not moved:
            raise InputRefused(
                "That is in the diary already.", todo="Correct its date there if it is not the right one."
            )
        progress = self.progress
        for account in moved:
            progress = progress.with_account(account)
        self._change(progress, "the move to Meta Account", moved[0].id)
        return tuple(moved)

    def review_chats(self, id: str, chats: Iterable[Mapping[str, object]]) -> None:
        """Write down what was found in exported chats, one entry for each with its counts, dates, file name and SHA-256.

        One change and one moment, so that undo takes back all of it and it is read as one scan.
        """
        account, now = self.account(id), self.now()
        for fields in chats:
            account = account.with_event(self._event("reviewed-chats", fields, now))
        if account is not self.account(id):
            self._change(self.progress.with_account(account), "the scanned chats", id, "review")

    def letter_arrived(self, id: str, entry: str, at: datetime) -> None:
        """Write down when a posted letter arrived, from which day its period counts.

        Raises InputRefused for an entry that is no posted letter, and for a day before it was sent.
        """
        letter = next((each for each in in_force(self.account(id).events) if each.id == entry), None)
        if letter is None or not went_by_post(letter):
            raise InputRefused("This was not sent by post, so it counts from the day it was sent.")
        if at.date() < letter.at.date():
            raise InputRefused(f"{when.full_day(at.date())} is before it was sent, {when.full_day(letter.at.date())}.")
        self.record(id, "letter-arrived", {"of": entry}, at=at, step="confirm", name="the arrival of the letter")

    def correct_date(self, id: str, entry: str, to: datetime) -> None:
        """Put right when an entry happened; the entry itself stays as it was written.

        Raises InputRefused for a moment that cannot be, also where it would put an objection after what came of it.
        """
        self._not_in_future(to)
        account = self.account(id)
        written = next((each for each in account.events if each.id == entry), None)
        if written is not None and written.what in ABOUT_AN_OBJECTION | {"filed"}:
            check_when("filed", to, None, self.now())
        corrected = account.with_event(self._event("date-corrected", {"entry": entry, "to": to}))
        before, after = in_force(account.events), in_force(corrected.events)
        check_order(before, after, self.now())
        if _arrivals(before) - _arrivals(after):
            raise InputRefused("That would put the arrival of a letter before the day it was sent.")
        self.record(id, "date-corrected", {"entry": entry, "to": to}, name="the date")

    # Inside

    def _filed(self, id: str, filing: Filing) -> tuple[Account, Event]:
        """An account with an objection that was sent for it, and the entry of that."""
        account, email = self.account(id), self._email(filing.email)
        fields = {"form": filing.form, "email": email, "reason": text.block(filing.reason, REASON_LIMIT).strip()}
        if email and not account.email:
            account = replace(account, email=email)
        if filing.at is not None:
            check_when("filed", filing.at, None, self.now())
        event = self._event("filed", fields, filing.at)
        return account.with_event(event), event

    def _sent(self, id: str, letter: Posted) -> tuple[Account, Event]:
        """An account with a letter that was sent about an objection, and the entry of that."""
        begun = self._begun(id, letter.what)
        at = check_when(letter.what, letter.at, begun, self.now()) if letter.at else None
        given = {"by": letter.by, "authority": text.line(letter.authority)}
        fields = {name: value for name, value in given.items() if name in KINDS[letter.what].may}
        event = self._event(letter.what, fields, at)
        return self.account(id).with_event(event), event

    def _begun(self, id: str, what: str) -> Event:
        """What an entry of a kind can be about at the earliest; InputRefused where there is nothing.

        That is the first objection that was sent for the account itself. Where none was, another's may cover it: whether
        that was applied can be asked, and what came of the question be written down.
        """
        filed = next((event for event in in_force(self.account(id).events) if event.what == "filed"), None)
        standing = self.overview().standing(id)
        if filed is not None or standing is None:
            begun = filed
        elif what == "asked-applied" and standing.covered_by:
            begun = standing.filing
        else:
            begun = standing.question
        if begun is None:
            raise InputRefused("Nothing is filed for this account. Record the objection first, then what came of it.")
        return begun


def _arrivals(entries: Iterable[Event]) -> set[str]:
    """The letters of which it is known when they arrived."""
    return {each.id for each in entries if arrival(each) is not None}
