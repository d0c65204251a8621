"""A masked record: nothing of whose it is comes through, and how things stand comes out as it was."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhaustive import examples
from generated_diaries import records
from metaoptout_tui.core.case_file.case import build_case
from metaoptout_tui.core.case_file.redaction import (
    LEFT_OUT,
    REDACTED_KIND,
    HarmlessWords,
    collect_harmless_words,
    redact_record,
)
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.record.accounts import Account, EvidenceFileState, Person, Record, evidence_items_of
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, event_field
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.guidance.loader import public_holiday_name
from sample_case import case, documents, full_record, known
from samples import NOW, account, at, entry, record

CANARY = "Zqcanary"
SPELLINGS = (f"{CANARY.lower()}@{CANARY.lower()}.example", f"@{CANARY}", f"+31 6 {CANARY}", f"{CANARY} van {CANARY}")
FIELDS = sorted(
    {name for kind in EVENT_KINDS.values() for name in (*kind.required_fields, *kind.optional_fields)}
    | {"note", "anything"}
)


def words() -> HarmlessWords:
    judged = known()
    return collect_harmless_words(judged.playbook, judged.country_names.keys(), judged.authorities)


def masked_documents(progress: Record) -> dict[str, str]:
    masked = redact_record(progress, words())
    outcomes = [EvidenceFileState.OK] * len(evidence_items_of(masked))
    return documents(build_case(masked, known(), NOW, outcomes, is_redacted=True))


canaries = st.sampled_from(SPELLINGS)
values = st.one_of(
    canaries,
    canaries.map(lambda word: [word]),
    canaries.map(lambda word: {word: word}),
    st.just(NOW),
    st.just(NOW.date()),
    st.integers(0, 9),
)


def as_read(event: Event) -> Event:
    """With a day where a record read from the disk holds no moment."""
    days = {
        name: value.date()
        if isinstance(value, datetime) and (field := event_field(event.kind, name)) and field.value_type is date
        else value
        for name, value in event.fields.items()
    }
    return event._replace(fields=days)


events = st.builds(
    Event,
    st.integers(0, 10**9).map(lambda number: f"{number}-{CANARY}"),
    st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
    st.one_of(st.sampled_from(sorted(EVENT_KINDS)), canaries),
    st.dictionaries(st.one_of(st.sampled_from(FIELDS), canaries), values, max_size=6),
).map(as_read)
accounts = st.builds(
    lambda number, platform, name, email, hub, diary: Account(
        f"{number}-{CANARY}",
        platform,
        name,
        email,
        hub,
        tuple({each.id: each for each in diary}.values()),
        {name: email},
    ),
    st.integers(0, 10**9),
    st.one_of(st.sampled_from(["facebook", "instagram", "threads", "whatsapp", "meta-ai"]), canaries),
    canaries,
    canaries,
    st.one_of(st.none(), st.just(""), canaries),
    st.lists(events, max_size=8),
)


@settings(max_examples=examples(200))
@given(st.lists(accounts, min_size=1, max_size=3, unique_by=lambda each: each.id), canaries, canaries)
def test_nothing_of_the_person_is_in_any_of_the_four_files(every: list[Account], email: str, country: str) -> None:
    person = Person(country, country, email, {country: email})
    progress = Record(person, tuple(every), {f"note:{CANARY}": {"text": email}}, {CANARY: email})
    for ending, told in masked_documents(progress).items():
        assert CANARY.casefold() not in told.casefold(), ending


def test_the_canary_does_sing_where_nothing_is_masked() -> None:
    progress = record(account("facebook", entry("filed", at(1), email=SPELLINGS[0], reason=SPELLINGS[3])))
    for told in documents(case(progress)).values():
        assert CANARY.casefold() in told.casefold()


@pytest.mark.parametrize("ending", ["html", "md", "json", "ics"])
def test_a_usual_record_keeps_no_name_address_link_file_or_word(ending: str) -> None:
    progress = full_record("My neighbour Jansen knows")
    told = masked_documents(progress)[ending].casefold()
    for secret in ("anna", "example.org", "“private”", "“shop”", "jansen", "neighbour", "second line", "screenshot"):
        assert secret not in told, secret


def test_how_every_account_stands_comes_out_as_it_was(playbook: Playbook) -> None:
    progress = full_record()
    plain, masked = (
        compute_overview(each, playbook, NOW, public_holiday_name)
        for each in (progress, redact_record(progress, words()))
    )
    assert [each.state for each in plain.statuses] == [each.state for each in masked.statuses]
    assert [[step.state for step in each.steps] for each in plain.statuses] == [
        [step.state for step in each.steps] for each in masked.statuses
    ]
    assert [each.deadlines and each.deadlines[0].kind for each in plain.statuses] == [
        each.deadlines and each.deadlines[0].kind for each in masked.statuses
    ]
    assert [task.kind for task in plain.tasks] == [task.kind for task in masked.tasks]


def what_follows(progress: Record) -> dict[str, object]:
    """All that the law, a state, a period, an authority or a task says of a record, without names and ids."""
    judged = known()
    outcomes = [EvidenceFileState.OK] * len(evidence_items_of(progress))
    told = build_case(progress, judged, NOW, outcomes)
    overview = compute_overview(progress, judged.playbook, NOW, public_holiday_name)
    return {
        "region": told.region,
        "authority": told.authorities,
        "states": [(each.state, each.region.law, each.since, each.last_checked) for each in overview.statuses],
        "steps": [[(step.id, step.state) for step in each.steps] for each in overview.statuses],
        "deadlines": [
            [(deadline.kind, deadline.law, deadline.jurisdiction) for deadline in each.deadlines]
            for each in overview.statuses
        ],
        "periods": [[period._replace(started_by="") for period in each.periods] for each in told.accounts],
        # A masked id does not tell when an entry was written, from which it follows who is asked for more accounts.
        "tasks": [
            (task.kind, task.due_at, task.is_upcoming) for task in overview.tasks if task.step_id != StepId.IDENTIFY
        ],
        "due": [task.kind for task in overview.due_tasks],
    }


@pytest.mark.exhaustive
@settings(max_examples=examples(200))
@given(records())
def test_masks_change_nothing_of_law_state_period_authority_or_land(progress: Record) -> None:
    assert what_follows(redact_record(progress, words())) == what_follows(progress)


def test_what_meta_asked_for_and_why_it_refused_or_took_longer_stays() -> None:
    own = [
        entry("filed", at(50)),
        entry("more-asked", at(45), for_="id"),
        entry("extended", at(40), reasons="none"),
        entry("refused", at(3), grounds="none"),
        entry("country-changed", at(2), from_="DE", to="GB"),
    ]
    person = Person("DE", "de", "anna@example.org", land="DE-HH")
    masked = redact_record(Record(person, (account("facebook", *own),)), words())
    assert masked.person.land == "DE-HH"
    told = {name: value for event in masked.accounts[0].events for name, value in event.fields.items()}
    assert told == {"for": "id", "reasons": "none", "grounds": "none", "from": "DE", "to": "GB"}


def test_the_same_thing_has_the_same_mask_and_another_thing_another() -> None:
    progress = record(
        account("facebook", entry("filed", at(1), email="ANNA@example.org"), hub="private"),
        account("instagram", hub="private", email="shop@example.org"),
        account("threads", hub="club"),
    )
    masked = redact_record(progress, words())
    facebook, instagram, threads = masked.accounts
    assert facebook.email == threads.email == masked.person.email == facebook.events[0].text("email")
    assert instagram.email != facebook.email
    assert facebook.linked_group == instagram.linked_group != threads.linked_group
    assert facebook.name != instagram.name


def test_an_account_that_is_not_linked_or_not_known_stays_so() -> None:
    masked = redact_record(record(account("facebook", hub=""), account("instagram")), words())
    assert [each.linked_group for each in masked.accounts] == ["", None]


def test_masks_of_entries_keep_the_order_in_which_they_were_written() -> None:
    own = tuple(entry("noted", at(day), step="open", text="x") for day in (3, 1, 2))
    masked = redact_record(record(account("facebook", *reversed(own))), words()).accounts[0].events
    assert [each.id for each in masked] == ["entry-3", "entry-2", "entry-1"]


def test_what_this_version_does_not_know_is_left_out() -> None:
    masked = redact_record(record(account("facebook", entry("dreamed", at(1), of="Anna", text="Anna"))), words())
    [event] = masked.accounts[0].events
    assert (event.kind, dict(event.fields)) == (REDACTED_KIND, {"more": LEFT_OUT})


def test_numbers_days_and_digests_stay() -> None:
    kept = entry("evidence", at(1), file="Anna.EML", sha256="ab" * 32, bytes=12, of="gone")
    masked = redact_record(record(account("facebook", kept)), words()).accounts[0].events[0]
    assert dict(masked.fields) == {"file": "[file 1].eml", "sha256": "ab" * 32, "bytes": 12}


def test_masking_twice_hides_no_more_and_breaks_nothing() -> None:
    once = redact_record(full_record(), words())
    assert redact_record(once, words()).accounts == replace(once).accounts


REGEX = r"Anna.*(van|der)[Berg]+$^\d{2}?"


def test_names_that_are_patterns_or_common_words_and_addresses_in_other_letters_are_masked_everywhere() -> None:
    every = record(
        replace(
            account(
                "facebook",
                entry("filed", at(9), email="ANNA.Berg@Example.ORG", reason=f"I am {REGEX}, anna.berg@example.org."),
                entry("confirmed-by-mail", at(8), reference="<4711.Anna.Berg@mail.example.org>", note="To: ANNA.BERG@"),
                entry("refused", at(7), grounds="Dear Anna Berg", note=REGEX),
                entry("noted", at(6), step="confirm", text=f"{REGEX}\nanna.BERG@example.org"),
                entry("evidence", at(6), file="Anna Berg (1).eml", sha256="ab" * 32, bytes=3, of="0"),
                entry("complained", at(5), authority="Anna Berg's friend"),
                hub=REGEX,
            ),
            name=REGEX,
            email="anna.berg@example.org",
            id="facebook-anna-berg",
        ),
        replace(account("instagram", hub="the"), name="the", email="Anna.Berg@example.org"),
    )
    told = masked_documents(every)
    assert {"html", "md", "json", "ics"} <= set(told)
    for ending, words_of_it in told.items():
        low = words_of_it.casefold()
        assert "berg" not in low, ending
        assert "anna" not in low, ending
        assert "4711" not in low, ending
        assert "(van" not in low, ending
    data = json.loads(told["json"])
    assert [each["name"] for each in data["accounts"]] == ["Facebook “[name 1]”", "Instagram “[name 2]”"]
    assert data["accounts"][1]["link"] == "in “[hub 2]”"
    # One address however it is written, so that it is seen to be one.
    assert {each["email"] for each in data["accounts"]} == {"[e-mail 2]"}
    assert "[e-mail 2]" in data["accounts"][0]["summary"]["objected"][0]
