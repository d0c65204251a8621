"""The questions whether a person can log in to an account, why not, and since when; the answers are recorded."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.vocabulary import LogIn
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen


def ask_log_in(page: BaseScreen[Any], account_id: str, then: Callable[[], object]) -> None:
    """Ask what became of an account and since when, record it, and call `then`; without an answer do nothing."""
    session = page.session
    status = session.overview().status_of(account_id)
    if status is None:
        return
    name = account_name(status.account, session.playbook)
    first = (LogIn.WORKS,) if status.no_log_in is not None else ()
    reasons = (*first, *(each for each in LogIn if each not in (status.no_log_in, LogIn.WORKS)))

    def why_answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            ask_day(LogIn(answer.option_id))

    def ask_day(log_in: LogIn) -> None:
        def record(at: datetime) -> None:
            session.diary.record_log_in(account_id, log_in, at)

        def recorded(at: datetime | None) -> None:
            if at is not None:
                then()

        help_text = _("If you do not know it, take today: it is the day from which this is written down.")
        question = DateScreen(
            page.context, _("Since when is that so?"), help_text=help_text, save_date=record, takes_month=True
        )
        page.open_form(question, recorded)

    rows = [(str(each), session.playbook.texts.sentence(f"log-in.{each}")) for each in reasons]
    page.open_form(ChoiceScreen(page.context, _("What became of {account}?").format(account=name), rows), why_answered)


def ask_which_account(page: BaseScreen[Any], then: Callable[[str], object]) -> None:
    """Ask which account the person cannot log in to and call `then` with it; with one there is nothing to ask."""
    session = page.session
    statuses = [status for status in session.overview().statuses if status.can_object]
    accounts = [status.account for status in statuses if not status.account.is_from_elsewhere]

    def added(account_id: object) -> None:
        if isinstance(account_id, str):
            then(account_id)

    if not accounts:
        purpose = _("First the account that you cannot log in to. Then: what became of it, and what remains.")
        page.open_screen("account", "", purpose, then=added)
        return
    if len(accounts) == 1:
        then(accounts[0].id)
        return

    def answered(answer: ChosenOption | None) -> None:
        if answer is not None:
            then(answer.option_id)

    rows = [(account.id, account_name(account, session.playbook)) for account in accounts]
    page.open_form(ChoiceScreen(page.context, _("Which one can you not log in to?"), rows), answered)
