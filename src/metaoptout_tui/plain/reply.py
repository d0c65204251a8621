"""The step that records what came back: a reply of Meta or an authority, or that none came."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from metaoptout_tui.app.letters.letters import letters_for
from metaoptout_tui.app.record.attachments import ImportedMail, import_mail
from metaoptout_tui.app.record.diary_service import ReplyInput
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused, MetaOptOutError
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.language.typed_answers import is_minus, understand_yes_or_no
from metaoptout_tui.core.mail import describe_mail, reply_id_of_mail
from metaoptout_tui.core.objection.case_numbers import case_number_words, number_given_before
from metaoptout_tui.core.objection.entry_checks import accepted_moment_of_reply
from metaoptout_tui.core.objection.replies import (
    META_QUESTION_ANSWERED,
    PROGRAM_MEANINGS,
    Reply,
    likely_reply_of,
    message_asked_about,
    possible_replies,
    reply_by_id,
    reply_with_variant,
    reply_words,
)
from metaoptout_tui.core.objection.reply_details import (
    closing_question,
    detail_of,
    fields_of_named_accounts,
    named_accounts_question,
    understood_words,
)
from metaoptout_tui.core.objection.reply_sentences import recorded_sentences, sent_ago
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import reply_lines
from metaoptout_tui.plain.letter_choice import choose_letter
from metaoptout_tui.plain.why_asked import COUNTED_FROM_THAT_DAY, DECIDES_WHAT_COMES_NEXT

_FROM_MAIL, _WRITE = "mail", "write"
_TEXT_QUESTIONS = {
    "reference": ("", mark("Your letters to whoever gave it name it, so that it is found again.")),
    "note": (
        mark("Type a note, if you like: the sender, the subject, or what it says."),
        mark("It stands in your diary, and in the case file if you make one."),
    ),
}
"""The texts that are kept with a reply, by their name in its draft: the question, and why it is asked.

Whose case number is asked for depends on the reply.
"""


class _ReplyDialogue:
    """Asks what came back, then its kind, its date and its words, and records it."""

    def __init__(self, context: PlainContext, account_id: str) -> None:
        self._context, self._account_id = context, account_id
        self._mail: ImportedMail | None = None
        self._texts: dict[str, str] = {}

    def ask(self) -> bool:
        """Ask until something is recorded; whether it was."""
        events = self._context.session.account(self._account_id).events
        while True:
            reply = self._ask_reply()
            if self._context.session.account(self._account_id).events != events:
                return False  # a letter was sent, which says itself what it recorded
            if reply is None:
                continue
            with self._context.dialogue.back_to():
                while reply.variants:
                    chosen = self._ask_variant(reply)
                    if chosen is None:
                        break
                    reply = chosen
                if not reply.variants and self._agrees_to_close(reply) and self._record(reply):
                    return True

    def record(self, reply: Reply) -> bool:
        """Record a reply that was chosen already; whether it was."""
        return self._record(reply)

    def _agrees_to_close(self, reply: Reply) -> bool:
        """Whether this reply does not close the case while a complaint runs, or the person wants that."""
        context = self._context
        question = closing_question(reply, context.status(self._account_id), context.session.now())
        return context.dialogue.ask_whether_to_go_on(question)

    def _words(self, reply: Reply) -> str:
        return reply_words(reply, self._context.session.account(self._account_id), self._context.playbook)

    def _ask_reply(self) -> Reply | None:
        """The reply that came; None where a mail was read that says which."""
        context = self._context
        status = context.status(self._account_id)
        sent = status.newest_subject_of_replies
        help = [] if sent is None else [sent_ago(sent, status, context.session.now())]
        if status.is_refused_or_overdue:
            help.append(_("The page of the account has the letters that remain."))
        replies = possible_replies(events_in_force(status.account.events))
        options = [(reply.id, self._words(reply)) for reply in replies]
        is_asked = any(reply.event_kind == EventKind.META_QUESTION_ANSWERED for reply in replies)
        if is_asked and letters_for(status):
            options.insert(1, (_WRITE, _("Write the answer, as a letter")))
        options.append((_FROM_MAIL, _("Read it from a mail that I saved as a file")))
        likely = likely_reply_of(status)
        default = likely.id if likely is not None else ""
        if self._mail is not None:
            id = reply_id_of_mail(self._mail.mail)
            whole = reply_with_variant(id) or reply_by_id(id)
            default = whole.id if whole is not None else ""
        answer = context.dialogue.choose(
            _("What came back?"), options, default=default, help=help, why=_(DECIDES_WHAT_COMES_NEXT)
        )
        if answer == _FROM_MAIL:
            with context.dialogue.back_to():
                self._read_mail()
            return None
        if answer == _WRITE:
            with context.dialogue.back_to():
                choose_letter(context, self._account_id)
            return None
        return reply_by_id(answer)

    def _ask_variant(self, reply: Reply) -> Reply | None:
        account = self._context.session.account(self._account_id)
        options = [(variant.id, self._words(variant)) for variant in reply.variants_for(account)]
        # None is taken for Enter alone: a wrong one is not heard once it is recorded. A mail says which it is.
        suggested = reply_id_of_mail(self._mail.mail) if self._mail is not None else ""
        default = suggested if suggested in dict(options) else ""
        question = labelled(self._words(reply), self._context.sentence(f"answer.{reply.id}.question"))
        return reply_by_id(
            self._context.dialogue.choose(question, options, default=default, why=_(DECIDES_WHAT_COMES_NEXT))
        )

    def _read_mail(self) -> None:
        help = (
            _("Save the mail as a file in your mail program first; its name ends in .eml."),
            _("It is read here and sent nowhere."),
        )
        path = self._context.dialogue.ask_path(_("Which file?"), help=help)
        try:
            self._mail = import_mail(path)
        except MetaOptOutError as error:
            self._context.say(str(error))
        else:
            self._context.dialogue.say_part(describe_mail(self._mail.mail, self._context.session.now()))

    def _offered_moment(self, reply: Reply) -> datetime | None:
        """When it came as far as that is known: the date of the mail, or of the message it is about; None for now."""
        sent_at = self._mail.mail.moment_by(self._context.session.now()) if self._mail is not None else None
        message = message_asked_about(reply, self._context.status(self._account_id))
        return sent_at or (message.at if message is not None else None)

    def _record(self, reply: Reply) -> bool:
        context, session = self._context, self._context.session
        self._tell_meaning(reply)
        at: datetime | None = None
        details: Mapping[str, object] = {}

        def moment_question() -> None:
            nonlocal at
            at = self._ask_moment(reply)

        def detail_question() -> None:
            nonlocal details
            details = self._ask_detail(reply)

        names = [] if self._mail is not None else list(_TEXT_QUESTIONS)
        if case_number_words(reply.event_kind) is None:
            names = [name for name in names if name != "reference"]
        texts = tuple(partial(self._ask_text, reply, name) for name in names)
        context.dialogue.ask_in_turn(moment_question, detail_question, *texts)
        mail = self._mail.mail if self._mail is not None else None
        reference, note = (
            (mail.reference, mail.note) if mail is not None else (self._texts.get("reference", ""), self._texts["note"])
        )
        entry = ReplyInput(reply.event_kind, at, reference, note, {**reply.fields, **details})
        recorded: list[Event] = []
        if not context.change(lambda: recorded.append(session.diary_service.record_reply(self._account_id, entry))):
            return False
        self._say_recorded(recorded[0])
        if self._mail is not None:
            self._attach(recorded[0], self._mail.path)
        return True

    def _tell_meaning(self, reply: Reply) -> None:
        status = self._context.status(self._account_id)
        meaning = PROGRAM_MEANINGS.get(reply.event_kind)
        lines = [_(meaning)] if meaning else list(reply_lines(reply, self._context, status))
        self._context.dialogue.say_part(with_full_stop(self._words(reply)), *lines)

    def _ask_moment(self, reply: Reply) -> datetime | None:
        session, status = self._context.session, self._context.status(self._account_id)
        now, offered = session.now(), self._offered_moment(reply)
        if offered is not None:
            words = dates.format_understood_moment(offered, now)
            question = _("Did it come on {date}?").format(date=words)
            if self._context.dialogue.ask_yes_or_no(question, default=True, why=_(COUNTED_FROM_THAT_DAY)):
                return offered
        return self._context.dialogue.ask_moment(
            _("When was that?"),
            session.now,
            why=_(COUNTED_FROM_THAT_DAY),
            check=lambda at: accepted_moment_of_reply(reply.event_kind, at, status, session.now()),
        )

    def _ask_detail(self, reply: Reply) -> Mapping[str, object]:
        """What a reply says besides its variant, as far as that is told: a day, an authority, or the accounts it names."""
        session = self._context.session
        question = named_accounts_question(reply, self._account_id, session.overview(), session.playbook)
        if question is not None:
            return fields_of_named_accounts(self._context.dialogue.ask(question))
        detail = detail_of(reply, self._context.status(self._account_id))
        if detail is None:
            return {}
        today = self._context.session.now().date()
        typed = self._context.dialogue.ask_line(
            _(detail.question),
            is_optional=True,
            if_empty=_("Enter alone leaves it open."),
            help=(_(detail.help),),
            check=lambda words: detail.value(words, today),
        )
        if understood := understood_words(typed, detail, today):  # words are kept as they were typed
            self._context.say(understood)
        return detail.value(typed, today)

    def _ask_text(self, reply: Reply, name: str) -> None:
        """Ask for the reference or a note. It is kept at once, and offered again where the reply was not recorded."""
        drafts, key = self._context.session.drafts, make_draft_key(StepId.REPLY, self._account_id)
        kept = drafts.read(key)
        typed = {**kept, **self._texts, "answer": reply.id}
        question, why = _TEXT_QUESTIONS[name]
        number = case_number_words(reply.event_kind)
        if name == "reference" and not typed.get(name):
            events = events_in_force(self._context.session.account(self._account_id).events)
            typed[name] = number_given_before(reply.event_kind, events)
        question = number.question if name == "reference" and number is not None else _(question)
        self._texts[name] = typed[name] = self._context.dialogue.ask_line(
            question, default=typed.get(name, ""), is_optional=True, why=_(why), check=_refuse_yes_or_no
        )
        if any(typed.get(each) or kept.get(each) for each in _TEXT_QUESTIONS):
            drafts.save(key, typed)

    def _say_recorded(self, event: Event) -> None:
        """Say what was recorded; where a newer reply still counts, that too."""
        context, status = self._context, self._context.status(self._account_id)
        is_kept, now = self._mail is not None, context.session.now()
        context.say(*recorded_sentences(event, status, context.playbook, now, is_mail_kept=is_kept))

    def _attach(self, event: Event, path: Path) -> None:
        """Keep the mail as proof of the new entry; where that fails, the entry stays."""
        attachments = self._context.session.attachments
        if self._context.change(lambda: attachments.attach(self._account_id, event.id, path)):
            self._context.say(_("The mail is kept as proof."))


def _refuse_yes_or_no(typed: str) -> None:
    """Refuse a yes or a no, and “minus”, where words are asked for: they would stand in letters to Meta."""
    if understand_yes_or_no(typed.rstrip(".")) is not None or is_minus(typed):
        raise InputRefused(
            _("“{typed}” is not kept: the number or the words themselves are asked for.").format(typed=typed),
            todo=_("Without any, press Enter alone; a minus sign and nothing else removes what was typed before."),
        )


def record_reply(context: PlainContext, account_id: str) -> bool:
    """Ask what came back and record it. Returns whether something was recorded."""
    return _ReplyDialogue(context, account_id).ask()


def record_answer_to_meta(context: PlainContext, account_id: str) -> bool:
    """Record that the person answered what Meta asked. Returns whether that was recorded."""
    context.session.current_record.require_writable()
    return _ReplyDialogue(context, account_id).record(META_QUESTION_ANSWERED)
