"""The questions whether a person can log in to an account, why not, and since when; the answers are recorded."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.account_questions import (
    LOG_IN_CHANGED_HELP,
    LOG_IN_SINCE,
    LOG_IN_SINCE_HELP,
    log_in_question,
    which_log_in_question,
)
from metaoptout_tui.core.record.vocabulary import LogIn
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.dialogs import DateScreen


def ask_log_in(screen: BaseScreen[Any], account_id: str, then: Callable[[], object]) -> None:
    """Ask what became of an account and since when, record it, and call `then`; without an answer do nothing."""
    session = screen.session
    status = session.overview().status_of(account_id)
    if status is None:
        return

    def ask_day(log_in: str) -> None:
        record = partial(session.diary_service.record_log_in, account_id, LogIn(log_in))

        def recorded(at: datetime | None) -> None:
            if at is not None:
                then()

        is_changed = status.why_no_log_in is not None and log_in != LogIn.WORKS
        question = DateScreen(
            screen.context,
            _(LOG_IN_SINCE),
            offered=status.log_in_event.at if is_changed and status.log_in_event is not None else None,
            help_text=_(LOG_IN_CHANGED_HELP if is_changed else LOG_IN_SINCE_HELP),
            save_date=record,
            takes_month=True,
            takes_year=True,
        )
        screen.open_made_screen(question, recorded)

    ask_choice(screen, log_in_question(status, session.playbook), ask_day)


def ask_which_account(screen: BaseScreen[Any], then: Callable[[str], object]) -> None:
    """Ask which account the person cannot log in to and call `then` with it; with one there is nothing to ask."""
    question = which_log_in_question(screen.session.overview(), screen.session.playbook)

    def added(account_id: object) -> None:
        if isinstance(account_id, str):
            then(account_id)

    match question.answers:
        case ():
            purpose = _("First the account that you cannot log in to. Then: what became of it, and what remains.")
            screen.open_screen("account", "", purpose, then=added)
        case ((account_id, _unused),):
            then(account_id)
        case _several:
            ask_choice(screen, question, then)
