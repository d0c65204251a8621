"""The `purge` command: lists every file that the program made, asks, and deletes them."""

from argparse import Namespace
from collections.abc import Iterable, Sequence

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.copies.version_questions import deletion_question
from metaoptout_tui.app.files.kept_files import (
    KeptFiles,
    choose_to_delete,
    delete_all,
    handed_out_among,
    list_kept,
    question_on_handed_out,
    what_is_out_of_reach,
    words_on_handed_out,
)
from metaoptout_tui.app.files.people import forget_deleted, other_people_count, why_no_own_record
from metaoptout_tui.app.files.record_on_disk import locked_record
from metaoptout_tui.app.files.record_versions import RecordVersions
from metaoptout_tui.app.files.restoring import find_version, list_restorable, shown_path
from metaoptout_tui.app.paths import AppPaths
from metaoptout_tui.cli.output import EXIT_ATTENTION, EXIT_FAILURE, EXIT_OK, EXIT_USAGE, Output, narrate
from metaoptout_tui.cli.questions import Answer, ask, can_ask
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.language.typed_answers import word_for_no, word_for_yes
from metaoptout_tui.core.record.accounts import format_size
from metaoptout_tui.core.text import clean_line


def run(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """List, ask and delete. Raises StorageError where the record is open in a window."""
    paths.require_listable(kept=_("Nothing was deleted."))
    if arguments.only:
        return _delete_version(arguments, paths, clock)
    kinds = choose_to_delete(list_kept(paths), with_handed_out=arguments.exports)
    count = sum(len(kind.files) for kind in kinds if kind.is_deleted)
    if not count and not hasattr(arguments, "person") and (words := why_no_own_record(paths)):
        return Output(stderr=(words,), code=EXIT_USAGE)
    if not count:
        removed = (
            (_("The empty folder of {person} is removed.").format(person=paths.record_name),)
            if forget_deleted(paths)
            else ()
        )
        return Output(stderr=(_("There is nothing to delete."), *removed, *_left_alone(kinds)))
    listing = "\n".join(_lines(kinds))
    if not arguments.yes and can_ask():
        for line in listing.splitlines():
            narrate(line)
        listing, kinds = "", _ask_about_handed_out(kinds)
        count = sum(len(kind.files) for kind in kinds if kind.is_deleted)
    question = ngettext("Delete this one file for good?", "Delete these {count} files for good?", count).format(
        count=format_number(count)
    )
    if not arguments.yes:
        if not can_ask():
            hint = _("Nothing was deleted. --yes deletes them; in a terminal you are asked.")
            return Output(listing, (f"{question} {hint}", *_unreachable()), EXIT_ATTENTION)
        answers = (
            Answer("yes", word_for_yes(), _("delete it") if count == 1 else _("delete all of them")),
            Answer("no", word_for_no(), _("leave it") if count == 1 else _("leave them")),
        )
        if ask(question, answers, whole_word="yes") != "yes":
            return Output(stderr=(_("Nothing was deleted."),))
    return delete_and_tell(paths, kinds, listing)


def _ask_about_handed_out(kinds: Sequence[KeptFiles]) -> tuple[KeptFiles, ...]:
    """Ask whether what lies in folders of the person's choice is deleted too, where there is any; else it stays."""
    handed_out = handed_out_among(kinds)
    if handed_out is None or handed_out.is_deleted:
        return tuple(kinds)
    answers = (Answer("no", word_for_no(), _("leave them")), Answer("yes", word_for_yes(), _("delete all of them")))
    answer = ask(question_on_handed_out(), answers)
    return choose_to_delete(kinds, with_handed_out=answer == "yes")


def _delete_version(arguments: Namespace, paths: AppPaths, clock: Clock) -> Output:
    """Ask and delete one kept version of the record, by its number or file."""
    version = find_version(list_restorable(paths.progress), arguments.only)
    if version is None or version.conflict_program:
        words = (
            _("No version {version} is kept. `{command}` lists them.")
            if version is None
            else _("{version} is a copy that a conflict left, and no version. `{command}` lists them.")
        )
        words = words.format(version=clean_line(arguments.only), command=paths.command("restore"))
        return Output(stderr=(words,), code=EXIT_USAGE)
    question = deletion_question(version, clock)
    if not arguments.yes:
        asked = " ".join((*question.sentences, question.title))
        if not can_ask():
            hint = _("Nothing was deleted. --yes deletes it; in a terminal you are asked.")
            return Output(stderr=(asked, hint), code=EXIT_ATTENTION)
        answers = (
            Answer("yes", word_for_yes(), _("delete it")),
            Answer("no", word_for_no(), _("leave it")),
        )
        if ask(asked, answers, whole_word="yes") != "yes":
            return Output(stderr=(_("Nothing was deleted."),))
    with locked_record(paths.progress):
        RecordVersions(paths, clock).delete(version)
    return Output(stderr=(_("The version is deleted."), shown_path(version.path)))


def delete_and_tell(paths: AppPaths, kinds: Sequence[KeptFiles], listing: str = "") -> Output:
    """Delete the files of these kinds, and tell what is left. Raises StorageError where the record is open."""
    deleted = delete_all(paths, kinds)
    forget_deleted(paths)
    notes = (
        _describe_deleted(deleted.file_count, paths.record_name if paths.without_person is not None else ""),
        *deleted.problems,
        *_left_alone(kinds),
        *_other_people(paths),
        *_unreachable(),
    )
    return Output(listing, notes, EXIT_FAILURE if deleted.problems else EXIT_OK)


def delete_everything(paths: AppPaths, *, with_handed_out: bool) -> Output:
    """Delete all of it, which the person has seen and confirmed, and tell what is left.

    What lies in folders of their choice goes only `with_handed_out`.
    """
    return delete_and_tell(paths, choose_to_delete(list_kept(paths), with_handed_out=with_handed_out))


def _lines(kinds: Iterable[KeptFiles]) -> list[str]:
    lines = []
    for kind in kinds:
        if kind.files and (kind.is_deleted or kind.is_handed_out):
            is_kept = kind.is_handed_out and not kind.is_deleted
            lines.append(words_on_handed_out(kind) if is_kept else labelled(f"{kind.what}, {format_size(kind.size)}"))
            lines.extend(f"  {shown_path(path)}" for path in kind.files)
    return lines


def _describe_deleted(count: int, name: str) -> str:
    """How many files are deleted, and whose where the record has a person's name."""
    if name:
        words = ngettext("{count} file of {person} is deleted.", "{count} files of {person} are deleted.", count)
        return words.format(count=format_number(count), person=name)
    return ngettext("{count} file is deleted.", "{count} files are deleted.", count).format(count=format_number(count))


def _other_people(paths: AppPaths) -> tuple[str, ...]:
    if paths.without_person is not None:
        return (_("Nobody else's files were touched."),)
    count = other_people_count(paths)
    if not count:
        return ()
    left = ngettext(
        "Left alone: {count} other person's record.", "Left alone: {count} other people's records.", count
    ).format(count=format_number(count))
    commands = _("`{list_command}` lists them, and `{delete_command}` deletes one.").format(
        list_command=paths.command("people"), delete_command=paths.command("purge --person NAME")
    )
    return (f"{left} {commands}",)


def _left_alone(kinds: Iterable[KeptFiles]) -> tuple[str, ...]:
    return tuple(
        _("Left alone: {kind_of_file}, {file}.").format(kind_of_file=kind.what, file=shown_path(path))
        for kind in kinds
        if not kind.is_deleted
        for path in kind.files
    )


def _unreachable() -> tuple[str, ...]:
    return (_("Not reached by this:"), *(f"- {each}" for each in what_is_out_of_reach()))
