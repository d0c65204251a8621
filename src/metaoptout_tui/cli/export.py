"""The `export` command: writes the case file."""

from argparse import Namespace

from metaoptout_tui.app.case_export import CaseExportOptions, export_case_file
from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, EXIT_OK, EXIT_USAGE, Output
from metaoptout_tui.cli.questions import Answer, ask, can_ask
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, pgettext
from metaoptout_tui.core.text import replace_unsafe_in_line

_WHOLE = mark(
    "This is the whole case file, with names, addresses and texts. --redact masks them; --whole says that it is meant."
)
_NOT_ASKED = "not-asked"


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Write the case file and print the path of each written file."""
    is_redacted, told = arguments.redact, ""
    if not (arguments.redact or arguments.whole or arguments.with_evidence):
        answers = (
            Answer("w", pgettext("typed for: whole", "w"), pgettext("the case file", "whole")),
            Answer("m", pgettext("typed for: masked", "m"), pgettext("the case file", "masked")),
        )
        answer = ask(_("How is it to be written?"), answers) if can_ask() else _NOT_ASKED
        if not answer:
            return Output(stderr=(_("Nothing was written."),), code=EXIT_USAGE)
        is_redacted, told = answer == "m", _(_WHOLE) if answer == _NOT_ASKED else ""
    options = CaseExportOptions(arguments.account, is_redacted, arguments.with_evidence, arguments.language)
    try:
        result, notes = export_case_file(paths, arguments.to, options, clock=clock)
    except InputRefused as error:
        return Output(stderr=(str(error),), code=EXIT_USAGE)
    written_paths = "\n".join(replace_unsafe_in_line(str(path)) for path in (*result.paths, *result.evidence_copies))
    return Output(
        written_paths, (*notes, *filter(None, [told]), *result.warnings), EXIT_ATTENTION if result.warnings else EXIT_OK
    )
