"""The steps that open Meta's form and send it: its links, each field to copy, the reason, and when it was sent."""

from collections.abc import Sequence
from functools import partial

from metaoptout_tui.app.accounts.email_corrections import choose_form_email, is_correction_for_form
from metaoptout_tui.app.accounts.form_fields import (
    TAKE_OVER,
    email_choices,
    reason_to_take_over,
    sentences_before_sending,
    take_over_reason,
    value_of_field,
    words_without_log_in,
)
from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.guidance.basis import with_doubt
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, FormField, ReasonPrompt, StepId
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.language_names import language_name
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.links import meta_url_or_none
from metaoptout_tui.core.objection.entry_checks import check_day_of_objection
from metaoptout_tui.core.objection.reason import (
    MAX_REASON_LENGTH,
    MIN_REASON_LENGTH,
    check_reason,
    compose_reason_of,
    reason_prompts_of,
)
from metaoptout_tui.plain.accounts import ask_email, ask_which_to_correct, meant_of_typed
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import Stopped
from metaoptout_tui.plain.guide_lines import StepLines, field_lines, lines_on_genuine_hosts
from metaoptout_tui.plain.typed_words import typed_word
from metaoptout_tui.plain.why_asked import COUNTED_FROM_THAT_DAY, NAMES_THE_FORM

_OTHER_EMAIL, _NO_EMAIL = "other", "none"
_NOT_THERE, _BY_MENUS = "not-there", "menus"
_SENT, _EMAIL, _REASON, _FIELDS = "sent", "email", "reason", "fields"
_KEEP, _COMPOSE, _WRITE, _EMPTY, _LANGUAGE = "keep", "compose", "write", "empty", "language"


def open_objection_form(context: PlainContext, account_id: str) -> bool:
    """Tell the way to the form and its links, and ask which one is in front of the person. Returns whether one is."""
    status = context.status(account_id)
    context.say(words_without_log_in(context.session, account_id))
    links: list[tuple[str, str]] = []
    addresses: dict[str, str] = {}
    for form in context.playbook.forms_for(platform=status.account.platform, region=status.region.id):
        link = meta_url_or_none(form.url)
        if link is None:
            continue
        words = with_doubt(context.sentence(f"form.{form.id}"), form.basis)
        if not links:
            if not status.account.is_from_elsewhere:  # nobody logs in for that
                context.dialogue.say_part(*lines_on_genuine_hosts(context))
            context.say(
                _("Take the first link, in any browser; if it fails, the second.")
                if status.account.is_from_elsewhere
                else _("If the menus do not lead there, take a link, in a browser where you are logged in.")
            )
        context.say(labelled(words))
        context.dialogue.say_copyable(str(link), words)
        addresses[words] = str(link)
        # Translators: {link} says where it leads, such as “General form for AI at Meta”.
        links.append((form.id, _("By this link: {link}").format(link=context.sentence(f"form.{form.id}"))))
    context.dialogue.say_how_to_copy()
    by_menus = () if status.account.is_from_elsewhere else ((_BY_MENUS, _("By the menus")),)
    options = [*by_menus, *links, (_NOT_THERE, _("I could not get there"))]
    why = _(NAMES_THE_FORM)
    while (answer := context.dialogue.choose(_("How did you get to the form?"), options, why=why)) == _NOT_THERE:
        context.dialogue.say_part(*StepLines(context, status, StepId.OPEN).troubles())
        context.dialogue.offer_to_copy(addresses)
        context.say(_("Try it again, or type {list} to leave it for now.").format(list=typed_word("list")))
    form_id = "" if answer == _BY_MENUS else answer

    def record() -> None:
        diary = context.session.diary_service
        diary.tick_step(account_id, StepId.OPEN)
        diary.save_objection_draft(account_id, diary.objection_draft(account_id)._replace(form_id=form_id))

    return context.change(record)


def send_objection_form(context: PlainContext, account_id: str) -> bool:
    """Tell what goes into each field, and record once Send was pressed. Returns whether that was recorded."""
    context.say(words_without_log_in(context.session, account_id))
    _tell_fields(context, account_id)
    while True:
        context.dialogue.offer_to_copy(_values_of_fields(context, account_id))
        context.dialogue.say_how_to_copy()
        prepared = context.session.diary_service.prepared_objection(account_id)
        options = [
            (_SENT, _("I pressed Send")),
            (_EMAIL, _("Take another e-mail address") if prepared.email else _("Choose an e-mail address")),
            (_REASON, _("Change the reason") if prepared.reason else _("Give a reason, which is optional")),
            (_FIELDS, _("Read the fields once more, with what each means")),
        ]
        chosen = context.dialogue.choose(_("Fill in the form and press Send there. What now?"), options)
        with context.dialogue.back_to():
            match chosen:
                case "sent":
                    if _record_sent(context, account_id):
                        return True
                case "email":
                    _choose_email(context, account_id)
                case "reason":
                    _ReasonDialogue(context, account_id).ask()
                case "fields":
                    _tell_fields(context, account_id, with_help=True)


def _fields_of(context: PlainContext, account_id: str) -> Sequence[FormField]:
    status = context.status(account_id)
    return context.playbook.fields_for(platform=status.account.platform, region=status.region.id)


def _values_of_fields(context: PlainContext, account_id: str) -> dict[str, str]:
    """What goes into the fields now, by their labels, as far as it is known."""
    values = (
        (context.sentence(f"{field.id}.label"), value_of_field(context.session, account_id, field, context.countries()))
        for field in _fields_of(context, account_id)
    )
    return {label: value for label, value in values if value}


def _tell_fields(context: PlainContext, account_id: str, *, with_help: bool = False) -> None:
    """Print each field of the form with what goes into it, on a line of its own to copy."""
    context.dialogue.say_part(_("The form may ask for these, in this order:"))
    for field in _fields_of(context, account_id):
        label = context.sentence(f"{field.id}.label")
        heading = labelled(label) if field.is_always_asked else _("If the form asks “{field}”:").format(field=label)
        value = value_of_field(context.session, account_id, field, context.countries())
        if value:
            context.say(heading)
            if field.fills == "reason":
                context.dialogue.say_passage(value, label)
            else:
                context.dialogue.say_copyable(value, label)
            if with_help:
                context.say(*field_lines(field, context))
        else:
            context.say(heading, *field_lines(field, context))


def _record_sent(context: PlainContext, account_id: str) -> bool:
    diary = context.session.diary_service
    prepared = diary.prepared_objection(account_id)
    now = context.session.now
    other = _("If your {account} has another address, type {back} and choose that one first.").format(
        account=context.name_of(account_id), back=typed_word("back")
    )
    help = tuple(sentences_before_sending(context.session, account_id, other))
    at = context.dialogue.ask_moment(
        _("When did you press Send?"),
        now,
        help=help,
        why=_(COUNTED_FROM_THAT_DAY),
        check=partial(check_day_of_objection, now=now),
    )
    sent = prepared._replace(at=at or now())
    return context.change(lambda: diary.record_objection(account_id, sent))


def _choose_email(context: PlainContext, account_id: str) -> None:
    """Ask for the address: the account's own first, then the others in the record."""
    diary = context.session.diary_service
    prepared = diary.prepared_objection(account_id)
    choices = email_choices(context.session, account_id)
    options = [(address, f"{address}, {known}" if known else address) for address, known in choices.items()]
    options.append((_OTHER_EMAIL, _("Another address") if options else _("Type your address")))
    help = [
        line
        for field in _fields_of(context, account_id)
        if field.fills == "email"
        for line in field_lines(field, context)
    ]
    question = _("Which e-mail address goes into the form?")
    answer = context.dialogue.choose(
        question, options, default=prepared.email, help=help, read_other=_typed_address_or_nothing
    )
    if answer == _OTHER_EMAIL:
        answer = normalize_optional_email(ask_email(context, _("Which address?"), "", is_optional=False))
    elif answer not in choices:
        answer = meant_of_typed(context, answer)
    former = context.session.account(account_id).email
    is_correction = is_correction_for_form(context.session, account_id, answer)

    if context.change(lambda: choose_form_email(context.session, account_id, answer)):
        context.say(_("The address for the form is now {email}.").format(email=answer))
        if not is_correction:
            return
        ids = ask_which_to_correct(context, former, answer, chosen_for_id=account_id).account_ids
        changes = context.session.account_service
        if ids and context.change(lambda: changes.correct_email(ids, former, answer)):
            context.say(_("Saved."))


def _short_questions(count: int) -> str:
    words = ngettext("Let me be asked: {count} short question", "Let me be asked: {count} short questions", count)
    return words.format(count=format_number(count))


def _typed_address_or_nothing(typed: str) -> str:
    """The address that was typed in place of a number; empty for anything else."""
    try:
        return normalize_optional_email(typed)
    except MetaOptOutError:
        return ""


class _ReasonDialogue:
    """Composes the reason of sentences that the person chooses, or takes it as they write it."""

    def __init__(self, context: PlainContext, account_id: str) -> None:
        self._context, self._account_id = context, account_id

    def ask(self) -> None:
        """Ask whether there is to be a reason, and how it is to be written, and keep it."""
        reason = self._context.session.diary_service.objection_draft(self._account_id).reason
        what_it_should_be = _("A reason is optional. It should be true, and in your own words.")
        self._context.dialogue.say_part(what_it_should_be)
        if reason:
            self._context.dialogue.say_passage(reason, _("The reason"), _("It is now:"))
        of_other = reason_to_take_over(self._context.session, self._account_id)
        if of_other is not None:
            self._context.dialogue.say_passage(
                of_other.sentences[0], _("The reason"), _("For another account you wrote:")
            )
        account = self._context.status(self._account_id).account
        count = len(reason_prompts_of(account, self._context.session.record, self._context.playbook))
        options = [
            *([(_KEEP, _("Yes, this one as it is"))] if reason else []),
            *((id, words) for id, words in (of_other.answers if of_other else ()) if id == TAKE_OVER),
            (_EMPTY, _("No, leave it empty")),
            (_WRITE, _("Write it myself")),
            (_COMPOSE, _short_questions(count)),
            (_LANGUAGE, _("Change the language of the sentences that the questions make")),
        ]
        match self._context.dialogue.choose(_("Do you want to give a reason?"), options, why=what_it_should_be):
            case "keep":
                return
            case "take-over":
                take_over_reason(self._context.session, self._account_id)
            case "compose":
                self._compose()
            case "write":
                self._context.dialogue.ask_text(_("What is your reason?"), why=what_it_should_be, save=self._save)
            case "empty":
                self._save("", ())
            case "language":
                self._choose_language()
                self.ask()
                return
        self._tell_reason()

    @property
    def _language(self) -> str:
        draft = self._context.session.diary_service.objection_draft(self._account_id)
        return draft.reason_language or self._context.language

    def _save(self, reason: str, checked: tuple[str, ...] | None = None, language: str = "") -> None:
        diary = self._context.session.diary_service
        draft = diary.objection_draft(self._account_id)._replace(reason=reason)
        if checked is not None:
            draft = draft._replace(checked_options=checked)
        if language:
            draft = draft._replace(reason_language=language if language != self._context.language else "")
        diary.save_objection_draft(self._account_id, draft)

    def _choose_language(self) -> None:
        options = [(each, language_name(each)) for each in CONTENT_LANGUAGES]
        question = _("In which language are the sentences?")
        language = self._context.dialogue.choose(
            question, options, default=self._language, why=_("Meta reads your reason in it.")
        )
        self._save(self._context.session.diary_service.objection_draft(self._account_id).reason, language=language)

    def _compose(self) -> None:
        playbook, draft = self._context.playbook, self._context.session.diary_service.objection_draft(self._account_id)
        status, record = self._context.status(self._account_id), self._context.session.record
        prompts = reason_prompts_of(status.account, record, playbook)
        checked_by_prompt = {
            prompt.id: [option for option in prompt.options if option in draft.checked_options] for prompt in prompts
        }

        count = len(prompts)

        def ask(number: int, prompt: ReasonPrompt) -> None:
            question = self._context.sentence(f"prompt.{prompt.id}")
            options = [(option, self._context.sentence(f"option.{option}")) for option in prompt.options]
            checked_by_prompt[prompt.id] = self._context.dialogue.choose_several(
                _("Question {number} of {count}: {question}").format(number=number, count=count, question=question),
                options,
                chosen=checked_by_prompt[prompt.id],
                is_optional=True,
                can_stop=True,
                why=_("What you choose becomes a sentence of your reason."),
            )

        try:
            self._context.dialogue.ask_in_turn(
                *(partial(ask, number, prompt) for number, prompt in enumerate(prompts, start=1))
            )
        except Stopped:
            if not any(checked_by_prompt.values()):
                return
        checked = tuple(dict.fromkeys(option for chosen in checked_by_prompt.values() for option in chosen))
        phrases = self._context.reasons()[self._language]
        self._save(compose_reason_of(status.account, record, playbook, checked, phrases, status.region.law), checked)

    def _tell_reason(self) -> None:
        reason = self._context.session.diary_service.objection_draft(self._account_id).reason
        if not reason:
            self._context.say(_("The reason is empty."))
            return
        self._context.dialogue.say_part()
        self._context.dialogue.say_passage(reason, _("The reason"), _("The reason is now:"))
        self._context.say(
            ngettext("It has {count} character.", "It has {count} characters.", len(reason)).format(
                count=format_number(len(reason))
            ),
            _("{minimum} to {maximum} also fit older forms, as far as known.").format(
                minimum=format_number(MIN_REASON_LENGTH), maximum=format_number(MAX_REASON_LENGTH)
            ),
        )
        for warning in check_reason(reason, self._context.reasons().values()):
            self._context.say(self._context.sentence(f"reason-warning.{warning}"))
