"""Laws of every comparison: whatever a download's year, language and shape, only what is in it is offered."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generated_downloads import Download, downloads, people
from meta_exports import write_zip
from metaoptout_tui.app.imports.meta_export_findings import take_findings
from metaoptout_tui.core.meta_export import MetaExport
from metaoptout_tui.core.meta_export_comparison import ExportComparison, FindingKind, compare_exports
from metaoptout_tui.core.record.accounts import Account, Record
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.guidance.loader import load_playbook
from metaoptout_tui.imports.meta_export.read import read_exports
from samples import Clock, open_session, record

ANY_PLACE = settings(deadline=None)
PLAYBOOK = load_playbook()


def read(*read_downloads: Download) -> tuple[MetaExport, ...]:
    with TemporaryDirectory() as folder:
        paths = [
            write_zip(Path(folder) / f"{number}-{each.service}-{each.person.username}.zip", each.files)
            for number, each in enumerate(read_downloads)
        ]
        return read_exports(paths).exports


def words_in(exports: Iterable[MetaExport]) -> set[str]:
    """Every name and address that stands in some downloads."""
    words: set[str] = set()
    for export in exports:
        for account in export.accounts:
            words |= {account.username, account.name, *account.emails}
        for profile in export.linked.profiles:
            words |= {profile.username, profile.name, profile.email}
    return {word.casefold() for word in words if word}


def check_nothing_is_invented(comparison: ExportComparison, exports: Iterable[MetaExport], before: Record) -> None:
    words = words_in(exports)
    ids = {account.id for account in before.accounts}
    for finding in comparison.findings:
        if finding.kind in (FindingKind.NEW_ACCOUNT, FindingKind.NAME):
            assert finding.account_name.removeprefix("@").casefold() in words
        assert not finding.email or finding.email.casefold() in words
        assert (finding.account_id in ids) is (finding.kind is not FindingKind.NEW_ACCOUNT)
        assert finding.file
        # What contradicts the person is never ticked beforehand; an empty group means that they said it is not linked.
        if finding.kind in (FindingKind.LINK, FindingKind.EMAIL):
            assert finding.is_ticked is (finding.former is None)


@ANY_PLACE
@given(drawn=people().flatmap(lambda person: st.lists(downloads(of=person), min_size=1, max_size=2)))
def test_of_an_empty_record_every_account_is_offered_once_and_taking_it_leaves_nothing(drawn: list[Download]) -> None:
    exports = read(*drawn)
    session = open_session(PLAYBOOK, Clock(), [], Record())
    comparison = compare_exports(exports, session.record, PLAYBOOK)
    check_nothing_is_invented(comparison, exports, session.record)
    assert not comparison.foreign
    assert not comparison.not_in_download
    offered = {(each.platform, each.account_name.casefold()) for each in comparison.findings}
    assert len(offered) == len(comparison.findings)
    assert {each.service for each in drawn} <= {each.platform for each in comparison.findings}
    assert all(each.kind is FindingKind.NEW_ACCOUNT and each.is_ticked for each in comparison.findings)
    is_linked = any(each.is_linked for each in drawn)
    assert is_linked or not any(each.linked_group for each in comparison.findings)
    take_findings(session, comparison.findings)
    assert len(session.record.accounts) == len(comparison.findings)
    assert compare_exports(exports, session.record, PLAYBOOK).findings == ()


@ANY_PLACE
@given(
    download=downloads(),
    address=st.sampled_from(["none", "present", "previous", "another"]),
    hub=st.sampled_from([None, "", "mine"]),
)
def test_taken_into_any_record_it_leaves_nothing_and_what_is_not_ticked_stays(
    download: Download, address: str, hub: str | None
) -> None:
    person, service = download.person, download.service
    name = {"facebook": clean_line(person.name), "instagram": f"@{person.username}"}[service]
    addresses = {"present": person.email, "previous": person.previous_email, "another": "other@example.org"}
    email = addresses.get(address, "")
    before = record(Account(service, service, name, email, hub))
    exports = read(download)
    session = open_session(PLAYBOOK, Clock(), [], before)
    comparison = compare_exports(exports, before, PLAYBOOK)
    assert comparison.foreign == ()
    check_nothing_is_invented(comparison, exports, before)
    assert not any(each.kind is FindingKind.NEW_ACCOUNT and each.platform == service for each in comparison.findings)
    take_findings(session, [each for each in comparison.findings if each.is_ticked])
    account = session.record.account_by_id(service)
    assert account
    assert account.email == (email or person.email)
    assert hub is None or account.linked_group == hub
    take_findings(session, compare_exports(exports, session.record, PLAYBOOK).findings)
    assert compare_exports(exports, session.record, PLAYBOOK).findings == ()


@ANY_PLACE
@given(download=downloads())
def test_of_a_strangers_download_nothing_is_offered_until_the_person_says_that_it_is_theirs(download: Download) -> None:
    mine = record(Account("facebook", "facebook", "Somebody Else", "else@example.com", None))
    exports = read(download)
    comparison = compare_exports(exports, mine, PLAYBOOK)
    assert (comparison.findings, comparison.not_in_download, comparison.foreign) == ((), (), exports)
    assert compare_exports(exports, mine, PLAYBOOK, is_confirmed_own=True).findings
