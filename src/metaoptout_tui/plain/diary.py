"""The diary of one account: reading it, correcting an entry, and keeping a file as proof of one."""

from collections.abc import Iterator

from metaoptout_tui.app.accounts.form_fields import correct_form, form_question
from metaoptout_tui.app.record.attachments import is_mail_file
from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.diary import TimelineEntry, timeline_of_account
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.case_numbers import case_number_words
from metaoptout_tui.core.objection.event_sentences import describe_event, moment_of_event
from metaoptout_tui.core.record.accounts import evidence_events_by_event_id, evidence_file_of
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force, fields_to_correct, went_by_post
from metaoptout_tui.core.record.vocabulary import ANSWER_WORDS, EMAIL, FORM, META_WORDS, NOTE, NOTE_TEXT, REFERENCE
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.periods import ask_when_letter_arrived
from metaoptout_tui.plain.why_asked import NAMES_THE_FORM

_READY, _DATE, _PROOF, _ARRIVED = "ready", "date", "proof", "arrived"
_CORRECT_FIELD = {
    FORM.name: mark("Say which form it was"),
    EMAIL.name: mark("Correct the e-mail address it was sent with"),
    NOTE_TEXT.name: mark("Correct its words"),
    META_WORDS.name: mark("Correct Meta's words, or add them"),
    ANSWER_WORDS.name: mark("Correct what you answered"),
    NOTE.name: mark("Correct its note"),
}
_ASK_FIELD = {
    EMAIL.name: mark("With which e-mail address was it sent?"),
    NOTE_TEXT.name: mark("What are its words now?"),
    META_WORDS.name: mark("What are Meta's own words?"),
    ANSWER_WORDS.name: mark("What did you answer?"),
    NOTE.name: mark("What is its note now?"),
}
"""By the field of an entry that can be corrected, the words that offer that, and the question for the new text."""


def read_diary(context: PlainContext, account_id: str) -> None:
    """Tell the entries in the order of their dates, and offer to correct one or to keep proof of it."""
    while True:
        account = context.session.account(account_id)
        files = evidence_events_by_event_id(account)
        file_ids = {event.id for events in files.values() for event in events}
        entries = [entry for entry in timeline_of_account(account) if entry.original.id not in file_ids]
        options = [
            (entry.original.id, _entry_words(context, entry, files.get(entry.original.id, []))) for entry in entries
        ]
        options.append((_READY, _("Go back")))
        question = _("Which entry do you want to correct, or keep proof of?")
        chosen = context.dialogue.choose(question, options, default=_READY)
        if chosen == _READY:
            return
        with context.dialogue.back_to():
            _change_entry(context, account_id, chosen)


def _entry_words(context: PlainContext, entry: TimelineEntry, files: list[Event]) -> str:
    """One entry: its date, what it says, whether it was taken back or corrected, and the files that are kept for it."""
    return " ".join(_entry_sentences(context, entry, files))


def _entry_sentences(context: PlainContext, entry: TimelineEntry, files: list[Event]) -> Iterator[str]:
    event, original, attachments = entry.event, entry.original, context.session.attachments
    yield with_full_stop(
        labelled(
            moment_of_event(event, context.session.now()),
            describe_event(event, context.playbook, entry.account.platform),
        )
    )
    if note := event.text("note"):
        yield _("Note: {note}").format(note=note)
    if entry.is_taken_back:
        yield _("It was taken back.")
    if event.at != original.at:
        yield _("Its date was corrected.")
    if any(event.text(name) != original.text(name) for name in (*_CORRECT_FIELD, REFERENCE.name)):
        yield _("Its words were corrected.")
    for file in map(evidence_file_of, files):
        if attachments.knows_evidence_files and attachments.find_file(file) is None:
            yield _("{file} is missing from the kept files.").format(file=file.name)
        else:
            yield _("Kept file: {file}.").format(file=file.name)


def _change_entry(context: PlainContext, account_id: str, event_id: str) -> None:
    """Ask what to do with one entry, and do it."""
    context.session.current_record.require_writable()
    events = events_in_force(context.session.account(account_id).events)
    event = next((each for each in events if each.id == event_id), None)
    if event is None:
        context.say(_("This entry was taken back; it plays no part."))
        return
    options = [(_PROOF, _("Keep a file as proof of it")), (_DATE, _("Correct when it happened"))]
    number = case_number_words(event.kind)
    for name in fields_to_correct(event):
        is_number = name == REFERENCE.name and number is not None
        options.append((name, number.correct if is_number and number else _(_CORRECT_FIELD[name])))
    if went_by_post(event):
        options.append((_ARRIVED, _("Say when it arrived")))
    match context.dialogue.choose(
        _("{event}. What do you want to do?").format(
            event=describe_event(event, context.playbook, context.session.account(account_id).platform)
        ),
        options,
    ):
        case "proof":
            keep_proof(context, account_id, event_id)
        case "date":
            _correct_date(context, account_id, event)
        case "arrived":
            ask_when_letter_arrived(context, account_id, event_id)
        case FORM.name:
            correct_form_used(context, account_id, event)
        case field:
            present = event.text(field)
            is_number = field == REFERENCE.name and number is not None
            question = number.question_now if is_number and number else _(_ASK_FIELD[field])
            words = context.dialogue.ask_line(
                question,
                default=present,
                is_optional=field != NOTE_TEXT.name,
                why=_("The new words are told from now on; what you wrote first stays in your file."),
            )
            if words != present and context.change(
                lambda: context.session.diary_service.correct_event_text(account_id, event_id, field, words)
            ):
                context.say(_("Corrected. What you wrote first stays in your file."))


def correct_form_used(context: PlainContext, account_id: str, event: Event) -> None:
    """Ask with which form an objection was sent, and write that down."""
    question = form_question(context.session, account_id, event)
    form = context.dialogue.ask(question, why=_(NAMES_THE_FORM))
    if form != question.default and context.change(lambda: correct_form(context.session, account_id, event.id, form)):
        context.say(_("Corrected. What you wrote first stays in your file."))


def _correct_date(context: PlainContext, account_id: str, event: Event) -> None:
    session = context.session
    help = (_("Now it is {moment}.").format(moment=dates.format_moment_as_known(event.at, session.now())),)
    to = context.dialogue.ask_moment(_("When did this happen?"), session.now, help=help) or session.now()
    if to != event.at and context.change(lambda: session.diary_service.correct_event_date(account_id, event.id, to)):
        context.say(_("Corrected."))


def keep_proof(context: PlainContext, account_id: str, event_id: str) -> None:
    """Ask for a file and keep a copy of it as proof of an entry."""
    context.session.current_record.require_writable()
    session = context.session
    event = next((each for each in session.account(account_id).events if each.id == event_id), None)
    if event is None:
        context.say(_("There is no entry that a file could belong to."))
        return
    help = (
        _("For “{event}”.").format(event=describe_event(event, context.playbook)),
        _("A copy is kept beside your record; yours stays where it is."),
    )
    path = context.dialogue.ask_path(_("Which file?"), help=help)
    if event.kind == EventKind.FILED and is_mail_file(path):
        context.say(
            _("A mail after the objection is an answer to it. Record it at “{question}”, from a mail.").format(
                question=_("What came back?")
            )
        )
        return
    if context.change(lambda: session.attachments.attach(account_id, event_id, path)):
        context.say(_("Kept."))
