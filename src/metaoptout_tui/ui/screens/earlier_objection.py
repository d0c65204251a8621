"""The form for an objection that was sent earlier: for which accounts, when, how, and what came back."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.earlier_objection import (
    NOTHING_CAME,
    SENT_WITH_FORM,
    EarlierObjection,
    record_earlier_objection,
    ways_it_was_sent,
    what_came_back,
)
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.replies import Reply, reply_by_id
from metaoptout_tui.core.record.account_names import account_name, group_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.vocabulary import SENT_BY_LETTER
from metaoptout_tui.ui.base.form import FormScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.lists import AnswerList, CheckboxList, ChoiceList

_DAY_PLACEHOLDER = mark("20 May 2025, or 2025-05-20")


class EarlierObjectionScreen(FormScreen[bool | None]):
    """Enter goes from field to field and records at the last. Nothing is dated beforehand.

    Of the accounts only that is ticked from which somebody came here.
    """

    SCREEN_ID = "earlier"
    shows_draft_notice = True
    DEFAULT_CSS = """
    EarlierObjectionScreen .field-name { color: $text-accent; }
    EarlierObjectionScreen CheckboxList { max-height: 7; }
    """

    def __init__(self, context: AppContext, account_id: str = "") -> None:
        super().__init__(context, make_draft_key("earlier"))
        self._account_id = account_id

    def compose_body(self) -> ComposeResult:
        """The fields from top to bottom."""
        with VerticalScroll(can_focus=False):
            yield Static(_("1  For which accounts did you object? Space ticks."), classes="field-name", markup=False)
            yield CheckboxList(self._account_rows(), self._ticked_ids, id="accounts")
            yield Static(
                _("2  When? If you only know the month, take its last day."), classes="field-name", markup=False
            )
            yield Input(id="day", placeholder=_(_DAY_PLACEHOLDER))
            yield Notice(id="day-read")
            yield Static(_("3  How did you send it?"), classes="field-name", markup=False)
            yield AnswerList(ways_it_was_sent(), id="way")
            yield Static(_("4  What came back?"), classes="field-name", markup=False)
            yield AnswerList(what_came_back(self.session.playbook), id="reply")
            yield Static(_("5  When did that come? Empty: on the same day."), classes="field-name", markup=False)
            yield Input(id="reply-day", placeholder=_(_DAY_PLACEHOLDER))
            yield Notice(id="reply-day-read")

    def _account_rows(self) -> list[tuple[str, str]]:
        """The accounts that take an objection, each with its linked group."""
        rows = []
        for status in self.session.overview().statuses:
            if status.can_object:
                account = status.account
                name = account_name(account, self.session.playbook)
                if account.linked_group:
                    name = _("{account}, linked in “{group}”").format(
                        account=name, group=group_name(account.linked_group)
                    )
                rows.append((account.id, name))
        return rows

    def on_mount(self) -> None:
        """Begin with the accounts."""
        key = self.readable_key_of("earlier.save")
        self.set_headline(
            _("An objection that you sent earlier"),
            left=_("Enter goes on, {key} records. Linked accounts share one objection.").format(key=key),
        )
        self.fill_fields()

    def fill_fields(self) -> None:
        """The texts of the draft."""
        super().fill_fields()
        with self.prevent(Input.Changed):
            for field in self.query(Input):
                field.value = self.draft.get(str(field.id), "")
        for choices in (self.query_one("#way", ChoiceList), self.query_one("#reply", ChoiceList)):
            choices.action_first()
            choices.go_to(self.draft.get(str(choices.id), ""))
        accounts = self.query_one(CheckboxList)
        accounts.show_checkboxes(self._account_rows(), self._ticked_ids)
        accounts.focus()

    @property
    def _ticked_ids(self) -> list[str]:
        """The accounts that are ticked at the beginning."""
        return self.draft.get("accounts", self._account_id).split()

    def typed_values(self) -> dict[str, str]:
        """All that was ticked, typed or chosen."""
        typed = {str(field.id): field.value for field in self.query(Input)}
        ticked = " ".join(self.query_one(CheckboxList).checked_ids)
        typed["accounts"] = ticked if ticked != self._account_id else ""
        for id, offered in (("way", SENT_WITH_FORM), ("reply", NOTHING_CAME)):
            chosen = self.query_one(f"#{id}", ChoiceList).highlighted_id
            typed[id] = chosen if chosen != offered else ""
        return typed

    @on(CheckboxList.Changed)
    def _ticks_changed(self) -> None:
        self.show_form_error("")
        self.save_draft()

    @on(Input.Changed)
    def _show_understood_day(self, event: Input.Changed) -> None:
        """Show how a day is understood, for one without a year may be last year's."""
        now = self.session.now()
        try:
            at = dates.parse_moment(event.value, "", now) if event.value.strip() else None
        except ValueError:
            at = None
        self.show_form_error("")
        self.query_one(f"#{event.input.id}-read", Notice).show(
            _("That is {day}.").format(day=dates.format_full_day(at.date())) if at else ""
        )

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def action_next(self) -> None:
        """Go to the next field; from the last one, or where nothing came back, record."""
        focused = self.focused.id if self.focused is not None else ""
        order = ("accounts", "day", "way", "reply", "reply-day")
        is_last = focused == "reply-day" or (focused == "reply" and self._reply is None)
        if is_last or focused not in order:
            self.action_save()
        else:
            self.query_one(f"#{order[order.index(focused) + 1]}").focus()

    @property
    def _reply(self) -> Reply | None:
        return reply_by_id(self.query_one("#reply", ChoiceList).highlighted_id)

    def action_save(self) -> None:
        """Record it, or show what is wrong."""
        if self.make_change(lambda: record_earlier_objection(self.session.view, self._entered())):
            self.finish(True)

    def _entered(self) -> EarlierObjection:
        way = self.query_one("#way", ChoiceList).highlighted_id
        sent_at = self._entered_day("day")
        if sent_at is None:
            self.query_one("#day", Input).focus()
        return EarlierObjection(
            self.query_one(CheckboxList).checked_ids,
            sent_at,
            way if way == SENT_BY_LETTER else "",
            self._reply,
            self._entered_day("reply-day") if self._reply is not None else None,
        )

    def _entered_day(self, id: str) -> datetime | None:
        typed = self.query_one(f"#{id}", Input).value
        if not typed.strip():
            return None
        try:
            at = dates.parse_moment(typed, "", self.session.now())
            self.session.history.refuse_future(at)
        except (ValueError, InputRefused) as error:
            self.query_one(f"#{id}", Input).focus()
            raise InputRefused(str(error)) from error
        return at
