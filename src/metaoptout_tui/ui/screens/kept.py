"""What is kept, and where: the files, the earlier versions to go back to, and copies that can be joined."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.app.clock import Clock
from metaoptout_tui.app.copies.copy_questions import CopyJoin, backup_place_question, make_backup
from metaoptout_tui.app.copies.version_questions import (
    bring_back,
    deletion_question,
    describe_accounts,
    restore_question,
)
from metaoptout_tui.app.files.backup import BackupWritten
from metaoptout_tui.app.files.joining import read_copy
from metaoptout_tui.app.files.kept_files import KeptFiles, what_is_out_of_reach
from metaoptout_tui.app.files.record_versions import RecordVersions
from metaoptout_tui.app.files.restoring import RestorableVersion, shown_path
from metaoptout_tui.app.files.typed_paths import parse_file_path
from metaoptout_tui.app.undo_sentences import question_before_undo
from metaoptout_tui.core import dates
from metaoptout_tui.core.choice_question import LEAVE, ChoiceQuestion
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.formatting import format_number
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.record.accounts import Record, format_size
from metaoptout_tui.core.record.merge import MergeConflict
from metaoptout_tui.core.text import clean_line
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import ask_before, ask_choice, choice_screen
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChooseFileScreen, ChosenOption, FreeTextOption
from metaoptout_tui.ui.text.builder import TextBuilder

_VERSION, _KIND, _DAY, _ALL = "version-", "kind-", "day-", "all"
_FEW_VERSIONS = 2
"""Of a day with more versions than these only the newest is told, until its row is opened."""
_SHOWN_FILES = 50


class KeptScreen(ListAndDetailScreen[None]):
    """Versions above, then every kind of file, each with its place; the details of the highlighted row below."""

    SCREEN_ID = "kept"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._files = context.record_files()
        self._opened_days: set[date] = set()
        self._versions: tuple[RestorableVersion, ...] = ()
        self._kinds: tuple[KeptFiles, ...] = ()

    def update_content(self) -> None:
        """Read what is there, and show it."""
        super().update_content()
        self.session.current_record.wait_until_saved()
        self._versions, self._kinds = self._files.versions.restorable(), self._files.kinds()
        self.set_headline(
            _("What is kept, and where"), left=self.context.whose_alone or _("All of it is on this computer.")
        )
        rows: list[tuple[str, str | Content]] = [
            ("-versions", Content.styled(_("Versions of your record"), "$text-accent"))
        ]
        rows += self._version_rows()
        rows.append(("-files", Content.styled(_("Files"), "$text-accent")))
        rows += [(f"{_KIND}{number}", _kind_row(kind)) for number, kind in enumerate(self._kinds)]
        rows.append((_ALL, _("Delete all of it")))
        self.choice_list.show_rows(rows)
        self.show_detail()

    def _version_rows(self) -> list[tuple[str, str]]:
        """A row for each version; the many of one day share a row until it is opened."""
        current = next((version for version in self._versions if version.record == self.session.record), None)
        rows = []
        for number, version in enumerate(self._versions):
            day = self._day_of(version)
            of_day = self._versions_of(day) if not version.conflict_program and day not in self._opened_days else ()
            if len(of_day) <= _FEW_VERSIONS:
                rows.append(
                    (
                        f"{_VERSION}{number}",
                        _version_row(version, self._files.versions.clock, is_current=version is current),
                    )
                )
            elif version is of_day[0]:
                words = _("{count} copies of {day}, the newest {time}").format(
                    count=format_number(len(of_day)),
                    day=dates.format_full_day(day),
                    time=dates.format_time(version.written.astimezone(self._files.versions.clock().tzinfo)),
                )
                rows.append((f"{_DAY}{day.isoformat()}", words))
        return rows

    def _day_of(self, version: RestorableVersion) -> date:
        return dates.local_day(version.written, self._files.versions.clock())

    def _versions_of(self, day: date) -> tuple[RestorableVersion, ...]:
        """The versions of one day that this program kept itself, newest first."""
        return tuple(each for each in self._versions if not each.conflict_program and self._day_of(each) == day)

    @property
    def _highlighted_day(self) -> date | None:
        """The day whose versions share the highlighted row; None on any other row."""
        id = self.choice_list.highlighted_id
        return date.fromisoformat(id.removeprefix(_DAY)) if id.startswith(_DAY) else None

    @property
    def _highlighted_version(self) -> RestorableVersion | None:
        number = self.choice_list.highlighted_id.removeprefix(_VERSION)
        return self._versions[int(number)] if number.isdecimal() and int(number) < len(self._versions) else None

    def rewrap_text(self) -> None:
        """Wrap the details; the rows do not depend on the width."""
        self.show_detail()

    def show_detail(self) -> None:
        """About the highlighted row."""
        text = TextBuilder(self.reader.text_width)
        version, id = self._highlighted_version, self.choice_list.highlighted_id
        if version is not None:
            self._describe_version(text, version)
        elif id.startswith(_DAY):
            text.paragraph(_("{key} shows each of them.").format(key=self.readable_key_of("kept.choose")))
        elif id.startswith(_KIND):
            kind = self._kinds[int(id.removeprefix(_KIND))]
            for folder in kind.folders or (kind.place,):
                text.paragraph(_("In {folder}").format(folder=shown_path(folder)))
            if kind.folders:
                text.paragraph(
                    _("{key} shows them in your file manager. There you can open and print them.").format(
                        key=self.readable_key_of("kept.open")
                    )
                )
            for path in kind.files[:_SHOWN_FILES]:
                text.item("-", clean_line(path.name))
            _describe_deletion(text, self.readable_key_of("kept.purge"))
        elif id == _ALL:
            _describe_deletion(text, self.readable_key_of("kept.choose"))
        self.reader.show_content(text.content())

    def _describe_version(self, text: TextBuilder, version: RestorableVersion) -> None:
        key = self.readable_key_of("kept.choose")
        text.paragraph(shown_path(version.path))
        for words in describe_accounts(version, self.session):
            text.paragraph(words)
        if version.conflict_program:
            text.paragraph(
                _("A copy that a conflict left ({program}). {key} joins it: what only it has is taken over.").format(
                    program=version.conflict_program, key=key
                )
            )
        else:
            text.paragraph(
                _("{key} brings it back, or one account of it; what is now is kept as a version too.").format(key=key)
            )
            text.paragraph(_("{key} deletes this version.").format(key=self.readable_key_of("kept.delete")))

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Bring back the highlighted version, after a question, or join the highlighted copy."""
        version, day = self._highlighted_version, self._highlighted_day
        if day is not None:
            self._opened_days.add(day)
            newest = self._versions.index(self._versions_of(day)[0])
            self.update_content()
            self.choice_list.go_to(f"{_VERSION}{newest}")
        elif self.choice_list.highlighted_id == _ALL:
            self.action_purge()
        elif version is None:
            self.say(_("These files are only shown here."))
        elif version.conflict_program:
            _CopyJoiner(self, self._files.versions, version.record, version.path).join()
        else:
            self._ask_restore(version)

    def _ask_restore(self, version: RestorableVersion) -> None:
        question = restore_question(version, self.session, self._files.versions.clock)
        ask_choice(self, question, partial(self._restore, version))

    def _restore(self, version: RestorableVersion, answer: str) -> None:
        sentences: list[str] = []
        if answer != LEAVE and self.make_change(lambda: sentences.append(bring_back(version, answer, self.session))):
            self.say_undoable(sentences[0])

    def action_delete(self) -> None:
        """Delete the highlighted version, after a question."""
        version = self._highlighted_version
        if version is None:
            self.say(_("Go to one version to delete it."))
        elif version.conflict_program:
            self.say(_("This is a copy that a conflict left. Join it; then it is kept as a version."))
        else:
            ask_before(self, deletion_question(version, self._files.versions.clock), partial(self._delete, version))

    def _delete(self, version: RestorableVersion) -> None:
        if self.make_change(lambda: self._files.versions.delete(version)):
            self.session.undo_stack.note_final_act()
            self.say(_("The version is deleted; nothing brings it back."))

    def action_backup(self) -> None:
        """Ask where a backup goes, and write it."""
        question = backup_place_question(self.context)
        elsewhere = FreeTextOption(
            _("Another folder, or a file"), _("such as ~/Documents"), "backup", validate=parse_file_path
        )
        screen = ChoiceScreen(
            self.context,
            question.title,
            question.answers,
            chosen=question.default,
            help_text="\n".join(question.sentences),
            other=elsewhere,
        )
        self.open_made_screen(screen, self._back_up)

    def _back_up(self, place: ChosenOption | None) -> None:
        if place is None:
            return
        made: list[BackupWritten] = []
        typed = place.typed_text or place.option_id
        if self.make_change(lambda: made.append(make_backup(self.context, self._files, typed))):
            written = made[0]
            self.say(" ".join((_("Written: {file}.").format(file=shown_path(written.path)), *written.sentences)))

    def action_undo(self) -> None:
        """Take back the last change; asked first where a version was deleted since, which nothing brings back."""
        ask_before(self, question_before_undo(self.session), super().action_undo)

    def action_open(self) -> None:
        """Have the folder of the highlighted files shown; ask which where they are in several."""
        id = self.choice_list.highlighted_id
        version = self._highlighted_version
        if id.startswith(_KIND):
            folders = self._kinds[int(id.removeprefix(_KIND))].folders
        else:
            folders = (version.path.parent,) if version is not None else ()
        _show_folder(self, folders)

    def action_purge(self) -> None:
        """List all of it, and ask whether it is to be deleted."""
        self.open_screen("purge")

    def action_join(self) -> None:
        """Ask for a file and join it."""
        screen = ChooseFileScreen(
            self.context,
            "join",
            _("Join another copy of your record"),
            _(
                "A progress.toml of another computer, a copy that a sync program left, or a backup. "
                "Entries of both are in your record then; where both changed the same thing, you are "
                "asked."
            ),
            lambda path, _unused: (read_copy(path), path),
        )
        self.open_made_screen(screen, self._join)

    def _join(self, found: tuple[Record, Path] | None) -> None:
        if found is not None:
            _CopyJoiner(self, self._files.versions, *found).join()


def _describe_deletion(text: TextBuilder, key: str) -> None:
    """That all of it can be deleted, and what of it cannot be reached."""
    text.paragraph(_("{key} lists all of it and deletes it, after a question. It cannot reach:").format(key=key))
    for each in what_is_out_of_reach():
        text.item("-", each)


def _show_folder(screen: KeptScreen, folders: tuple[Path, ...]) -> None:
    """Have a folder shown; ask which of several."""
    if not folders:
        screen.say(_("There is no file of it yet."))
    elif len(folders) == 1:
        screen.open_on_desktop(folders[0])
    else:
        question = ChoiceQuestion(_("Which folder?"), tuple((str(each), shown_path(each)) for each in folders))
        ask_choice(screen, question, lambda chosen: screen.open_on_desktop(Path(chosen)), is_menu=True)


def _version_row(version: RestorableVersion, clock: Clock, *, is_current: bool) -> str:
    parts = [version.describe(clock)]
    if version.conflict_program:
        parts.append(_("a copy that {program} left").format(program=version.conflict_program))
    if is_current:
        parts.append(_("as it is now"))
    return "  ".join(parts)


def _kind_row(kind: KeptFiles) -> str:
    count = len(kind.files)
    if not count:
        return _("{kind_of_files}: none").format(kind_of_files=kind.what)
    return ngettext("{kind_of_files}: {count} file, {size}", "{kind_of_files}: {count} files, {size}", count).format(
        kind_of_files=kind.what, count=format_number(count), size=format_size(kind.size)
    )


class _CopyJoiner:
    """Asks over a screen what is to be asked before a copy is joined, and joins it."""

    def __init__(self, screen: BaseScreen[Any], versions: RecordVersions, copy: Record, path: Path) -> None:
        self._screen = screen
        self._join = CopyJoin(screen.session, versions, copy, path, screen.context.record_name)

    def join(self) -> None:
        """Ask what is to be asked, and join; the screen shows the record as it is then."""
        ask_before(self._screen, self._join.question_before, lambda: self._ask_next(self._join.conflicts, ()))

    def _ask_next(self, left: Sequence[MergeConflict], taken: tuple[MergeConflict, ...]) -> None:
        """Ask about the conflicts one by one, then join."""
        if not left:
            self._finish(taken)
            return
        screen = self._screen

        def answered(answer: ChosenOption | None) -> None:
            if answer is None:
                screen.say(_("Nothing was joined."))
                return
            self._ask_next(left[1:], (*taken, *self._join.taken_from_copy(left[0], answer.option_id)))

        screen.open_made_screen(choice_screen(screen.context, self._join.question_on(left[0])), answered)

    def _finish(self, taken: tuple[MergeConflict, ...]) -> None:
        screen = self._screen
        if not screen.make_change(lambda: self._join.join(taken)):
            return
        sentences: tuple[str, ...] = ()
        try:
            sentences = self._join.finish()
        except MetaOptOutError as error:
            screen.say_error(error)
        screen.say_undoable(" ".join((self._join.words_when_joined, *sentences)))
        screen.update_content()
