"""The other ways to begin than with the first step: the question which one, and what each leads to."""

from collections.abc import Callable
from functools import partial
from typing import Any

from metaoptout_tui.core.case_file.helper import newest_authorisation
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.guidance.topics import TopicId
from metaoptout_tui.core.language.formatting import format_alternatives
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.tasks import OfferKind, offer_row_id
from metaoptout_tui.core.objection.ways_to_begin import WayToBegin, ways_question
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.vocabulary import AccountState
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.log_in import ask_log_in, ask_which_account

GoTo = Callable[[str, str], None]
"""Highlights an account and one of its steps in the checklist."""
OpenStep = Callable[[str], None]
"""Opens the screen of a step of the highlighted account."""


def ask_and_begin(screen: BaseScreen[None], *, go_to: GoTo, open_step: OpenStep) -> None:
    """Ask on the checklist, `screen`, which way, and go it."""
    question = ways_question(is_rehearsal=screen.context.is_rehearsal)
    ask_choice(screen, question, partial(begin, screen, go_to=go_to, open_step=open_step), is_menu=True)


def begin(screen: BaseScreen[None], way: str, *, go_to: GoTo, open_step: OpenStep) -> None:
    """Go to the next task, and on to what the way leads to; on the usual way to the question what is linked."""
    task = screen.session.overview().next_task
    if task is not None:
        go_to(task.account_id, task.row_id)
    match way:
        case WayToBegin.EARLIER:
            _ask_for_earlier_objection(screen, go_to)
        case WayToBegin.DOWNLOAD:
            screen.app.call_later(screen.app.run_action, "app.download")
        case WayToBegin.NO_ACCOUNT:
            begin_from_elsewhere(screen, go_to)
        case WayToBegin.NO_LOGIN:
            begin_without_log_in(screen, go_to=go_to)
        case WayToBegin.REHEARSAL:
            begin_rehearsal(screen)
        case _:
            if way == WayToBegin.WEEKLY_CHECK:
                screen.make_change(lambda: screen.context.page_check.change_consent(weekly=True))
            if _is_linking_unknown(screen):
                open_step(StepId.IDENTIFY)


def say_who_helps(screen: BaseScreen[Any]) -> None:
    """Say where it is written down who was authorised, where the record is that of one of several people and nobody was."""
    if words := _words_on_who_helps(screen):
        screen.say(words)


def _words_on_who_helps(screen: BaseScreen[Any]) -> str:
    """Where it is written down who was authorised; empty for a person's own record, and where it is written down."""
    person, record = screen.context.person_name, screen.session.record
    if not person or not record.accounts or newest_authorisation(record) is not None:
        return ""
    words = _("Do you help {person}? {where} writes down who was authorised.")
    return words.format(person=person, where=screen.readable_key_of("checklist.helper"))


def begin_from_elsewhere(screen: BaseScreen[Any], go_to: GoTo) -> None:
    """Go to the data that Meta has of the person from elsewhere, which is put on the list where it is not there yet."""
    session = screen.session
    screen.make_change(session.account_service.add_data_from_elsewhere)
    if (account := session.record.data_from_elsewhere) is not None:
        task = session.overview().next_task_for(account.id)
        go_to(account.id, task.row_id if task is not None else StepId.OPEN)


def begin_without_log_in(screen: BaseScreen[Any], *, go_to: GoTo, account_id: str = "") -> None:
    """Ask what became of an account, and go on to what can be done for it; ask which one where it is not this one."""
    status = screen.session.overview().status_of(account_id)
    if status is not None and status.can_object and not status.account.is_from_elsewhere:
        _go_without_log_in(screen, go_to, account_id)
    else:
        ask_which_account(screen, partial(_go_without_log_in, screen, go_to))


def _go_without_log_in(screen: BaseScreen[Any], go_to: GoTo, account_id: str) -> None:
    """Ask what became of the account, and go on to what can be done for it."""

    def answered() -> None:
        go_to(account_id, offer_row_id(StepId.OPEN, OfferKind.NO_LOG_IN))
        screen.open_screen("topic", TopicId.NO_LOGIN, account_id, then=lambda _unused: say_who_helps(screen))

    ask_log_in(screen, account_id, answered)


def begin_rehearsal(screen: BaseScreen[Any]) -> None:
    """Leave for a rehearsal; nothing is recorded by that."""
    screen.app.call_later(screen.app.run_action, "app.rehearse")


def words_on_earlier_recorded(screen: BaseScreen[Any]) -> str:
    """That it is recorded; where there are accounts without an objection, how to record one for them too."""
    session = screen.session
    without = [
        account_name(status.account, session.playbook)
        for status in session.overview().statuses
        if status.can_object and status.state in _STATES_BEFORE_SENDING
    ]
    if not without:
        return _("Recorded.")
    words = _("Recorded. Did you object for {accounts} too? {where} leads to the same form.")
    return words.format(accounts=format_alternatives(without), where=screen.readable_key_of("checklist.ways"))


_STATES_BEFORE_SENDING = (AccountState.NOT_STARTED, AccountState.READY)


def _is_linking_unknown(screen: BaseScreen[None]) -> bool:
    question = linking_question(screen.session.record, screen.session.playbook)
    return question is not None and not question.is_answered


def _ask_for_earlier_objection(screen: BaseScreen[None], go_to: GoTo) -> None:
    """Ask for the objection, after what it is for: an account where there is none yet, and which are linked."""

    def open_form(_unused: object = None) -> None:
        if screen.session.record.accounts:
            screen.open_screen("earlier", then=recorded)

    def recorded(is_recorded: bool | None) -> None:  # noqa: FBT001 - the screen's result
        task = screen.session.overview().next_task
        if is_recorded and task is not None:
            go_to(task.account_id, task.row_id)
            screen.say_undoable(words_on_earlier_recorded(screen))
            say_who_helps(screen)

    if not screen.session.record.accounts:
        purpose = _("First the account for which you objected. Then: when you sent it, and what came back.")
        screen.open_screen("account", "", purpose, then=open_form)
    elif _is_linking_unknown(screen):
        screen.open_screen(StepId.IDENTIFY, screen.account_in_view, then=open_form)
    else:
        open_form()
