"""What an account can do besides its steps, in words below the step it belongs to: its tasks first, then what else fits.

So that letters, legal periods, authority, proof and case file are found where they are needed.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.objection.lifecycle import ObjectionOutcome
from metaoptout_tui.core.objection.named_days import named_day_of
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import ANSWER_BY_LETTER, TASK_KINDS, OfferKind, Task, offer_row_id
from metaoptout_tui.core.record.account_names import is_own_data_from_elsewhere
from metaoptout_tui.core.record.accounts import is_proof_kept
from metaoptout_tui.core.record.event_kinds import REPLY_KINDS, EventKind
from metaoptout_tui.core.record.events import Event, went_by_post
from metaoptout_tui.core.record.vocabulary import FORM, AccountState, LogIn

_WORDS = {
    OfferKind.LETTERS: mark("Write to Meta, or about it"),
    OfferKind.RECHECK: mark("I checked it"),
    OfferKind.AUTHORITY: mark("Your authority, and how to complain"),
    OfferKind.AUTHORITY_LETTER: mark("Say what the authority wrote"),
    OfferKind.WHAT_REMAINS: mark("What you can do after its decision"),
    OfferKind.AFTER_DECISION: mark("Say what its letter names, or what you did"),
    OfferKind.PERIODS: mark("How long Meta has to answer"),
    OfferKind.ANSWERED: mark("I have answered it"),
    OfferKind.PROOF: mark("Keep proof: a mail or a picture"),
    OfferKind.NO_LOG_IN: mark("What you can do without a log-in"),
    OfferKind.EARLIER: mark("Already sent? Write it down"),
    OfferKind.OWN_OBJECTION: mark("Object for this account too"),
    OfferKind.CHILD: mark("Also for a child?"),
    OfferKind.CORRECTION: mark("That was not right: correct it"),
    OfferKind.WHICH_FORM: mark("Say which form you used"),
    OfferKind.FILE_AGAIN: mark("It was the wrong form: file again in the right one"),
    OfferKind.CASE_FILE: mark("The case file, to print or hand over"),
}
CHILD_PURPOSE = mark(
    "Write the first name of the child. The child is followed for itself, with a form and letters of its own."
)
"""Said above the questions that the offer of that kind leads to."""
_STATES_TO_COMPLAIN_IN = frozenset({AccountState.OVERDUE, AccountState.REFUSED, AccountState.COMPLAINED_TO_AUTHORITY})


def words_of_offer(kind: OfferKind) -> str:
    """What a row that offers this is called, where that does not depend on the account."""
    return _(_WORDS[kind])


_STATES_BEFORE_SENDING = frozenset({AccountState.NOT_STARTED, AccountState.READY})


class Offer(NamedTuple):
    """One thing to do at a step; `source_id` is the entry that it is about, empty for the whole account."""

    kind: OfferKind
    step_id: str
    words: str
    source_id: str = ""

    @property
    def row_id(self) -> str:
        """The id of its row in the list of steps."""
        return offer_row_id(self.step_id, self.kind)


def step_of_row(row_id: str) -> str:
    """The step of a row in the list of steps, which is the step itself or an offer below it."""
    return row_id.partition("/")[0]


def offers_of(status: AccountStatus, tasks: Iterable[Task]) -> tuple[Offer, ...]:
    """The offers of an account, each once: those by which one of its `tasks` is done, then what fits how it stands."""
    offers: dict[str, Offer] = {}
    step_ids = {step.id for step in status.steps}
    of_child = tuple(_offer_for_child(status))
    first = of_child if status.outcome is None else ()
    for offer in (*_offers_of_tasks(status, tasks), *first, *_fitting_offers(status), *of_child):
        if offer.step_id in step_ids:
            offers.setdefault(offer.row_id, offer)
    return tuple(offers.values())


def words_on_own_objection(status: AccountStatus) -> str:
    """How an account that is perhaps covered gets an objection of its own; empty for any other account."""
    offers = (offer for offer in offers_of(status, ()) if offer.kind is OfferKind.OWN_OBJECTION)
    return next((_("To be sure, object for it too: “{offer}”.").format(offer=offer.words) for offer in offers), "")


def words_on_covered_accounts(overview: Overview, account_id: str) -> str:
    """That accounts are perhaps covered by an account's objection, and what makes it sure; empty where there is none."""
    count = len(overview.with_unconfirmed_cover_of(account_id))
    if not count:
        return ""
    return ngettext(
        "{count} more account is perhaps covered; to be sure, object for it too.",
        "{count} more accounts are perhaps covered; to be sure, object for them too.",
        count,
    ).format(count=format_number(count))


def proof_words(event: Event, status: AccountStatus) -> str:
    """Where the mail that was just recorded can be kept as proof; empty for what is no mail, and where a file is kept."""
    outcome = status.outcome
    if outcome is None or event.kind not in _MAIL_KINDS or _event_without_proof(status, outcome) != event.id:
        return ""
    is_by_post = went_by_post(outcome.newest_objection)
    words = _("Keep what came too: “{offer}”.") if is_by_post else _("Keep the mail too: “{offer}”.")
    return words.format(offer=_(_WORDS[OfferKind.PROOF]))


_MAIL_KINDS = REPLY_KINDS - {
    *(EventKind.CONFIRMED_ON_SCREEN, EventKind.CONFIRMED_IN_APP, EventKind.ANSWER_MISSING, EventKind.UNDELIVERABLE),
    EventKind.MAIL_LOST,
}


def _offers_of_tasks(status: AccountStatus, tasks: Iterable[Task]) -> Iterator[Offer]:
    """The offers by which a task is done; before a complaint the proof to enclose with it, as long as none is kept."""
    for task in tasks:
        rules = TASK_KINDS[task.kind]
        if task.is_offered and rules.offer is not None:
            if rules.needs_proof and status.outcome is not None and not is_proof_kept(status.account):
                yield _offer(OfferKind.PROOF, _event_without_proof(status, status.outcome))
            yield Offer(rules.offer, task.step_id, _(rules.offer_words), task.source_id)
            if rules.offer is OfferKind.LETTERS:
                yield from _offers_to_answer_meta(status)


def _offer_for_child(status: AccountStatus) -> Iterator[Offer]:
    """That a child can be followed too: at the person's own data from elsewhere, also once their objection was sent."""
    if is_own_data_from_elsewhere(status.account) and status.can_object:
        yield Offer(OfferKind.CHILD, StepId.OPEN, _(_WORDS[OfferKind.CHILD]))


def _fitting_offers(status: AccountStatus) -> Iterator[Offer]:
    """What fits an account, in the order in which it may be needed."""
    outcome = status.outcome
    if outcome is None or status.is_cover_unconfirmed or status.why_no_log_in is not None:
        yield from _offers_before_sending(status)
    if outcome is None:
        return
    yield from _offers_on_form(outcome)
    yield from _offers_to_answer_meta(status)
    is_to_complain = outcome.state in _STATES_TO_COMPLAIN_IN or bool(status.missed_deadlines)
    yield from _offers_on_authority(outcome)
    if outcome.last_reply is not None or is_to_complain:
        yield _offer(OfferKind.LETTERS)
    if is_to_complain:
        yield _offer(OfferKind.AUTHORITY)
    if status.deadlines or named_day_of(outcome) is not None:
        yield _offer(OfferKind.PERIODS)
    proven_id = _event_without_proof(status, outcome)
    if proven_id:
        yield _offer(OfferKind.PROOF, proven_id)
    if (reply := _newest_written_reply(outcome)) is not None:
        yield _offer(OfferKind.CORRECTION, reply.id)
    if is_to_complain or outcome.last_reply is not None:
        yield _offer(OfferKind.CASE_FILE)


_CORRECTED_BESIDES = (
    EventKind.ACKNOWLEDGED,
    EventKind.AUTHORITY_WROTE,
    EventKind.AUTHORITY_TOLD,
    EventKind.AFTER_DECISION,
)


def _newest_written_reply(outcome: ObjectionOutcome) -> Event | None:
    """The entry on what came back, from Meta or an authority, that was written last: that is the one noticed to be wrong."""
    replies = (outcome.last_reply, *(outcome.last_event(kind) for kind in _CORRECTED_BESIDES))
    return max((event for event in replies if event is not None), key=lambda event: event.id, default=None)


def _offers_on_authority(outcome: ObjectionOutcome) -> Iterator[Offer]:
    """The question what the authority wrote, where nobody told it; what can be done after its decision."""
    if outcome.asked_about is not None and outcome.asked_about.kind == EventKind.AUTHORITY_WROTE:
        yield _offer(OfferKind.AUTHORITY_LETTER, outcome.asked_about.id)
    if outcome.decision_of_authority is not None:
        yield _offer(OfferKind.WHAT_REMAINS)
        yield _offer(OfferKind.AFTER_DECISION)


def _offers_on_form(outcome: ObjectionOutcome) -> Iterator[Offer]:
    """Where Meta says that the form was the wrong one, or asks what only other forms are known to ask for.

    First which form it was, where that is not written down; then what to do in either case, since nobody but the person
    knows which it is.
    """
    if outcome.is_form_in_doubt:
        if not outcome.newest_objection.text(FORM.name):
            yield _offer(OfferKind.WHICH_FORM, outcome.newest_objection.id)
        yield Offer(OfferKind.LETTERS, StepId.REPLY, _("It was the right form: answer Meta"))
        yield _offer(OfferKind.FILE_AGAIN)


def _offers_to_answer_meta(status: AccountStatus) -> Iterator[Offer]:
    """The letter that answers Meta's question, while one waits, and below it to record that it is answered."""
    question = status.outcome.open_question if status.outcome is not None else None
    if question is not None:
        yield Offer(OfferKind.LETTERS, StepId.REPLY, _(ANSWER_BY_LETTER))
        yield _offer(OfferKind.ANSWERED, question.id)


def _offers_before_sending(status: AccountStatus) -> Iterator[Offer]:
    """The ways to an objection of its own, for an account for which none was sent, or only that of a linked account.

    How to get back into an account stays after a letter, too: Meta may never answer that.
    """
    if status.why_no_log_in is not None:
        if status.outcome is None or status.why_no_log_in is not LogIn.DELETED:
            yield Offer(OfferKind.NO_LOG_IN, StepId.OPEN, _(_WORDS[OfferKind.NO_LOG_IN]))
        if status.outcome is None:
            yield Offer(OfferKind.LETTERS, StepId.OPEN, _("Object by letter"))
    elif status.is_cover_unconfirmed:
        yield Offer(OfferKind.OWN_OBJECTION, StepId.SUBMIT, _(_WORDS[OfferKind.OWN_OBJECTION]))
    elif status.state in _STATES_BEFORE_SENDING and status.account.is_from_elsewhere:
        yield Offer(OfferKind.LETTERS, StepId.OPEN, _(_WORDS[OfferKind.LETTERS]))
    elif status.state in _STATES_BEFORE_SENDING:
        yield Offer(OfferKind.NO_LOG_IN, StepId.OPEN, _("I cannot log in to it"))
        yield Offer(OfferKind.EARLIER, StepId.SUBMIT, _(_WORDS[OfferKind.EARLIER]))


def _offer(kind: OfferKind, source_id: str = "") -> Offer:
    return Offer(kind, StepId.REPLY, _(_WORDS[kind]), source_id)


def _event_without_proof(status: AccountStatus, outcome: ObjectionOutcome) -> str:
    """The newest reply, else the objection, if no file is kept as proof of it; empty otherwise."""
    event = outcome.last_reply or outcome.newest_objection
    is_proven = any(each.kind == EventKind.EVIDENCE and each.text("of") == event.id for each in status.account.events)
    return "" if is_proven else event.id
