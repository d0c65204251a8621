"""Compares Meta's downloads with the record: accounts to add, links to set, and e-mail addresses that differ.

A download is a picture of the day it was made. So what contradicts the person is offered and not ticked beforehand.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.meta_export import EXPORT_SERVICES, MetaExport
from metaoptout_tui.core.record.account_names import NEW_GROUP_NAME, is_placeholder_name, normalize_account_name
from metaoptout_tui.core.record.accounts import Account, Record

_SERVICES_WITH_OWN_DOWNLOAD = frozenset({"facebook", "instagram"})
"""A list of linked profiles speaks of the account whose download it is in; Threads comes with Instagram's."""
_SERVICES_OF_HANDLES = frozenset({"instagram", "threads"})
"""Where the name of an account is exact, so that another name is another account."""


class FindingKind(StrEnum):
    """What a finding would change."""

    NEW_ACCOUNT = "new-account"
    NAME = "name"
    LINK = "link"
    EMAIL = "email"


class ExportFinding(NamedTuple):
    """One change of the record that a download suggests, and the file of the download that it rests on.

    `account_id` is empty for a new account, which comes with its `email` and `linked_group`. `former` is what the record
    says now, None for nothing. `is_ticked`: the record says nothing against it.
    """

    kind: FindingKind
    platform: str
    account_name: str
    file: str
    account_id: str = ""
    email: str = ""
    linked_group: str | None = None
    linked_on: date | None = None
    former: str | None = None
    is_ticked: bool = True

    @property
    def id(self) -> str:
        """A name of the finding, unlike that of any other of the same comparison."""
        return f"{self.kind}:{self.platform}:{self.account_id or self.account_name}"


class ExportComparison(NamedTuple):
    """The findings, the accounts of the record that the downloads do not name, and downloads of somebody else.

    `foreign` have no account and no address in common with the record, and nothing of them is among the findings.
    """

    findings: tuple[ExportFinding, ...]
    not_in_download: tuple[Account, ...]
    foreign: tuple[MetaExport, ...]

    def own_among(self, exports: Iterable[MetaExport]) -> tuple[MetaExport, ...]:
        """The downloads that are the person's own."""
        return tuple(export for export in exports if export not in self.foreign)


def compare_exports(
    exports: Sequence[MetaExport], record: Record, playbook: Playbook, *, is_confirmed_own: bool = False
) -> ExportComparison:
    """Compare downloads with the record. `is_confirmed_own`: the person said that all of them are theirs."""
    profiles = _profiles_of(exports, playbook)
    matches = _match_profiles(profiles, record, playbook, is_confirmed_own=is_confirmed_own)
    foreign = set() if is_confirmed_own else _foreign_exports(exports, profiles, matches, record)
    own_profiles = [profile for profile in profiles if profile.export_numbers - foreign]
    groups = _linked_groups(own_profiles, matches, record)
    findings = [
        finding
        for number, profile in enumerate(own_profiles)
        for finding in _findings_about(
            profile, matches.get(id(profile)), groups.get(number), playbook.platform_name(profile.platform)
        )
    ]
    order = tuple(FindingKind)
    findings.sort(key=lambda finding: order.index(finding.kind))
    matched_ids = {account.id for profile in own_profiles if (account := matches.get(id(profile)))}
    not_named = [each for each in record.accounts if each.platform in EXPORT_SERVICES and each.id not in matched_ids]
    return ExportComparison(
        tuple({finding.id: finding for finding in findings}.values()),
        tuple(not_named) if own_profiles else (),
        tuple(export for number, export in enumerate(exports) if number in foreign),
    )


def account_of_export(export: MetaExport, record: Record, playbook: Playbook) -> Account | None:
    """The account of the record whose download it is; None where the record has none of its names and addresses."""
    profiles = _profiles_of((export,), playbook)
    matches = _match_profiles(profiles, record, playbook, is_confirmed_own=True)
    own = [matches[id(profile)] for profile in profiles if id(profile) in matches]
    return next((account for account in own if account.platform in export.services), next(iter(own), None))


@dataclass(eq=False)
class _Profile:
    """One account, put together from all that the downloads say of it."""

    platform: str
    name: str
    file: str
    username: str
    names: set[str] = field(default_factory=set)
    emails: list[str] = field(default_factory=list)
    previous_emails: list[str] = field(default_factory=list)
    export_numbers: set[int] = field(default_factory=set)
    linked_in: set[int] = field(default_factory=set)
    linked_on: date | None = None
    link_file: str = ""

    def is_same(self, other: "_Profile") -> bool:
        if self.platform != other.platform:
            return False
        if self.username and other.username:
            return self.username == other.username
        return bool(self.names & other.names) or bool(_folded(self.emails) & _folded(other.emails))

    def add(self, other: "_Profile") -> None:
        """Take over what another one of the same account says."""
        if not self.username and other.username:
            self.username, self.name = other.username, other.name
        self.names |= other.names
        self.emails += [email for email in other.emails if email.casefold() not in _folded(self.emails)]
        self.previous_emails += other.previous_emails
        self.export_numbers |= other.export_numbers
        self.linked_in |= other.linked_in
        self.linked_on = self.linked_on or other.linked_on
        self.link_file = self.link_file or other.link_file


def _folded(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words if word}


def _profiles_of(exports: Sequence[MetaExport], playbook: Playbook) -> list[_Profile]:
    """Every account that the downloads tell of, once; those with a file of their own come first."""
    profiles: list[_Profile] = []
    described = [made for number, export in enumerate(exports) for made in _own_profiles(number, export, playbook)]
    listed = [made for number, export in enumerate(exports) for made in _listed_profiles(number, export, playbook)]
    for made in (*described, *listed):
        same = next((profile for profile in profiles if profile.is_same(made)), None)
        if same is None:
            profiles.append(made)
        else:
            same.add(made)
    return profiles


def _own_profiles(number: int, export: MetaExport, playbook: Playbook) -> Iterator[_Profile]:
    for account in export.accounts:
        names = (account.profile_uri, account.username, account.name)
        profile = _make_profile(account.service, account.username, names, account.file, playbook)
        if profile is None:
            continue
        profile.emails += account.emails
        profile.previous_emails += account.previous_emails
        profile.export_numbers.add(number)
        if export.linked.profiles and account.service in _SERVICES_WITH_OWN_DOWNLOAD:
            profile.linked_in.add(number)
            profile.link_file = export.linked.file
        yield profile


def _listed_profiles(number: int, export: MetaExport, playbook: Playbook) -> Iterator[_Profile]:
    for linked in export.linked.profiles:
        names = (linked.username, linked.name)
        profile = _make_profile(linked.service, linked.username, names, export.linked.file, playbook)
        if profile is None:
            continue
        profile.emails += filter(None, [linked.email])
        profile.export_numbers.add(number)
        profile.linked_in.add(number)
        profile.linked_on, profile.link_file = linked.linked_on, export.linked.file
        yield profile


def _make_profile(
    service: str, username: str, written: tuple[str, ...], file: str, playbook: Playbook
) -> _Profile | None:
    """A profile under the first of its written names that can be one; None where none can, or no walk is known."""
    platform = playbook.platform(service)
    if platform is None:
        return None
    normal_names = []
    for name in written if service not in _SERVICES_OF_HANDLES else (username,):
        try:
            normal_names.append(normalize_account_name(service, name, platform.hosts))
        except InputRefused:
            continue
    if not normal_names:
        return None
    return _Profile(service, normal_names[0], file, username.casefold(), _folded((*normal_names, *written)))


def _match_profiles(
    profiles: Sequence[_Profile], record: Record, playbook: Playbook, *, is_confirmed_own: bool
) -> dict[int, Account]:
    """The account of the record that each profile is, by the `id()` of the profile: by name, then by address.

    Last, the only account of a platform that has no name yet is the only profile there.
    """
    matches: dict[int, Account] = {}
    free = [account for account in record.accounts if account.platform in EXPORT_SERVICES]

    def has_no_name(account: Account) -> bool:
        return is_placeholder_name(account.name, playbook.platform_name(account.platform))

    def match(profile: _Profile, account: Account | None) -> None:
        if account is not None:
            matches[id(profile)] = account
            free.remove(account)

    def unmatched() -> list[_Profile]:
        return [profile for profile in profiles if id(profile) not in matches]

    for profile in unmatched():
        same_platform = [account for account in free if account.platform == profile.platform]
        match(profile, next((each for each in same_platform if each.name.casefold() in profile.names), None))
    for profile in unmatched():
        emails = _folded((*profile.emails, *profile.previous_emails))
        candidates = [
            account
            for account in free
            if account.platform == profile.platform
            and account.email.casefold() in emails
            and (has_no_name(account) or account.platform not in _SERVICES_OF_HANDLES)
        ]
        match(profile, candidates[0] if candidates else None)
    for profile in unmatched():
        rivals = [other for other in unmatched() if other.platform == profile.platform]
        nameless = [account for account in free if account.platform == profile.platform and has_no_name(account)]
        if len(rivals) == len(nameless) == 1 and (is_confirmed_own or not nameless[0].email):
            match(profile, nameless[0])
    return matches


def _foreign_exports(
    exports: Sequence[MetaExport], profiles: Sequence[_Profile], matches: dict[int, Account], record: Record
) -> set[int]:
    """The numbers of the downloads that have nothing in common with the record, nor with one that has."""
    if not record.accounts:
        return set()
    known_emails = _folded(record.all_emails())
    own = {number for number in range(len(exports)) if not exports[number].accounts}
    for profile in profiles:
        if id(profile) in matches or _folded((*profile.emails, *profile.previous_emails)) & known_emails:
            own |= profile.export_numbers
    is_growing = True
    while is_growing:
        reached = [profile.export_numbers for profile in profiles if profile.export_numbers & own]
        grown = own.union(*reached)
        is_growing, own = grown != own, grown
    return set(range(len(exports))) - own


def _linked_groups(profiles: Sequence[_Profile], matches: dict[int, Account], record: Record) -> dict[int, str]:
    """The name of the linked group of each profile that a list of links names, by its number among the profiles."""
    groups: list[set[int]] = []
    for export in {number for profile in profiles for number in profile.linked_in}:
        members = {number for number, profile in enumerate(profiles) if export in profile.linked_in}
        touching = [group for group in groups if group & members]
        groups = [group for group in groups if group not in touching] + [members.union(*touching)]
    taken = set(record.linked_groups())
    names: dict[int, str] = {}
    for group in groups:
        if len(group) < 2:
            continue
        accounts = [account for number in sorted(group) if (account := matches.get(id(profiles[number])))]
        name = next((account.linked_group for account in accounts if account.linked_group), None)
        if name is None:
            name, count = NEW_GROUP_NAME, 1
            while name in taken:
                count += 1
                name = f"{NEW_GROUP_NAME} {count}"
        taken.add(name)
        names |= dict.fromkeys(group, name)
    return names


def _findings_about(
    profile: _Profile, account: Account | None, linked_group: str | None, platform_name: str
) -> list[ExportFinding]:
    email = profile.emails[0] if profile.emails else ""
    about = ExportFinding(FindingKind.NEW_ACCOUNT, profile.platform, profile.name, profile.file)
    if account is None:
        return [about._replace(email=email, linked_group=linked_group, linked_on=profile.linked_on)]
    about = about._replace(account_id=account.id, account_name=account.name)
    findings = []
    if is_placeholder_name(account.name, platform_name):
        findings.append(about._replace(kind=FindingKind.NAME, account_name=profile.name, former=account.name))
    if linked_group is not None and account.linked_group != linked_group:
        findings.append(
            about._replace(
                kind=FindingKind.LINK,
                linked_group=linked_group,
                linked_on=profile.linked_on,
                former=account.linked_group,
                is_ticked=account.linked_group is None,
                file=profile.link_file,
            )
        )
    if email and account.email.casefold() not in _folded(profile.emails):
        findings.append(
            about._replace(
                kind=FindingKind.EMAIL, email=email, former=account.email or None, is_ticked=not account.email
            )
        )
    return findings
