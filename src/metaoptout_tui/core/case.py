"""The case file as a value: all that the record, the guidance and the list of authorities say of it, at one moment.

What a document shows is decided here; the documents only set it. Every text in it has passed `core.text`, and every
statement about Meta, the law or an authority is one of the guidance, with its grounds.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.agenda import Appointment, agenda
from metaoptout_tui.core.authority import Authorities, Authority
from metaoptout_tui.core.case_diary import Entry, entries, own_line, own_text
from metaoptout_tui.core.case_gist import Gist, gist
from metaoptout_tui.core.clocks import Clock
from metaoptout_tui.core.diary import in_force
from metaoptout_tui.core.evidence import Exhibit, KeptFile, Outcome, exhibits
from metaoptout_tui.core.letters import letters_sent
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.overview import Overview, overview
from metaoptout_tui.core.periods import HolidayName
from metaoptout_tui.core.playbook import Basis, Playbook, Source
from metaoptout_tui.core.progress import Progress
from metaoptout_tui.core.redaction import LEFT_OUT
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
    """A kept file as it was found: which entry it belongs to, in words, and when it was added.

    `exhibit` counts the files of the whole case from 1.
    """

    exhibit: int
    entry: str
    file: KeptFile
    outcome: Outcome
    about: str
    added: datetime


class CaseLetter(NamedTuple):
    """A letter that was sent: its entry, and the kept file that holds its text, None where none was kept.

    `text` is what was sent, empty where it was not kept or the file is not as it was; in a masked case it is left out.
    """

    entry: Entry
    file: CaseFile | None = None
    text: str = ""


class CaseAccount(NamedTuple):
    """One account: who it is, how it stands, its diary, and the letters that were sent."""

    id: str
    name: str
    platform: str
    email: str
    hub: str
    state: str
    gist: Gist
    covered_by: str
    next: str
    entries: tuple[Entry, ...]
    periods: tuple[CasePeriod, ...]
    files: tuple[CaseFile, ...]
    letters: tuple[CaseLetter, ...]


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
    texts: Mapping[str, str] = MappingProxyType({}),
    account: str = "",
    is_redacted: bool = False,
) -> Case:
    """The case of one account, or of all where `account` is empty.

    `outcomes` says of each file of `exhibits(progress)`, in that order, what a look at it found; `texts` holds those of the
    letters by the SHA-256 of their files. Raises ValueError where there are not as many outcomes as files.
    """
    texts = {} if is_redacted else texts
    playbook = known.playbook
    seen = overview(progress, playbook, now, known.holiday)
    found = zip(exhibits(progress), outcomes, strict=True)
    wanted = [each for each in found if account in ("", each[0].account.id)]
    looked = [(number, *each) for number, each in enumerate(wanted, start=1)]
    accounts = tuple(
        _account(standing, seen, progress, known, _Looked(looked, texts, is_redacted))
        for standing in seen.standings
        if account in ("", standing.account.id)
    )
    person = progress.person
    region = playbook.region_of(person.country)
    statements = _statements(playbook, region.id, accounts)
    names = known.countries.get(person.country, ())
    return Case(
        made=now,
        country=own_line(person.country),
        country_name=names[0] if names else own_line(person.country),
        email=own_line(person.email),
        region=region.id,
        guidance=known.guidance,
        is_redacted=is_redacted,
        accounts=accounts,
        authority=_authority(known.authorities, person.country, person.land, is_eea=region.law == "gdpr"),
        statements=statements,
        sources=_sources(playbook, accounts, statements),
        agenda=tuple(_cleaned(each) for each in agenda(_only(seen, account), playbook, known.holiday)),
        playbook=playbook,
    )


def _only(seen: Overview, account: str) -> Overview:
    """The overview of one account, or all of it where none is named."""
    return seen._replace(
        standings=tuple(each for each in seen.standings if account in ("", each.account.id)),
        tasks=tuple(task for task in seen.tasks if account in ("", task.account)),
    )


def _cleaned(each: Appointment) -> Appointment:
    return each._replace(id=own_line(each.id), account=own_line(each.account), summary=own_line(each.summary))


class _Looked(NamedTuple):
    """The kept files with their numbers and how they are, the texts of letters, and whether these are left out."""

    files: list[tuple[int, Exhibit, Outcome]]
    texts: Mapping[str, str]
    is_redacted: bool

    def letters(self, standing: Standing, diary: tuple[Entry, ...], playbook: Playbook) -> Iterator[CaseLetter]:
        """The letters that were sent for an account."""
        sent = {own_line(event.id) for event in letters_sent(in_force(standing.account.events))}
        files = {
            own_line(exhibit.of.id): (number, exhibit, outcome)
            for number, exhibit, outcome in self.files
            if exhibit.account is standing.account and exhibit.is_letter and exhibit.of is not None
        }
        for entry in diary:
            if entry.id not in sent:
                continue
            kept = files.get(entry.id)
            if kept is None:
                yield CaseLetter(entry)
            else:
                text = self._text(kept[1].file) if kept[2] is Outcome.OK else ""
                yield CaseLetter(entry, _file(*kept, playbook), text)

    def _text(self, file: KeptFile) -> str:
        return LEFT_OUT if self.is_redacted else own_text(self.texts.get(file.sha256, ""))


def _account(
    standing: Standing,
    seen: Overview,
    progress: Progress,
    known: Known,
    looked: _Looked,
) -> CaseAccount:
    account, playbook = standing.account, known.playbook
    through = progress.account(standing.covered_by) if standing.covered_by else None
    diary = entries(account, playbook)
    through_name = own_line(account_name(through, playbook)) if through else ""
    return CaseAccount(
        id=own_line(account.id),
        name=own_line(account_name(account, playbook)),
        platform=own_line(playbook.platform_name(account.platform)),
        email=own_line(account.email),
        hub=own_line(hub_words(account.hub)),
        state=own_line(state_words(standing, progress, playbook, seen.now)),
        gist=gist(standing, diary, through_name),
        covered_by=through_name,
        next=own_line(task_sentence(seen.next_for(account.id), playbook)),
        entries=diary,
        periods=tuple(_periods(standing, known, seen.now.date())),
        files=tuple(
            _file(number, exhibit, outcome, playbook)
            for number, exhibit, outcome in looked.files
            if exhibit.account is account
        ),
        letters=tuple(looked.letters(standing, diary, playbook)),
    )


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
            set_by=own_line(clock.entry.id),
            ended=_ended(clock),
            is_over=period.is_over(today) and not clock.is_unsettled,
        )


def _ended(clock: Clock) -> date | None:
    return clock.ended.at.date() if clock.ended is not None else None


def _file(number: int, exhibit: Exhibit, outcome: Outcome, playbook: Playbook) -> CaseFile:
    file = exhibit.file
    about = entry_words(exhibit.of, playbook) if exhibit.of else "an entry that is not in the record"
    return CaseFile(
        number,
        own_line(exhibit.entry.id),
        KeptFile(own_line(file.name), own_line(file.sha256), file.size),
        outcome,
        own_line(about),
        exhibit.entry.at,
    )


def _authority(authorities: Authorities, country: str, land: str, *, is_eea: bool) -> CaseAuthority:
    found = authorities.authority_for(country, land)
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
