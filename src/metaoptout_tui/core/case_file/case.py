"""The contents of the case file as a value, made from the record, the guidance and the authorities.

This module decides what a document shows; `documents/` only formats it. Every text has passed `core.text`, and every
statement about Meta, the law or an authority comes from the guidance with its basis.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.case_file.diary import (
    CaseDiaryEntry,
    CaseSummary,
    build_case_diary,
    summarize_account,
    untruncated_line,
    untruncated_text,
)
from metaoptout_tui.core.case_file.helper import CaseHelper, find_helper
from metaoptout_tui.core.case_file.preface import PREFACE, REDACTION_NOTICE
from metaoptout_tui.core.case_file.redaction import left_out
from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory, ContactLine
from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letter_facts import controller_lines
from metaoptout_tui.core.letters import letter_sent_events
from metaoptout_tui.core.objection.agenda import Appointment, appointments_of
from metaoptout_tui.core.objection.deadlines import CalculationLine, Deadline, calculation_lines, period_sureness
from metaoptout_tui.core.objection.event_sentences import describe_event, describe_link
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import describe_state, task_sentence
from metaoptout_tui.core.objection.settled_appointments import settled_appointments_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name, shown_platform_name
from metaoptout_tui.core.record.accounts import EvidenceFile, EvidenceFileState, EvidenceItem, Record, evidence_items_of
from metaoptout_tui.core.record.events import events_in_force


class CaseStatement(NamedTuple):
    """A statement of the guidance with its grounds."""

    id: str
    sentence: str
    basis: Basis


class CasePeriod(NamedTuple):
    """A legal period: its purpose, days, calculation, sureness and state.

    `started_by` is the id of the event that started it, `ended_on` the day of the event that ended it. Where `is_end_open`,
    its end is later than `last_day` by an unknown time; where `is_on_hold`, since a question of Meta is not answered.
    """

    kind: str
    purpose: str
    first_day: date
    last_day: date
    calculation: tuple[CalculationLine, ...]
    sureness: str
    is_extended: bool | None
    started_by: str
    ended_on: date | None
    is_over: bool
    is_end_open: bool = False
    is_on_hold: bool = False
    is_arrival_assumed: bool = False
    statement: str = ""
    """The statement of the playbook that says what it is for."""
    opens_right: date | None = None
    """The day from which something is open to the person, of a period that is no time limit of anybody."""


class CaseExhibit(NamedTuple):
    """An evidence file and its state: the event it belongs to, in words, and when it was added.

    `number` counts the files of the whole case from 1.
    """

    number: int
    event_id: str
    kept_file: EvidenceFile
    file_state: EvidenceFileState
    belongs_to: str
    added_at: datetime


class CaseLetter(NamedTuple):
    """A letter that was sent: its entry, and the evidence file with its text, None where there is none.

    `text` is what was sent, empty where there is no file or the file was changed; in a redacted case it is left out.
    """

    entry: CaseDiaryEntry
    exhibit: CaseExhibit | None = None
    text: str = ""


class CaseAccount(NamedTuple):
    """One account: its names, state, diary, periods, evidence and sent letters."""

    id: str
    name: str
    platform: str
    email: str
    linked_group: str
    state: str
    summary: CaseSummary
    covering_account_name: str
    next_task: str
    diary: tuple[CaseDiaryEntry, ...]
    periods: tuple[CasePeriod, ...]
    exhibits: tuple[CaseExhibit, ...]
    letters: tuple[CaseLetter, ...]


class CaseAuthority(NamedTuple):
    """The authority of this person, None where none is known, with remarks and how to write to it.

    `eea_list_page` lists all of the EEA.
    """

    authority: Authority | None
    remarks: tuple[str, ...]
    contact_lines: tuple[ContactLine, ...] = ()
    eea_list_page: str = ""


class Case(NamedTuple):
    """The whole case at one moment. `sources` are numbered from 1 in the order in which they are first cited.

    `controller` is Meta's company that answers for the data, and the lines of its address; empty where it is not known.
    `settled_appointments` are those that an earlier calendar may have had. `helper` is who was authorised last to help.
    """

    made_at: datetime
    country: str
    country_name: str
    email: str
    region: str
    guidance_label: str
    is_redacted: bool
    accounts: tuple[CaseAccount, ...]
    authority: CaseAuthority
    controller: tuple[str, ...]
    statements: tuple[CaseStatement, ...]
    sources: tuple[GuidanceSource, ...]
    appointments: tuple[Appointment, ...]
    settled_appointments: tuple[Appointment, ...]
    playbook: Playbook
    helper: CaseHelper | None = None

    def source_numbers(self, basis: Basis | None) -> tuple[int, ...]:
        """The numbers of the sources of a basis."""
        ids = basis.sources if basis is not None else ()
        return tuple(number for number, source in enumerate(self.sources, start=1) if source.id in ids)

    @property
    def preface(self) -> tuple[str, ...]:
        """The notes at its beginning, in the language in use."""
        return tuple(map(_, (*PREFACE, *(REDACTION_NOTICE if self.is_redacted else ()))))


class CaseReferenceData(NamedTuple):
    """The data besides the record: the guidance with its label, authorities, names of countries, public holidays."""

    playbook: Playbook
    guidance_label: str
    authorities: AuthorityDirectory
    country_names: Mapping[str, tuple[str, ...]]
    holiday_name: HolidayLookup


def build_case(
    record: Record,
    reference_data: CaseReferenceData,
    now: datetime,
    file_states: Iterable[EvidenceFileState],
    *,
    texts: Mapping[str, str] = MappingProxyType({}),
    account_id: str = "",
    is_redacted: bool = False,
) -> Case:
    """The case of one account, or of all where `account_id` is empty.

    `file_states` are the states of the files of `evidence_items_of(record)`, in that order; `texts` are those of the
    letters by the SHA-256 of their files. Raises ValueError where there are not as many states as files.
    """
    texts = {} if is_redacted else texts
    playbook = reference_data.playbook
    overview = compute_overview(record, playbook, now, reference_data.holiday_name)
    checked_items = zip(evidence_items_of(record), file_states, strict=True)
    in_case = [(item, file_state) for item, file_state in checked_items if account_id in ("", item.account.id)]
    files = _CheckedFiles([(number, *item) for number, item in enumerate(in_case, start=1)], texts, is_redacted)
    accounts = tuple(
        _case_account(status, overview, record, reference_data, files)
        for status in overview.statuses
        if account_id in ("", status.account.id)
    )
    person = record.person
    region = playbook.region_of_country(person.country)
    statements = _case_statements(playbook, region.id, accounts)
    names = reference_data.country_names.get(person.country, ())
    return Case(
        made_at=now,
        country=untruncated_line(person.country),
        country_name=names[0] if names else untruncated_line(person.country),
        email=untruncated_line(person.email),
        region=region.id,
        helper=find_helper(record, [item for item, _unused in in_case]),
        guidance_label=reference_data.guidance_label,
        is_redacted=is_redacted,
        accounts=accounts,
        authority=_case_authority(reference_data.authorities, person.country, person.land, is_eea=region.law == "gdpr"),
        statements=statements,
        sources=_cited_sources(playbook, accounts, statements),
        appointments=tuple(
            _clean_appointment(appointment)
            for appointment in appointments_of(
                _overview_of_account(overview, account_id), playbook, reference_data.holiday_name
            )
        ),
        settled_appointments=_settled_appointments(record, account_id, reference_data, now) if not is_redacted else (),
        controller=controller_lines(playbook, region.law),
        playbook=playbook,
    )


def _settled_appointments(
    record: Record, account_id: str, reference_data: CaseReferenceData, now: datetime
) -> tuple[Appointment, ...]:
    """The settled appointments of one account, or of all. Masked ids differ in each export, so there it has none."""
    settled = settled_appointments_of(record, reference_data.playbook, now, reference_data.holiday_name)
    return tuple(
        _clean_appointment(appointment) for appointment in settled if account_id in ("", appointment.account_id)
    )


def _overview_of_account(overview: Overview, account_id: str) -> Overview:
    """The overview of one account, or all of it where none is named."""
    return overview._replace(
        statuses=tuple(status for status in overview.statuses if account_id in ("", status.account.id)),
        tasks=tuple(task for task in overview.tasks if account_id in ("", task.account_id)),
    )


def _clean_appointment(appointment: Appointment) -> Appointment:
    return appointment._replace(
        id=untruncated_line(appointment.id),
        account_name=untruncated_line(appointment.account_name),
        summary=untruncated_line(appointment.summary),
        follow_up=untruncated_line(appointment.follow_up),
    )


class _CheckedFiles(NamedTuple):
    """The evidence files with their numbers and states, the texts of letters, and whether these are left out."""

    files: list[tuple[int, EvidenceItem, EvidenceFileState]]
    texts: Mapping[str, str]
    is_redacted: bool

    def letters_of(
        self, status: AccountStatus, diary: tuple[CaseDiaryEntry, ...], playbook: Playbook
    ) -> Iterator[CaseLetter]:
        """The letters that were sent for an account."""
        sent = {untruncated_line(event.id) for event in letter_sent_events(events_in_force(status.account.events))}
        files = {
            untruncated_line(exhibit.belongs_to.id): (number, exhibit, file_state)
            for number, exhibit, file_state in self.files
            if exhibit.account is status.account and exhibit.is_letter and exhibit.belongs_to is not None
        }
        for entry in diary:
            if entry.id not in sent:
                continue
            file = files.get(entry.id)
            if file is None:
                yield CaseLetter(entry)
            else:
                text = self._letter_text(file[1].file) if file[2] is EvidenceFileState.OK else ""
                yield CaseLetter(entry, _case_exhibit(*file, playbook), text)

    def _letter_text(self, file: EvidenceFile) -> str:
        return left_out() if self.is_redacted else untruncated_text(self.texts.get(file.sha256, ""))


def _case_account(
    status: AccountStatus,
    overview: Overview,
    record: Record,
    reference_data: CaseReferenceData,
    files: _CheckedFiles,
) -> CaseAccount:
    account, playbook = status.account, reference_data.playbook
    covering_account = record.account_by_id(status.covering_account_id) if status.covering_account_id else None
    diary = build_case_diary(account, playbook)
    covering_account_name = untruncated_line(account_name(covering_account, playbook)) if covering_account else ""
    return CaseAccount(
        id=untruncated_line(account.id),
        name=untruncated_line(account_name(account, playbook)),
        platform=untruncated_line(shown_platform_name(account.platform, playbook)),
        email=untruncated_line(account.email),
        linked_group=untruncated_line(describe_link(account.linked_group)),
        state=untruncated_line(describe_state(status, record, playbook, overview.now)),
        summary=summarize_account(status, diary, covering_account_name),
        covering_account_name=covering_account_name,
        next_task=untruncated_line(task_sentence(overview.next_task_for(account.id), playbook)),
        diary=diary,
        periods=tuple(_case_periods(status, reference_data, overview.now.date())),
        exhibits=tuple(
            _case_exhibit(number, exhibit, file_state, playbook)
            for number, exhibit, file_state in files.files
            if exhibit.account is account
        ),
        letters=tuple(files.letters_of(status, diary, playbook)),
    )


def _case_periods(status: AccountStatus, reference_data: CaseReferenceData, today: date) -> Iterator[CasePeriod]:
    for deadline in status.deadlines:
        period = deadline.legal_period(reference_data.holiday_name)
        if period is None:
            continue
        yield CasePeriod(
            kind=period.kind,
            purpose=reference_data.playbook.texts.sentence(f"period.{period.purpose}"),
            first_day=period.first_day,
            last_day=period.last_day,
            calculation=calculation_lines(period, reference_data.playbook),
            sureness=period_sureness(period, reference_data.playbook),
            is_extended=period.extension_counts,
            started_by=untruncated_line(deadline.started_by.id),
            ended_on=_end_day(deadline),
            is_over=period.is_over(today) and not deadline.is_arrival_unreported,
            is_end_open=period.is_end_open,
            is_on_hold=period.is_on_hold,
            is_arrival_assumed=deadline.is_receipt_assumed,
            statement=f"period.{period.purpose}",
            opens_right=period.opens_right,
        )


def _end_day(deadline: Deadline) -> date | None:
    return deadline.ended_by.at.date() if deadline.ended_by is not None else None


def _case_exhibit(number: int, exhibit: EvidenceItem, file_state: EvidenceFileState, playbook: Playbook) -> CaseExhibit:
    file = exhibit.file
    belongs_to = (
        describe_event(exhibit.belongs_to, playbook) if exhibit.belongs_to else _("an entry that is not in the record")
    )
    return CaseExhibit(
        number,
        untruncated_line(exhibit.event.id),
        EvidenceFile(untruncated_line(file.name), untruncated_line(file.sha256), file.size),
        file_state,
        untruncated_line(belongs_to),
        exhibit.event.at,
    )


def _case_authority(authorities: AuthorityDirectory, country: str, land: str, *, is_eea: bool) -> CaseAuthority:
    authority = authorities.authority_for(country, land)
    remarks = (*authorities.remarks_on(authority), authorities.sentence("contact")) if authority else ()
    contact_lines = authorities.contact_lines(authority) if authority else ()
    if not is_eea:
        return CaseAuthority(authority, remarks, contact_lines)
    return CaseAuthority(
        authority, (*remarks, authorities.sentence("fallback")), contact_lines, authorities.eea_list_page
    )


_GENERAL_CONTEXTS = ("region", "limits", "coverage")
"""The contexts of the statements that apply to every account."""


def _case_statements(playbook: Playbook, region: str, accounts: tuple[CaseAccount, ...]) -> tuple[CaseStatement, ...]:
    """The statements on the law where the person lives, on coverage, and on the periods of the accounts."""
    period_statement_ids = {period.statement for account in accounts for period in account.periods}
    statements = [
        statement
        for context in _GENERAL_CONTEXTS
        for statement in playbook.statements_for(step=context, platform="", region=region)
        if statement.scope.places[0] == context
    ]
    statements += [statement for statement in playbook.statements if statement.id in period_statement_ids]
    return tuple(
        CaseStatement(statement.id, playbook.texts.sentence(statement.id), statement.basis) for statement in statements
    )


def _cited_sources(
    playbook: Playbook, accounts: tuple[CaseAccount, ...], statements: tuple[CaseStatement, ...]
) -> tuple[GuidanceSource, ...]:
    line_bases = (line.basis for account in accounts for period in account.periods for line in period.calculation)
    bases = [*(basis for basis in line_bases if basis is not None), *(statement.basis for statement in statements)]
    ids = dict.fromkeys(id for basis in bases for id in basis.sources)
    return tuple(playbook.sources[id] for id in ids if id in playbook.sources)
