"""The other ways to begin than with the first step: the question which one, and what each leads to."""

from collections.abc import Callable
from functools import partial
from typing import Any

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.tasks import OfferKind, offer_row_id
from metaoptout_tui.core.objection.ways_to_begin import WayToBegin, ways_question
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.log_in import ask_log_in, ask_which_account

GoTo = Callable[[str, str], None]
"""Highlights an account and one of its steps in the checklist."""
OpenStep = Callable[[str], None]
"""Opens the screen of a step of the highlighted account."""


def ask_and_begin(page: BaseScreen[None], *, go_to: GoTo, open_step: OpenStep) -> None:
    """Ask on the checklist, `page`, which way, and go it."""
    question = ways_question(is_rehearsal=page.context.is_rehearsal)
    ask_choice(page, question, partial(begin, page, go_to=go_to, open_step=open_step))


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
    page.make_change(session.account_changes.add_data_from_elsewhere)
    if (account := session.record.data_from_elsewhere) is not None:
        task = session.overview().next_task_for(account.id)
        go_to(account.id, task.row_id if task is not None else StepId.OPEN)


def _begin_without_log_in(page: BaseScreen[Any], go_to: GoTo, account_id: str) -> None:
    """Ask what became of the account, and go on to what can be done for it."""

    def answered() -> None:
        go_to(account_id, offer_row_id(StepId.OPEN, OfferKind.NO_LOG_IN))
        page.open_screen("topic", TopicId.NO_LOGIN, account_id)

    ask_log_in(page, account_id, answered)


def begin_rehearsal(page: BaseScreen[Any]) -> None:
    """Leave for a rehearsal; nothing is recorded by that."""
    page.app.call_later(page.app.run_action, "app.rehearse")


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
            page.say_undoable(_("Recorded."))

    if not page.session.record.accounts:
        page.open_screen("account", then=open_form)
    elif _is_linking_unknown(page):
        page.open_screen(StepId.IDENTIFY, page.account_in_view, then=open_form)
    else:
        open_form()
