"""An account that the person cannot log in to: what became of it, and what can be done then."""

from functools import partial

from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.account_questions import (
    LOG_IN_CHANGED_HELP,
    LOG_IN_SINCE,
    LOG_IN_SINCE_HELP,
    log_in_question,
    which_log_in_question,
)
from metaoptout_tui.core.objection.event_sentences import describe_log_in
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.vocabulary import LogIn
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import tell_topic, topic_sources
from metaoptout_tui.plain.letter_choice import choose_letter
from metaoptout_tui.plain.typed_words import typed_word

_READY, _LOG_IN, _LETTERS = "ready", "log-in", "letters"


def go_without_log_in(context: PlainContext) -> None:
    """Ask which account it is and what became of it, and tell what can be done; without an account tell it in general."""
    question = which_log_in_question(context.session.overview(), context.playbook)
    if not question.answers:
        tell_topic(context, TopicId.NO_LOGIN)
        context.say(_("To write it down, add the account first; then choose this again."))
        return
    account_id = (
        context.dialogue.ask(question, why=_("What there is to do depends on it."))
        if len(question.answers) > 1
        else question.answers[0][0]
    )
    if _ask_log_in(context, account_id):
        tell_without_log_in(context, account_id)


def tell_without_log_in(context: PlainContext, account_id: str) -> None:
    """Tell what can be done for an account without a log-in, and ask what of it is wanted."""
    why = context.status(account_id).why_no_log_in
    reasons = frozenset({str(why)}) if why is not None else None
    tell_topic(context, TopicId.NO_LOGIN, reasons)
    name = account_name(context.status(account_id).account, context.playbook)
    change = describe_log_in(context.status(account_id), context.playbook, context.session.now())
    options = [
        (_READY, _("Go on")),
        (_LOG_IN, change or _("Write down what became of {account}").format(account=name)),
        (_LETTERS, _("Letters for {account}").format(account=name)),
    ]
    with context.dialogue.guided(more=tuple, sources=partial(topic_sources, context, TopicId.NO_LOGIN, reasons)):
        chosen = context.dialogue.choose(
            _("Type {sources} to hear who says so.").format(sources=typed_word("sources")), options, default=_READY
        )
    if chosen == _LOG_IN:
        _ask_log_in(context, account_id)
    elif chosen == _LETTERS:
        choose_letter(context, account_id)


def _ask_log_in(context: PlainContext, account_id: str) -> bool:
    """Ask what became of an account and since when, and record it. Returns whether it was recorded."""
    session, status = context.session, context.status(account_id)
    session.current_record.require_writable()
    answer, at = "", None

    def ask_what() -> None:
        nonlocal answer
        answer = context.dialogue.ask(
            log_in_question(status, context.playbook), why=_("What can be done without a log-in depends on it.")
        )

    def ask_since_when() -> None:
        nonlocal at
        is_changed = status.why_no_log_in is not None and answer != LogIn.WORKS
        help = (_(LOG_IN_CHANGED_HELP if is_changed else LOG_IN_SINCE_HELP),)
        at = context.dialogue.ask_moment(_(LOG_IN_SINCE), session.now, help=help, takes_year=True)

    context.dialogue.ask_in_turn(ask_what, ask_since_when)
    return context.change(lambda: session.diary_service.record_log_in(account_id, LogIn(answer), at or session.now()))
