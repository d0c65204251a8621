"""When a letter that does not fit now will fit: from which day, or in which case."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from metaoptout_tui.core import dates
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.event_sentences import day_of_event
from metaoptout_tui.core.objection.legal_periods import LegalPeriod, months_after
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.waiting_tasks import reminder_fits_from
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import (
    ASKED_FOR,
    AUTHORITY_RECEIVED,
    AUTHORITY_SAYS,
    CONFIRMED_STATES,
    EXAMPLES_REQUEST,
    GROUNDS_GIVEN,
    ID_REQUEST,
    NO_EXAMPLES_GROUNDS,
    PROMPTS_REQUEST,
    RESIDENCE_REQUEST,
    UNANSWERED_STATES,
    WRONG_FORM_GROUNDS,
    AccountState,
    PeriodKind,
)

LAST_WORD_ON_COMPLAINT = (
    EventKind.COMPLAINED_TO_AUTHORITY,
    EventKind.AUTHORITY_WROTE,
    EventKind.AUTHORITY_ANSWERED,
)
"""The kinds of entry after which an authority's silence begins anew."""
ANSWERS_BY_REQUEST: Mapping[str, tuple[str, ...]] = {
    ID_REQUEST: ("identity",),
    **dict.fromkeys((EXAMPLES_REQUEST, PROMPTS_REQUEST), ("no-examples", "examples")),
    RESIDENCE_REQUEST: ("residence",),
}
"""The letters that answer what Meta asks for; anything else is answered by `question`."""
WHY_TO_ASK_FOR_GROUNDS = mark("Meta refused. Ask for its grounds.")
WHY_TO_ANSWER_REFUSAL: Mapping[str, str] = {
    GROUNDS_GIVEN: mark("Meta refused, with grounds. Say why they do not override."),
    NO_EXAMPLES_GROUNDS: mark("Meta refused, as prompts or examples are missing. Say that you have nothing to send."),
    WRONG_FORM_GROUNDS: mark("Meta says that it was the wrong form. If it was the right one, say so."),
}
"""Why to answer a refusal, by the grounds that Meta gave; of any other, to ask for its grounds."""
MONTHS_OF_AUTHORITY_SILENCE = 3
"""After how many months without word from an authority to ask how a complaint stands."""


def conditions_of_letters(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> Mapping[str, str]:
    """For each letter the sentence that says when it fits, with the day where a period gives one.

    `periods` are the account's legal periods. Some of these letters fit already: what they say is read only of the others.
    """
    complaint = _when_to_complain(status, periods, now)
    to_questions = {
        "identity": _("If Meta asks who you are."),
        **dict.fromkeys(("no-examples", "examples"), _("If Meta asks for prompts or screenshots.")),
        "residence": _("If Meta asks where you live."),
        "question": _("If Meta asks you something else."),
    }
    return {
        "reminder": _when_to_remind(status, now),
        "complaint": complaint,
        "complaint-to-meta": complaint,
        "complaint-uk": _("After a complaint to Meta."),
        "complaint-ch": _("After a question that Meta did not answer."),
        **to_questions,
        **_answered_questions(status, now),
        "late-extension": _("If Meta says only after its month that it takes longer."),
        "unreasoned-extension": _("If Meta says that it takes longer, and not why."),
        "refusal-answer": _when_to_answer_refusal(status),
        "asked-applied": _("Once Meta has confirmed."),
        "objection": _("If the form is gone or does not take your objection."),
        "meta-gave-in": _("If Meta gives in after you complained to an authority."),
        "authority-answer": _("If the authority asks you something."),
        "authority-status": _when_to_ask_the_authority(status, now),
    }


def answers_to_question(question: Event, law: str) -> tuple[str, ...]:
    """The letters that answer a question of Meta; where a law knows no letter about who one is, that in one's own words."""
    request = question.text(ASKED_FOR.name)
    if request == ID_REQUEST and law == "fadp":
        return ("question",)
    return ANSWERS_BY_REQUEST.get(request, ("question",))


def _answered_questions(status: AccountStatus, now: datetime) -> dict[str, str]:
    """The letters that answer what Meta asked last, where the person answered that, with the day."""
    outcome = status.outcome
    last = outcome.last_event(EventKind.MORE_ASKED, EventKind.META_QUESTION_ANSWERED) if outcome is not None else None
    if outcome is None or last is None or last.kind != EventKind.META_QUESTION_ANSWERED:
        return {}
    question = outcome.last_event(EventKind.MORE_ASKED)
    if question is None:
        return {}
    words = _("You answered Meta's question on {day}.").format(day=day_of_event(last, now))
    return dict.fromkeys(answers_to_question(question, status.objection_law), words)


def _when_to_answer_refusal(status: AccountStatus) -> str:
    outcome = status.outcome
    refusal = outcome.last_event(EventKind.REFUSED) if outcome is not None else None
    if outcome is None or refusal is None or outcome.state is not AccountState.REFUSED:
        return _("If Meta refuses.")
    return _("You answered the refusal already.")


def _when_to_remind(status: AccountStatus, now: datetime) -> str:
    outcome = status.outcome
    if outcome is None:
        return _("After your objection, if Meta does not answer.")
    if outcome.state in UNANSWERED_STATES:
        return _from_day(reminder_fits_from(outcome).astimezone(now.tzinfo), now)
    if outcome.state is AccountState.REFUSED:
        return _("If Meta does not react to your answer to the refusal.")
    return _("Not needed: Meta has answered.") if outcome.state in CONFIRMED_STATES else _("If Meta does not answer.")


def _when_to_complain(status: AccountStatus, periods: tuple[LegalPeriod, ...], now: datetime) -> str:
    outcome = status.outcome
    if outcome is None:
        return _("After your objection, if Meta refuses or does not answer in time.")
    period = next((each for each in reversed(periods) if each.kind is PeriodKind.ANSWER), None)
    if outcome.state not in UNANSWERED_STATES or period is None:
        return _("If Meta refuses or does not answer in time.")
    if outcome.state is AccountState.OVERDUE and not period.is_end_certain:
        return _(
            "Meta's time is over by an assumed arrival alone: first write down when your letter arrived, or remind Meta."
        )
    if period.is_end_open:
        return _("Once Meta's time is over, if it has not answered.")
    return _from_day(datetime.combine(period.last_possible_day + timedelta(days=1), now.timetz()), now)


def _when_to_ask_the_authority(status: AccountStatus, now: datetime) -> str:
    outcome = status.outcome
    last = outcome.last_event(*LAST_WORD_ON_COMPLAINT) if outcome is not None else None
    if outcome is None or last is None:
        return _("Three months after a complaint, if the authority does not say how it stands.")
    if outcome.decision_of_authority is not None:
        return _("Not needed: the authority has decided.")
    says = last.text(AUTHORITY_SAYS.name)
    if says != AUTHORITY_RECEIVED and last.kind == EventKind.AUTHORITY_WROTE:
        return _("If the authority does not write again.")
    if says == AUTHORITY_RECEIVED:  # it goes on owing its first word since the complaint
        last = outcome.last_event(EventKind.COMPLAINED_TO_AUTHORITY) or last
    day = months_after(last.at.date(), MONTHS_OF_AUTHORITY_SILENCE) + timedelta(days=1)
    words = _("From {day}, if the authority has not said how it stands.")
    return words.format(day=dates.format_day(day, now.date()))


def _from_day(day: datetime, now: datetime) -> str:
    """From a day on, as long as Meta has not answered; once it has come, that alone."""
    if day <= now:
        return _("If Meta does not answer.")
    return _("From {day}, if Meta has not answered.").format(day=dates.format_day(day.date(), now.date()))
