"""Makes the keys of a screen from its declared commands, and lets those answer that need an account where there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Protocol

from textual.binding import Binding

from metaoptout_tui.app.commands import commands_of
from metaoptout_tui.app.key_table import NO_KEY
from metaoptout_tui.app.own_commands import Command
from metaoptout_tui.app.session import Session

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
