"""How current the guidance is, in words: of one watched page, and of all of them together."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from metaoptout_tui.core import when
from metaoptout_tui.core.playbook import Playbook, WatchedPage
from metaoptout_tui.core.watch import OLD_AFTER, Failed, Finding, Gone, Moved, PageRecord, PageState, Unreadable


def state_words(record: PageRecord, now: datetime) -> str:
    """How a page stands, in a few words for a list: `unchanged since 3 Nov`, `changed on 24 Nov`, `gone (404)`."""
    kept = _day(record.kept, now)
    match record.state:
        case PageState.NOT_FETCHED:
            return "not fetched"
        case PageState.UNCHANGED:
            return f"unchanged since {kept}"
        case PageState.CHANGED:
            return f"changed on {kept}"
        case PageState.MOVED:
            return "moved"
        case PageState.GONE:
            return f"gone ({record.why})"
        case PageState.UNREADABLE:
            return "cannot be read"
        case PageState.FAILED:
            return "not reached"


def state_sentences(record: PageRecord, now: datetime) -> tuple[str, ...]:
    """The same in full: what the last look met, what is kept, and when it was looked."""
    if record.state is PageState.NOT_FETCHED:
        return ("Not fetched yet.",)
    said = [_met(record, now)]
    if record.fault:
        said.append(f"The last good copy, of {_day(record.kept, now)}, is kept." if record.kept else "Nothing is kept.")
        if record.unread:
            said.append("It differs from what you read.")
    if record.not_before and record.not_before > now:
        said.append(f"Its server asks not to be asked again before {when.day_and_time(record.not_before, now)}.")
    if record.tried:
        said.append(f"Last look: {when.ago(record.tried, now)}.")
    return tuple(said)


def _met(record: PageRecord, now: datetime) -> str:
    kept = _day(record.kept, now)
    match record.state:
        case PageState.MOVED if record.fault:
            return f"Moved to {record.why}, which is not a safe address of its publisher. Nobody went there."
        case PageState.MOVED:
            return f"Moved to {record.address}. Its text is unchanged since {kept}."
        case PageState.GONE:
            return f"There is no such page any more: its server answers {record.why}."
        case PageState.UNREADABLE:
            return f"It cannot be read: {record.why}."
        case PageState.FAILED:
            return f"It was not reached: {record.why}."
        case PageState.CHANGED:
            return f"Changed on {kept}. Please read what changed."
        case _:
            return f"Unchanged since {kept}."


def last_look(records: Iterable[PageRecord]) -> datetime | None:
    """When a page last told how it stands; None where none ever did."""
    return max((record.looked for record in records if record.looked), default=None)


def is_old(playbook: Playbook, records: Mapping[str, PageRecord], now: datetime) -> bool:
    """Whether neither the guidance nor a look at its sources is of the last 90 days."""
    looked = last_look(records.values())
    published = datetime.combine(date.fromisoformat(playbook.published), now.timetz())
    return now - max(published, looked or published) > OLD_AFTER


def age_words(playbook: Playbook, records: Mapping[str, PageRecord], now: datetime) -> str:
    """How current the guidance is, for the first screen: one short line that names what matters most."""
    unread = sum(record.unread for record in records.values() if playbook.page(record.id))
    looked = last_look(records.values())
    published = date.fromisoformat(playbook.published)
    if playbook.expires and date.fromisoformat(playbook.expires) < now.date():
        return f"guide expired {when.full_day(date.fromisoformat(playbook.expires))}"
    if unread:
        return f"guide: {unread} source{'' if unread == 1 else 's'} changed"
    if is_old(playbook, records, now):
        days = (now.date() - max(published, looked.astimezone(now.tzinfo).date() if looked else published)).days
        return f"guide not checked for {days} days"
    return f"guide checked {_since(looked, now)}" if looked else f"guide of {when.full_day(published)}"


def feed_trouble(finding: Finding) -> str:
    """Why a feed had nothing to give."""
    match finding:
        case Moved(address):
            return f"it moved to {address}, on another host; nobody went there. Check feed_url in the settings."
        case Gone(status):
            return f"there is nothing at its address any more ({status})."
        case Unreadable(why) | Failed(why, _):
            return f"{why}."
        case _:
            return "it is as it was."


def sentence(words: str) -> str:
    """The same words at the beginning of a line."""
    return words[:1].upper() + words[1:]


def outcome_words(records: Iterable[PageRecord]) -> str:
    """What came of a look, in one sentence; what could not be read is named by its number, since the list says which."""
    every = list(records)
    faults = sum(bool(record.fault) for record in every)
    changed = sum(record.unread for record in every)
    parts = [f"{len(every) - faults} of {len(every)} pages read", f"{changed} changed" if changed else "none changed"]
    if faults:
        parts.append(f"{faults} not reached or not readable; what was kept of them stays")
    return f"{', '.join(parts)}."


def changed_sentence(pages: Iterable[WatchedPage]) -> str:
    """What a step says whose sources changed and were not read."""
    names = list(dict.fromkeys(page.publisher for page in pages))
    if len(names) > 2:
        names = [*names[:2], f"{len(names) - 2} more"]
    return f"A page that this rests on has changed since you read it: {' and '.join(names)}."


def _since(looked: datetime, now: datetime) -> str:
    days = (now.date() - looked.astimezone(now.tzinfo).date()).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"


def _day(moment: datetime | None, now: datetime) -> str:
    return when.day(moment.astimezone(now.tzinfo).date(), now.date()) if moment else "an unknown day"
