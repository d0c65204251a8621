"""A diary as it is told to others: every entry in the order things happened, also those that no longer count."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from metaoptout_tui.core import text, when
from metaoptout_tui.core.diary import Event, in_force, moment, step_of
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account
from metaoptout_tui.core.wording import entry_words

LONGEST_LINE, LONGEST_TEXT = 1_000, 100_000
"""Characters of what a person wrote that are told: as many as a record may hold, since what proves something is never cut."""

InForce = Literal["in force", "taken back", "takes back", "correction"]
_SHOWN_IN_WORDS: Mapping[str, frozenset[str]] = {
    "filed": frozenset({"email"}),
    "noted": frozenset({"step", "text"}),
    "evidence": frozenset({"file", "holds"}),
    "complained": frozenset({"authority"}),
    "account-added": frozenset({"hub", "since"}),
    "email-changed": frozenset({"to"}),
    "hub-changed": frozenset({"from", "to", "since"}),
    "review-answered": frozenset({"point", "answer"}),
    "step-done": frozenset({"step"}),
    "step-reopened": frozenset({"step"}),
    "step-skipped": frozenset({"step"}),
}
_LABELS = {
    "reason": "Reason given",
    "reference": "Reference",
    "note": "Note",
    "text": "Note",
    "form": "Sent with",
    "email": "E-mail address",
    "received": "Received",
    "until": "Until",
    "for": "Asked for",
    "grounds": "Grounds given",
    "by": "Sent by",
    "authority": "Authority",
    "file": "File",
    "sha256": "SHA-256",
    "bytes": "Size in bytes",
    "of": "Belongs to",
    "entry": "Date put right of",
    "to": "To",
    "from": "From",
}


class Detail(NamedTuple):
    """A field of an entry: what it is called, and what the person wrote there, which may have several lines."""

    label: str
    value: str


class Entry(NamedTuple):
    """One entry of a diary. `at` is when it happened, `written` the date before it was put right, None where it was not.

    `standing` says whether it counts; `back` is when it was taken back.
    """

    id: str
    at: datetime
    what: str
    words: str
    details: tuple[Detail, ...]
    standing: InForce
    written: datetime | None = None
    back: datetime | None = None


def entries(account: Account, playbook: Playbook) -> tuple[Entry, ...]:
    """Every entry of an account."""
    return tuple(_Teller(account, playbook).entries())


def own_line(words: str) -> str:
    """A line that a person wrote, whole."""
    return text.line(words, LONGEST_LINE)


def own_text(words: str) -> str:
    """Text that a person wrote, whole."""
    return text.block(words, LONGEST_TEXT, lines=LONGEST_TEXT)


class _Teller:
    """What has to be known of a whole diary to tell one entry of it."""

    def __init__(self, account: Account, playbook: Playbook) -> None:
        self._playbook = playbook
        self._by_id = {event.id: event for event in account.events}
        self._effective = {event.id: event for event in in_force(account.events)}
        self._corrected: dict[str, datetime] = {}
        self._reopened: dict[str, list[Event]] = {}
        for event in sorted(account.events, key=lambda each: each.id):
            to = event.fields.get("to")
            if event.what == "date-corrected" and isinstance(to, datetime):
                self._corrected[event.text("entry")] = to
            elif event.what == "step-reopened":
                self._reopened.setdefault(event.text("step"), []).append(event)

    def entries(self) -> Iterator[Entry]:
        for event in sorted(map(self._dated, self._by_id.values()), key=moment):
            yield self._entry(event)

    def _dated(self, event: Event) -> Event:
        """The entry with the date it has by the newest correction."""
        found = self._effective.get(event.id)
        return found if found is not None else event._replace(at=self._corrected.get(event.id, event.at))

    def _entry(self, event: Event) -> Entry:
        written, standing = self._by_id[event.id].at, self._standing(event)
        return Entry(
            id=own_line(event.id),
            at=event.at,
            what=own_line(event.what),
            words=own_text(entry_words(event, self._playbook)),
            details=tuple(self._details(event)),
            standing=standing,
            written=written if written != event.at else None,
            back=self._taken_back(event) if standing == "taken back" else None,
        )

    def _standing(self, event: Event) -> InForce:
        match event.what:
            case "date-corrected":
                return "correction"
            case "step-reopened":
                return "takes back"
            case _:
                return "in force" if event.id in self._effective else "taken back"

    def _taken_back(self, event: Event) -> datetime | None:
        """When the first entry after it took it back."""
        later = self._reopened.get(step_of(event), ())
        return next((each.at for each in later if each.id > event.id), None)

    def _details(self, event: Event) -> Iterator[Detail]:
        """The fields of an entry that its words do not hold, by name."""
        hidden = _SHOWN_IN_WORDS.get(event.what, frozenset())
        if not hidden and f"answer.{event.what}" in self._playbook.texts:
            hidden = frozenset({"reference"})
        for name in sorted(event.fields):
            value = event.fields[name]
            if name not in hidden and value not in ("", None):
                yield Detail(_LABELS.get(name, own_line(name)), self._value(name, value))

    def _value(self, name: str, value: object) -> str:
        """A field as a person reads it: days and forms in words, another entry by its words."""
        if isinstance(value, datetime):
            return when.exact(value)
        if isinstance(value, date):
            return when.full_day(value)
        if name == "form" and f"form.{value}" in self._playbook.texts:
            return self._playbook.texts.say(f"form.{value}")
        other = self._by_id.get(value) if isinstance(value, str) and name in ("of", "entry") else None
        if other is not None:
            return own_line(f"{entry_words(other, self._playbook)}, {when.exact(other.at)}")
        return own_text(value if isinstance(value, str) else str(value))
