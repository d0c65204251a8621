"""The other ways to begin than with the first step: the question which one, and what each leads to."""

from enum import StrEnum
from typing import TYPE_CHECKING

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption

if TYPE_CHECKING:
    from metaoptout_tui.ui.screens.checklist import ChecklistScreen


class WayToBegin(StrEnum):
    """A way to begin that somebody may choose in place of the usual one."""

    EARLIER = "earlier"
    DOWNLOAD = "download"
    NO_ACCOUNT = "no-account"
    NO_LOGIN = "no-login"
    WEEKLY_CHECK = "weekly-check"


_LABELS = {
    WayToBegin.EARLIER: "I objected earlier: write down what I sent and what came back",
    WayToBegin.DOWNLOAD: "I have Meta's download: take my accounts from it",
    WayToBegin.NO_ACCOUNT: "I have no account of Meta: what Meta has from elsewhere",
    WayToBegin.NO_LOGIN: "I cannot log in: forgotten, hacked, locked or deleted accounts",
    WayToBegin.WEEKLY_CHECK: "As usual, and check once a week whether the public pages changed",
}


def ways_screen(context: AppContext) -> ChoiceScreen:
    """Asks which way; the id of the answer is a WayToBegin."""
    return ChoiceScreen(context, "How do you want to begin?", list(_LABELS.items()))


def ask_and_begin(checklist: "ChecklistScreen") -> None:
    """Ask which way, and go it."""

    def chosen(answer: ChosenOption | None) -> None:
        if answer is not None:
            begin(checklist, answer.option_id)

    checklist.open_form(ways_screen(checklist.context), chosen)


def begin(checklist: "ChecklistScreen", way: str) -> None:
    """Go to the next task, and on to what the way leads to; on the usual way to the question what is linked."""
    session = checklist.session
    task = session.overview().next_task
    if task is not None:
        checklist.go_to(task.account_id, task.step_id)
    match way:
        case WayToBegin.EARLIER:
            _ask_for_earlier_objection(checklist)
        case WayToBegin.DOWNLOAD:
            checklist.app.call_later(checklist.app.run_action, "app.download")
        case WayToBegin.NO_ACCOUNT:
            checklist.action_third_party()
        case WayToBegin.NO_LOGIN:
            checklist.action_no_login()
        case _:
            if way == WayToBegin.WEEKLY_CHECK:
                checklist.make_change(lambda: checklist.context.page_check.change_consent(weekly=True))
            if _is_linking_unknown(checklist):
                checklist.open_step(StepId.IDENTIFY)


def _is_linking_unknown(checklist: "ChecklistScreen") -> bool:
    question = linking_question(checklist.session.record, checklist.session.playbook)
    return question is not None and not question.is_answered


def _ask_for_earlier_objection(checklist: "ChecklistScreen") -> None:
    """Ask for the objection, after what it is for: an account where there is none yet, and which are linked."""

    def open_form(_: object = None) -> None:
        if checklist.session.record.accounts:
            checklist.open_screen("earlier", then=recorded)

    def recorded(is_recorded: bool | None) -> None:  # noqa: FBT001 - the screen's result
        task = checklist.session.overview().next_task
        if is_recorded and task is not None:
            checklist.go_to(task.account_id, task.step_id)
            checklist.say_undoable("Recorded.")

    if not checklist.session.record.accounts:
        checklist.open_screen("account", then=open_form)
    elif _is_linking_unknown(checklist):
        checklist.open_screen(StepId.IDENTIFY, checklist.account_in_view, then=open_form)
    else:
        open_form()
