"""The case file as titled sections with rows and items, to be rendered as HTML or Markdown."""

from collections.abc import Iterator

from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.case import Case, CaseAccount, CaseExhibit, CaseLetter
from metaoptout_tui.core.case_file.diary import CaseDiaryEntry
from metaoptout_tui.core.case_file.helper import CaseHelper
from metaoptout_tui.core.case_file.periods import CasePeriod
from metaoptout_tui.core.case_file.redaction import left_out
from metaoptout_tui.core.guidance.basis import SURENESS_WORDS, Basis, GuidanceSource, sureness_sentence
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import language_in_use, mark, ngettext, pgettext
from metaoptout_tui.core.objection.named_day_sentences import named_day_purpose
from metaoptout_tui.core.record import vocabulary
from metaoptout_tui.core.record.accounts import EvidenceFileState
from metaoptout_tui.core.record.vocabulary import PeriodKind
from metaoptout_tui.documents.case_authority import address_row, authority_sections
from metaoptout_tui.documents.outline import (
    CaseOutline,
    OutlineItem,
    OutlineRow,
    OutlineSection,
    OutlineValue,
    QuotedText,
)

FILE_STATE_TEXTS = {
    EvidenceFileState.OK: mark("unchanged since it was kept"),
    EvidenceFileState.CHANGED: mark("CHANGED since it was kept"),
    EvidenceFileState.MISSING: mark("MISSING from the folder"),
    EvidenceFileState.UNREADABLE: mark("CANNOT BE READ"),
}
_NO_TEXTS_OF_LETTER = {
    EvidenceFileState.OK: mark("stands in the exhibit"),
    EvidenceFileState.CHANGED: mark("not here: CHANGED since it was kept"),
    EvidenceFileState.MISSING: mark("not here: MISSING from the folder"),
    EvidenceFileState.UNREADABLE: mark("not here: CANNOT BE READ"),
}
"""Where the text of a letter is, if it does not stand in the case file."""
_BLANK_LINE = QuotedText("_" * 30)


def build_outline(case: Case) -> CaseOutline:
    """The outline of a case in the language in use, in which the case was built too.

    Summary, how to read it, accounts, authority, days to come, statements and sources. What the person is to do next does
    not stand there: others read it.
    """
    signature_lines = (_("Place and date"), _("Name"), _("Signature"))
    days_to_come = tuple(_days_to_come(case))
    sections = [
        OutlineSection(
            "summary",
            _("Summary"),
            rows=tuple(_person_rows(case)),
            items=tuple(map(_summary_item, case.accounts)),
        ),
        OutlineSection("reading", _("How to read this"), paragraphs=case.preface),
        *(
            _account_section(f"account-{number}", account, case)
            for number, account in enumerate(case.accounts, start=1)
        ),
        *authority_sections(case),
        OutlineSection(
            "due",
            _("Days to come"),
            paragraphs=() if days_to_come else (_("No legal period is running."),),
            items=days_to_come,
        ),
        OutlineSection(
            "statements", _("What is said of Meta and the law"), items=tuple(_statement_items(case)), is_brief=True
        ),
        OutlineSection("sources", _("Sources"), items=tuple(_source_items(case)), is_brief=True),
        OutlineSection(
            "signature", _("Signed"), rows=tuple(OutlineRow(label, _BLANK_LINE) for label in signature_lines)
        ),
    ]
    whose = (OutlineRow(pgettext("whose case it is", "For"), QuotedText(case.name)),) if case.name else ()
    made = OutlineRow(pgettext("when a case file was written", "Made"), dates.format_with_offset(case.made_at))
    return CaseOutline(
        _("Case file: objection to the use of data for training AI at Meta"),
        language_in_use(),
        (*whose, made, OutlineRow(_("Guidance"), case.guidance_label)),
        tuple(sections),
        _("Made by metaoptout-tui on the computer where the record is kept. It sent nothing to Meta."),
    )


def _person_rows(case: Case) -> Iterator[OutlineRow]:
    about = _("An objection to the use of personal data for training AI at Meta, account by account")
    yield OutlineRow(pgettext("what a case file is about", "About"), about)
    if case.email:
        yield OutlineRow(_("E-mail address"), QuotedText(case.email))
    if case.helper is not None:
        yield OutlineRow(_("Helped by"), QuotedText(_helper_words(case.helper)))
    yield OutlineRow(
        _("Country"), QuotedText(case.country_name) if case.country else _("not said; taken for one of the EU and EEA")
    )
    unknown_controller = _("Meta (Facebook, Instagram); which of its companies answers there was not found")
    for controller in dict.fromkeys(each.controller for each in case.authorities):
        yield OutlineRow(_("Controller"), QuotedText("\n".join(controller) or unknown_controller))
    for each in case.authorities:
        if each.authority is not None:
            label = _("Authority ({country})").format(country=each.country_name)
            yield OutlineRow(label, QuotedText("\n".join(each.authority.postal_lines)))


def _helper_words(helper: CaseHelper) -> str:
    day = dates.format_full_day(helper.at.date())
    match helper.how:
        case vocabulary.AUTHORISED_IN_WRITING:
            words = _("{helper}, authorised in writing on {day}")
        case vocabulary.AUTHORISED_ORALLY:
            words = _("{helper}, authorised by word of mouth on {day}")
        case _:
            words = _("{helper}, authorised on {day}")
    words = words.format(helper=helper.name or _("A helper"), day=day)
    if helper.exhibit is None:
        return words
    # Translators: {helper} is such as “Berta, authorised in writing on 20 Nov 2026”.
    return _("{helper} (exhibit {number})").format(helper=words, number=helper.exhibit)


def _summary_item(account: CaseAccount) -> OutlineItem:
    summary = account.summary
    rows = []
    if summary.can_object:
        objected = "\n".join(summary.objections) or _("nothing sent yet")
        rows.append(OutlineRow(pgettext("when the person objected", "Objected"), QuotedText(objected)))
    if summary.sent:
        since = pgettext("what the person sent", "Sent since")
        label = since if summary.objections else pgettext("what the person sent", "Sent")
        rows.append(OutlineRow(label, QuotedText("\n".join(summary.sent))))
    if summary.received:
        rows.append(
            OutlineRow(pgettext("after an objection", "What came back"), QuotedText("\n".join(summary.received)))
        )
    rows.append(OutlineRow(_("How it stands"), QuotedText(account.state)))
    if summary.request:
        rows.append(OutlineRow(_("What is asked"), summary.request))
    if account.exhibits:
        rows.append(OutlineRow(_("Exhibits"), _exhibit_range(account)))
    return OutlineItem(account.name, tuple(rows))


def _exhibit_range(account: CaseAccount) -> str:
    first, last = account.exhibits[0].number, account.exhibits[-1].number
    if first == last:
        return _("number {number}").format(number=first)
    return _("numbers {first} to {last}").format(first=first, last=last)


def _account_section(id: str, account: CaseAccount, case: Case) -> OutlineSection:
    rows = []
    if account.child:
        rows.append(OutlineRow(_("Account of the child"), QuotedText(account.child)))
    if account.linked_group:
        rows.append(OutlineRow(pgettext("how an account is linked", "Linked"), QuotedText(account.linked_group)))
    if account.email:
        rows.append(OutlineRow(_("E-mail address given for the account"), QuotedText(account.email)))
    rows.append(OutlineRow(pgettext("how an account stands", "State"), QuotedText(account.state)))
    exhibits = {file.event_id: file.number for file in account.exhibits}
    diary = tuple(_diary_item(entry, exhibits.get(entry.id)) for entry in account.diary)
    periods = tuple(_period_item(period, case) for period in account.periods)
    parts = (
        OutlineSection(f"{id}-diary", _("What happened"), items=diary),
        OutlineSection(f"{id}-periods", _("Legal periods"), items=periods),
        OutlineSection(
            f"{id}-letters",
            _("Letters sent"),
            (_(_LETTERS_INTRODUCTION),),
            items=tuple(map(_letter_item, account.letters)),
        ),
        OutlineSection(f"{id}-evidence", _("Exhibits"), items=tuple(map(_exhibit_item, account.exhibits))),
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
        yield _("The diary of this account is empty.")
        return
    if account.covering_account_name and account.periods:
        yield _("Of the objection itself the legal periods are those of the account through which this one is covered.")
    elif account.covering_account_name:
        yield _("The legal periods are those of the account through which this one is covered.")
    elif not account.periods:
        yield _("There is no legal period to show.")
    if not account.letters:
        yield _("The diary holds no letter that was sent.")
    if not account.exhibits:
        yield _("No file was kept as evidence.")


_LETTERS_INTRODUCTION = mark(
    "A text is what stood in this program when the person wrote down that the letter was sent. The day in its head "
    "was set to the day on which the person says that it was sent. Its file is the exhibit that is named with it."
)


def _letter_item(letter: CaseLetter) -> OutlineItem:
    """A letter with its text, or with a note why the text is not here."""
    file, entry, text = letter.exhibit, letter.entry, pgettext("the text of a letter", "Text")
    if file is None:
        rows = [OutlineRow(text, pgettext("the text of a letter", "none was kept"))]
    else:
        value = QuotedText(letter.text) if letter.text else _(_NO_TEXTS_OF_LETTER[file.file_state])
        rows = [OutlineRow(_("Exhibit"), str(file.number)), OutlineRow(text, value)]
    return OutlineItem(entry.sentence, tuple(rows), date_text=entry.date_text, iso_date=entry.at.isoformat())


def _diary_item(entry: CaseDiaryEntry, exhibit: int | None = None) -> OutlineItem:
    rows = [OutlineRow(detail.label, QuotedText(detail.value)) for detail in entry.details]
    if exhibit is not None:
        rows = [OutlineRow(_("Exhibit"), str(exhibit))]
    if entry.original_at is not None:
        rows.append(OutlineRow(_("Date before it was put right"), dates.format_as_given(entry.original_at)))
    return OutlineItem(
        entry.sentence,
        tuple(rows),
        date_text=entry.date_text,
        iso_date=entry.at.isoformat(),
        mark=_standing_words(entry),
        is_struck_out=entry.status == "taken back",
    )


def _standing_words(entry: CaseDiaryEntry) -> str:
    """Whether an entry counts, where that is not as usual."""
    if entry.taken_back_at is not None:
        return _("taken back on {moment}").format(moment=dates.format_with_offset(entry.taken_back_at))
    match entry.status:
        case "in force":
            return ""
        case "taken back":
            return pgettext("an entry of the diary", "taken back")
        case "takes back":
            return pgettext("an entry of the diary", "takes back")
        case "correction":
            return pgettext("an entry of the diary", "correction")


def _period_item(period: CasePeriod, case: Case) -> OutlineItem:
    if period.ended_right:
        return OutlineItem(period.purpose, (OutlineRow(_("How it stands"), period.ended_right),))
    rows = [
        OutlineRow(_("First day"), dates.format_full_day(period.first_day)),
        OutlineRow(_("Last day") if period.opens_right is None else _("Possible from"), _last_day_text(period)),
        OutlineRow(_("How it stands"), _period_state_text(period)),
        OutlineRow(_("How sure that day is"), _(SURENESS_WORDS[period.sureness])),
    ]
    for number, line in enumerate(period.calculation, start=1):
        law = f" ({line.citation})" if line.citation else ""
        detail = f" {line.holiday}." if line.holiday else ""
        rows.append(
            OutlineRow(
                _("Step {number}: {day}").format(number=number, day=dates.format_full_day(line.day)),
                f"{line.sentence}{detail}{law} {_basis_text(line.basis, case)}".strip(),
            )
        )
    return OutlineItem(period.purpose, tuple(rows))


def _last_day_text(period: CasePeriod) -> str:
    last_day = dates.format_full_day(period.opens_right or period.last_day)
    if period.last_day_without_question is not None:
        words = _("{day}, unless Meta's question who the person is was really needed (GDPR Art. 12(6))")
        return words.format(day=dates.format_full_day(period.last_day_without_question))
    if period.later_end is not None:
        words = (
            _("{day}; not before {later}, if Meta may wait for the answer to its question")
            if period.is_later_end_open
            else _("{day}; {later}, if Meta may count from the answer to its question")
        )
        return words.format(day=last_day, later=dates.format_full_day(period.later_end))
    if period.is_end_open:
        if period.is_on_hold:
            return _("open: a question of Meta is not answered")
        return _("not before {day}").format(day=last_day)
    return _("{day}, by an assumed day of arrival").format(day=last_day) if period.is_arrival_assumed else last_day


def _period_state_text(period: CasePeriod) -> str:
    if period.ended_on is not None:
        last_day = period.last_day if period.is_later_end_open else period.later_end or period.last_day
        is_late = period.ended_on > last_day and not period.is_end_open
        is_told = is_late and period.opens_right is None and period.kind != PeriodKind.COMPLAINT_TO_AUTHORITY
        words = _("ended by an entry of {day} after its last day") if is_told else _("ended by an entry of {day}")
        return words.format(day=dates.format_full_day(period.ended_on))
    if period.is_on_hold:
        return _("waits for the answer to a question of Meta")
    if period.is_over and period.opens_right is not None:
        return _("possible now: the diary holds no word on how the complaint stands")
    if period.is_over:
        return _("over, with nothing in the diary that ended it")
    return pgettext("a legal period", "running")


def _exhibit_item(file: CaseExhibit) -> OutlineItem:
    size = file.kept_file.size
    if size >= 0:
        size_words = ngettext("{count} byte", "{count} bytes", size).format(count=format_number(size))
    else:
        size_words = left_out() if file.kept_file.sha256 == left_out() else _("not known")
    is_as_kept = file.file_state is EvidenceFileState.OK
    title = _("Exhibit {number}: {entry}, {day}")
    return OutlineItem(
        title.format(number=file.number, entry=file.belongs_to, day=file.entry_day),
        (
            OutlineRow(_("File"), QuotedText(file.kept_file.name)),
            OutlineRow("SHA-256", QuotedText(file.kept_file.sha256)),
            OutlineRow(_("Size"), size_words),
            OutlineRow(_("Kept on"), dates.format_with_offset(file.added_at)),
            OutlineRow(_("Compared when this was written"), _(FILE_STATE_TEXTS[file.file_state])),
        ),
        mark="" if is_as_kept else _file_state_word(file.file_state),
    )


def _file_state_word(file_state: EvidenceFileState) -> str:
    """What became of an evidence file, in one word."""
    return {
        EvidenceFileState.OK: pgettext("a kept file", "ok"),
        EvidenceFileState.CHANGED: pgettext("a kept file", "changed"),
        EvidenceFileState.MISSING: pgettext("a kept file", "missing"),
        EvidenceFileState.UNREADABLE: pgettext("a kept file", "unreadable"),
    }[file_state]


def _days_to_come(case: Case) -> Iterator[OutlineItem]:
    """The last days of the legal periods that run, and the days that authorities set, by day.

    Of a period that ends later by an unknown time stands the day before which it does not end.
    """
    to_come = [
        (
            period.opens_right or period.last_day,
            account.name,
            period.purpose,
            _last_day_text(period) if period.is_end_open or period.later_end is not None else "",
        )
        for account in case.accounts
        for period in account.periods
        if period.ended_on is None and not period.is_over and not period.is_on_hold
    ]
    to_come.extend(
        (named.day, account.name, named_day_purpose(named), "")
        for account in case.accounts
        if (named := account.named_day) is not None
    )
    for last_day, account, purpose, words in sorted(to_come):
        yield OutlineItem(
            purpose,
            (OutlineRow(_("Account"), QuotedText(account)),),
            date_text=words or dates.format_full_day(last_day),
            iso_date=last_day.isoformat(),
        )


def _statement_items(case: Case) -> Iterator[OutlineItem]:
    for statement in case.statements:
        yield OutlineItem(statement.sentence, note=_basis_text(statement.basis, case))


def _source_items(case: Case) -> Iterator[OutlineItem]:
    for number, source in enumerate(case.sources, start=1):
        date = dates.format_partial_date(source.date) if source.date else _("undated")
        yield OutlineItem(f"[{number}] {source.publisher}, {date}", note=_source_address(source))


def _source_address(source: GuidanceSource) -> OutlineValue:
    return address_row("", source.url).value if source.url else _("No public address is known.")


def _basis_text(basis: Basis | None, case: Case) -> str:
    if basis is None:
        return ""
    provision = f"{basis.provision_words}. " if basis.provision else ""
    return f"{sureness_sentence(basis)} {provision}{_citation_marks(basis, case)}"


def _citation_marks(basis: Basis | None, case: Case) -> str:
    return "".join(f"[{number}]" for number in case.source_numbers(basis))
