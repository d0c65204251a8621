"""What a case file says of an entry: whole sentences about the person, with nothing in them that only the program knows."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from metaoptout_tui.core.case_file.diary import CaseDiaryEntry, build_case_diary
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.objection.replies import all_replies
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, EventKind
from metaoptout_tui.core.record.vocabulary import EventField, Fields
from pseudo_language import PseudoCatalogue, english_left
from samples import account, at, entry

FILED = entry("filed", at(40), email="a@b.cd")
SHA = "ab" * 32
COUNTS = {
    "to_meta_ai": 3,
    "by_meta_ai": 2,
    "names_meta_ai": 1,
    "messages": 9,
    "meta_ai_added": 1,
    "meta_ai_removed": 1,
    "dates_sure": True,
}
COUNTRY_NAMES = {"DE": ("Dtschlnd",), "GB": ("Grt Brtn",)}
SAMPLES: dict[str, object] = {
    "step": "open",
    "point": "whatsapp.used",
    "answer": "yes",
    "authority": "Bhrd",
    "helper": "Rs",
    "counts": COUNTS | {"posts": 4, "ai_messages_by_person": 2},
    "days": {"posts": "2019-05-04 2019-05-07"},
    "files": {"psts.jsn": "f" * 64},
    "file": "scrn.png",
    "sha256": SHA,
    "sender": "me",
    "chat": "internal-id-of-a-chat",
    "entry": FILED.id,
    "of": FILED.id,
}


class OfGermany(PseudoCatalogue):
    """The invented language, with the dates of German."""

    language = "de"


def value_of(name: str, field: EventField, word: str, siblings: Fields) -> object:
    """A value that the program itself writes into a field; `word` where the field has words."""
    if word in field.known_values:
        return word
    match name:
        case "answer" if "todo" in siblings:
            return "done"
        case "from" | "to" if field.redaction == "country":
            return {"from": "DE", "to": "GB"}[name]
        case "from" | "to" if field.redaction == "email":
            return "n@b.cd"
        case _ if name in SAMPLES:
            return SAMPLES[name]
    if field.known_values:
        return field.known_values[0]
    return {date: date(2026, 10, 1), datetime: datetime(2026, 10, 1, 8, tzinfo=UTC), int: 4_321}.get(
        field.value_type, "Wrt"
    )


def every_entry(kind: str) -> Iterator[dict[str, object]]:
    """Every field of a kind set, once for each word that one of them may have; and none but those that must be."""
    fields = EVENT_KINDS[kind].fields
    for word in {"", *(word for field in fields.values() for word in field.known_values)}:
        yield {name: value_of(name, field, word, fields) for name, field in fields.items()}
        yield {name: value_of(name, field, word, fields) for name, field in EVENT_KINDS[kind].required_fields.items()}


def told_of(playbook: Playbook, kind: str, fields: dict[str, object]) -> CaseDiaryEntry:
    named = {{"for": "for_"}.get(name, name): value for name, value in fields.items()}
    told = build_case_diary(account("facebook", FILED, entry(kind, at(1), **named)), playbook, COUNTRY_NAMES)
    return told[-1]


def words_of(told: CaseDiaryEntry) -> str:
    return "\n".join([told.sentence, *(part for detail in told.details for part in detail)])


NAMES = """
    bcd dtschlnd grt brtn bhrd wrt png scrn jsn psts mai okt nov utc sha meta account private whatsapp
"""
DATA = frozenset(NAMES.split())
"""What a person wrote, names, and what the dates of German leave."""


@pytest.mark.parametrize("kind", EventKind)
def test_no_field_of_any_entry_is_told_as_the_file_has_it(playbook: Playbook, kind: EventKind) -> None:
    with in_catalogue(OfGermany()):
        for fields in every_entry(kind):
            words = words_of(told_of(playbook, kind, fields))
            assert sorted({*english_left(words.replace(SHA, ""), DATA)}) == [], words
            assert not re.search(r"\{'|\bTrue\b|\bNone\b|internal|[A-Z0-9]{26}", words), words


@pytest.mark.parametrize("kind", EventKind)
def test_nobody_is_spoken_to(playbook: Playbook, kind: EventKind) -> None:
    for fields in every_entry(kind):
        words = re.sub("“.*?”", "", words_of(told_of(playbook, kind, fields)))
        assert not re.search(r"\b(you|your|yours|I|my|me|our)\b", words), words


def test_each_reply_has_a_sentence_of_its_own(playbook: Playbook) -> None:
    told = {
        reply.id: told_of(playbook, reply.event_kind, dict(reply.fields)).sentence
        for reply in all_replies()
        if not reply.variants
    }
    assert {
        id for id, sentence in told.items() if sentence.split()[0] not in ("Meta", "The", "A", "What", "Until")
    } == set()
    assert told["will-be-reviewed"] == "Meta confirmed only that the objection was received or will be reviewed"


def test_a_reference_stands_beside_what_meta_said(playbook: Playbook) -> None:
    told = told_of(playbook, "refused", {"reference": "Case 12", "grounds": "given"})
    assert told.sentence == "Meta refused and gave reasons"
    assert [(detail.label, detail.value) for detail in told.details] == [("Meta's case number", "Case 12")]


def test_a_search_of_chats_is_told_in_sentences(playbook: Playbook) -> None:
    told = told_of(playbook, "reviewed-chats", {"counts": COUNTS, "file": "chat.txt", "sha256": SHA, "sender": "me"})
    assert told.sentence.startswith("Chat scanned, chat.txt: at least 3 messages of the person to Meta AI")
    details = {detail.label: detail.value for detail in told.details}
    assert details == {
        "Counted": "9 messages in all\n2 messages by Meta AI\n1 message only naming Meta AI\nMeta AI was added to the chat\nMeta AI was removed from the chat",
        "SHA-256": SHA,
    }


def test_what_another_version_wrote_is_there_and_named_as_that(playbook: Playbook) -> None:
    told = told_of(playbook, "reminded", {"mood": "grim"})
    assert [(detail.label, detail.value) for detail in told.details] == [
        ("Further", "written by another version, not shown here")
    ]
    assert told_of(playbook, "poked", {}).sentence == "Of a kind not known here"


def test_a_form_that_nobody_named_is_not_named(playbook: Playbook) -> None:
    [told] = build_case_diary(account("facebook", FILED), playbook)
    assert [(detail.label, detail.value) for detail in told.details] == [
        ("Sent with", "Meta's form; which one is not noted")
    ]


def test_countries_have_their_names(playbook: Playbook) -> None:
    told = told_of(playbook, "country-changed", {"from": "DE", "to": "GB"})
    assert (told.sentence, told.details) == ("The person moved from Dtschlnd to Grt Brtn", ())
