"""The statements of the guidance that apply to one account at one step, chosen by the account's status.

Statements are only selected here; none is written here.
"""

from collections.abc import Mapping
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import Basis, Playbook, Statement, StepId
from metaoptout_tui.core.objection.coverage import RecheckReason
from metaoptout_tui.core.objection.replies import Reply, reply_of
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.vocabulary import AccountState


class ApplicableGuidance(NamedTuple):
    """One account at one step."""

    playbook: Playbook
    status: AccountStatus
    step: str

    @property
    def recheck_reasons(self) -> tuple[RecheckReason, ...]:
        """Why the objection is worth another look, where that is asked."""
        return self.status.recheck_reasons if self.step == StepId.CONFIRM else ()

    @property
    def needs_follow_up(self) -> bool:
        """Whether something came of the objection, or did not come in time, that asks for more than a first look for mail."""
        reply, state = self.status.last_reply, self.status.state
        is_extended = state is AccountState.FILED and reply is not None and reply.kind == EventKind.EXTENDED
        return self.step == StepId.CONFIRM and (state in _FOLLOW_UP_STATES or is_extended)

    def all_statements(self) -> tuple[Statement, ...]:
        """All of it, in the order of the guide."""
        return (
            *self.coverage_statements(),
            *self.recheck_statements(),
            *self.region_statements(),
            *self.last_reply_statements(),
        )

    def basis_of_recheck(self, doubt: RecheckReason) -> Basis | None:
        """Who says so of new terms; the year is this program's own."""
        return next((terms.basis for terms in self.playbook.terms if terms.id == doubt.terms_id), None)

    def recheck_statements(self) -> tuple[Statement, ...]:
        """What is advised where an objection is in doubt."""
        return tuple(
            statement
            for statement in self.statements_at("coverage")
            if self.recheck_reasons and statement.id in _RECHECK_STATEMENT_IDS
        )

    def coverage_statements(self) -> tuple[Statement, ...]:
        """What is to be known of an account that is covered by another's objection."""
        if self.status.invalidation is not None or self.status.state is not AccountState.COVERED:
            return ()
        return tuple(
            statement for statement in self.statements_at("coverage") if statement.id in _COVERED_STATEMENT_IDS
        )

    def region_statements(self) -> tuple[Statement, ...]:
        """What the country means for this account, where that is not simply a right to object."""
        status = self.status
        is_asked = status.state is AccountState.NOT_AVAILABLE or (
            self.step == StepId.IDENTIFY and status.region.right_to_object != "yes"
        )
        return self.statements_at("region") if is_asked else ()

    def last_reply_statements(self) -> tuple[Statement, ...]:
        """What the last answer means."""
        reply = self.status.last_reply
        answer = reply_of(reply) if self.step == StepId.CONFIRM and reply is not None else None
        return self.reply_statements(answer) if answer else ()

    def reply_statements(self, reply: Reply) -> tuple[Statement, ...]:
        """What one answer means: of its sort where something is known of that, else of its kind; then what the law says."""
        known = {statement.id: statement for statement in self.statements_at("answer")}
        statement = known.get(f"answer.{reply.id}.help") or known.get(f"answer.{reply.event_kind}.help")
        place = {"platform": self.status.account.platform, "region": self.status.region.id}
        law = tuple(
            statement
            for statement in self.playbook.statements_for(role="know", step=StepId.CONFIRM, **place)
            if statement.id.startswith(_LAW_STATEMENT_PREFIXES.get(reply.event_kind, "-"))
        )
        return ((statement,) if statement else ()) + law

    def statements_at(self, pseudo_step: str) -> tuple[Statement, ...]:
        """What is said for this platform and region under a name that is no step: `coverage`, `region`, `answer`, `chats`."""
        return self.playbook.statements_for(
            step=pseudo_step, platform=self.status.account.platform, region=self.status.region.id
        )


_FOLLOW_UP_STATES = frozenset(
    {AccountState.REFUSED, AccountState.OVERDUE, AccountState.ASKED_FOR_MORE, AccountState.COMPLAINED}
)

_LAW_STATEMENT_PREFIXES: Mapping[str, str] = {
    EventKind.REFUSED: "confirm.refused.",
    EventKind.EXTENDED: "confirm.month.",
}
"""The statements that say what the law of a region asks of such an answer."""

_COVERED_STATEMENT_IDS = frozenset({"coverage.one-per-hub", "coverage.not-linked", "coverage.each", "coverage.threads"})
"""What a covered account's page says of coverage; the rest concerns accounts that are not."""

_RECHECK_STATEMENT_IDS = frozenset({"coverage.each", "coverage.email"})
"""What a page says of coverage where an objection is worth another look."""
