"""The person and their accounts: adding, changing and removing, each as one change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from types import MappingProxyType

from metaoptout_tui.app.email_address import normalize_optional_email
from metaoptout_tui.app.record.email_entries import with_account_email, with_email, with_mistyped_elsewhere
from metaoptout_tui.app.record.link_entries import with_link_change, with_linked_account
from metaoptout_tui.app.record.record_editor import RecordEditor
from metaoptout_tui.app.record.record_view import RecordView
from metaoptout_tui.core import text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook, StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.coverage import EarliestObjection, find_earliest_objection, newest_link_of
from metaoptout_tui.core.record import account_names
from metaoptout_tui.core.record.accounts import FROM_ELSEWHERE, Account, Record
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import LinkSince
from metaoptout_tui.core.record.vocabulary import FINISHED_STEP_STATES, SINCE_UNKNOWN, StepState

GROUP_NAME_LIMIT = 80
NO_CHANGES: Mapping[str, str | None] = MappingProxyType({})


AccountNames = Mapping[str, Sequence[str]]
"""By platform, the names of its accounts, in their order."""
NO_NAMES: AccountNames = MappingProxyType({})
SEVERAL_NAMES = mark("Their names, with commas. Empty: {platform} 1, {platform} 2 …")
"""What the first start asks where there are several accounts on one platform, and what they are called till they have a name."""


def split_account_names(typed: str) -> tuple[str, ...]:
    """The names that are typed in one line, with commas between them."""
    return tuple(filter(None, (name.strip() for name in typed.split(","))))


class AccountService:
    """Changes what the record says of the person and their accounts. `is_new`: nothing was recorded before."""

    def __init__(self, editor: RecordEditor, view: RecordView, *, is_new: bool = False) -> None:
        self.is_new = is_new
        self._view = view
        self._editor = editor

    # The person

    def finish_welcome(
        self, country: str, platforms: Iterable[str], email: str, language: str = "", names: AccountNames = NO_NAMES
    ) -> None:
        """Write down what the welcome asked: where the person lives, their address, one account for each platform.

        A platform that comes several times gets as many accounts, with the `names` that were given. `language` is that of menu labels, which the welcome proposes without asking; one that was set before stays.
        """
        address, former = normalize_optional_email(email), self._editor.record.person
        person = replace(former, country=country, email=address, language=former.language or language)
        record = replace(self._editor.record, person=person)
        for platform in (platforms := list(platforms)):
            is_one_of_several = platforms.count(platform) > 1
            name = _name_in_welcome(record, self._view.playbook, platform, names, is_one_of_several=is_one_of_several)
            record = _with_new_account(
                self._editor, self._view.playbook, record, platform, name, address, linked_group=None
            )
        self._editor.apply_change(record, _("the welcome"), draft_key="welcome")
        self.is_new = False

    def set_person(
        self,
        *,
        country: str,
        email: str,
        language: str,
        lived_in: str = "",
        moved_at: datetime | None = None,
        corrected_ids: Iterable[str] = (),
        was_mistyped: bool = False,
    ) -> None:
        """Change the person's country, usual e-mail address and language of menu labels.

        The accounts `corrected_ids` get the address too. What was sent before stays under the law of the former country
        (without one `lived_in`): each account with a legal period gets an entry of the move, at `moved_at` or else now.
        """
        former = self._editor.record.person
        person = replace(former, country=country, email=normalize_optional_email(email), language=language)
        record = replace(self._editor.record, person=person)
        record = with_email(self._editor, record, corrected_ids, person.email, was_mistyped=was_mistyped)
        place_then = former.jurisdiction or lived_in  # its authority goes on with what was sent there
        if place_then and country and country != place_then.partition("-")[0]:
            record = _with_country_change(self._editor, self._view.playbook, record, place_then, country, moved_at)
        self._editor.apply_change(record, _("your details"), draft_key="person", undo_restores_draft=False)

    def correct_email(self, account_ids: Iterable[str], former: str, email: str) -> None:
        """Give accounts another address in place of the `former`, also the person where no account has theirs then."""
        address, person = normalize_optional_email(email), self._editor.record.person
        record = with_email(self._editor, self._editor.record, account_ids, address)
        if person.email == former and all(account.email != former for account in record.accounts):
            record = replace(record, person=replace(person, email=address))
        self._editor.apply_change(record, _("the e-mail address"))

    def set_land(self, land: str) -> None:
        """Set the Land of a person in Germany, which decides the authority for complaints."""
        record = self._editor.record
        self._editor.apply_change(replace(record, person=replace(record.person, land=land)), _("your Land"))

    def set_screen_language(self, language: str) -> None:
        """Set the language that the program speaks to the person."""
        record = self._editor.record
        self._editor.save_preference(replace(record, person=replace(record.person, screen_language=language)))

    # Accounts

    def add_account(
        self,
        platform: str,
        name: str,
        email: str,
        linked_group: str | None,
        since: LinkSince | None = None,
        *,
        linked_with: str = "",
    ) -> Account:
        """Add an account; `since` is when it joined its linked group. A list that was complete is complete with it.

        The account `linked_with` joins that group too. Raises InputRefused for what cannot be, or is there already.
        """
        name = _clean_account_name(self._editor.record, self._view.playbook, platform, name)
        record = _with_new_account(
            self._editor,
            self._view.playbook,
            self._editor.record,
            platform,
            name,
            normalize_optional_email(email),
            _clean_group_name(linked_group),
            since,
        )
        account = record.accounts[-1]
        if _is_list_complete(self._view) and not account.is_from_elsewhere:
            account = _with_list_complete(self._editor, account)
            record = record.with_account(account)
        record = with_linked_account(self._editor, record, linked_with, account.linked_group, since)
        self._editor.apply_change(
            record,
            _("adding {name}").format(name=self._name_of(account)),
            account.id,
            StepId.IDENTIFY,
            draft_key="account",
            undo_restores_draft=False,
        )
        return account

    def edit_account(
        self,
        account_id: str,
        name: str,
        email: str,
        linked_group: str | None,
        since: LinkSince | None = None,
        *,
        linked_with: str = "",
        platform: str = "",
        was_mistyped: bool = False,
    ) -> None:
        """Change an account. A changed address or link becomes a diary entry: it may call for a new objection.

        Where the former address `was_mistyped`, what was sent with it is corrected. The account `linked_with` joins the linked group too. Another `platform` is refused where something is recorded.
        """
        from metaoptout_tui.core.objection.account_questions import require_changeable_platform

        old = self._editor.account(account_id)
        platform = platform or old.platform
        if platform != old.platform:
            require_changeable_platform(old)
        new = replace(
            old,
            platform=platform,
            name=_clean_account_name(self._editor.record, self._view.playbook, platform, name, except_id=account_id),
            linked_group=_clean_group_name(linked_group),
        )
        new = with_account_email(self._editor, new, normalize_optional_email(email), was_mistyped=was_mistyped)
        if old.linked_group != new.linked_group:
            new = with_link_change(self._editor, new, old.linked_group, since)
        record = self._editor.record.with_account(new)
        if was_mistyped:
            record = with_mistyped_elsewhere(self._editor, record, old.email, new.email, self._view.playbook)
        record = with_linked_account(self._editor, record, linked_with, new.linked_group, since)
        description = _("changing {name}").format(name=self._name_of(new))
        key = f"account:{account_id}"
        self._editor.apply_change(record, description, account_id, draft_key=key, undo_restores_draft=False)

    def add_data_from_elsewhere(self) -> None:
        """Put the data that Meta has of the person from elsewhere on the list, where it is not there yet."""
        if self._editor.record.data_from_elsewhere is None:
            self.add_account(FROM_ELSEWHERE, "", self._editor.record.person.email, linked_group=None)

    def set_linked_group(
        self, account_id: str, linked_group: str | None, since: LinkSince | None = None, *, linked_with: str = ""
    ) -> None:
        """Set the linked group of an account: its name, `""` for not linked, None for unknown.

        `since` is when the account joined it. None: no date where the link was unknown before, else now. The account
        `linked_with`, if there is one, joins it too.
        """
        old = self._editor.account(account_id)
        new = replace(old, linked_group=_clean_group_name(linked_group))
        if new.linked_group != old.linked_group:
            record = self._editor.record.with_account(with_link_change(self._editor, new, old.linked_group, since))
            record = with_linked_account(self._editor, record, linked_with, new.linked_group, since)
            self._editor.apply_change(record, _("the link of {name}").format(name=self._name_of(old)), account_id)

    def complete_list(
        self, account_id: str, links: Mapping[str, str | None] = NO_CHANGES, since: LinkSince | None = None
    ) -> None:
        """Record that the list of accounts is complete, for all at once, with the `links` that were answered for them.

        `account_id` is the account whose step it was; `links` and `since` are as for `set_linked_group`. Nothing is
        recorded where all of that is so already.
        """
        self._editor.current_record.require_writable()
        record = self._editor.record
        is_link_unknown = len(record.accounts) > 1 and any(each.linked_group is None for each in record.accounts)
        for linked_id, linked_group in links.items():
            old = self._editor.account(linked_id)
            new = replace(old, linked_group=_clean_group_name(linked_group))
            record = record.with_account(with_link_change(self._editor, new, old.linked_group, since))
        for status in self._view.overview().statuses:
            step = status.step(StepId.IDENTIFY)
            account = record.account_by_id(status.account.id)
            if account is None or step is None:
                continue
            is_said_anew = account.id == account_id and (step.state is not StepState.DONE or is_link_unknown)
            if step.state not in FINISHED_STEP_STATES or account.id in links or is_said_anew:
                record = record.with_account(_with_list_complete(self._editor, account))
        if record != self._editor.record:
            self._editor.apply_change(record, _("your list of accounts"), account_id, StepId.IDENTIFY)

    def record_link_date(self, account_id: str, since: LinkSince) -> None:
        """Record since when an account is in its linked group, or that nobody knows: the link itself stays as it is."""
        account = self._editor.account(account_id)
        link = newest_link_of(account.events)
        if isinstance(since, datetime) and link is not None:
            self._editor.refuse_future(since)
            event = self._editor.new_event(EventKind.DATE_CORRECTED, {"entry": link.id, "to": since})
        else:
            fields = {"from": account.linked_group, "to": account.linked_group, "since": since}
            event = self._editor.new_event(EventKind.LINKED_GROUP_CHANGED, fields)
        record = self._editor.record.with_account(account.with_event(event))
        description = _("since when {name} is linked").format(name=self._name_of(account))
        self._editor.apply_change(record, description, account_id, StepId.IDENTIFY)

    def objection_in_linked_group(self, account_id: str) -> EarliestObjection | None:
        """The earliest objection of an account's linked group, whose coverage depends on since when it is in there."""
        account = self._editor.account(account_id)
        return find_earliest_objection(self._editor.record, account.linked_group or "", account_id)

    def remove_account(self, account_id: str) -> None:
        """Remove an account and its diary from the record."""
        description = _("removing {name}").format(name=self._name_of(self._editor.account(account_id)))
        self._editor.apply_change(self._editor.record.without_account(account_id), description, account_id)

    def validate_account(self, platform: str, name: str, email: str, *, except_id: str = "") -> None:
        """Raise InputRefused for a wrong name or address, and for one that an account other than `except_id` has."""
        _clean_account_name(self._editor.record, self._view.playbook, platform, name, except_id=except_id)
        normalize_optional_email(email)

    def objection_affected_by_link(
        self, platform: str, linked_group: str | None, account_id: str = ""
    ) -> EarliestObjection | None:
        """The objection that depends on since when an account (empty: a new one on `platform`) is in a group, if one does."""
        record, playbook = self._editor.record, self._view.playbook
        account = record.account_by_id(account_id)
        is_same_group = account is not None and account.linked_group == linked_group
        region = playbook.region_of_country(record.person.country)
        if not linked_group or is_same_group or StepId.SUBMIT not in playbook.steps_for(platform, region.id):
            return None
        return find_earliest_objection(record, linked_group, account_id)

    def account_to_date(self, links: Mapping[str, str | None], linked_group: str) -> Account | None:
        """The first of the accounts that join a linked group by these `links` whose date there an objection depends on."""
        joined = (self._editor.account(id) for id, link in links.items() if link == linked_group)
        affected = self.objection_affected_by_link
        return next((each for each in joined if affected(each.platform, linked_group, each.id) is not None), None)

    # Inside

    def _name_of(self, account: Account) -> str:
        return account_names.account_name(account, self._view.playbook)


def _with_new_account(
    editor: RecordEditor,
    playbook: Playbook,
    record: Record,
    platform: str,
    name: str,
    email: str,
    linked_group: str | None,
    since: LinkSince | None = None,
) -> Record:
    is_named = not account_names.is_placeholder_name(name, playbook.platform_name(platform))
    taken_ids = {*(account.id for account in record.accounts), *record.removals}
    id = account_names.new_account_id(platform, name if is_named else "", taken_ids)
    fields: dict[str, object] = {"email": email}
    is_dated = isinstance(since, datetime)
    if linked_group is not None and not is_dated:
        fields["hub"] = linked_group
        fields |= {"since": since or SINCE_UNKNOWN} if linked_group else {}
    if platform == FROM_ELSEWHERE:
        linked_group, is_dated = "", False
        fields = {"email": email}
    account = Account(id, platform, name, email, linked_group, (editor.new_event(EventKind.ACCOUNT_ADDED, fields),))
    if linked_group and is_dated:
        account = with_link_change(editor, account, None, since)
    return record.with_account(account)


def _is_list_complete(view: RecordView) -> bool:
    """Whether the person said of every account that the list is complete; not where there is none."""
    steps = [step for status in view.overview().statuses if (step := status.step(StepId.IDENTIFY)) is not None]
    return bool(steps) and all(step.state in FINISHED_STEP_STATES for step in steps)


def _with_list_complete(editor: RecordEditor, account: Account) -> Account:
    return account.with_event(editor.new_event(EventKind.STEP_DONE, {"step": StepId.IDENTIFY}))


def _clean_account_name(record: Record, playbook: Playbook, platform: str, typed: str, except_id: str = "") -> str:
    """The name as it is kept; InputRefused for one that another account of the platform than `except_id` has."""
    old = record.account_by_id(except_id)
    if old is not None and typed.strip() == old.name:
        if platform == old.platform:
            return old.name
        if account_names.is_placeholder_name(old.name, playbook.platform_name(old.platform)):
            return _new_placeholder_name(record, playbook, platform)
    known_platform = playbook.platform(platform)
    typed = account_names.without_platform_name(typed, playbook.platform_name(platform))
    if platform == FROM_ELSEWHERE and not typed.strip():
        if any(account_names.is_own_data_from_elsewhere(each) for each in record.accounts if each.id != except_id):
            raise InputRefused(_("Data about you is in your list already. Of somebody else's, write the name here."))
        return _new_placeholder_name(record, playbook, platform)
    name = account_names.normalize_account_name(platform, typed, known_platform.hosts if known_platform else ())
    for account in record.accounts:
        if account.id != except_id and account.platform == platform and account.name.casefold() == name.casefold():
            raise InputRefused(
                _("{platform_name} {name} is in your list already.").format(
                    platform_name=account_names.shown_platform_name(platform, playbook), name=name
                )
            )
    return name


def _name_in_welcome(
    record: Record, playbook: Playbook, platform: str, names: AccountNames, *, is_one_of_several: bool
) -> str:
    """The name that was typed for the next account on a platform, else one with its number where there are several."""
    index = sum(account.platform == platform for account in record.accounts)
    given = names.get(platform, ())[index : index + 1]
    if given:
        return _clean_account_name(record, playbook, platform, given[0])
    platform_name, number = playbook.platform_name(platform), index + 1
    return f"{platform_name} {number}" if is_one_of_several else account_names.placeholder_name(platform_name, number)


def _new_placeholder_name(record: Record, playbook: Playbook, platform: str) -> str:
    """The first name of an account without one of its own that no other account of the platform has."""
    taken = {account.name for account in record.accounts if account.platform == platform}
    platform_name = playbook.platform_name(platform)
    names = (account_names.placeholder_name(platform_name, number) for number in count(1))
    return next(name for name in names if name not in taken)


def _clean_group_name(linked_group: str | None) -> str | None:
    return linked_group if linked_group is None else text.clean_line(linked_group, GROUP_NAME_LIMIT).strip()


def _with_country_change(
    editor: RecordEditor, playbook: Playbook, record: Record, former: str, country: str, moved_at: datetime | None
) -> Record:
    """The record with the entries of the move to another country."""
    from metaoptout_tui.app.record.country_entries import with_country_change

    return with_country_change(editor, playbook, record, former, country, moved_at)
