"""Topics: what there is to know beyond one step of one account, as pages of the guidance with sections.

Each section shows the statements of one context of `TOPIC_CONTEXTS` that hold where the person lives.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.guidance.playbook import ObjectionForm, Playbook, Scope, Statement
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark


class TopicId(StrEnum):
    """A topic, in the order in which a person goes from one to the next."""

    REACH = "reach"
    THIRD_PARTY = "third-party"
    NO_LOGIN = "no-login"
    AFTER_DECISION = "after-decision"
    FRAUDS = "frauds"
    DOWNLOAD = "download"


class TopicSection(NamedTuple):
    """A heading, and the context whose statements stand under it."""

    heading: str
    context: str


class Topic(NamedTuple):
    """One page: its title and sections, as they stand in the code."""

    title: str
    sections: tuple[TopicSection, ...]


TOPICS = {
    TopicId.REACH: Topic(
        mark("What an objection reaches"),
        (
            TopicSection(mark("What Meta uses, and what counts as public"), "public"),
            TopicSection(mark("What an objection does"), "limits"),
            TopicSection(mark("Which accounts it covers"), "coverage"),
            TopicSection(mark("Whether it worked"), "check"),
            TopicSection(mark("Children and teenagers"), "children"),
            TopicSection(mark("Messages, glasses, and chats with Meta's AI"), "products"),
            TopicSection(mark("Where you live"), "region"),
        ),
    ),
    TopicId.THIRD_PARTY: Topic(
        mark("Data about you without an account"),
        (TopicSection(mark("The form for data from third parties"), "third-party"),),
    ),
    TopicId.NO_LOGIN: Topic(
        mark("Accounts you cannot log in to"), (TopicSection(mark("The ways that remain"), "no-login"),)
    ),
    TopicId.AFTER_DECISION: Topic(
        mark("When the authority rejected or decided your complaint"),
        (TopicSection(mark("What you can do then"), "after-decision"),),
    ),
    TopicId.FRAUDS: Topic(mark("Frauds and rumours"), (TopicSection(mark("How to tell what is false"), "fraud"),)),
    TopicId.DOWNLOAD: Topic(
        mark("Meta's download"), (TopicSection(mark("How to ask Meta for it, step by step"), "download"),)
    ),
}
"""Every topic with its page."""


_GETTING_BACK_IN = frozenset({"forgotten", "hacked"})
_TOLD_FOR_REASONS: Mapping[str, frozenset[str]] = {
    "no-login.back": _GETTING_BACK_IN,
    "no-login.then": _GETTING_BACK_IN | {"locked"},
    "no-login.deactivated": frozenset({"deactivated"}),
    "no-login.deleted": frozenset({"deleted"}),
    "no-login.appeal": frozenset({"locked"}),
    "fraud.access": _GETTING_BACK_IN | {"locked"},
    "account-forgotten": frozenset({"forgotten"}),
    "account-hacked": frozenset({"hacked"}),
    **dict.fromkeys(("after-decision.letter", "after-decision.days"), frozenset({"rejected", "decided"})),
    "after-decision.for-you": frozenset({"decided", "upheld"}),
    "after-decision.refusal": frozenset({"refused"}),
}
"""What is told of an account only for these reasons, by the id of a statement or a form.

Reasons are why the person cannot log in to it (`LogIn`); after an authority's decision what that says, and that Meta
refused.
"""


def topic_statements(
    playbook: Playbook, id: TopicId, region: str, reasons: frozenset[str] | None = None
) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """The headings of a topic with their statements, each statement once; first those that are told there only.

    Where the reasons are known why the account in question leads there, only what fits them.
    """
    told_ids: set[str] = set()
    sections = []
    for heading, context in TOPICS[id].sections:
        statements = [
            statement
            for statement in playbook.statements
            if statement.id not in told_ids
            and _is_told(statement.scope, (context,), region)
            and _fits_reasons(statement.id, reasons)
        ]
        statements.sort(key=lambda statement: statement.scope.places[0] != context)
        told_ids.update(statement.id for statement in statements)
        if statements:
            sections.append((_(heading), tuple(statements)))
    return tuple(sections)


def topic_forms(
    playbook: Playbook, id: TopicId, region: str, reasons: frozenset[str] | None = None
) -> tuple[ObjectionForm, ...]:
    """The forms and pages of Meta that a topic leads to, as for `topic_statements`."""
    contexts = tuple(section.context for section in TOPICS[id].sections)
    return tuple(
        form for form in playbook.forms if _is_told(form.scope, contexts, region) and _fits_reasons(form.id, reasons)
    )


def _fits_reasons(id: str, reasons: frozenset[str] | None) -> bool:
    return reasons is None or id not in _TOLD_FOR_REASONS or not reasons.isdisjoint(_TOLD_FOR_REASONS[id])


def _is_told(scope: Scope, contexts: tuple[str, ...], region: str) -> bool:
    """Whether something is told in one of the contexts to people in the region, whatever platforms it is about."""
    return not set(contexts).isdisjoint(scope.places) and (not scope.regions or region in scope.regions)
