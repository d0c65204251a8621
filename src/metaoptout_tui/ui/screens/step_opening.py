"""Opens what the rows of the checklist lead to, and goes on to the next thing when that is left."""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import Any

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.offers import CHILD_PURPOSE, Offer, words_on_covered_accounts
from metaoptout_tui.core.objection.sentences import what_comes_next, why_nothing_came_back
from metaoptout_tui.core.objection.tasks import OfferKind, Task
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.widgets.step_list import MORE_ROW


class _ToSay(Enum):
    """What is said of what was recorded, when its screen is left."""

    NOTHING = auto()
    """The screen that recorded it has said so, and when to come back."""
    WHAT_IS_NEXT = auto()
    """Nothing was recorded, but another thing is next than before."""
    RECORDED_AND_NEXT = auto()
    RECORDED_AT_LEAST = auto()
    """That it was recorded, also where nothing is next."""


def _is_told_by_its_screen(event: Event) -> bool:
    """Whether the screen that recorded an entry has said what that does."""
    return rules_of(event.kind).role == "sent" or event.kind == EventKind.STEP_REOPENED


class StepOpener:
    """What comes after what, for the account in view of `screen`; `go_to` highlights an account and a row there."""

    def __init__(self, screen: BaseScreen[Any], go_to: Callable[[str, str], None]) -> None:
        self._screen = screen
        self._go_to = go_to
        self._task_before: Task | None = None
        self._ids_before: frozenset[str] = frozenset()
        self._is_step_open = False

    def remember_next_task(self) -> None:
        """Remember what is next, to see on return whether something was recorded."""
        self._task_before = self._screen.session.overview().next_task
        self._ids_before = self._event_ids

    @property
    def _event_ids(self) -> frozenset[str]:
        return frozenset(event.id for account in self._screen.session.record.accounts for event in account.events)

    def return_from_screen(self) -> None:
        """Go on where another thing is next than before; a step that is left says itself how to go on.

        Where a letter was sent or something taken back, its screen has said so.
        """
        before, task = self._task_before, self._screen.session.overview().next_task
        if self._is_step_open or before is None or (task is not None and task.is_same_as(before)):
            return
        new_ids = self._event_ids - self._ids_before
        events = (event for account in self._screen.session.record.accounts for event in account.events)
        to_say = _ToSay.RECORDED_AND_NEXT if new_ids else _ToSay.WHAT_IS_NEXT
        if any(event.id in new_ids and _is_told_by_its_screen(event) for event in events):
            to_say = _ToSay.NOTHING
        self._go_on_from(self._screen.account_in_view, to_say)

    def open_row(self, row: str, step: str, offer: Offer | None) -> None:
        """Open what a row leads to: the list of everything else, an offer, or the step it belongs to."""
        if row == MORE_ROW:
            from metaoptout_tui.ui.screens.offers import open_more

            open_more(self._screen)
        elif offer is not None and offer.kind is OfferKind.CHILD:
            self._screen.open_screen("account", "", _(CHILD_PURPOSE), FROM_ELSEWHERE, then=self.go_to_account)
        elif offer is not None:
            from metaoptout_tui.ui.screens.offers import open_offer

            open_offer(self._screen, self._screen.account_in_view, offer, open_step=self.open_step)
        else:
            self.open_step(step)

    def open_step(self, step: str) -> None:
        """Open the screen of a step, from which a finished step leads on."""
        screen, status = self._screen, self._screen.account_status
        if why := why_nothing_came_back(status, step):
            screen.say(why)
            self._go_to(screen.account_in_view, StepId.SUBMIT)
            return
        if status is None or status.objection_in_force is None or screen.session.current_record.read_only_reason:
            self._show_screen(step)
            return
        from metaoptout_tui.core.objection.objecting_again import objecting_again_question
        from metaoptout_tui.ui.screens.asking import ask_before

        question = objecting_again_question(status, step, screen.session.overview(), screen.session.playbook)
        ask_before(screen, question, partial(self._show_screen, step))

    def is_next_task(self, row: str) -> bool:
        """Whether a row of the account in view is the next task."""
        task = self._screen.session.overview().next_task
        return task is not None and (self._screen.account_in_view, row) == (task.account_id, task.row_id)

    def go_to_next_task(self, row: str) -> None:
        """Go to the next task; where `row`, on which the person is, is that already, say so."""
        screen = self._screen
        task = screen.session.overview().next_task
        if task is None:
            screen.say(_("There is nothing to do now."))
        elif self.is_next_task(row):
            screen.say(_("This is what comes next. {key} opens it.").format(key=screen.readable_key_of("checklist.do")))
        else:
            self._go_to(task.account_id, task.row_id)

    def go_to_account(self, account_id: str | None) -> None:
        """Go to the account that a screen ended with, where it has something to do next. None: stay."""
        if account_id:
            task = self._screen.session.overview().next_task_for(account_id)
            self._go_to(account_id, task.row_id if task is not None else "")

    def go_to_row(self, account_and_row: tuple[str, str] | None) -> None:
        """Go to the account and the row that a screen ended with. None: stay."""
        if account_and_row is not None:
            self._go_to(*account_and_row)

    def _show_screen(self, step: str) -> None:
        screen = self._screen
        self._ids_before = self._event_ids
        screen.open_screen(step, screen.account_in_view, then=partial(self._screen_closed, screen.account_in_view))
        self._is_step_open = screen.app.screen is not screen

    def _screen_closed(self, account_id: str, done: object) -> None:
        """Go on after the screen of a step was left; `done` is that step if the person finished it."""
        self._is_step_open = False
        overview = self._screen.session.overview()
        if not isinstance(done, str):
            self._task_before = overview.next_task
        elif step := overview.step_opened_after(account_id, done):
            self._go_to(account_id, step)
            self._show_screen(step)
        else:
            to_say: dict[str, _ToSay] = {StepId.REPLY: _ToSay.NOTHING, StepId.SUBMIT: _ToSay.RECORDED_AT_LEAST}
            is_recorded = bool(self._event_ids - self._ids_before)
            otherwise = _ToSay.RECORDED_AND_NEXT if is_recorded else _ToSay.WHAT_IS_NEXT
            self._go_on_from(account_id, to_say.get(done, otherwise))

    def _go_on_from(self, account_id: str, to_say: _ToSay) -> None:
        """Say when to come back to an account, and whether anything is left until then; stay with that account."""
        session = self._screen.session
        overview = session.overview()
        self._task_before = overview.next_task
        next_words, recorded = what_comes_next(overview, account_id, session.playbook), _("Recorded.")
        match to_say:
            case _ToSay.NOTHING:
                words = ""
            case _ToSay.WHAT_IS_NEXT:
                words = next_words
            case _ToSay.RECORDED_AND_NEXT:
                words = f"{recorded} {next_words}" if next_words else ""
            case _ToSay.RECORDED_AT_LEAST:
                covered = words_on_covered_accounts(overview, account_id)
                words = " ".join(filter(None, (recorded, covered, next_words)))
        if words:
            self._screen.say(words)
        task = overview.next_task_for(account_id)
        if task is not None:
            self._go_to(task.account_id, task.row_id)
