"""`metaoptout-tui manual`: the list of chapters, a chapter as plain text, and what is said to a wrong name."""

import pytest

from command_line import run
from exhaustive import parametrize_some
from metaoptout_tui.app.manual import manual_page
from metaoptout_tui.manual.chapters import CHAPTERS


def code_of(chapter: str) -> list[str]:
    """Every command, key and line of code in a chapter, but for those that a heading names."""
    blocks = [block for block in manual_page(chapter).blocks if block.kind != "heading"]
    texts = [text for block in blocks for text in (block.text, *(cell for row in block.rows for cell in row))]
    code = [piece.text for text in texts for piece in text if piece.style == "code"]
    return [line for each in code for line in each.split("\n")]


def test_without_a_name_it_lists_every_chapter_with_its_title() -> None:
    ended = run("manual")
    assert ended.returncode == 0
    assert [line.split()[0] for line in ended.stdout.splitlines()] == list(CHAPTERS)
    assert "no-answer           When Meta does not answer" in ended.stdout.splitlines()
    assert ended.stderr == "`metaoptout-tui manual NAME` prints a chapter.\n"


@parametrize_some(1, "columns", [40, 80, 300])
def test_a_chapter_is_wrapped_for_the_terminal_and_never_wider_than_can_be_read(columns: int) -> None:
    for chapter in CHAPTERS:
        ended = run("manual", chapter, COLUMNS=str(columns))
        assert (ended.returncode, ended.stderr) == (0, "")
        room = min(columns, 92)
        long_code = [code for code in code_of(chapter) if len(code) > room / 3]
        lines = [line for line in ended.stdout.splitlines() if not any(code in line for code in long_code)]
        assert room * 0.8 < max(map(len, lines)) <= room


@pytest.mark.parametrize("columns", [40, 80])
def test_no_command_of_a_chapter_is_broken_so_that_it_can_be_copied(columns: int) -> None:
    for chapter in CHAPTERS:
        printed = run("manual", chapter, COLUMNS=str(columns)).stdout.splitlines()
        assert [code for code in code_of(chapter) if not any(code in line for line in printed)] == []


def test_it_is_plain_text_without_markup() -> None:
    told = run("manual", "letters", COLUMNS="80").stdout
    assert told.startswith("Letters and complaint\n\n“More you can do” → “Letters” lists the letters.")
    assert "**" not in told
    assert "](" not in told
    assert "`Ctrl+O`  hands it to your mail program" in told


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("leters", "Did you mean letters?"),
        ("Meta's download", "Did you mean download?"),
        ("first", "Did you mean first-evening?"),
        ("launchctl", "These tell of it: reminders."),
        ("xyzzy", "`metaoptout-tui manual` lists them."),
    ],
)
def test_a_wrong_name_is_answered_with_what_may_be_meant(typed: str, hint: str) -> None:
    ended = run("manual", typed)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"There is no chapter “{typed}”. {hint}\n"


def test_in_another_language_a_chapter_is_named_for_english_words_and_for_other_words_that_some_are_in_english() -> (
    None
):
    found = run("manual", "A sender can be forged", LANGUAGE="de")
    assert found.stderr == "Es gibt kein Kapitel „A sender can be forged“. Davon handeln: what-came-back.\n"
    missed = run("manual", "xyzzy", LANGUAGE="de")
    assert missed.returncode == 2
    assert missed.stderr.splitlines() == [
        "Es gibt kein Kapitel „xyzzy“. `metaoptout-tui manual` listet alle auf.",
        "Einige Kapitel sind auf Englisch: Versuchen Sie englische Wörter.",
    ]


def test_the_help_leads_to_the_manual() -> None:
    assert "`metaoptout-tui manual` explains all of it, chapter by chapter." in run("--help").stdout
