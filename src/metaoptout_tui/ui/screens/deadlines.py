"""The legal deadlines of one account with their calculation, and the question when a letter arrived."""

from functools import partial
from typing import Any

from rich.cells import cell_len
from textual.content import Content

from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.account_questions import NOT_BY_POST, arrival_question, arrival_sentence
from metaoptout_tui.core.objection.deadline_sentences import deadline_end_text, deadline_name, deadline_state_text
from metaoptout_tui.core.objection.deadlines import Deadline
from metaoptout_tui.core.objection.deadlines_of_diary import has_unfinished_form
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.named_day_sentences import named_day_end_text, named_day_name, named_day_state_text
from metaoptout_tui.core.objection.named_days import NamedDay, named_day_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.events import Event, events_in_force, went_by_post
from metaoptout_tui.core.record.vocabulary import ARRIVAL_UNKNOWN
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.dialogs import DateScreen
from metaoptout_tui.ui.text.period_guide import PeriodGuide, period_sources


def ask_letter_arrival(screen: BaseScreen[Any], account_id: str, letter: Event) -> None:
    """Ask when a letter arrived and record that; show a message if it was not sent by post."""
    session = screen.session
    if not went_by_post(letter):
        screen.say(_(NOT_BY_POST))
        return
    question = arrival_question(letter, session.view.require_status(account_id), session.playbook)
    record_arrival = partial(session.diary_service.record_letter_arrival, account_id, letter.id)

    def ask_day(answer: str) -> None:
        if answer == ARRIVAL_UNKNOWN:
            screen.make_change(partial(record_arrival, None))
            return
        sentence, draft_key = (
            arrival_sentence(letter, session.playbook),
            make_draft_key("arrived", account_id, letter.id),
        )
        screen.open_made_screen(
            DateScreen(
                screen.context, question.title, help_text=sentence, save_date=record_arrival, draft_key=draft_key
            )
        )

    ask_choice(screen, question, ask_day)


_COLUMN_GAP = 2


class DeadlinesScreen(AccountGuideScreen[None]):
    """The deadlines and the day that an authority named above; the calculation of the highlighted one below."""

    SCREEN_ID = "periods"
    LIST_ID = "periods"
    STEP = StepId.REPLY
    _deadlines_with_periods: tuple[tuple[Deadline, LegalPeriod], ...] = ()
    _named_day: NamedDay | None = None

    def show_account(self, status: AccountStatus) -> None:
        """The present deadlines, and the day that an authority named."""
        self._named_day = named_day_of(status.outcome)
        self._deadlines_with_periods = tuple(
            zip(status.deadlines, self.session.view.legal_periods(self._account_id), strict=True)
        )
        name = account_name(status.account, self.session.playbook)
        left = (
            _("Page keys scroll the working below.")
            if self._deadlines_with_periods or self._named_day is not None
            else _("No legal period runs here.")
        )
        self.set_headline(_("{account}: legal periods").format(account=name), left=left)
        rows = self._deadline_rows()
        self.choice_list.display = bool(rows)
        self.choice_list.show_rows(rows)
        if not rows:
            self.show_text(self._why_no_period(status))
        else:
            self.show_detail()

    def _why_no_period(self, status: AccountStatus) -> Content:
        """Why no period runs, or what to know where the law sets none."""
        if status.outcome is None:
            return self._period_guide(status).not_sent_note()
        if has_unfinished_form(events_in_force(status.account.events, self.session.now())):
            return self._period_guide(status).unfinished_form_note()
        return self._period_guide(status).no_period_note()

    def _period_guide(self, status: AccountStatus) -> PeriodGuide:
        keys = {"you": self.readable_key_of("periods.you")}
        return PeriodGuide(self.context, status, self.reader.text_width, keys=keys)

    def _deadline_rows(self) -> list[tuple[str, Content]]:
        today = self.session.now().date()
        rows = [
            (
                deadline.id,
                deadline_name(period),
                deadline_end_text(period, today, deadline.ended_by),
                deadline_state_text(deadline, period, today),
            )
            for deadline, period in self._deadlines_with_periods
        ]
        if (named := self._named_day) is not None:
            end, state = named_day_end_text(named, today), named_day_state_text(named, today)
            rows.append((named.id, named_day_name(named), end, state))
        column = max((cell_len(name) for _id, name, _end, _state in rows), default=0) + _COLUMN_GAP
        return [
            (id, Content.assemble((name, "bold"), " " * (column - cell_len(name)), end, (f"  {state}", "$muted")))
            for id, name, end, state in rows
        ]

    def show_detail(self) -> None:
        """The calculation of the highlighted deadline."""
        status, highlighted = self.account_status, self._highlighted_deadline
        if status is not None and highlighted is not None:
            self.show_text(self._period_guide(status).calculation(*highlighted))
        elif status is not None and self._named_day is not None:
            self.show_text(self._period_guide(status).named_day(self._named_day))
        self.refresh_bindings()

    def has_effect(self, command: Command) -> bool:
        """Only what went by post can have arrived."""
        highlighted = self._highlighted_deadline
        is_posted = highlighted is not None and went_by_post(highlighted[0].started_by)
        return super().has_effect(command) and (is_posted or command.action_name != "arrived")

    @property
    def _highlighted_deadline(self) -> tuple[Deadline, LegalPeriod] | None:
        id = self.choice_list.highlighted_id
        return next((row for row in self._deadlines_with_periods if row[0].id == id), None)

    def action_sources(self) -> None:
        """Show who says how the highlighted period is counted."""
        if highlighted := self._highlighted_deadline:
            self.open_screen("sources", partial(period_sources, self.context, highlighted[1]))
        else:
            super().action_sources()

    def action_arrived(self) -> None:
        """Ask when the letter of the highlighted deadline arrived."""
        if highlighted := self._highlighted_deadline:
            ask_letter_arrival(self, self._account_id, highlighted[0].started_by)
