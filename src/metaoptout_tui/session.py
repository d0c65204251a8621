"""One sitting: opens the record, writes down what happens, saves each change at once, undoes and redoes.

The only door from the screen and the command line to the record. Every change goes the same way: a new `Progress` is
made, kept for undo, saved; what cannot be saved stays in memory, is said, and is tried again at the next change.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metaoptout_tui.core import text
from metaoptout_tui.core.answers import check_when
from metaoptout_tui.core.diary import KINDS, NO_FIELDS, REPLIES, UNKNOWN, Event, Since, in_force
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.evidence import KeptFile, exhibits
from metaoptout_tui.core.ids import entry_id
from metaoptout_tui.core.join import join
from metaoptout_tui.core.overview import Overview, overview
from metaoptout_tui.core.periods import Period
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import TYPED_AT, Account, Draft, Person, Progress
from metaoptout_tui.guidance.public_holidays import public_holiday

if TYPE_CHECKING:  # imported when a letter is written
    from metaoptout_tui.core.letters import LetterFacts

Clock = Callable[[], datetime]
NAME_LIMIT, NOTE_LIMIT, REASON_LIMIT = 80, 4_000, 4_000
_SLACK = timedelta(minutes=2)
_ABOUT_AN_OBJECTION = REPLIES | {"filed", "reminded", "asked-applied", "complained-to-controller", "complained"}


def system_clock() -> datetime:
    """The time now, in the machine's zone."""
    return datetime.now().astimezone()


class Change(NamedTuple):
    """One change of this sitting: the record before and after, what it was, and where to look for it."""

    before: Progress
    after: Progress
    what: str
    account: str = ""
    step: str = ""


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


class Session:
    """The record while the program is open.

    `read_only` is a sentence when nothing can be recorded in this window, `unsaved` the error while the last change is
    not on the disk. `save` writes a record durably and returns what was written, which differs from what it was given
    when the file had been changed by another program; it raises StorageError. `heard` holds what it had to say. `keep`
    copies a file into the evidence folder, `write` saves a letter as a text of a name.
    """

    def __init__(
        self,
        progress: Progress,
        playbook: Playbook,
        *,
        clock: Clock = system_clock,
        save: Callable[[Progress], Progress],
        keep: Callable[[Path], KeptFile] | None = None,
        write: Callable[[str, str], Path] | None = None,
        read_only: str = "",
        is_new: bool = False,
    ) -> None:
        self.progress = progress
        self.playbook = playbook
        self.read_only = read_only
        self.is_new = is_new
        self.unsaved: StorageError | None = None
        self.heard: list[str] = []
        self._clock = clock
        self._save = save
        self._keep = keep
        self._write_text = write
        self._undo: list[Change] = []
        self._redo: list[Change] = []
        self._seen: tuple[Progress, datetime, Overview] | None = None
        self._newest = ""

    def tell(self, words: str) -> None:
        """Take note of something the person should hear at the next chance."""
        self.heard.append(words)

    def now(self) -> datetime:
        """The time by this sitting's clock."""
        return self._clock()

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

    def account(self, id: str) -> Account:
        """An account that must be there; InputRefused where it is not."""
        account = self.progress.account(id)
        if account is None:
            raise InputRefused("This account is not in the record any more.")
        return account

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
        """Change where the person lives, their usual address and the language of menu labels."""
        person: Person = replace(self.progress.person, country=country, email=self._email(email), language=language)
        self._change(replace(self.progress, person=person), "your details", form="person")

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
        filed = self._own_filing(id)
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
        filed = self._own_filing(id)
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
        self.must_write()
        if not any(event.id == entry for event in self.account(id).events):
            raise InputRefused("The entry this belongs to is not in the diary any more.")
        if self._keep is None:
            raise StorageError("Files cannot be kept here.", kept="Nothing was recorded.")
        file = self._keep(source)
        fields = {"file": file.name, "sha256": file.sha256, "bytes": file.size, "of": entry}
        self.record(id, "evidence", fields, name=f"keeping {file.name}")
        return file

    def correct_date(self, id: str, entry: str, to: datetime) -> None:
        """Put right when an entry happened; the entry itself stays as it was written."""
        self._not_in_future(to)
        written = next((each for each in self.account(id).events if each.id == entry), None)
        if written is not None and written.what in _ABOUT_AN_OBJECTION:
            check_when("filed", to, None, self.now())
        self.record(id, "date-corrected", {"entry": entry, "to": to}, name="the date")

    def record(
        self,
        id: str,
        what: str,
        fields: Mapping[str, object] | None = None,
        *,
        at: datetime | None = None,
        step: str = "",
        name: str = "",
        draft: str = "",
    ) -> None:
        """Write one entry into an account's diary, and take away the draft it came from."""
        account = self.account(id).with_event(self._event(what, fields or {}, at))
        progress = self.progress.with_account(account)
        if draft:
            progress = progress.with_draft(draft, {})
        self._change(progress, name or what, id, step)

    def draft(self, key: str) -> Draft:
        """What was typed into a form and not recorded yet."""
        kept = self.progress.drafts.get(key, {})
        return {name: value for name, value in kept.items() if name != TYPED_AT}

    def draft_from(self, key: str) -> datetime | None:
        """When that was typed last; None where nothing was, or where it is not known."""
        try:
            return datetime.fromisoformat(self.progress.drafts.get(key, {}).get(TYPED_AT, ""))
        except ValueError:
            return None

    def keep_draft(self, key: str, draft: Draft) -> None:
        """Keep what is being typed, on the disk too, outside of undo. In a read-only window it is dropped."""
        kept = {name: value for name, value in draft.items() if value}
        if self.read_only or kept == self.draft(key):
            return
        typed_at = {TYPED_AT: self.now().replace(microsecond=0).isoformat()} if kept else {}
        self.progress = self.progress.with_draft(key, kept | typed_at)
        self._write()

    def must_write(self) -> None:
        """Raise StorageError where this window may only read."""
        if self.read_only:
            raise StorageError(self.read_only, todo="Nothing was changed.")

    def check_email(self, typed: str) -> str:
        """A typed address in its usual spelling, empty for an empty one; InputRefused for one that cannot be."""
        return self._email(typed)

    def check_account(self, platform: str, name: str, email: str, *, but: str = "") -> None:
        """Raise InputRefused for a name or an address that cannot be one, or an account other than `but` that is there."""
        self._name(platform, name, but=but)
        self._email(email)

    # Undo

    @property
    def can_undo(self) -> Change | None:
        """The change that undo would take back."""
        return self._undo[-1] if self._undo else None

    @property
    def can_redo(self) -> Change | None:
        """The change that redo would make again."""
        return self._redo[-1] if self._redo else None

    def undo(self) -> Change | None:
        """Take back the last change of this sitting."""
        if not self._undo:
            return None
        change = self._undo.pop()
        self._redo.append(change)
        self._restore(change.before, since=change.after)
        return change

    def redo(self) -> Change | None:
        """Make the change again that was taken back last."""
        if not self._redo:
            return None
        change = self._redo.pop()
        self._undo.append(change)
        self._restore(change.after, since=change.before)
        return change

    def close(self) -> None:
        """Try once more to save what could not be saved."""
        if self.unsaved is not None:
            self._write()

    # Inside

    def _change(self, progress: Progress, what: str, account: str = "", step: str = "", *, form: str = "") -> None:
        """Make a change. `form` is one whose fields all stand in the record then, so that undo need not give them back."""
        self.must_write()
        if form:
            self.progress, progress = self.progress.with_draft(form, {}), progress.with_draft(form, {})
        self._undo.append(Change(self.progress, progress, what, account, step))
        self._redo.clear()
        self.progress = progress
        self._write()

    def _restore(self, progress: Progress, *, since: Progress) -> None:
        """Go from `since`, which was so after or before the change, to `progress`; what came from elsewhere meanwhile stays.

        So does what was typed meanwhile, also where the change had taken what was typed before.
        """
        restored = join(since, self.progress, progress).record
        typed = {key: draft for key, draft in self.progress.drafts.items() if draft != since.drafts.get(key)}
        self.progress = replace(restored, drafts={**restored.drafts, **typed})
        self._write()

    def _write(self) -> None:
        try:
            self.progress = self._save(self.progress)
        except StorageError as error:
            self.unsaved = error
        else:
            self.unsaved = None

    def _event(self, what: str, fields: Mapping[str, object], at: datetime | None = None) -> Event:
        now = self.now()
        if at is not None:
            self._not_in_future(at)
        known = (event.id for account in self.progress.accounts for event in account.events)
        # One change may make several entries, which are not in the record until it is made.
        self._newest = entry_id(now, os.urandom(10), after=max((self._newest, *known)))
        kept = (
            {name: value for name, value in fields.items() if value not in ("", None) or name in KINDS[what].needs}
            if what != "hub-changed"
            else dict(fields)
        )
        return Event(self._newest, (at or now).replace(microsecond=0), what, kept)

    def _own_filing(self, id: str) -> Event:
        """The objection that an entry about one can belong to; InputRefused where there is none."""
        standing = self.overview().standing(id)
        filed = [event for event in in_force(self.account(id).events) if event.what == "filed"]
        filing = standing.filing if standing and not standing.covered_by else None
        if filing is None and not filed:
            raise InputRefused("Nothing is filed for this account. Record the objection first, then what came of it.")
        return filing or filed[-1]

    def _not_in_future(self, at: datetime) -> None:
        if at > self.now() + _SLACK:
            raise InputRefused("That is in the future. Write when it happened.")

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
