"""What ticking a step does, and where a person goes on after one."""

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.ticking import TickEffect, effect_of_tick
from metaoptout_tui.core.record.accounts import Account
from metaoptout_tui.core.record.events import Event
from samples import NOW, account, at, entry, record

IDENTIFIED = entry("step-done", at(9), step="identify")
OPENED = entry("step-done", at(9), step="open")
SKIPPED = entry("step-skipped", at(9), step="submit")
FILED = entry("filed", at(8))
CONFIRMED = entry("confirmed-by-mail", at(5))


def overview_of(playbook: Playbook, *accounts: Account) -> Overview:
    return compute_overview(record(*accounts), playbook, NOW, lambda *_: "")


def status_of(playbook: Playbook, *events: Event) -> AccountStatus:
    return overview_of(playbook, account("facebook", *events)).statuses[0]


def tick(playbook: Playbook, step: str, *accounts: Account) -> TickEffect:
    """What ticking a step of the last account does."""
    status = overview_of(playbook, *accounts).statuses[-1]
    step_status = status.step(step)
    assert step_status is not None
    return effect_of_tick(status, step_status, record(*accounts), playbook)


@pytest.mark.parametrize(
    ("events", "step", "effect"),
    [
        ((), "identify", TickEffect.TICK_DONE),
        ((), "open", TickEffect.TICK_DONE),
        ((), "submit", TickEffect.OPEN_STEP),
        ((), "confirm", TickEffect.OPEN_STEP),
        ((IDENTIFIED,), "identify", TickEffect.REOPEN),
        ((OPENED,), "open", TickEffect.REOPEN),
        ((SKIPPED,), "submit", TickEffect.REOPEN),
        ((OPENED, FILED), "open", TickEffect.NONE_WHILE_SENT),
        ((FILED,), "submit", TickEffect.REOPEN),
        ((FILED,), "confirm", TickEffect.OPEN_STEP),
        ((FILED, entry("more-asked", at(2))), "confirm", TickEffect.REOPEN),
        ((FILED, entry("refused", at(2))), "confirm", TickEffect.REOPEN),
        ((FILED, CONFIRMED), "confirm", TickEffect.REOPEN),
    ],
)
def test_a_tick_does_what_the_step_is_ready_for(
    playbook: Playbook, events: tuple[Event, ...], step: str, effect: TickEffect
) -> None:
    assert tick(playbook, step, account("facebook", *events)) is effect


def test_a_covered_account_can_still_be_told_open(playbook: Playbook) -> None:
    covering, covered = account("facebook", FILED, CONFIRMED, hub="home"), account("instagram", hub="home")
    assert tick(playbook, "open", covering, covered) is TickEffect.TICK_DONE


@pytest.mark.parametrize(
    ("others", "link", "effect"),
    [
        ((account("instagram"),), None, TickEffect.OPEN_STEP),
        ((account("instagram"),), "", TickEffect.TICK_DONE),
        ((account("instagram", hub="home"),), "home", TickEffect.TICK_DONE),
        ((account("elsewhere"),), None, TickEffect.TICK_DONE),
    ],
)
def test_a_tick_says_that_the_list_is_complete_only_where_it_is_known_what_is_linked(
    playbook: Playbook, others: tuple[Account, ...], link: str | None, effect: TickEffect
) -> None:
    assert tick(playbook, "identify", *others, account("facebook", hub=link)) is effect


@pytest.mark.parametrize(
    ("events", "finished", "expected"),
    [
        ((IDENTIFIED,), "identify", StepId.OPEN),
        ((IDENTIFIED, OPENED), "identify", StepId.SUBMIT),
        ((IDENTIFIED, OPENED), "open", StepId.SUBMIT),
        ((IDENTIFIED, OPENED, FILED), "open", StepId.SUBMIT),
        ((IDENTIFIED, OPENED, FILED), "submit", ""),
        ((IDENTIFIED, OPENED, FILED), "identify", ""),
        ((OPENED, FILED, entry("refused", at(2))), "confirm", ""),
        ((IDENTIFIED, OPENED, FILED, CONFIRMED), "confirm", ""),
    ],
    ids=[
        "the next step",
        "what is done already is passed over",
        "the form is sent",
        "again where it was sent before",
        "after sending the person looks first",
        "what came back is not asked before something came",
        "a refusal",
        "nothing is left but a look in a year",
    ],
)
def test_after_a_step_the_next_that_is_not_finished_is_opened(
    playbook: Playbook, events: tuple[Event, ...], finished: str, expected: str
) -> None:
    assert overview_of(playbook, account("facebook", *events)).step_opened_after("facebook", finished) == expected


def test_nothing_comes_after_a_step_of_an_account_that_is_gone(playbook: Playbook) -> None:
    assert overview_of(playbook).step_opened_after("facebook", "open") == ""


def test_only_an_objection_that_stands_can_be_looked_at_again(playbook: Playbook) -> None:
    assert status_of(playbook, FILED, CONFIRMED).can_recheck
    assert not status_of(playbook, FILED, entry("refused", at(2))).can_recheck
    assert not status_of(playbook).can_recheck


def test_coverage_is_doubtful_where_the_objection_behind_it_is_not_valid_any_more(playbook: Playbook) -> None:
    silent = account("facebook", entry("filed", at(60)), hub="home")
    covered = account("instagram", entry("account-added", at(80), hub="home", since="before"), hub="home")
    overdue, through_overdue = overview_of(playbook, silent, covered).statuses
    assert through_overdue.may_have_lost_cover
    assert not overdue.may_have_lost_cover
    confirmed = account("facebook", FILED, CONFIRMED, hub="home")
    assert not overview_of(playbook, confirmed, covered).statuses[1].may_have_lost_cover
