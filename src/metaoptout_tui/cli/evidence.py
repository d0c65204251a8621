"""The `evidence verify` command: whether each file kept as evidence is there and unchanged."""

from argparse import Namespace
from collections.abc import Mapping

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.restoring import shown_path
from metaoptout_tui.app.files.saved_record import verify_evidence_files
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, EXIT_OK, Output, in_column
from metaoptout_tui.core import dates
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import pgettext
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import EvidenceFileState
from metaoptout_tui.core.text import display_width


def _state_words() -> Mapping[EvidenceFileState, str]:
    """What is said of a kept file in each state."""
    return {
        EvidenceFileState.OK: pgettext("a kept file", "ok"),
        EvidenceFileState.CHANGED: pgettext("a kept file", "changed"),
        EvidenceFileState.MISSING: pgettext("a kept file", "missing"),
        EvidenceFileState.UNREADABLE: pgettext("a kept file", "unreadable"),
    }


def run(_unused: Namespace, paths: AppPaths, __: Clock) -> Output:
    """A line for each kept file. Raises StorageError for a record that cannot be read."""
    playbook, files, unrecorded, leftovers, notes = verify_evidence_files(paths)
    lines = [] if files else [_("The record names no file as evidence.")]
    state_words = _state_words()
    width = max(map(display_width, state_words.values())) + 1
    for item, state in files:
        description = (
            describe_event(item.belongs_to, playbook) if item.belongs_to else _("of an entry that is not in the record")
        )
        lines.append(
            f"{in_column(state_words[state], width)}{item.file.name}  "
            f"{labelled(account_name(item.account, playbook), description)}, {dates.format_full_day(item.event.at.date())}"
        )
    warnings = (_("{file} is in the folder and not in the record.").format(file=name) for name in unrecorded)
    unfinished = (
        _("{file} was never finished. A start of the program removes it, at the latest when it is a day old.").format(
            file=shown_path(path)
        )
        for path in leftovers
    )
    is_fine = all(state is EvidenceFileState.OK for _unused, state in files)
    return Output("\n".join(lines), (*notes, *warnings, *unfinished), EXIT_OK if is_fine else EXIT_ATTENTION)
