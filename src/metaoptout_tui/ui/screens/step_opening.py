"""Opens the screens of steps from the checklist, and goes on to the next thing when one is left."""

from collections.abc import Callable
from functools import partial
from typing import Any

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.sentences import receipt
from metaoptout_tui.core.objection.tasks import Task
from metaoptout_tui.ui.base.screen import BaseScreen


class StepOpener:
    """What comes after what, for the account in view of `page`; `go_to` highlights an account and a row there."""

    def __init__(self, page: BaseScreen[Any], go_to: Callable[[str, str], None]) -> None:
        self._page = page
        self._go_to = go_to
        self._task_before: Task | None = None
        self._is_step_open = False

    def remember_next_task(self) -> None:
        """Remember what is next, to see on return whether something was recorded."""
        self._task_before = self._page.session.overview().next_task

    def return_from_screen(self) -> None:
        """Go on where another thing is next than before; a step that is left says itself how to go on."""
        before, task = self._task_before, self._page.session.overview().next_task
        if self._is_step_open or before is None or (task is not None and task.is_same_as(before)):
            return
        self._go_on_from(self._page.account_in_view)

    def open_step(self, step: str) -> None:
        """Open the screen of a step, from which a finished step leads on."""
        page, status = self._page, self._page.account_status
        if step == StepId.CONFIRM and (status is None or status.subject_of_replies is None):
            page.say(_("Nothing is filed for this account itself. Submit the form first, then record what came back."))
            self._go_to(page.account_in_view, StepId.SUBMIT)
            return
        if status is not None and step in (StepId.OPEN, StepId.SUBMIT) and status.objection is not None:
            from metaoptout_tui.ui.screens.objecting_again import ask_before_objecting_again

            ask_before_objecting_again(page, status, step, partial(self._show_screen, step))
        else:
            self._show_screen(step)

    def _show_screen(self, step: str) -> None:
        page = self._page
        page.open_screen(step, page.account_in_view, then=partial(self._screen_closed, page.account_in_view))
        self._is_step_open = page.app.screen is not page

    def _screen_closed(self, account_id: str, done: object) -> None:
        """Go on after the screen of a step was left; `done` is that step if the person finished it."""
        self._is_step_open = False
        overview = self._page.session.overview()
        if not isinstance(done, str):
            self._task_before = overview.next_task
        elif step := overview.step_opened_after(account_id, done):
            self._go_to(account_id, step)
            self._show_screen(step)
        else:
            self._go_on_from(account_id, _("Recorded.") if done == StepId.SUBMIT else "")

    def _go_on_from(self, account_id: str, words: str = "") -> None:
        """Say when to come back to an account, and whether anything is left until then; go to the next thing of all."""
        session = self._page.session
        overview = session.overview()
        self._task_before = task = overview.next_task
        if words := f"{words} {receipt(overview, account_id, session.playbook)}".strip():
            self._page.say(words)
        if task is not None:
            self._go_to(task.account_id, task.row_id)
