"""What an account offers below its steps, and everything else that can be done with it, each in a dialogue of its own."""

from collections.abc import Callable, Mapping
from functools import partial

from metaoptout_tui.app.accounts.reply_corrections import meant_account_question, move_reply
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection import ticking
from metaoptout_tui.core.objection.authority_tasks import reasons_after_decision
from metaoptout_tui.core.objection.offers import Offer
from metaoptout_tui.core.objection.sentences import step_title
from metaoptout_tui.core.objection.tasks import OfferKind
from metaoptout_tui.core.objection.ticking import (
    reply_taking_back_question,
    taking_back_question,
    wrong_reply_question,
)
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.plain.accounts import (
    add_child,
    ask_about_move,
    ask_whether_linked_then,
    change_account,
    remove_account,
)
from metaoptout_tui.plain.authority import tell_authority
from metaoptout_tui.plain.case_file import write_case_file
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.diary import correct_form_used, keep_proof, read_diary
from metaoptout_tui.plain.difference import report_difference
from metaoptout_tui.plain.download import read_download
from metaoptout_tui.plain.earlier_objection import record_objection_of_long_ago
from metaoptout_tui.plain.guide_lines import tell_topic, topic_sources
from metaoptout_tui.plain.helper import record_helper_of
from metaoptout_tui.plain.letter_choice import choose_letter
from metaoptout_tui.plain.log_in import tell_without_log_in
from metaoptout_tui.plain.periods import ask_when_letter_arrived, tell_periods
from metaoptout_tui.plain.reply import record_answer_to_meta, record_reply
from metaoptout_tui.plain.steps import do_step, leave_step_out, tick_or_reopen_step, write_note
from metaoptout_tui.plain.typed_words import typed_word

AccountDialogue = Callable[[PlainContext, str], object]


def ask_recheck(context: PlainContext, account_id: str) -> None:
    """Ask whether the person looked at their objection again, and record that."""
    context.session.current_record.require_writable()
    platform = context.session.account(account_id).platform
    help = (
        _("The last step of the account says what to look at."),
        _("If something changed, object again: “{step}”.").format(
            step=step_title(StepId.SUBMIT, platform, context.playbook)
        ),
    )
    question = _("Did you look at your objection again, and do you leave it as it is?")
    if context.dialogue.ask_yes_or_no(question, help=help) and context.change(
        lambda: context.session.diary_service.record_recheck(account_id)
    ):
        context.say(_("Written down; the next check is in a year."))


def correct_reply(context: PlainContext, account_id: str, reply_id: str) -> None:
    """Ask what of a reply is not right; it is taken back, with another one recorded or alone, moved, or corrected in the diary."""
    session = context.session
    session.current_record.require_writable()
    account = session.account(account_id)
    question = wrong_reply_question(account, reply_id, context.playbook, session.now())
    if question is None:
        return
    match context.dialogue.ask(question, why=_("What comes next depends on what came back, and on its day.")):
        case ticking.RECORD_ANEW:
            taking_back = reply_taking_back_question(account, reply_id, context.playbook, session.now())
            if context.dialogue.ask_whether_to_go_on(taking_back) and context.change(
                lambda: session.diary_service.take_back_reply(account_id, reply_id)
            ):
                do_step(context, account_id, StepId.REPLY)
        case ticking.OTHER_ACCOUNT:
            _move_to_other_account(context, account_id, reply_id)
        case ticking.TAKE_ALL_BACK:
            taking_back = taking_back_question(account, StepId.REPLY, session.overview(), context.playbook)
            if context.dialogue.ask_whether_to_go_on(taking_back) and context.change(
                lambda: session.diary_service.reopen_step(account_id, StepId.REPLY)
            ):
                context.say(_("All of it is taken back."))
        case _:
            read_diary(context, account_id)


def _move_to_other_account(context: PlainContext, account_id: str, reply_id: str) -> None:
    """Ask for which account a reply was, and write it down there."""
    told: list[str] = []
    question = meant_account_question(context.session, account_id, reply_id)
    answer = context.dialogue.ask(question, why=_("What Meta wrote counts for the account that it was about."))
    if context.change(lambda: told.append(move_reply(context.session, account_id, reply_id, answer))):
        context.say(*told)


_READY, _SAY = "ready", "say"


def tell_what_remains(context: PlainContext, account_id: str) -> None:
    """Tell what can be done after an authority's decision, and ask whether the person did something of it."""
    reasons = reasons_after_decision(context.status(account_id))
    tell_topic(context, TopicId.AFTER_DECISION, reasons)
    options = [(_READY, _("Go on")), (_SAY, _("Say what its letter names, or what you did"))]
    with context.dialogue.guided(more=tuple, sources=partial(topic_sources, context, TopicId.AFTER_DECISION, reasons)):
        chosen = context.dialogue.choose(
            _("Type {sources} to hear who says so.").format(sources=typed_word("sources")), options, default=_READY
        )
    if chosen == _SAY:
        record_reply(context, account_id)


def _ask_which_form(context: PlainContext, account_id: str, objection_id: str) -> None:
    """Ask with which form an objection was sent, if it still counts."""
    events = events_in_force(context.session.account(account_id).events)
    objection = next((event for event in events if event.id == objection_id), None)
    if objection is not None:
        correct_form_used(context, account_id, objection)


OFFER_DIALOGUES: Mapping[OfferKind, Callable[[PlainContext, str, str], object]] = {
    OfferKind.LETTERS: lambda context, account_id, _unused: choose_letter(context, account_id),
    OfferKind.ARRIVAL: ask_when_letter_arrived,
    OfferKind.LINKED_THEN: lambda context, account_id, _unused: ask_whether_linked_then(context, account_id),
    OfferKind.RECHECK: lambda context, account_id, _unused: ask_recheck(context, account_id),
    OfferKind.AUTHORITY: lambda context, account_id, _unused: tell_authority(context, account_id),
    OfferKind.AUTHORITY_LETTER: lambda context, account_id, _unused: record_reply(context, account_id),
    OfferKind.WHAT_REMAINS: lambda context, account_id, _unused: tell_what_remains(context, account_id),
    OfferKind.AFTER_DECISION: lambda context, account_id, _unused: record_reply(context, account_id),
    OfferKind.ANSWERED: lambda context, account_id, _unused: record_answer_to_meta(context, account_id),
    OfferKind.PERIODS: lambda context, account_id, _unused: tell_periods(context, account_id),
    OfferKind.PROOF: keep_proof,
    OfferKind.CASE_FILE: lambda context, account_id, _unused: write_case_file(context, account_id),
    OfferKind.DOWNLOAD: lambda context, _account_id, _unused: read_download(context),
    OfferKind.EARLIER: lambda context, _account_id, _unused: record_objection_of_long_ago(context),
    OfferKind.NO_LOG_IN: lambda context, account_id, _unused: tell_without_log_in(context, account_id),
    OfferKind.CHILD: lambda context, _account_id, _unused: add_child(context),
    OfferKind.CORRECTION: correct_reply,
    OfferKind.WHICH_FORM: _ask_which_form,
    OfferKind.FILE_AGAIN: lambda context, account_id, _unused: do_step(context, account_id, StepId.OPEN),
    OfferKind.OWN_OBJECTION: lambda context, account_id, _unused: do_step(context, account_id, StepId.OPEN),
}
"""The dialogue of each offer, called with the account and the entry that the offer is about."""

ACCOUNT_DIALOGUES: Mapping[str, AccountDialogue] = {
    "checklist.letters": choose_letter,
    "checklist.periods": tell_periods,
    "checklist.authority": tell_authority,
    "checklist.export": write_case_file,
    "checklist.helper": record_helper_of,
    "everywhere.different": report_difference,
    "checklist.diary": read_diary,
    "checklist.note": write_note,
    "checklist.tick": tick_or_reopen_step,
    "checklist.skip": leave_step_out,
    "checklist.checked": ask_recheck,
    "checklist.moved": ask_about_move,
    "checklist.edit": change_account,
    "checklist.remove": remove_account,
}
"""What can be done with an account besides its steps, by the id of the command on the screen."""


def take_offer(context: PlainContext, account_id: str, offer: Offer) -> None:
    """Do what an offer of an account leads to."""
    OFFER_DIALOGUES[offer.kind](context, account_id, offer.source_id)
