"""Textual bindings from the declared actions."""

from textual.binding import Binding

from metaoptout_tui.ui.actions import Action, actions_of

Bindings = list[Binding | tuple[str, str] | tuple[str, str, str]]
"""What Textual takes as `BINDINGS`."""


def bindings(place: str) -> Bindings:
    """The bindings of one screen, with ids for the user's key table and tooltips for the help."""
    return [_binding(action) for action in actions_of(place)]


def _binding(action: Action) -> Binding:
    return Binding(
        action.keys,
        action.call,
        action.title,
        show=action.footer > 0,
        priority=action.priority,
        tooltip=action.help,
        id=action.id,
    )
