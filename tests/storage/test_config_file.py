"""The person's settings: every key has a default and stands in the example, and a slip is told with its line."""

import re
import tomllib
from pathlib import Path

import pytest

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.settings import Config, GuidanceSettings
from metaoptout_tui.storage.settings_files import CONFIG_KEYS, GUIDANCE_CONFIG_KEYS, load_config

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def read(tmp_path: Path, text: str) -> tuple[Config, tuple[str, ...]]:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_the_example_holds_every_key_with_its_default() -> None:
    document = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert tuple(document) == CONFIG_KEYS
    assert load_config(EXAMPLE) == (Config(), ())
    assert tuple(document["guidance"]) == GUIDANCE_CONFIG_KEYS
    defaults = {**Config()._asdict(), "guidance": GuidanceSettings()._asdict()}
    assert document == {name: defaults[name] for name in CONFIG_KEYS}


def test_the_example_has_a_comment_above_every_key() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for name in (*CONFIG_KEYS, *GUIDANCE_CONFIG_KEYS):
        at = next(number for number, line in enumerate(lines) if re.match(rf"\[?{name}\b", line))
        assert lines[at - 1].startswith("# ")


def test_without_a_file_all_is_at_its_default_and_nobody_hears_of_it(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == (Config(), ())
    assert not list(tmp_path.iterdir())


def test_a_file_that_was_named_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"There is no file .*mine\.toml"):
        load_config(tmp_path / "mine.toml", is_required=True)
    with pytest.raises(StorageError, match="is not a file"):
        load_config(tmp_path, is_required=True)


def test_settings_are_taken_with_their_lines(tmp_path: Path) -> None:
    config, problems = read(
        tmp_path,
        'language = "nl"\ntheme = "nord"\nlabel_language = "de"\nmarks = "ascii"\nmouse = false\n\n[keys]\nundo = "u,ctrl+z"\n"step.done" = "x"\nstep.undone = "z"\n',
    )
    assert problems == ()
    assert config == Config(
        language="nl",
        theme="nord",
        label_language="de",
        marks="ascii",
        mouse=False,
        keys={"undo": "u,ctrl+z", "step.done": "x", "step.undone": "z"},
        key_lines={"undo": 8, "step.done": 9, "step.undone": 10},
    )


def test_what_may_be_asked_of_the_network_is_a_table_of_its_own(tmp_path: Path) -> None:
    config, problems = read(
        tmp_path,
        "[guidance]\nenabled = false\nweekly = true\nmeta_pages = true\nfeed_url = 'https://example.org/playbook.toml'\n",
    )
    assert problems == ()
    assert config.guidance == GuidanceSettings(
        enabled=False, weekly=True, meta_pages=True, feed_url="https://example.org/playbook.toml"
    )
    assert read(tmp_path, "guidance.weekly = true\n")[0].guidance == GuidanceSettings(weekly=True)


def test_without_a_word_nothing_is_asked_by_itself_and_nothing_of_meta() -> None:
    assert Config().guidance == GuidanceSettings(enabled=True, weekly=False, meta_pages=False, feed_url="")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/playbook.toml",
        "https://anna:secret@example.org/playbook.toml",
        "https://example.org:8443/playbook.toml",
        "https://127.0.0.1/playbook.toml",
        "https://[::1]/playbook.toml",
        "https://2130706433/playbook.toml",
        "https://0x7f.1/playbook.toml",
        "https://localhost/playbook.toml",
        "https://xn--fcebook-2fg.example/playbook.toml",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org",
        "file:///etc/passwd",
        "example.org/playbook.toml",
        " https://example.org/",
        r"https://example.org/\u001b[2J",
    ],
)
def test_a_feed_is_at_a_plain_https_address_or_not_taken(tmp_path: Path, url: str) -> None:
    config, problems = read(tmp_path, f'# mine\n[guidance]\nweekly = true\nfeed_url = "{url}"\n')
    assert config.guidance == GuidanceSettings(weekly=True)
    assert len(problems) == 1
    assert problems[0].startswith("config.toml, line 4: The address ")
    assert "https://example.org/playbook.toml" in problems[0]
    assert problems[0].isprintable()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\nthem = "nord"\n', "config.toml, line 2: “them” is not a setting; did you mean “theme”?"),
        ("[key]\n", "config.toml, line 1: “key” is not a setting; did you mean “keys”?"),
        ("zzz = 1\n", "config.toml, line 1: “zzz” is not a setting."),
        ("# one\ntheme = 3\n", "config.toml, line 2: “theme” is to be text in quotes."),
        ('mouse = "no"\n', "config.toml, line 1: “mouse” is to be true or false."),
        ("mouse = 0\n", "config.toml, line 1: “mouse” is to be true or false."),
        ('marks = "emoji"\n', "config.toml, line 1: “marks” is to be one of auto, unicode or ascii."),
        ('label_language = "xx"\n', "line 1: “label_language” is to be one of en, nl, de, fr, es or it."),
        ("keys = 3\n", "config.toml, line 1: “keys” is a table: write [keys] on a line of its own"),
        ("[keys]\nundo = 3\n", "config.toml, line 2: The keys for “undo” are text in quotes"),
        ("[keys]\nstep.done = 1\n", "config.toml, line 2: The keys for “step.done” are text in quotes"),
        ("guidance = true\n", "config.toml, line 1: “guidance” is a table: write [guidance] on a line of its own"),
        (
            "[guidance]\nweekley = true\n",
            "config.toml, line 2: “weekley” is not a setting; did you mean “weekly”?",
        ),
        ("[guidance]\n\nenabled = 1\n", "config.toml, line 3: “enabled” is to be true or false."),
        ("[guidance]\nfeed_url = 3\n", "config.toml, line 2: “feed_url” is to be text in quotes."),
        ("[guidance]\ntheme = 'nord'\n", "config.toml, line 2: “theme” is not a setting"),
        ("theme = nord\n", "config.toml, line 1, column 9: the value cannot be read."),
        ('"\\u001b[2J" = 1\n', "is not a setting"),
    ],
)
def test_a_slip_is_told_with_its_line_and_leaves_the_default(tmp_path: Path, text: str, told: str) -> None:
    config, problems = read(tmp_path, text)
    assert config == Config()
    assert len(problems) == 1
    assert told in problems[0]
    assert "\x1b" not in problems[0]


def test_one_slip_does_not_take_the_other_settings_along(tmp_path: Path) -> None:
    config, problems = read(tmp_path, 'theme = 1\nmarks = "ascii"\n[keys]\nundo = 3\nquit = "q"\n')
    assert config == Config(marks="ascii", keys={"quit": "q"}, key_lines={"quit": 5})
    assert len(problems) == 2


def test_settings_that_cannot_be_read_are_told_and_do_not_stop_the_program(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.mkdir()
    config, problems = load_config(path)
    assert config == Config()
    assert "is not a file" in problems[0]
    assert "defaults" in problems[0]
