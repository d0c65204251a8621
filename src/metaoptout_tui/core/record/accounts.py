"""The record: one person and their accounts, each with its diary, and drafts of forms.

All values are frozen; a change returns a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from metaoptout_tui.core.record.events import Event

Draft = Mapping[str, str]
DRAFT_TYPED_AT = "typed-at"
"""The name in a draft under which stands when it was typed last."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who objects: ISO country code, language of menu labels, and the usual e-mail address; each empty where not said.

    `land` is the part of the country whose authority takes a complaint, such as `DE-HH`; only Germany has such parts.
    """

    country: str = ""
    language: str = ""
    email: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    land: str = ""

    @property
    def jurisdiction(self) -> str:
        """The state, or the part of it, whose authority takes a complaint and whose holidays count for it: `NL`, `DE-HH`."""
        return self.land if self.land.startswith(f"{self.country}-") else self.country


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one platform.

    `hub` is the Accounts Centre or Meta Account it is in: a name, `""` for not linked, None for unknown, which counts
    as not linked. `extra` holds keys that this version does not know, kept as they came.
    """

    id: str
    platform: str
    name: str
    email: str = ""
    hub: str | None = None
    events: tuple[Event, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    def with_event(self, event: Event) -> "Account":
        """The account with one more entry in its diary."""
        return replace(self, events=(*self.events, event))


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record. `drafts` holds what was typed and not yet recorded, by form."""

    person: Person = field(default_factory=Person)
    accounts: tuple[Account, ...] = ()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    def account_by_id(self, id: str) -> Account | None:
        """The account with this id, if it is there."""
        return next((account for account in self.accounts if account.id == id), None)

    def with_account(self, account: Account) -> "Record":
        """The record with this account in the place of the one with the same id, or at the end."""
        if self.account_by_id(account.id) is None:
            return replace(self, accounts=(*self.accounts, account))
        return replace(self, accounts=tuple(account if each.id == account.id else each for each in self.accounts))

    def without_account(self, id: str) -> "Record":
        """The record without the account, its diary and what was typed for it."""
        drafts = {key: draft for key, draft in self.drafts.items() if account_id_of_draft(key) != id}
        return replace(self, accounts=tuple(account for account in self.accounts if account.id != id), drafts=drafts)

    def with_draft(self, key: str, draft: Draft) -> "Record":
        """The record with what was typed into one form; an empty draft is taken away."""
        drafts = {each: value for each, value in self.drafts.items() if each != key}
        kept = {name: value for name, value in draft.items() if value}
        if kept:
            drafts[key] = kept
        return replace(self, drafts=drafts)

    def all_emails(self) -> tuple[str, ...]:
        """Every address in the record, the person's own first, each once."""
        found = [self.person.email, *(account.email for account in self.accounts)]
        return tuple(dict.fromkeys(address for address in found if address))

    def linked_groups(self) -> tuple[str, ...]:
        """The named Accounts Centres or Meta Accounts, in order of first use."""
        return tuple(dict.fromkeys(account.hub for account in self.accounts if account.hub))


def make_draft_key(form: str, account: str = "", step: str = "") -> str:
    """The key of a form's draft: `submit:instagram-anna`, `note:instagram-anna:open`, `account`."""
    return ":".join(part for part in (form, account, step) if part)


def account_id_of_draft(key: str) -> str:
    """The account a draft belongs to, empty for none."""
    parts = key.split(":")
    return parts[1] if len(parts) > 1 else ""
