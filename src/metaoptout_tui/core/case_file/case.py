"""The contents of the case file as a value, made from the record, the guidance and the authorities.

This module decides what a document shows; `documents/` only formats it. Every text has passed `core.text`, and every
statement about Meta, the law or an authority comes from the guidance with its basis.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.case_file.diary import (
    CaseDiaryEntry,
    CaseSummary,
    build_case_diary,
    day_or_month_text,
    summarize_account,
)
from metaoptout_tui.core.case_file.entry_details import untruncated_line, untruncated_text
from metaoptout_tui.core.case_file.entry_sentences import document_sentence
from metaoptout_tui.core.case_file.helper import CaseHelper, find_helper
from metaoptout_tui.core.case_file.periods import CasePeriod, case_periods
from metaoptout_tui.core.case_file.redaction import left_out
from metaoptout_tui.core.case_file.statements import (
    PREFACE,
    REDACTION_NOTICE,
    CaseStatement,
    case_statements,
    cited_sources,
)
from metaoptout_tui.core.guidance.authorities import Authority, AuthorityDirectory, ContactLine
from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.authority_facts import ObjectionPlace, objection_place, with_country_in_words
from metaoptout_tui.core.letters.letter_facts import controller_lines
from metaoptout_tui.core.letters.letters import letter_sent_events
from metaoptout_tui.core.objection.agenda import Appointment, appointments_of
from metaoptout_tui.core.objection.event_sentences import describe_link
from metaoptout_tui.core.objection.legal_periods import HolidayLookup
from metaoptout_tui.core.objection.linking_question import ids_with_nothing_to_link
from metaoptout_tui.core.objection.named_days import NamedDay, named_day_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import describe_state, task_sentence
from metaoptout_tui.core.objection.settled_appointments import settled_appointments_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name, shown_platform_name
from metaoptout_tui.core.record.accounts import EvidenceFile, EvidenceFileState, EvidenceItem, Record, evidence_items_of
from metaoptout_tui.core.record.events import Event, events_in_force, is_month_alone


class CaseExhibit(NamedTuple):
    """An evidence file and its state: the event it belongs to, in words and with its date, and when the file was added.

    `number` counts the files of the whole case from 1.
    """

    number: int
    event_id: str
    kept_file: EvidenceFile
    file_state: EvidenceFileState
    belongs_to: str
    added_at: datetime
    entry_day: str


class CaseLetter(NamedTuple):
    """A letter that was sent: its entry, and the evidence file with its text, None where there is none.

    `text` is what was sent, empty where there is no file or the file was changed; in a redacted case it is left out.
    """

    entry: CaseDiaryEntry
    exhibit: CaseExhibit | None = None
    text: str = ""


class CaseAccount(NamedTuple):
    """One account: its names, state, diary, periods, evidence and sent letters.

    `named_day` is the day that the authority's letter names, until it passed. `child` is the child whose own account it
    is, empty for the person's and where it is masked.
    """

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
    named_day: NamedDay | None = None
    child: str = ""


class CaseAuthority(NamedTuple):
    """The authority for objections sent from one country, None where none is known, with remarks and how to write to it.

    `country_name` is that country's, and `controller` Meta's company that answers there, with the lines of its address;
    empty where it is not known. `eea_list_page` lists all of the EEA.
    """

    authority: Authority | None
    remarks: tuple[str, ...]
    country_name: str = ""
    controller: tuple[str, ...] = ()
    contact_lines: tuple[ContactLine, ...] = ()
    eea_list_page: str = ""


class Case(NamedTuple):
    """The whole case at one moment, of the person `name`, empty where that is not known or masked. `sources` are numbered from 1 in the order in which they are first cited.

    `authorities` are those of the countries where the person lived when the objections were sent, without doubles, at
    least one.
    `settled_appointments` are those that an earlier calendar had. `helper` is who was authorised last to help.
    """

    made_at: datetime
    country: str
    country_name: str
    email: str
    region: str
    guidance_label: str
    is_redacted: bool
    accounts: tuple[CaseAccount, ...]
    authorities: tuple[CaseAuthority, ...]
    statements: tuple[CaseStatement, ...]
    sources: tuple[GuidanceSource, ...]
    appointments: tuple[Appointment, ...]
    settled_appointments: tuple[Appointment, ...]
    playbook: Playbook
    helper: CaseHelper | None = None
    name: str = ""

    def source_numbers(self, basis: Basis | None) -> tuple[int, ...]:
        """The numbers of the sources of a basis."""
        ids = basis.sources if basis is not None else ()
        return tuple(number for number, source in enumerate(self.sources, start=1) if source.id in ids)

    @property
    def preface(self) -> tuple[str, ...]:
        """The notes at its beginning, in the language in use."""
        return tuple(map(_, (*PREFACE, *(REDACTION_NOTICE if self.is_redacted else ()))))


class CaseReferenceData(NamedTuple):
    """The data besides the record: the guidance with its label, authorities, names of countries, public holidays.

    `record_name` is how the record is called, which names the person where they gave no name for letters.
    """

    playbook: Playbook
    guidance_label: str
    authorities: AuthorityDirectory
    country_names: Mapping[str, tuple[str, ...]]
    holiday_name: HolidayLookup
    record_name: str = ""


def build_case(
    record: Record,
    reference_data: CaseReferenceData,
    now: datetime,
    file_states: Iterable[EvidenceFileState],
    *,
    texts: Mapping[str, str] = MappingProxyType({}),
    account_id: str = "",
    is_redacted: bool = False,
    exported_appointments: Collection[str] = (),
) -> Case:
    """The case of one account, or of all where `account_id` is empty.

    `file_states` are the states of the files of `evidence_items_of(record)`, in that order; `texts` are those of the
    letters by the SHA-256 of their files; `exported_appointments` are the digests of those that calendars had before.
    Raises ValueError where there are not as many states as files.
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
    places = _objection_places(overview, record, account_id)
    law = playbook.region_of_country(places[0].country).law
    region = playbook.region_of_country(person.country)
    periods = tuple(period for account in accounts for period in account.periods)
    statements = case_statements(playbook, region.id)
    names = reference_data.country_names.get(person.country, ())
    return Case(
        made_at=now,
        country=untruncated_line(person.country),
        country_name=names[0] if names else untruncated_line(person.country),
        email=untruncated_line(person.email),
        region=region.id,
        helper=find_helper(record, [item for item, _unused in in_case]),
        name="" if is_redacted else untruncated_line(record.name_for_letters or reference_data.record_name),
        guidance_label=reference_data.guidance_label,
        is_redacted=is_redacted,
        accounts=accounts,
        authorities=tuple(_case_authority(reference_data, place) for place in places),
        statements=statements,
        sources=cited_sources(playbook, periods, statements, law),
        appointments=tuple(
            _clean_appointment(appointment)
            for appointment in appointments_of(
                _overview_of_account(overview, account_id), playbook, reference_data.holiday_name
            )
        ),
        settled_appointments=()
        if is_redacted
        else _settled_appointments(record, account_id, reference_data, now, exported_appointments),
        playbook=playbook,
    )


def _settled_appointments(
    record: Record,
    account_id: str,
    reference_data: CaseReferenceData,
    now: datetime,
    exported_appointments: Collection[str],
) -> tuple[Appointment, ...]:
    """The settled appointments of one account, or of all, that a calendar had. Masked ids differ in each export."""
    if not exported_appointments:
        return ()
    settled = settled_appointments_of(record, reference_data.playbook, now, reference_data.holiday_name)
    return tuple(
        _clean_appointment(appointment)
        for appointment in settled
        if account_id in ("", appointment.account_id) and appointment.digest in exported_appointments
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
        self, status: AccountStatus, diary: tuple[CaseDiaryEntry, ...], reference_data: CaseReferenceData
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
                yield CaseLetter(entry, _case_exhibit(*file, reference_data), text)

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
    diary = build_case_diary(account, playbook, reference_data.country_names)
    is_alone = account.id in ids_with_nothing_to_link(record.accounts, playbook)
    covering_account_name = untruncated_line(account_name(covering_account, playbook)) if covering_account else ""
    return CaseAccount(
        id=untruncated_line(account.id),
        name=untruncated_line(account_name(account, playbook)),
        platform=untruncated_line(shown_platform_name(account.platform, playbook)),
        email=untruncated_line(account.email),
        linked_group="" if is_alone else untruncated_line(describe_link(account.linked_group)),
        state=untruncated_line(describe_state(status, record, playbook, overview.now)),
        summary=summarize_account(status, diary, covering_account_name),
        covering_account_name=covering_account_name,
        next_task=untruncated_line(task_sentence(overview.next_task_for(account.id), playbook)),
        diary=diary,
        periods=tuple(case_periods(status, playbook, reference_data.holiday_name, overview.now.date())),
        exhibits=tuple(
            _case_exhibit(number, exhibit, file_state, reference_data)
            for number, exhibit, file_state in files.files
            if exhibit.account is account
        ),
        letters=tuple(files.letters_of(status, diary, reference_data)),
        named_day=_named_day_to_come(overview, status),
        child=untruncated_line(record.child_of_account(account)),
    )


def _named_day_to_come(overview: Overview, status: AccountStatus) -> NamedDay | None:
    """The day that the authority's letter names; None where it names no day, or the day has passed."""
    named = named_day_of(status.outcome)
    return named if named is not None and named.day >= overview.now.date() else None


def _in_force(exhibit: EvidenceItem) -> Event | None:
    """The entry that a file belongs to, with its corrected date and words."""
    entry = exhibit.belongs_to
    if entry is None:
        return None
    return next((event for event in events_in_force(exhibit.account.events) if event.id == entry.id), entry)


def _case_exhibit(
    number: int, exhibit: EvidenceItem, file_state: EvidenceFileState, reference_data: CaseReferenceData
) -> CaseExhibit:
    file, entry = exhibit.file, _in_force(exhibit)
    belongs_to = (
        document_sentence(entry, reference_data.playbook, reference_data.country_names, exhibit.account.platform)
        if entry is not None
        else _("an entry that is not in the record")
    )
    return CaseExhibit(
        number,
        untruncated_line(exhibit.event.id),
        EvidenceFile(untruncated_line(file.name), untruncated_line(file.sha256), file.size),
        file_state,
        untruncated_line(belongs_to),
        exhibit.event.at,
        day_or_month_text(
            entry.at if entry is not None else exhibit.event.at,
            is_day_known=entry is None or not is_month_alone(entry),
        ),
    )


def _objection_places(overview: Overview, record: Record, account_id: str) -> tuple[ObjectionPlace, ...]:
    """Where the person lived when the objections were sent, first where they live now; that alone, if none was sent."""
    present = ObjectionPlace(record.person.country, record.person.land)
    statuses = [status for status in overview.statuses if account_id in ("", status.account.id)]
    sent = [status for status in statuses if status.objection_in_force is not None or status.outcome is not None]
    places = dict.fromkeys(objection_place(status, record.person) for status in sent)
    return tuple(sorted(places, key=lambda place: place != present)) or (present,)


_COUNTRY_OF_META = "Ireland"
"""The last line of the address of Meta's company, which is named in the language of the case file."""


def _case_authority(reference_data: CaseReferenceData, place: ObjectionPlace) -> CaseAuthority:
    authorities, playbook = reference_data.authorities, reference_data.playbook
    authority, law = authorities.authority_for(*place), playbook.region_of_country(place.country).law
    country_name = untruncated_line(reference_data.country_names.get(place.country, (place.country,))[0])
    controller = tuple(
        untruncated_line(reference_data.country_names.get("IE", (line,))[0]) if line == _COUNTRY_OF_META else line
        for line in controller_lines(playbook, law)
    )
    remarks = (*authorities.remarks_on(authority), authorities.sentence("contact")) if authority else ()
    if authority is not None:
        authority = with_country_in_words(authority, reference_data.country_names)
    contact_lines = authorities.contact_lines(authority) if authority else ()
    if law != "gdpr":
        return CaseAuthority(authority, remarks, country_name, controller, contact_lines)
    remarks = (*remarks, authorities.sentence("fallback"))
    return CaseAuthority(authority, remarks, country_name, controller, contact_lines, authorities.eea_list_page)
