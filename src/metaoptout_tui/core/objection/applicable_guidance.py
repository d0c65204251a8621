"""The statements of the guidance that apply to one account at one step, chosen by the account's status.

Statements are only selected here; none is written here.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from metaoptout_tui.core.guidance.basis import Basis
from metaoptout_tui.core.guidance.playbook import MenuPath, Playbook, ReviewPoint, Statement, StatementRole, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.objection.rechecks import RecheckReason
from metaoptout_tui.core.objection.replies import Reply, reply_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import Event, went_by_letter, went_by_post
from metaoptout_tui.core.record.vocabulary import ASKED_FOR, ID_REQUEST, WRONG_FORM_REQUESTS, AccountState

_PROFILE_STATEMENT_ID = "open.profile"


class ApplicableGuidance(NamedTuple):
    """One account at one step."""

    playbook: Playbook
    status: AccountStatus
    step: str

    @property
    def scope(self) -> dict[str, str]:
        """The step, platform and region that choose among the entries of the playbook."""
        return {"step": self.step, "platform": self.status.account.platform, "region": self.status.region.id}

    def statements_of_role(self, role: StatementRole) -> tuple[Statement, ...]:
        """What is said at the step in one role: what to do, what to take care of, what to know, or why."""
        return self.playbook.statements_for(role=role, **self.scope)

    def things_to_do(self) -> tuple[Statement, ...]:
        """What to do at the step itself, without what is to be done there among other places."""
        return tuple(statement for statement in self.statements_of_role("do") if statement.scope.places[0] == self.step)

    def profile_statements(self, record: Record) -> tuple[Statement, ...]:
        """The statement that the right profile comes first, where the form is opened for one of several accounts on a platform."""
        own = self.status.account
        is_one_of_several = any(each.platform == own.platform and each.id != own.id for each in record.accounts)
        if self.step != StepId.OPEN or not is_one_of_several:
            return ()
        return tuple(each for each in self.statements_of_role("warn") if each.id == _PROFILE_STATEMENT_ID)

    def menu_paths(self, about: str = "") -> tuple[MenuPath, ...]:
        """The paths through Meta's menus; with `about`, the id of a review point, those that end in the same name."""
        name = about.rpartition(".")[2]
        paths = self.playbook.paths_for(**self.scope)
        return tuple(path for path in paths if not about or path.id.rpartition("-")[2] == name)

    @property
    def review_points(self) -> tuple[ReviewPoint, ...]:
        """The points of the account's review."""
        return self.playbook.points_for(platform=self.status.account.platform, region=self.status.region.id)

    def open_point_from(self, point_id: str) -> ReviewPoint | None:
        """The next review point without an answer, from this one on and then from the first; None if all have one."""
        points, answers = self.review_points, dict(self.status.review_answers)
        start = next((index for index, point in enumerate(points) if point.id == point_id), 0)
        return next((point for point in (*points[start:], *points[:start]) if point.id not in answers), None)

    @property
    def recheck_reasons(self) -> tuple[RecheckReason, ...]:
        """Why the objection should be rechecked; empty at steps other than `confirm`."""
        return self.status.recheck_reasons if self.step == StepId.REPLY else ()

    @property
    def needs_follow_up(self) -> bool:
        """Whether a reply to the objection, or a missing one, asks for more than a first check of the mailbox."""
        reply, state = self.status.last_reply, self.status.state
        is_extended = state is AccountState.FILED and reply is not None and reply.kind == EventKind.EXTENDED
        return self.step == StepId.REPLY and (state in _FOLLOW_UP_STATES or is_extended)

    @property
    def has_own_objection(self) -> bool:
        """Whether an objection was sent for the account itself and nothing asks for a new one."""
        return self.status.outcome is not None and self.status.invalidation is None

    @property
    def went_by_letter(self) -> bool:
        """Whether the account's own objection was sent as a letter."""
        return self.status.outcome is not None and went_by_letter(self.status.outcome.newest_objection)

    def applies_now(self, statement: Statement) -> bool:
        """Whether a statement still says something, as the account stands: not what was awaited and has come."""
        if self.step == StepId.REPLY and not _fits_request(statement, self._open_request):
            return False
        if not self.has_own_objection or self.status.state is AccountState.COVERED:
            return True
        if self.step in (StepId.OPEN, StepId.SUBMIT):
            return statement.role not in ("do", "warn") or self.status.state is AccountState.UNDELIVERED
        if self.went_by_letter and statement.id.startswith(_FORM_STATEMENT_IDS):
            return False
        if statement.id in _BEFORE_COMPLAINT_IDS and self._has_complained:
            return False
        if self.needs_follow_up and statement.id.startswith(_FIRST_HOURS_STATEMENT_IDS):
            return False
        return all(
            self.status.state in states
            for prefix, states in _STATES_BY_STATEMENT.items()
            if statement.id.startswith(prefix)
        )

    @property
    def _has_complained(self) -> bool:
        """Whether the person complained to Meta or to an authority about the objection in force."""
        complaints = (EventKind.COMPLAINED_TO_META, EventKind.COMPLAINED_TO_AUTHORITY)
        return self.status.outcome is not None and self.status.outcome.last_event(*complaints) is not None

    @property
    def _open_meta_question(self) -> Event | None:
        """What Meta asked last, while its answer is owed and the person did not complain to an authority instead."""
        return self.status.last_reply if self.status.state is AccountState.ASKED_FOR_MORE else None

    @property
    def _open_request(self) -> str | None:
        """What Meta asks for in a question whose answer is owed, empty where nobody wrote that down; None for no question.

        A code or a link is no such question.
        """
        question = self._open_meta_question
        return question.text(ASKED_FOR.name) if question is not None and question.kind == EventKind.MORE_ASKED else None

    def statements_by_id(self, *ids: str) -> tuple[Statement, ...]:
        """The statements with these ids that hold for this platform and region, and still apply, in this order."""
        scope = {"platform": self.status.account.platform, "region": self.status.region.id}
        statements = {
            statement.id: statement
            for statement in self.playbook.statements
            if statement.id in ids and any(statement.scope.includes(step=at, **scope) for at in statement.scope.places)
        }
        return tuple(statements[id] for id in ids if id in statements and self.applies_now(statements[id]))

    def all_statements(self) -> tuple[Statement, ...]:
        """All statements below, in the order in which the guide shows them."""
        return (
            *self.coverage_statements(),
            *self.old_objection_statements(),
            *self.recheck_statements(),
            *self.region_statements(),
            *self.last_reply_statements(),
        )

    def basis_of_recheck(self, reason: RecheckReason) -> Basis | None:
        """The basis of new terms; None for the yearly check, which is this program's own advice."""
        return next((terms.basis for terms in self.playbook.terms if terms.id == reason.terms_id), None)

    def recheck_statements(self) -> tuple[Statement, ...]:
        """The advice where an objection should be rechecked."""
        return tuple(
            statement
            for statement in self.statements_at("coverage")
            if self.recheck_reasons and statement.id in _RECHECK_STATEMENT_IDS
        )

    def old_objection_statements(self) -> tuple[Statement, ...]:
        """Whether an objection still counts that was sent in the year in which the training was put off."""
        sent = self.status.objection_in_force
        is_told = self.step == StepId.REPLY and sent is not None and sent.at.year == _YEAR_OF_FIRST_FORMS
        return tuple(each for each in self.statements_at("coverage") if is_told and each.id == _OLD_OBJECTION_STATEMENT)

    def coverage_statements(self) -> tuple[Statement, ...]:
        """The statements for an account that is covered by another's objection."""
        if self.status.invalidation is not None or self.status.state is not AccountState.COVERED:
            return ()
        return tuple(
            statement for statement in self.statements_at("coverage") if statement.id in _COVERED_STATEMENT_IDS
        )

    def first_coverage_statements(self) -> tuple[Statement, ...]:
        """The first statement to read on what covers the account: one about its platform, else one about all platforms."""
        statements = {statement.id: statement for statement in self.coverage_statements()}
        first = statements.get(f"coverage.{self.status.account.platform}") or statements.get("coverage.one-per-hub")
        return (first,) if first is not None else ()

    def region_statements(self) -> tuple[Statement, ...]:
        """What the country means for this account, where that is more than a right to object."""
        status = self.status
        is_relevant = status.state is AccountState.NOT_AVAILABLE or (
            self.step == StepId.IDENTIFY and status.region.right_to_object != "yes"
        )
        return self.statements_at("region") if is_relevant else ()

    def last_reply_statements(self) -> tuple[Statement, ...]:
        """The statements on the last reply; of a question of Meta only while its answer is owed."""
        event = self.status.last_reply
        if event is not None and event.kind == EventKind.MORE_ASKED and self._open_meta_question is None:
            return ()
        reply = reply_of(event) if self.step == StepId.REPLY and event is not None else None
        statements = self.reply_statements(reply) if reply else ()
        is_past = self._has_complained
        return tuple(each for each in statements if not (is_past and each.id in _BEFORE_COMPLAINT_IDS))

    def authority_statements(self) -> tuple[Statement, ...]:
        """The statements on the authority's last letter, or on what the person did about its decision."""
        outcome = self.status.outcome
        last = outcome.last_event(EventKind.AUTHORITY_WROTE, EventKind.AFTER_DECISION) if outcome is not None else None
        reply = reply_of(last) if last is not None else None
        return self.reply_statements(reply) if reply is not None else ()

    def reply_statements(self, reply: Reply) -> tuple[Statement, ...]:
        """The meaning of a reply: on this platform, else of its variant, else of its kind; and the law.

        Once Meta's time to answer is over, or ended with another answer, a variant may mean something else.
        After a refusal outside the EU and EEA the law comes first: the advice is that of a consumer centre in the EU, and
        to whom one complains is another there.
        """
        statements = {statement.id: statement for statement in self.statements_at("answer")}
        platform, outcome = self.status.account.platform, self.status.outcome
        ids = (
            f"{platform}.{reply.id}",
            *([f"{platform}.{reply.event_kind}"] if reply.event_kind != EventKind.MORE_ASKED else []),
            *([f"answer.{reply.id}.{silence}.help"] if (silence := self._kind_of_silence(reply)) else []),
            *([f"answer.{reply.id}.answered.help"] if outcome and outcome.is_answered_with_more_than_no else []),
            *([f"answer.{reply.id}.over.help"] if self.status.is_answer_time_over else []),
            f"answer.{reply.id}.help",
            f"answer.{reply.event_kind}.help",
        )
        statement = next((statements[id] for id in ids if id in statements), None)
        region = self.status.objection_region or self.status.region
        scope = {"platform": self.status.account.platform, "region": region.id}
        law_statements = tuple(
            statement
            for statement in self.playbook.statements_for(role="know", step=StepId.REPLY, **scope)
            if statement.id.startswith(_LAW_STATEMENT_PREFIXES.get(reply.event_kind, ()))
            and _fits_request(statement, reply.fields.get(ASKED_FOR.name, ""))
        )
        meaning = (statement,) if statement else ()
        is_law_first = reply.event_kind is EventKind.REFUSED and region.law != "gdpr"
        return law_statements + meaning if is_law_first else meaning + law_statements

    def _kind_of_silence(self, reply: Reply) -> str:
        """What it means that nothing came, where that is something else than that a form may not have arrived."""
        outcome = self.status.outcome
        if reply.event_kind != EventKind.ANSWER_MISSING or outcome is None:
            return ""
        word_of_meta = outcome.last_reply
        if word_of_meta is not None and word_of_meta.kind not in (EventKind.UNDELIVERABLE, EventKind.CODE_ASKED):
            return _NOTHING_SINCE
        if not went_by_letter(outcome.newest_objection):
            return ""
        return _NOTHING_BY_POST if went_by_post(outcome.newest_objection) else _NOTHING_BY_LETTER_ONLINE

    def statements_at(self, context: str) -> tuple[Statement, ...]:
        """The statements for this platform and region that belong to no step but to a context, such as `coverage` or `answer`."""
        return self.playbook.statements_for(
            step=context, platform=self.status.account.platform, region=self.status.region.id
        )


def _fits_request(statement: Statement, request: object) -> bool:
    """Whether a statement fits what Meta asks for, None for nothing; those that are about no question always fit."""
    if statement.id in _STATEMENTS_ON_IDENTITY:
        return request in _IDENTITY_REQUESTS
    return statement.id != _OTHER_QUESTION_IN_THE_UK or request not in (None, ID_REQUEST, *WRONG_FORM_REQUESTS)


def menu_path_words(path: MenuPath, language: str, separator: str) -> str:
    """The labels of a menu path: `AI at Meta (English) → bezwaar maken`.

    A label that is not known in the language is marked as English, or all are where none is known.
    """
    words = separator.join(menu_labels_of(path, language))
    # Translators: {path} is such as “Settings → Privacy”.
    return _("{path} (all in English)").format(path=words) if is_in_english_alone(path, language) else words


def menu_labels_of(path: MenuPath, language: str) -> tuple[str, ...]:
    """The labels of a menu path; one that is not known in the language is marked as English, unless all of them are."""
    # Translators: {label} is a word on Meta's screens.
    marked = "{label}" if is_in_english_alone(path, language) else _("{label} (English)")
    return tuple(
        label.word(language) if label.is_known_in(language) else marked.format(label=label.word(language))
        for label in path.labels
    )


def is_in_english_alone(path: MenuPath, language: str) -> bool:
    """Whether no label of a menu path is known in the language."""
    unknown = [label for label in path.labels if not label.is_known_in(language)]
    return bool(unknown) and all(label in unknown or language not in label.words for label in path.labels)


def unknown_labels_note(paths: Iterable[MenuPath], language: str) -> str:
    """How a place is found whose label on Meta's screens is not known in the language; empty where all are known."""
    if all(label.is_known_in(language) for path in paths for label in path.labels):
        return ""
    return _(
        "“English” stands where we do not know Meta's word in this language. Look in that place for one that means the same."
    )


KINDS_OF_SILENCE = _NOTHING_SINCE, _NOTHING_BY_POST, _NOTHING_BY_LETTER_ONLINE = (
    "after-reply",
    "by-post",
    "letter-online",
)
"""What stands in the ids of the statements on nothing having come, where Meta wrote before, and after letters."""
_FOLLOW_UP_STATES = frozenset(
    {AccountState.REFUSED, AccountState.OVERDUE, AccountState.ASKED_FOR_MORE, AccountState.COMPLAINED_TO_AUTHORITY}
)

_LAW_STATEMENT_PREFIXES: Mapping[str, tuple[str, ...]] = {
    EventKind.REFUSED: ("confirm.refused.",),
    EventKind.EXTENDED: ("confirm.month.",),
    EventKind.MORE_ASKED: ("confirm.identity.", "confirm.question."),
}
"""Prefixes of the ids of the statements on what the law of a region demands of such a reply."""

_STATEMENTS_ON_IDENTITY = frozenset({"confirm.identity.eea", "confirm.identity.uk", "fraud.red-flags"})
"""The statements that help with Meta's answers only while it asks who one is."""
_OTHER_QUESTION_IN_THE_UK = "confirm.question.uk"
"""The statement about a question that holds up Meta's time, other than who one is."""
_IDENTITY_REQUESTS = ("", ID_REQUEST)
"""What Meta asks for where it wants to know who one is, or may, since nobody wrote down what it asks for."""

_AWAITING = frozenset({AccountState.FILED, AccountState.OVERDUE, AccountState.ASKED_FOR_MORE, AccountState.UNDELIVERED})
_FORM_STATEMENT_IDS = (
    *("confirm.screen", "confirm.look", "confirm.again", "confirm.counts", "confirm.counted"),
    *("confirm.when", "confirm.content", "confirm.unknown"),
)
"""Ids, or their beginnings, of the statements on what follows a form that was sent; a letter has no such message or mail."""
_STATES_BY_STATEMENT: Mapping[str, frozenset[AccountState]] = {
    **dict.fromkeys(("confirm.screen", "confirm.again"), frozenset({AccountState.FILED})),
    **dict.fromkeys(
        ("confirm.look", "confirm.counts", "confirm.when", "confirm.content", "confirm.unknown"),
        frozenset({AccountState.FILED, AccountState.CONFIRMED_ON_SCREEN}),
    ),
    **dict.fromkeys(("confirm.month.", "confirm.counted", "confirm.no-period"), _AWAITING),
    "confirm.refused.": _AWAITING | {AccountState.REFUSED},
}
"""Beginnings of ids of statements on an objection that was sent, with the states in which they still apply."""

_BEFORE_COMPLAINT_IDS = frozenset({"confirm.refused.uk", "region.uk.complaint"})
"""The statements that tell to complain to Meta first: done with once a complaint was sent."""

_FIRST_HOURS_STATEMENT_IDS = ("confirm.screen", "confirm.again", "confirm.look", "confirm.when", "confirm.unknown")
"""Beginnings of ids of statements on what comes right after sending: done with once Meta asked for more or for time."""

_YEAR_OF_FIRST_FORMS, _OLD_OBJECTION_STATEMENT = 2024, "coverage.2024"
_COVERED_STATEMENT_IDS = frozenset({"coverage.one-per-hub", "coverage.not-linked", "coverage.each", "coverage.threads"})
"""The statements on coverage for a covered account; the others concern accounts that are not covered."""

_RECHECK_STATEMENT_IDS = frozenset({"coverage.each", "coverage.email"})
"""The statements on coverage where an objection should be rechecked."""
