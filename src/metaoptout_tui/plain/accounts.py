"""Adding, changing and taking out accounts, and the questions how and since when they are linked."""

from collections.abc import Callable
from dataclasses import dataclass

from metaoptout_tui.app.account_service import GROUP_NAME_LIMIT
from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.language.formatting import format_number, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.coverage import EarliestObjection
from metaoptout_tui.core.record.account_names import group_name, shown_platform_name
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE, Account
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.record.vocabulary import SINCE_BEFORE, SINCE_UNKNOWN
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WentBack
from metaoptout_tui.plain.guide_lines import statement_line
from metaoptout_tui.plain.typed_words import typed_word

_LINK_UNKNOWN, _NOT_LINKED, _NEW_GROUP, _GROUP_PREFIX = "unknown", "none", "new", "in:"
_KNOWN_DATE = "date"
_ALL_LINKED, _ONLY_THIS = "all", "one"
_STATEMENTS_ON_MOVING = ("identify.moving", "coverage.moved")


def ask_in_turn(*questions: Callable[[], object]) -> None:
    """Ask one question after the other; `back` leads to the one before, from the first to whoever asked."""
    number = 0
    while number < len(questions):
        try:
            questions[number]()
        except WentBack:
            if number == 0:
                raise
            number -= 1
        else:
            number += 1


@dataclass
class _AccountAnswers:
    """What was answered about one account so far."""

    platform: str
    name: str = ""
    email: str = ""
    linked_group: str | None = None


class _AccountForm:
    """The questions about an account, a new one where `account_id` is empty."""

    def __init__(self, context: PlainContext, account_id: str = "") -> None:
        self._context, self._id = context, account_id
        old = context.session.record.account_by_id(account_id)
        self._old = old
        self._answers = (
            _AccountAnswers(old.platform, old.name, old.email, old.linked_group)
            if old
            else _AccountAnswers("", "", context.session.record.person.email)
        )

    def ask(self) -> str:
        """Ask all of it and save the account; its id, empty where it could not be saved."""
        self._context.session.history.require_writable()
        platform = () if self._old else (self._ask_platform,)
        ask_in_turn(*platform, self._ask_name, self._ask_email, self._ask_link_if_there_can_be_one)
        answers, accounts = self._answers, self._context.session.account_changes
        since = ask_since_when_linked(
            self._context, answers.linked_group, platform=answers.platform, account_id=self._id
        )

        def save() -> None:
            if self._id:
                accounts.edit_account(self._id, answers.name, answers.email, answers.linked_group, since)
            else:
                added = accounts.add_account(answers.platform, answers.name, answers.email, answers.linked_group, since)
                self._id = added.id

        return self._id if self._context.change(save) else ""

    def _ask_platform(self) -> None:
        options = [
            (platform.id, shown_platform_name(platform.id, self._context.playbook))
            for platform in self._context.playbook.platforms
        ]
        likeliest = self._context.session.record.likeliest_new_platform
        # Translators: which kind of account, of Facebook, Instagram or another service of Meta.
        self._answers.platform = self._context.dialogue.choose(_("What is it?"), options, default=likeliest)

    def _ask_name(self) -> None:
        platform, accounts = self._answers.platform, self._context.session.account_changes
        self._answers.name = self._context.dialogue.write_line(
            _("What is its name, or its address on the web?"),
            default=self._answers.name,
            is_optional=platform == FROM_ELSEWHERE,
            help=(
                with_full_stop(shown_platform_name(platform, self._context.playbook)),
                self._context.sentence(f"platform.{platform}.hint"),
            ),
            check=lambda typed: accounts.validate_account(platform, typed, "", except_id=self._id),
        )

    def _ask_email(self) -> None:
        self._answers.email = self._context.dialogue.write_line(
            _("What is its e-mail address?"),
            default=self._answers.email,
            is_optional=True,
            check=normalize_optional_email,
        )

    def _ask_link_if_there_can_be_one(self) -> None:
        platform = self._context.playbook.platform(self._answers.platform)
        if platform is None or not platform.can_be_linked:
            return
        self._answers.linked_group = ask_linked_group(self._context, self._answers.linked_group)


def data_from_elsewhere(context: PlainContext) -> str:
    """The id of what stands for the data that Meta has of the person from elsewhere, put on the list where it is not yet."""
    session = context.session

    def find() -> str:
        return next((account.id for account in session.record.accounts if account.is_from_elsewhere), "")

    if not find():
        email = session.record.person.email
        context.change(lambda: session.account_changes.add_account(FROM_ELSEWHERE, "", email, linked_group=None))
    return find()


def add_account(context: PlainContext) -> str:
    """Ask for a new account and add it; its id, empty where it was not added."""
    return _AccountForm(context).ask()


def change_account(context: PlainContext, account_id: str) -> None:
    """Ask for the name, the address and the link of an account, and change what is answered otherwise."""
    if _AccountForm(context, account_id).ask():
        context.say(_("Saved."))


def link_sentence(linked_group: str | None) -> str:
    """How an account is linked."""
    if linked_group is None:
        return _("It is not known whether it is linked.")
    return (
        _("It is linked in “{group}”.").format(group=group_name(linked_group))
        if linked_group
        else _("It is not linked with another account.")
    )


def ask_linked_group(context: PlainContext, present: str | None) -> str | None:
    """Ask how an account is linked: the name of its group, empty for not linked, None for not known."""
    options = [
        (_LINK_UNKNOWN, _("I don't know (counts as not linked)")),
        (_NOT_LINKED, _("Not linked with another account")),
        *(
            (f"{_GROUP_PREFIX}{name}", _("In “{group}”").format(group=group_name(name)))
            for name in context.session.record.linked_groups()
        ),
        (_NEW_GROUP, _("In an Accounts Centre that is not named here yet")),
    ]
    default = f"{_GROUP_PREFIX}{present}" if present else _LINK_UNKNOWN if present is None else _NOT_LINKED
    answer = context.dialogue.choose(_("In which Accounts Centre or Meta Account is it?"), options, default=default)
    if answer == _NEW_GROUP:
        name = context.dialogue.write_line(_("Which name do you give to that Accounts Centre, such as private?"))
        return text.clean_line(name, GROUP_NAME_LIMIT).strip()
    if answer == _LINK_UNKNOWN:
        return None
    return answer.removeprefix(_GROUP_PREFIX) if answer.startswith(_GROUP_PREFIX) else ""


def ask_since_when_linked(
    context: PlainContext, linked_group: str | None, *, platform: str, account_id: str = ""
) -> LinkSince | None:
    """Ask since when an account (empty: a new one) is in a linked group; None where no objection depends on it."""
    objection = context.session.account_changes.objection_affected_by_link(platform, linked_group, account_id)
    if objection is None:
        return None
    old = context.session.record.account_by_id(account_id)
    is_link_known = old is not None and old.linked_group is not None
    return _ask_since(context, objection, linked_group or "", _KNOWN_DATE if is_link_known else SINCE_UNKNOWN)


def ask_whether_linked_then(context: PlainContext, account_id: str) -> None:
    """Ask since when an account is in its linked group, for an objection of that group, and record it."""
    accounts = context.session.account_changes
    objection, account = accounts.objection_in_linked_group(account_id), context.session.account(account_id)
    if objection is not None:
        since = _ask_since(context, objection, account.linked_group or "", SINCE_UNKNOWN)
        if context.change(lambda: accounts.record_link_date(account_id, since)):
            context.say(_("Written down."))


def _ask_since(context: PlainContext, objection: EarliestObjection, linked_group: str, default: str) -> LinkSince:
    now = context.session.now()
    sent_day = dates.format_day(objection.at.astimezone(now.tzinfo).date(), now.date())
    sender = context.name_of(objection.account.id)
    options = [
        (SINCE_BEFORE, _("It was so already on {day}, when that objection was sent").format(day=sent_day)),
        (_KNOWN_DATE, _("Since a day that I know")),
        (SINCE_UNKNOWN, _("I don't know (counts as linked from today)")),
    ]
    help = (
        _("The objection for {account} was sent on {day}.").format(account=sender, day=sent_day),
        _("Here it counts for what was linked then."),
    )
    answer = context.dialogue.choose(
        _("Since when is it in “{group}”?").format(group=group_name(linked_group)),
        options,
        default=default,
        help=help,
    )
    if answer == _KNOWN_DATE:
        return context.dialogue.write_moment(_("Since when is it linked so?"), context.session.now) or now
    return SINCE_BEFORE if answer == SINCE_BEFORE else SINCE_UNKNOWN


def ask_about_move(context: PlainContext, account_id: str) -> None:
    """Ask which accounts were moved to Meta Account, and when, and record that."""
    session, account = context.session, context.session.account(account_id)
    if account.is_from_elsewhere:
        context.say(_("This is no account, so there is nothing that Meta could move."))
        return
    session.history.require_writable()
    ids = [other.id for other in session.record.linked_with(account)]
    statements = [each for each in context.playbook.statements if each.id in _STATEMENTS_ON_MOVING]
    context.dialogue.part(*(statement_line(each, context.playbook) for each in statements))
    name = context.name_of(account_id)
    if len(ids) > 1:
        options = [
            (_ALL_LINKED, _all_accounts_words(len(ids), account.linked_group or "")),
            (_ONLY_THIS, _("Only {account}").format(account=name)),
        ]
        answer = context.dialogue.choose(_("What was moved to Meta Account?"), options)
        ids = ids if answer == _ALL_LINKED else [account_id]
    else:
        ids = [account_id]
    at = context.dialogue.write_moment(_("When did Meta move it to Meta Account?"), session.now)
    if context.change(lambda: session.diary.record_move_to_meta_account(ids, at or session.now())):
        context.say(_("Written down."))


def _all_accounts_words(count: int, group: str) -> str:
    words = ngettext("All {count} accounts in “{group}”", "All {count} accounts in “{group}”", count)
    return words.format(count=format_number(count), group=group_name(group))


def remove_account(context: PlainContext, account_id: str) -> None:
    """Take an account out of the record; asked first where something was written in its diary."""
    context.session.history.require_writable()
    account: Account = context.session.account(account_id)
    name = context.name_of(account_id)
    entries = sum(event.kind != EventKind.ACCOUNT_ADDED for event in account.events)
    if entries:
        help = (
            _("Entries in its diary: {count}.").format(count=format_number(entries)),
            _("Kept files stay in their folder."),
            _("A version of your record from before is kept for long."),
        )
        if not context.dialogue.agrees(
            _("Take {account} out of the record, with its diary?").format(account=name), default=False, help=help
        ):
            return
    if context.change(lambda: context.session.account_changes.remove_account(account_id)):
        context.say(
            _("{account} is taken out. Type {undo} to bring it back.").format(account=name, undo=typed_word("undo"))
        )
