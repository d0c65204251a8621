"""Writing the case file: folder, of which account, whole or with masks, and copies of the kept files."""

from pathlib import Path

from metaoptout_tui.app.case_export import (
    ALL_ACCOUNTS,
    MASKED,
    THIS_ACCOUNT,
    CaseExportOptions,
    accounts_to_export,
    case_languages,
    export_open_record,
    suggested_export_folder,
    whole_or_masked,
)
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.why_asked import NO_MORE_THAN_NEEDED


def _choose_language(context: PlainContext) -> str:
    """The language of the case file; asked where the authority takes another one than the program speaks."""
    person = context.session.record.person
    languages = case_languages(person.country, person.land)
    if len(languages) == 1:
        return languages[0]
    options = [(language, FORMATS[language].own_name) for language in languages]
    why = _("The authority may take another language than the one that is spoken here.")
    return context.dialogue.choose(_("In which language?"), options, default=languages[0], why=why)


def write_case_file(context: PlainContext, account_id: str) -> None:
    """Ask what goes into the case file and where it goes, and write it."""
    context.dialogue.say_part(
        _("The case file is a page to read and print, the same as Markdown, as data, and a calendar of what is due."),
        _("The files stay on this computer until you hand them over."),
    )
    options = CaseExportOptions()
    folder = suggested_export_folder(context.case_folder)

    def ask_scope() -> None:
        nonlocal options
        scope = accounts_to_export(context.name_of(account_id))
        chosen = context.dialogue.choose(
            _("Of which account?"), scope, default=ALL_ACCOUNTS, why=_(NO_MORE_THAN_NEEDED)
        )
        options = options._replace(account_id=account_id if chosen == THIS_ACCOUNT else "")

    def ask_masks() -> None:
        nonlocal options
        question = _("With names and addresses, or with them hidden?")
        answer = context.dialogue.choose(question, whole_or_masked(), why=_(NO_MORE_THAN_NEEDED))
        options = options._replace(redact=answer == MASKED, with_evidence=False)

    def ask_files() -> None:
        nonlocal options
        if not options.redact:
            question = _("With a copy of each kept file?")
            with_evidence = context.dialogue.ask_yes_or_no(question, default=False, why=_(NO_MORE_THAN_NEEDED))
            options = options._replace(with_evidence=with_evidence)

    def ask_language() -> None:
        nonlocal options
        options = options._replace(language=_choose_language(context))

    def ask_folder() -> None:
        nonlocal folder
        folder = context.dialogue.ask_line(
            _("Into which folder?"), default=folder, why=_("From there you hand the files over.")
        )

    context.dialogue.ask_in_turn(ask_scope, ask_masks, ask_files, ask_language, ask_folder)

    def write() -> None:
        if obstacle := context.export_obstacle(Path(folder)):
            raise FileRefused(obstacle)
        result = export_open_record(
            context.session,
            options,
            Path(folder),
            guidance=context.page_watcher.guidance,
            exports=context.record_files().exports,
            evidence=context.evidence_folder,
        )
        context.say(_("Written:"))
        for path in (*result.paths, *result.evidence_copies):
            context.dialogue.say_copyable(with_tilde(path))
        context.say(*result.warnings)

    context.change(write)
