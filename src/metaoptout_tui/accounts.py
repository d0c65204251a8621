"""Who objects and for which accounts: what a person says of themselves, and accounts added, changed, linked, removed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from metaoptout_tui.clock import Clock
from metaoptout_tui.core import text
from metaoptout_tui.core.diary import UNKNOWN, Since, in_force
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.playbook import Playbook
from metaoptout_tui.core.progress import Account, Person, Progress
from metaoptout_tui.keeping import NOTHING_BESIDE, Beside, Keeping

NAME_LIMIT = 80


class Accounts(Keeping):
    """The record with its person and accounts. `playbook` names the platforms, `is_new` says that nothing was recorded before."""

    def __init__(
        self,
        progress: Progress,
        playbook: Playbook,
        *,
        clock: Clock,
        save: Callable[[Progress], Progress],
        beside: Beside = NOTHING_BESIDE,
        read_only: str = "",
        is_new: bool = False,
    ) -> None:
        super().__init__(progress, clock=clock, save=save, beside=beside, read_only=read_only)
        self.playbook = playbook
        self.is_new = is_new

    # The person

    def welcome(self, country: str, platforms: Iterable[str], email: str, language: str = "") -> None:
        """Write down what the welcome asked: where the person lives, their address, one account for each platform.

        `language` is that of menu labels, which the welcome proposes without asking; one that was set before stays.
        """
        address, known = self._email(email), self.progress.person
        person = replace(known, country=country, email=address, language=known.language or language)
        progress = replace(self.progress, person=person)
        for platform in platforms:
            name = self.playbook.platform_name(platform)
            progress = self._with_new_account(progress, platform, name, address, hub=None)
        self._change(progress, "the welcome", form="welcome")
        self.is_new = False

    def set_person(self, *, country: str, email: str, language: str) -> None:
        """Change where the person lives, their usual address and the language of menu labels.

        What was sent before goes on under the law of where they lived then: each account for which something was has an
        entry that says so, whose date can be put right.
        """
        known = self.progress.person
        person: Person = replace(known, country=country, email=self._email(email), language=language)
        progress = replace(self.progress, person=person)
        if known.country and country and country != known.country:
            progress = self._with_country_changed(progress, known.country, country)
        self._change(progress, "your details", form="person")

    def set_land(self, land: str) -> None:
        """Say in which Land a person in Germany lives, whose authority takes a complaint."""
        self._change(replace(self.progress, person=replace(self.progress.person, land=land)), "your Land")

    # Accounts

    def add_account(self, platform: str, name: str, email: str, hub: str | None, since: Since | None = None) -> Account:
        """A new account, and since when it is in its hub.

        Raises InputRefused for a name or an address that cannot be one, for an account that is there already, and for a
        link from a moment in the future.
        """
        handle = self._name(platform, name)
        progress = self._with_new_account(self.progress, platform, handle, self._email(email), self._hub(hub), since)
        account = progress.accounts[-1]
        self._change(progress, f"adding {handle}", account.id, "identify", form="account")
        return account

    def edit_account(self, id: str, name: str, email: str, hub: str | None, since: Since | None = None) -> None:
        """Change an account; a changed address or link is written into its diary, because it may ask for a new objection."""
        old = self.account(id)
        new = replace(
            old,
            name=self._name(old.platform, name, but=id),
            email=self._email(email),
            hub=self._hub(hub),
        )
        if old.email and new.email.casefold() != old.email.casefold():
            new = new.with_event(self._event("email-changed", {"from": old.email, "to": new.email}))
        if old.hub != new.hub:
            new = self._with_hub_change(new, old.hub, since)
        self._change(self.progress.with_account(new), f"changing {new.name}", id, form=f"account:{id}")

    def set_hub(self, id: str, hub: str | None, since: Since | None = None) -> None:
        """Say how an account is linked: a named hub, `""` for not linked, None for unknown.

        `since` is when a named hub began to hold it; where it is None, a link that was not known has no date, and one that
        was known changed now.
        """
        old = self.account(id)
        new = replace(old, hub=self._hub(hub))
        if new.hub != old.hub:
            progress = self.progress.with_account(self._with_hub_change(new, old.hub, since))
            self._change(progress, f"the link of {old.name}", id)

    def remove_account(self, id: str) -> None:
        """Take an account and its diary out of the record; undo brings it back."""
        account = self.account(id)
        self._change(self.progress.without_account(id), f"removing {account.name}", id)

    def check_email(self, typed: str) -> str:
        """A typed address in its usual spelling, empty for an empty one; InputRefused for one that cannot be."""
        return self._email(typed)

    def check_account(self, platform: str, name: str, email: str, *, but: str = "") -> None:
        """Raise InputRefused for a name or an address that cannot be one, or an account other than `but` that is there."""
        self._name(platform, name, but=but)
        self._email(email)

    # Inside

    def _with_new_account(
        self, progress: Progress, platform: str, name: str, email: str, hub: str | None, since: Since | None = None
    ) -> Progress:
        from metaoptout_tui.core import names

        own = "" if name == self.playbook.platform_name(platform) else name
        id = names.account_id(platform, own, {account.id for account in progress.accounts})
        fields: dict[str, object] = {"email": email}
        is_dated = isinstance(since, datetime)
        if hub is not None and not is_dated:
            fields["hub"] = hub
        if hub and not is_dated:
            fields["since"] = since or UNKNOWN
        account = Account(id, platform, name, email, hub, (self._event("account-added", fields),))
        if hub and is_dated:
            account = self._with_hub_change(account, None, since)
        return progress.with_account(account)

    def _with_country_changed(self, progress: Progress, origin: str, country: str) -> Progress:
        """The record with the change in each diary that has an objection in force, and the person told what that means."""
        sent = [each for each in progress.accounts if any(event.what == "filed" for event in in_force(each.events))]
        for account in sent:
            changed = self._event("country-changed", {"from": origin, "to": country})
            progress = progress.with_account(account.with_event(changed))
        if sent and self.playbook.region_of(country).right == "no":
            self.tell(
                "No objection can be sent from there, so the steps after yours are not shown; the diary keeps them."
            )
        elif sent and self.playbook.region_of(country).law != self.playbook.region_of(origin).law:
            self.tell(
                "What you sent before is counted by the law of where you lived then. If you lived elsewhere already, "
                "correct the date of the change in the diary."
            )
        return progress

    def _with_hub_change(self, account: Account, origin: str | None, since: Since | None) -> Account:
        fields = {name: hub for name, hub in (("from", origin), ("to", account.hub)) if hub is not None}
        if not account.hub:
            since = None
        if isinstance(since, datetime):
            return account.with_event(self._event("hub-changed", fields, since))
        if since or origin is None:
            fields["since"] = since or UNKNOWN
        return account.with_event(self._event("hub-changed", fields))

    def _name(self, platform: str, typed: str, but: str = "") -> str:
        from metaoptout_tui.core import names

        known = self.playbook.platform(platform)
        name = names.clean_handle(platform, typed, known.hosts if known else ())
        for account in self.progress.accounts:
            if account.id != but and account.platform == platform and account.name.casefold() == name.casefold():
                raise InputRefused(f"{self.playbook.platform_name(platform)} {name} is in your list already.")
        return name

    def _email(self, typed: str) -> str:
        if not typed.strip():
            return ""
        from metaoptout_tui.desktop.email import check_email

        return check_email(typed)

    def _hub(self, hub: str | None) -> str | None:
        return hub if hub is None else text.line(hub, NAME_LIMIT).strip()
