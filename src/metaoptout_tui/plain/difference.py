"""The report that something of Meta's looked different: what was used and seen, printed whole, and saved as a file."""

from metaoptout_tui.app.copies.difference import (
    project_page,
    report_at_step,
    save_difference,
)
from metaoptout_tui.app.files.typed_paths import with_tilde
from metaoptout_tui.core.difference_report import Difference
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import menu_path_line
from metaoptout_tui.plain.steps import choose_step


def report_difference(context: PlainContext, account_id: str) -> None:
    """Ask at which step something looked different and what was seen, and print and save a report that names nobody."""
    session, dialogue = context.session, context.dialogue
    step = choose_step(context, account_id)
    key = make_draft_key("different", account_id, step.id)
    draft = dict(session.drafts.read(key))
    used = dialogue.ask_line(
        _("Which app or browser was it, and its version, if you know them?"),
        default=draft.get("used", ""),
        is_optional=True,
        help=(_("Such as: Instagram 412 on Android."),),
    )
    seen = dialogue.ask_text(
        _("What did you see? Write menus and buttons in their order."),
        why=_("It goes into the report, without your names, addresses and numbers."),
        save=lambda text: session.drafts.save(key, {"used": used, "seen": text}),
    )
    report, is_masked = report_at_step(
        session,
        context.status(account_id),
        step.id,
        (used, seen),
        countries=context.countries(),
        language=context.language,
        guidance=context.page_watcher.guidance,
        describe_path=lambda path: menu_path_line(path, context),
    )
    dialogue.say_part()
    dialogue.say_passage(report.text, _("The report"), _("The report begins here. It tells nothing of you."))
    if is_masked:
        context.say(
            _("Names, addresses and numbers that you typed were taken out and stand in brackets."),
            _("Listen whether anything else tells of you."),
        )
    if page := project_page():
        context.say(_("Put it into an issue at:"))
        dialogue.say_copyable(page)
    dialogue.say_how_to_copy()
    if dialogue.ask_yes_or_no(_("Save it as a file?"), default=True, why=_("It is kept nowhere else.")):
        context.change(lambda: _save(context, report))


def _save(context: PlainContext, report: Difference) -> None:
    path = save_difference(report.text, context.session.now().date(), context.case_folder)
    context.record_files().exports.remember((path,))
    context.say(_("Saved as:"))
    context.dialogue.say_copyable(with_tilde(path))
