"""An objection that was sent earlier: for which accounts, when, how, and what came back."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.accounts.earlier_objection import (
    NOTHING_CAME,
    ONE_FOR_EACH,
    SENT_WITH_FORM,
    EarlierObjection,
    EventAddress,
    accepted_dates,
    hint_at_month,
    question_for_day,
    question_one_for_each,
    question_which_reply,
    record_earlier_objection,
    ways_it_was_sent,
    what_came_back,
)
from metaoptout_tui.app.record.attachments import ImportedMail
from metaoptout_tui.app.session import Session
from metaoptout_tui.core import dates
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.countries import find_countries, since_when_question
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.mail import reply_id_of_mail
from metaoptout_tui.core.objection.replies import Reply, reply_by_id, reply_to_earlier_objection
from metaoptout_tui.core.record.account_names import account_name, group_name
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import ask_choice
from metaoptout_tui.ui.screens.attached_mail import AttachedMail, ask_for_mail
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.checkbox_lists import CheckboxList
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.text_field import TextField

_DAY_PLACEHOLDER = mark("20 May 2025, or 2025-05-20")
_TAKES_MONTH_AS_LAST_DAY = ("day", "reply-day")
_DAY_FIELDS = (*_TAKES_MONTH_AS_LAST_DAY, "moved")


class _UnderstoodText(Notice):
    """How what was typed into a field is understood, in view while that field has the focus."""

    def on_resize(self) -> None:
        """Come into view once the layout is done."""
        if self.screen.focused is not None and self.id == f"{self.screen.focused.id}-read":
            self.scroll_visible(animate=False, immediate=True)


def _ask_what_is_open(
    screen: InputScreen[Any], earlier: EarlierObjection, then: Callable[[EarlierObjection], object]
) -> None:
    """Ask what only these answers raise: one for all linked accounts or one for each, and which kind of reply came."""

    def ask_which_reply(earlier: EarlierObjection) -> None:
        if (question := question_which_reply(screen.session, earlier)) is None:
            then(earlier)
        else:
            ask_choice(screen, question, lambda answer: then(earlier._replace(reply=reply_by_id(answer))))

    if (question := question_one_for_each(screen.session, earlier)) is None:
        ask_which_reply(earlier)
    else:
        ask_choice(
            screen,
            question,
            lambda answer: ask_which_reply(earlier._replace(is_one_for_each=answer == ONE_FOR_EACH)),
        )


class EarlierObjectionScreen(InputScreen[bool | None]):
    """Enter goes from field to field and records at the last. The account from which somebody came, or the only one, is ticked."""

    SCREEN_ID = "earlier"
    shows_draft_notice = True
    DEFAULT_CSS = """
    EarlierObjectionScreen .field-name { color: $text-accent; }
    EarlierObjectionScreen CheckboxList { max-height: 7; }
    """

    def __init__(self, context: AppContext, account_id: str = "") -> None:
        super().__init__(context, make_draft_key("earlier"))
        self._account_id = account_id
        self._attached_mail = AttachedMail(self.session.now)

    def compose_body(self) -> ComposeResult:
        """The fields from top to bottom."""
        with VerticalScroll(can_focus=False):
            yield self._attached_mail
            yield Static(_("1  For which accounts did you object? Space ticks."), classes="field-name", markup=False)
            yield CheckboxList(_account_rows(self.session), self._ticked_ids, id="accounts")
            yield Static(question_for_day(), classes="field-name", markup=False)
            yield TextField(id="day", placeholder=_(_DAY_PLACEHOLDER))
            yield _UnderstoodText(id="day-read")
            if present := self.session.record.person.country:
                label = _("Where did you live then? Empty: {country}, as now.").format(country=self._name_of(present))
                yield Static(label, classes="field-name", markup=False)
                yield TextField(id="country", placeholder=_("country"))
                yield _UnderstoodText(id="country-read")
                question = since_when_question(self.context.countries(), present)
                yield Static(question, id="moved-name", classes="field-name", markup=False)
                yield TextField(id="moved", placeholder=_("Aug 2025, or 2025-08-20"))
                yield _UnderstoodText(id="moved-read")
            yield Static(_("3  How did you send it?"), classes="field-name", markup=False)
            yield AnswerList(ways_it_was_sent(), id="way")
            yield Static(_("4  What came back?"), classes="field-name", markup=False)
            yield AnswerList(what_came_back(self.session.playbook), id="reply")
            yield Static(
                _("5  When did that come? A month is enough. Empty: on the same day."),
                classes="field-name",
                markup=False,
            )
            yield TextField(id="reply-day", placeholder=_(_DAY_PLACEHOLDER))
            yield _UnderstoodText(id="reply-day-read")

    def on_mount(self) -> None:
        """Begin with the accounts."""
        help = _("Space chooses, Enter goes on, {key} records.").format(key=self.readable_key_of("earlier.save"))
        self.set_headline(_("An objection that you sent earlier"), left=help)
        self.fill_fields()

    def fill_fields(self) -> None:
        """The texts of the draft."""
        super().fill_fields()
        with self.prevent(Input.Changed):
            for field in self.query(Input):
                field.value = self.draft.get(str(field.id), "")
        self._show_country()
        for id, offered in (("way", SENT_WITH_FORM), ("reply", "")):
            self.query_one(f"#{id}", AnswerList).set_answer(self.draft.get(id, offered))
        self._attached_mail.attach(Path(self.draft["mail"]) if self.draft.get("mail") else None)
        self._attached_mail.read_again()
        accounts = self.query_one(CheckboxList)
        accounts.show_checkboxes(_account_rows(self.session), self._ticked_ids)
        accounts.focus()

    @property
    def _ticked_ids(self) -> list[str]:
        """The accounts that are ticked at the beginning."""
        return self.draft.get("accounts", self._offered_account).split()

    @property
    def _offered_account(self) -> str:
        ids = [id for id, _name in _account_rows(self.session)]
        return ids[0] if len(ids) == 1 else self._account_id

    def typed_values(self) -> dict[str, str]:
        """All that was ticked, typed or chosen."""
        typed = {str(field.id): field.value for field in self.query(Input)}
        ticked = " ".join(self.query_one(CheckboxList).checked_ids)
        typed["accounts"] = ticked if ticked != self._offered_account else ""
        for id, offered in (("way", SENT_WITH_FORM), ("reply", "")):
            chosen = self.query_one(f"#{id}", AnswerList).answer_id
            typed[id] = chosen if chosen != offered else ""
        typed["mail"] = str(self._attached_mail.path or "")
        return typed

    def _name_of(self, country: str) -> str:
        return self.context.countries().get(country, (country,))[0]

    @property
    def _lived_in(self) -> str:
        """The country that was typed, the likeliest; empty for none."""
        typed = self._typed("country")
        return next(iter(find_countries(typed, self.context.countries())), "") if typed else ""

    def _typed(self, id: str) -> str:
        """What stands in a field; empty where there is no such field."""
        return "".join(field.value.strip() for field in self.query(Input) if field.id == id)

    @property
    def _has_moved(self) -> bool:
        return self._lived_in not in ("", self.session.record.person.country)

    def _show_country(self) -> None:
        """Show how the country is understood, and ask for the move where it is another than now."""
        if self.session.record.person.country:
            self.query_one("#country-read", Notice).show(self._name_of(self._lived_in) if self._lived_in else "")
            for id in ("moved-name", "moved"):
                self.query_one(f"#{id}").display = self._has_moved

    @on(CheckboxList.Changed)
    def _ticks_changed(self) -> None:
        self.show_input_error("")
        self.save_draft()

    @on(Input.Changed)
    def _show_understood_day(self, event: Input.Changed) -> None:
        """Show how a day is understood, for one without a year may be last year's; and a country."""
        if event.input.id == "country":
            self.show_input_error("")
            self._show_country()
            return
        at = None
        with suppress(ValueError):
            at = self._moment_of(str(event.input.id)) if event.value.strip() else None
        self.show_input_error("")
        words = _("That is {day}.").format(day=dates.format_full_day(at.date())) if at else ""
        if at is not None and event.input.id in _TAKES_MONTH_AS_LAST_DAY and self._is_month_alone(event.input.id):
            words = _("Some day in {month} {year}.").format(month=dates.full_month_name(at), year=f"{at:%Y}")
        self.query_one(f"#{event.input.id}-read", Notice).show(words)

    @on(Input.Blurred)
    def _show_what_is_no_day(self, event: Input.Blurred) -> None:
        """Say at the field, once it is left, why what stands there is no day."""
        if why := _why_day_is_wrong(str(event.input.id), event.value.strip(), self.session.now()):
            self.query_one(f"#{event.input.id}-read", Notice).show(why)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def action_next(self) -> None:
        """Go to the next field, but not from a question without an answer; from the last one, or where nothing came back, record."""
        focused = str(self.focused.id) if self.focused is not None else ""
        if focused in _DAY_FIELDS and not self.make_change(lambda: self._entered_day(focused)):
            return
        if focused in ("way", "reply") and not self.query_one(f"#{focused}", AnswerList).answer_id:
            self.say(_("Choose an answer first, with ↑ and ↓."))
            return
        moved = ("country", *(["moved"] if self._has_moved else []))
        order = ("accounts", "day", *(moved if self.session.record.person.country else ()), "way", "reply", "reply-day")
        is_last = focused == "reply-day" or (focused == "reply" and self._answer == NOTHING_CAME)
        if is_last or focused not in order:
            self.action_save()
        else:
            self.query_one(f"#{order[order.index(focused) + 1]}").focus()

    @property
    def _answer(self) -> str:
        """The answer to what came back, empty for none yet."""
        return self.query_one("#reply", AnswerList).answer_id

    @property
    def _reply(self) -> Reply | None:
        return reply_by_id(self._answer)

    def action_save(self) -> None:
        """Record it, ask first what only this answer raises, or show what is wrong."""
        entered: list[EarlierObjection] = []
        if self.make_change(lambda: entered.append(self._entered())):
            _ask_what_is_open(self, entered[0], self._record)

    def _record(self, earlier: EarlierObjection) -> None:
        answered: list[EventAddress] = []
        if self.make_change(lambda: answered.append(record_earlier_objection(self.session, earlier))):
            self._attached_mail.keep(self, *answered[0])
            self.finish(True)

    def action_mail(self) -> None:
        """Ask for the mail that came back, and fill the fields from it."""
        ask_for_mail(self, self._offered_account, self._fill_from_mail)

    def _fill_from_mail(self, imported: ImportedMail) -> None:
        """Fill in what a mail tells: what came back and when, and that day as the day of sending where none is typed."""
        self._attached_mail.attach(*imported)
        if (reply := reply_to_earlier_objection(reply_id_of_mail(imported.mail))) is not None:
            self.query_one("#reply", AnswerList).set_answer(reply.id)
        sent_at = imported.mail.moment_by(self.session.now())
        if sent_at is not None:
            day = dates.format_typed_day(sent_at.astimezone(self.session.now().tzinfo).date())
            self.query_one("#reply-day", Input).value = day
            self.query_one("#day", Input).value = self._typed("day") or day
        self.query_one("#day", Input).focus()
        self.save_draft()

    def _entered(self) -> EarlierObjection:
        way, accounts = self.query_one("#way", AnswerList).answer_id, self.query_one(CheckboxList)
        if not accounts.checked_ids:
            accounts.focus()
            raise InputRefused(_("Tick for which accounts you objected."))
        sent_at = self._entered_day("day")
        moved_at = self._entered_day("moved") if self._has_moved else None
        if sent_at is None:
            self.query_one("#day", Input).focus()
        elif self._has_moved and moved_at is None:
            self.query_one("#moved", Input).focus()
        earlier = EarlierObjection(
            accounts.checked_ids,
            sent_at,
            way or SENT_WITH_FORM,
            self._reply,
            self._entered_day("reply-day") if self._reply is not None else None,
            self._entered_country(),
            self._is_month_alone("day"),
            self._is_month_alone("reply-day"),
            moved_at,
        )
        if sent_at is None:
            raise InputRefused(_("Write when you sent it."))
        accepted_dates(earlier, sent_at, self.session.editor)
        if not self._answer:
            self.query_one("#reply", AnswerList).focus()
            raise InputRefused(_("Choose what came back."))
        return earlier

    def _is_month_alone(self, id: str) -> bool:
        return dates.first_day_of_month(self._typed(id), self.session.now().date()) is not None

    def _entered_country(self) -> str:
        typed = self._typed("country")
        if typed and not self._lived_in:
            self.query_one("#country", Input).focus()
            raise InputRefused(_("No country is called “{typed}”. Try another name of it.").format(typed=typed))
        return self._lived_in

    def _moment_of(self, id: str) -> datetime:
        return _moment_of_field(id, self._typed(id), self.session.now())

    def _entered_day(self, id: str) -> datetime | None:
        typed = self.query_one(f"#{id}", Input).value
        if not typed.strip():
            return None
        try:
            at = self._moment_of(id)
            self.session.editor.refuse_future(at)
        except (ValueError, InputRefused) as error:
            self.query_one(f"#{id}", Input).focus()
            raise InputRefused(_why_no_day(error, id) if isinstance(error, ValueError) else str(error)) from error
        return at


def _account_rows(session: Session) -> list[tuple[str, str]]:
    """The accounts that take an objection, each with its linked group."""
    rows = []
    for status in session.overview().statuses:
        if status.can_object:
            account = status.account
            name = account_name(account, session.playbook)
            if account.linked_group:
                group = group_name(account.linked_group)
                name = _("{account}, linked in “{group}”").format(account=name, group=group)
            rows.append((account.id, name))
    return rows


def _moment_of_field(id: str, typed: str, now: datetime) -> datetime:
    """The typed moment; a month is enough, for the move as its first day, for the objection and what came back as its last.

    Raises ValueError for anything else.
    """
    is_last = id in _TAKES_MONTH_AS_LAST_DAY
    read_month = dates.last_day_of_month if is_last else dates.first_day_of_month
    month = read_month(typed, now.date())
    return dates.parse_moment(month.isoformat() if month else typed, "", now)


def _why_no_day(error: Exception, id: str) -> str:
    """Why what stands in a field is no day; where a month is enough, that too."""
    hint = hint_at_month() if id in _TAKES_MONTH_AS_LAST_DAY else ""
    return f"{error} {hint}".rstrip()


def _why_day_is_wrong(id: str, typed: str, now: datetime) -> str:
    """Why what was typed into a field is no day; empty for a day, and for a field without one."""
    try:
        if id in _DAY_FIELDS and typed:
            _moment_of_field(id, typed, now)
    except ValueError as error:
        return _why_no_day(error, id)
    return ""
