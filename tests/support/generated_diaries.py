"""Records that hypothesis makes up: every kind of entry, with every word that a field of it may have."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from metaoptout_tui.core.record.accounts import Person, Record
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, EventKind, rules_of
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER, EventField
from samples import NOW, account, at, entry

PLACES = ("NL", "DE", "DE-HH", "IE", "NO", "GB", "CH", "BR", "US", "")
EMAILS = ("anna@example.org", "b@example.org")
GROUPS = ("", "p", "q")
SENTENCE = "I draw for a living."
_DEPENDENT_KINDS = frozenset({EventKind.DATE_CORRECTED, EventKind.LETTER_ARRIVED, EventKind.EVIDENCE})
"""Kinds of entries about another entry."""
_KINDS = tuple(
    kind for kind, rules in EVENT_KINDS.items() if kind not in _DEPENDENT_KINDS and "counts" not in rules.fields
)


@st.composite
def diaries(draw: st.DrawFn, *, most: int = 8) -> list[Event]:
    """Entries of the last four hundred days, in the order they happened, some letters with the day they arrived."""
    days = sorted(draw(st.lists(st.integers(0, 400), max_size=most)), reverse=True)
    # Most begin with an objection, since little follows from any other entry without one.
    kinds = [EventKind.FILED if number == 0 and draw(st.integers(0, 3)) else "" for number in range(len(days))]
    written = [draw(_entries_on(day, kind)) for day, kind in zip(days, kinds, strict=True)]
    posted = [event for event in written if SENT_BY_LETTER in (event.text("by"), event.text("form"))]
    arrived = draw(st.lists(st.sampled_from(posted), max_size=2)) if posted else []
    days_after = st.integers(0, 9)
    return [
        *written,
        *(draw(_arrival(event.id, event.at + timedelta(days=draw(days_after)))) for event in arrived),
    ]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of up to three accounts, linked or not, of a person in any of the countries."""
    accounts = [
        account(id, *draw(diaries()), hub=draw(st.sampled_from([None, *GROUPS])), email=draw(st.sampled_from(EMAILS)))
        for id in ("facebook", "instagram", "threads")[: draw(st.integers(1, 3))]
    ]
    place = draw(st.sampled_from(PLACES))
    country, is_land = place[:2], "-" in place
    return Record(Person(country, "en", EMAILS[0], land=place if is_land else ""), tuple(accounts))


@st.composite
def _entries_on(draw: st.DrawFn, day: int, kind: str) -> Event:
    kind = kind or draw(st.sampled_from(_KINDS))
    return entry(kind, at(day), **draw(_field_values(kind)))


@st.composite
def _arrival(draw: st.DrawFn, of: str, when: datetime) -> Event:
    more = {name: value for name, value in draw(_field_values(EventKind.LETTER_ARRIVED)).items() if name != "of"}
    return entry(EventKind.LETTER_ARRIVED, when, of=of, **more)


@st.composite
def _field_values(draw: st.DrawFn, kind: str) -> dict[str, object]:
    rules = rules_of(kind)
    values = {
        name: draw(_values_of(field))
        for name, field in rules.fields.items()
        if name in rules.required_fields or draw(st.booleans())
    }
    return {name: value for name, value in values.items() if value is not None}


def _values_of(field: EventField) -> st.SearchStrategy[object]:
    match field.redaction:
        case "email":
            return st.sampled_from(EMAILS)
        case "linked-group":
            return st.sampled_from(GROUPS)
        case "country":
            return st.sampled_from([place for place in PLACES if place])
        case "step":
            return st.sampled_from(["identify", "open", "submit", "confirm"])
        case "form":
            return st.sampled_from([SENT_BY_LETTER, "facebook-ai", "meta-general"])
        case "point":
            return st.just("whatsapp.used")
        case "answer":
            return st.sampled_from(["yes", "no"])
        case "authority":
            return st.just("NL")
    if field.known_values:
        return st.sampled_from(field.known_values)
    if field.value_type is date:
        return st.integers(0, 400).map(lambda day: (NOW - timedelta(days=day)).date())
    return st.just(SENTENCE) if field.value_type is str else st.none()
