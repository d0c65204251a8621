"""Records written in a few words, at one moment that never changes."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.event_ids import new_event_id
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.remembered import OF_PERSON, Remembered

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=1)))


def at(days: float = 0, **more: float) -> datetime:
    """A moment so many days before now; `hours=` and `minutes=` add to that."""
    return NOW - timedelta(days=days, **more)


_written = iter(range(1, 1_000_000))


def entry(what: str, when: datetime, **fields: object) -> Event:
    """An entry that happened then; ids grow in the order entries are made here."""
    made = new_event_id(NOW - timedelta(days=300), next(_written).to_bytes(10, "big"))
    return Event(made, when, what, {name.rstrip("_"): value for name, value in fields.items()})


PLATFORMS = ("facebook", "instagram", "threads", "whatsapp", "meta-ai", "elsewhere")


def account(id: str = "facebook", *events: Event, hub: str | None = None, email: str = "anna@example.org") -> Account:
    """An account whose id begins with its platform."""
    platform = next(each for each in PLATFORMS if id.startswith(each))
    name = id.removeprefix(platform).strip("-") or ("Data from elsewhere" if platform == "elsewhere" else "Anna")
    return Account(id, platform, name, email, hub, tuple(events))


def record(*accounts: Account, country: str = "NL") -> Record:
    """A record of these accounts."""
    return Record(Person(country, "en", "anna@example.org"), tuple(accounts))


def asked_for_name(progress: Record) -> Record:
    """The record of somebody who was asked for their name and address and those of their profiles and left them open."""
    progress = progress.with_remembered(OF_PERSON, Remembered(questions_asked=frozenset({"name", "sender-address"})))
    for each in progress.accounts:
        progress = progress.with_remembered(each.id, Remembered(questions_asked=frozenset({"profile"})))
    return progress


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


def open_session(
    playbook: Playbook, clock: Callable[[], datetime], saved: list[Record], progress: Record | None = None
) -> Session:
    """A sitting on a record that saves into a list."""

    def save(written: Record) -> Record:
        saved.append(written)
        return written

    return Session(progress or record(), playbook, clock=clock, save=save)
