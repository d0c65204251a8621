"""What a person needs at one step now, in a few short sentences; everything else is for whoever asks for more.

The sentences are chosen by how the account stands: what no longer applies is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from metaoptout_tui.core.guidance.basis import Basis
from metaoptout_tui.core.guidance.playbook import Playbook, Statement, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.applicable_guidance import ApplicableGuidance
from metaoptout_tui.core.objection.event_sentences import day_of_event
from metaoptout_tui.core.objection.offers import words_on_own_objection
from metaoptout_tui.core.objection.overview import Overview
from metaoptout_tui.core.objection.sentences import (
    covering_account_name,
    day_of_state,
    invalidation_sentence,
    next_in_account,
    outcome_sentence,
    recheck_sentence,
    step_title,
)
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.tasks import TaskKind
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.events import went_by_post
from metaoptout_tui.core.record.vocabulary import CONFIRMED_STATES, NAMES_ONE, AccountState, LogIn, StepState

_MAX_STATEMENTS = 3
"""How many statements of the guidance are told at first."""
_MESSAGE_STATEMENT = "confirm.screen"
"""Asks for the message after sending; it is left out once anything came."""
_STATEMENTS_BY_TASK: Mapping[TaskKind, tuple[str, ...]] = {
    TaskKind.LOOK_FOR_MAIL: (_MESSAGE_STATEMENT, "confirm.look"),
    TaskKind.FILE_AGAIN_IN_BROWSER: ("confirm.again",),
    TaskKind.LETTER_ARRIVED: ("period.letter-arrived",),
}
"""The statements that help with a task while Meta's answer is awaited."""
_STATEMENTS_WHEN_CONFIRMED = ("confirm.why",)
_STATEMENTS_WHEN_TO_RECHECK = ("coverage.email",)
_STATEMENTS_WITHOUT_LOG_IN: Mapping[LogIn, tuple[str, ...]] = {
    LogIn.FORGOTTEN: ("no-login.back", "no-login.then"),
    LogIn.HACKED: ("no-login.back", "no-login.then", "fraud.access"),
    LogIn.LOCKED: ("no-login.appeal", "fraud.access"),
    LogIn.DEACTIVATED: ("no-login.deactivated",),
    LogIn.DELETED: ("no-login.deleted",),
}
"""What is told first of an account that the person cannot log in to, by the reason."""
_STATEMENTS_FROM_ELSEWHERE = ("elsewhere.expect", "elsewhere.pictures", "elsewhere.message")
_STATEMENTS_ON_LETTER = ("no-login.letter.eea", "no-login.letter.elsewhere")


class Advice(NamedTuple):
    """One thing to say first. `statement` is the one of the guidance that it repeats, None for words about the record."""

    words: str
    basis: Basis | None = None
    is_warning: bool = False
    statement: Statement | None = None


class StepAdvice:
    """Chooses what to say first about one step of one account."""

    def __init__(
        self, playbook: Playbook, record: Record, overview: Overview, status: AccountStatus, step_id: str
    ) -> None:
        self._playbook, self._record, self._overview = playbook, record, overview
        self._status, self._step_id = status, step_id
        self._applicable = ApplicableGuidance(playbook, status, step_id)

    def in_order(self) -> tuple[Advice, ...]:
        """Everything to say first."""
        return tuple(self._advice())

    def _advice(self) -> Iterator[Advice]:
        if self._status.state is AccountState.NOT_AVAILABLE:
            statements = self._applicable.region_statements()
            yield from self._told((*statements[:1], *(each for each in statements[1:] if each.role == "do")))
        if self._status.invalidation is not None:
            now = self._overview.now
            yield Advice(
                invalidation_sentence(self._status.invalidation, self._record, self._playbook, now), is_warning=True
            )
        match self._step_id:
            case StepId.IDENTIFY:
                yield from self._list_advice()
            case StepId.OPEN | StepId.SUBMIT:
                yield from self._form_advice()
            case StepId.REPLY:
                yield from self._reply_advice()
            case StepId.REVIEW:
                yield from self._review_advice()

    @property
    def _is_step_done(self) -> bool:
        step = self._status.step(self._step_id)
        return step is not None and step.state is StepState.DONE

    def _list_advice(self) -> Iterator[Advice]:
        if self._is_step_done:
            yield Advice(_("Your list of accounts is complete, as you said."))
            yield Advice(_("Come back here when you make, link or find another account."))
            return
        if self._status.state is AccountState.COVERED:
            yield from self._doubt_of_address()
            yield Advice(self._cover_sentence())
        caution = self._applicable.region_statements()[:1]
        yield from self._told((*caution, *self._things_to_do())[:_MAX_STATEMENTS])

    def _form_advice(self) -> Iterator[Advice]:
        status = self._status
        if status.state is AccountState.COVERED:
            yield from self._cover_advice()
        elif not self._applicable.has_own_objection and status.why_no_log_in is not None:
            ids = (*_STATEMENTS_WITHOUT_LOG_IN[status.why_no_log_in], *_STATEMENTS_ON_LETTER)
            yield from self._told(self._applicable.statements_by_id(*ids))
        elif not self._applicable.has_own_objection:
            yield from self._told({each.id: each for each in (*self._first_of_all(), *self._things_to_do())}.values())
        elif self._is_task_here:
            yield from self._outcome_and_task()
            at_reply = self._applicable._replace(step=StepId.REPLY)
            yield from self._told(at_reply.last_reply_statements()[:1])
        elif status.objection_in_force is not None:
            day = day_of_event(status.objection_in_force, self._overview.now)
            yield Advice(
                _("Your objection was sent ({day}): at this step there is nothing left to do.").format(day=day)
            )
            yield Advice(_("To send it once more, open this step."))

    def _first_of_all(self) -> tuple[Statement, ...]:
        """What matters more than how the form is found: without an account, what no objection reaches."""
        if self._status.account.is_from_elsewhere and self._step_id == StepId.OPEN:
            return self._applicable.statements_by_id(*_STATEMENTS_FROM_ELSEWHERE)
        return self._applicable.profile_statements(self._record)

    @property
    def _is_task_here(self) -> bool:
        """Whether the next thing to do for the account is at this step, or begins with the form that is sent here."""
        task = self._overview.next_task_for(self._status.account.id)
        steps = (self._step_id, StepId.OPEN) if self._step_id == StepId.SUBMIT else (self._step_id,)
        return task is not None and task.step_id in steps

    def _cover_sentence(self) -> str:
        """Which account's objection covers this one, since when, and whether Meta confirmed it."""
        status = self._status
        covering_name = covering_account_name(status.covering_account_id, self._record, self._playbook)
        since = day_of_state(status, status.since, self._overview.now) if status.since else ""
        if status.is_confirmed:
            words = _("Covered through {account} since {day}: Meta's confirmation names all linked accounts.")
            return words.format(account=covering_name, day=since)
        if status.is_cover_confirmed and status.accounts_named_by_cover == NAMES_ONE:
            words = _("Meta's confirmation for {account} names one account alone. So this one is only perhaps covered.")
            return words.format(account=covering_name)
        if status.is_cover_confirmed:
            words = _("Perhaps covered: Meta confirmed the objection of {day} for {account}, not one for this account.")
            return words.format(account=covering_name, day=since)
        if status.has_valid_objection:
            words = _("Perhaps covered: sent through {account} ({day}), and Meta has not confirmed it yet.")
            return words.format(account=covering_name, day=since)
        return _("Sent through {account} ({day}), and not confirmed yet.").format(account=covering_name, day=since)

    def _doubt_of_address(self) -> Iterator[Advice]:
        """What is told first where the covering objection was sent with another e-mail address."""
        if self._status.is_covered_by_other_email:
            basis = next(
                (each.basis for each in self._applicable.coverage_statements() if each.id == "coverage.not-linked"),
                None,
            )
            covering_name = covering_account_name(self._status.covering_account_id, self._record, self._playbook)
            sent_with = self._status.objection_in_force.text("email") if self._status.objection_in_force else ""
            words = _(
                "The objection for {account} was sent with {address}; this account has {own_address}, so it needs its own."
            ).format(account=covering_name, address=sent_with, own_address=self._status.account.email)
            yield Advice(words, basis, is_warning=True)
            yield Advice(_("If one of the two is mistyped, correct it instead: “Change account”."))

    def _cover_advice(self) -> Iterator[Advice]:
        """What covers the account, and that it can have an objection of its own."""
        status = self._status
        yield from self._doubt_of_address()
        yield Advice(self._cover_sentence())
        yield from self._told(self._applicable.first_coverage_statements())
        yield from self._told(self._applicable.old_objection_statements())
        title = step_title(StepId.SUBMIT, status.account.platform, self._playbook)
        of_its_own = words_on_own_objection(status)
        yield Advice(of_its_own or _("To object for this account too, open “{step}”.").format(step=title))

    def _reply_advice(self) -> Iterator[Advice]:
        status = self._status
        if status.state is AccountState.COVERED:
            yield from self._cover_advice()
        elif self._applicable.has_own_objection:
            yield from self._outcome_and_task()
            yield from self._told(self._applicable.old_objection_statements())
            yield from self._recheck_advice()
            yield from self._told(self._reply_statements())
        elif status.newest_subject_of_replies is None or status.invalidation is not None:
            title = step_title(StepId.SUBMIT, status.account.platform, self._playbook)
            yield Advice(_("First comes “{step}”. Then come back here for Meta's answer.").format(step=title))
        else:
            yield from self._told(self._things_to_do())

    def _outcome_and_task(self) -> Iterator[Advice]:
        """How the objection stands where a reply or the way it went says more than its state, and what comes next."""
        status, playbook, now = self._status, self._playbook, self._overview.now
        if self._applicable.went_by_letter and status.objection_in_force is not None and status.last_reply is None:
            by_post, otherwise = (
                _("Your objection went by post ({day})."),
                _("Your objection went as a letter, online or by e-mail ({day})."),
            )
            words = by_post if went_by_post(status.objection_in_force) else otherwise
            yield Advice(words.format(day=day_of_event(status.objection_in_force, now)))
        elif not self._applicable.recheck_reasons and (
            self._applicable.needs_follow_up
            or status.last_reply is not None
            or status.earlier_confirmation is not None
            or self._is_decided
        ):
            yield Advice(outcome_sentence(status, self._record, playbook, now))
        task = self._overview.next_task_for(status.account.id)
        if task is not None and not self._applicable.recheck_reasons:
            yield Advice(next_in_account(task, self._overview, playbook))

    @property
    def _is_decided(self) -> bool:
        return self._status.state in (*CONFIRMED_STATES, AccountState.CLOSED)

    def _recheck_advice(self) -> Iterator[Advice]:
        """Why to check the objection again."""
        for reason in self._applicable.recheck_reasons:
            words = recheck_sentence(reason, self._playbook, self._overview.now)
            yield Advice(words, self._applicable.basis_of_recheck(reason))

    def _reply_statements(self) -> tuple[Statement, ...]:
        """What helps while the objection stands as it does."""
        applicable = self._applicable
        if applicable.recheck_reasons:
            is_one = len(applicable.recheck_reasons) == 1
            return applicable.statements_by_id(*_STATEMENTS_WHEN_TO_RECHECK) if is_one else ()
        if self._status.state is AccountState.COMPLAINED_TO_AUTHORITY:
            return applicable.authority_statements()[:1]
        if applicable.needs_follow_up:
            return applicable.last_reply_statements()[:1]
        task = self._overview.next_task_for(self._status.account.id)
        ids = _STATEMENTS_BY_TASK.get(task.kind, ()) if task is not None else ()
        if self._status.state in CONFIRMED_STATES and not ids:
            ids = _STATEMENTS_WHEN_CONFIRMED
        if self._status.last_reply is not None:
            ids = tuple(id for id in ids if id != _MESSAGE_STATEMENT)
        return applicable.statements_by_id(*ids)

    def _review_advice(self) -> Iterator[Advice]:
        if self._is_step_done:
            yield Advice(_("You answered every question. Open this step to change an answer."))
        else:
            yield from self._told(self._things_to_do())
        if self._status.account.has_chats_to_scan:
            yield from self._otherwise_found()

    def _otherwise_found(self) -> Iterator[Advice]:
        """The answers that a recorded scan of chats contradicts."""
        from metaoptout_tui.core.chats.recorded_scans import points_answered_otherwise

        for point in points_answered_otherwise(self._status.account.events, dict(self._status.review_answers)):
            question = self._playbook.texts.sentence(f"{point}.question")
            words = _("A scan that you recorded found otherwise than you answered: “{question}”")
            yield Advice(words.format(question=question), is_warning=True)

    def _things_to_do(self) -> tuple[Statement, ...]:
        """What the guidance says to do at this step first of all."""
        applicable = self._applicable
        return tuple(filter(applicable.applies_now, applicable.things_to_do()))[:_MAX_STATEMENTS]

    def _told(self, statements: Iterable[Statement]) -> Iterator[Advice]:
        for statement in statements:
            words = self._playbook.texts.sentence(statement.id)
            yield Advice(words, statement.basis, statement.role == "warn", statement)
