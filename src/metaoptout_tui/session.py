"""One sitting: what the person says happened, written into the record.

The only door from the screen and the command line to the record, and to what is computed from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.clock import Clock, system_clock
from metaoptout_tui.core import text, when
from metaoptout_tui.core.answers import ABOUT_AN_OBJECTION, check_order, check_when
from metaoptout_tui.core.clocks import arrival, went_by_post
from metaoptout_tui.core.diary import KINDS, NO_FIELDS, UNKNOWN, Event, Since, in_force
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.evidence import KeptFile, exhibits
from metaoptout_tui.core.going import Going
from metaoptout_tui.core.overview import Overview, overview
from metaoptout_tui.core.periods import Period
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Person, Progress
from metaoptout_tui.core.states import FINISHED
from metaoptout_tui.guidance.public_holidays import public_holiday
from metaoptout_tui.journal import Journal

if TYPE_CHECKING:  # imported when a letter is written
    from metaoptout_tui.core.letters import LetterFacts

NAME_LIMIT, NOTE_LIMIT, REASON_LIMIT = 80, 4_000, 4_000


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

    `by` is `letter` for one that went by post, else empty; `draft` is the key under which the letter was kept.
    """

    what: str
    at: datetime | None = None
    by: str = ""
    authority: str = ""
    draft: str = ""


class Session(Journal):
    """The record while the program is open, and all that a person can say about it.

    `keep` copies a file into the evidence folder, `write` saves a letter as a text of a name; `is_new` says that nothing
    was recorded before.
    """

    def __init__(
        self,
        progress: Progress,
        playbook: Playbook,
        *,
        clock: Clock = system_clock,
        save: Callable[[Progress], Progress],
        keep: Callable[[Path, Going | None], KeptFile] | None = None,
        write: Callable[[str, str], Path] | None = None,
        read_only: str = "",
        is_new: bool = False,
    ) -> None:
        super().__init__(progress, clock=clock, save=save, read_only=read_only)
        self.playbook = playbook
        self.is_new = is_new
        self._keep = keep
        self._write_text = write
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

    # The person

    def welcome(self, country: str, platforms: Iterable[str], email: str, language: str = "") -> None:
        """Write down what the welcome asked: where the person lives, their address, one account for each platform.

        `language` is that of menu labels, which the welcome proposes without asking; one that was set before stays.
        """
        address, known = self._email(email), self.progress.person
        person = replace(known, country=country, email=address, language=known.language or language)
        progress = replace(self.progress, person=person)
        for platform in platforms:
            name = self.playbook.platform_name(platform)
            progress = self._with_new_account(progress, platform, name, address, hub=None)
        self._change(progress, "the welcome", form="welcome")
        self.is_new = False

    def set_person(self, *, country: str, email: str, language: str) -> None:
        """Change where the person lives, their usual address and the language of menu labels.

        What was sent before goes on under the law of where they lived then: each account for which something was has an
        entry that says so, whose date can be put right.
        """
        known = self.progress.person
        person: Person = replace(known, country=country, email=self._email(email), language=language)
        progress = replace(self.progress, person=person)
        if known.country and country and country != known.country:
            progress = self._with_country_changed(progress, known.country, country)
        self._change(progress, "your details", form="person")

    def set_land(self, land: str) -> None:
        """Say in which Land a person in Germany lives, whose authority takes a complaint."""
        self._change(replace(self.progress, person=replace(self.progress.person, land=land)), "your Land")

    # Accounts

    def add_account(self, platform: str, name: str, email: str, hub: str | None, since: Since | None = None) -> Account:
        """A new account, and since when it is in its hub.

        Raises InputRefused for a name or an address that cannot be one, for an account that is there already, and for a
        link from a moment in the future.
        """
        handle = self._name(platform, name)
        progress = self._with_new_account(self.progress, platform, handle, self._email(email), self._hub(hub), since)
        account = progress.accounts[-1]
        self._change(progress, f"adding {handle}", account.id, "identify", form="account")
        return account

    def edit_account(self, id: str, name: str, email: str, hub: str | None, since: Since | None = None) -> None:
        """Change an account; a changed address or link is written into its diary, because it may ask for a new objection."""
        old = self.account(id)
        new = replace(
            old,
            name=self._name(old.platform, name, but=id),
            email=self._email(email),
            hub=self._hub(hub),
        )
        if old.email and new.email.casefold() != old.email.casefold():
            new = new.with_event(self._event("email-changed", {"from": old.email, "to": new.email}))
        if old.hub != new.hub:
            new = self._with_hub_change(new, old.hub, since)
        self._change(self.progress.with_account(new), f"changing {new.name}", id, form=f"account:{id}")

    def set_hub(self, id: str, hub: str | None, since: Since | None = None) -> None:
        """Say how an account is linked: a named hub, `""` for not linked, None for unknown.

        `since` is when a named hub began to hold it; where it is None, a link that was not known has no date, and one that
        was known changed now.
        """
        old = self.account(id)
        new = replace(old, hub=self._hub(hub))
        if new.hub != old.hub:
            progress = self.progress.with_account(self._with_hub_change(new, old.hub, since))
            self._change(progress, f"the link of {old.name}", id)

    def remove_account(self, id: str) -> None:
        """Take an account and its diary out of the record; undo brings it back."""
        account = self.account(id)
        self._change(self.progress.without_account(id), f"removing {account.name}", id)

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
        account = self.account(id)
        email = self._email(filing.email)
        fields = {"form": filing.form, "email": email, "reason": text.block(filing.reason, REASON_LIMIT).strip()}
        if email and not account.email:
            account = replace(account, email=email)
        if filing.at is not None:
            check_when("filed", filing.at, None, self.now())
        event = self._event("filed", fields, filing.at)
        progress = self.progress.with_account(account.with_event(event)).with_draft(f"submit:{id}", {})
        self._change(progress, "the objection", id, "submit")

    def reply(self, id: str, reply: Reply) -> None:
        """Write down what came back, or that nothing has come yet.

        Raises InputRefused for a moment that cannot be, and for an answer where no objection was sent.
        """
        filed = self._first_filing(id)
        at = check_when(reply.what, reply.at, filed.at, self.now()) if reply.at else None
        fields = {
            **reply.fields,
            "reference": text.line(reply.reference),
            "note": text.block(reply.note, NOTE_LIMIT).strip(),
        }
        self.record(id, reply.what, fields, at=at, step="confirm", name="the answer", draft=f"confirm:{id}")

    def send(self, id: str, letter: Posted) -> None:
        """Write down that a letter was sent, and take away its draft.

        Raises InputRefused for a moment that cannot be, and for a letter about an objection where none was sent.
        """
        if letter.what == "filed":
            filing = Filing(letter.by, self.account(id).email or self.progress.person.email, at=letter.at)
            self.file(id, filing)
            self.keep_draft(letter.draft, {})
            return
        filed = self._first_filing(id)
        at = check_when(letter.what, letter.at, filed.at, self.now()) if letter.at else None
        given = {"by": letter.by, "authority": text.line(letter.authority)}
        fields = {name: value for name, value in given.items() if name in KINDS[letter.what].may}
        self.record(id, letter.what, fields, at=at, step="confirm", name="the letter", draft=letter.draft)

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

    def save_text(self, name: str, words: str) -> Path:
        """Save a letter as a text and say where. Raises StorageError; then nothing is there that was not before."""
        if self._write_text is None:
            raise StorageError("Letters cannot be saved here.", kept="It still stands here.")
        return self._write_text(name, words)

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

    def attach(self, id: str, entry: str, source: Path) -> KeptFile:
        """Keep a copy of a file as evidence of one entry, and write its name, SHA-256 and size into the diary.

        Undo takes back the entry; the copy stays where it is. Raises FileRefused for a file that cannot be taken,
        StorageError for one that cannot be kept; then nothing is written down.
        """
        file = self.keeper(id, entry)(source, None)
        self.attached(id, entry, file)
        return file

    def keeper(self, id: str, entry: str) -> Callable[[Path, Going | None], KeptFile]:
        """What copies a file for an entry, for a thread to do; `attached` then writes it down. Raises where it could not."""
        self.must_write()
        if not any(event.id == entry for event in self.account(id).events):
            raise InputRefused("The entry this belongs to is not in the diary any more.")
        if self._keep is None:
            raise StorageError("Files cannot be kept here.", kept="Nothing was recorded.")
        return self._keep

    def attached(self, id: str, entry: str, file: KeptFile) -> None:
        """Write down that a copy of a file is kept as evidence of one entry."""
        fields = {"file": file.name, "sha256": file.sha256, "bytes": file.size, "of": entry}
        self.record(id, "evidence", fields, name=f"keeping {file.name}")

    def letter_arrived(self, id: str, entry: str, at: datetime) -> None:
        """Write down when a posted letter arrived, from which day its period counts.

        Raises InputRefused for an entry that is no posted letter, and for a day before it was sent.
        """
        letter = next((each for each in in_force(self.account(id).events) if each.id == entry), None)
        if letter is None or not went_by_post(letter):
            raise InputRefused("This was not sent by post, so it counts from the day it was sent.")
        if at.date() < letter.at.date():
            raise InputRefused(f"That is before it was sent, {when.day(letter.at.date(), self.now().date())}.")
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

    def check_email(self, typed: str) -> str:
        """A typed address in its usual spelling, empty for an empty one; InputRefused for one that cannot be."""
        return self._email(typed)

    def check_account(self, platform: str, name: str, email: str, *, but: str = "") -> None:
        """Raise InputRefused for a name or an address that cannot be one, or an account other than `but` that is there."""
        self._name(platform, name, but=but)
        self._email(email)

    # Inside

    def _first_filing(self, id: str) -> Event:
        """The first objection that an entry about one can belong to; InputRefused where none was sent for the account itself."""
        filed = [event for event in in_force(self.account(id).events) if event.what == "filed"]
        if not filed:
            raise InputRefused("Nothing is filed for this account. Record the objection first, then what came of it.")
        return filed[0]

    def _with_new_account(
        self, progress: Progress, platform: str, name: str, email: str, hub: str | None, since: Since | None = None
    ) -> Progress:
        from metaoptout_tui.core import names

        own = "" if name == self.playbook.platform_name(platform) else name
        id = names.account_id(platform, own, {account.id for account in progress.accounts})
        fields: dict[str, object] = {"email": email}
        is_dated = isinstance(since, datetime)
        if hub is not None and not is_dated:
            fields["hub"] = hub
        if hub and not is_dated:
            fields["since"] = since or UNKNOWN
        account = Account(id, platform, name, email, hub, (self._event("account-added", fields),))
        if hub and is_dated:
            account = self._with_hub_change(account, None, since)
        return progress.with_account(account)

    def _with_country_changed(self, progress: Progress, origin: str, country: str) -> Progress:
        """The record with the change in each diary that has an objection in force, and the person told what that means."""
        sent = [each for each in progress.accounts if any(event.what == "filed" for event in in_force(each.events))]
        for account in sent:
            changed = self._event("country-changed", {"from": origin, "to": country})
            progress = progress.with_account(account.with_event(changed))
        if sent and self.playbook.region_of(country).right == "no":
            self.tell(
                "No objection can be sent from there, so the steps after yours are not shown; the diary keeps them."
            )
        elif sent and self.playbook.region_of(country).law != self.playbook.region_of(origin).law:
            self.tell(
                "What you sent before is counted by the law of where you lived then. If you lived elsewhere already, "
                "correct the date of the change in the diary."
            )
        return progress

    def _with_hub_change(self, account: Account, origin: str | None, since: Since | None) -> Account:
        fields = {name: hub for name, hub in (("from", origin), ("to", account.hub)) if hub is not None}
        if not account.hub:
            since = None
        if isinstance(since, datetime):
            return account.with_event(self._event("hub-changed", fields, since))
        if since or origin is None:
            fields["since"] = since or UNKNOWN
        return account.with_event(self._event("hub-changed", fields))

    def _name(self, platform: str, typed: str, but: str = "") -> str:
        from metaoptout_tui.core import names

        known = self.playbook.platform(platform)
        name = names.clean_handle(platform, typed, known.hosts if known else ())
        for account in self.progress.accounts:
            if account.id != but and account.platform == platform and account.name.casefold() == name.casefold():
                raise InputRefused(f"{self.playbook.platform_name(platform)} {name} is in your list already.")
        return name

    def _email(self, typed: str) -> str:
        if not typed.strip():
            return ""
        from metaoptout_tui.desktop.email import check_email

        return check_email(typed)

    def _hub(self, hub: str | None) -> str | None:
        return hub if hub is None else text.line(hub, NAME_LIMIT).strip()


def _arrivals(entries: Iterable[Event]) -> set[str]:
    """The letters of which it is known when they arrived."""
    return {each.id for each in entries if arrival(each) is not None}
