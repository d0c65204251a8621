"""Writing the case file: folder, of which account, whole or with masks, and copies of the kept files."""

from pathlib import Path

from metaoptout_tui.app.case_export import (
    CaseExportOptions,
    build_case_files,
    case_languages,
    guidance_description,
    suggested_export_folder,
    write_case_files,
)
from metaoptout_tui.app.typed_paths import with_tilde
from metaoptout_tui.core.errors import FileRefused
from metaoptout_tui.core.language.cldr import FORMATS
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.context import PlainContext

_ALL_ACCOUNTS, _THIS_ACCOUNT = "all", "this"
_WHOLE, _REDACT = "whole", "redact"


def _choose_language(context: PlainContext) -> str:
    """The language of the case file; asked where the authority takes another one than the program speaks."""
    person = context.session.record.person
    languages = case_languages(person.country, person.land)
    if len(languages) == 1:
        return languages[0]
    options = [(language, FORMATS[language].own_name) for language in languages]
    return context.dialogue.choose(_("In which language?"), options, default=languages[0])


def write_case_file(context: PlainContext, account_id: str) -> None:
    """Ask what goes into the case file and where it goes, and write it."""
    context.dialogue.part(
        _("The case file is a page to read and print, the same as Markdown, as data, and a calendar of what is due."),
        _("The files stay on this computer until you hand them over."),
    )
    scope = [
        (_ALL_ACCOUNTS, _("All accounts")),
        (_THIS_ACCOUNT, _("Only {account}").format(account=context.name_of(account_id))),
    ]
    of_account = context.dialogue.choose(_("Of which account?"), scope, default=_ALL_ACCOUNTS)
    how = [
        (_WHOLE, _("Whole, with names, addresses and all texts: for an authority or a lawyer")),
        (_REDACT, _("With masks for names, addresses and links, and without free text")),
    ]
    is_redacted = context.dialogue.choose(_("Whole or with masks?"), how) == _REDACT
    with_evidence = not is_redacted and context.dialogue.agrees(_("With a copy of each kept file?"), default=False)
    language = _choose_language(context)
    offered = suggested_export_folder(context.case_folder)
    folder = context.dialogue.write_line(_("Into which folder?"), default=offered)
    options = CaseExportOptions(account_id if of_account == _THIS_ACCOUNT else "", is_redacted, with_evidence, language)

    def write() -> None:
        if context.rehearsal is not None and (obstacle := context.rehearsal.export_obstacle(Path(folder))):
            raise FileRefused(obstacle)
        session, evidence, known = context.session, context.evidence_folder, context.record_files()
        files = build_case_files(
            session.record,
            context.playbook,
            options,
            now=session.now(),
            evidence=evidence,
            describe_guidance=lambda: guidance_description(context.page_watcher.guidance),
            exported_appointments=known.exported_appointments(),
        )
        known.begin_export(Path(folder))
        result = write_case_files(files, Path(folder), evidence=evidence)
        known.remember_exports((*result.paths, *result.evidence_copies), files.appointments)
        context.say(_("Written:"))
        for path in (*result.paths, *result.evidence_copies):
            context.dialogue.copyable(with_tilde(path))
        context.say(*result.warnings)

    context.change(write)
