"""Whatever is computed is said in the language in use: in an invented language no English is left of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from core.objection.test_diaries import DIARIES, events_of, moment
from exhaustive import parametrize_some
from metaoptout_tui.core.case_file.case import build_case
from metaoptout_tui.core.case_file.redaction import collect_harmless_words, redact_record
from metaoptout_tui.core.chats.chat_todos import ChatTodo
from metaoptout_tui.core.chats.message_total import MessageTotal
from metaoptout_tui.core.chats.notices import NoticeKind, SeenNotice, notice_text, readable_text
from metaoptout_tui.core.choice_question import ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.guidance.schema import EditionPart
from metaoptout_tui.core.language.language_names import ENGLISH_LANGUAGE_NAMES, language_name
from metaoptout_tui.core.language.translation import ENGLISH, in_catalogue
from metaoptout_tui.core.letters.letter_recommendations import (
    find_premature_letters,
    find_sent_letters,
    recommend_letters,
)
from metaoptout_tui.core.mail import Mail, SenderTrust, SenderVerdict, TrustReason, describe_mail
from metaoptout_tui.core.mail_wording import MailKind
from metaoptout_tui.core.meta_export import ExposureCount, ExposureKind, LinkedProfiles, MetaExport, exposure_sentence
from metaoptout_tui.core.objection.agenda import appointments_of
from metaoptout_tui.core.objection.coverage_summary import summarize_coverage
from metaoptout_tui.core.objection.coverage_table import (
    CoverageFilter,
    coverage_rows_of,
    describe_cover,
    describe_gaps,
    describe_task_briefly,
)
from metaoptout_tui.core.objection.deadline_sentences import deadline_state_text, period_end_sentence
from metaoptout_tui.core.objection.deadlines import calculation_lines
from metaoptout_tui.core.objection.event_sentences import date_warnings, describe_event, describe_log_in
from metaoptout_tui.core.objection.farewell import farewell
from metaoptout_tui.core.objection.objecting_again import objecting_again_question
from metaoptout_tui.core.objection.offers import offers_of
from metaoptout_tui.core.objection.overview import Overview, compute_overview
from metaoptout_tui.core.objection.sentences import (
    describe_group,
    describe_state,
    describe_state_briefly,
    describe_step,
    outcome_sentence,
    task_sentence,
    what_comes_next,
)
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.objection.step_advice import StepAdvice
from metaoptout_tui.core.objection.tasks import TASK_KINDS, Task
from metaoptout_tui.core.objection.ticking import taking_back_question
from metaoptout_tui.core.record.accounts import EvidenceFileState, Record, evidence_items_of
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import ChatTodoKind, EventField
from metaoptout_tui.guidance.loader import load_authorities, public_holiday_name
from pseudo_language import PseudoCatalogue, english_left
from sample_case import known
from samples import NOW, account, at, entry, record

DATES = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "just",
        "now",
        "ago",
        "minute",
        "minutes",
        "hour",
        "hours",
        "day",
        "days",
        "month",
        "months",
    ]
)
"""What the formats of English dates, which the invented language has, leave."""
DATA = DATES | {
    *["facebook", "instagram", "threads", "whatsapp", "anna", "example", "org", "private", "mail", "progress", "toml"]
}


COUNTRIES = frozenset(["brazil", "kingdom", "netherlands", "states", "switzerland", "united"])
"""Names of countries come from the CLDR, which has no invented language."""


def english_in(*said: str) -> list[str]:
    return [f"{word}: {words}" for words in said for word in english_left(words, DATA | COUNTRIES)]


@pytest.fixture(autouse=True)
def invented_language() -> Iterator[None]:
    with in_catalogue(PseudoCatalogue()):
        yield


def words_of(question: ChoiceQuestion | None) -> Iterator[str]:
    """All that is said where a question is asked."""
    if question is not None:
        yield from (question.title, *question.sentences, *(words for _, words in question.answers))


def said_of_account(status: AccountStatus, overview: Overview, record: Record, playbook: Playbook) -> Iterator[str]:
    """All that is said of how one account stands, and of its diary."""
    now, id = overview.now, status.account.id
    task = overview.next_task_for(id)
    yield describe_state(status, record, playbook, now)
    yield describe_state_briefly(status)
    yield task_sentence(task, playbook)
    yield describe_task_briefly(task, now)
    yield what_comes_next(overview, id, playbook)
    yield describe_log_in(status, playbook, now)
    if status.outcome is not None:
        yield outcome_sentence(status, record, playbook, now)
    for step in status.steps:
        for with_time in (True, False):
            yield describe_step(step, status, now, task=task, with_time=with_time)
            yield describe_step(step, status, now, with_time=with_time)
        yield from (advice.words for advice in StepAdvice(playbook, record, overview, status, step.id).in_order())
        for question in (
            taking_back_question(status.account, step.id, overview, playbook),
            objecting_again_question(status, step.id, overview, playbook),
        ):
            yield from words_of(question)
    tasks = [each for each in overview.tasks if each.account_id == id]
    yield from (offer.words for offer in offers_of(status, tasks))
    yield from (describe_event(event, playbook) for event in status.account.events)
    yield from said_of_periods(status, playbook, now)


def said_of_periods(status: AccountStatus, playbook: Playbook, now: datetime) -> Iterator[str]:
    periods = []
    for deadline in status.deadlines:
        if period := deadline.legal_period(public_holiday_name):
            periods.append(period)
            yield deadline_state_text(deadline, period, now.date())
            yield period_end_sentence(period, now.date(), deadline.ended_by)
            for line in calculation_lines(period, playbook):
                yield from (line.sentence, line.citation)
    for letters in (
        recommend_letters(status, tuple(periods), now),
        find_premature_letters(status, tuple(periods), now),
        find_sent_letters(status, now),
    ):
        yield from letters.values()


@parametrize_some(30, "diary", DIARIES, ids=lambda diary: diary["name"])
def test_nothing_of_how_an_account_stands_is_said_in_english(playbook: Playbook, diary: dict[str, str]) -> None:
    hub = "private" if "linked" in diary else ""
    for line in diary["then"].splitlines():
        now = moment(line.split()[0])
        accounts = [account("facebook", *_until(diary["events"], now), hub=hub)]
        if "linked" in diary:
            accounts.append(account("instagram", *_until(diary["linked"], now), hub=hub))
        progress = record(*accounts, country=diary.get("country", "NL"))
        overview = compute_overview(progress, playbook, now, public_holiday_name)
        said = [words for each in overview.statuses for words in said_of_account(each, overview, progress, playbook)]
        for appointment in appointments_of(overview, playbook, public_holiday_name):
            said += [appointment.summary, appointment.description, appointment.follow_up]
        for row in coverage_rows_of(overview):
            said += [describe_cover(row, progress, playbook, now), describe_gaps(row, playbook)]
        said += [summarize_coverage(overview), summarize_coverage(overview, is_brief=True)]
        said += [describe_group(group) for group in overview.groups]
        said += [farewell(record(), progress, overview, playbook, "progress.toml")]
        said += date_warnings(progress, playbook, now)
        assert english_in(*said) == []


def _until(lines: str, now: datetime) -> list[Event]:
    return [event for event in events_of(lines) if event.at <= now]


def _value_of(field: EventField) -> object:
    """A value that a field may have."""
    known_values = {"entry": "no-such-entry", "of": "no-such-entry", "point": "whatsapp.used", "answer": "yes"}
    if field.name in known_values:
        return known_values[field.name]
    if field.known_values:
        return field.known_values[0]
    samples = {date: date(2026, 11, 1), datetime: NOW, int: 3, dict: {"to_meta_ai": 2, "could_be_read": 3}}
    return samples.get(field.value_type, {"step": "submit", "hub": "private"}.get(field.name, "Anna"))


@pytest.mark.parametrize("kind", EventKind)
def test_no_entry_of_the_diary_is_said_in_english(playbook: Playbook, kind: EventKind) -> None:
    fields = EVENT_KINDS[kind].fields
    every = {name: _value_of(field) for name, field in fields.items() if not field.is_internal}
    needed = {name: every[name] for name in EVENT_KINDS[kind].required_fields}
    events = [Event(f"e{number}", NOW, kind, values) for number, values in enumerate((every, needed))]
    for name, field in fields.items():
        events += [Event(f"{name}-{word}", NOW, kind, {**needed, name: word}) for word in field.known_values]
    assert english_in(*(describe_event(event, playbook) for event in events)) == []
    assert (
        english_in(*(field.translated_label for field in fields.values() if field.label not in ("", "SHA-256"))) == []
    )


def test_no_task_and_no_offer_is_said_in_english(playbook: Playbook) -> None:
    said: list[str] = []
    for kind, rules in TASK_KINDS.items():
        said.append(rules.brief_words)
        for is_upcoming in (False, True):
            task = Task(kind, "facebook", rules.step, NOW, source_id="", is_upcoming=is_upcoming)
            said += [task_sentence(task, playbook), describe_task_briefly(task, NOW)]
            said.append(describe_task_briefly(task, at(1)))
            said.append(describe_task_briefly(task, at(0.1)))
    assert english_in(*said) == []


def test_what_was_computed_before_the_language_was_chosen_is_said_in_it(playbook: Playbook) -> None:
    at_home = record(account("facebook", entry("filed", at(1)), email=""), account("elsewhere", entry("filed", at(9))))
    at_home = replace(at_home, person=replace(at_home.person, email=""))
    with in_catalogue(ENGLISH):
        overview = compute_overview(at_home, playbook, NOW, public_holiday_name)
        english = [task_sentence(task, playbook) for task in overview.tasks]
    said = [task_sentence(task, playbook) for task in overview.tasks]
    assert "the address you gave" in str(english)
    assert "Data about you without an account" in str(english)
    assert english_in(*said) == []


def test_no_date_that_cannot_be_right_is_told_in_english(playbook: Playbook) -> None:
    wrong = record(
        account(
            "facebook", entry("filed", at(5)), entry("refused", at(9)), entry("filed", at(2000)), entry("filed", at(-9))
        ),
        account("instagram", entry("refused", at(3))),
    )
    warnings = date_warnings(wrong, playbook, NOW)
    assert len(warnings) >= 3
    assert english_in(*warnings) == []


def test_no_scan_of_chats_is_told_in_english() -> None:
    said = [
        notice_text(SeenNotice(kind, lines, first)) for kind in NoticeKind for lines in (1, 2) for first in (None, NOW)
    ]
    said += [readable_text(count, own) for count in (1, 3) for own in (None, 1)]
    for messages in ((0, 0, 0), (1, 0, 0), (2, 1, 0), (2, 0, 3), (0, 0, 4)):
        said += [MessageTotal(chats, 1, *messages).text for chats in (1, 3)]
    said += [ChatTodo(kind, chats).label for kind in ChatTodoKind for chats in ((), ("Anna",), ("Anna", "Private"))]
    assert english_in(*said) == []


def test_no_mail_is_told_in_english() -> None:
    said = []
    for kind in MailKind:
        for reason in TrustReason:
            verdict = SenderVerdict(SenderTrust.UNKNOWN, reason)
            mail = Mail("", "", "", NOW, "", verdict, kind, "", "", is_forwarded=False, sha256="", size=0)
            said += [describe_mail(mail, NOW, is_asked_below=is_asked) for is_asked in (True, False)]
            said.append(describe_mail(mail._replace(sent_at=None, sender="anna@example.org", subject="Anna"), NOW))
    assert english_in(*said) == []


@pytest.mark.parametrize("posts", [None, 0, 1, 5])
def test_no_download_is_told_in_english(posts: int | None) -> None:
    days = (None, None), (date(2026, 1, 2), date(2026, 1, 2)), (date(2026, 1, 2), date(2026, 3, 4))
    for first, last in days:
        counts = {ExposureKind.POSTS: ExposureCount(posts, first, last), ExposureKind.AI_MESSAGES: ExposureCount(posts)}
        export = MetaExport((), ("facebook",), None, (), LinkedProfiles(is_listed=False), counts, ())
        assert english_in(exposure_sentence([export])) == []


def test_no_name_of_a_language_a_part_or_a_filter_is_english() -> None:
    said = [language_name(code) for code in ENGLISH_LANGUAGE_NAMES]
    said += [part.words for part in EditionPart]
    said += [shown.words for shown in CoverageFilter]
    assert english_in(*said) == []


def test_a_masked_case_file_has_masks_of_the_language(playbook: Playbook) -> None:
    kept = entry("evidence", at(1), file="secret.png", sha256="ab" * 32, bytes=3, of="no-such-entry")
    sent = entry("filed", at(2), reason="Secret", email="secret@example.org")
    unknown = entry("dreamed", at(1), of="Secret")
    progress = record(account("facebook", sent, kept, unknown, hub="Secret"))
    masked = redact_record(progress, collect_harmless_words(playbook, ("NL",), load_authorities()))
    outcomes = [EvidenceFileState.OK] * len(evidence_items_of(masked))
    (facebook,) = build_case(masked, known(), NOW, outcomes, is_redacted=True).accounts
    assert (
        english_in(facebook.name, facebook.email, facebook.linked_group, *(told.sentence for told in facebook.diary))
        == []
    )
    assert (
        english_in(*(detail.value for told in facebook.diary for detail in told.details if detail.value[0] == "["))
        == []
    )
