"""Tells what is kept, and where, and which commands restore, join and delete it."""

from metaoptout_tui.app.kept_files import UNREACHABLE
from metaoptout_tui.app.restoring import shown_path
from metaoptout_tui.core.record.accounts import format_size
from metaoptout_tui.core.text import capitalize_first
from metaoptout_tui.plain.context import PlainContext


def tell_what_is_kept(context: PlainContext) -> None:
    """Tell every kind of file that there is, with its place, and the versions of the record."""
    files = context.record_files()
    context.dialogue.part("All of it is on this computer.")
    for kind in files.kinds():
        if kind.files:
            what = capitalize_first(kind.what)
            context.say(f"{what}. Files: {len(kind.files)}. Size: {format_size(kind.size)}. The place:")
            context.dialogue.copyable(shown_path(kind.place))
    context.dialogue.part("Versions of your record that can be restored:")
    for version in files.versions():
        context.say(f"{version.describe(files.clock)}.")
    context.dialogue.part(
        "To go back to a version, leave and type: metaoptout-tui restore",
        "To join another copy, leave and type: metaoptout-tui merge, and the path of the copy.",
        "To delete all of it, leave and type: metaoptout-tui purge",
        "What no command can delete:",
        *UNREACHABLE,
    )
