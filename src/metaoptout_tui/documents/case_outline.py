"""The case file as titled sections with rows and items, to be rendered as HTML or Markdown."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.case import Case, CaseAccount, CaseExhibit, CaseLetter, CasePeriod
from metaoptout_tui.core.case_file.diary import CaseDiaryEntry
from metaoptout_tui.core.case_file.helper import CaseHelper
from metaoptout_tui.core.case_file.redaction import LEFT_OUT
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.basis import Basis, GuidanceSource
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.core.objection.sentences import SURENESS_WORDS, describe_sureness
from metaoptout_tui.core.record.accounts import EvidenceFileState
from metaoptout_tui.core.record.vocabulary import AUTHORISED_IN_WRITING, AUTHORISED_ORALLY, PeriodKind
from metaoptout_tui.core.text import capitalize_first

CASE_FILE_TITLE = "Case file: objection to the use of data for training AI at Meta"
CLOSING_SENTENCE = "Made by metaoptout-tui on the computer where the record is kept. It sent nothing to Meta."

OUTCOME_TEXTS = {
    EvidenceFileState.OK: "there, and the same as when it was kept",
    EvidenceFileState.CHANGED: "CHANGED since it was kept",
    EvidenceFileState.MISSING: "MISSING from the folder",
    EvidenceFileState.UNREADABLE: "CANNOT BE READ",
}


class QuotedText(NamedTuple):
    """Text of the person or of somebody else, shown exactly as it is, with its line breaks."""

    text: str


class OutlineLink(NamedTuple):
    """An address that is shown as a link."""

    url: str


OutlineValue = str | QuotedText | OutlineLink


class OutlineRow(NamedTuple):
    """A label with its value."""

    label: str
    value: OutlineValue


class OutlineItem(NamedTuple):
    """One entry of a list, with rows of details; all but the title may be empty.

    `mark` (such as “taken back”) and `note` follow the title in its line.
    """

    title: str
    rows: tuple[OutlineRow, ...] = ()
    date_text: str = ""
    iso_date: str = ""
    mark: str = ""
    is_struck_out: bool = False
    note: OutlineValue = ""


class OutlineSection(NamedTuple):
    """A heading and, below it in this order, paragraphs, rows, items and sections. `id` is unique in the document.

    `is_brief`: each item takes one line.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[OutlineRow, ...] = ()
    items: tuple[OutlineItem, ...] = ()
    sections: "tuple[OutlineSection, ...]" = ()
    is_brief: bool = False


class CaseOutline(NamedTuple):
    """The document; `rows` stand at its head."""

    title: str
    language: str
    rows: tuple[OutlineRow, ...]
    sections: tuple[OutlineSection, ...]


_SIGNATURE_LINES = ("Place and date", "Name", "Signature")
_BLANK_LINE = QuotedText("_" * 30)


def build_outline(case: Case) -> CaseOutline:
    """The outline of a case: summary, how to read it, accounts, authority, what is due, statements and sources."""
    sections = [
        OutlineSection(
            "summary",
            "Summary",
            rows=tuple(_person_rows(case)),
            items=tuple(map(_summary_item, case.accounts)),
        ),
        OutlineSection("reading", "How to read this", paragraphs=case.preface),
        *(
            _account_section(f"account-{number}", account, case)
            for number, account in enumerate(case.accounts, start=1)
        ),
        _authority_section(case),
        OutlineSection(
            "due",
            "What is due",
            paragraphs=() if case.appointments else ("Nothing is due.",),
            items=tuple(_appointment_items(case)),
        ),
        OutlineSection(
            "statements", "What is said of Meta and the law", items=tuple(_statement_items(case)), is_brief=True
        ),
        OutlineSection("sources", "Sources", items=tuple(_source_items(case)), is_brief=True),
        OutlineSection("signature", "Signed", rows=tuple(OutlineRow(label, _BLANK_LINE) for label in _SIGNATURE_LINES)),
    ]
    head = (OutlineRow("Made", dates.format_with_offset(case.made_at)), OutlineRow("Guidance", case.guidance_label))
    return CaseOutline(CASE_FILE_TITLE, case.playbook.texts.language, head, tuple(sections))


def _person_rows(case: Case) -> Iterator[OutlineRow]:
    yield OutlineRow("About", "An objection to the use of personal data for training AI at Meta, account by account")
    if case.email:
        yield OutlineRow("E-mail address", QuotedText(case.email))
    if case.helper is not None:
        yield OutlineRow("Helped by", QuotedText(_helper_words(case.helper)))
    yield OutlineRow(
        "Country", QuotedText(case.country_name) if case.country else "not said; taken for one of the EU and EEA"
    )
    unknown_controller = "Meta (Facebook, Instagram); which of its companies answers there was not found"
    yield OutlineRow("Controller", QuotedText("\n".join(case.controller) or unknown_controller))
    authority = case.authority.authority
    if authority is not None:
        yield OutlineRow("Authority there", QuotedText("\n".join(authority.postal_lines)))


def _helper_words(helper: CaseHelper) -> str:
    day = dates.format_full_day(helper.at.date())
    name = helper.name or "A helper"
    words = {
        AUTHORISED_IN_WRITING: f"{name}, authorised in writing on {day}",
        AUTHORISED_ORALLY: f"{name}, authorised by word of mouth on {day}",
    }.get(helper.how, f"{name}, authorised on {day}")
    return words if helper.exhibit is None else f"{words} (exhibit {helper.exhibit})"


def _summary_item(account: CaseAccount) -> OutlineItem:
    summary = account.summary
    rows = []
    if summary.can_object:
        rows.append(OutlineRow("Objected", QuotedText("\n".join(summary.objections) or "nothing sent yet")))
    if summary.sent:
        rows.append(OutlineRow("Sent since" if summary.objections else "Sent", QuotedText("\n".join(summary.sent))))
    if summary.received:
        rows.append(OutlineRow("What came back", QuotedText("\n".join(summary.received))))
    rows.append(OutlineRow("How it stands", QuotedText(account.state)))
    if summary.request:
        rows.append(OutlineRow("What is asked", summary.request))
    if account.exhibits:
        rows.append(OutlineRow("Exhibits", _exhibit_range(account)))
    return OutlineItem(account.name, tuple(rows))


def _exhibit_range(account: CaseAccount) -> str:
    first, last = account.exhibits[0].number, account.exhibits[-1].number
    return str(first) if first == last else f"{first} to {last}"


def _account_section(id: str, account: CaseAccount, case: Case) -> OutlineSection:
    rows = [OutlineRow("Linked", QuotedText(account.linked_group))]
    if account.email:
        rows.append(OutlineRow("E-mail address", QuotedText(account.email)))
    rows.extend([OutlineRow("State", QuotedText(account.state)), OutlineRow("Next", QuotedText(account.next_task))])
    exhibits = {file.event_id: file.number for file in account.exhibits}
    diary = tuple(_diary_item(entry, exhibits.get(entry.id)) for entry in account.diary)
    periods = tuple(_period_item(period, case) for period in account.periods)
    parts = (
        OutlineSection(f"{id}-diary", "What happened", items=diary),
        OutlineSection(f"{id}-periods", "Legal periods", items=periods),
        OutlineSection(
            f"{id}-letters",
            "Letters sent",
            (_LETTERS_INTRODUCTION,),
            items=tuple(map(_letter_item, account.letters)),
        ),
        OutlineSection(f"{id}-evidence", "Exhibits", items=tuple(map(_exhibit_item, account.exhibits))),
    )
    return OutlineSection(
        id,
        account.name,
        paragraphs=tuple(_absence_sentences(account)),
        rows=tuple(rows),
        sections=tuple(part for part in parts if part.items),
    )


def _absence_sentences(account: CaseAccount) -> Iterator[str]:
    """A sentence for each section that is left out because it would be empty."""
    if not account.diary:
        yield "The diary of this account is empty."
        return
    if account.covered_by and account.periods:
        yield "Of the objection itself the legal periods are those of the account through which this one is covered."
    elif account.covered_by:
        yield "The legal periods are those of the account through which this one is covered."
    elif not account.periods:
        yield "No legal period runs or ran since the last objection."
    if not account.letters:
        yield "The diary holds no letter that was sent."
    if not account.exhibits:
        yield "No file was kept as evidence."


_LETTERS_INTRODUCTION = (
    "A text is what stood in this program when the person wrote down that the letter was sent. "
    "Its file is the exhibit that is named with it."
)


def _letter_item(letter: CaseLetter) -> OutlineItem:
    """A letter with its text, or with a note why the text is not here."""
    file, entry = letter.exhibit, letter.entry
    if file is None:
        rows = [OutlineRow("Text", "none was kept")]
    elif letter.text:
        rows = [OutlineRow("Exhibit", str(file.number)), OutlineRow("Text", QuotedText(letter.text))]
    else:
        explanation = (
            "stands in the exhibit"
            if file.outcome is EvidenceFileState.OK
            else f"not here: {OUTCOME_TEXTS[file.outcome]}"
        )
        rows = [OutlineRow("Exhibit", str(file.number)), OutlineRow("Text", explanation)]
    return OutlineItem(
        entry.sentence, tuple(rows), date_text=dates.format_with_offset(entry.at), iso_date=entry.at.isoformat()
    )


def _diary_item(entry: CaseDiaryEntry, exhibit: int | None = None) -> OutlineItem:
    rows = [OutlineRow(detail.label, QuotedText(detail.value)) for detail in entry.details]
    if exhibit is not None:
        rows = [OutlineRow("Exhibit", str(exhibit))]
    if entry.original_at is not None:
        rows.append(OutlineRow("Date before it was put right", dates.format_with_offset(entry.original_at)))
    mark: str = "" if entry.status == "in force" else entry.status
    if entry.taken_back_at is not None:
        mark = f"taken back on {dates.format_with_offset(entry.taken_back_at)}"
    return OutlineItem(
        entry.sentence,
        tuple(rows),
        date_text=dates.format_with_offset(entry.at),
        iso_date=entry.at.isoformat(),
        mark=mark,
        is_struck_out=entry.status == "taken back",
    )


def _period_item(period: CasePeriod, case: Case) -> OutlineItem:
    rows = [
        OutlineRow("First day", dates.format_full_day(period.first_day)),
        OutlineRow("Last day", _last_day_text(period)),
        OutlineRow("How it stands", _period_state_text(period)),
        OutlineRow("How sure the last day is", SURENESS_WORDS[period.sureness]),
    ]
    for number, line in enumerate(period.calculation, start=1):
        law = f" ({line.citation})" if line.citation else ""
        detail = f" {line.holiday}." if line.holiday else ""
        rows.append(
            OutlineRow(
                f"Step {number}: {dates.format_full_day(line.day)}",
                f"{line.sentence}{detail}{law} {_basis_text(line.basis, case)}".strip(),
            )
        )
    return OutlineItem(period.purpose, tuple(rows))


def _last_day_text(period: CasePeriod) -> str:
    last_day = dates.format_full_day(period.last_day)
    if period.is_end_open:
        return "open: a question of Meta is not answered" if period.is_on_hold else f"not before {last_day}"
    return f"{last_day}, by an assumed day of arrival" if period.is_arrival_assumed else last_day


def _period_state_text(period: CasePeriod) -> str:
    if period.ended_on is not None:
        is_late = period.ended_on > period.last_day and not period.is_end_open
        late = " after its last day" if is_late and period.kind != PeriodKind.COMPLAINT_TO_REGULATOR else ""
        return f"ended by an entry of {dates.format_full_day(period.ended_on)}{late}"
    if period.is_on_hold:
        return "waits for the answer to a question of Meta"
    return "over, with nothing in the diary that ended it" if period.is_over else "running"


def _exhibit_item(file: CaseExhibit) -> OutlineItem:
    unknown = LEFT_OUT if file.kept_file.sha256 == LEFT_OUT else "not known"
    size = f"{file.kept_file.size:,} bytes" if file.kept_file.size >= 0 else unknown
    return OutlineItem(
        f"Exhibit {file.number}: {file.kept_file.name}",
        (
            OutlineRow("Belongs to", QuotedText(file.belongs_to)),
            OutlineRow("SHA-256", QuotedText(file.kept_file.sha256)),
            OutlineRow("Size", size),
            OutlineRow("When looked at for this", OUTCOME_TEXTS[file.outcome]),
        ),
        date_text=dates.format_with_offset(file.added_at),
        iso_date=file.added_at.isoformat(),
        mark="" if file.outcome is EvidenceFileState.OK else str(file.outcome),
    )


def _authority_section(case: Case) -> OutlineSection:
    authority = case.authority.authority
    if authority is None:
        rows = (
            [_address_row("All authorities of the EEA", case.authority.eea_list_page)]
            if case.authority.eea_list_page
            else []
        )
        paragraphs = ("This program knows of no single authority for this person.", *case.authority.remarks)
        return OutlineSection("authority", "Authority", paragraphs=paragraphs, rows=tuple(rows))
    rows = [
        *(OutlineRow(line.label, _contact_value(line.value)) for line in case.authority.contact_lines),
        OutlineRow("How sure the contact is", SURENESS_WORDS[authority.contact.sureness]),
        OutlineRow("Takes complaints in", f"{authority.complaint_languages}, according to one public list"),
    ]
    if authority.complaint_page:
        rows.append(_address_row("Page for complaints", authority.complaint_page))
    rows.append(_address_row("Main site", authority.website))
    rows.extend(_address_row(f"Further page ({page.language})", page.url) for page in authority.further_pages)
    if case.authority.eea_list_page:
        rows.append(_address_row("All authorities of the EEA", case.authority.eea_list_page))
    return OutlineSection("authority", "Authority", paragraphs=case.authority.remarks, rows=tuple(rows))


def _appointment_items(case: Case) -> Iterator[OutlineItem]:
    for appointment in case.appointments:
        due = appointment.due
        date_text = dates.format_with_offset(due) if isinstance(due, datetime) else dates.format_full_day(due)
        yield OutlineItem(
            appointment.summary,
            (OutlineRow("Account", QuotedText(appointment.account_name)),),
            date_text=date_text,
            iso_date=due.isoformat(),
        )


def _statement_items(case: Case) -> Iterator[OutlineItem]:
    for statement in case.statements:
        yield OutlineItem(statement.sentence, note=_basis_text(statement.basis, case))


def _source_items(case: Case) -> Iterator[OutlineItem]:
    for number, source in enumerate(case.sources, start=1):
        date = dates.format_partial_date(source.date) if source.date else "undated"
        yield OutlineItem(f"[{number}] {source.publisher}, {date}", note=_source_address(source))


def _source_address(source: GuidanceSource) -> OutlineValue:
    return _address_row("", source.url).value if source.url else "No public address is known."


def _contact_value(value: str) -> OutlineValue:
    """A page as a link, several lines as they are, any other value as plain words."""
    if value.startswith("http"):
        return _address_row("", value).value
    return QuotedText(value) if "\n" in value else value


def _address_row(label: str, url: str) -> OutlineRow:
    """A row with a link if the program itself would open the address, else with the address as text."""
    try:
        return OutlineRow(label, OutlineLink(str(parse_trusted_url(url))))
    except LinkRefused:
        return OutlineRow(label, QuotedText(url))


def _basis_text(basis: Basis | None, case: Case) -> str:
    if basis is None:
        return ""
    provision = f"{basis.provision}. " if basis.provision else ""
    return f"{capitalize_first(describe_sureness(basis))}. {provision}{_citation_marks(basis, case)}"


def _citation_marks(basis: Basis | None, case: Case) -> str:
    return "".join(f"[{number}]" for number in case.source_numbers(basis))
