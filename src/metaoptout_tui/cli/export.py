"""The `export` command: writes the case file."""

from argparse import Namespace

from metaoptout_tui.app.case_export import CaseExportOptions, export_case_file
from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, EXIT_OK, EXIT_USAGE, Output
from metaoptout_tui.cli.questions import ask, can_ask
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.text import replace_unsafe_in_line

_WHOLE = mark(
    "This is the whole case file, with names, addresses and texts. --redact masks them; --whole says that it is meant."
)


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Write the case file and print the path of each written file."""
    is_redacted, told = arguments.redact, ""
    if not (arguments.redact or arguments.whole or arguments.with_evidence):
        answer = ask(_("How is it to be written?"), {"w": "whole", "m": "masked"}) if can_ask() else "whole"
        if not answer:
            return Output(stderr=(_("Nothing was written."),), code=EXIT_USAGE)
        is_redacted, told = answer == "m", _WHOLE if answer == "whole" else ""
    options = CaseExportOptions(arguments.account, is_redacted, arguments.with_evidence)
    try:
        result, notes = export_case_file(paths, arguments.to, options, clock=clock)
    except InputRefused as error:
        return Output(stderr=(str(error),), code=EXIT_USAGE)
    written_paths = "\n".join(replace_unsafe_in_line(str(path)) for path in (*result.paths, *result.evidence_copies))
    return Output(
        written_paths, (*notes, *filter(None, [told]), *result.warnings), EXIT_ATTENTION if result.warnings else EXIT_OK
    )
