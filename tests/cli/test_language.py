"""In another language the command line says nothing in English, and what scripts read is the same as ever."""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import Ended, run, save_in
from exhaustive import parametrize_some
from meta_exports import FIRST_DAY, facebook_export, facebook_links_of_2024, meta_json, write_zip
from metaoptout_tui.cli.parser import build_parser
from metaoptout_tui.cli.questions import Answer, ask
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue, use_catalogue
from metaoptout_tui.core.language.typed_answers import word_for_no, word_for_yes
from metaoptout_tui.translations.catalogues import load_catalogue
from pseudo_language import NotingCatalogue, PseudoCatalogue, english_left, pseudo
from sample_case import full_record
from translations.unknown_sentences import unknown_sentences

CHAT = (
    "[29.01.24, 12:24:03] Friends: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\r\n"
    "[29.01.24, 12:24:04] Anna: @\u2068Meta AI\u2069 secret question\r\n"
    "[29.01.24, 12:24:05] Meta AI: secret answer\r\n"
    "[29.01.24, 12:24:06] Anna: and?\r\n"
    "[02.02.24, 12:24:03] Zoe: @Meta AI hi\r\n"
    "[03.02.24, 12:24:03] Friends: \u200eAnna turned on advanced chat privacy.\r\n"
)


@pytest.fixture
def other_language() -> Iterator[None]:
    """The invented language is in use; what is looked up meanwhile is among the sentences that translators get."""
    catalogue = NotingCatalogue()
    use_catalogue(catalogue)
    yield
    use_catalogue(ENGLISH)
    assert unknown_sentences(catalogue.looked_up) == []


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a record, a chat, a download, and a file that is neither."""
    (tmp_path / "mine").mkdir()
    save_in(tmp_path / "mine", full_record("Wrds."))
    (tmp_path / "_chat.txt").write_bytes(CHAT.encode())
    (tmp_path / "note.txt").write_text("x")
    files = facebook_export() | {
        "personal_information/facebook_accounts_center/accounts_center.json": meta_json(facebook_links_of_2024()),
        "your_facebook_activity/pages/your_pages.json": meta_json(
            {"pages_v2": {"name": "Garden", "timestamp": FIRST_DAY}}
        ),
    }
    write_zip(tmp_path / "facebook-zoe.example-2026-06-19-AbCd.zip", files)
    return tmp_path


def parsers(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command with its parser, that of the whole command line by an empty name."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command, inner in action.choices.items():
                yield from parsers(inner, f"{name} {command}".strip())


COMMANDS = dict(parsers(build_parser()))
NAMES = {
    word.casefold()
    for name, parser in COMMANDS.items()
    for action in parser._actions
    for named in (name, *action.option_strings, *map(str, action.choices or ()))
    for word in re.findall(r"\w+", named)
} | {"metaoptout", "tui"}
"""What every language calls the same: commands, options and their choices."""


def run_in(place: Path, words: str) -> Ended:
    """Run a command on the record of a place, whose own path is `HERE` in it and in what is printed."""
    arguments = [word.replace("HERE", str(place)) for word in words.split()]
    ended = run(*arguments, *(() if "--data-dir" in words else ("--data-dir", place / "mine")))
    return Ended(ended.returncode, ended.stdout.replace(str(place), "HERE"), ended.stderr.replace(str(place), "HERE"))


READ_BY_SCRIPTS = {
    "status": ("status --json",),
    "review": ("review HERE/_chat.txt HERE/note.txt HERE/gone.txt --json --times --me Zoe", "review HERE --json"),
    "import": ("import HERE --json", "import HERE/note.txt HERE/gone.zip --json"),
    "guidance status": ("guidance status --json",),
}
"""By the command that has `--json`, what it is given."""


def test_every_command_with_json_is_tried() -> None:
    with_json = {name for name, parser in COMMANDS.items() if "--json" in parser._option_string_actions}
    assert set(READ_BY_SCRIPTS) == with_json


@pytest.mark.parametrize(
    "words", [*(words for many in READ_BY_SCRIPTS.values() for words in many), "about", "guidance export", "--version"]
)
def test_what_scripts_and_maintainers_read_is_the_same_in_every_language(place: Path, words: str) -> None:
    in_english = run_in(place, words)
    use_catalogue(PseudoCatalogue())
    try:
        assert run_in(place, words) == in_english
    finally:
        use_catalogue(ENGLISH)
    assert in_english.stdout


@pytest.mark.exhaustive
@pytest.mark.usefixtures("other_language")
def test_a_path_is_found_by_its_english_word_in_every_language(place: Path) -> None:
    firsts = [line.split()[0] for line in run_in(place, "paths").stdout.splitlines()]
    assert firsts == ["record", "settings", "versions", "evidence", "exports", "memory", "cache", "guidance"]


@pytest.mark.usefixtures("other_language")
@parametrize_some(6, "name", COMMANDS)
def test_the_help_of_a_command_has_nothing_in_english(name: str) -> None:
    helped = run(*name.split(), "--help")
    assert helped.returncode == 0
    assert "[" + pseudo("options").strip("[]") in helped.stdout
    assert english_left(helped.stdout, frozenset(NAMES)) == []


def test_the_list_of_commands_follows_its_title_in_every_language() -> None:
    in_english = run("--help").stdout
    use_catalogue(PseudoCatalogue())
    try:
        in_another = run("--help").stdout
    finally:
        use_catalogue(ENGLISH)
    assert "\ncommands:\n  \n    status " in in_english
    # Newer Pythons look up the colon behind the title, too.
    assert re.search(rf"{re.escape(pseudo('commands'))}[^\n]*\n  \n    status ", in_another)


class WithPercent(PseudoCatalogue):
    """A language whose sentences end with a percent sign."""

    def gettext(self, message: str, /) -> str:
        return f"{message} 100 %" if "%" not in message else message


def test_a_percent_sign_in_a_translated_help_is_printed_as_it_is() -> None:
    use_catalogue(WithPercent())
    try:
        helped = run("status", "--help")
    finally:
        use_catalogue(ENGLISH)
    assert helped.returncode == 0
    assert "only what is due, in one or two lines; nothing where nothing is 100 %" in " ".join(helped.stdout.split())


@pytest.mark.usefixtures("other_language")
@pytest.mark.parametrize(
    "words",
    [
        "statu",
        "nonsense",
        "status --nonsense",
        "status --json --due",
        "status --due=yes",
        "merge --take",
        "merge --take nonsense",
        "export",
        "guidance",
        "guidance check",
        "review",
        "status --person anna --person anna",
        "--data-dir anna --data-dir anna status",
    ],
)
def test_what_is_wrong_with_arguments_is_said_in_the_language_in_use(place: Path, words: str) -> None:
    ended = run_in(place, words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert english_left(ended.stderr, frozenset({*NAMES, "nonsense", "statu", "anna"})) == []


NAMES_AND_FILES = """
    Facebook Instagram Threads WhatsApp Meta Anna Zoe shop private example.org screenshot.png letter.pdf Wrds chat.txt
    HERE mine progress.toml Garden none zip case metaoptout redacted html json ics note gone Xyz old AbCd ller
    personal information profile
"""
DATES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec days ago"
"""The invented language writes dates as English does."""
DATA = frozenset(re.findall(r"\w+", f"{NAMES_AND_FILES} {DATES}".casefold()))
"""Names, files and dates in what is printed."""


@pytest.mark.usefixtures("other_language")
@parametrize_some(
    8,
    "words",
    [
        "status",
        "status --due",
        "status --coverage",
        "status --all",
        "evidence verify",
        "restore",
        "restore 99",
        "merge",
        "people",
        "people add Xyz",
        "purge",
        "purge --yes",
        "backup HERE/b.zip",
        "export --redact --to HERE/case",
        "export --to HERE/case",
        "review HERE/_chat.txt --me Zoe",
        "review HERE/gone.txt HERE/note.txt",
        "import HERE",
        "import HERE/note.txt",
        "manual nonsense",
        "guidance show nonsense",
        "guidance check HERE/gone.toml",
        "status --data-dir HERE/none",
    ],
)
def test_a_command_says_nothing_in_english(place: Path, words: str) -> None:
    ended = run_in(place, words)
    assert ended.stdout or ended.stderr
    without_commands = re.sub(r"`[^`]*`", "", ended.stdout + ended.stderr)
    # Lists of names follow the formats of a language, which this one has not: "Anna 1 and Zoe 1".
    assert english_left(without_commands, frozenset({*DATA, "nonsense", "status", "and"})) == []


@pytest.mark.usefixtures("other_language")
def test_the_guidance_is_listed_without_a_word_of_english_around_it(place: Path) -> None:
    listed = run_in(place, "guidance show").stdout
    assert pseudo("Where to find it") in listed
    assert pseudo("What a scan of exported chats can tell") in listed
    headings = [line for line in listed.splitlines() if line.lstrip()[:1] not in ("-", "(")]
    assert english_left("\n".join(headings), DATA) == []


@pytest.mark.parametrize(("typed", "taken"), [("yes", "yes"), ("[YÉS]", "yes"), ("no", "no"), ("[nö]", "no")])
@pytest.mark.usefixtures("other_language")
def test_an_answer_may_be_typed_in_english_and_in_the_language_in_use(
    monkeypatch: pytest.MonkeyPatch, typed: str, taken: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"x\n{typed}\n"))
    answers = (Answer("yes", word_for_yes(), "do it"), Answer("no", word_for_no(), "leave it"))
    assert ask("Delete it?", answers) == taken


@pytest.mark.parametrize(
    ("language", "typed", "taken"),
    [
        ("en", "y", "yes"),
        ("en", "N", "no"),
        ("es", "s", "yes"),
        ("es", "SI", "yes"),
        ("de", "j", "yes"),
        ("fr", "o", "yes"),
        ("fr", "y", "yes"),
        ("nl", "n", "no"),
    ],
)
def test_yes_and_no_are_understood_by_their_first_letters(
    monkeypatch: pytest.MonkeyPatch, language: str, typed: str, taken: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
    catalogue = ENGLISH if language == "en" else load_catalogue(language)
    assert catalogue is not None
    with in_catalogue(catalogue):
        answers = (Answer("yes", word_for_yes(), "do it"), Answer("no", word_for_no(), "leave it"))
        assert ask("Do it?", answers) == taken


def test_what_is_none_of_the_answers_is_said_to_be_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("perhaps\n\nyes\n"))
    assert ask("Do it?", (Answer("yes", "yes", "do it"), Answer("no", "no", "leave it"))) == "yes"
    told = capsys.readouterr().err
    assert "“perhaps” is none of the answers." in told
    assert "Nothing was typed." in told
