"""What is kept, and where: told, and with it going back to a version, joining a copy, and deleting one version or all."""

from collections.abc import Callable
from functools import partial

from metaoptout_tui.app.copies.copy_questions import CopyJoin, backup_place_question, make_backup
from metaoptout_tui.app.copies.version_questions import (
    bring_back,
    deletion_question,
    describe_accounts,
    restore_question,
)
from metaoptout_tui.app.files.joining import read_copy
from metaoptout_tui.app.files.kept_files import (
    choose_to_delete,
    handed_out_among,
    is_word_to_purge,
    purge_question,
    question_on_handed_out,
    what_is_out_of_reach,
    words_on_handed_out,
)
from metaoptout_tui.app.files.record_files import RecordFiles
from metaoptout_tui.app.files.record_versions import RecordVersions
from metaoptout_tui.app.files.restoring import RestorableVersion, shown_path
from metaoptout_tui.app.files.typed_paths import parse_file_path
from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import LEAVE
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.formatting import format_number, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.accounts import Record, format_size
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.conversation import WantsAllDeleted
from metaoptout_tui.plain.dialogue import Option, how_to_name_a_place
from metaoptout_tui.plain.menu import ThingsToDo, choose_and_do
from metaoptout_tui.plain.typed_words import typed_word

_VERSION, _DAY = "version-", "day-"
_FEW_VERSIONS = 2
"""Of a day with more versions than these only the newest is told, until the day is chosen."""


def ask_about_kept(context: PlainContext) -> None:
    """Tell every kind of file that there is, with its place, and ask what is to be done with it."""
    files = context.record_files()
    _tell_files(context, files)
    question = _("What would you like to do? Type {back} for nothing of it.").format(back=typed_word("back"))
    choose_and_do(context.dialogue, question, partial(_things, context, files), _("What is kept, and where"))


def _things(context: PlainContext, files: RecordFiles) -> ThingsToDo:
    """What can be done, by the id of the command on the screen, with its words."""
    versions = files.versions.restorable()
    things: dict[str, tuple[str, Callable[[], object]]] = {}
    if versions:
        restore = _("Go back to an earlier version, or bring back one account")
        things["kept.choose"] = (restore, partial(_restore, context, files.versions))
    things["kept.backup"] = (_("Make a backup of all of it, as one file"), partial(_back_up, context, files))
    join = _("Join another copy of your record, or a backup")
    things["kept.join"] = (join, partial(_join_named_copy, context, files.versions))
    if any(not version.conflict_program for version in versions):
        things["kept.delete"] = (_("Delete one version"), partial(_delete_version, context, files.versions))
    things["kept.purge"] = (_("Delete all of it"), partial(_delete_all, context, files))
    return things


def _tell_files(context: PlainContext, files: RecordFiles) -> None:
    context.dialogue.say_part(context.whose_alone, _("All of it is on this computer."))
    for kind in files.kinds():
        if kind.files:
            # Translators: {kept} is such as “the versions of your record”.
            words = _("Kept here: {kept}. Files: {count}. Size: {size}. The place:")
            count = format_number(len(kind.files))
            context.say(words.format(kept=kind.what, count=count, size=format_size(kind.size)))
            context.dialogue.say_copyable(shown_path(kind.place))


def _back_up(context: PlainContext, files: RecordFiles) -> None:
    """Ask where the backup goes, and write it."""
    question = backup_place_question(context)
    typed = context.dialogue.ask_line(
        question.title, default=question.default, how=how_to_name_a_place("~/backups/mine.zip"), help=question.sentences
    )

    def write() -> None:
        written = make_backup(context, files, typed)
        context.say(_("Written:"))
        context.dialogue.say_copyable(shown_path(written.path))
        context.say(*written.sentences)

    context.change(write)


def _choose_version(
    context: PlainContext, record_versions: RecordVersions, question: str, *, with_copies: bool
) -> RestorableVersion:
    """Ask for a version; where a day has many, for the day before."""
    versions = [each for each in record_versions.restorable() if with_copies or not each.conflict_program]
    options: list[Option] = []
    for number, version in enumerate(versions):
        of_day = _of_same_day(version, versions, record_versions) if not version.conflict_program else []
        if len(of_day) <= _FEW_VERSIONS:
            options.append((f"{_VERSION}{number}", _words_of(version, record_versions)))
        elif version is of_day[0]:
            words = _("{count} copies of {day}, the newest {time}").format(
                count=format_number(len(of_day)),
                day=dates.format_full_day(dates.local_day(version.written, record_versions.clock())),
                time=dates.format_time(version.written.astimezone(record_versions.clock().tzinfo)),
            )
            options.append((f"{_DAY}{number}", words))
    is_one_day = len(options) == 1 and options[0][0].startswith(_DAY)
    chosen = options[0][0] if is_one_day else context.dialogue.choose(question, options)
    if chosen.startswith(_DAY):
        newest = versions[int(chosen.removeprefix(_DAY))]
        of_day = _of_same_day(newest, versions, record_versions)
        options = [(f"{_VERSION}{versions.index(each)}", _words_of(each, record_versions)) for each in of_day]
        chosen = context.dialogue.choose(question, options)
    return versions[int(chosen.removeprefix(_VERSION))]


def _words_of(version: RestorableVersion, record_versions: RecordVersions) -> str:
    words = version.describe(record_versions.clock)
    if version.conflict_program:
        left_by = _("a copy that {program} left").format(program=version.conflict_program)
        words = f"{words} ({left_by})"
    return words


def _of_same_day(
    version: RestorableVersion, versions: list[RestorableVersion], record_versions: RecordVersions
) -> list[RestorableVersion]:
    """The versions of one day that this program kept itself, newest first."""
    now = record_versions.clock()
    day = dates.local_day(version.written, now)
    return [each for each in versions if not each.conflict_program and dates.local_day(each.written, now) == day]


def _restore(context: PlainContext, record_versions: RecordVersions) -> None:
    """Ask for a version, and bring back all of it or one account; or join it where it is a copy of a conflict."""
    context.session.current_record.require_writable()
    asked = _("To which version do you want to go back? The newest comes first.")
    version = _choose_version(context, record_versions, asked, with_copies=True)
    if version.conflict_program:
        _join(context, CopyJoin(context.session, record_versions, version.record, version.path, context.record_name))
        return
    question = restore_question(version, context.session, record_versions.clock)
    context.dialogue.say_part(with_full_stop(question.title), *describe_accounts(version, context.session))
    answer = context.dialogue.ask(question._replace(title=_("What do you want to do?")))
    sentences: list[str] = []
    if answer == LEAVE:
        context.say(_("Nothing was changed."))
    elif context.change(lambda: sentences.append(bring_back(version, answer, context.session))):
        undo = _("Type {undo} to take that back.").format(undo=typed_word("undo"))
        context.say(*sentences, undo)


def _join_named_copy(context: PlainContext, record_versions: RecordVersions) -> None:
    context.session.current_record.require_writable()
    copies: list[Record] = []

    def read(typed: str) -> None:
        copies[:] = [read_copy(parse_file_path(typed))]

    typed = context.dialogue.ask_line(
        _("Which file?"),
        how=how_to_name_a_place("~/Documents/metaoptout.zip"),
        help=(
            _(
                "A progress.toml of another computer, a copy that a sync program left, or a backup. "
                "Entries of both are in your record then; where both changed the same thing, you are "
                "asked."
            ),
        ),
        check=read,
    )
    _join(context, CopyJoin(context.session, record_versions, copies[0], parse_file_path(typed), context.record_name))


def _join(context: PlainContext, join: CopyJoin) -> None:
    """Ask what is to be asked before a copy is joined, and join it."""
    if not context.dialogue.ask_whether_to_go_on(join.question_before):
        context.say(_("Nothing was joined."))
        return
    taken = [
        each
        for conflict in join.conflicts
        for each in join.taken_from_copy(conflict, context.dialogue.ask(join.question_on(conflict)))
    ]
    if not context.change(lambda: join.join(taken)):
        return
    context.say(join.words_when_joined)
    try:
        context.say(*join.finish())
    except MetaOptOutError as error:
        context.say(str(error))


def _delete_version(context: PlainContext, record_versions: RecordVersions) -> None:
    context.session.current_record.require_writable()
    asked = _("Which version do you want to delete? The newest comes first.")
    version = _choose_version(context, record_versions, asked, with_copies=False)
    if not context.dialogue.ask_whether_to_go_on(deletion_question(version, record_versions.clock)):
        context.say(_("Nothing was deleted."))
    elif context.change(lambda: record_versions.delete(version)):
        context.say(_("The version is deleted; nothing brings it back."))


def _delete_all(context: PlainContext, files: RecordFiles) -> None:
    """Tell every file that would be deleted and what is left, and leave to delete them once the word is typed."""
    kinds, with_handed_out = files.kinds(), False
    context.dialogue.say_part(context.whose_alone)
    if (handed_out := handed_out_among(kinds)) is not None:
        context.dialogue.say_part(words_on_handed_out(handed_out))
        for path in handed_out.files:
            context.dialogue.say_copyable(shown_path(path))
        with_handed_out = context.dialogue.ask_yes_or_no(
            question_on_handed_out(), default=False, why=_("They may be what you handed over, or still want to.")
        )
    kinds = choose_to_delete(kinds, with_handed_out=with_handed_out)
    for kind in kinds:
        if kind.files and kind.is_deleted and not kind.is_handed_out:
            context.dialogue.say_part(labelled(f"{kind.what}, {format_size(kind.size)}"))
            for path in kind.files:
                context.dialogue.say_copyable(shown_path(path))
    for kind in kinds:
        for path in () if kind.is_deleted else kind.files:
            context.say(
                _("Left alone: {kind_of_files}, {file}.").format(kind_of_files=kind.what, file=shown_path(path))
            )
    context.dialogue.say_part(_("Not reached by this:"), *map(with_full_stop, what_is_out_of_reach()))
    nothing = _("Enter alone deletes nothing.")
    typed = context.dialogue.ask_line(purge_question(kinds), is_optional=True, if_empty=nothing)
    if is_word_to_purge(typed):
        raise WantsAllDeleted(with_handed_out=with_handed_out)
    context.say(_("Nothing was deleted."))
