"""Changes to the person and the accounts: their details, and accounts added, edited, linked and removed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from metaoptout_tui.app.attachments import NO_ATTACHMENT_STORE, Attachments, AttachmentStore
from metaoptout_tui.app.clock import Clock
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.objection.states import StepId
from metaoptout_tui.core.record.accounts import Account, Person, Record
from metaoptout_tui.core.record.event_fields import SINCE_UNKNOWN
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import LinkSince, events_in_force

GROUP_NAME_LIMIT = 80


class AccountService(Attachments):
    """The record with its person and accounts. `playbook` names the platforms, `is_new` says that nothing was recorded before."""

    def __init__(
        self,
        record: Record,
        playbook: Playbook,
        *,
        clock: Clock,
        save: Callable[[Record], Record],
        attachment_store: AttachmentStore = NO_ATTACHMENT_STORE,
        read_only_reason: str = "",
        is_new: bool = False,
    ) -> None:
        super().__init__(
            record, clock=clock, save=save, attachment_store=attachment_store, read_only_reason=read_only_reason
        )
        self.playbook = playbook
        self.is_new = is_new

    # The person

    def finish_welcome(self, country: str, platforms: Iterable[str], email: str, language: str = "") -> None:
        """Write down what the welcome asked: where the person lives, their address, one account for each platform.

        `language` is that of menu labels, which the welcome proposes without asking; one that was set before stays.
        """
        address, known = self._clean_email(email), self.record.person
        person = replace(known, country=country, email=address, language=known.language or language)
        progress = replace(self.record, person=person)
        for platform in platforms:
            name = self.playbook.platform_name(platform)
            progress = self._with_new_account(progress, platform, name, address, hub=None)
        self._apply_change(progress, "the welcome", form="welcome")
        self.is_new = False

    def set_person(self, *, country: str, email: str, language: str) -> None:
        """Change where the person lives, their usual address and the language of menu labels.

        What was sent before goes on under the law of where they lived then: each account for which something was has an
        entry that says so, whose date can be put right.
        """
        known = self.record.person
        person: Person = replace(known, country=country, email=self._clean_email(email), language=language)
        progress = replace(self.record, person=person)
        if known.country and country and country != known.country:
            progress = self._with_country_change(progress, known.country, country)
        self._apply_change(progress, "your details", form="person")

    def set_land(self, land: str) -> None:
        """Say in which Land a person in Germany lives, whose authority takes a complaint."""
        self._apply_change(replace(self.record, person=replace(self.record.person, land=land)), "your Land")

    # Accounts

    def add_account(
        self, platform: str, name: str, email: str, hub: str | None, since: LinkSince | None = None
    ) -> Account:
        """A new account, and since when it is in its hub.

        Raises InputRefused for a name or an address that cannot be one, for an account that is there already, and for a
        link from a moment in the future.
        """
        handle = self._clean_account_name(platform, name)
        progress = self._with_new_account(
            self.record, platform, handle, self._clean_email(email), self._clean_group_name(hub), since
        )
        account = progress.accounts[-1]
        self._apply_change(progress, f"adding {handle}", account.id, StepId.IDENTIFY, form="account")
        return account

    def edit_account(self, id: str, name: str, email: str, hub: str | None, since: LinkSince | None = None) -> None:
        """Change an account; a changed address or link is written into its diary, because it may ask for a new objection."""
        old = self.account(id)
        new = replace(
            old,
            name=self._clean_account_name(old.platform, name, but=id),
            email=self._clean_email(email),
            hub=self._clean_group_name(hub),
        )
        if old.email and new.email.casefold() != old.email.casefold():
            new = new.with_event(self._new_event(EventKind.EMAIL_CHANGED, {"from": old.email, "to": new.email}))
        if old.hub != new.hub:
            new = self._with_linked_group_change(new, old.hub, since)
        self._apply_change(self.record.with_account(new), f"changing {new.name}", id, form=f"account:{id}")

    def set_linked_group(self, id: str, hub: str | None, since: LinkSince | None = None) -> None:
        """Say how an account is linked: a named hub, `""` for not linked, None for unknown.

        `since` is when a named hub began to hold it; where it is None, a link that was not known has no date, and one that
        was known changed now.
        """
        old = self.account(id)
        new = replace(old, hub=self._clean_group_name(hub))
        if new.hub != old.hub:
            progress = self.record.with_account(self._with_linked_group_change(new, old.hub, since))
            self._apply_change(progress, f"the link of {old.name}", id)

    def remove_account(self, id: str) -> None:
        """Take an account and its diary out of the record; undo brings it back."""
        account = self.account(id)
        self._apply_change(self.record.without_account(id), f"removing {account.name}", id)

    def normalize_email(self, typed: str) -> str:
        """A typed address in its usual spelling, empty for an empty one; InputRefused for one that cannot be."""
        return self._clean_email(typed)

    def validate_account(self, platform: str, name: str, email: str, *, but: str = "") -> None:
        """Raise InputRefused for a name or an address that cannot be one, or an account other than `but` that is there."""
        self._clean_account_name(platform, name, but=but)
        self._clean_email(email)

    # Inside

    def _with_new_account(
        self, progress: Record, platform: str, name: str, email: str, hub: str | None, since: LinkSince | None = None
    ) -> Record:
        from metaoptout_tui.core.record import account_names

        own = "" if name == self.playbook.platform_name(platform) else name
        id = account_names.new_account_id(platform, own, {account.id for account in progress.accounts})
        fields: dict[str, object] = {"email": email}
        is_dated = isinstance(since, datetime)
        if hub is not None and not is_dated:
            fields["hub"] = hub
        if hub and not is_dated:
            fields["since"] = since or SINCE_UNKNOWN
        account = Account(id, platform, name, email, hub, (self._new_event(EventKind.ACCOUNT_ADDED, fields),))
        if hub and is_dated:
            account = self._with_linked_group_change(account, None, since)
        return progress.with_account(account)

    def _with_country_change(self, progress: Record, origin: str, country: str) -> Record:
        """The record with the change in each diary that has an objection in force, and the person told what that means."""
        sent = [
            each
            for each in progress.accounts
            if any(event.kind == EventKind.FILED for event in events_in_force(each.events))
        ]
        for account in sent:
            changed = self._new_event(EventKind.COUNTRY_CHANGED, {"from": origin, "to": country})
            progress = progress.with_account(account.with_event(changed))
        if sent and self.playbook.region_of_country(country).right_to_object == "no":
            self.add_notice(
                "No objection can be sent from there, so the steps after yours are not shown; the diary keeps them."
            )
        elif sent and self.playbook.region_of_country(country).law != self.playbook.region_of_country(origin).law:
            self.add_notice(
                "What you sent before is counted by the law of where you lived then. If you lived elsewhere already, "
                "correct the date of the change in the diary."
            )
        return progress

    def _with_linked_group_change(self, account: Account, origin: str | None, since: LinkSince | None) -> Account:
        fields = {name: hub for name, hub in (("from", origin), ("to", account.hub)) if hub is not None}
        if not account.hub:
            since = None
        if isinstance(since, datetime):
            return account.with_event(self._new_event(EventKind.HUB_CHANGED, fields, since))
        if since or origin is None:
            fields["since"] = since or SINCE_UNKNOWN
        return account.with_event(self._new_event(EventKind.HUB_CHANGED, fields))

    def _clean_account_name(self, platform: str, typed: str, but: str = "") -> str:
        from metaoptout_tui.core.record import account_names

        known = self.playbook.platform(platform)
        name = account_names.normalize_account_name(platform, typed, known.hosts if known else ())
        for account in self.record.accounts:
            if account.id != but and account.platform == platform and account.name.casefold() == name.casefold():
                raise InputRefused(f"{self.playbook.platform_name(platform)} {name} is in your list already.")
        return name

    def _clean_email(self, typed: str) -> str:
        if not typed.strip():
            return ""
        from metaoptout_tui.app.email_address import normalize_email

        return normalize_email(typed)

    def _clean_group_name(self, hub: str | None) -> str | None:
        return hub if hub is None else text.clean_line(hub, GROUP_NAME_LIMIT).strip()
