"""Redacts a record, so that a case file can be shown to somebody who need not know whose it is.

The record is masked before anything is computed from it, and what is not known to be harmless is left out, so the
result cannot reveal more than the masks. The same value gets the same mask throughout, and masks of event ids keep
their order, so that the state of each account comes out unchanged.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.record.account_names import is_placeholder_name
from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, event_field
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import (
    CORRECTED_FIELD,
    CORRECTED_TEXT,
    EMAIL,
    FILE_HOLDS,
    FORM,
    HOLDS_LETTER,
    SHA256,
    SIZE,
    TAKEN_BACK_EVENT,
    EventField,
)

LEFT_OUT = mark("[left out]")
"""What replaces free text, in English; `left_out` says it."""

REDACTED_KIND = "of-a-kind-not-known-here"
_KNOWN_FILE_ENDINGS = frozenset({"eml", "pdf", "png", "jpg", "jpeg", "txt", "html", "zip", "msg"})
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def left_out() -> str:
    """What replaces free text, in the language in use."""
    return _(LEFT_OUT)


@dataclass(frozen=True)
class HarmlessWords:
    """Words that reveal nothing about a person: codes of countries and Länder, authorities, and ids of the guidance."""

    countries: frozenset[str]
    lands: frozenset[str]
    authorities: frozenset[str]
    platforms: Mapping[str, str]
    steps: frozenset[str]
    points: frozenset[str]
    answers: frozenset[str]
    forms: frozenset[str]


def collect_harmless_words(
    playbook: Playbook, countries: Collection[str], directory: AuthorityDirectory
) -> HarmlessWords:
    """The harmless words: ids of the guidance, ISO country codes, and authorities by code and name."""
    authorities = directory.by_code.values()
    return HarmlessWords(
        frozenset(countries),
        frozenset(authority.code for authority in authorities if authority.land),
        frozenset(name for authority in authorities for name in (authority.code, authority.name, authority.full_name)),
        {platform.id: platform.name for platform in playbook.platforms},
        frozenset(step for sequence in playbook.step_sequences for step in sequence.steps),
        frozenset(point.id for point in playbook.points),
        frozenset(answer for point in playbook.points for answer in point.answers),
        frozenset(form.id for form in playbook.forms) | {*FORM.known_values},
    )


def redact_record(record: Record, harmless_words: HarmlessWords) -> Record:
    """The record with masks for addresses, names, groups, files and ids, without free text, drafts or unknown keys.

    Dates, platforms, countries, the Land, and sizes and SHA-256 of evidence files stay, except those of letters' texts, and
    so does every word on which the law, the state or a period of an account depends. Accounts and entries keep their
    order.
    """
    redactor = _Redactor(harmless_words, record)
    person = record.person
    return Record(
        Person(
            person.country if person.country in harmless_words.countries else "",
            person.language if person.language in CONTENT_LANGUAGES else "",
            redactor.mask_email(person.email),
            land=person.land if person.land in harmless_words.lands else "",
        ),
        tuple(redactor.redact_account(number, account) for number, account in enumerate(record.accounts, start=1)),
    )


@dataclass
class _NumberedMask:
    """Masks of one kind, numbered in order of first use: `[e-mail 1]`."""

    pattern: str
    mask_by_value: dict[str, str] = field(default_factory=dict)

    def __call__(self, value: str) -> str:
        if not value:
            return value
        return self.mask_by_value.setdefault(value.casefold(), self.pattern.format(number=len(self.mask_by_value) + 1))


class _Redactor:
    def __init__(self, harmless_words: HarmlessWords, record: Record) -> None:
        self._harmless = harmless_words
        self._harmless_by_redaction: Mapping[str, Collection[str]] = {
            "step": harmless_words.steps,
            "point": harmless_words.points,
            "answer": harmless_words.answers,
            "form": harmless_words.forms,
            "authority": harmless_words.authorities,
            "country": harmless_words.countries | harmless_words.lands,
        }
        self.mask_email = _NumberedMask(_("[e-mail {number}]"))
        self._mask_linked_group = _NumberedMask(_("[hub {number}]"))
        self._mask_file = _NumberedMask(_("[file {number}]"))
        event_ids = sorted({event.id for account in record.accounts for event in account.events})
        width = len(str(len(event_ids)))
        self._mask_by_event_id = {id: f"entry-{number:0{width}}" for number, id in enumerate(event_ids, start=1)}

    def redact_account(self, number: int, account: Account) -> Account:
        platform = account.platform if account.platform in self._harmless.platforms else "platform"
        is_bare = not account.name or is_placeholder_name(account.name, self._harmless.platforms.get(platform, "-"))
        return Account(
            f"account-{number}",
            platform,
            account.name if is_bare else _("[name {number}]").format(number=number),
            self.mask_email(account.email),
            None if account.linked_group is None else self._mask_linked_group(account.linked_group),
            tuple(self._redact_event(event) for event in account.events),
        )

    def _redact_event(self, event: Event) -> Event:
        is_known = event.kind in EVENT_KINDS
        # Whoever has the wording of a letter could try names until size and digest fit.
        guessable = (SHA256, SIZE) if event.text(FILE_HOLDS.name) == HOLDS_LETTER else ()
        fields: dict[str, object] = {}
        for name, value in event.fields.items():
            field = event_field(event.kind, name) if is_known else None
            if field == CORRECTED_TEXT and event.text(CORRECTED_FIELD.name) == EMAIL.name:
                fields[name] = self.mask_email(str(value))
            elif field is not None and field in guessable:
                fields[name] = left_out()
            elif field is not None:
                fields[name] = self._redact_value(field, value)
            else:
                fields["more"] = left_out()
        known_fields = {name: value for name, value in fields.items() if value is not None}
        return Event(
            self._mask_by_event_id[event.id], event.at, event.kind if is_known else REDACTED_KIND, known_fields
        )

    def _redact_value(self, field: EventField, value: object) -> object:
        """The redacted value of a field; None to leave the field out."""
        if isinstance(value, bool) or not isinstance(value, (str, int, date)):
            return left_out()
        if isinstance(value, (int, date)):
            return value if field.redaction == "kept" else left_out()
        return self._redact_text(field, value) if value else value

    def _redact_text(self, field: EventField, value: str) -> object:
        match field.redaction:
            case "email":
                return self.mask_email(value)
            case "linked-group":
                return self._mask_linked_group(value)
            case "file":
                return self._mask_file_name(value)
            case "event-id":
                # Without its entry, a step that was opened again would take back all of it.
                unknown = left_out() if field == TAKEN_BACK_EVENT else None
                return self._mask_by_event_id.get(value, unknown)
            case "sha256":
                return value if _SHA256.fullmatch(value) else left_out()
            case "known-value":
                return value if value in field.known_values else left_out()
            case "left-out" | "kept":
                return left_out()
            case kind_of_word:
                return value if value in self._harmless_by_redaction[kind_of_word] else left_out()

    def _mask_file_name(self, name: str) -> str:
        ending = name.rpartition(".")[2].casefold()
        return self._mask_file(name) + (f".{ending}" if ending in _KNOWN_FILE_ENDINGS else "")
