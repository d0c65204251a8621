"""Who was authorised to help, how and when: written into the diary, and told in the case file."""

from metaoptout_tui.app.helper_authorisation import describe_newest_authorisation, record_helper, ways_to_authorise
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.context import PlainContext


def record_helper_of(context: PlainContext, _account_id: str) -> None:
    """Ask who was authorised to help, how and when, and write it into the diary of each account."""
    session, dialogue = context.session, context.dialogue
    session.current_record.require_writable()
    where_it_stands = _("It stands in the diary of each account and at the beginning of the case file.")
    help: tuple[str, ...] = (
        where_it_stands,
        _("If it was in writing, keep a copy as proof of that entry."),
    )
    authorised = describe_newest_authorisation(session.record, session.playbook, session.now())
    if authorised:
        help = (_("Written down already: {authorisation}").format(authorisation=authorised), *help)
    name, how, at = "", "", None

    def name_question() -> None:
        nonlocal name
        name = dialogue.ask_line(_("Who was authorised? Type the name of the helper."), default=name, help=help)

    def how_question() -> None:
        nonlocal how
        how = dialogue.choose(_("How was that?"), ways_to_authorise(), default=how, why=where_it_stands)

    def when_question() -> None:
        nonlocal at
        at = dialogue.ask_moment(_("When was that?"), session.now, why=where_it_stands)

    dialogue.ask_in_turn(name_question, how_question, when_question)
    if context.change(lambda: record_helper(session.editor, name, how, at, draft_key="helper")):
        words = describe_newest_authorisation(session.record, session.playbook, session.now())
        context.say(_("Written down: {authorisation}").format(authorisation=words))


def offer_helper(context: PlainContext) -> None:
    """Offer to write down who was authorised, where the record is that of one of several people."""
    if not context.person_name or not context.session.record.accounts:
        return
    question = _("Do you help {person}, and want to write down who was authorised?")
    with context.dialogue.back_to(_("what comes next")):
        is_wanted = context.dialogue.ask_yes_or_no(
            question.format(person=context.person_name),
            default=False,
            help=(_("Later it is under “{list}”.").format(list=_("Everything else for this account")),),
        )
        if is_wanted:
            record_helper_of(context, context.session.record.accounts[0].id)
