"""Diary entries as other people read them: the timeline, the case file's full diary, and a summary of each account.

Entries that were taken back and corrected dates stay visible, and nothing a person wrote is shortened.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.entry_details import (
    CaseDiaryDetail,
    EntryDetails,
    untruncated_line,
    untruncated_text,
)
from metaoptout_tui.core.case_file.entry_sentences import CountryNames
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.letters.letters import letter_sent_events
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind, kinds_where
from metaoptout_tui.core.record.events import (
    Event,
    event_sort_key,
    events_in_force,
    is_month_alone,
    partial_date_of,
    step_recorded_by,
    went_by_letter,
    went_by_post,
)
from metaoptout_tui.core.record.vocabulary import (
    AUTHORITY_REFERENCE,
    REFERENCE,
    AccountState,
    PeriodKind,
)


class TimelineEntry(NamedTuple):
    """One entry: as it counts now, with its corrected date, and as it was written.

    `is_taken_back` is whether it was taken back; the entry that took it back is not dropped.
    """

    account: Account
    event: Event
    original: Event
    is_taken_back: bool


def timeline_of_account(account: Account) -> tuple[TimelineEntry, ...]:
    """The entries of one account. Corrections of dates and texts are shown by what they corrected."""
    valid = {event.id: event for event in events_in_force(account.events)}
    entries = [
        TimelineEntry(
            account, valid.get(event.id, event), event, event.id not in valid and event.kind != EventKind.STEP_REOPENED
        )
        for event in account.events
        if event.kind not in (EventKind.DATE_CORRECTED, EventKind.TEXT_CORRECTED)
    ]
    return tuple(sorted(entries, key=_chronological_key))


def timeline_of_record(record: Record) -> tuple[TimelineEntry, ...]:
    """The entries of all accounts."""
    return tuple(
        sorted((entry for account in record.accounts for entry in timeline_of_account(account)), key=_chronological_key)
    )


def _chronological_key(entry: TimelineEntry) -> tuple[object, str]:
    return (entry.event.at, entry.original.id)


DiaryEntryStatus = Literal["in force", "taken back", "takes back", "correction"]


class CaseDiaryEntry(NamedTuple):
    """One entry of a diary; `status` says whether it counts.

    `at` is when it happened, `original_at` the date before a correction, None where it was not corrected.
    """

    id: str
    at: datetime
    kind: str
    sentence: str
    details: tuple[CaseDiaryDetail, ...]
    status: DiaryEntryStatus
    original_at: datetime | None = None
    taken_back_at: datetime | None = None
    is_day_known: bool = True
    partial_date: str = ""
    """The year, month or day of a link or a lost log-in, as exactly as that is known; empty for any other entry."""

    @property
    def date_text(self) -> str:
        """When it happened, as exactly as that is known: with its time, the day, or the month."""
        if self.partial_date or not self.is_day_known:
            return self.day_text
        return dates.format_as_given(self.at)

    @property
    def day_text(self) -> str:
        """The day on which it happened, or the month where the day is not known."""
        if self.partial_date:
            return dates.format_partial_date(self.partial_date)
        return day_or_month_text(self.at, is_day_known=self.is_day_known)


def build_case_diary(
    account: Account, playbook: Playbook, country_names: CountryNames = MappingProxyType({})
) -> tuple[CaseDiaryEntry, ...]:
    """Every entry of an account, in the words of a document."""
    return tuple(_CaseDiaryBuilder(account, playbook, country_names).entries())


class _CaseDiaryBuilder:
    """Builds the entries of a diary, from what is known of the whole diary."""

    def __init__(self, account: Account, playbook: Playbook, country_names: CountryNames) -> None:
        self._by_id = {event.id: event for event in account.events}
        self._in_force = {event.id: event for event in events_in_force(account.events)}
        self._details = EntryDetails(playbook, country_names, self._by_id, account.platform)
        self._corrected_dates: dict[str, datetime] = {}
        self._reopenings: dict[str, list[Event]] = {}
        for event in sorted(account.events, key=lambda event: event.id):
            to = event.fields.get("to")
            if event.kind == EventKind.DATE_CORRECTED and isinstance(to, datetime):
                self._corrected_dates[event.text("entry")] = to
            elif event.kind == EventKind.STEP_REOPENED:
                self._reopenings.setdefault(event.text("entry") or event.text("step"), []).append(event)

    def entries(self) -> Iterator[CaseDiaryEntry]:
        for event in sorted(map(self._with_correct_date, self._by_id.values()), key=event_sort_key):
            yield self._case_entry(event)

    def _with_correct_date(self, event: Event) -> Event:
        """The entry with the date it has by the newest correction."""
        in_force = self._in_force.get(event.id)
        return in_force if in_force is not None else event._replace(at=self._corrected_dates.get(event.id, event.at))

    def _case_entry(self, event: Event) -> CaseDiaryEntry:
        original_at, status = self._by_id[event.id].at, self._status_of(event)
        return CaseDiaryEntry(
            id=untruncated_line(event.id),
            at=event.at,
            kind=untruncated_line(event.kind),
            sentence=untruncated_text(self._details.sentence_of(event)),
            details=tuple(self._details.of(event, self._by_id[event.id])),
            status=status,
            original_at=original_at if original_at != event.at else None,
            taken_back_at=self._taken_back_at(event) if status == "taken back" else None,
            is_day_known=not is_month_alone(event),
            partial_date=partial_date_of(event),
        )

    def _status_of(self, event: Event) -> DiaryEntryStatus:
        match event.kind:
            case EventKind.DATE_CORRECTED | EventKind.TEXT_CORRECTED:
                return "correction"
            case EventKind.STEP_REOPENED:
                return "takes back"
            case _:
                return "in force" if event.id in self._in_force else "taken back"

    def _taken_back_at(self, event: Event) -> datetime | None:
        """When the first entry after it took it back."""
        reopenings = (*self._reopenings.get(step_recorded_by(event), ()), *self._reopenings.get(event.id, ()))
        return next((reopening.at for reopening in reopenings if reopening.id > event.id), None)


_RECEIVED_KINDS = kinds_where(lambda rules: rules.role in ("reply", "later-reply", "closing"))


class CaseSummary(NamedTuple):
    """One account in a few lines, each empty where there is nothing.

    `can_object` is whether an objection can be filed for it at all. `objections` are its own, and
    the other account's that covers it; `sent` and `received` are later letters and replies, `request` is what the
    person wants now.
    """

    can_object: bool
    objections: tuple[str, ...]
    sent: tuple[str, ...]
    received: tuple[str, ...]
    request: str


def summarize_account(
    status: AccountStatus, diary: Iterable[CaseDiaryEntry], covering_account_name: str
) -> CaseSummary:
    """The summary of an account; `covering_account_name` is the name of the one that covers it."""
    own_events = events_in_force(status.account.events)
    start = _summary_start(status)
    events = [event for event in own_events if start is not None and event.at >= start]
    filings = [event for event in events if event.kind == EventKind.FILED]
    answers = [event for event in events if event.kind == EventKind.META_QUESTION_ANSWERED]
    sent_ids = {
        untruncated_line(event.id) for event in (*letter_sent_events(events), *answers) if event.kind != EventKind.FILED
    }
    received_ids = {untruncated_line(event.id) for event in events if event.kind in _RECEIVED_KINDS}
    in_force = [entry for entry in diary if entry.status == "in force"]
    return CaseSummary(
        status.can_object,
        tuple(_objection_lines(status, filings, covering_account_name)),
        tuple(_entry_line(entry) for entry in in_force if entry.id in sent_ids),
        tuple(_entry_line(entry) for entry in in_force if entry.id in received_ids),
        _current_request(status),
    )


def _summary_start(status: AccountStatus) -> datetime | None:
    """When the summary begins: with its first own objection, which Meta may have confirmed, though another was sent since.

    Without one it begins with the covering one, else with an inquiry about that.
    """
    own = [event.at for event in status.events_now if event.kind == EventKind.FILED]
    if own:
        return min(own)
    first_event = status.objection_in_force or status.first_inquiry
    return first_event.at if first_event is not None else None


def _objection_lines(status: AccountStatus, filings: Iterable[Event], covering_account_name: str) -> Iterator[str]:
    """The objections in the order in which they were sent."""
    covering = [status.objection_in_force] if status.covering_account_id and status.objection_in_force else []
    for filing in sorted([*filings, *covering], key=lambda event: event.at):
        line = _objection_line(filing)
        if filing in covering:
            words = (
                _("{objection}, for {account}, linked with this account")
                if filings
                # Translators: {objection} is such as “3 Nov 2026, by post, with anna@example.org”.
                else _("No objection of its own. For {account}, linked with this account: {objection}")
            )
            line = words.format(objection=line, account=covering_account_name)
        yield line


def _objection_line(filing: Event) -> str:
    """When an objection was sent, whether by letter, and with which address."""
    day = day_or_month_text(filing.at, is_day_known=not is_month_alone(filing))
    email = untruncated_line(filing.text("email"))
    if went_by_post(filing):
        return (
            _("{day}, by post, with {email}").format(day=day, email=email)
            if email
            else _("{day}, by post").format(day=day)
        )
    if went_by_letter(filing):
        words, with_email = (
            _("{day}, as a letter, online or by e-mail"),
            _("{day}, as a letter, online or by e-mail, with {email}"),
        )
        return with_email.format(day=day, email=email) if email else words.format(day=day)
    return _("{day}, with {email}").format(day=day, email=email) if email else day


def day_or_month_text(at: datetime, *, is_day_known: bool) -> str:
    """The day of a moment, or its month where the day is not known."""
    return dates.format_full_day(at.date()) if is_day_known else dates.format_partial_date(f"{at:%Y-%m}")


def _entry_line(entry: CaseDiaryEntry) -> str:
    """The day and sentence of an entry, with the reference that the reply has."""
    words = " ".join(entry.sentence.split())
    labels = (REFERENCE.translated_label, AUTHORITY_REFERENCE.translated_label)
    reference = next((each.value for each in entry.details if each.label in labels), "")
    return labelled(entry.day_text, f"{words} ({reference})" if reference else words)


_REQUEST_BY_STATE = {
    AccountState.FILED: mark("That Meta applies the objection to this account and confirms it."),
    AccountState.CONFIRMED_ON_SCREEN: mark(
        "That Meta applies the objection to this account and confirms it in writing."
    ),
    AccountState.CONFIRMED: mark("That Meta keeps to the objection that it confirmed."),
    AccountState.COVERED: mark("That Meta applies the objection to this account too."),
    AccountState.ASKED_FOR_MORE: mark("That Meta applies the objection to this account."),
    AccountState.REFUSED: mark("That Meta applies the objection to this account all the same."),
    AccountState.UNDELIVERED: mark("That Meta applies the objection to this account. What was sent came back."),
    AccountState.OVERDUE: mark("That Meta applies the objection to this account and answers it."),
    AccountState.COMPLAINED_TO_AUTHORITY: mark(
        "That the authority deals with the complaint. That Meta applies the objection to this account."
    ),
    AccountState.OBJECT_AGAIN: mark("That Meta applies the objection to this account. The diary holds no new one yet."),
}
"""What the person wants in each state; it claims nothing about what Meta or anybody else did or must do."""
_REQUEST_AFTER_DECISION = _REQUEST_BY_STATE[AccountState.ASKED_FOR_MORE]
"""What the person wants once the authority decided, so that nothing more is wanted of it."""


def _current_request(status: AccountStatus) -> str:
    """What the person wants now, with the answer to an inquiry that still has none."""
    inquiry = status.current_deadline(PeriodKind.INQUIRY)
    request = _(_REQUEST_BY_STATE.get(status.state, ""))
    is_complained = status.state is AccountState.COMPLAINED_TO_AUTHORITY
    if is_complained and status.outcome is not None and status.outcome.decision_of_authority is not None:
        request = _(_REQUEST_AFTER_DECISION)
    if inquiry is None or inquiry.ended_by is not None or status.state is AccountState.CLOSED:
        return request
    return f"{request} {_('That Meta answers whether it did.')}".strip()
