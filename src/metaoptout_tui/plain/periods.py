"""The legal periods of one account with how each was worked out, and the question when a letter arrived."""

from metaoptout_tui.core import dates
from metaoptout_tui.core.guidance.basis import SURENESS_WORDS, with_doubt
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.account_questions import NOT_BY_POST, arrival_question
from metaoptout_tui.core.objection.court_right import ended_right_sentence
from metaoptout_tui.core.objection.deadline_sentences import (
    deadline_end_text,
    deadline_name,
    deadline_state_text,
    period_end_sentence,
)
from metaoptout_tui.core.objection.deadlines import Deadline, calculation_lines, period_sureness
from metaoptout_tui.core.objection.entry_checks import check_letter_arrival
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.legal_periods import LegalPeriod
from metaoptout_tui.core.objection.named_day_sentences import (
    named_day_end_text,
    named_day_name,
    named_day_sentences,
    named_day_state_text,
)
from metaoptout_tui.core.objection.named_days import NamedDay, named_day_of
from metaoptout_tui.core.record.events import Event, events_in_force, went_by_post
from metaoptout_tui.core.record.vocabulary import ARRIVAL_UNKNOWN
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import statement_line
from metaoptout_tui.plain.why_asked import COUNTED_FROM_THAT_DAY


def tell_periods(context: PlainContext, account_id: str) -> None:
    """Tell each legal period of an account: until when it runs, and how that was worked out; and the day an authority named."""
    status = context.status(account_id)
    periods = context.session.view.legal_periods(account_id)
    if not context.session.record.person.country:
        context.say(_("Counted by the GDPR, because no country is set."))
    named = named_day_of(status.outcome)
    if not periods and named is None:
        context.say(_("No legal period runs here."))
        if status.outcome is None:
            context.say(_("A period begins when the objection is sent."))
        statements = context.playbook.statements_for(
            step="confirm", platform=status.account.platform, region=status.region.id
        )
        context.say(*(statement_line(each, context.playbook) for each in statements if each.id == "confirm.no-period"))
        return
    for deadline, period in zip(status.deadlines, periods, strict=True):
        _tell_period(context, deadline, period)
    if named is not None:
        _tell_named_day(context, named)
    posted = [deadline.started_by for deadline in status.deadlines if went_by_post(deadline.started_by)]
    for letter in {event.id: event for event in posted}.values():
        question = _("Do you know when this arrived: {event}?").format(event=describe_event(letter, context.playbook))
        if context.dialogue.ask_yes_or_no(question, default=False, why=_(COUNTED_FROM_THAT_DAY)):
            ask_when_letter_arrived(context, account_id, letter.id)


def _tell_period(context: PlainContext, deadline: Deadline, period: LegalPeriod) -> None:
    today, playbook = context.session.now().date(), context.playbook
    # Translators: {end} is such as “until 3 Dec”, {state} such as “12 days left”.
    words = _("{period}: {end}; {state}.")
    context.dialogue.say_part(
        words.format(
            period=deadline_name(period),
            end=deadline_end_text(period, today, deadline.ended_by),
            state=deadline_state_text(deadline, period, today),
        ),
        playbook.texts.sentence(f"period.{period.purpose}"),
    )
    if ended := ended_right_sentence(period, deadline.ended_by):
        context.say(ended)
        return
    context.say(_("Worked out like this:"))
    for line in calculation_lines(period, playbook):
        holiday = f" ({line.holiday})" if line.holiday else ""
        context.say(
            labelled(f"{dates.format_weekday_and_day(line.day)}{holiday}", with_doubt(line.sentence, line.basis))
        )
        context.say(line.citation)
    sureness = _(SURENESS_WORDS[period_sureness(period, playbook)])
    context.say(period_end_sentence(period, today, deadline.ended_by))
    context.say(_("As a whole this count is {sureness}: as sure as its least sure step.").format(sureness=sureness))


def _tell_named_day(context: PlainContext, named: NamedDay) -> None:
    today = context.session.now().date()
    words = _("{period}: {end}; {state}.")
    context.dialogue.say_part(
        words.format(
            period=named_day_name(named),
            end=named_day_end_text(named, today),
            state=named_day_state_text(named, today),
        ),
        *named_day_sentences(named),
    )


def ask_when_letter_arrived(context: PlainContext, account_id: str, letter_id: str) -> None:
    """Ask when a posted letter arrived, from which day its period counts, and record that."""
    session = context.session
    session.current_record.require_writable()
    letter: Event | None = next(
        (event for event in events_in_force(session.account(account_id).events) if event.id == letter_id), None
    )
    if letter is None or not went_by_post(letter):
        context.say(_(NOT_BY_POST))
        return
    at = None
    status = session.view.require_status(account_id)
    if context.dialogue.ask(arrival_question(letter, status, context.playbook)) != ARRIVAL_UNKNOWN:
        at, _is_month = context.dialogue.ask_day_or_month(
            _("On which day?"),
            session.now,
            why=_(COUNTED_FROM_THAT_DAY),
            check=lambda day: check_letter_arrival(session.account(account_id).events, letter_id, day),
        )
    if context.change(lambda: session.diary_service.record_letter_arrival(account_id, letter_id, at)):
        context.say(_("Written down."))
