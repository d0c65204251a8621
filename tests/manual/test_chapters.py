"""The manual says what the program does: its commands, keys, names and numbers are those of the code."""

import json
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from command_line import MANUAL, run, save_in
from metaoptout_tui.app.commands.commands import COMMANDS, EVERYWHERE, commands_of
from metaoptout_tui.app.commands.key_table import readable_key
from metaoptout_tui.app.letters.letters import letter_title
from metaoptout_tui.app.manual import chapter_titles, manual_page
from metaoptout_tui.cli import output
from metaoptout_tui.cli.parser import build_parser
from metaoptout_tui.core.errors import FAULT_EXIT_STATUS
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.manual_page import ManualPage, parse_manual_page
from metaoptout_tui.core.objection.replies import REPLIES_TO_OBJECTION
from metaoptout_tui.core.objection.ways_to_begin import ways_question
from metaoptout_tui.documents.letters import letter_languages_of
from metaoptout_tui.manual.chapters import CHAPTERS, read_chapter
from metaoptout_tui.plain.typed_words import COMMAND_WORDS
from metaoptout_tui.storage.settings_files import load_config
from metaoptout_tui.translations.catalogues import load_catalogue, translated_languages
from metaoptout_tui.ui.screens import SCREEN_CLASSES
from samples import account, at, entry, record

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "metaoptout_tui" / "manual" / "en"
CONTENTS = (FOLDER / "README.md").read_text(encoding="utf-8")
SECURITY = (ROOT / ".github" / "SECURITY.md").read_text(encoding="utf-8")
PROGRAM = "metaoptout-tui"
KEYS_OF_EVERY_LIST = {"Enter", "Space", "Esc", "Shift", "Alt"}
ALSO_TOLD = {
    "first-evening": ("rehearsal",),
    "several-accounts": ("welcome",),
    "no-answer": ("diary",),
    "download": ("identify",),
    "case-file": ("diary",),
}
"""Screens of other chapters whose keys a chapter tells, too."""
OVER_OTHER_SCREENS = {"ask", "help", "manual", "manual-find", "rehearsal"}
"""What stands over the one that a person came from, whose chapter is shown."""


def codes(chapter: str) -> Iterator[str]:
    """What stands as code within the texts of a chapter."""
    for block in manual_page(chapter).blocks:
        if block.kind != "code":
            for text in (block.text, *(cell for row in block.rows for cell in row)):
                yield from (piece.text for piece in text if piece.style == "code")


KEY_NAMES = {key for command in COMMANDS for key in command.key_names}
KEYS_IN_ENGLISH = {readable_key(key): key for key in KEY_NAMES}


def code_in_language(code: str) -> str:
    """A key as the keyboards of the language in use have it: Strg+G for Ctrl+G in German; other code as it is."""
    return readable_key(KEYS_IN_ENGLISH[code]) if code in KEYS_IN_ENGLISH else code


def shape(page: ManualPage, spell_code: Callable[[str], str] = str) -> list[object]:
    """What a translation leaves as it is: kinds, levels and numbers of blocks, sources, and code, spelt anew."""
    return [
        (
            (block.kind, block.level, block.number, [len(row) for row in block.rows]),
            [
                spell_code(piece.text)
                for text in (block.text, *sum(block.rows, ()))
                for piece in text
                if piece.style == "code"
            ],
            re.findall(r"\bS\d+[a-z]?\b", block.plain_text),
        )
        for block in page.blocks
    ]


def first_cells(chapter: str) -> set[str]:
    """What stands in the first column of the tables of a chapter, as it is written."""
    return set(re.findall(r"^\| ([^|]+) \|", chapter, re.MULTILINE))


def letter_ids() -> tuple[str, ...]:
    """The letters that there are."""
    texts = ROOT / "src" / "metaoptout_tui" / "documents" / "letters" / "en.toml"
    return tuple(tomllib.loads(texts.read_text(encoding="utf-8"))["title"])


def command_lines() -> Iterator[tuple[str, str]]:
    """Every command line of the manual, with its chapter."""
    for chapter in CHAPTERS:
        blocks = [block.plain_text for block in manual_page(chapter).blocks if block.kind == "code"]
        lines = [*codes(chapter), *(line for block in blocks for line in block.splitlines())]
        for line in lines:
            for match in re.finditer(rf"(?<!notify-send )(?<![\w/]){PROGRAM}(?![\w\"])([^);|>&…]*)", line):
                yield chapter, match[1].strip()


def options_and_commands() -> tuple[set[str], set[str]]:
    """Every option, and every command with its inner commands, of the command line."""
    options: set[str] = set()
    commands: set[str] = set()

    def visit(parser: object, words: str) -> None:
        for action in parser._actions:  # type: ignore[attr-defined]  # argparse names no public way
            if isinstance(action.choices, dict):
                for name, inner in action.choices.items():
                    commands.add(f"{words} {name}".strip())
                    visit(inner, f"{words} {name}".strip())
            else:
                options.update(option for option in action.option_strings if option.startswith("--"))

    visit(build_parser(), "")
    return options, commands


class TestChapters:
    def test_every_chapter_has_a_file_and_stands_in_the_contents_under_its_title(self) -> None:
        assert {path.stem for path in FOLDER.glob("*.md")} == {*CHAPTERS, "README"}
        assert dict(re.findall(r"\[([^\]]+)\]\((?!README)([\w-]+)\.md\)", CONTENTS)) == {
            title: chapter for chapter, title in chapter_titles().items()
        }

    @pytest.mark.parametrize("chapter", CHAPTERS)
    def test_a_link_to_another_chapter_says_its_title_and_every_link_leads_somewhere(self, chapter: str) -> None:
        links = re.findall(r"\[([^\]]*)\]\(([^)]+)\)", MANUAL[chapter])
        for words, address in links:
            assert (FOLDER / address).is_file(), address
            if "/" not in address:
                assert words.casefold() == chapter_titles()[address.removesuffix(".md")].casefold()

    @pytest.mark.parametrize("chapter", CHAPTERS)
    def test_nothing_of_the_markup_is_left_when_it_is_read(self, chapter: str) -> None:
        page = manual_page(chapter)
        assert page.blocks[0].level == 1
        for block in page.blocks:
            if block.kind != "code":
                plain = " ".join(
                    piece.text
                    for text in (block.text, *(cell for row in block.rows for cell in row))
                    for piece in text
                    if piece.style != "code"
                )
                assert not re.search(r"\]\(|\*\*|`|\||^#|^ *[-+*] |<\w", plain), plain
        read = sum(len(block.plain_text.split()) for block in page.blocks)
        assert read >= 0.8 * len(re.sub(r"\]\([^)]*\)|[|]|```\w*|---", " ", MANUAL[chapter]).split())

    def test_a_translation_has_the_blocks_the_code_the_keys_and_the_sources_of_the_english_chapter(self) -> None:
        english = {chapter: manual_page(chapter) for chapter in CHAPTERS}
        for folder in (
            each for each in FOLDER.parent.iterdir() if each.is_dir() and each.name not in ("en", "__pycache__")
        ):
            catalogue = load_catalogue(folder.name)
            assert catalogue is not None
            assert {path.stem for path in folder.glob("*.md")} <= {*CHAPTERS, "README"}
            for path in (folder / f"{chapter}.md" for chapter in CHAPTERS):
                translated = parse_manual_page(path.read_text(encoding="utf-8")) if path.is_file() else None
                if translated is not None:
                    with in_catalogue(catalogue):
                        assert shape(translated) == shape(english[path.stem], code_in_language), path

    def test_a_chapter_that_is_not_translated_is_read_in_english(self) -> None:
        assert read_chapter("json", "xx") == MANUAL["json"]

    def test_every_screen_has_its_chapter(self) -> None:
        told = [screen for screens in CHAPTERS.values() for screen in screens]
        assert len(told) == len(set(told))
        assert {command.screen_id for command in COMMANDS} | set(SCREEN_CLASSES) == {
            *told,
            *OVER_OTHER_SCREENS,
            EVERYWHERE,
        }

    def test_it_names_no_host_that_the_guidance_does_not_know(self, playbook: Playbook) -> None:
        known = {urlsplit(source.url).hostname for source in playbook.sources.values() if source.url}
        known |= {urlsplit(form.url).hostname for form in playbook.forms}
        for chapter, text in MANUAL.items():
            named = {urlsplit(url).hostname for url in re.findall(r"\w+://[^\s)\"]+", text)}
            assert named <= known, chapter

    def test_it_cites_only_sources_that_there_are(self, playbook: Playbook) -> None:
        cited = {source for text in MANUAL.values() for source in re.findall(r"\bS\d+[a-z]?\b", text)}
        assert cited
        assert cited <= set(playbook.sources)


class TestCommands:
    @pytest.mark.parametrize(("chapter", "line"), sorted(set(command_lines())))
    def test_every_command_line_is_understood(self, chapter: str, line: str) -> None:
        del chapter
        code: object = 0
        try:
            build_parser().parse_args(shlex.split(line))
        except SystemExit as ended:  # as --help and --version do, too
            code = ended.code
        assert code == 0

    def test_every_command_and_every_option_stands_in_the_chapter_of_the_command_line(self) -> None:
        options, commands = options_and_commands()
        lines = [code for code in codes("command-line") if code.startswith(PROGRAM)]
        missing = [
            command for command in commands if not any(f"{line} ".startswith(f"{PROGRAM} {command} ") for line in lines)
        ]
        assert missing == []
        told = {word for code in codes("command-line") for word in code.split()}
        assert options <= told

    def test_every_exit_status_is_told(self) -> None:
        [statuses] = [
            {"".join(piece.text for piece in row[0]) for row in block.rows}
            for block in manual_page("command-line").blocks
            if block.rows and block.rows[0][0][0].text == "Status"
        ]
        named = {value for name, value in vars(output).items() if name.startswith("EXIT_") and isinstance(value, int)}
        assert statuses == {"Status", "128+N", *map(str, {*named, FAULT_EXIT_STATUS} - {output.EXIT_INTERRUPTED})}
        assert f"{output.EXIT_INTERRUPTED} is `Ctrl+C`" in MANUAL["command-line"]

    def test_the_table_of_places_is_what_paths_prints(self, tmp_path: Path) -> None:
        printed = [line.split()[0] for line in run("paths", "--data-dir", tmp_path).stdout.splitlines()]
        rows = re.findall(r"^\| `(\w+)` \|", MANUAL["your-file"], re.MULTILINE)
        assert rows == printed


class TestKeys:
    @pytest.mark.parametrize("chapter", CHAPTERS)
    def test_every_key_is_one_of_the_screens_that_the_chapter_is_about(self, chapter: str) -> None:
        screens = CHAPTERS[chapter] or tuple({command.screen_id for command in COMMANDS})
        screens = (*screens, *ALSO_TOLD.get(chapter, ()), "checklist", EVERYWHERE)
        commands = [each for screen in screens for each in commands_of(screen)]
        keys = {readable_key(key) for command in commands for key in command.key_names}
        keys |= {":"} | KEYS_OF_EVERY_LIST
        keys |= {"?"} if chapter == "whats-new" else set()
        named = {code for code in codes(chapter) if re.fullmatch(r"\W|\w|F\d+|(?:Ctrl|Alt|Shift)\+\w", code)}
        assert named <= keys

    def test_the_keys_of_the_first_objection_are_those_of_the_readme(self) -> None:
        def table(text: str) -> list[str]:
            return re.findall(r"^\| (?:Enter|Space|`\w`) \| .*$", text, re.MULTILINE)

        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        assert len(table(readme)) == 9
        assert table(MANUAL["first-evening"]) == table(readme)

    def test_what_stands_under_more_you_can_do_is_there_under_that_name(self) -> None:
        titles = {command.title for command in (*commands_of("checklist"), *commands_of(EVERYWHERE))}
        named = {title for text in MANUAL.values() for title in re.findall(r"“More you can do” → “([^”]+)”", text)}
        assert named
        assert named <= titles


class TestNames:
    def test_every_reply_that_can_be_chosen_is_explained(self, playbook: Playbook) -> None:
        chapter = MANUAL["what-came-back"].casefold()
        for reply in REPLIES_TO_OBJECTION:
            assert playbook.texts.sentence(f"answer.{reply.id}").casefold() in chapter

    @pytest.mark.parametrize("language", ["en", *translated_languages()])
    def test_every_state_of_an_account_is_explained_in_its_words(self, playbook: Playbook, language: str) -> None:
        chapter = (FOLDER.parent / language / "several-accounts.md").read_text(encoding="utf-8")
        ids = [id for id in playbook.texts.sentences if id.startswith("state.")]
        catalogue = load_catalogue(language)
        assert ids
        assert catalogue is not None
        with in_catalogue(catalogue):
            told = {re.sub(r"\{\w+\}", "…", playbook.texts.sentence(id)) for id in ids}
        assert told - first_cells(chapter) == set()

    def test_every_letter_is_listed_by_its_title(self) -> None:
        titles = {letter_title(letter) for letter in letter_ids()}
        assert titles <= first_cells(MANUAL["letters"])

    def test_the_letters_that_are_not_in_every_language_are_those_that_the_chapter_names(self) -> None:
        languages = {letter: letter_languages_of(letter) for letter in letter_ids()}
        assert {letter: some for letter, some in languages.items() if some != CONTENT_LANGUAGES} == {
            "complaint-to-meta": ("en",),
            "complaint-uk": ("en",),
            "complaint-ch": ("en", "de", "fr", "it"),
        }
        chapter = " ".join(MANUAL["letters"].split())
        assert "The two complaints of the United Kingdom are in English only" in chapter
        assert "the notice to the FDPIC is in English, German, French and Italian" in chapter

    def test_every_setting_is_explained_with_its_default(self) -> None:
        example = tomllib.loads((ROOT / "config.example.toml").read_text(encoding="utf-8"))
        names = {*(f"guidance.{key}" for key in example.pop("guidance")), *example}
        settings = MANUAL["settings-and-keys"].partition("## Settings")[2]
        assert set(re.findall(r"^\| `([\w.]+)` \|", settings, re.MULTILINE)) == names

    def test_the_example_of_settings_is_valid(self, tmp_path: Path) -> None:
        (tmp_path / "config.toml").write_text(MANUAL["settings-and-keys"].partition("```toml\n")[2].partition("```")[0])
        config, problems = load_config(tmp_path / "config.toml")
        assert problems == ()
        assert (config.theme, config.guidance.enabled, dict(config.keys)) == (
            "metaoptout-light",
            False,
            {"checklist.undo": "u,ctrl+z"},
        )

    def test_the_ten_promises_are_those_of_the_security_page_with_the_same_tests(self) -> None:
        def promises(text: str) -> list[tuple[str, set[str]]]:
            items = re.findall(r"^\d+\. \*\*(.*?)\*\*(.*?)(?=^\d+\. |\n\n)", text, re.MULTILINE | re.DOTALL)
            return [
                (" ".join(said.split()), {Path(path).name for path in re.findall(r"tests/[\w/]+\.py", held)})
                for said, held in items
            ]

        told = promises(SECURITY.partition("## What it promises")[2])
        assert len(told) == 10
        assert promises(MANUAL["privacy"].partition("## Ten promises")[2]) == told

    def test_every_word_of_plain_mode_is_explained(self) -> None:
        words = re.findall(r"^\| `(\w+)` \|", MANUAL["without-the-screen"], re.MULTILINE)
        assert words == list(COMMAND_WORDS)


@pytest.mark.parametrize("language", translated_languages())
class TestTranslations:
    """A translated chapter calls things what the screens in that language call them."""

    @pytest.fixture(autouse=True)
    def in_its_language(self, language: str) -> Iterator[None]:
        catalogue = load_catalogue(language)
        assert catalogue is not None
        with in_catalogue(catalogue):
            yield

    def translated(self, language: str) -> dict[str, str]:
        """The Markdown of the chapters that are there in a language."""
        files = {chapter: FOLDER.parent / language / f"{chapter}.md" for chapter in CHAPTERS}
        return {chapter: path.read_text(encoding="utf-8") for chapter, path in files.items() if path.is_file()}

    def test_its_letters_are_those_of_the_list(self, language: str) -> None:
        titles = {letter_title(letter) for letter in letter_ids()}
        for chapter in [text for name, text in self.translated(language).items() if name == "letters"]:
            assert titles <= first_cells(chapter)

    def test_who_has_no_account_reads_the_names_that_stand_on_the_screens(self, language: str) -> None:
        ways = [label for way, label in ways_question(is_rehearsal=False).answers if way in ("no-account", "no-login")]
        rows = ("Other ways", "Data about you without an account", "Also for a child?", "Write to Meta, or about it")
        assert all(f"“{row}”" in " ".join(MANUAL["without-account"].split()) for row in rows)
        told = " ".join(self.translated(language)["without-account"].split())
        for name in (*map(_, rows), *(label.partition(":")[0] for label in ways)):
            assert " ".join(name.split()) in told

    def test_its_actions_are_those_of_the_menu(self, language: str) -> None:
        titles = {command.title for command in (*commands_of("checklist"), *commands_of(EVERYWHERE))}
        menu = " ".join(_("More you can do").split())
        for chapter, text in self.translated(language).items():
            named = re.findall(rf"{menu} ?[»”“] → [«„“] ?(.+?) ?[»”“]", " ".join(text.split()))
            assert set(named) <= titles, chapter
            assert len(named) == MANUAL[chapter].count("“More you can do” →"), chapter


class TestJson:
    def shown(self, word: str) -> object:
        blocks = [block.partition("```")[0] for block in MANUAL["json"].split("```json\n")[1:]]
        [block] = [each for each in blocks if f'"{word}"' in each]
        return json.loads(block)

    def keys(self, value: object, path: str = "") -> set[str]:
        if isinstance(value, dict):
            return {f"{path}.{key}" for key in value} | {
                key for name, each in value.items() for key in self.keys(each, f"{path}.{name}")
            }
        return {key for each in value for key in self.keys(each, path)} if isinstance(value, list) else set()

    def test_the_keys_of_status_are_those_that_are_printed(self, tmp_path: Path) -> None:
        moved = account("facebook", entry("filed", at(500), email="anna@example.org"), hub="private")
        doubted = account("threads", entry("filed", at(500)), entry("confirmed-by-mail", at(499)), hub="")
        added = account("instagram", entry("hub-changed", at(3), hub="private"), hub="private")
        folder = save_in(tmp_path, record(moved, doubted, added))
        printed = json.loads(run("status", "--json", "--data-dir", folder).stdout)
        assert self.keys(printed) == self.keys(self.shown("coverage"))

    def test_the_keys_of_the_sources_are_those_that_are_printed(self, tmp_path: Path) -> None:
        printed = json.loads(run("guidance", "status", "--json", "--data-dir", tmp_path).stdout)
        assert self.keys(printed) == self.keys(self.shown("moved_to"))
