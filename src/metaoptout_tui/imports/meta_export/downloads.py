"""Joins what the files of a download tell, and its parts, which come as zips of their own or unpacked side by side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from metaoptout_tui.core.meta_export import (
    EXPORT_SERVICES,
    ExportedAccount,
    ExportFormat,
    ExposureCount,
    ExposureKind,
    LinkedProfile,
    LinkedProfiles,
    MetaExport,
    ReadExportFile,
)
from metaoptout_tui.imports.meta_export.file_readers import FileContents
from metaoptout_tui.imports.meta_export.found_files import DownloadName, ExportFile, is_thread, thread_of
from metaoptout_tui.imports.meta_export.layout import FileKind, FileRule
from metaoptout_tui.imports.meta_export.profiles import SignUp
from metaoptout_tui.imports.meta_export.tallies import Tally


class _ReadFile(NamedTuple):
    """A file that was read: what it is, where it stands within the download, its digest, and what it tells."""

    rule: FileRule
    folder_is_known: bool
    parts: tuple[str, ...]
    sha256: str
    contents: FileContents
    label: str


@dataclass
class DownloadPart:
    """What was found of one download in one zip or folder."""

    requested_path: str
    name: DownloadName
    sure_services: set[str] = field(default_factory=set)
    likely_services: set[str] = field(default_factory=set)
    told_kinds: set[ExposureKind] = field(default_factory=set)
    read_files: list[_ReadFile] = field(default_factory=list)
    files: list[ReadExportFile] = field(default_factory=list)
    formats: Counter[ExportFormat] = field(default_factory=Counter)

    def add_file(self, file: ExportFile, contents: FileContents, sha256: str, label: str = "") -> None:
        """Add what a file tells. A message thread with a person tells nothing, and there are very many."""
        known = file.known
        if sha256:
            self.formats[ExportFormat.HTML if known.is_html else ExportFormat.JSON] += 1
        if is_thread(file) and not contents.is_chat_with_meta_ai:
            return
        if known.rule.service and known.folder_is_known:
            self.sure_services.add(known.rule.service)
        elif known.rule.service and not known.rule.has_common_name:
            self.likely_services.add(known.rule.service)
        self.sure_services.update(account.service for account in contents.accounts)
        self.read_files.append(_ReadFile(known.rule, known.folder_is_known, file.parts, sha256, contents, label))

    def accounts(self) -> list[ExportedAccount]:
        """The accounts that the files tell of."""
        return [account for file in self.read_files for account in file.contents.accounts]

    def is_of_meta(self) -> bool:
        """Whether more speaks for a download of Meta's than a file with a name that any program may give."""
        return bool(self.name.is_given_by_meta or self.sure_services or self.likely_services) or any(
            file.contents.is_chat_with_meta_ai
            or not (file.rule.has_common_name or file.rule.kind is FileKind.EMPTY_CATEGORY)
            for file in self.read_files
        )

    def services(self) -> set[str]:
        """The services that it is of: those that are sure, else those that are likely."""
        named = {self.name.service} if self.name.service else set()
        return self.sure_services or self.likely_services or named


def merge_parts(parts: Iterable[DownloadPart]) -> tuple[MetaExport, ...]:
    """One download for the parts that belong together, in the order of their first."""
    groups: dict[str, list[list[DownloadPart]]] = {}
    for part in parts:
        candidates = groups.setdefault(part.name.key, [])
        group = next((each for each in candidates if _belongs_to(part, each)), None)
        if group is None:
            candidates.append([part])
        else:
            group.append(part)
    return tuple(_merge(group) for candidates in groups.values() for group in candidates)


def _belongs_to(part: DownloadPart, group: list[DownloadPart]) -> bool:
    """Whether a part with the same name is of the same download: Meta's names are sure, others only where all fits."""
    if part.name.is_given_by_meta:
        return True
    return all(_may_be_one_download(part, other) for other in group)


def _may_be_one_download(one: DownloadPart, other: DownloadPart) -> bool:
    """Whether two parts have no file in two versions, no other service, and not a profile each, unless it is a copy."""
    if one.services() and other.services() and one.services().isdisjoint(other.services()):
        return False
    versions = [{file.parts: file.sha256 for file in part.read_files} for part in (one, other)]
    common = versions[0].keys() & versions[1].keys()
    if any(versions[0][parts] != versions[1][parts] for parts in common):
        return False
    services = {account.service for account in one.accounts()} & {account.service for account in other.accounts()}
    return not services or bool(common)


def _merge(group: list[DownloadPart]) -> MetaExport:
    files = _without_repeats(file for part in group for file in part.read_files)
    services = {service for part in group for service in part.services()}
    formats = sum((part.formats for part in group), Counter[ExportFormat]())
    counts, absent = _merge_counts(files, {kind for part in group for kind in part.told_kinds})
    devices = [file.contents.has_connected_devices for file in files if file.contents.has_connected_devices is not None]
    return MetaExport(
        paths=tuple(dict.fromkeys(part.requested_path for part in group)),
        services=tuple(service for service in EXPORT_SERVICES if service in services),
        format=formats.most_common(1)[0][0] if formats else None,
        accounts=_merge_accounts(files),
        linked=_merge_links(files),
        counts=counts,
        absent=absent,
        link_hints=tuple(sorted({hint for file in files for hint in file.contents.hints})),
        pages=tuple(dict.fromkeys(page for file in files for page in file.contents.pages)),
        has_connected_devices=any(devices) if devices else None,
        files=tuple(dict.fromkeys(file for part in group for file in part.files)),
    )


def _without_repeats(files: Iterable[_ReadFile]) -> list[_ReadFile]:
    """Each file once, though two parts may have it; and of like names those in the folder where Meta puts them."""
    unique: dict[tuple[tuple[str, ...], str], _ReadFile] = {}
    for file in files:
        unique.setdefault((file.parts, file.sha256), file)
    known = {(file.rule, file.parts[-1].lower()) for file in unique.values() if file.folder_is_known}
    return [
        file for file in unique.values() if file.folder_is_known or (file.rule, file.parts[-1].lower()) not in known
    ]


def _merge_counts(
    files: list[_ReadFile], told_kinds: set[ExposureKind]
) -> tuple[dict[ExposureKind, ExposureCount], tuple[ExposureKind, ...]]:
    tallies: dict[ExposureKind, Tally] = {}
    chats: dict[tuple[str, ...], Tally] = {}
    is_author_told = True
    for file in files:
        found = file.contents.tallies
        for kind, tally in found.items():
            tallies.setdefault(kind, Tally()).merge(tally)
        if ExposureKind.AI_MESSAGES in found and ExposureKind.AI_MESSAGES_BY_PERSON not in found:
            is_author_told = False
        if file.contents.is_chat_with_meta_ai:
            chats.setdefault(thread_of(file.parts), Tally()).merge(found[ExposureKind.AI_MESSAGES])
    if ExposureKind.CHATS_WITH_META_AI in told_kinds:
        all_chats = tallies[ExposureKind.CHATS_WITH_META_AI] = Tally()
        for chat in chats.values():
            all_chats.add(chat.first_day)
    if not is_author_told:
        tallies.pop(ExposureKind.AI_MESSAGES_BY_PERSON, None)
    counts = {kind: tallies[kind].result() if kind in tallies else ExposureCount(None) for kind in ExposureKind}
    told = told_kinds | set(tallies) | (set() if is_author_told else {ExposureKind.AI_MESSAGES_BY_PERSON})
    return counts, tuple(kind for kind in ExposureKind if kind not in told)


def _merge_accounts(files: list[_ReadFile]) -> tuple[ExportedAccount, ...]:
    accounts = [account for file in files for account in file.contents.accounts]
    sign_ups = [file.contents.sign_up for file in files if file.contents.sign_up]
    merged: dict[ExportedAccount, ExportedAccount] = {}
    for account in accounts:
        merged.setdefault(account._replace(file=""), _with_sign_up(account, sign_ups))
    return tuple(merged.values())


def _with_sign_up(account: ExportedAccount, sign_ups: list[SignUp]) -> ExportedAccount:
    if account.service != "instagram":
        return account
    own = [sign_up for sign_up in sign_ups if sign_up.username in ("", account.username)]
    return account._replace(created_on=own[0].created_on) if own else account


def _merge_links(files: list[_ReadFile]) -> LinkedProfiles:
    lists = [file for file in files if file.contents.linked is not None]
    profiles: dict[LinkedProfile, None] = {}
    for file in lists:
        profiles.update(dict.fromkeys(file.contents.linked or ()))
    return LinkedProfiles(bool(lists), tuple(profiles), lists[0].label if lists else "")
