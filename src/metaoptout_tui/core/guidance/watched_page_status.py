"""The status of watched pages, and sentences on how fresh the guidance is.

Each page is compared with the text the person last read. A failed check is recorded with its reason and never removes
a text that was kept earlier.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import FormField, Playbook, ReviewPoint, StepId, WatchedPage
from metaoptout_tui.core.language.formatting import format_list
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext

STALE_AFTER, _CLOCK_TOLERANCE = timedelta(days=90), timedelta(days=1)
"""How long a page check counts as current; how far ahead one may be that was made under another zone of the computer."""


class WatchedPageState(StrEnum):
    """The state of a watched page, after its last check."""

    NOT_FETCHED = "not-fetched"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    UNREADABLE = "unreadable"
    FAILED = "failed"


FAULT_STATES = frozenset(
    {WatchedPageState.MOVED, WatchedPageState.GONE, WatchedPageState.UNREADABLE, WatchedPageState.FAILED}
)
"""The states after a check that brought no text."""


class WatchedPageStatus(NamedTuple):
    """The status of one page.

    `checked_at` is the time of the last check, `succeeded_at` of the last successful one, `text_fetched_at` of the one
    that brought the kept text. `digest` is that text's, `read_digest` that of the text the person last read, or else of
    the first one. `fault` is the state after a failed last check, else empty, and `why` its reason. `url` is the
    playbook's address at that check; `current_url` is where the page is now, empty where that is the same. `etag` and
    `last_modified` belong to the address that was fetched, and are sent back unchanged.
    """

    id: str
    url: str = ""
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    text_fetched_at: datetime | None = None
    digest: str = ""
    read_digest: str = ""
    fault: str = ""
    why: str = ""
    current_url: str = ""
    etag: str = ""
    last_modified: str = ""
    not_before: datetime | None = None

    @property
    def state(self) -> WatchedPageState:
        """The state: a failed last check comes before the kept text."""
        if self.fault:
            return WatchedPageState(self.fault)
        if not self.digest:
            return WatchedPageState.NOT_FETCHED
        if self.has_unread_change:
            return WatchedPageState.CHANGED
        return WatchedPageState.MOVED if self.current_url else WatchedPageState.UNCHANGED

    @property
    def has_unread_change(self) -> bool:
        """Whether the kept text differs from what the person last read, also while the page cannot be reached."""
        return self.digest != self.read_digest

    @property
    def needed_digests(self) -> frozenset[str]:
        """The texts that are still needed: the kept one and the one to compare it with."""
        return frozenset({self.digest, self.read_digest} - {""})


def status_for_url(status: WatchedPageStatus, url: str) -> WatchedPageStatus:
    """The status for `url`, without what is known only of the address that another edition has."""
    if status.url in ("", url):
        return status
    return status._replace(current_url="", etag="", last_modified="", not_before=None)


def status_after_reading(status: WatchedPageStatus) -> WatchedPageStatus:
    """The status once the person has read the kept text."""
    return status._replace(read_digest=status.digest)


def may_check_again(status: WatchedPageStatus, now: datetime) -> bool:
    """Whether the server allows another request (`Retry-After`); always where the clock was set back."""
    return (
        status.not_before is None
        or status.not_before <= now
        or (status.checked_at is not None and status.checked_at > now)
    )


def page_state_label(status: WatchedPageStatus, now: datetime) -> str:
    """The state of a page in a few words: `unchanged since 3 Nov`, `changed on 24 Nov`, `gone (404)`."""
    fetched_day = _day_label(status.text_fetched_at, now)
    match status.state:
        case WatchedPageState.NOT_FETCHED:
            return _("not fetched")
        case WatchedPageState.UNCHANGED:
            return _("unchanged since {fetched_day}").format(fetched_day=fetched_day)
        case WatchedPageState.CHANGED:
            return _("changed on {fetched_day}").format(fetched_day=fetched_day)
        case WatchedPageState.MOVED:
            return _("moved")
        case WatchedPageState.GONE:
            return _("gone ({why})").format(why=status.why)
        case WatchedPageState.UNREADABLE:
            return _("cannot be read")
        case WatchedPageState.FAILED:
            return _("not reached")


def page_state_sentences(status: WatchedPageStatus, now: datetime) -> tuple[str, ...]:
    """The status in full sentences: the result of the last check, what is kept, and the time of the check."""
    if status.state is WatchedPageState.NOT_FETCHED:
        return (_("Not fetched yet."),)
    sentences = [_last_check_sentence(status, now)]
    if status.fault:
        sentences.append(
            _("The last good copy, of {day}, is kept.").format(day=_day_label(status.text_fetched_at, now))
            if status.text_fetched_at
            else _("Nothing is kept.")
        )
        if status.has_unread_change:
            sentences.append(_("It differs from what you read."))
    if status.not_before and status.not_before > now:
        sentences.append(
            _("Its server asks not to be asked again before {time}.").format(
                time=dates.format_day_and_time(status.not_before, now)
            )
        )
    if status.checked_at:
        sentences.append(_("Last look: {age}.").format(age=dates.format_age(status.checked_at, now)))
    return tuple(sentences)


def _last_check_sentence(status: WatchedPageStatus, now: datetime) -> str:
    from metaoptout_tui.core.guidance.page_faults import page_fault_words

    fetched_day = _day_label(status.text_fetched_at, now)
    match status.state:
        case WatchedPageState.MOVED if status.fault:
            return _("Moved to {why}, which is not a safe address of its publisher. Nobody went there.").format(
                why=status.why
            )
        case WatchedPageState.MOVED:
            return _("Moved to {current_url}. Its text is unchanged since {fetched_day}.").format(
                current_url=status.current_url, fetched_day=fetched_day
            )
        case WatchedPageState.GONE:
            return _("There is no such page any more: its server answers {why}.").format(why=status.why)
        case WatchedPageState.UNREADABLE:
            return _("It cannot be read: {why}.").format(why=page_fault_words(status.why))
        case WatchedPageState.FAILED:
            return _("It was not reached: {why}.").format(why=page_fault_words(status.why))
        case WatchedPageState.CHANGED:
            return _("Changed on {fetched_day}. Please read what changed.").format(fetched_day=fetched_day)
        case _:
            return _("Unchanged since {fetched_day}.").format(fetched_day=fetched_day)


def last_successful_check(statuses: Iterable[WatchedPageStatus], now: datetime) -> datetime | None:
    """The time of the last successful check of any page; None where there was none.

    One that is still to come is of a clock that was ahead: when it was, nobody knows, so it does not count.
    """
    latest = now + _CLOCK_TOLERANCE
    return max((at for status in statuses if (at := status.succeeded_at) is not None and at <= latest), default=None)


def is_guidance_stale(playbook: Playbook, statuses: Mapping[str, WatchedPageStatus], now: datetime) -> bool:
    """Whether both the guidance and the last successful check of its sources are older than `STALE_AFTER`."""
    last_check = last_successful_check(statuses.values(), now)
    published = datetime.combine(date.fromisoformat(playbook.published), now.timetz())
    return now - max(published, last_check or published) > STALE_AFTER


def freshness_label(playbook: Playbook, statuses: Mapping[str, WatchedPageStatus], now: datetime) -> str:
    """How current the guidance is, in one short line for the first screen."""
    return _freshness_words(playbook, statuses, now)[0]


def freshness_sentence(playbook: Playbook, statuses: Mapping[str, WatchedPageStatus], now: datetime) -> str:
    """How current the guidance is, as a sentence."""
    return _freshness_words(playbook, statuses, now)[1]


def _freshness_words(playbook: Playbook, statuses: Mapping[str, WatchedPageStatus], now: datetime) -> tuple[str, str]:
    """How current the guidance is, as a label and as a sentence."""
    unread = sum(status.has_unread_change for status in statuses.values() if playbook.page(status.id))
    last_check = last_successful_check(statuses.values(), now)
    published = date.fromisoformat(playbook.published)
    day, days = dates.format_full_day(published), 0
    if playbook.expires and date.fromisoformat(playbook.expires) < now.date():
        day = dates.format_full_day(date.fromisoformat(playbook.expires))
        words = _("guide expired {day}"), _("Guide expired {day}.")
    elif unread:
        words = (
            ngettext("guide: {count} source changed", "guide: {count} sources changed", unread),
            ngettext("Guide: {count} source changed.", "Guide: {count} sources changed.", unread),
        )
    elif is_guidance_stale(playbook, statuses, now):
        days = (now.date() - max(published, dates.local_day(last_check, now) if last_check else published)).days
        words = (
            ngettext("guide not checked for {days} day", "guide not checked for {days} days", days),
            ngettext("Guide not checked for {days} day.", "Guide not checked for {days} days.", days),
        )
    elif last_check is None:
        words = _("guide of {day}"), _("Guide of {day}.")
    elif (days := (now.date() - dates.local_day(last_check, now)).days) > 1:
        words = (
            ngettext("guide checked {days} day ago", "guide checked {days} days ago", days),
            ngettext("Guide checked {days} day ago.", "Guide checked {days} days ago.", days),
        )
    elif days == 1:
        words = _("guide checked yesterday"), _("Guide checked yesterday.")
    else:
        words = _("guide checked today"), _("Guide checked today.")
    label, sentence = (each.format(day=day, days=days, count=unread) for each in words)
    return label, sentence


def page_check_summary(statuses: Iterable[WatchedPageStatus]) -> str:
    """The result of a round of checks in one sentence: how many pages were read, changed and not reached."""
    statuses = list(statuses)
    faults = sum(bool(status.fault) for status in statuses)
    changed = sum(status.has_unread_change for status in statuses)
    read = len(statuses) - faults
    values = {"read": read, "all": len(statuses), "changed": changed, "faults": faults}
    if not faults:
        sentence = (
            _("{read} of {all} pages read, {changed} changed.")
            if changed
            else _("{read} of {all} pages read, none changed.")
        )
    elif changed:
        sentence = _(
            "{read} of {all} pages read, {changed} changed, {faults} not reached or not readable; what was kept of them stays."
        )
    else:
        sentence = _(
            "{read} of {all} pages read, none changed, {faults} not reached or not readable; what was kept of them stays."
        )
    return sentence.format(**values)


def sources_changed_sentence(pages: Iterable[WatchedPage]) -> str:
    """The sentence at a step for sources of it that changed and were not read."""
    names = list(dict.fromkeys(page.publisher for page in pages))
    if len(names) > 2:
        names = [*names[:2], _("{count} more").format(count=len(names) - 2)]
    return _("A page that this rests on has changed since you read it: {names}.").format(names=format_list(names))


def uses_of_page(page: WatchedPage, playbook: Playbook) -> tuple[tuple[StepId, ...], int]:
    """The steps whose guidance has a watched page as a source, and the number of entries that do."""
    rows: tuple[Any, ...] = (
        *playbook.statements,
        *playbook.paths,
        *playbook.forms,
        *playbook.troubles,
        *playbook.points,
        *playbook.fields,
        *playbook.terms,
    )
    used_by = [row for row in rows if not set(page.sources).isdisjoint(row.basis.sources)]
    steps = {step for row in used_by for step in row.scope.places}
    steps |= {StepId.REVIEW for row in used_by if isinstance(row, ReviewPoint)}
    steps |= {StepId.SUBMIT for row in used_by if isinstance(row, FormField)}
    return tuple(step for step in StepId if step in steps), len(used_by)


def pages_for(playbook: Playbook, *, step: str, platform: str, region: str) -> tuple[WatchedPage, ...]:
    """The watched pages that are sources of the guidance at this place."""
    rows: list[Any] = [
        *playbook.statements_for(step=step, platform=platform, region=region),
        *playbook.paths_for(step=step, platform=platform, region=region),
        *playbook.forms_for(step=step, platform=platform, region=region),
        *playbook.troubles_for(step=step, platform=platform, region=region),
    ]
    if step == StepId.REVIEW:
        rows.extend(playbook.points_for(platform=platform, region=region))
    if step == StepId.SUBMIT:
        rows.extend(playbook.fields_for(platform=platform, region=region))
    sources = {source for row in rows for source in row.basis.sources}
    return tuple(page for page in playbook.pages if not sources.isdisjoint(page.sources))


def _day_label(moment: datetime | None, now: datetime) -> str:
    return dates.format_local_day(moment, now) if moment else _("an unknown day")
