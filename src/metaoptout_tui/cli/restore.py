"""The `restore` command: lists the kept versions of the record, or brings one back; the record as it was is kept."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.joining import read_copy
from metaoptout_tui.app.files.record_on_disk import RecordCommandResult, put_back_files_of, restore_version
from metaoptout_tui.app.files.restoring import (
    RestorableVersion,
    describe_names,
    describe_size,
    find_version,
    list_restorable,
    shown_path,
    time_of_file,
)
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_USAGE, Output, in_column
from metaoptout_tui.cli.somebody_elses import refuse_somebody_elses
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.text import clean_line, display_width


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """List the versions, or restore one. Raises StorageError or FileRefused, and then nothing was changed."""
    paths.require_listable(paths.versions)
    versions = list_restorable(paths.progress)
    if not arguments.version:
        return _listed(versions, paths, clock)
    version = find_version(versions, arguments.version)
    if version is None:
        path = Path(arguments.version).expanduser()
        version = RestorableVersion(path, time_of_file(path), read_copy(path))
        refused = refuse_somebody_elses(version.record, path, paths, is_sure=arguments.somebody_elses)
        if refused is not None:
            return refused
    try:
        changed = restore_version(paths.progress, version, versions, account_id=arguments.account, clock=clock)
    except InputRefused as error:
        return Output(stderr=(str(error),), code=EXIT_USAGE)
    notes = (
        *_notes(arguments.version, changed, paths),
        *_way_back(changed, paths),
        *put_back_files_of([version.path], paths),
    )
    return Output(_restored(version, changed, arguments.account, clock), notes)


def _listed(versions: Sequence[RestorableVersion], paths: AppPaths, clock: Clock) -> Output:
    if not versions:
        return Output(stderr=(_("No earlier version of {file} is kept.").format(file=shown_path(paths.progress)),))
    descriptions = [version.describe(clock) for version in versions]
    width = max(map(display_width, descriptions))
    lines = [
        f"{number:>2}  {in_column(description, width)}  {_file_words(version)}"
        for number, (version, description) in enumerate(zip(versions, descriptions, strict=True), 1)
    ]
    hint = _("`{command}` brings one back; your record as it is now is kept as a version too.").format(
        command=paths.command("restore NUMBER")
    )
    return Output("\n".join(lines), (hint,))


def _file_words(version: RestorableVersion) -> str:
    """The file of a version, and which program left it where it is a copy."""
    file = shown_path(version.path)
    if not version.conflict_program:
        return file
    left_by = _("a copy that {program} left").format(program=version.conflict_program)
    return f"{file}  ({left_by})"


def _restored(version: RestorableVersion, changed: RecordCommandResult, account_id: str, clock: Clock) -> str:
    if account_id:
        return _("{account} is back in your record, which has {size} now.").format(
            account=clean_line(account_id), size=describe_size(changed.record)
        )
    names = describe_names(changed.record)
    was = _("Your record is as it was, {version}.").format(version=version.describe(clock))
    size = describe_size(changed.record)
    now = (
        _("It has {size} now ({names}).").format(size=size, names=names)
        if names
        else _("It has {size} now.").format(size=size)
    )
    return f"{was} {now}"


def _way_back(changed: RecordCommandResult, paths: AppPaths) -> tuple[str, ...]:
    """Which version the record is as it was before, and the command that brings it back."""
    numbered = enumerate(list_restorable(paths.progress), 1)
    number = next((number for number, version in numbered if version.record == changed.former), None)
    if number is None or changed.former == changed.record:
        return ()
    command = paths.command(f"restore {number}")
    return (_("The record as it was before is kept: `{command}` brings it back.").format(command=command),)


def _notes(named: str, changed: RecordCommandResult, paths: AppPaths) -> tuple[str, ...]:
    notes = [*changed.notices]
    if changed.set_aside is not None:
        notes.append(_("The file that could not be read is kept as {file}.").format(file=shown_path(changed.set_aside)))
    notes.extend(
        _("{account} stays out, because it was removed since. `{command}` brings it back.").format(
            account=clean_line(account.name),
            command=paths.command(f"restore {clean_line(named)} --account {clean_line(account.id)}"),
        )
        for account in changed.left_out
    )
    return tuple(notes)
