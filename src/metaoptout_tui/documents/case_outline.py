"""The case file as sections, rows and items: what a reader sees, in the order they see it, before it is HTML or Markdown."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from metaoptout_tui.core import when
from metaoptout_tui.core.case import Case, CaseAccount, CaseFile, CasePeriod
from metaoptout_tui.core.case_diary import Entry
from metaoptout_tui.core.errors import LinkRefused
from metaoptout_tui.core.evidence import Outcome
from metaoptout_tui.core.links import published
from metaoptout_tui.core.playbook import Basis, Source
from metaoptout_tui.core.wording import SURENESS_WORDS, basis_line

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
    """One thing of a list: `when` in words and for machines (both may be empty), what, a mark in words, rows about it."""

    title: str
    rows: tuple[Row, ...] = ()
    when: str = ""
    machine: str = ""
    mark: str = ""
    is_void: bool = False


class Section(NamedTuple):
    """A heading and what stands below it: sentences, rows, items, then sections. `id` is unique in the document."""

    id: str
    title: str
    words: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    items: tuple[Item, ...] = ()
    sections: "tuple[Section, ...]" = ()


class Outline(NamedTuple):
    """The document: its title, its language, the rows at its head, its sections."""

    title: str
    language: str
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]


def outline(case: Case) -> Outline:
    """The case file in order: how to read it, who and where, the accounts, the authority, what is due, what it rests on."""
    sections = [
        Section("reading", "How to read this", words=case.preface),
        Section("person", "Who and where", rows=tuple(_person(case))),
        *(_account(f"account-{number}", account, case) for number, account in enumerate(case.accounts, start=1)),
        _authority(case),
        Section("due", "What is due", words=() if case.agenda else ("Nothing is due.",), items=tuple(_due(case))),
        Section("statements", "What is said of Meta and the law", items=tuple(_statements(case))),
        Section("sources", "Sources", items=tuple(_sources(case))),
    ]
    head = (Row("Made", when.exact(case.made)), Row("Guidance", case.guidance))
    return Outline(TITLE, case.playbook.texts.language, head, tuple(sections))


def _person(case: Case) -> Iterator[Row]:
    yield Row("Country", Own(case.country_name) if case.country else "not said; taken for one of the EU and EEA")
    if case.email:
        yield Row("Usual e-mail address", Own(case.email))
    for account in case.accounts:
        yield Row(account.platform, Own(f"{account.name}: {account.state}"))


def _account(id: str, account: CaseAccount, case: Case) -> Section:
    rows = [Row("State", Own(account.state)), Row("Next", Own(account.next))]
    if account.email:
        rows.insert(0, Row("E-mail address", Own(account.email)))
    rows.insert(0, Row("Linked", Own(account.hub)))
    parts = [_section(f"{id}-diary", "What happened", tuple(map(_entry, account.entries)), "The diary is empty.")]
    if account.covered_by:
        words = "The periods are those of the account through which this one is covered."
    else:
        words = "No legal period runs or ran since the last objection."
    periods = tuple(item for period in account.periods for item in _period(period, case))
    parts.append(_section(f"{id}-periods", "Legal periods", periods, words))
    letters = tuple(map(_entry, account.letters))
    parts.append(
        _section(f"{id}-letters", "Letters sent after the objection", letters, "The diary holds none.", (_LETTERS,))
    )
    files = tuple(map(_file, account.files))
    parts.append(_section(f"{id}-evidence", "Evidence", files, "No file was kept."))
    return Section(id, account.name, rows=tuple(rows), sections=tuple(parts))


_LETTERS = "The diary holds that a letter was sent, and when; its text is there only where a copy was kept as evidence."


def _section(id: str, title: str, items: tuple[Item, ...], none: str, words: tuple[str, ...] = ()) -> Section:
    return Section(id, title, words if items else (none,), items=items)


def _entry(entry: Entry) -> Item:
    rows = [Row(detail.label, Own(detail.value)) for detail in entry.details]
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
    size = f"{file.file.size} bytes" if file.file.size >= 0 else "not known"
    return Item(
        file.file.name,
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
        yield Item(
            each.sentence, (Row("Rests on", f"{basis_line(each.basis, case.playbook)} {_numbers(each.basis, case)}"),)
        )


def _sources(case: Case) -> Iterator[Item]:
    for number, source in enumerate(case.sources, start=1):
        date = when.partial(source.date) if source.date else "undated"
        yield Item(f"[{number}] {source.publisher}, {date}", (_page(source),))


def _page(source: Source) -> Row:
    return _address("Address", source.url) if source.url else Row("Address", "No public address is known.")


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
