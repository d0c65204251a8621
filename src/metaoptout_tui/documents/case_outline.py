"""The case file as titled sections, rows and items, in reading order, ready to be formatted as HTML or Markdown."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.case import Case, CaseAccount, CaseExhibit, CaseLetter, CasePeriod
from metaoptout_tui.core.case_file.diary import CaseDiaryEntry
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.guidance.playbook import Basis, GuidanceSource
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.core.objection.sentences import SURENESS_WORDS
from metaoptout_tui.core.record.evidence import EvidenceFileState

CASE_FILE_TITLE = "Case file: objection to the use of data for training AI at Meta"
CLOSING_SENTENCE = "Made by metaoptout-tui on the person's own computer. It sent nothing to Meta."

OUTCOME_TEXTS = {
    EvidenceFileState.OK: "there, and the same as when it was kept",
    EvidenceFileState.CHANGED: "CHANGED since it was kept",
    EvidenceFileState.MISSING: "MISSING from the folder",
    EvidenceFileState.UNREADABLE: "CANNOT BE READ",
}


class QuotedText(NamedTuple):
    """Words of the person or of somebody else: shown apart, exactly as they are, over several lines where they have them."""

    words: str


class OutlineLink(NamedTuple):
    """An address that may be opened."""

    url: str


OutlineValue = str | QuotedText | OutlineLink


class OutlineRow(NamedTuple):
    """A name and what stands beside it."""

    label: str
    value: OutlineValue


class OutlineItem(NamedTuple):
    """One thing of a list: `when` in words and for machines (both may be empty), what, a mark in words, rows about it.

    `note` stands behind the title in the same line.
    """

    title: str
    rows: tuple[OutlineRow, ...] = ()
    date_text: str = ""
    iso_date: str = ""
    mark: str = ""
    is_struck_out: bool = False
    note: OutlineValue = ""


class OutlineSection(NamedTuple):
    """A heading and what stands below it: sentences, rows, items, then sections. `id` is unique in the document.

    The items of one that `is_brief` are lines of a list, those of others are told at length.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[OutlineRow, ...] = ()
    items: tuple[OutlineItem, ...] = ()
    sections: "tuple[OutlineSection, ...]" = ()
    is_brief: bool = False


class CaseOutline(NamedTuple):
    """The document: its title, its language, the rows at its head, its sections."""

    title: str
    language: str
    rows: tuple[OutlineRow, ...]
    sections: tuple[OutlineSection, ...]


def build_outline(case: Case) -> CaseOutline:
    """The case file in order: the gist, how to read it, the accounts, the authority, what is due, what it rests on."""
    sections = [
        OutlineSection(
            "summary",
            "Summary",
            rows=tuple(_person_rows(case)),
            items=tuple(_summary_item(each) for each in case.accounts),
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
    ]
    head = (OutlineRow("Made", dates.format_with_offset(case.made_at)), OutlineRow("Guidance", case.guidance_label))
    return CaseOutline(CASE_FILE_TITLE, case.playbook.texts.language, head, tuple(sections))


def _person_rows(case: Case) -> Iterator[OutlineRow]:
    yield OutlineRow("About", "An objection to the use of personal data for training AI at Meta, account by account")
    if case.email:
        yield OutlineRow("E-mail address", QuotedText(case.email))
    yield OutlineRow(
        "Country", QuotedText(case.country_name) if case.country else "not said; taken for one of the EU and EEA"
    )
    if case.authority.authority is not None:
        yield OutlineRow("Authority there", case.authority.authority.name)


def _summary_item(account: CaseAccount) -> OutlineItem:
    told = account.summary
    rows = (
        [OutlineRow("Objected", QuotedText("\n".join(told.objections) or "nothing sent yet"))]
        if told.can_object
        else []
    )
    if told.sent:
        rows.append(OutlineRow("Sent since" if told.objections else "Sent", QuotedText("\n".join(told.sent))))
    if told.received:
        rows.append(OutlineRow("What came back", QuotedText("\n".join(told.received))))
    rows.append(OutlineRow("How it stands", QuotedText(account.state)))
    if told.request:
        rows.append(OutlineRow("What is asked", told.request))
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
    """What there is not, said in a line each where a heading would stand over nothing."""
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
    "A text is what stood in this program when the person wrote down that the letter was sent. Its file is the exhibit that "
    "is named with it."
)


def _letter_item(letter: CaseLetter) -> OutlineItem:
    """A letter with its text, or why it is not there."""
    file, entry = letter.exhibit, letter.entry
    if file is None:
        rows = [OutlineRow("Text", "none was kept")]
    elif letter.text:
        rows = [OutlineRow("Exhibit", str(file.number)), OutlineRow("Text", QuotedText(letter.text))]
    else:
        why = (
            "stands in the exhibit"
            if file.outcome is EvidenceFileState.OK
            else f"not here: {OUTCOME_TEXTS[file.outcome]}"
        )
        rows = [OutlineRow("Exhibit", str(file.number)), OutlineRow("Text", why)]
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
    if period.ended_on is not None:
        late = " after its last day" if period.ended_on > period.last_day else ""
        how = f"ended by an entry of {dates.format_full_day(period.ended_on)}{late}"
    else:
        how = "over, with nothing in the diary that ended it" if period.is_over else "running"
    rows = [
        OutlineRow("First day", dates.format_full_day(period.first_day)),
        OutlineRow("Last day", dates.format_full_day(period.last_day)),
        OutlineRow("How it stands", how),
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


def _exhibit_item(file: CaseExhibit) -> OutlineItem:
    size = f"{file.kept_file.size:,} bytes" if file.kept_file.size >= 0 else "not known"
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
        words = ("This program knows of no single authority for this person.", *case.authority.remarks)
        return OutlineSection("authority", "Authority", paragraphs=words, rows=tuple(rows))
    rows = [
        OutlineRow("Name", authority.name),
        OutlineRow("Takes complaints in", f"{authority.complaint_languages}, according to one public list"),
    ]
    if authority.complaint_page:
        rows.append(_address_row("Page for complaints", authority.complaint_page))
    rows.append(_address_row("Main site", authority.website))
    rows.extend(OutlineRow("E-mail", address) for address in authority.emails)
    rows.extend(_address_row(f"Further page ({page.language})", page.url) for page in authority.further_pages)
    if case.authority.eea_list_page:
        rows.append(_address_row("All authorities of the EEA", case.authority.eea_list_page))
    return OutlineSection("authority", "Authority", paragraphs=case.authority.remarks, rows=tuple(rows))


def _appointment_items(case: Case) -> Iterator[OutlineItem]:
    for appointment in case.appointments:
        on = appointment.due
        shown = dates.format_with_offset(on) if isinstance(on, datetime) else dates.format_full_day(on)
        yield OutlineItem(
            appointment.summary,
            (OutlineRow("Account", QuotedText(appointment.account_name)),),
            date_text=shown,
            iso_date=on.isoformat(),
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


def _address_row(label: str, url: str) -> OutlineRow:
    """A link where the program itself would open it, else the address as words."""
    try:
        return OutlineRow(label, OutlineLink(str(parse_trusted_url(url))))
    except LinkRefused:
        return OutlineRow(label, QuotedText(url))


def _basis_text(basis: Basis | None, case: Case) -> str:
    return f"{SURENESS_WORDS[basis.sureness].capitalize()}. {_citation_marks(basis, case)}" if basis is not None else ""


def _citation_marks(basis: Basis | None, case: Case) -> str:
    return "".join(f"[{number}]" for number in case.source_numbers(basis))
