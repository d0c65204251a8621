"""The other ways to begin than with the first step: the question which one, and what each leads to."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.formatting import format_alternatives
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.tasks import OfferKind, offer_row_id
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption
from metaoptout_tui.ui.screens.log_in import ask_log_in, ask_which_account


class WayToBegin(StrEnum):
    """A way to begin that somebody may choose in place of the usual one."""

    EARLIER = "earlier"
    DOWNLOAD = "download"
    NO_ACCOUNT = "no-account"
    NO_LOGIN = "no-login"
    WEEKLY_CHECK = "weekly-check"
    REHEARSAL = "rehearsal"


_LABELS = {
    WayToBegin.EARLIER: mark("I objected earlier: write down what I sent and what came back"),
    WayToBegin.DOWNLOAD: mark("I have Meta's download: take my accounts from it"),
    WayToBegin.NO_ACCOUNT: mark("I have no account of Meta: what Meta has of me from others"),
    WayToBegin.NO_LOGIN: mark("I cannot log in: forgotten, hacked, locked or deleted accounts"),
    WayToBegin.WEEKLY_CHECK: mark("As usual, and check once a week whether the public pages changed"),
    WayToBegin.REHEARSAL: mark("Only try it: a rehearsal with an invented person, of which nothing is kept"),
}


GoTo = Callable[[str, str], None]
"""Highlights an account and one of its steps in the checklist."""
OpenStep = Callable[[str], None]
"""Opens the screen of a step of the highlighted account."""


def ways_screen(context: AppContext, *, is_first_start: bool) -> ChoiceScreen:
    """Asks which way; the id of the answer is a WayToBegin. The usual way is among them at the first start."""
    left_out = {
        WayToBegin.WEEKLY_CHECK: not is_first_start,
        WayToBegin.REHEARSAL: context.is_rehearsal,
    }
    rows = [(way, _(label)) for way, label in _LABELS.items() if not left_out.get(way)]
    return ChoiceScreen(context, _("How do you want to begin?") if is_first_start else _("What fits you?"), rows)


def ask_and_begin(page: BaseScreen[None], *, go_to: GoTo, open_step: OpenStep) -> None:
    """Ask on the checklist, `page`, which way, and go it."""

    def chosen(answer: ChosenOption | None) -> None:
        if answer is not None:
            begin(page, answer.option_id, go_to=go_to, open_step=open_step)

    page.open_form(ways_screen(page.context, is_first_start=False), chosen)


def begin(page: BaseScreen[None], way: str, *, go_to: GoTo, open_step: OpenStep) -> None:
    """Go to the next task, and on to what the way leads to; on the usual way to the question what is linked."""
    task = page.session.overview().next_task
    if task is not None:
        go_to(task.account_id, task.row_id)
    match way:
        case WayToBegin.EARLIER:
            _ask_for_earlier_objection(page, go_to)
        case WayToBegin.DOWNLOAD:
            page.app.call_later(page.app.run_action, "app.download")
        case WayToBegin.NO_ACCOUNT:
            begin_from_elsewhere(page, go_to)
        case WayToBegin.NO_LOGIN:
            ask_which_account(page, partial(_begin_without_log_in, page, go_to))
        case WayToBegin.REHEARSAL:
            begin_rehearsal(page)
        case _:
            if way == WayToBegin.WEEKLY_CHECK:
                page.make_change(lambda: page.context.page_check.change_consent(weekly=True))
            if _is_linking_unknown(page):
                open_step(StepId.IDENTIFY)


def begin_from_elsewhere(page: BaseScreen[Any], go_to: GoTo) -> None:
    """Go to the data that Meta has of the person from elsewhere, which is put on the list where it is not there yet."""
    session = page.session

    def account_id() -> str:
        return next((account.id for account in session.record.accounts if account.is_from_elsewhere), "")

    if not account_id():
        email = session.record.person.email
        page.make_change(lambda: session.accounts.add_account(FROM_ELSEWHERE, "", email, linked_group=None))
    if id := account_id():
        task = session.overview().next_task_for(id)
        go_to(id, task.row_id if task is not None else StepId.OPEN)


def _begin_without_log_in(page: BaseScreen[Any], go_to: GoTo, account_id: str) -> None:
    """Ask what became of the account, and go on to what can be done for it."""

    def answered() -> None:
        go_to(account_id, offer_row_id(StepId.OPEN, OfferKind.NO_LOG_IN))
        page.open_screen("topic", TopicId.NO_LOGIN, account_id)

    ask_log_in(page, account_id, answered)


def begin_rehearsal(page: BaseScreen[Any]) -> None:
    """Leave for a rehearsal; nothing is recorded by that."""
    page.app.call_later(page.app.run_action, "app.rehearse")


def _recorded_words(page: BaseScreen[None]) -> str:
    """That it is recorded; where there are accounts without an objection, how to record one for them too."""
    session = page.session
    without = [
        account_name(status.account, session.playbook)
        for status in session.overview().statuses
        if status.can_object and status.state in _STATES_BEFORE_SENDING
    ]
    if not without:
        return _("Recorded.")
    words = _("Recorded. Did you object for {accounts} too? {where} leads to the same form.")
    return words.format(accounts=format_alternatives(without), where=page.readable_key_of("checklist.ways"))


_STATES_BEFORE_SENDING = (AccountState.NOT_STARTED, AccountState.READY)


def _is_linking_unknown(page: BaseScreen[None]) -> bool:
    question = linking_question(page.session.record, page.session.playbook)
    return question is not None and not question.is_answered


def _ask_for_earlier_objection(page: BaseScreen[None], go_to: GoTo) -> None:
    """Ask for the objection, after what it is for: an account where there is none yet, and which are linked."""

    def open_form(_unused: object = None) -> None:
        if page.session.record.accounts:
            page.open_screen("earlier", then=recorded)

    def recorded(is_recorded: bool | None) -> None:  # noqa: FBT001 - the screen's result
        task = page.session.overview().next_task
        if is_recorded and task is not None:
            go_to(task.account_id, task.row_id)
            page.say_undoable(_recorded_words(page))

    if not page.session.record.accounts:
        purpose = _("First the account for which you objected. Then: when you sent it, and what came back.")
        page.open_screen("account", "", purpose, then=open_form)
    elif _is_linking_unknown(page):
        page.open_screen(StepId.IDENTIFY, page.account_in_view, then=open_form)
    else:
        open_form()
