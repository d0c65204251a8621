"""The case file as sections, rows and items: what a reader sees, in the order they see it, before it is HTML or Markdown."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.case import Case, CaseAccount, CaseFile, CaseLetter, CasePeriod
from metaoptout_tui.core.case_diary import Entry
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.evidence import Outcome
from metaoptout_tui.core.links import published
from metaoptout_tui.core.playbook import Basis, Source
from metaoptout_tui.core.wording import SURENESS_WORDS

TITLE = "Case file: objection to the use of data for training AI at Meta"

OUTCOMES = {
    Outcome.OK: "there, and the same as when it was kept",
    Outcome.CHANGED: "CHANGED since it was kept",
    Outcome.MISSING: "MISSING from the folder",
    Outcome.UNREADABLE: "CANNOT BE READ",
}


class Own(NamedTuple):
    """Words of the person or of somebody else: shown apart, exactly as they are, over several lines where they have them."""

    words: str


class Link(NamedTuple):
    """An address that may be opened."""

    url: str


Value = str | Own | Link


class Row(NamedTuple):
    """A name and what stands beside it."""

    label: str
    value: Value


class Item(NamedTuple):
    """One thing of a list: `when` in words and for machines (both may be empty), what, a mark in words, rows about it.

    `note` stands behind the title in the same line.
    """

    title: str
    rows: tuple[Row, ...] = ()
    when: str = ""
    machine: str = ""
    mark: str = ""
    is_void: bool = False
    note: Value = ""


class Section(NamedTuple):
    """A heading and what stands below it: sentences, rows, items, then sections. `id` is unique in the document.

    The items of one that `is_brief` are lines of a list, those of others are told at length.
    """

    id: str
    title: str
    words: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    items: tuple[Item, ...] = ()
    sections: "tuple[Section, ...]" = ()
    is_brief: bool = False


class Outline(NamedTuple):
    """The document: its title, its language, the rows at its head, its sections."""

    title: str
    language: str
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]


def outline(case: Case) -> Outline:
    """The case file in order: the gist, how to read it, the accounts, the authority, what is due, what it rests on."""
    sections = [
        Section("summary", "Summary", rows=tuple(_person(case)), items=tuple(_gist(each) for each in case.accounts)),
        Section("reading", "How to read this", words=case.preface),
        *(_account(f"account-{number}", account, case) for number, account in enumerate(case.accounts, start=1)),
        _authority(case),
        Section("due", "What is due", words=() if case.agenda else ("Nothing is due.",), items=tuple(_due(case))),
        Section("statements", "What is said of Meta and the law", items=tuple(_statements(case)), is_brief=True),
        Section("sources", "Sources", items=tuple(_sources(case)), is_brief=True),
    ]
    head = (Row("Made", when.exact(case.made)), Row("Guidance", case.guidance))
    return Outline(TITLE, case.playbook.texts.language, head, tuple(sections))


def _person(case: Case) -> Iterator[Row]:
    yield Row("About", "An objection to the use of personal data for training AI at Meta, account by account")
    if case.email:
        yield Row("E-mail address", Own(case.email))
    yield Row("Country", Own(case.country_name) if case.country else "not said; taken for one of the EU and EEA")
    if case.authority.authority is not None:
        yield Row("Authority there", case.authority.authority.name)


def _gist(account: CaseAccount) -> Item:
    told = account.gist
    rows = [Row("Objected", Own("\n".join(told.objected) or "nothing sent yet"))] if told.can_object else []
    if told.sent:
        rows.append(Row("Sent since" if told.objected else "Sent", Own("\n".join(told.sent))))
    if told.came_back:
        rows.append(Row("What came back", Own("\n".join(told.came_back))))
    rows.append(Row("How it stands", Own(account.state)))
    if told.asked:
        rows.append(Row("What is asked", told.asked))
    if account.files:
        rows.append(Row("Exhibits", _exhibits(account)))
    return Item(account.name, tuple(rows))


def _exhibits(account: CaseAccount) -> str:
    first, last = account.files[0].exhibit, account.files[-1].exhibit
    return str(first) if first == last else f"{first} to {last}"


def _account(id: str, account: CaseAccount, case: Case) -> Section:
    rows = [Row("Linked", Own(account.hub))]
    if account.email:
        rows.append(Row("E-mail address", Own(account.email)))
    rows.extend([Row("State", Own(account.state)), Row("Next", Own(account.next))])
    exhibits = {file.entry: file.exhibit for file in account.files}
    diary = tuple(_entry(entry, exhibits.get(entry.id)) for entry in account.entries)
    periods = tuple(item for period in account.periods for item in _period(period, case))
    parts = (
        Section(f"{id}-diary", "What happened", items=diary),
        Section(f"{id}-periods", "Legal periods", items=periods),
        Section(
            f"{id}-letters",
            "Letters sent",
            (_LETTERS,),
            items=tuple(map(_letter, account.letters)),
        ),
        Section(f"{id}-evidence", "Exhibits", items=tuple(map(_file, account.files))),
    )
    return Section(
        id,
        account.name,
        words=tuple(_nothing(account)),
        rows=tuple(rows),
        sections=tuple(part for part in parts if part.items),
    )


def _nothing(account: CaseAccount) -> Iterator[str]:
    """What there is not, said in a line each where a heading would stand over nothing."""
    if not account.entries:
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
    if not account.files:
        yield "No file was kept as evidence."


_LETTERS = (
    "A text is what stood in this program when the person wrote down that the letter was sent. Its file is the exhibit that "
    "is named with it."
)


def _letter(letter: CaseLetter) -> Item:
    """A letter with its text, or why it is not there."""
    file, entry = letter.file, letter.entry
    if file is None:
        rows = [Row("Text", "none was kept")]
    elif letter.text:
        rows = [Row("Exhibit", str(file.exhibit)), Row("Text", Own(letter.text))]
    else:
        why = "stands in the exhibit" if file.outcome is Outcome.OK else f"not here: {OUTCOMES[file.outcome]}"
        rows = [Row("Exhibit", str(file.exhibit)), Row("Text", why)]
    return Item(entry.words, tuple(rows), when=when.exact(entry.at), machine=entry.at.isoformat())


def _entry(entry: Entry, exhibit: int | None = None) -> Item:
    rows = [Row(detail.label, Own(detail.value)) for detail in entry.details]
    if exhibit is not None:
        rows = [Row("Exhibit", str(exhibit))]
    if entry.written is not None:
        rows.append(Row("Date before it was put right", when.exact(entry.written)))
    mark = {"in force": "", "taken back": "taken back", "takes back": "takes back", "correction": "correction"}[
        entry.standing
    ]
    if entry.back is not None:
        mark = f"taken back on {when.exact(entry.back)}"
    return Item(
        entry.words,
        tuple(rows),
        when=when.exact(entry.at),
        machine=entry.at.isoformat(),
        mark=mark,
        is_void=entry.standing == "taken back",
    )


def _period(period: CasePeriod, case: Case) -> Iterator[Item]:
    if period.ended is not None:
        late = " after its last day" if period.ended > period.last else ""
        how = f"ended by an entry of {when.full_day(period.ended)}{late}"
    else:
        how = "over, with nothing in the diary that ended it" if period.is_over else "running"
    rows = [
        Row("First day", when.full_day(period.begins)),
        Row("Last day", when.full_day(period.last)),
        Row("How it stands", how),
        Row("How sure the last day is", SURENESS_WORDS[period.sureness]),
    ]
    for number, line in enumerate(period.working, start=1):
        law = f" ({line.law})" if line.law else ""
        detail = f" {line.detail}." if line.detail else ""
        rows.append(
            Row(
                f"Step {number}: {when.full_day(line.day)}",
                f"{line.sentence}{detail}{law} {_grounds(line.basis, case)}".strip(),
            )
        )
    yield Item(period.about, tuple(rows))


def _file(file: CaseFile) -> Item:
    size = f"{file.file.size:,} bytes" if file.file.size >= 0 else "not known"
    return Item(
        f"Exhibit {file.exhibit}: {file.file.name}",
        (
            Row("Belongs to", Own(file.about)),
            Row("SHA-256", Own(file.file.sha256)),
            Row("Size", size),
            Row("When looked at for this", OUTCOMES[file.outcome]),
        ),
        when=when.exact(file.added),
        machine=file.added.isoformat(),
        is_void=False,
        mark="" if file.outcome is Outcome.OK else str(file.outcome),
    )


def _authority(case: Case) -> Section:
    found = case.authority.authority
    if found is None:
        rows = [_address("All authorities of the EEA", case.authority.fallback)] if case.authority.fallback else []
        words = ("This program knows of no single authority for this person.", *case.authority.remarks)
        return Section("authority", "Authority", words=words, rows=tuple(rows))
    rows = [Row("Name", found.name), Row("Takes complaints in", f"{found.taken}, according to one public list")]
    if found.complaint:
        rows.append(_address("Page for complaints", found.complaint))
    rows.append(_address("Main site", found.site))
    rows.extend(Row("E-mail", address) for address in found.emails)
    rows.extend(_address(f"Further page ({page.language})", page.url) for page in found.also)
    if case.authority.fallback:
        rows.append(_address("All authorities of the EEA", case.authority.fallback))
    return Section("authority", "Authority", words=case.authority.remarks, rows=tuple(rows))


def _due(case: Case) -> Iterator[Item]:
    for each in case.agenda:
        on = each.on
        shown = when.exact(on) if isinstance(on, datetime) else when.full_day(on)
        yield Item(each.summary, (Row("Account", Own(each.account)),), when=shown, machine=on.isoformat())


def _statements(case: Case) -> Iterator[Item]:
    for each in case.statements:
        yield Item(each.sentence, note=_grounds(each.basis, case))


def _sources(case: Case) -> Iterator[Item]:
    for number, source in enumerate(case.sources, start=1):
        date = when.partial(source.date) if source.date else "undated"
        yield Item(f"[{number}] {source.publisher}, {date}", note=_page(source))


def _page(source: Source) -> Value:
    return _address("", source.url).value if source.url else "No public address is known."


def _address(label: str, url: str) -> Row:
    """A link where the program itself would open it, else the address as words."""
    try:
        return Row(label, Link(str(published(url))))
    except LinkRefused:
        return Row(label, Own(url))


def _grounds(basis: Basis | None, case: Case) -> str:
    return f"{SURENESS_WORDS[basis.sureness].capitalize()}. {_numbers(basis, case)}" if basis is not None else ""


def _numbers(basis: Basis | None, case: Case) -> str:
    return "".join(f"[{number}]" for number in case.numbers(basis))
