"""The record as frozen values: one person, their accounts with their diaries, evidence files, and drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from metaoptout_tui.core.language.formatting import format_decimal
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, events_in_force
from metaoptout_tui.core.record.remembered import NOTHING_REMEMBERED, OF_PERSON, Remembered
from metaoptout_tui.core.record.vocabulary import HOLDS_LETTER

Draft = Mapping[str, str]
FROM_ELSEWHERE = "elsewhere"
"""The platform of what is no profile: a person, perhaps without any account, whose data Meta has from elsewhere."""
SENDER_NAME, SENDER_ADDRESS, SENDER_PLACE = "name", "sender-address", "place"
"""The names under which letters have the person's name and postal address, and the place beside the date."""
CHILD_NAME = "whose-name"
"""The name under which letters have a child of an account, or of data from elsewhere (`Remembered.for_letters`)."""
WRITES_FOR = "writes-for"
"""The name under which it is remembered, for letters, how the person writes for somebody else whose data it is."""
WRITES_AS_REPRESENTATIVE, WRITES_WITH_PERMISSION, WRITES_FOR_ONESELF = "representative", "permission", "self"
"""As legal representative, with their permission, or for oneself: the name is the person's own."""
DRAFT_TYPED_AT = "typed-at"
"""The name of the value in a draft that says when it was last typed into."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who objects: ISO country code, language of menu labels, and the usual e-mail address; each empty where not known.

    `land` is the part of the country whose authority takes a complaint, such as `DE-HH`; only Germany has such parts.
    `screen_language` is the one that the person chose for the program, empty for the computer's.
    """

    country: str = ""
    language: str = ""
    email: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    land: str = ""
    screen_language: str = ""

    @property
    def jurisdiction(self) -> str:
        """The state or Land whose authority takes a complaint and whose holidays count for it: `NL`, `DE-HH`."""
        return self.land if self.land.startswith(f"{self.country}-") else self.country


PERSON_TEXTS = tuple(each.name for each in fields(Person) if each.name != "extra")
"""The fields of a person that are texts, which have the same names in the file: each is saved, joined and compared."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one platform; or a person without one, on the platform `FROM_ELSEWHERE`.

    `linked_group` is the Accounts Centre or Meta Account it is in (`hub` in the file): a name, `""` for not linked, None for
    unknown, which counts as not linked. `extra` holds keys that this version does not know, kept as they came.
    """

    id: str
    platform: str
    name: str
    email: str = ""
    linked_group: str | None = None
    events: tuple[Event, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it stands for a person whose data Meta has from elsewhere, and for no profile."""
        return self.platform == FROM_ELSEWHERE

    @property
    def has_chats_to_scan(self) -> bool:
        """Whether its chats can be exported and scanned for messages to Meta AI."""
        return self.platform == "whatsapp"

    @property
    def email_last_sent_with(self) -> str:
        """The address that its last objection was sent with; empty where none was, or the account's changed since."""
        email = ""
        for event in events_in_force(self.events):
            if event.kind == EventKind.FILED:
                email = event.text("email")
            elif event.kind == EventKind.EMAIL_CHANGED:
                email = ""
        return email

    def with_event(self, event: Event) -> "Account":
        """The account with one more entry in its diary."""
        return replace(self, events=(*self.events, event))


_NAMES_IN_FILE = {"linked_group": "hub"}
ACCOUNT_VALUES = MappingProxyType(
    {
        each.name: _NAMES_IN_FILE.get(each.name, each.name)
        for each in fields(Account)
        if each.name not in ("id", "events", "extra")
    }
)
"""The fields of an account that are one value, with their names in the file: each is saved, joined and compared."""
UNKNOWN_ACCOUNT = Account("", "", "")
"""An account of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. `drafts` holds what was typed and not yet recorded, by draft key.

    `remembered` is what is remembered beside the diaries, by the id of the account, or `OF_PERSON`.
    `removals` are the removal counts of entries and accounts, by id (`core.record.removals`). Two records that
    differ only in them are equal: they say nothing of the accounts.
    """

    person: Person = field(default_factory=Person)
    accounts: tuple[Account, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)
    removals: Mapping[str, int] = field(default_factory=dict, compare=False)
    remembered: Mapping[str, Remembered] = field(default_factory=dict)

    @property
    def event_count(self) -> int:
        """How many entries all diaries have together."""
        return sum(len(account.events) for account in self.accounts)

    def account_by_id(self, id: str) -> Account | None:
        """The account with this id, if it is there."""
        return next((account for account in self.accounts if account.id == id), None)

    def with_account(self, account: Account) -> "Record":
        """The record with this account in place of the one with the same id, or at the end."""
        if self.account_by_id(account.id) is None:
            return replace(self, accounts=(*self.accounts, account))
        return replace(self, accounts=tuple(account if old.id == account.id else old for old in self.accounts))

    def without_account(self, id: str) -> "Record":
        """The record without the account, its diary, its drafts and what is remembered of it."""
        return replace(
            self,
            accounts=tuple(account for account in self.accounts if account.id != id),
            drafts={key: draft for key, draft in self.drafts.items() if account_id_of_draft(key) != id},
            remembered={owner: each for owner, each in self.remembered.items() if owner != id},
        )

    def remembered_of(self, account_id: str = OF_PERSON) -> Remembered:
        """What is remembered of an account or of the person."""
        return self.remembered.get(account_id, NOTHING_REMEMBERED)

    def with_remembered(self, account_id: str, remembered: Remembered) -> "Record":
        """The record that remembers this, and nothing else, of an account or of the person."""
        others = {owner: each for owner, each in self.remembered.items() if owner != account_id}
        if remembered != NOTHING_REMEMBERED:
            others[account_id] = remembered
        return replace(self, remembered=others)

    @property
    def without_unrecorded(self) -> "Record":
        """The record without what says nothing of what happened: drafts, and what is remembered."""
        return replace(self, drafts={}, remembered={})

    def with_draft(self, key: str, draft: Draft) -> "Record":
        """The record with this draft, without its empty values; an empty draft is removed."""
        drafts = {other: value for other, value in self.drafts.items() if other != key}
        if values := {name: value for name, value in draft.items() if value}:
            drafts[key] = values
        return replace(self, drafts=drafts)

    def all_emails(self) -> tuple[str, ...]:
        """Every address in the record, the person's own first, each once."""
        emails = [self.person.email, *(account.email for account in self.accounts)]
        return tuple(dict.fromkeys(address for address in emails if address))

    @property
    def data_from_elsewhere(self) -> Account | None:
        """What stands for the data that Meta has of the person from elsewhere, the first where there are several."""
        return next((account for account in self.accounts if account.is_from_elsewhere), None)

    @property
    def name_for_letters(self) -> str:
        """The person's name as they gave it for letters; empty where they did not."""
        return self.remembered_of().for_letters.get(SENDER_NAME, "")

    @property
    def without_postal_address(self) -> "Record":
        """The record that remembers no postal address of the person, so that the next letter asks for it."""
        remembered, of_address = self.remembered_of(), {SENDER_ADDRESS, SENDER_PLACE}
        for_letters = {name: words for name, words in remembered.for_letters.items() if name not in of_address}
        asked = remembered.questions_asked - of_address
        return self.with_remembered(OF_PERSON, replace(remembered, for_letters=for_letters, questions_asked=asked))

    def child_of_account(self, account: Account) -> str:
        """The name of the child whose account it is, and for whom the person writes letters; empty for an own account."""
        return "" if account.is_from_elsewhere else self.remembered_of(account.id).for_letters.get(CHILD_NAME, "")

    def linked_with(self, account: Account) -> tuple[Account, ...]:
        """The accounts of its linked group, itself among them; none where it is in no group."""
        return tuple(
            other for other in self.accounts if account.linked_group and other.linked_group == account.linked_group
        )

    def linked_groups(self) -> tuple[str, ...]:
        """The named Accounts Centres or Meta Accounts, in order of first use."""
        return tuple(dict.fromkeys(account.linked_group for account in self.accounts if account.linked_group))


def sent_with(account: Account, email: str) -> tuple[Event, ...]:
    """The objections in force that were sent with an address."""
    return tuple(
        event
        for event in events_in_force(account.events)
        if event.kind == EventKind.FILED and event.text("email").casefold() == email.casefold()
    )


def make_draft_key(form: str, account_id: str = "", step: str = "") -> str:
    """The key of a draft, by the screen that it is typed on: `submit:instagram-anna`, `note:instagram-anna:open`, `account`."""
    return ":".join(part for part in (form, account_id, step) if part)


def account_id_of_draft(key: str) -> str:
    """The account a draft belongs to, empty for none."""
    parts = key.split(":")
    return parts[1] if len(parts) > 1 else ""


class ObjectionDraft(NamedTuple):
    """The address, the reason and the form that were chosen, each empty where nothing was.

    `checked_options` and `reason_language` are what the reason was composed from.
    """

    email: str = ""
    reason: str = ""
    checked_options: tuple[str, ...] = ()
    reason_language: str = ""
    form_id: str = ""

    @classmethod
    def from_draft(cls, draft: Draft) -> "ObjectionDraft":
        """The objection in a draft."""
        return cls(
            draft.get("email", ""),
            draft.get("reason", ""),
            tuple(draft.get("reason-ticked", "").split()),
            draft.get("reason-language", ""),
            draft.get("form", ""),
        )

    def to_draft(self, before: Draft) -> Draft:
        """The draft `before` with these values; its order and its other values stay."""
        return {
            **before,
            "email": self.email,
            "reason": self.reason,
            "reason-ticked": " ".join(self.checked_options),
            "reason-language": self.reason_language,
            "form": self.form_id,
        }


class EvidenceFile(NamedTuple):
    """A file in the evidence folder, as the diary describes it: name, SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int

    @property
    def summary(self) -> str:
        """Name, size and the beginning of the hash: `mail.eml · 5.1 kB · SHA-256 deadbeef…`."""
        return f"{self.name} · {format_size(self.size)} · SHA-256 {self.sha256[:_HASH_DIGITS_SHOWN]}…"


_HASH_DIGITS_SHOWN = 12
_THOUSAND = 1_000


def format_size(size: int) -> str:
    """A size in bytes as people write it: `812 bytes`, `5.1 kB`, `2.4 MB`."""
    if size < 0:
        return _("size not known")
    if size < _THOUSAND:
        return ngettext("{count} byte", "{count} bytes", size).format(count=size)
    kilo = size / _THOUSAND
    if kilo < _THOUSAND:
        return _("{number} kB").format(number=format_decimal(kilo))
    return _("{number} MB").format(number=format_decimal(kilo / _THOUSAND))


class EvidenceFileState(StrEnum):
    """The state of an evidence file, compared with its SHA-256 in the diary."""

    OK = "ok"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class EvidenceItem(NamedTuple):
    """An evidence file with its account and its diary entry.

    `belongs_to` is the event that it proves, None where that is not in the diary any more.
    """

    account: Account
    event: Event
    file: EvidenceFile
    belongs_to: Event | None

    @property
    def is_letter(self) -> bool:
        """Whether it is the text of a sent letter."""
        return self.event.text("holds") == HOLDS_LETTER


def is_proof_kept(account: Account) -> bool:
    """Whether a file is kept under an objection of an account, or under a reply to it."""
    by_id = {event.id: event for event in events_in_force(account.events)}
    proven = (by_id.get(event.text("of")) for event in by_id.values() if event.kind == EventKind.EVIDENCE)
    return any(event is not None and rules_of(event.kind).role in ("objection", "reply") for event in proven)


def evidence_file_of(event: Event) -> EvidenceFile:
    """The file that an `evidence` entry names."""
    size = event.fields.get("bytes")
    return EvidenceFile(event.text("file"), event.text("sha256"), size if isinstance(size, int) else -1)


def evidence_events_by_event_id(account: Account) -> dict[str, list[Event]]:
    """The entries of evidence files, also of those taken back, by the id of the entry in the diary that they prove."""
    ids = {event.id for event in account.events}
    events_by_event_id: dict[str, list[Event]] = {}
    for event in account.events:
        if event.kind == EventKind.EVIDENCE and event.text("of") in ids:
            events_by_event_id.setdefault(event.text("of"), []).append(event)
    return events_by_event_id


def evidence_items_of(record: Record) -> tuple[EvidenceItem, ...]:
    """Every file that the diaries name, by account and in the order the files were added."""
    evidence_items: list[EvidenceItem] = []
    for account in record.accounts:
        by_id = {event.id: event for event in account.events}
        evidence_items.extend(
            EvidenceItem(account, event, evidence_file_of(event), by_id.get(event.text("of")))
            for event in events_in_force(account.events)
            if event.kind == EventKind.EVIDENCE
        )
    return tuple(evidence_items)
