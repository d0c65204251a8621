"""The App of a rehearsal: on every screen, besides all else, keys that let time pass and let Meta answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metaoptout_tui.app.commands.commands import EVERYWHERE, REHEARSAL, actions_without_key, find_command
from metaoptout_tui.app.rehearsal import DAYS_THAT_PASS, MovableClock
from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.app import MetaOptOutApp
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.base.screen_commands import bindings_for
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.checklist import ChecklistScreen

if TYPE_CHECKING:
    from metaoptout_tui.ui.screens.dialogs import ChosenOption

_SCREENS_WITHOUT_TIME = frozenset({"welcome", "ask", "attach", "help"})
"""Screens that wait for an answer, or from which one goes back first."""


class RehearsalApp(MetaOptOutApp):
    """The App on an invented person, whose `clock` can be put ahead."""

    BINDINGS = bindings_for(REHEARSAL)
    COMMAND_GROUPS = (EVERYWHERE, REHEARSAL)

    def __init__(self, context: AppContext, *, clock: MovableClock, **options: Any) -> None:
        super().__init__(context, **options)
        self._clock = clock

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the key that lets time pass only where it can."""
        return (action != "go_on" or self._can_time_pass) and super().check_action(action, parameters)

    @property
    def _can_time_pass(self) -> bool:
        return isinstance(self.screen, BaseScreen) and self.screen.SCREEN_ID not in _SCREENS_WITHOUT_TIME

    def action_rehearse(self) -> None:
        """Say that this is the rehearsal."""
        self.notify(_("You are in the rehearsal."), markup=False)

    def action_go_on(self) -> None:
        """Ask what happens next, and let it happen."""
        from metaoptout_tui.ui.screens.asking import MenuScreen

        screen = self._screen_for_time()
        if screen is None:
            return
        screen.save_draft()

        def chosen(answer: ChosenOption | None) -> None:
            command = find_command(answer.option_id) if answer is not None else None
            if command is not None:
                self.call_later(self.run_action, f"app.{command.textual_action}")

        rows = [(command.id, command.title) for command in actions_without_key(REHEARSAL)]
        self.push_screen(MenuScreen(self._app_context, _("What happens next?"), rows), chosen)

    def _screen_for_time(self) -> BaseScreen[Any] | None:
        """The screen in front; None, and a sentence that says so, where that waits for an answer."""
        if isinstance(self.screen, BaseScreen) and self._can_time_pass:
            return self.screen
        self.notify(_("Answer or leave this first; then time can pass."), markup=False)
        return None

    def action_day(self) -> None:
        """Let a day pass."""
        self._let_pass(DAYS_THAT_PASS["day"])

    def action_days(self) -> None:
        """Let three days pass."""
        self._let_pass(DAYS_THAT_PASS["days"])

    def action_month(self) -> None:
        """Let a month pass."""
        self._let_pass(DAYS_THAT_PASS["month"])

    def _let_pass(self, days: int) -> None:
        """Put the clock ahead and show what is to be done then."""
        screen = self._screen_for_time()
        if screen is None:
            return
        self._clock.put_ahead(days)
        task = self._app_context.session.overview().next_task
        if isinstance(screen, ChecklistScreen) and task is not None:
            screen.go_to(task.account_id, task.row_id)
        else:
            screen.update_content()
        today = dates.format_full_day(self._clock().date())
        self.notify(_("It is now {day}.").format(day=today), markup=False)

    def action_confirms(self) -> None:
        """Let Meta confirm the objection."""
        self._let_mail_come(
            _("An invented mail has come. It says that Meta has applied your objection. Write down what came back.")
        )

    def action_asks(self) -> None:
        """Let Meta ask for more."""
        self._let_mail_come(
            _("An invented mail has come. It asks for an example of what you object to. Write down what came back.")
        )

    def action_refuses(self) -> None:
        """Let Meta refuse the objection."""
        self._let_mail_come(
            _("An invented mail has come. Meta refuses your objection, and gives no reason. Write down what came back.")
        )

    def _let_mail_come(self, sentence: str) -> None:
        """Say what an invented mail of Meta says, and open the screen to write down what came."""
        screen = self._screen_for_time()
        if screen is None:
            return
        account_id = self._account_that_waits(screen.account_in_view)
        if not account_id:
            self.notify(_("Nothing was sent yet, so no answer can come. Send the form first."), markup=False)
            return
        if isinstance(screen, ChecklistScreen):
            screen.go_to(account_id, StepId.REPLY)
            screen.open_step(StepId.REPLY)
        elif screen.SCREEN_ID != StepId.REPLY:
            screen.open_screen(StepId.REPLY, account_id)
        self.notify(sentence, markup=False)

    def _account_that_waits(self, preferred: str) -> str:
        """An account to which an answer can come, the preferred one if it can be; empty for none."""
        waiting = [
            status.account.id
            for status in self._app_context.session.overview().statuses
            if status.newest_subject_of_replies is not None
        ]
        return preferred if preferred in waiting else next(iter(waiting), "")
