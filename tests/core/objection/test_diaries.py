"""Diaries written by hand, and what is right at a moment: how the account stands, what is next, what is due, which letter."""

import tomllib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.letters.letter_recommendations import recommend_letters
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import account, entry, record

ZONE = timezone(timedelta(hours=2))
DIARIES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("diaries.toml").read_text("utf-8"))["diary"]


def moment(words: str) -> datetime:
    """`08-03`, `08-03T14:00` or `2027-01-05`; noon where no time is written, 2026 where no year is."""
    day, _, time = words.partition("T")
    year = "" if day.count("-") == 2 else "2026-"
    return datetime.fromisoformat(f"{year}{day}T{time or '12:00'}").replace(tzinfo=ZONE)


def events_of(lines: str) -> list[Event]:
    """The events of a diary, one a line."""
    written: list[Event] = []
    for line in lines.splitlines():
        when, kind, *words = line.split()
        fields: dict[str, object] = {name: value for name, _, value in (word.partition("=") for word in words)}
        if "answer-by" in fields:
            fields["answer-by"] = date.fromisoformat(str(fields["answer-by"]))
        for name in {"of", "entry"} & set(fields):
            fields[name] = written[int(str(fields[name])) - 1].id
        if kind == "date-corrected":
            fields["to"] = moment(str(fields["to"]))
        written.append(entry(kind, moment(when), **fields))
    return written


def cases() -> list[Any]:
    return [
        pytest.param(diary, line, id=f"{diary['name']} ({line.split()[0]})")
        for diary in DIARIES
        for line in diary["then"].splitlines()
    ]


@pytest.mark.parametrize(("diary", "line"), cases())
def test_at_each_moment_a_diary_says_what_is_right(playbook: Playbook, diary: dict[str, Any], line: str) -> None:
    when, *words = line.split()
    now, hub = moment(when), "private" if "linked" in diary else ""

    def written(lines: str) -> list[Event]:
        return [event for event in events_of(lines) if event.at <= now]

    accounts = [account("facebook", *written(diary["events"]), hub=hub)]
    if "linked" in diary:
        accounts.append(account("instagram", *written(diary["linked"]), hub=hub))
    id = "instagram" if words[0] == "linked" else "facebook"
    state, kind, *rest = words[1:] if words[0] == "linked" else words
    overview = compute_overview(
        record(*accounts, country=diary.get("country", "NL")), playbook, now, public_holiday_name
    )
    status, task = overview.status_of(id), overview.next_task_for(id)
    assert status is not None
    if kind == "nothing":
        assert (status.state, task, status.recheck_reasons) == (state, None, ())
        return
    assert task is not None
    assert (status.state, task.kind) == (state, kind)
    letters = [word for word in rest if word[0] in "+-"]
    expected = [word for word in rest if word[0] not in "+-"]
    if expected:
        assert task.due_at is not None
        assert task.due_at.astimezone(ZONE).date() == moment(expected[0]).date()
    if expected[1:]:
        is_due = any(task.account_id == id for task in overview.due_tasks)
        assert (is_due, task.is_due(now)) == (expected[1] == "due",) * 2
    periods = tuple(
        period for deadline in status.deadlines if (period := deadline.legal_period(public_holiday_name)) is not None
    )
    fitting = recommend_letters(status, periods, now)
    assert [word for word in letters if (word[1:] in fitting) != (word[0] == "+")] == []


def test_there_are_diaries_enough_of_every_kind_of_answer() -> None:
    lines = [line.split()[1] for diary in DIARIES for line in diary["events"].splitlines()]
    assert len(DIARIES) >= 68
    assert {diary.get("country", "NL") for diary in DIARIES} >= {"NL", "GB", "CH", "BR"}
    assert set(lines) >= {
        *("confirmed-on-screen", "confirmed-in-app", "confirmed-by-mail", "will-be-reviewed", "code-asked"),
        *("more-asked", "answered", "refused", "extended", "undeliverable", "answer-missing", "reminded"),
        *("extension-disputed", "refusal-disputed", "asked-applied", "complained-to-controller", "acknowledged"),
        *("complained", "authority-wrote", "authority-told", "closed", "letter-arrived", "country-changed"),
    }
