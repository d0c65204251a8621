"""Asks since when an account is in its linked group, where an objection depends on it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from metaoptout_tui.app.accounts.link_questions import (
    LINKED_SINCE_DAY,
    AccountLink,
    linked_since_question,
    member_since_question,
    since_word_of,
)
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.dialogs import DateScreen


def ask_linked_since(
    screen: BaseScreen[Any],
    link: AccountLink,
    then: Callable[[LinkSince | None], None],
    *,
    platform: str,
    account_id: str = "",
) -> None:
    """Ask since when `account_id` (empty: a new one on `platform`) is linked so, if an objection depends on it.

    Calls `then` with the answer, or with None where there was nothing to ask; without an answer it is not called.
    """
    question = linked_since_question(screen.session, link, platform=platform, account_id=account_id)
    if question is None:
        then(None)
    else:
        _ask_since(screen, question, then, account_id)


def ask_linked_then(screen: BaseScreen[Any], account_id: str) -> None:
    """Ask since when an account is in its linked group, for an objection of that group, and record it."""

    def record(since: LinkSince) -> None:
        screen.make_change(partial(screen.session.account_service.record_link_date, account_id, since))

    if (question := member_since_question(screen.session, account_id)) is not None:
        _ask_since(screen, question, record, account_id)


def _ask_since(
    screen: BaseScreen[Any], question: ChoiceQuestion, then: Callable[[LinkSince], None], account_id: str
) -> None:
    def dated(at: datetime | None) -> None:
        if at is not None:
            then(at)

    def answered(answer: str) -> None:
        word = since_word_of(answer)
        if word is None:
            draft_key = make_draft_key("linked", account_id)
            screen.open_made_screen(DateScreen(screen.context, _(LINKED_SINCE_DAY), draft_key=draft_key), dated)
        else:
            then(word)

    ask_choice(screen, question, answered)
