"""Makes the keys of a screen from its declared commands, and lets those answer that need an account where there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Protocol, TypeVar

from textual.binding import Binding

from metaoptout_tui.app.commands.commands import EVERYWHERE, commands_of, find_command
from metaoptout_tui.app.commands.key_table import NO_KEY, readable_key
from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.textual_private import HeldBackScreen

Result = TypeVar("Result")

BindingList = list[Binding | tuple[str, str] | tuple[str, str, str]]
"""The type of Textual's `BINDINGS`."""


def bindings_for(screen_id: str) -> BindingList:
    """The bindings of one screen, with ids for the user's key table.

    They hold no words, since Textual keeps bindings from the definition of a class on, when the language is not chosen
    yet: footer, help and palette ask the command with the id for its words whenever they are drawn.
    """
    return [_to_binding(command) for command in commands_of(screen_id)]


def _to_binding(command: Command) -> Binding:
    return Binding(
        command.keys or f"{NO_KEY}{command.id}",
        command.textual_action,
        priority=command.priority,
        show=False,
        id=command.id,
    )


class NamesKeys(HeldBackScreen[Result]):
    """A screen that tells the present key of a command, by its bindings and the person's own key table."""

    def __init__(self) -> None:
        super().__init__()
        self._readable_keys: dict[str, str] = {}

    def readable_key_of(self, command_id: str) -> str:
        """The present key of a command, as people write it; where it has none, where it is found."""
        if command_id not in self._readable_keys:
            self._readable_keys.clear()
            for key, active in self.active_bindings.items():
                if not key.startswith(NO_KEY):
                    self._readable_keys.setdefault(active.binding.id or "", readable_key(key))
            if command_id not in self._readable_keys and (command := find_command(command_id)) is not None:
                self._readable_keys[command_id] = self._where_found(command)
        return self._readable_keys.get(command_id, command_id)

    def _where_found(self, command: Command) -> str:
        """Where a command that has no key is found."""
        if command.screen_id == EVERYWHERE:
            return _("“{title}” among all actions ({key})").format(
                title=command.title, key=self.readable_key_of("everywhere.palette")
            )
        return _("“{title}” under “More you can do”").format(title=command.title)

    def refresh_bindings(self) -> None:
        """Look the keys up again, after the focus moved or others were enabled."""
        self._readable_keys.clear()
        super().refresh_bindings()


class SaysNoAccount(Protocol):
    """A screen that can say that there is no account yet."""

    @property
    def session(self) -> Session:
        """The session."""

    def say_no_account(self) -> None:
        """Say that there is no account yet, and how to add one."""


def answer_without_account(screen: type, screen_id: str) -> None:
    """Let each command of a screen that needs an account say so where the record has none."""
    for command in commands_of(screen_id):
        if command.needs_account:
            name = f"action_{command.action_name}"
            setattr(screen, name, _answering(getattr(screen, name)))


def _answering(action: Callable[[SaysNoAccount], None]) -> Callable[[SaysNoAccount], None]:
    @wraps(action)
    def answer(screen: SaysNoAccount) -> None:
        if screen.session.record.accounts:
            action(screen)
        else:
            screen.say_no_account()

    return answer
