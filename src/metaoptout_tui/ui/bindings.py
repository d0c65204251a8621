"""Textual bindings from the declared actions."""

from textual.binding import Binding

from metaoptout_tui.ui.actions import Action, actions_of, readable_key

Bindings = list[Binding | tuple[str, str] | tuple[str, str, str]]
"""What Textual takes as `BINDINGS`."""


def bindings(place: str) -> Bindings:
    """The bindings of one screen, with ids for the user's key table and tooltips for the help."""
    return [_binding(action) for action in actions_of(place)]


def _binding(action: Action) -> Binding:
    first = action.keys.split(",")[0]
    return Binding(
        action.keys,
        action.name,
        action.title,
        show=action.footer > 0,
        key_display=readable_key(first),
        priority=action.priority,
        tooltip=action.help,
        id=action.id,
    )
