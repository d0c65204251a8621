"""The questions about an objection that was sent earlier: for which accounts, when, how, and what came back."""

from collections.abc import Callable
from functools import partial

from metaoptout_tui.app.accounts.earlier_objection import (
    ONE_FOR_EACH,
    SENT_WITH_FORM,
    EarlierObjection,
    accepted_dates,
    hint_at_month,
    question_one_for_each,
    question_which_reply,
    record_earlier_objection,
    ways_it_was_sent,
    what_came_back,
)
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.entry_checks import check_day_of_objection
from metaoptout_tui.core.objection.replies import reply_by_id
from metaoptout_tui.core.objection.sentences import what_comes_next
from metaoptout_tui.plain.accounts import add_account
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.welcome import ask_country, ask_since_when
from metaoptout_tui.plain.why_asked import COUNTED_FROM_THAT_DAY, DECIDES_WHAT_COMES_NEXT, HOW_IT_WAS_SENT


class _EarlierDialogue:
    """Asks for everything about the earlier objection, and records it for all its accounts as one change."""

    def __init__(self, context: PlainContext) -> None:
        self._context, self._dialogue, self._session = context, context.dialogue, context.session
        self._earlier = EarlierObjection(account_ids=(), sent_at=None)

    def ask(self) -> None:
        """Ask until it is recorded."""
        while True:
            self._dialogue.ask_in_turn(*self._questions)
            if self._context.change(self._record):
                account_id = self._earlier.account_ids[0]
                self._context.say(
                    _("Recorded."), what_comes_next(self._session.overview(), account_id, self._context.playbook)
                )
                return

    @property
    def _questions(self) -> tuple[Callable[[], None], ...]:
        return (
            self._ask_accounts,
            self._ask_day,
            self._ask_country,
            self._ask_move,
            self._ask_way,
            self._ask_reply,
            self._ask_reply_day,
        )

    def _check(self, earlier: EarlierObjection) -> None:
        """Raise InputRefused where a day does not fit those that were typed before."""
        if earlier.sent_at is not None:
            accepted_dates(earlier, earlier.sent_at, self._session.editor)

    def _record(self) -> None:
        record_earlier_objection(self._session, self._earlier)

    def _ask_accounts(self) -> None:
        statuses = [status for status in self._session.overview().statuses if status.can_object]
        options = [(status.account.id, self._context.name_of(status.account.id)) for status in statuses]
        chosen = self._dialogue.choose_several(_("For which accounts did you object?"), options)
        self._earlier = self._earlier._replace(account_ids=tuple(dict.fromkeys(chosen)), is_one_for_each=False)
        if (question := question_one_for_each(self._session, self._earlier)) is not None:
            answer = self._dialogue.ask(question, why=_(DECIDES_WHAT_COMES_NEXT))
            self._earlier = self._earlier._replace(is_one_for_each=answer == ONE_FOR_EACH)

    def _ask_day(self) -> None:
        help = (hint_at_month(),)
        sent_at, is_month_alone = self._dialogue.ask_day_or_month(
            _("When did you send it?"),
            self._session.now,
            help=help,
            why=_(COUNTED_FROM_THAT_DAY),
            takes_month=True,
            check=partial(check_day_of_objection, now=self._session.now),
        )
        self._earlier = self._earlier._replace(sent_at=sent_at, is_month_alone=is_month_alone)

    def _ask_country(self) -> None:
        """Ask where the person lived then, if it is known where they live now."""
        if present := self._session.record.person.country:
            lived_in = ask_country(self._context, self._earlier.lived_in or present, _("Where did you live then?"))
            self._earlier = self._earlier._replace(lived_in=lived_in)

    def _ask_move(self) -> None:
        """Ask since when they live where they live now, if that is elsewhere."""
        present, moved_at = self._session.record.person.country, None
        if present and self._earlier.lived_in not in ("", present):
            moved_at = ask_since_when(
                self._context,
                present,
                check=lambda at: self._check(self._earlier._replace(moved_at=at, replied_at=None)),
            )
        self._earlier = self._earlier._replace(moved_at=moved_at)

    def _ask_way(self) -> None:
        question = _("How did you send it?")
        way = self._dialogue.choose(question, ways_it_was_sent(), default=SENT_WITH_FORM, why=_(HOW_IT_WAS_SENT))
        self._earlier = self._earlier._replace(way=way)

    def _ask_reply(self) -> None:
        options = what_came_back(self._context.playbook)
        chosen = self._dialogue.choose(_("What came back?"), options, why=_(DECIDES_WHAT_COMES_NEXT))
        self._earlier = self._earlier._replace(reply=reply_by_id(chosen))
        question = question_which_reply(self._session, self._earlier)
        if question is not None:
            which = self._dialogue.ask(question, why=_(DECIDES_WHAT_COMES_NEXT))
            self._earlier = self._earlier._replace(reply=reply_by_id(which))

    def _ask_reply_day(self) -> None:
        replied_at, is_month_alone = None, False
        if self._earlier.reply is not None:
            help = (
                _("Left open it counts as on the day of sending."),
                hint_at_month(),
            )
            replied_at, is_month_alone = self._dialogue.ask_day_or_month(
                _("When did that come?"),
                self._session.now,
                is_optional=True,
                help=help,
                why=_(COUNTED_FROM_THAT_DAY),
                takes_month=True,
                check=lambda at: self._check(self._earlier._replace(replied_at=at)),
            )
        self._earlier = self._earlier._replace(replied_at=replied_at, is_reply_month_alone=is_month_alone)


def record_objection_of_long_ago(context: PlainContext) -> None:
    """Ask for an earlier objection, and record it; first for an account where there is none."""
    context.session.current_record.require_writable()
    if not context.session.record.accounts:
        context.say(_("First add the account for which you objected."))
        if not add_account(context):
            return
    _EarlierDialogue(context).ask()
