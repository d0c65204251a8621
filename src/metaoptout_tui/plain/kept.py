"""Tells what is kept, and where, and which commands restore, join and delete it."""

from metaoptout_tui.app.kept_files import what_is_out_of_reach
from metaoptout_tui.app.restoring import shown_path
from metaoptout_tui.core.language.formatting import format_number, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import format_size
from metaoptout_tui.plain.context import PlainContext


def tell_what_is_kept(context: PlainContext) -> None:
    """Tell every kind of file that there is, with its place, and the versions of the record."""
    files = context.record_files()
    context.dialogue.part(_("All of it is on this computer."))
    for kind in files.kinds():
        if kind.files:
            # Translators: {kept} is such as “the versions of your record”.
            words = _("Kept here: {kept}. Files: {count}. Size: {size}. The place:")
            count = format_number(len(kind.files))
            context.say(words.format(kept=kind.what, count=count, size=format_size(kind.size)))
            context.dialogue.copyable(shown_path(kind.place))
    context.dialogue.part(_("Versions of your record that can be restored:"))
    for version in files.versions():
        context.say(with_full_stop(version.describe(files.clock)))
    for purpose, command in (
        (_("To go back to a version, leave and type:"), "restore"),
        (_("To join another copy, leave and type, with its path in place of COPY:"), "merge COPY"),
        (_("To delete all of it, leave and type:"), "purge"),
    ):
        context.dialogue.part(purpose)
        context.dialogue.copyable(files.command(command))
    context.dialogue.part(_("What no command can delete:"), *what_is_out_of_reach())
