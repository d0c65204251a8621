"""The one question how the accounts are linked, and what an answer changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.linking_question import linking_question
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.accounts import Account
from samples import NOW, account, at, entry, record


def test_fewer_than_two_accounts_that_can_be_linked_are_not_asked_about(playbook: Playbook) -> None:
    assert linking_question(record(), playbook) is None
    assert linking_question(record(account(), account("meta-ai")), playbook) is None


def test_the_group_is_the_largest_there_is_or_named_by_itself(playbook: Playbook) -> None:
    unknown = linking_question(record(account(), account("instagram")), playbook)
    named = linking_question(
        record(account(hub="shop"), account("instagram", hub="home"), account("threads", hub="home")), playbook
    )
    assert unknown is not None
    assert named is not None
    assert (unknown.group, unknown.linked_ids, unknown.is_answered) == ("Accounts Centre", (), False)
    assert (named.group, named.linked_ids, named.is_answered) == ("home", ("instagram", "threads"), True)


@pytest.mark.parametrize(
    ("ticked", "is_rest_known", "changes"),
    [
        (("facebook", "instagram"), True, {"facebook": "home"}),
        (("facebook", "threads"), True, {"facebook": "home", "threads": "home", "instagram": ""}),
        ((), True, {"facebook": "", "instagram": ""}),
        ((), False, {"instagram": None, "whatsapp": None}),
        (("facebook", "instagram"), False, {"facebook": "home", "whatsapp": None}),
    ],
    ids=["one more", "one from another group, one out", "none", "not known", "of the others not known"],
)
def test_an_answer_changes_what_differs_and_leaves_other_groups(
    *, playbook: Playbook, ticked: tuple[str, ...], is_rest_known: bool, changes: dict[str, str | None]
) -> None:
    people = record(
        account(), account("instagram", hub="home"), account("whatsapp", hub=""), account("threads", hub="shop")
    )
    question = linking_question(people, playbook)
    assert question is not None
    home = question._replace(group="home")
    assert home.changes(ticked, is_rest_known=is_rest_known) == changes


LISTED = entry("step-done", at(5), step="identify")


def tasks(playbook: Playbook, *accounts: Account) -> list[str]:
    return [task.kind for task in compute_overview(record(*accounts), playbook, NOW, lambda *_: "").tasks]


def test_links_that_nobody_knew_are_one_question_after_the_first_objection(playbook: Playbook) -> None:
    filed = account("facebook", LISTED, entry("filed", at(4)))
    others = [account(platform, LISTED) for platform in ("instagram", "threads")]
    whatsapp = account("whatsapp", LISTED)
    assert "links-unknown" not in tasks(playbook, account("facebook", LISTED), *others)
    found = tasks(playbook, filed, *others, whatsapp)
    assert found.count("links-unknown") == 1
    assert found.index("links-unknown") < found.index("open")


@pytest.mark.parametrize(
    "other",
    [
        account("instagram", LISTED, entry("step-done", at(2), step="identify")),
        account("instagram", LISTED, entry("filed", at(3))),
        account("instagram", LISTED, hub=""),
        account("whatsapp", LISTED),
    ],
    ids=["asked since", "has its own", "known", "takes no objection"],
)
def test_it_is_asked_only_where_the_answer_may_spare_an_objection(playbook: Playbook, other: Account) -> None:
    assert "links-unknown" not in tasks(playbook, account("facebook", LISTED, entry("filed", at(4))), other)


LINKS = st.sampled_from([None, "", "home", "shop"])
PLATFORMS = ("facebook", "instagram", "threads", "whatsapp")


@given(
    links=st.tuples(LINKS, LINKS, LINKS, LINKS),
    ticked=st.sets(st.sampled_from(PLATFORMS)),
    is_rest_known=st.booleans(),
)
def test_after_any_answer_the_ticked_are_together_and_nothing_is_asked_twice(
    playbook: Playbook, *, links: tuple[str | None, ...], ticked: set[str], is_rest_known: bool
) -> None:
    people = record(*(account(platform, hub=link) for platform, link in zip(PLATFORMS, links, strict=True)))
    question = linking_question(people, playbook)
    assert question is not None
    changes = question.changes(ticked, is_rest_known=is_rest_known)
    after = {each.id: changes.get(each.id, each.linked_group) for each in people.accounts}
    assert {id for id, link in after.items() if link == question.group} == ticked
    for each in people.accounts:
        if each.id not in ticked and each.linked_group not in (None, "", question.group):
            assert after[each.id] == each.linked_group, "another group is nobody's business here"
    again = question._replace(accounts=tuple(replace(each, linked_group=after[each.id]) for each in people.accounts))
    assert not again.changes(ticked, is_rest_known=is_rest_known)
