"""What the palette finds: the commands of the screen in front, those that work everywhere, and the themes."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.app import App, SystemCommand

from metaoptout_tui.app.commands import EVERYWHERE, commands_of
from metaoptout_tui.ui.theme import PALETTE_THEMES


def palette_commands(app: App[Any], screen_id: str) -> Iterator[SystemCommand]:
    """The commands, each title once, then the themes. An empty `screen_id` is that of a screen without commands."""
    listed_titles: set[str] = set()
    for namespace, id in (("screen", screen_id), ("app", EVERYWHERE)):
        for command in commands_of(id) if id else ():
            if not command.is_navigation and command.title not in listed_titles:
                listed_titles.add(command.title)
                run = partial(app.call_later, app.run_action, f"{namespace}.{command.textual_action}")
                yield SystemCommand(command.title, command.help, run)
    for theme in PALETTE_THEMES:
        yield SystemCommand(f"Theme {theme}", "Use this theme, now and from the next start on.", _setter(app, theme))


def _setter(app: App[Any], theme: str) -> Callable[[], None]:
    def use() -> None:
        app.theme = theme

    return use
