"""A start without a command reads its options as the parser of all commands does, and leaves all else to that."""

import pytest

from metaoptout_tui.cli.options import options_without_command
from metaoptout_tui.cli.parser import build_parser


@pytest.mark.parametrize(
    "words",
    [
        "",
        "--plain",
        "--offline --plain",
        "--data-dir folder",
        "--data-dir=folder --offline --config settings.toml",
        "--person Rosa --off",
        "--data status",
    ],
)
def test_options_without_a_command_mean_what_they_mean_to_the_parser_of_all_commands(words: str) -> None:
    options = options_without_command(words.split())
    assert options is not None
    assert vars(options) == vars(build_parser().parse_args(words.split()))


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["-h", "--plain"],
        ["--version"],
        ["status"],
        ["--data-dir", "folder", "rehearse"],
        ["--person", "Rosa", "Maria"],
        ["--data-dir", "one", "--data-dir", "other"],
        ["--data-dir", ""],
        ["--data-dir"],
        ["--offline=yes"],
        ["--p"],
        ["--nothing"],
    ],
)
def test_a_command_and_what_is_wrong_is_left_to_the_parser_of_all_commands(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert options_without_command(words) is None
    assert capsys.readouterr() == ("", "")
