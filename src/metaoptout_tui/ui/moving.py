"""A move to Meta Account, asked for one account or for all that are linked with it, with its date."""

from datetime import datetime

from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.progress import Account, draft_key
from metaoptout_tui.core.wording import basis_line
from metaoptout_tui.ui.page import Page
from metaoptout_tui.ui.screens.ask import Answer, AskScreen, DateScreen

_ALL, _ONE = "all", "one"


def ask_moved(page: Page[None], account: Account) -> None:
    """Ask which accounts were moved, and when; write it down. An unanswered question changes nothing."""
    name = account_name(account, page.session.playbook)
    linked = [each.id for each in page.session.progress.accounts if account.hub and each.hub == account.hub]

    def answered(answer: Answer | None) -> None:
        if answer is not None:
            _ask_when(page, linked if answer.row == _ALL else [account.id], name)

    if len(linked) < 2:
        _ask_when(page, [account.id], name)
        return
    rows = [(_ALL, f"All {len(linked)} accounts in “{account.hub}”"), (_ONE, f"Only {name}")]
    page.open_form(AskScreen(page.desk, "What was moved to Meta Account?", rows, words=_words(page)), answered)


def _ask_when(page: Page[None], ids: list[str], name: str) -> None:
    what = name if len(ids) == 1 else f"{len(ids)} accounts"

    def dated(at: datetime | None) -> None:
        if at is not None:
            page.say(f"Written down. {page.key(f'{page.PLACE}.undo')} takes that back.")

    title = f"When did Meta move {what} to Meta Account?"
    ask = DateScreen(
        page.desk,
        title,
        words=_words(page),
        act=lambda at: page.session.move_to_meta_account(ids, at),
        keeps=draft_key("moved", ids[0]),
    )
    page.open_form(ask, dated)


def _words(page: Page[None]) -> str:
    """What a move means for an objection, and who says so."""
    playbook = page.session.playbook
    told = [each for each in playbook.statements if each.id in ("identify.moving", "coverage.moved")]
    return "\n".join(f"{playbook.texts.say(each.id)} ({basis_line(each.basis, playbook)})" for each in told)
