"""How an account is linked, as rows; and, where an objection depends on it, the question since when it is so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from metaoptout_tui.accounts import NAME_LIMIT
from metaoptout_tui.core import text, when
from metaoptout_tui.core.diary import BEFORE, UNKNOWN, Since
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.reach import first_objection
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.ask import Answer, AskScreen, DateScreen
from metaoptout_tui.ui.widgets.open_choices import OTHER

OTHER_HUB = "In an Accounts Centre that is not named here yet"
HUB_NAME = "a name you choose, such as private"

_NOT_KNOWN, _NOT_LINKED, _IN = "unknown", "none", "in:"
_ON_A_DAY = "date"


def hub_rows(desk: Desk) -> list[tuple[str, str]]:
    """The ways an account can be linked that need no new name."""
    return [
        (_NOT_KNOWN, "I don't know (counts as not linked)"),
        (_NOT_LINKED, "Not linked with another account"),
        *((f"{_IN}{hub}", f"In “{hub}”") for hub in desk.session.progress.hubs()),
    ]


def hub_row(hub: str | None) -> str:
    """The row of a link."""
    if hub is None:
        return _NOT_KNOWN
    return f"{_IN}{hub}" if hub else _NOT_LINKED


def hub_of(row: str, written: str) -> str | None:
    """The link that a row stands for; `written` is the new name where the row is the one for it."""
    if row == OTHER:
        return text.line(written, NAME_LIMIT).strip()
    if row == _NOT_KNOWN:
        return None
    return row.removeprefix(_IN) if row.startswith(_IN) else ""


def ask_since(
    page: Page[Any], hub: str | None, then: Callable[[Since | None], None], *, platform: str, account: str = ""
) -> None:
    """Ask since when `account` (empty: a new one on `platform`) is in a hub, where an objection for it depends on that.

    Calls `then` with the answer, or with None where there was nothing to ask. An unanswered question changes nothing.
    """
    session = page.session
    old = session.progress.account(account)
    region = session.playbook.region_of(session.progress.person.country)
    can_object = "submit" in session.playbook.steps_for(platform, region.id)
    objection = first_objection(session.progress, hub, account) if hub and can_object else None
    if objection is None or (old is not None and old.hub == hub):
        then(None)
        return
    now = session.now()
    sent = when.day(objection.at.astimezone(now.tzinfo).date(), now.date())
    rows = [
        (BEFORE, f"It was so already on {sent}, when that objection was sent"),
        (_ON_A_DAY, "Since a day that I know"),
        (UNKNOWN, "I don't know (counts as linked from today)"),
    ]

    def dated(at: datetime | None) -> None:
        if at is not None:
            then(at)

    def answered(answer: Answer | None) -> None:
        if answer is None:
            return
        if answer.row == _ON_A_DAY:
            ask = DateScreen(page.desk, "Since when is it linked so?", keeps=draft_key("linked", account))
            page.open_form(ask, dated)
        else:
            then(BEFORE if answer.row == BEFORE else UNKNOWN)

    title = f"Since when is it in “{hub}”?"
    words = (
        f"The objection for {account_name(objection.account, session.playbook)} was sent on {sent}. Here it counts "
        "for what was linked then. If you find out more later, correct the date of this entry in the account's diary."
    )
    is_change = old is not None and old.hub is not None
    chosen = _ON_A_DAY if is_change else UNKNOWN
    page.open_form(AskScreen(page.desk, title, rows, chosen=chosen, words=words), answered)
