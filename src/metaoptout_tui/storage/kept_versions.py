"""Keeps versions of the record in a folder beside it, thinned by time.

Each save puts a copy of the new file there before it becomes the record, so that the newest version is there even where
the record itself is gone or was changed in place; once it is replaced, the copy becomes a link to the file itself, which
was synced. So each version is whole at every moment. A name holds when the version was written and the digests of its
content and of the one it replaced.

By these windows that save over one another find out, with or without a lock, however many and fast they are. Each keeps
its version, then looks at the record once more, renames, and then looks for versions that it does not know. So of two
that wrote at the same moment at least one sees the other's version, and joins it. A window removes only versions that its
own newest one contains, and only earlier ones: what was kept once is there, or in a later version that is there.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from metaoptout_tui.core.errors import StorageError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.storage.atomic_write import (
    VERSIONS_FOLDER,
    KeepVersions,
    Replacement,
    give_second_name,
    is_private,
    numbered_generations,
    remove_quietly,
    take_name,
)
from metaoptout_tui.storage.file_access import describe_os_error, no_free_name, numbered_names

# ruff: noqa: PTH102, PTH118, PTH208 - paths are plain texts here, as `os.path` gives them

_LAST_CHANGES, _HOURS, _DAYS, _WEEKS, _PINNED = 6, 6, 7, 8, 8
"""How many are kept: the last changes; the last of each of so many hours, days and weeks with a change; pinned ones."""
_RECENT_SECONDS, _MAX_RECENT = 60.0, 64
"""Versions so young are kept too, since they tell a window that saves at the same moment which one replaced which."""
_DIGEST_CHARACTERS = 8
_NO_FORMER_VERSION = "0" * _DIGEST_CHARACTERS
_STAMP_FORMAT = "%Y-%m-%dT%H%M%S"


class VersionKind(StrEnum):
    """What a version is kept for: a change of the record, only what was typed and not recorded, or pinned by a rare change."""

    CHANGE = ""
    TYPED = "typed"
    PINNED = "pinned"


class KeptVersion(NamedTuple):
    """One kept version. The digests are empty where its name does not hold them."""

    path: Path
    written: datetime
    kind: VersionKind = VersionKind.CHANGE
    digest: str = ""
    former_digest: str = ""

    @property
    def is_first(self) -> bool:
        """Whether there was no file before it."""
        return self.former_digest == _NO_FORMER_VERSION


def list_versions(path: Path) -> tuple[KeptVersion, ...]:
    """The versions kept of the record at `path`, newest first; also those of release 0.1.0, beside the file."""
    target = os.path.realpath(path)
    folder = _versions_folder(target)
    versions = [version for name in _names_in(folder) if (version := _parse_name(target, folder, name))]
    for former in numbered_generations(target):
        with suppress(OSError):
            versions.append(KeptVersion(former, datetime.fromtimestamp(former.lstat().st_mtime, UTC)))
    moments: dict[datetime, list[KeptVersion]] = {}
    for version in versions:
        moments.setdefault(version.written, []).append(version)
    return tuple(each for moment in sorted(moments, reverse=True) for each in _latest_first(moments[moment]))


def _latest_first(versions: list[KeptVersion]) -> list[KeptVersion]:
    """Versions that the clock of the disk cannot tell apart, newest first: each names the one that it replaced."""
    by_digest = {version.digest: version for version in versions if version.digest}

    def count_earlier(version: KeptVersion) -> int:
        seen = {version.digest}
        former = by_digest.get(version.former_digest)
        while former is not None and former.digest not in seen:
            seen.add(former.digest)
            former = by_digest.get(former.former_digest)
        return len(seen)

    if len(versions) == 1:
        return versions
    return sorted(versions, key=lambda version: (count_earlier(version), version.path.name), reverse=True)


def distinct_versions(versions: Iterable[KeptVersion]) -> tuple[KeptVersion, ...]:
    """The versions, each once: pinned ones have two names."""
    by_content: dict[object, KeptVersion] = {}
    for version in versions:
        by_content.setdefault((version.written, version.digest) if version.digest else version.path, version)
    return tuple(by_content.values())


def superfluous_versions(versions: Iterable[KeptVersion], now: datetime) -> tuple[KeptVersion, ...]:
    """The versions that need not be kept any longer."""
    newest_first = sorted(versions, key=lambda version: version.written, reverse=True)
    young = [version for version in newest_first if (now - version.written).total_seconds() < _RECENT_SECONDS]
    kept = {version.path for version in (*newest_first[:1], *young[:_MAX_RECENT])}
    kept |= {version.path for version in [v for v in newest_first if v.kind is VersionKind.PINNED][:_PINNED]}
    changes = [version for version in newest_first if version.kind is VersionKind.CHANGE]
    kept |= {version.path for version in changes[:_LAST_CHANGES]}
    for period, count in ((_hour_of, _HOURS), (_day_of, _DAYS), (_week_of, _WEEKS)):
        last_of_each: dict[object, KeptVersion] = {}
        for version in changes:
            last_of_each.setdefault(period(version.written), version)
        kept |= {version.path for version in list(last_of_each.values())[:count]}
    return tuple(version for version in newest_first if version.path not in kept)


def _hour_of(moment: datetime) -> object:
    return moment.date(), moment.hour


def _day_of(moment: datetime) -> object:
    return moment.date()


def _week_of(moment: datetime) -> object:
    return moment.isocalendar()[:2]


class VersionsOfOthers(NamedTuple):
    """Versions that other windows wrote and this one has not read yet, the earliest first.

    `siblings` came from the version that this window replaced too. Of those that are `unplaced`, written at about the
    same time, it is not known what they came from, since versions before them are not kept any more.
    """

    siblings: tuple[KeptVersion, ...]
    unplaced: tuple[KeptVersion, ...]


class VersionHistory:
    """The versions kept of one record, as one window knows them. Make it before the record is read."""

    def __init__(self, path: Path) -> None:
        self._target = os.path.realpath(path)
        self._folder = _versions_folder(self._target)
        self._known = set(_names_in(self._folder))
        self._newest: KeptVersion | None = None

    def keeper(self, *, is_typing: bool = False, pin_former: bool = False) -> KeepVersions:
        """Keeps the new version, and the one it replaces where that is not kept yet.

        `is_typing`: only drafts differ, so that it pushes out no earlier version. `pin_former`: the
        version that is replaced is kept for long. A version that cannot be kept does not stop the save.
        """

        def keep(replacement: Replacement) -> Callable[[], None]:
            name, self._newest = "", None
            with suppress(OSError):
                with suppress(FileExistsError):
                    os.mkdir(self._folder, 0o700)
                self._keep_former(replacement, pin=pin_former)
                kind = VersionKind.TYPED if is_typing else VersionKind.CHANGE
                former = _NO_FORMER_VERSION if replacement.old_data is None else digest_of(replacement.old_data)
                name = self._name(replacement.new, replacement.data, former, kind)
                # A copy: an editor that writes in place would change a link with the record.
                self._add(replacement.temp, name, replacement.data, link=None)
                self._newest = _parse_name(self._target, self._folder, name)
            return lambda: self._drop(name)

        return keep

    def _drop(self, name: str) -> None:
        """Remove the version of a save that failed."""
        self._newest = None
        self._known.discard(name)
        if name:
            remove_quietly(os.path.join(self._folder, name))

    def _keep_former(self, replacement: Replacement, *, pin: bool) -> None:
        old, data = replacement.old, replacement.old_data
        if old is None or data is None:
            return
        plain = self._name(old, data, "", VersionKind.CHANGE)
        stem, suffix = os.path.splitext(plain)  # noqa: PTH122 - a plain text
        kept_as = next((name for name in self._known if name.startswith((f"{stem}-", f"{stem}."))), plain)
        link = old if is_private(old) else None
        self._add(replacement.target, kept_as, data, link=link)
        if pin:
            self._add(replacement.target, f"{stem}.{VersionKind.PINNED}{suffix}", data, link=link)

    def _add(self, source: str, name: str, data: bytes, *, link: os.stat_result | None) -> None:
        if link is None and name in self._known:
            return
        give_second_name(source, os.path.join(self._folder, name), data, link=link)
        self._known.add(name)

    def _name(self, file_stat: os.stat_result, data: bytes, former_digest: str, kind: VersionKind) -> str:
        """The name of its file, such as `progress.2026-11-23T140912.417Z-1a2b3c4d-5e6f7a8b.toml`."""
        moment = datetime.fromtimestamp(file_stat.st_mtime, UTC)
        stamp = f"{moment.strftime(_STAMP_FORMAT)}.{moment.microsecond // 1000:03}Z"
        stem, suffix = os.path.splitext(os.path.basename(self._target))  # noqa: PTH119, PTH122 - a plain text
        parts = "-".join(filter(None, (stamp, digest_of(data), former_digest)))
        return f"{stem}.{parts}{f'.{kind}' if kind else ''}{suffix}"

    def versions_of_others(self, former: bytes | None, saved: bytes) -> VersionsOfOthers:
        """What other windows wrote since this one read the record, and saved `saved` in place of `former`.

        Each is told once.
        """
        names = set(_names_in(self._folder))
        unknown = names - self._known
        self._known |= names
        own = digest_of(saved)
        versions = [each for each in (_parse_name(self._target, self._folder, name) for name in unknown) if each]
        versions.sort(key=lambda version: version.written)
        digests = {_NO_FORMER_VERSION if former is None else digest_of(former)}
        siblings: list[KeptVersion] = []
        while found := [each for each in versions if each.former_digest in digests]:
            versions = [each for each in versions if each.former_digest not in digests]
            digests |= {each.digest for each in found}
            siblings.extend(found)
        since = (
            self._newest.written - timedelta(seconds=_RECENT_SECONDS)
            if self._newest
            else datetime.max.replace(tzinfo=UTC)
        )
        return VersionsOfOthers(
            tuple(each for each in siblings if each.digest != own),
            tuple(each for each in versions if each.digest not in digests | {own} and each.written >= since),
        )

    def digests_before(self, data: bytes) -> frozenset[str]:
        """The digests of the versions that `data` came from, back to where one is not kept, and its own."""
        versions = [each for name in _names_in(self._folder) if (each := _parse_name(self._target, self._folder, name))]
        line, found = {digest_of(data)}, {digest_of(data)}
        while found:
            found = {each.former_digest for each in versions if each.digest in found} - line - {"", _NO_FORMER_VERSION}
            line |= found
        return frozenset(line)

    def pin_newest(self) -> None:
        """Keep the newest version for long: what comes now is another record. Never raises."""
        for version in list_versions(Path(self._target))[:1]:
            name, suffix = version.path.stem, version.path.suffix
            if version.digest and version.kind is not VersionKind.PINNED:
                stem = name.removesuffix(f".{version.kind}") if version.kind else name
                pinned = os.path.join(self._folder, f"{stem}.{VersionKind.PINNED}{suffix}")
                with suppress(OSError):
                    file_stat = version.path.lstat()
                    give_second_name(os.fspath(version.path), pinned, version.path.read_bytes(), link=file_stat)

    def thin(self) -> None:
        """Remove the versions that need not be kept any longer. Never raises.

        Call it when everything that was told of others is in the version that was saved last.
        """
        if self._newest is None:
            return
        versions = list_versions(Path(self._target))
        for version in superfluous_versions(versions, versions[0].written) if versions else ():
            name = version.path.name
            # Of two windows that saved the same at the same moment, only one may remove the other's version.
            if not version.digest or (name in self._known and name < self._newest.path.name):
                remove_quietly(os.fspath(version.path))


def delete_version(path: Path, version_path: Path) -> None:
    """Delete a kept version of the record at `path`, under both names where it is pinned. Raises StorageError."""
    versions = list_versions(path)
    named = next((version for version in versions if version.path == version_path), None)
    if named is None:
        return
    same = [each for each in versions if each.digest and (each.written, each.digest) == (named.written, named.digest)]
    try:
        for version in same or [named]:
            version.path.unlink(missing_ok=True)
    except OSError as error:
        reason, todo = describe_os_error(error, str(version_path.parent))
        raise StorageError(
            _("{path} is still there: {reason}.").format(path=version_path, reason=reason), todo=todo
        ) from error


def put_away(copy: Path, path: Path) -> Path:
    """Move a conflict copy that was joined into the folder of versions of the record at `path`. Raises StorageError."""
    folder = _versions_folder(os.path.realpath(path))
    try:
        with suppress(FileExistsError):
            os.mkdir(folder, 0o700)
        for name in numbered_names(copy.stem, copy.suffix):
            target = os.path.join(folder, name)
            with suppress(FileExistsError):
                take_name(target)
                os.replace(copy, target)  # noqa: PTH105 - the target is a plain text
                return Path(target)
        raise no_free_name(copy.name)
    except OSError as error:
        reason, todo = describe_os_error(error, folder)
        raise StorageError(
            _("{name} stays where it is: {reason}.").format(name=copy.name, reason=reason), todo=todo
        ) from error


def _versions_folder(target: str) -> str:
    return os.path.join(os.path.dirname(target), VERSIONS_FOLDER)  # noqa: PTH120 - a plain text


def _names_in(folder: str) -> Iterator[str]:
    try:
        yield from os.listdir(folder)
    except OSError:
        return


def digest_of(data: bytes) -> str:
    """The digest of a version's content in its name."""
    from hashlib import sha256

    return sha256(data).hexdigest()[:_DIGEST_CHARACTERS]


def _parse_name(target: str, folder: str, name: str) -> KeptVersion | None:
    stem, suffix = os.path.splitext(os.path.basename(target))  # noqa: PTH119, PTH122 - a plain text
    match = re.fullmatch(
        rf"{re.escape(stem)}\.(\d{{4}}-\d\d-\d\dT\d{{6}})\.(\d{{3}})Z-([0-9a-f]{{8}})(?:-([0-9a-f]{{8}}))?"
        rf"(?:\.({'|'.join(filter(None, VersionKind))}))?{re.escape(suffix)}",
        name,
    )
    if match is None:
        return None
    stamp, milliseconds, digest, former_digest, kind = match.groups("")
    try:
        written = datetime.strptime(f"{stamp}+0000", f"{_STAMP_FORMAT}%z").replace(microsecond=int(milliseconds) * 1000)
    except ValueError:
        return None
    return KeptVersion(Path(folder, name), written, VersionKind(kind), digest, former_digest)
