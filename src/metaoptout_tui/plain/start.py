"""Opens the record, asking in lines where it cannot be read, and walks line by line until the person leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.restoring import RestorableVersion, describe_names
from metaoptout_tui.app.session import OpenRecord, RecordOpenFailure, open_record, replace_and_open
from metaoptout_tui.app.typed_paths import with_tilde
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.plain.checklist import PlainWalk
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import Left, WentBack, WentToList, WentToNext
from metaoptout_tui.plain.dialogue import Dialogue

_LEAVE, _NEW_RECORD, _VERSION = "leave", "anew", "version-"


def open_record_in_lines(dialogue: Dialogue, path: Path, playbook: Playbook, *, clock: Clock) -> OpenRecord | None:
    """Open the record; where it cannot be read, ask what to do with it. None where the person leaves it as it is."""
    opened = open_record(path, playbook, clock=clock)
    if isinstance(opened, OpenRecord):
        return opened
    failure = opened
    dialogue.say(_("Your record is gone.") if failure.is_gone else _("Your record cannot be read."), str(failure.error))
    answer = _ask_about_failure(dialogue, failure, clock)
    if answer == _LEAVE:
        return None
    number = answer.removeprefix(_VERSION)
    version = failure.versions[int(number)] if number.isdecimal() else None
    replaced = replace_and_open(failure, version, playbook, clock=clock)
    if replaced.kept_path is not None:
        dialogue.say(_("The file that could not be read is kept as:"))
        dialogue.copyable(str(replaced.kept_path))
    if isinstance(replaced.opened, RecordOpenFailure):
        dialogue.say(str(replaced.opened.error))
        return None
    return replaced.opened


def _ask_about_failure(dialogue: Dialogue, failure: RecordOpenFailure, clock: Clock) -> str:
    """Ask what to do with a record that cannot be opened: leave, go on from a version, or begin a new one."""
    leave = (
        _("Leave, and look for the file")
        if failure.is_gone
        else _("Leave, put {file} right, and start again").format(file=failure.path.name)
    )
    options = [(_LEAVE, leave)]
    if failure.can_replace:
        for number, version in enumerate(failure.versions):
            options.append((f"{_VERSION}{number}", " ".join(_version_sentences(version, clock))))
        options.append(
            (
                _NEW_RECORD,
                _("Begin a new record; what is left of the old one stays")
                if failure.is_gone
                else _("Begin a new record; the file is kept beside it"),
            )
        )
    dialogue.say(_("It should be at:"))
    dialogue.copyable(with_tilde(failure.path))
    while True:
        try:
            return dialogue.choose(_("What do you want to do?"), options, default=_LEAVE)
        except Left:
            return _LEAVE
        except (WentBack, WentToList, WentToNext):
            continue


def _version_sentences(version: RestorableVersion, clock: Clock) -> Iterator[str]:
    """A version to go on from: when it was written, whose accounts it holds, and who left it."""
    yield _("Go on from {version}.").format(version=version.describe(clock))
    if names := describe_names(version.record):
        yield _("Its accounts: {accounts}.").format(accounts=names)
    if version.program:
        yield _("It is a copy that {program} left.").format(program=version.program)


def walk_until_left(
    context: PlainContext, notices: tuple[str, ...], release_lock: Callable[[], None], *, exit_failure: int
) -> int:
    """Walk until the person leaves, save what is not saved yet and release the lock. Returns the exit status."""
    history = context.session.history
    try:
        context.say(context.rehearsal.first_words if context.rehearsal is not None else "", *notices)
        PlainWalk(context).run()
    except Left:
        pass
    except KeyboardInterrupt:
        context.dialogue.part(_("Stopped. What you recorded is saved."))
        raise
    finally:
        history.retry_save()
        release_lock()
    if history.save_error is not None:
        context.dialogue.part(str(history.save_error))
        return exit_failure
    context.dialogue.part(
        _("Left. What you recorded is saved.") if not history.read_only_reason else _("Left. Nothing was changed.")
    )
    return 0
