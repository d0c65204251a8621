"""Adding, changing and taking out accounts, and the questions how and since when they are linked."""

from dataclasses import dataclass

from metaoptout_tui.app.accounts.email_corrections import (
    corrected_ids,
    correction_question,
    is_mistyped,
    mistyped_question,
    slip_question,
)
from metaoptout_tui.app.accounts.link_questions import (
    LINKED_SINCE_DAY,
    NEW_GROUP,
    UNKNOWN_LINK,
    AccountLink,
    is_link_asked,
    link_answer_of,
    link_answers,
    link_of_answer,
    linked_since_question,
    member_since_question,
    moved_ids,
    moved_question,
    moved_when,
    since_word_of,
    statements_on_moving,
)
from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.letters.letter_questions import questions_kept_with
from metaoptout_tui.app.record.email_entries import AddressCorrection
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.language.formatting import with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.account_questions import OTHER_PLATFORM, can_change_platform, removal_question
from metaoptout_tui.core.objection.linking_question import ids_with_nothing_to_link
from metaoptout_tui.core.objection.offers import CHILD_PURPOSE
from metaoptout_tui.core.record.account_names import group_name, is_own_data_from_elsewhere, shown_platform_name
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import statement_line
from metaoptout_tui.plain.sender import SenderQuestions
from metaoptout_tui.plain.typed_words import typed_word
from metaoptout_tui.plain.why_asked import (
    COUNTS_FOR_LINKED_ACCOUNTS,
    COUNTS_FOR_WHAT_WAS_LINKED,
    MAY_MEAN_TO_OBJECT_AGAIN,
    TELLS_ACCOUNTS_APART,
)


def ask_email(context: PlainContext, question: str, present: str, *, is_optional: bool = True) -> str:
    """Ask for an e-mail address, and which is meant where it seems to be mistyped."""
    typed = context.dialogue.ask_line(
        question,
        default=present,
        is_optional=is_optional,
        why=context.sentence("field.email.help"),
        check=normalize_optional_email,
    )
    return meant_of_typed(context, typed)


def meant_of_typed(context: PlainContext, typed: str) -> str:
    """The address that is meant, asked where the typed one seems to be mistyped; then Enter alone takes neither."""
    question = slip_question(context.session, typed)
    return (
        typed
        if question is None
        else context.dialogue.ask(question._replace(default=""), why=_("Meta writes to this address."))
    )


def ask_which_to_correct(
    context: PlainContext, former: str, address: str, *, chosen_for_id: str = ""
) -> AddressCorrection:
    """Ask which accounts with the `former` address have the new one now; not about the one for whose form it was chosen."""
    question = correction_question(context.session, former, address, chosen_for_id=chosen_for_id)
    if question is None:
        return AddressCorrection()
    answer = context.dialogue.ask(question, why=_("Each account has its own address, which goes into its form."))
    ids = corrected_ids(context.session, former, answer, chosen_for_id=chosen_for_id)
    return AddressCorrection(ids, _ask_whether_mistyped(context, ids, former, address))


def _ask_whether_mistyped(context: PlainContext, account_ids: tuple[str, ...], former: str, address: str) -> bool:
    """Ask whether the `former` address was only mistyped here, where something was sent with it."""
    question = mistyped_question(context.session, account_ids, former, address)
    return question is not None and is_mistyped(
        context.dialogue.ask(question, why=_("What was sent with it decides whether an objection holds."))
    )


_CHILDS_ACCOUNT = mark("Is it your child's? Add it; then “Change account” asks for the name of the child.")


@dataclass
class _AccountAnswers:
    """What was answered about one account so far."""

    platform: str
    name: str = ""
    email: str = ""
    was_mistyped: bool = False
    link: AccountLink = UNKNOWN_LINK
    since: LinkSince | None = None


class _AccountQuestions:
    """The questions about an account, a new one where `account_id` is empty; of this `platform`, if it is known."""

    def __init__(self, context: PlainContext, account_id: str = "", platform: str = "") -> None:
        self._context, self._id = context, account_id
        old = context.session.record.account_by_id(account_id)
        self._old = old
        self._asks_platform = can_change_platform(old) if old is not None else not platform
        asked = questions_kept_with(old, context.playbook) if old is not None else ()
        self._for_letters = SenderQuestions(context, asked, account_id)
        self._answers = (
            _AccountAnswers(old.platform, old.name, old.email, link=AccountLink(old.linked_group))
            if old
            else _AccountAnswers(platform, "", context.session.record.person.email)
        )

    def ask(self) -> str:
        """Ask all of it and save the account; its id, empty where it could not be saved."""
        self._context.session.current_record.require_writable()
        platform = (self._ask_platform,) if self._asks_platform else ()
        about_account = (self._ask_name, self._ask_email, self._ask_link_if_there_can_be_one)
        self._context.dialogue.ask_in_turn(*platform, *about_account, *self._for_letters.in_turn, self._ask_since_when)
        answers, accounts = self._answers, self._context.session.account_service

        def save() -> None:
            if self._id:
                accounts.edit_account(
                    self._id,
                    answers.name,
                    answers.email,
                    answers.link.group,
                    answers.since,
                    linked_with=answers.link.linked_with,
                    platform=answers.platform,
                    was_mistyped=answers.was_mistyped,
                )
                self._for_letters.save()
            else:
                added = accounts.add_account(
                    answers.platform,
                    answers.name,
                    answers.email,
                    answers.link.group,
                    answers.since,
                    linked_with=answers.link.linked_with,
                )
                self._id = added.id

        return self._id if self._context.change(save) else ""

    def _ask_platform(self) -> None:
        options = [
            (platform.id, shown_platform_name(platform.id, self._context.playbook))
            for platform in self._context.playbook.platforms
            if self._old is None or platform.id != FROM_ELSEWHERE
        ]
        # Translators: which kind of account, of Facebook, Instagram or another service of Meta.
        self._answers.platform = self._context.dialogue.choose(
            _("What is it?"), options, default=self._answers.platform, why=_("What there is to do depends on it.")
        )

    def _ask_name(self) -> None:
        platform, accounts = self._answers.platform, self._context.session.account_service
        others = (each for each in self._context.session.record.accounts if each.id != self._id)
        self._answers.name = self._context.dialogue.ask_line(
            _("What is its name or user name (@…), or the address of its profile?"),
            default=self._answers.name,
            is_optional=platform == FROM_ELSEWHERE and not any(map(is_own_data_from_elsewhere, others)),
            help=(
                with_full_stop(shown_platform_name(platform, self._context.playbook)),
                self._context.sentence(f"platform.{platform}.hint"),
                *(() if self._old is not None or platform == FROM_ELSEWHERE else (_(_CHILDS_ACCOUNT),)),
            ),
            why=_(TELLS_ACCOUNTS_APART),
            check=lambda typed: accounts.validate_account(platform, typed, "", except_id=self._id),
        )

    def _ask_email(self) -> None:
        answers = self._answers
        answers.email = ask_email(self._context, _("What is its e-mail address?"), answers.email)
        if self._old is not None:
            answers.was_mistyped = _ask_whether_mistyped(self._context, (self._id,), self._old.email, answers.email)

    def _ask_link_if_there_can_be_one(self) -> None:
        if is_link_asked(self._context.session, self._answers.platform, self._id):
            self._answers.link = ask_link(self._context, self._answers.link.group, self._id)

    def _ask_since_when(self) -> None:
        answers = self._answers
        answers.since = ask_since_when_linked(
            self._context, answers.link, platform=answers.platform, account_id=self._id
        )


def add_account(context: PlainContext) -> str:
    """Ask for a new account and add it; its id, empty where it was not added."""
    return _AccountQuestions(context).ask()


def add_child(context: PlainContext) -> str:
    """Ask for a child, of whom Meta may have data from elsewhere, and add it; its id, empty where it was not added."""
    context.say(_(CHILD_PURPOSE))
    return _AccountQuestions(context, platform=FROM_ELSEWHERE).ask()


def change_account(context: PlainContext, account_id: str) -> None:
    """Ask for name, address, link and profile of an account, and change what is answered otherwise."""
    if not can_change_platform(context.session.account(account_id)):
        context.say(_(OTHER_PLATFORM))
    if _AccountQuestions(context, account_id).ask():
        context.say(_("Saved."))


def link_sentence(context: PlainContext, account_id: str) -> str:
    """How an account is linked; empty where there is nothing to link."""
    account, record = context.session.account(account_id), context.session.record
    linked_group = account.linked_group
    if account_id in ids_with_nothing_to_link(record.accounts, context.playbook):
        return ""
    if linked_group is None:
        return _("It is not known whether it is linked.")
    return (
        _("It is linked in “{group}”.").format(group=group_name(linked_group))
        if linked_group
        else _("It is not linked with another account.")
    )


def ask_link(context: PlainContext, present: str | None, account_id: str = "") -> AccountLink:
    """Ask how an account (empty: a new one) is linked, which is in the group `present` now."""
    options = [*link_answers(context.session, account_id), ("new", _(NEW_GROUP))]
    title, name = _("In which Accounts Centre or Meta Account is it?"), ""
    while True:
        answer = context.dialogue.choose(
            title, options, default=link_answer_of(present), why=_(COUNTS_FOR_LINKED_ACCOUNTS)
        )
        with context.dialogue.back_to():
            if answer == "new":
                name = context.dialogue.ask_line(
                    _("Which name do you give to that Accounts Centre, such as private?"), why=_(TELLS_ACCOUNTS_APART)
                )
            return link_of_answer(context.session.record, answer, name)


def ask_since_when_linked(
    context: PlainContext, link: AccountLink, *, platform: str, account_id: str = ""
) -> LinkSince | None:
    """Ask since when an account (empty: a new one) is linked so; None where no objection depends on it."""
    question = linked_since_question(context.session, link, platform=platform, account_id=account_id)
    return None if question is None else _ask_since(context, question)


def ask_whether_linked_then(context: PlainContext, account_id: str) -> None:
    """Ask since when an account is in its linked group, for an objection of that group, and record it."""
    question = member_since_question(context.session, account_id)
    if question is not None:
        since = _ask_since(context, question)
        if context.change(lambda: context.session.account_service.record_link_date(account_id, since)):
            context.say(_("Written down."))


def _ask_since(context: PlainContext, question: ChoiceQuestion) -> LinkSince:
    now = context.session.now
    while True:
        word = since_word_of(context.dialogue.ask(question))
        with context.dialogue.back_to():
            if word:
                return word
            at = context.dialogue.ask_moment(_(LINKED_SINCE_DAY), now, why=_(COUNTS_FOR_WHAT_WAS_LINKED))
            return at or now()


def ask_about_move(context: PlainContext, account_id: str) -> None:
    """Ask which accounts were moved to Meta Account, and when, and record that."""
    session, account = context.session, context.session.account(account_id)
    if account.is_from_elsewhere:
        context.say(_("This is no account, so there is nothing that Meta could move."))
        return
    session.current_record.require_writable()
    context.dialogue.say_part(
        *(statement_line(each, context.playbook) for each in statements_on_moving(context.playbook))
    )
    question = moved_question(session, account)
    ids, at = [account_id], None

    def ask_which() -> None:
        nonlocal ids
        if question is not None:
            ids = list(moved_ids(session, account, context.dialogue.ask(question, why=_(MAY_MEAN_TO_OBJECT_AGAIN))))

    def ask_when() -> None:
        nonlocal at
        at = context.dialogue.ask_moment(
            moved_when(session, account, ids), session.now, why=_(MAY_MEAN_TO_OBJECT_AGAIN)
        )

    context.dialogue.ask_in_turn(ask_which, ask_when)
    if context.change(lambda: session.diary_service.record_move_to_meta_account(ids, at or session.now())):
        context.say(_("Written down."))


def remove_account(context: PlainContext, account_id: str) -> None:
    """Take an account out of the record; asked first where something was written in its diary."""
    session, name = context.session, context.name_of(account_id)
    session.current_record.require_writable()
    question = removal_question(session.account(account_id), context.playbook)
    if context.dialogue.ask_whether_to_go_on(question) and context.change(
        lambda: session.account_service.remove_account(account_id)
    ):
        context.say(
            _("{account} is taken out. Type {undo} to bring it back.").format(account=name, undo=typed_word("undo"))
        )
