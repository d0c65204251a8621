"""What the guidance says of how an account stands, beside what it says of the step: statements chosen, none made here."""

from typing import NamedTuple

from metaoptout_tui.core.answers import Answer, answer_of
from metaoptout_tui.core.doubts import Doubt
from metaoptout_tui.core.playbook import Basis, Playbook, Statement
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import State


class Situation(NamedTuple):
    """One account at one step."""

    playbook: Playbook
    standing: Standing
    step: str

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why the objection is worth another look, where that is asked."""
        return self.standing.doubts if self.step == "confirm" else ()

    @property
    def remains(self) -> bool:
        """Whether something came of the objection, or did not come in time, that asks for more than a first look for mail."""
        reply, state = self.standing.reply, self.standing.state
        is_extended = state is State.FILED and reply is not None and reply.what == "extended"
        return self.step == "confirm" and (state in _ASK_FOR_MORE or is_extended)

    def special(self) -> tuple[Statement, ...]:
        """All of it, in the order of the guide."""
        return (*self.of_coverage(), *self.of_doubts(), *self.of_region(), *self.of_reply())

    def basis_of(self, doubt: Doubt) -> Basis | None:
        """Who says so of new terms; the year is this program's own."""
        return next((terms.basis for terms in self.playbook.terms if terms.id == doubt.id), None)

    def of_doubts(self) -> tuple[Statement, ...]:
        """What is advised where an objection is in doubt."""
        return tuple(each for each in self.of("coverage") if self.doubts and each.id in _DOUBTED)

    def of_coverage(self) -> tuple[Statement, ...]:
        """What is to be known of an account that is covered by another's objection."""
        if self.standing.cause is not None or self.standing.state is not State.COVERED:
            return ()
        return tuple(each for each in self.of("coverage") if each.id in _COVERED)

    def of_region(self) -> tuple[Statement, ...]:
        """What the country means for this account, where that is not simply a right to object."""
        standing = self.standing
        is_asked = standing.state is State.NOT_AVAILABLE or (self.step == "identify" and standing.region.right != "yes")
        return self.of("region") if is_asked else ()

    def of_reply(self) -> tuple[Statement, ...]:
        """What the last answer means."""
        reply = self.standing.reply
        answer = answer_of(reply) if self.step == "confirm" and reply is not None else None
        return self.of_answer(answer) if answer else ()

    def of_answer(self, answer: Answer) -> tuple[Statement, ...]:
        """What one answer means: of its sort where something is known of that, else of its kind; then what the law says."""
        known = {each.id: each for each in self.of("answer")}
        own = known.get(f"answer.{answer.id}.help") or known.get(f"answer.{answer.what}.help")
        place = {"platform": self.standing.account.platform, "region": self.standing.region.id}
        law = tuple(
            each
            for each in self.playbook.statements_for(role="know", step="confirm", **place)
            if each.id.startswith(_LAW_OF.get(answer.what, "-"))
        )
        return ((own,) if own else ()) + law

    def of(self, pseudo_step: str) -> tuple[Statement, ...]:
        """What is said for this platform and region under a name that is no step: `coverage`, `region`, `answer`, `chats`."""
        return self.playbook.statements_for(
            step=pseudo_step, platform=self.standing.account.platform, region=self.standing.region.id
        )


_ASK_FOR_MORE = frozenset({State.REFUSED, State.OVERDUE, State.ASKED_FOR_MORE, State.COMPLAINED})

_LAW_OF = {"refused": "confirm.refused.", "extended": "confirm.month."}
"""The statements that say what the law of a region asks of such an answer."""

_COVERED = frozenset({"coverage.one-per-hub", "coverage.not-linked", "coverage.each", "coverage.threads"})
"""What a covered account's page says of coverage; the rest concerns accounts that are not."""

_DOUBTED = frozenset({"coverage.each", "coverage.email"})
"""What a page says of coverage where an objection is worth another look."""
