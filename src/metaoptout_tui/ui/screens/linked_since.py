"""Asks since when an account is in its linked group, where an objection depends on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.coverage import EarliestObjection
from metaoptout_tui.core.record.account_names import account_name, group_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.record.vocabulary import SINCE_BEFORE, SINCE_UNKNOWN
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, DateScreen

_KNOWN_DATE = "date"


def ask_linked_since(
    screen: BaseScreen[Any],
    linked_group: str | None,
    then: Callable[[LinkSince | None], None],
    *,
    platform: str,
    account_id: str = "",
) -> None:
    """Ask since when `account_id` (empty: a new one on `platform`) is in a linked group, if an objection depends on it.

    Calls `then` with the answer, or with None where there was nothing to ask; without an answer it is not called.
    """
    objection = screen.session.account_changes.objection_affected_by_link(platform, linked_group, account_id)
    if objection is None:
        then(None)
        return
    old = screen.session.record.account_by_id(account_id)
    is_link_known = old is not None and old.linked_group is not None
    _ask_since(
        screen, objection, linked_group or "", then, account_id, chosen=_KNOWN_DATE if is_link_known else SINCE_UNKNOWN
    )


def ask_linked_then(screen: BaseScreen[Any], account_id: str) -> None:
    """Ask since when an account is in its linked group, for an objection of that group, and record it."""
    session = screen.session
    objection, account = session.account_changes.objection_in_linked_group(account_id), session.account(account_id)

    def record(since: LinkSince) -> None:
        screen.make_change(lambda: session.account_changes.record_link_date(account_id, since))

    if objection is not None:
        _ask_since(screen, objection, account.linked_group or "", record, account_id, chosen=SINCE_UNKNOWN)


def _ask_since(
    screen: BaseScreen[Any],
    objection: EarliestObjection,
    linked_group: str,
    then: Callable[[LinkSince], None],
    account_id: str,
    *,
    chosen: str,
) -> None:
    """Ask since when an account is in a linked group, of which `objection` was sent, and call `then` with the answer."""
    session, now = screen.session, screen.session.now()
    sent_day = dates.format_day(objection.at.astimezone(now.tzinfo).date(), now.date())
    rows = [
        (SINCE_BEFORE, _("It was so already on {sent_day}, when that objection was sent").format(sent_day=sent_day)),
        (_KNOWN_DATE, _("Since a day that I know")),
        (SINCE_UNKNOWN, _("I don't know (counts as linked from today)")),
    ]

    def dated(at: datetime | None) -> None:
        if at is not None:
            then(at)

    def answered(answer: ChosenOption | None) -> None:
        if answer is None:
            return
        if answer.option_id == _KNOWN_DATE:
            draft_key = make_draft_key("linked", account_id)
            screen.open_form(DateScreen(screen.context, _("Since when is it linked so?"), draft_key=draft_key), dated)
        else:
            then(SINCE_BEFORE if answer.option_id == SINCE_BEFORE else SINCE_UNKNOWN)

    title = _("Since when is it in “{linked_group}”?").format(linked_group=group_name(linked_group))
    help_text = _(
        "The objection for {account} was sent on {sent_day}. Here it counts for what was "
        "linked then. If you find out more later, correct the date of this entry in the "
        "account's diary."
    ).format(account=account_name(objection.account, session.playbook), sent_day=sent_day)
    screen.open_form(ChoiceScreen(screen.context, title, rows, chosen=chosen, help_text=help_text), answered)
