"""The question what to do with a record that cannot be opened, and going on as the person answered."""

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.files.restoring import RestorableVersion, describe_names
from metaoptout_tui.app.session import RecordOpenFailure, ReplacedRecord, replace_and_open
from metaoptout_tui.core.choice_question import LEAVE, ChoiceQuestion
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.translation import gettext as _

_VERSION = "version-"
NEW_RECORD = "anew"


def failure_question(failure: RecordOpenFailure, clock: Clock) -> ChoiceQuestion:
    """What to do with a record that cannot be opened: leave it, go on from a kept version, or begin a new one."""
    answers = [
        (
            LEAVE,
            _("Leave, and look for the file, and start again")
            if failure.is_gone
            else _("Leave, put {file} right, and start again").format(file=failure.path.name),
        )
    ]
    if failure.can_replace:
        for number, version in enumerate(failure.versions):
            answers.append((f"{_VERSION}{number}", _words_to_go_on_from(version, clock)))
        begin = (
            _("Begin a new record; what is left of the old one stays")
            if failure.is_gone
            else _("Begin a new record; the file is kept beside it")
        )
        answers.append((NEW_RECORD, begin))
    title = _("Your record is gone") if failure.is_gone else _("Your record cannot be read")
    return ChoiceQuestion(title, tuple(answers), LEAVE)


def go_on_from(
    failure: RecordOpenFailure, answer: str | None, playbook: Playbook, *, clock: Clock
) -> ReplacedRecord | None:
    """Go on as the person answered, from a kept version or with a new record; None where they leave it as it is."""
    version = chosen_version(answer, failure)
    if version is None and answer != NEW_RECORD:
        return None
    return replace_and_open(failure, version, playbook, clock=clock)


def chosen_version(answer: str | None, failure: RecordOpenFailure) -> RestorableVersion | None:
    """The version that an answer stands for; None for the other answers."""
    number = (answer or "").removeprefix(_VERSION)
    return failure.versions[int(number)] if number.isdecimal() else None


def _words_to_go_on_from(version: RestorableVersion, clock: Clock) -> str:
    words = _("Go on from {version}").format(version=version.describe(clock))
    if names := describe_names(version.record):
        words = f"{words} ({names})"
    if version.conflict_program:
        words = f"{words} {_('(a copy that {program} left)').format(program=version.conflict_program)}"
    return words
