"""Going back to a version of the record: the laws, and what a person meets."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from command_line import Ended, run
from core.record.test_removals import content, copies, joined
from metaoptout_tui.app.files.joining import seems_somebody_elses
from metaoptout_tui.app.files.restoring import restored_record, with_returned_account
from metaoptout_tui.app.session import OpenRecord, open_record
from metaoptout_tui.cli.output import EXIT_ATTENTION
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.removals import ids_of, is_removed, with_removals_noted
from metaoptout_tui.storage import progress_file
from metaoptout_tui.storage.kept_versions import list_versions
from samples import Clock, account, at, entry, record


class TestLaws:
    @given(copies(), copies())
    def test_nothing_undone_or_removed_returns(self, earlier: Record, present: Record) -> None:
        restored = restored_record(earlier, present)
        entries = [event.id for each in restored.accounts for event in each.events]
        assert not [id for id in entries if is_removed(restored.removals, id)]
        assert all(restored.removals[id] >= count for id, count in present.removals.items())

    @given(copies(), copies())
    def test_everything_else_of_the_version_is_there_and_nothing_that_it_had_not(
        self, earlier: Record, present: Record
    ) -> None:
        restored = restored_record(earlier, present)
        assert set(ids_of(restored)) <= set(ids_of(earlier))
        missing = set(ids_of(earlier)) - set(ids_of(restored))
        assert all(is_removed(restored.removals, id) for id in missing)

    @given(copies(), copies())
    def test_doing_it_twice_is_doing_it_once(self, earlier: Record, present: Record) -> None:
        once = restored_record(earlier, present)
        assert content(restored_record(earlier, once)) == content(once)

    @given(copies(), copies())
    def test_nothing_is_lost_since_joining_what_was_brings_it_back(self, earlier: Record, present: Record) -> None:
        both = joined(restored_record(earlier, present), present)
        kept = {id for id in ids_of(present) if not is_removed(both.removals, id)}
        assert kept <= set(ids_of(both))


ANNA = record(account("facebook", entry("filed", at(3), email="anna@example.org")), account("instagram"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "progress.toml"
    progress_file.save_record(path, ANNA, None)
    return path


def change(path: Path, playbook: Playbook) -> OpenRecord:
    opened = open_record(path, playbook, clock=Clock())
    assert isinstance(opened, OpenRecord)
    opened.session.diary_service.record_note("facebook", "open", "First.")
    opened.session.diary_service.record_note("facebook", "open", "Second.")
    return opened


def on_disk(path: Path) -> Record:
    loaded = progress_file.load_record(path)
    assert isinstance(loaded, progress_file.FileLoaded)
    return loaded.record


def command(path: Path, *words: str) -> Ended:
    return run(*words, "--data-dir", path.parent)


class TestTheCommand:
    def test_lists_what_there_is_of_when_with_how_many_accounts_and_entries(
        self, path: Path, playbook: Playbook
    ) -> None:
        change(path, playbook).release_lock()
        ended = command(path, "restore")
        assert ended.returncode == 0
        lines = ended.stdout.splitlines()
        assert [line.split("  ")[1].split(": ")[1] for line in lines] == [
            "2 accounts, 3 entries",
            "2 accounts, 2 entries",
            "2 accounts, 1 entry",
        ]
        assert str(path.with_name("backups")) in lines[0]

    def test_says_where_nothing_is_kept(self, tmp_path: Path) -> None:
        ended = command(tmp_path / "progress.toml", "restore")
        assert (ended.returncode, ended.stdout) == (0, "")
        assert "No earlier version" in ended.stderr

    def test_brings_one_back_and_keeps_what_was(self, path: Path, playbook: Playbook) -> None:
        change(path, playbook).release_lock()
        before = path.read_bytes()
        ended = command(path, "restore", "3")
        assert ended.returncode == 0
        assert "It has 2 accounts, 1 entry now (Anna and Anna)." in ended.stdout
        assert on_disk(path) == ANNA
        assert before in {version.path.read_bytes() for version in list_versions(path)}
        assert command(path, "restore", "2").returncode == 0
        assert path.read_bytes() == before

    def test_leaves_out_what_was_removed_since_unless_it_is_named(self, path: Path, playbook: Playbook) -> None:
        opened = change(path, playbook)
        opened.session.account_service.remove_account("facebook")
        opened.release_lock()
        listed = command(path, "restore").stdout.splitlines()
        number = next(line.split()[0] for line in listed if "2 accounts, 3 entries" in line)
        ended = command(path, "restore", number)
        assert [each.id for each in on_disk(path).accounts] == ["instagram"]
        assert (
            f"Anna stays out, because it was removed since. `metaoptout-tui restore {number} --account" in ended.stderr
        )
        listed = command(path, "restore").stdout.splitlines()
        number = next(line.split()[0] for line in listed if "2 accounts, 3 entries" in line)
        ended = command(path, "restore", number, "--account", "facebook")
        assert ended.returncode == 0
        back = on_disk(path).account_by_id("facebook")
        assert back is not None
        assert [event.kind for event in back.events] == ["filed", "noted", "noted"]
        assert command(path, "restore", number, "--account", "facebook").returncode == 2
        assert command(path, "restore", number, "--account", "nobody").returncode == 2

    def test_a_record_that_is_gone_or_broken_comes_back_and_the_broken_one_is_kept(
        self, path: Path, playbook: Playbook
    ) -> None:
        opened = change(path, playbook)
        opened.release_lock()
        path.unlink()
        assert command(path, "restore", "1").returncode == 0
        assert on_disk(path) == opened.session.record
        path.write_bytes(b"broken")
        ended = command(path, "restore", "1")
        assert ended.returncode == 0
        assert "The file that could not be read is kept as" in ended.stderr
        assert on_disk(path) == opened.session.record
        assert b"broken" in {each.read_bytes() for each in path.parent.glob("progress.set-aside*")}

    def test_takes_a_file_from_elsewhere(self, path: Path, tmp_path: Path) -> None:
        shutil.copy(path, tmp_path / "mine.toml")
        data = path.read_bytes()
        progress_file.save_record(path, record(), data)
        assert command(path, "restore", str(tmp_path / "mine.toml")).returncode == 0
        assert on_disk(path) == ANNA

    @pytest.mark.parametrize("named", ["99", "nowhere.toml", "0"])
    def test_what_is_not_there_is_said_and_nothing_changed(self, path: Path, named: str) -> None:
        before = path.read_bytes()
        ended = command(path, "restore", named)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert path.read_bytes() == before

    def test_nothing_is_changed_under_an_open_window(self, path: Path, playbook: Playbook) -> None:
        opened = change(path, playbook)
        before = path.read_bytes()
        for words in (("restore", "2"), ("merge", str(path))):
            ended = command(path, *words)
            assert ended.returncode == 1
            assert "open in another window" in ended.stderr
        assert path.read_bytes() == before
        opened.release_lock()

    def test_a_newer_record_is_left_alone(self, path: Path, tmp_path: Path) -> None:
        shutil.copy(path, tmp_path / "mine.toml")
        path.write_text(path.read_text().replace("schema = 1", "schema = 9"))
        before = path.read_bytes()
        assert command(path, "restore", str(tmp_path / "mine.toml")).returncode == 1
        assert command(path, "merge", str(tmp_path / "mine.toml")).returncode == 1
        assert path.read_bytes() == before


class TestMerge:
    def other(self, path: Path, changed: Record, name: str = "progress (1).toml") -> Path:
        copy = path.with_name(name)
        progress_file.save_record(copy, changed, None)
        return copy

    def test_entries_of_both_are_there_and_the_copy_is_put_away(self, path: Path) -> None:
        theirs = ANNA.with_account(ANNA.accounts[0].with_event(entry("refused", at(1))))
        self.other(path, theirs)
        ended = command(path, "merge")
        assert (ended.returncode, ended.stdout) == (0, "Your record has 2 accounts, 2 entries now.\n")
        assert on_disk(path).accounts[0] == theirs.accounts[0]
        assert not path.with_name("progress (1).toml").exists()
        assert path.with_name("backups").joinpath("progress (1).toml").exists()
        assert "No conflict left a copy" in command(path, "merge").stderr

    def test_what_was_removed_here_does_not_come_back(self, path: Path) -> None:
        progress_file.save_record(path, with_removals_noted(ANNA, ANNA.without_account("facebook")), path.read_bytes())
        self.other(path, ANNA)
        command(path, "merge")
        assert [each.id for each in on_disk(path).accounts] == ["instagram"]

    @pytest.mark.parametrize(("take", "country", "name"), [("here", "NL", "Anna"), ("there", "BE", "Anna Jansen")])
    def test_both_versions_of_what_differs_are_shown_and_asked(
        self, path: Path, take: str, country: str, name: str
    ) -> None:
        theirs = replace(ANNA, person=Person("BE", "en", "anna@example.org"))
        copy = self.other(path, theirs.with_account(replace(ANNA.accounts[0], name="Anna Jansen")), "mine.toml")
        before = path.read_bytes()
        ended = command(path, "merge", str(copy))
        assert ended.returncode == 10
        assert "your country: here NL; there BE" in ended.stderr
        assert "the name of Anna: here Anna; there Anna Jansen" in ended.stderr
        assert "Nothing was changed." in ended.stderr
        assert path.read_bytes() == before
        assert command(path, "merge", str(copy), "--take", take).returncode == 0
        assert (on_disk(path).person.country, on_disk(path).accounts[0].name) == (country, name)
        assert copy.exists()

    def test_of_a_folder_that_went_on_elsewhere_only_what_both_changed_is_asked(
        self, path: Path, tmp_path: Path, playbook: Playbook
    ) -> None:
        change(path, playbook).release_lock()
        elsewhere = tmp_path / "elsewhere"
        shutil.copytree(path.parent, elsewhere, ignore=shutil.ignore_patterns("elsewhere"))
        self.set_person(path, playbook, country="DE", email="anna@example.org")
        self.set_person(elsewhere / "progress.toml", playbook, country="NL", email="new@example.org")
        ended = command(path, "merge", str(elsewhere / "progress.toml"))
        assert (ended.returncode, ended.stderr) == (0, "")
        assert on_disk(path).person == Person("DE", "en", "new@example.org")
        self.set_person(elsewhere / "progress.toml", playbook, country="BE", email="new@example.org")
        before = path.read_bytes()
        ended = command(path, "merge", str(elsewhere / "progress.toml"))
        assert ended.returncode == 10
        assert ended.stderr.splitlines()[0] == "your country: here DE; there BE"
        assert path.read_bytes() == before

    def set_person(self, path: Path, playbook: Playbook, *, country: str, email: str) -> None:
        opened = open_record(path, playbook, clock=Clock())
        assert isinstance(opened, OpenRecord)
        opened.session.account_service.set_person(country=country, email=email, language="en")
        opened.release_lock()

    def test_the_record_of_another_computer_is_taken_where_there_is_none_here(self, path: Path, tmp_path: Path) -> None:
        new = tmp_path / "new" / "progress.toml"
        new.parent.mkdir()
        assert command(new, "merge", str(path)).returncode == 0
        assert on_disk(new) == ANNA

    def test_a_file_that_is_no_record_is_refused_with_what_to_choose_instead(self, path: Path, tmp_path: Path) -> None:
        (tmp_path / "other.toml").write_text("x = 1\n")
        (tmp_path / "folder").mkdir()
        assert command(path, "export", "--to", str(tmp_path / "case"), "--redact").returncode == 0
        before = path.read_bytes()
        case_files = list((tmp_path / "case").iterdir())
        assert case_files
        for place in (tmp_path / "other.toml", tmp_path / "folder", *case_files):
            for words in ("merge", "restore"):
                ended = command(path, words, str(place))
                assert ended.returncode == 1
                assert ended.stderr.endswith(
                    "Nothing was changed. Choose a progress.toml, or a zip that `metaoptout-tui backup` wrote; a case "
                    "file cannot be read back.\n"
                )
        assert path.read_bytes() == before


def test_an_account_comes_back_once_and_only_with_what_was_not_undone() -> None:
    kept, undone = entry("filed", at(3)), entry("noted", at(2), step="open", text="x")
    version = Record(accounts=(Account("facebook", "facebook", "Anna", events=(kept, undone)),))
    without_note = with_removals_noted(version, version.with_account(replace(version.accounts[0], events=(kept,))))
    removed = with_removals_noted(without_note, replace(without_note, accounts=()))
    back = with_returned_account(removed, without_note, "facebook")
    assert back.accounts == without_note.accounts
    with pytest.raises(InputRefused, match="already"):
        with_returned_account(back, version, "facebook")


class TestAnothersRecord:
    TOM = replace(
        record(account("instagram-tom", entry("filed", at(2), email="tom@example.org"), email="tom@example.org")),
        person=Person(email="tom@example.org"),
    )

    @pytest.fixture
    def of_tom(self, tmp_path: Path) -> Path:
        place = tmp_path / "elsewhere" / "tom.toml"
        progress_file.save_record(place, self.TOM, None)
        return place

    @pytest.mark.parametrize("verb", ["restore", "merge"])
    def test_it_is_not_taken_by_a_wrong_name(self, path: Path, of_tom: Path, verb: str) -> None:
        ended = command(path, verb, str(of_tom))
        assert ended.returncode == EXIT_ATTENTION
        assert "tom.toml seems to be another person's record: it has 1 account, 1 entry" in ended.stderr
        assert "--somebody-elses takes it all the same" in ended.stderr
        assert on_disk(path) == ANNA

    def test_it_is_taken_where_that_is_said_and_the_way_back_is_told(self, path: Path, of_tom: Path) -> None:
        ended = command(path, "restore", "--somebody-elses", str(of_tom))
        assert (ended.returncode, on_disk(path).accounts) == (0, self.TOM.accounts)
        [number] = re.findall(r"restore (\d+) --data-dir", ended.stderr)
        assert command(path, "restore", number).returncode == 0
        assert on_disk(path).accounts == ANNA.accounts

    @pytest.mark.parametrize(
        "copy",
        [
            ANNA,
            replace(record(account("threads-shop", email="ANNA@example.org")), person=Person()),
            replace(record(account("threads-shop", email="")), person=Person(email="anna@example.org")),
            replace(record(account("instagram", email="")), person=Person()),
            Record(),
        ],
        ids=[
            "the same entries",
            "an address in common",
            "the person's address",
            "an account of that name",
            "no account",
        ],
    )
    def test_ones_own_copy_is_not_asked_about(self, copy: Record) -> None:
        own = replace(ANNA, person=Person(email="anna@example.org"))
        assert not seems_somebody_elses(copy, own)
        assert not seems_somebody_elses(own, copy)


def test_accounts_that_nobody_named_do_not_make_two_peoples_records_one() -> None:
    def of(email: str) -> Record:
        accounts = (Account("facebook", "facebook", "Facebook"), Account("instagram-2", "instagram", "Instagram 2"))
        return Record(Person("BE", "nl", email), accounts)

    assert seems_somebody_elses(of("rosa@example.org"), of("ahmed@example.org"))
    assert not seems_somebody_elses(of("rosa@example.org"), of("rosa@example.org"))
