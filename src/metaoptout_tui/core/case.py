"""The case file as a value: all that the record, the guidance and the list of authorities say of it, at one moment.

What a document shows is decided here; the documents only set it. Every text in it has passed `core.text`, and every
statement about Meta, the law or an authority is one of the guidance, with its grounds.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from metaoptout_tui.core import text, when
from metaoptout_tui.core.agenda import Appointment, agenda
from metaoptout_tui.core.authority import Authorities, Authority
from metaoptout_tui.core.clocks import Clock
from metaoptout_tui.core.diary import Event, in_force, moment, step_of
from metaoptout_tui.core.evidence import Exhibit, KeptFile, Outcome, exhibits
from metaoptout_tui.core.overview import Overview, account_name, overview
from metaoptout_tui.core.periods import HolidayName
from metaoptout_tui.core.playbook import Basis, Playbook, Source
from metaoptout_tui.core.progress import Account, Progress
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.wording import entry_words, hub_words, state_words, task_sentence
from metaoptout_tui.core.working import Line, sureness_of, working_lines

PREFACE = (
    "This is not legal advice.",
    (
        "What is told of the accounts is taken from the person's own record: the person wrote it down, and this program "
        "computed from it. Nobody else has checked it. Dates are those that the person gave."
    ),
    "An entry that was taken back stays in the list and is marked. A date that was put right stands with the one before.",
    "A SHA-256 shows that a file is still the one that was kept. It does not show who made the file, or when.",
    "What is said of Meta, the law and authorities has its sources, their date and how sure it is.",
)
REDACTED = (
    (
        "In this copy addresses, names, links between accounts and files have masks, and free text is left out. Dates, the "
        "country, platforms, sizes and SHA-256 stand as they are."
    ),
)

InForce = Literal["in force", "taken back", "takes back", "correction"]
_SENT = frozenset({"reminded", "asked-applied", "complained-to-controller", "complained"})
_SHOWN_IN_WORDS: Mapping[str, frozenset[str]] = {
    "filed": frozenset({"email"}),
    "noted": frozenset({"step", "text"}),
    "evidence": frozenset({"file"}),
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


class Stated(NamedTuple):
    """A statement of the guidance with its grounds."""

    id: str
    sentence: str
    basis: Basis


class CasePeriod(NamedTuple):
    """A legal period: what it is for, its days, the count, how sure its end is, and how it stands.

    `set_by` is the id of the entry that set it going, `ended` the day of what ended it.
    """

    rule: str
    about: str
    begins: date
    last: date
    working: tuple[Line, ...]
    sureness: str
    extended: bool | None
    set_by: str
    ended: date | None
    is_over: bool


class CaseFile(NamedTuple):
    """A kept file as it was found: which entry it belongs to, in words, and when it was added."""

    entry: str
    file: KeptFile
    outcome: Outcome
    about: str
    added: datetime


class CaseAccount(NamedTuple):
    """One account: who it is, how it stands, and its diary. `letters` are the entries of what was sent after the objection."""

    id: str
    name: str
    platform: str
    email: str
    hub: str
    state: str
    covered_by: str
    next: str
    entries: tuple[Entry, ...]
    periods: tuple[CasePeriod, ...]
    files: tuple[CaseFile, ...]
    letters: tuple[Entry, ...]


class CaseAuthority(NamedTuple):
    """Where this person complains, None where none is known, with what is to be said of it; `fallback` lists all of the EEA."""

    authority: Authority | None
    remarks: tuple[str, ...]
    fallback: str = ""


class Case(NamedTuple):
    """Everything at one moment. `sources` are numbered from 1 in the order in which they are first rested on."""

    made: datetime
    country: str
    country_name: str
    email: str
    region: str
    guidance: str
    is_redacted: bool
    accounts: tuple[CaseAccount, ...]
    authority: CaseAuthority
    statements: tuple[Stated, ...]
    sources: tuple[Source, ...]
    agenda: tuple[Appointment, ...]
    playbook: Playbook

    def numbers(self, basis: Basis | None) -> tuple[int, ...]:
        """The numbers of the sources that something rests on."""
        wanted = basis.sources if basis is not None else ()
        return tuple(number for number, source in enumerate(self.sources, start=1) if source.id in wanted)

    @property
    def preface(self) -> tuple[str, ...]:
        """What has to be known to read it."""
        return (*PREFACE, *(REDACTED if self.is_redacted else ()))


class Known(NamedTuple):
    """What a case is judged by: the guidance and what to call it, the authorities, names of countries, public holidays."""

    playbook: Playbook
    guidance: str
    authorities: Authorities
    countries: Mapping[str, tuple[str, ...]]
    holiday: HolidayName


def case_of(
    progress: Progress,
    known: Known,
    now: datetime,
    outcomes: Iterable[Outcome],
    *,
    account: str = "",
    is_redacted: bool = False,
) -> Case:
    """The case of one account, or of all where `account` is empty.

    `outcomes` says of each file of `exhibits(progress)`, in that order, what a look at it found. Raises ValueError where
    they are not as many.
    """
    playbook = known.playbook
    seen = overview(progress, playbook, now, known.holiday)
    looked = list(zip(exhibits(progress), outcomes, strict=True))
    accounts = tuple(
        _account(standing, seen, progress, known, looked)
        for standing in seen.standings
        if account in ("", standing.account.id)
    )
    person = progress.person
    region = playbook.region_of(person.country)
    statements = _statements(playbook, region.id, accounts)
    names = known.countries.get(person.country, ())
    wanted = {each.id for each in accounts}
    return Case(
        made=now,
        country=text.line(person.country),
        country_name=names[0] if names else text.line(person.country),
        email=text.line(person.email),
        region=region.id,
        guidance=known.guidance,
        is_redacted=is_redacted,
        accounts=accounts,
        authority=_authority(known.authorities, person.country, is_eea=region.law == "gdpr"),
        statements=statements,
        sources=_sources(playbook, accounts, statements),
        agenda=tuple(_cleaned(each) for each in agenda(_only(seen, wanted), playbook, known.holiday)),
        playbook=playbook,
    )


def _only(seen: Overview, wanted: set[str]) -> Overview:
    return seen._replace(
        standings=tuple(each for each in seen.standings if each.account.id in wanted),
        tasks=tuple(task for task in seen.tasks if task.account in wanted),
    )


def _cleaned(each: Appointment) -> Appointment:
    return each._replace(
        id=text.line(each.id), account=text.line(each.account), summary=text.line(each.summary, _LONGEST_SUMMARY)
    )


_LONGEST_SUMMARY = 500


def _account(
    standing: Standing,
    seen: Overview,
    progress: Progress,
    known: Known,
    looked: list[tuple[Exhibit, Outcome]],
) -> CaseAccount:
    account, playbook = standing.account, known.playbook
    through = progress.account(standing.covered_by) if standing.covered_by else None
    entries = tuple(_entries(account, playbook))
    return CaseAccount(
        id=text.line(account.id),
        name=text.line(account_name(account, playbook)),
        platform=text.line(playbook.platform_name(account.platform)),
        email=text.line(account.email),
        hub=text.line(hub_words(account.hub)),
        state=text.line(state_words(standing, progress, playbook, seen.now)),
        covered_by=text.line(account_name(through, playbook)) if through else "",
        next=text.line(task_sentence(seen.next_for(account.id), playbook)),
        entries=entries,
        periods=tuple(_periods(standing, known, seen.now.date())),
        files=tuple(_file(exhibit, outcome, playbook) for exhibit, outcome in looked if exhibit.account is account),
        letters=tuple(each for each in entries if each.what in _SENT and each.standing == "in force"),
    )


def _entries(account: Account, playbook: Playbook) -> Iterator[Entry]:
    """Every entry in the order things happened, the ones that no longer count among them."""
    effective = {event.id: event for event in in_force(account.events)}
    dated = {
        event.id: effective.get(event.id) or event._replace(at=_corrected(event, account)) for event in account.events
    }
    for event in sorted(account.events, key=lambda each: moment(dated[each.id])):
        back = _taken_back(event, account)
        at = dated[event.id].at
        standing: InForce = "in force"
        if event.what in ("date-corrected", "step-reopened"):
            standing = "correction" if event.what == "date-corrected" else "takes back"
        elif event.id not in effective:
            standing = "taken back"
        yield Entry(
            id=text.line(event.id),
            at=at,
            what=text.line(event.what),
            words=text.block(entry_words(event, playbook)),
            details=tuple(_details(event, account, playbook)),
            standing=standing,
            written=event.at if at != event.at else None,
            back=back.at if back is not None and standing == "taken back" else None,
        )


def _corrected(event: Event, account: Account) -> datetime:
    """When an entry happened by the newest correction of its date."""
    newest = max(
        (each for each in account.events if each.what == "date-corrected" and each.text("entry") == event.id),
        key=lambda each: each.id,
        default=None,
    )
    to = newest.fields.get("to") if newest is not None else None
    return to if isinstance(to, datetime) else event.at


def _taken_back(event: Event, account: Account) -> Event | None:
    """The entry that took another back."""
    step = step_of(event)
    later = (
        each
        for each in account.events
        if step and each.what == "step-reopened" and each.text("step") == step and each.id > event.id
    )
    return min(later, key=lambda each: each.id, default=None)


def _details(event: Event, account: Account, playbook: Playbook) -> Iterator[Detail]:
    """The fields of an entry that its words do not hold, by name."""
    hidden = _SHOWN_IN_WORDS.get(event.what, frozenset())
    if not hidden and f"answer.{event.what}" in playbook.texts:
        hidden = frozenset({"reference"})
    for name in sorted(event.fields):
        value = event.fields[name]
        if name not in hidden and value not in ("", None):
            yield Detail(_LABELS.get(name, text.line(name)), _value(name, value, account, playbook))


def _value(name: str, value: object, account: Account, playbook: Playbook) -> str:
    """A field as a person reads it: days and forms in words, another entry by its words."""
    if isinstance(value, datetime):
        return when.exact(value)
    if isinstance(value, date):
        return when.full_day(value)
    if name == "form" and f"form.{value}" in playbook.texts:
        return playbook.texts.say(f"form.{value}")
    if name in ("of", "entry"):
        other = next((event for event in account.events if event.id == value), None)
        if other is not None:
            return text.line(f"{entry_words(other, playbook)}, {when.exact(other.at)}")
    return text.block(value if isinstance(value, str) else str(value))


def _periods(standing: Standing, known: Known, today: date) -> Iterator[CasePeriod]:
    for clock in standing.clocks:
        period = clock.period(known.holiday)
        if period is None:
            continue
        yield CasePeriod(
            rule=period.rule,
            about=known.playbook.texts.say(f"period.{period.rule}"),
            begins=period.begins,
            last=period.last,
            working=working_lines(period, known.playbook),
            sureness=sureness_of(period, known.playbook),
            extended=period.extended,
            set_by=text.line(clock.entry.id),
            ended=_ended(clock),
            is_over=period.is_over(today),
        )


def _ended(clock: Clock) -> date | None:
    return clock.ended.at.date() if clock.ended is not None else None


def _file(exhibit: Exhibit, outcome: Outcome, playbook: Playbook) -> CaseFile:
    file = exhibit.file
    about = entry_words(exhibit.of, playbook) if exhibit.of else "an entry that is not in the record"
    return CaseFile(
        text.line(exhibit.entry.id),
        KeptFile(text.line(file.name), text.line(file.sha256), file.size),
        outcome,
        text.line(about),
        exhibit.entry.at,
    )


def _authority(authorities: Authorities, country: str, *, is_eea: bool) -> CaseAuthority:
    found = authorities.authority_for(country)
    remarks = authorities.remarks(found) if found else ()
    if not is_eea:
        return CaseAuthority(found, remarks)
    return CaseAuthority(found, (*remarks, authorities.sentences["fallback"]), authorities.fallback)


_PLACES = ("region", "limits", "coverage")
"""Where in the guidance what goes for every account is said."""


def _statements(playbook: Playbook, region: str, accounts: tuple[CaseAccount, ...]) -> tuple[Stated, ...]:
    """What the guidance says of the law where the person lives, of the periods that are here, and of what an objection reaches."""
    rules = {f"period.{period.rule}" for account in accounts for period in account.periods}
    found = [
        statement
        for place in _PLACES
        for statement in playbook.statements_for(step=place, platform="", region=region)
        if statement.scope.steps[0] == place
    ]
    found += [statement for statement in playbook.statements if statement.id in rules]
    return tuple(Stated(each.id, playbook.texts.say(each.id), each.basis) for each in found)


def _sources(
    playbook: Playbook, accounts: tuple[CaseAccount, ...], statements: tuple[Stated, ...]
) -> tuple[Source, ...]:
    lines = (line.basis for account in accounts for period in account.periods for line in period.working)
    every = [*(basis for basis in lines if basis is not None), *(each.basis for each in statements)]
    ids = dict.fromkeys(id for basis in every for id in basis.sources)
    return tuple(playbook.sources[id] for id in ids if id in playbook.sources)
