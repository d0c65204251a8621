"""`export`: what it writes where, what it says, how it ends; and that it loads no screen and no network."""

import json
import os
import re
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from command_line import MANUAL, run, save_in
from leftover_english import english_sentences_in
from metaoptout_tui.app.case_export import (
    CaseExportOptions,
    build_case_files,
    case_languages,
    export_case_file,
    guidance_description,
    write_case_files,
)
from metaoptout_tui.app.paths import AppPaths, resolve_paths
from metaoptout_tui.core.errors import InputRefused, StorageError
from metaoptout_tui.core.guidance.editions import GuidanceInUse
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.remembered import OF_PERSON, Remembered
from metaoptout_tui.storage import evidence_folder, progress_file
from pseudo_language import PseudoCatalogue
from sample_case import GUIDANCE, full_record
from samples import NOW, Clock, account, at, entry, record
from test_imports import HEAVY, command, loaded_by, tops

ENDINGS = ("html", "md", "json", "ics")


@pytest.fixture
def where(tmp_path: Path) -> AppPaths:
    """The places of a person whose record has two kept files."""
    found = resolve_paths(tmp_path / "person", None, {})
    tmp_path.joinpath("answer.eml").write_bytes(b"We will honour your objection.")
    kept = evidence_folder.store_file(tmp_path / "answer.eml", found.evidence)
    filed = entry("filed", at(2), email="anna@example.org")
    proof = entry("evidence", at(1), file=kept.name, sha256=kept.sha256, bytes=kept.size, of=filed.id)
    save_in(tmp_path / "person", record(account("facebook", filed, proof, hub="private"), account("instagram-shop")))
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_command_writes_four_files_and_prints_where(where: AppPaths, tmp_path: Path) -> None:
    before = where.progress.read_bytes()
    ended = run("export", "--whole", "--data-dir", str(tmp_path / "person"), "--to", str(tmp_path / "out"))
    assert (ended.returncode, ended.stderr) == (0, "")
    written = [Path(line) for line in ended.stdout.splitlines()]
    assert [path.suffix[1:] for path in written] == list(ENDINGS)
    assert sorted(path.name for path in written) == names(tmp_path / "out")
    assert all(path.name.startswith("metaoptout-case-20") for path in written)
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert where.progress.read_bytes() == before


def test_where_nothing_is_due_there_is_no_calendar(playbook: Playbook, tmp_path: Path) -> None:
    quiet = record(account("facebook", entry("step-done", at(1), step="identify")))
    quiet_files = build_case_files(
        quiet, playbook, CaseExportOptions(), now=NOW, evidence=tmp_path, describe_guidance=lambda: GUIDANCE
    ).contents
    assert [ending for ending, _ in quiet_files] == ["html", "md", "json"]


def test_the_name_has_the_day_and_a_second_export_stands_beside_the_first(where: AppPaths, tmp_path: Path) -> None:
    for name in ("metaoptout-case-2026-11-23", "metaoptout-case-2026-11-23-2"):
        written, _ = export_case_file(where, tmp_path / "out", CaseExportOptions(), clock=Clock())
        assert [path.name for path in written.paths] == [f"{name}.{ending}" for ending in ENDINGS]
    first, second = (tmp_path / "out" / f"metaoptout-case-2026-11-23{more}.html" for more in ("", "-2"))
    assert first.read_bytes() == second.read_bytes()


def test_a_calendar_cancels_only_what_one_before_it_had(where: AppPaths, tmp_path: Path) -> None:
    clock = Clock()

    def cancelled() -> int:
        written, _ = export_case_file(where, tmp_path / "out", CaseExportOptions(), clock=clock)
        return written.paths[-1].read_text(encoding="utf-8").count("STATUS:CANCELLED")

    assert cancelled() == 0
    clock.pass_by(days=1)
    assert cancelled() > 0
    remembered = where.known_exports.read_text(encoding="utf-8")
    assert "facebook" not in remembered.split("appointments", 1)[1]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Huw", "-Huw"),
        ("Zoë de Vries", "-Zoë-de-Vries"),
        ("a/b\\c:d", "-a-b-c-d"),
        ("\u202eevil\u202c..", "-evil"),
        ("...", ""),
        ("x" * 90, "-" + "x" * 40),
    ],
)
def test_the_files_name_says_whose_it_is_in_characters_that_any_system_takes(
    playbook: Playbook, tmp_path: Path, name: str, part: str
) -> None:
    progress = record(account("facebook")).with_remembered(OF_PERSON, Remembered({"name": name}))

    def base_name(*, redact: bool) -> str:
        return build_case_files(
            progress,
            playbook,
            CaseExportOptions(redact=redact),
            now=NOW,
            evidence=tmp_path,
            describe_guidance=lambda: GUIDANCE,
        ).base_name

    assert base_name(redact=False) == f"metaoptout-case-2026-11-23{part}"
    assert base_name(redact=True) == "metaoptout-case-2026-11-23-redacted"


def test_the_masked_files_of_two_people_are_told_apart_and_name_nobody(playbook: Playbook, tmp_path: Path) -> None:
    def base_name(name: str, event_id: str) -> str:
        return build_case_files(
            record(account("facebook", entry("filed", at(3))._replace(id=event_id))),
            playbook,
            CaseExportOptions(redact=True, record_name=name),
            now=NOW,
            evidence=tmp_path,
            describe_guidance=lambda: GUIDANCE,
        ).base_name

    rosa, omar = base_name("Rosa", "a"), base_name("Omar", "b")
    assert rosa != omar
    assert rosa == base_name("Rosa Jansen", "a")
    assert re.fullmatch("metaoptout-case-2026-11-23-[0-9a-f]{4}-redacted", rosa)


def test_one_account_is_named_in_the_files_name_and_a_masked_one_is_not(where: AppPaths, tmp_path: Path) -> None:
    written, _ = export_case_file(where, tmp_path / "out", CaseExportOptions("instagram-shop"), clock=Clock())
    assert written.paths[0].name == "metaoptout-case-2026-11-23-instagram-shop.html"
    written, _ = export_case_file(
        where, tmp_path / "out", CaseExportOptions("instagram-shop", redact=True), clock=Clock()
    )
    assert written.paths[0].name == "metaoptout-case-2026-11-23-account-2-redacted.html"
    for path in written.paths:
        assert b"anna" not in path.read_bytes().lower()


def test_kept_files_come_along_only_when_asked_for(where: AppPaths, tmp_path: Path) -> None:
    export_case_file(where, tmp_path / "out", CaseExportOptions(), clock=Clock())
    assert not any("evidence" in name for name in names(tmp_path / "out"))
    written, _ = export_case_file(where, tmp_path / "out", CaseExportOptions(with_evidence=True), clock=Clock())
    [copy] = written.evidence_copies
    assert copy.relative_to(tmp_path.resolve() / "out").as_posix() == "metaoptout-case-2026-11-23-2-evidence/answer.eml"
    told = json.loads(written.paths[2].read_bytes())["accounts"][0]["evidence"][0]
    assert sha256(copy.read_bytes()).hexdigest() == told["sha256"]
    assert told["found"] == "ok"


@pytest.mark.parametrize(("change", "found"), [("changed", "not the file that was kept"), ("missing", "is missing")])
def test_a_kept_file_that_is_not_as_it_was_is_told_and_not_copied(
    where: AppPaths, tmp_path: Path, change: str, found: str
) -> None:
    kept = where.evidence / "answer.eml"
    kept.write_bytes(b"other") if change == "changed" else kept.unlink()
    ended = run(
        *("export", "--data-dir", str(tmp_path / "person"), "--to", str(tmp_path / "out"), "--with-evidence"),
    )
    assert ended.returncode == 10
    assert found in ended.stderr
    assert len(ended.stdout.splitlines()) == len(names(tmp_path / "out")) == 4
    told = json.loads(next((tmp_path / "out").glob("*.json")).read_bytes())
    assert told["accounts"][0]["evidence"][0]["found"] == change


def test_masks_and_kept_files_do_not_go_together(where: AppPaths, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be masked"):
        export_case_file(where, tmp_path / "out", CaseExportOptions(redact=True, with_evidence=True), clock=Clock())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--account", "nobody"), 2, "These are there: facebook and instagram-shop."),
        (("--redact", "--with-evidence"), 2, "Leave out one of the two."),
        ((), 1, "is a file and no folder. It was left as it is. Nothing was written."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    where: AppPaths, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    ended = run("export", "--data-dir", str(where.progress.parent), "--to", str(tmp_path / "out"), *arguments)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_without_a_record_there_is_nothing_to_export(tmp_path: Path) -> None:
    ended = run("export", "--data-dir", str(tmp_path), "--to", str(tmp_path / "out"))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "no account in the record yet" in ended.stderr
    assert names(tmp_path) == []


def test_without_a_folder_it_is_wrong_usage() -> None:
    assert run("export").returncode == 2
    unset = run("export", "--to", "")
    assert unset.returncode == 2
    assert "name a folder" in unset.stderr


def test_the_programs_own_folder_of_kept_files_is_refused(where: AppPaths) -> None:
    ended = run("export", "--data-dir", str(where.progress.parent), "--to", str(where.evidence / "case"))
    assert ended.returncode == 1
    assert "of the program's own" in ended.stderr
    assert names(where.evidence) == ["answer.eml"]


def test_a_record_that_cannot_be_read_is_said_to_be_so(where: AppPaths, tmp_path: Path) -> None:
    where.progress.write_bytes(b"schema = ")
    with pytest.raises(StorageError):
        export_case_file(where, tmp_path / "out", CaseExportOptions(), clock=Clock())
    assert not (tmp_path / "out").exists()


def test_a_record_of_a_newer_version_is_exported_as_far_as_it_is_understood(where: AppPaths, tmp_path: Path) -> None:
    where.progress.write_bytes(where.progress.read_bytes().replace(b"schema = 1", b"schema = 99"))
    written, notes = export_case_file(where, tmp_path / "out", CaseExportOptions(), clock=Clock())
    assert len(written.paths) == 4
    assert "newer version" in notes[0]


def test_what_is_typed_and_not_recorded_stays_at_home(playbook: Playbook, tmp_path: Path) -> None:
    progress = record(account("facebook")).with_draft("submit:facebook", {"reason": "half a secret"})
    files = build_case_files(
        progress, playbook, CaseExportOptions(), now=NOW, evidence=tmp_path, describe_guidance=lambda: GUIDANCE
    )
    assert all(b"half a secret" not in data for _, data in files.contents)


def test_a_screen_can_build_first_and_write_later(playbook: Playbook, tmp_path: Path) -> None:
    files = build_case_files(
        full_record(),
        playbook,
        CaseExportOptions(),
        now=NOW,
        evidence=tmp_path / "evidence",
        describe_guidance=lambda: GUIDANCE,
    )
    assert names(tmp_path) == []
    written = write_case_files(files, tmp_path / "out", evidence=tmp_path / "evidence")
    assert [path.read_bytes() for path in written.paths] == [data for _, data in files.contents]
    assert len(written.warnings) == 2


def test_the_same_record_at_the_same_moment_gives_the_same_bytes(where: AppPaths, playbook: Playbook) -> None:
    loaded = [progress_file.load_record(where.progress) for _ in range(2)]
    made = []
    for each in loaded:
        assert isinstance(each, progress_file.FileLoaded)
        made.append(
            build_case_files(
                each.record,
                playbook,
                CaseExportOptions(),
                now=NOW,
                evidence=where.evidence,
                describe_guidance=lambda: GUIDANCE,
            ).contents
        )
    assert made[0] == made[1]


def test_it_loads_what_it_needs_and_neither_screen_nor_network(where: AppPaths, tmp_path: Path) -> None:
    loaded = loaded_by(command("export", "--data-dir", str(where.progress.parent), "--to", str(tmp_path / "out")))
    assert "icalendar" in tops(loaded)
    assert not tops(loaded) & (HEAVY - {"holidays", "icalendar", "tomli_w"})  # which remembers what was written


def test_a_script_that_does_not_say_how_gets_the_whole_case_file_and_is_told_so(
    where: AppPaths, tmp_path: Path
) -> None:
    ended = run("export", "--data-dir", str(where.progress.parent), "--to", str(tmp_path / "out"))
    assert ended.returncode == 0
    assert ended.stderr.startswith("This is the whole case file, with names, addresses and texts.")
    assert "-redacted" not in ended.stdout


def test_the_manual_tells_of_the_command_and_of_every_name_in_the_data(playbook: Playbook, tmp_path: Path) -> None:
    assert "metaoptout-tui export --to DIR" in MANUAL["command-line"]
    progress: Record = full_record()
    files = dict(
        build_case_files(
            progress, playbook, CaseExportOptions(), now=NOW, evidence=tmp_path, describe_guidance=lambda: GUIDANCE
        ).contents
    )
    described = MANUAL["json"].partition("## The case file as data")[2].partition("\n## ")[0]

    def keys(value: object, at: str = "") -> set[str]:
        if isinstance(value, dict):
            below = {key for name, each in value.items() for key in keys(each, name)}
            return below | (set() if at == "sources" else set(value))
        if isinstance(value, list):
            return {key for each in value for key in keys(each)}
        return set()

    assert sorted(name for name in keys(json.loads(files["json"])) if f'"{name}"' not in described) == []


def test_the_text_of_a_letter_that_was_sent_is_read_from_the_evidence_and_never_into_a_masked_copy(
    tmp_path: Path,
) -> None:
    where = resolve_paths(tmp_path / "person", None, {})
    words = "Reminder\n\nDear Sir or Madam,\n\nKind regards,\nAnna"
    kept = evidence_folder.store_text("2026-11-23-reminder-facebook-en", words, where.evidence)
    sent = entry("reminded", at(1))
    proof = entry("evidence", at(1), file=kept.name, sha256=kept.sha256, bytes=kept.size, of=sent.id, holds="letter")
    save_in(tmp_path / "person", record(account("facebook", entry("filed", at(20)), sent, proof)))
    [plain], [masked] = (
        json.loads(export_case_file(where, tmp_path / "out", asked, clock=Clock())[0].paths[2].read_bytes())["accounts"]
        for asked in (CaseExportOptions(), CaseExportOptions(redact=True))
    )
    assert [each["text"] for each in plain["letters"]] == [words]
    assert [each["text"] for each in masked["letters"]] == ["[left out]"]
    assert [(each["sha256"], each["bytes"]) for each in plain["evidence"]] == [(kept.sha256, kept.size)]
    assert [(each["sha256"], each["bytes"]) for each in masked["evidence"]] == [("[left out]", None)]
    masked_files = list((tmp_path / "out").glob("*redacted*"))
    assert len(masked_files) >= 3
    for path in masked_files:
        written = path.read_text(encoding="utf-8")
        assert kept.sha256[:12] not in written
        assert f"{kept.size:,} bytes" not in written
    (where.evidence / kept.name).write_text("something else")
    [changed] = json.loads(
        export_case_file(where, tmp_path / "out", CaseExportOptions(), clock=Clock())[0].paths[2].read_bytes()
    )["accounts"]
    assert [each["text"] for each in changed["letters"]] == [None]


@pytest.mark.parametrize("redact", [False, True])
def test_programs_read_the_same_json_in_every_language(playbook: Playbook, tmp_path: Path, *, redact: bool) -> None:
    progress, options = full_record(), CaseExportOptions(redact=redact)

    def contents() -> dict[str, bytes]:
        files = build_case_files(
            progress, playbook, options, now=NOW, evidence=tmp_path, describe_guidance=lambda: GUIDANCE
        )
        return dict(files.contents)

    english = contents()
    with in_catalogue(PseudoCatalogue()):
        in_another_language = contents()
    assert [ending for ending in ENDINGS if english[ending] == in_another_language[ending]] == ["json"]


def test_the_case_file_is_in_the_chosen_language_and_its_data_in_english(playbook: Playbook, tmp_path: Path) -> None:
    progress = record(account("facebook", entry("filed", at(40))), country="AT")
    assert case_languages("AT", "") == ("en", "de")

    def written(language: str) -> dict[str, bytes]:
        options = CaseExportOptions(language=language)
        files = build_case_files(
            progress,
            playbook,
            options,
            now=NOW,
            evidence=tmp_path,
            describe_guidance=lambda: guidance_description(GuidanceInUse(playbook)),
        )
        return dict(files.contents)

    german, english = written("de"), written("en")
    assert b'lang="de"' in german["html"]
    assert english_sentences_in(german["md"].decode(), "de") == []
    assert "beschweren" in german["ics"].replace(b"\r\n ", b"").decode()
    assert german["json"] == english["json"] == written("")["json"]
