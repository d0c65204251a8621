"""The `keys` command: every key and its action, by screen."""

from argparse import Namespace

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.commands.commands import ENGLISH_SCREEN_TITLES, commands_of, screen_title
from metaoptout_tui.app.commands.key_table import keys_of, load_key_table, written_key
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import Output, in_column
from metaoptout_tui.core.language.formatting import format_open_list


def run(_: Namespace, paths: AppPaths, __: Clock) -> Output:
    """The commands of each screen, with their keys by the person's own key table."""
    key_table, problems = load_key_table(paths)
    lines: list[str] = []
    for screen_id in ENGLISH_SCREEN_TITLES:
        commands = commands_of(screen_id)
        if commands:
            lines.append(screen_title(screen_id))
        for command in commands:
            keys = format_open_list(written_key(key) for key in keys_of(command, key_table))
            lines.append(f"  {in_column(keys, 19)} {command.id:<25}{command.help}")
    return Output("\n".join(lines), problems)
