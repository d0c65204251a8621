"""What release 0.1.0 wrote still opens and means the same: record, kept files, memory, accepted guidance, cache, settings.

The files are in the folder `0.1.0`, as that release wrote them; `0.1.0/expected` is what it said of them, at `NOW` where
that depends on the time. They are never to be written anew: a difference is a mistake of the program, or a change of words
that was decided.
"""

import json
import shutil
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.commands.commands import FORMER_COMMAND_IDS
from metaoptout_tui.app.session import RecordOpenFailure, Session
from metaoptout_tui.core.record.remembered import ChatPrivacy
from release.person import RELEASE, Person, expected
from terminal.pseudo_terminal import Home, Terminal

CONFLICT = (
    "progress.conflict-2026-11-23.toml is a copy of your record that a conflict left (this program). It is not read; "
)
ACCOUNT = "facebook-anna-late"
"""The account that was in view when the release was left, with an answer typed and not recorded."""


@pytest.fixture
def anna(tmp_path: Path) -> Person:
    """Many accounts in every state, with an accepted edition of the guidance, a memory and a cache."""
    return Person(tmp_path)


@pytest.fixture
def session(anna: Person) -> Iterator[Session]:
    """Her record, opened; its lock is released when the test ends."""
    opened = anna.open()
    yield opened.session
    opened.release_lock()


class TestTheRecordOpens:
    def test_for_writing_with_nothing_to_complain_of_but_the_copy_beside_it(self, anna: Person) -> None:
        opened = anna.open()
        opened.release_lock()
        assert opened.notices == (f"{CONFLICT}“What is kept” (F10) joins it.",)
        assert opened.session.current_record.read_only_reason == ""
        assert opened.session.current_record.save_error is None
        assert opened.session.current_record.notices == []
        assert not opened.session.account_service.is_new

    def test_and_is_left_as_it_was_where_nothing_is_changed(self, anna: Person) -> None:
        before = anna.record.read_bytes()
        opened = anna.open()
        opened.session.overview()
        opened.session.current_record.retry_save()
        opened.release_lock()
        assert anna.record.read_bytes() == before

    @parametrize_some(1, "form", [(), ("--json",), ("--coverage",)])
    def test_in_the_command_too(self, anna: Person, form: tuple[str, ...]) -> None:
        ended, words, complaints = anna.run("status", *form)
        whose = "" if "--json" in form else f"{anna.data.name}: "
        merge = f"`metaoptout-tui merge --data-dir '{anna.data}'` joins it."
        assert (ended, complaints) == (0, f"{whose}{CONFLICT}{merge}\n")
        assert words

    def test_and_where_it_was_damaged_since_the_kept_generation_is_offered(self, anna: Person) -> None:
        kept = shutil.copy(anna.record, anna.data / "progress.toml.1")
        anna.record.write_bytes(anna.record.read_bytes()[:-2_000] + b'\n[drafts."')
        failure = anna.try_to_open()
        assert isinstance(failure, RecordOpenFailure)
        [offered, _] = failure.versions
        assert offered.path == kept
        assert offered.record.account_by_id(ACCOUNT) is not None


class TestTheRecordMeansTheSame:
    def test_how_each_account_stands(self, anna: Person) -> None:
        assert anna.status_json() == json.loads(expected("status.json"))

    def test_diaries_periods_letters_and_kept_files_in_the_case_file(self, anna: Person) -> None:
        assert told_of_the_record(anna.exported()) == json.loads(expected("export.json"))

    def test_the_masked_case_file_has_every_account_and_entry_at_its_time(self, anna: Person) -> None:
        masked, then = anna.exported(redact=True), json.loads(expected("export.json"))
        for now, whole in zip(masked["accounts"], then["accounts"], strict=True):
            assert [each["at"] for each in now["diary"]] == [each["at"] for each in whole["diary"]]

    def test_diaries_kept_files_and_letters_whatever_the_day_is(self, anna: Person) -> None:
        ended, words, complaints = anna.run("export", "--to", str(anna.folder / "case"), "--with-evidence")
        assert (ended, complaints) == (0, "")
        paths = [Path(line) for line in words.splitlines()]
        [document] = [json.loads(path.read_bytes()) for path in paths if path.suffix == ".json"]
        now, then = told_of_the_record(document), json.loads(expected("export.json"))
        for one, other in zip(now["accounts"], then["accounts"], strict=True):
            for part in ("id", "name", "platform", "email", "link", "diary", "evidence", "letters"):
                assert one.get(part) == other.get(part), (one["id"], part)
        copies = {path.name: path.read_bytes() for path in paths if path.parent.name.endswith("-evidence")}
        assert copies == {path.name: path.read_bytes() for path in (RELEASE / "data" / "evidence").iterdir()}

    def test_every_kept_file_is_there_and_unchanged(self, anna: Person) -> None:
        assert anna.run("evidence", "verify") == (0, expected("evidence-verify.txt"), "")

    def test_what_was_typed_and_not_recorded(self, session: Session) -> None:
        drafts = tomllib.loads((RELEASE / "data" / "progress.toml").read_text(encoding="utf-8"))["drafts"]
        assert len(drafts) > 20
        chats = drafts.pop("chat-privacy:whatsapp")
        for key, draft in drafts.items():
            typed_at = draft.pop("typed-at")
            assert session.drafts.read(key) == draft
            assert session.drafts.typed_at(key) == datetime.fromisoformat(typed_at)
        assert chats.keys() - {"typed-at"} == session.remembered.of("whatsapp").chats.keys()

    def test_what_is_remembered_and_stood_among_the_drafts(self, session: Session) -> None:
        assert tuple(session.remembered.of("whatsapp").chats.values()) == (
            ChatPrivacy("Family", "on", "Ben Example"),
            ChatPrivacy("Garden Club", "off"),
            ChatPrivacy("School"),
            ChatPrivacy("Old group", is_removed=True),
        )
        assert "chat-privacy:whatsapp" not in session.record.drafts

    @pytest.mark.parametrize("country", ["uk", "us"])
    def test_under_another_law_and_where_nothing_can_be_objected_to(self, tmp_path: Path, country: str) -> None:
        person = Person(tmp_path, f"data-{country}")
        assert outline(person.status_json()) == json.loads(expected(f"status-{country}.json"))
        assert periods(person.exported()) == json.loads(expected(f"periods-{country}.json"))


ADDED_TO_PERIODS = ("end_open", "on_hold", "arrival_assumed")
"""What a case file says of a period since that release, besides what it said then."""


def told_of_the_record(case: dict[str, Any]) -> dict[str, Any]:
    """What a case file says of the record: without guidance, sources and authorities; of the working of a period its days."""
    accounts = [
        {
            **account,
            "periods": [
                {
                    **{name: value for name, value in each.items() if name not in ADDED_TO_PERIODS},
                    "working": [[step["day"], step["law"]] for step in each["working"]],
                }
                for each in account["periods"]
            ],
        }
        for account in case["accounts"]
    ]
    told: dict[str, Any] = without_empty_values(
        {
            "person": case["person"],
            "accounts": accounts,
            "authority": case["authority"]["code"],
            "due": case["due"],
            "guidance": case["guidance"],
        }
    )
    return told


def without_empty_values(value: Any) -> Any:
    """The same without names that hold nothing, so that it is shorter to read."""
    if isinstance(value, list):
        return [without_empty_values(each) for each in value]
    if isinstance(value, dict):
        return {name: without_empty_values(each) for name, each in value.items() if each not in (None, "", [])}
    return value


def outline(document: dict[str, Any]) -> list[dict[str, Any]]:
    """How accounts stand, without what the guidance that comes with the program may change."""
    names = ("id", "platform", "name", "hub", "state", "covered_by", "covered_email", "object_again", "next")
    return [{name: account[name] for name in names} for account in document["accounts"]]


def periods(case: dict[str, Any]) -> dict[str, Any]:
    """The legal periods of each account, without sentences, which are of the guidance that comes with the program."""
    named = told_of_the_record(case)["accounts"]
    return {
        account["id"]: [
            {name: value for name, value in each.items() if name != "about"} for each in account.get("periods", ())
        ]
        for account in named
    }


class TestTheWordsAreTheSame:
    def test_of_status(self, anna: Person) -> None:
        assert anna.status() == expected("status.txt")

    def test_of_what_is_due(self, anna: Person) -> None:
        assert anna.due() == expected("status-due.txt")

    def test_of_what_covers_each_account(self, anna: Person) -> None:
        assert anna.coverage() == expected("status-coverage.txt")

    def test_of_how_current_the_guidance_is(self, anna: Person) -> None:
        assert anna.guidance_status() == expected("guidance-status.txt")


class TestSavingOneChange:
    def test_keeps_every_name_and_entry_also_those_that_were_not_understood(self, anna: Person) -> None:
        before = anna.written
        opened = anna.open()
        opened.session.diary_service.record_note(ACCOUNT, "confirm", "One more note.")
        opened.release_lock()
        assert opened.session.current_record.save_error is None
        after = anna.written
        [account] = [each for each in after["account"] if each["id"] == ACCOUNT]
        note = account["event"].pop()
        assert (note["what"], note["step"], note["text"]) == ("noted", "confirm", "One more note.")
        chats = before["drafts"].pop("chat-privacy:whatsapp")
        del chats["typed-at"]
        assert after == {**before, "remembered": {"account": {"whatsapp": {"chats": chats}}}}

    def test_among_them_names_and_an_entry_of_a_newer_version(self, anna: Person) -> None:
        opened = anna.open()
        opened.session.account_service.set_land("DE-BE")
        opened.release_lock()
        record = anna.written
        assert record["person"]["land"] == "DE-BE"
        assert record["person"]["pronoun"] == "she"
        assert record["person"]["future"]["level"] == 3
        assert record["future_list"] == [1, "two", {"three": 3.5}]
        accounts = {each["id"]: each for each in record["account"]}
        assert accounts["facebook-example-garden-club"]["colour"] == "green"
        [entry] = [each for each in accounts[ACCOUNT]["event"] if each["what"] == "seen-by-a-newer-version"]
        assert entry["inner"] == {"deep": ["a", "b"]}
        assert entry["local"] == datetime(2026, 11, 26, 8, 30)  # noqa: DTZ001 - a time without a zone stays one
        assert any(each.get("confidence") == 0.75 for each in accounts["whatsapp"]["event"])

    def test_keeps_what_was_there_as_a_version(self, anna: Person) -> None:
        before = anna.record.read_bytes()
        opened = anna.open()
        opened.session.diary_service.record_note(ACCOUNT, "confirm", "One more note.")
        opened.release_lock()
        kept = {path.read_bytes() for path in (anna.data / "backups").iterdir()}
        assert kept == {before, anna.record.read_bytes()}

    def test_and_undoing_it_brings_back_the_very_file_but_for_the_mark_of_what_was_undone(self, anna: Person) -> None:
        before = anna.record.read_bytes()
        opened = anna.open()
        opened.session.diary_service.record_note(ACCOUNT, "confirm", "One more note.")
        assert anna.record.read_bytes() != before
        undone = anna.written["account"]
        opened.session.undo_stack.undo()
        opened.release_lock()
        [(id, count)] = anna.written["removed"].items()
        assert (id in str(undone), count) == (True, 1)
        chats = b'Family = "on Ben Example"\n"Garden Club" = "off"\nSchool = "unknown"\n"Old group" = "out"\n'
        among_drafts = b'[drafts."chat-privacy:whatsapp"]\n' + chats + b'typed-at = "2026-11-25T21:15:00+01:00"\n\n'
        remembered = b"\n[remembered.account.whatsapp.chats]\n" + chats
        after = anna.record.read_bytes().replace(f"\n[removed]\n{id} = 1\n".encode(), b"")
        assert (before.count(among_drafts), after.count(remembered)) == (1, 1)
        assert after.replace(remembered, b"") == before.replace(among_drafts, b"")


class TestTheSettingsAreUnderstood:
    def test_every_one_of_them(self, anna: Person) -> None:
        config, problems = anna.settings()
        assert problems == ()
        assert (config.theme, config.label_language, config.marks, config.mouse) == (
            "textual-light",
            "nl",
            "ascii",
            False,
        )
        guidance = config.guidance
        assert (guidance.enabled, guidance.weekly, guidance.meta_pages) == (False, True, True)
        assert guidance.feed_url == "https://guidance.example.org/playbook.toml"

    def test_every_action_by_the_name_it_had_or_the_one_that_took_its_place(self, anna: Person) -> None:
        assert anna.keys().keys() == keys_chosen_then().keys()

    @pytest.mark.exhaustive
    def test_and_the_keys_are_those_that_were_chosen(self, anna: Person) -> None:
        ended, words, complaints = anna.run("keys")
        assert (ended, complaints) == (0, "")
        now, then = keys_told(words), keys_chosen_then()
        assert {id: now.get(id) for id in then} == then

    @pytest.mark.exhaustive
    def test_in_the_commands_that_report_unknown_lines(self, anna: Person) -> None:
        ended, _, complaints = anna.run("guidance", "status")
        assert (ended, complaints) == (0, "")


def keys_chosen_then() -> dict[str, str]:
    """The keys that were chosen, each by the present name of its action."""
    return {FORMER_COMMAND_IDS.get(id, id): keys for id, keys in json.loads(expected("keys.json")).items()}


def keys_told(words: str) -> dict[str, str]:
    """The keys of each action as `keys` lists them."""
    rows = [line.split() for line in words.splitlines() if line.startswith("  ")]
    found = {}
    for row in rows:
        at = next(index for index, word in enumerate(row) if "." in word[1:-1])
        found[row[at]] = " ".join(row[:at])
    return found


class TestTheMemoryIsUsed:
    def test_the_theme_and_the_place(self, anna: Person) -> None:
        state = anna.state()
        assert (state.account, state.step) == (ACCOUNT, "confirm")
        assert anna.theme() == "metaoptout-light"

    def test_which_hosts_may_be_contacted(self, anna: Person) -> None:
        consent = anna.consent()
        assert consent.hosts == {"guidance.example.org", "ico.org.uk", "noyb.eu", "www.dataprotection.ie"}
        assert consent.weekly
        assert consent.meta_pages

    def test_which_sender_the_person_is_in_a_chat(self, anna: Person) -> None:
        assert list(anna.senders().items()) == [
            ("WhatsApp Chat with Garden Club.txt", "Anna Example"),
            ("WhatsApp Chat with School.zip", "Anna (mum)"),
            ("_chat.txt", ""),
        ]

    @pytest.mark.exhaustive
    def test_on_the_screen_with_what_was_typed_there(self, anna: Person) -> None:
        home = Home(anna.folder)
        arguments = ("--offline", "--data-dir", str(anna.data), "--config", str(anna.config))
        person = Terminal(home, *arguments, columns=100, rows=30, COLORTERM="truecolor")
        try:
            # It begins at the next thing, and no longer where the person left.
            person.see(
                "Threads @moved.example · object again", "copy of your record that a conflict left (this program)."
            )
            person.press("h", "j", "j")
            person.see("Facebook “Anna Late” · no answer, overdue", "- 2 Open Privacy Centre")
            assert b"48;2;251;251;249" in person.raw, "the light ground of the theme that was chosen"
            assert b"\x1b[?1000h" not in person.raw, "the mouse was switched off"
            person.press("enter", "k", "enter")
            person.see("Not saved yet", "CASE-0000004", "They ask why.")
            person.press("escape", "escape")  # the first leads back to the question before
            person.see_no("CASE-0000004")
            person.press("ctrl+q")
            assert person.ended() == 0
        finally:
            person.cleared_away()


class TestAcceptedGuidanceAndFetchedPages:
    def test_the_edition_is_in_use_and_named_with_its_host(self, anna: Person) -> None:
        in_use = anna.guidance_in_use()
        assert in_use.notice == ""
        assert in_use.playbook.serial == 900
        assert in_use.origin.host == "guidance.example.org"
        assert in_use.origin.accepted_at == datetime(2026, 11, 24, 18, 0, tzinfo=timezone(timedelta(hours=1)))
        assert anna.state().refused_serial == 901

    def test_its_file_is_given_out_as_it_came(self, anna: Person) -> None:
        ended, words, complaints = anna.run("guidance", "export")
        assert (ended, complaints) == (0, "")
        assert words.encode() == (RELEASE / "data" / "playbook.toml").read_bytes()

    def test_it_still_holds_together(self, anna: Person) -> None:
        ended, words, _ = anna.run("guidance", "check", str(anna.data / "playbook.toml"))
        assert (ended, words) == (0, "")

    def test_how_each_page_stood(self, anna: Person) -> None:
        document = anna.guidance_status_json()
        assert document == json.loads(expected("guidance-status.json"))

    def test_the_text_of_a_page_and_what_changed_in_it(self, anna: Person) -> None:
        page = "consumentenbond-guide"
        assert anna.page(page, changes=False) == expected("guidance-page.txt")
        assert anna.page(page, changes=True) == expected("guidance-changes.txt")

    @pytest.mark.exhaustive
    def test_a_page_can_be_marked_as_read(self, anna: Person) -> None:
        ended, _, complaints = anna.run("guidance", "show", "consumentenbond-guide", "--mark-read")
        assert (ended, complaints) == (0, "")
        pages = json.loads(anna.run("guidance", "status", "--json")[1])["pages"]
        then = {page["id"]: page for page in json.loads(expected("guidance-status.json"))["pages"]}
        then["consumentenbond-guide"].update(state="unchanged", unread=False)
        assert {page["id"]: page for page in pages} == then
