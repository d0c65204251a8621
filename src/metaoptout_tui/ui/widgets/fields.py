"""Fields for a day with a time and for a path with completion, and a tree of files to choose from."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import DirectoryTree, Input, Static, TextArea
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from metaoptout_tui.app.files.recent_files import find_recent_files
from metaoptout_tui.app.files.typed_paths import complete_path, is_folder_or_file, parse_pasted_paths, path_exists
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.errors import InputRefused
from metaoptout_tui.core.language.formatting import labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.typed_period import first_moment_of_period, period_in_digits
from metaoptout_tui.ui.widgets.frame import Notice
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.text_field import TextField

_MAX_NAME_SHOWN = 200


class MomentTexts(NamedTuple):
    """The texts in the fields for day and time."""

    day: str
    time: str


class _OfferedText(TextField):
    """A field that begins with what is offered; `is_typed` once somebody typed there, the very same words too."""

    is_typed = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Take what is typed, pasted or deleted: all of it comes through here, and what the program fills in does not."""
        self.is_typed = True
        super().replace(text, start, end)

    def show(self, words: str, *, is_typed: bool) -> None:
        """Show a text that was typed earlier, or one that is offered."""
        self.is_typed = is_typed
        self.value = words


class MomentFields(Container):
    """Fields for a day and a time, filled with the offered moment, or with now where none is offered.

    What is typed counts as it stands; where nobody typed, now goes on while the screen is open. For a typed day that
    is another than the offered one and than today, no time is offered: nobody knows it.
    With `takes_month` the field for the day takes a month with its year too, as its first day; with `takes_year` a month or
    a year is its first moment, which stands for it.
    """

    DEFAULT_CSS = "MomentFields { height: auto; }"

    def __init__(
        self,
        clock: Callable[[], datetime],
        offered: datetime | None = None,
        *,
        day_label: str = "",
        takes_month: bool = False,
        takes_year: bool = False,
        day_placeholder: str = "",
        classes: str | None = None,
    ) -> None:
        super().__init__(classes=classes)
        self._clock = clock
        self._offered = offered
        self._takes_month = takes_month
        self._takes_year = takes_year
        self._labels = (day_label or _("Day"), _("Time"))
        self._placeholders = (day_placeholder, _("for example 14:09"))

    def compose(self) -> ComposeResult:
        """Both fields with their labels.

        What is offered is in them from the beginning: it is selected with the focus, and what is typed takes its place.
        """
        fields = zip(self._offered_texts()._asdict().items(), self._labels, self._placeholders, strict=True)
        for (name, offered), label, placeholder in fields:
            yield Static(label, classes=f"field-name -{name}", markup=False)
            yield _OfferedText(offered, id=name, placeholder=placeholder)

    def _offered_texts(self, typed_day: str | None = None) -> MomentTexts:
        """What is offered, beside a day that somebody typed: its time only where that is known of this day."""
        now = self._clock()
        offered = self.texts_of(self._offered or now)
        if typed_day is None:
            return offered
        try:
            day = dates.parse_day(self._with_first_of_month(typed_day), now.date())
        except ValueError:  # as long as half of it is typed
            return offered._replace(time="")
        for known in (self._offered or now, now):
            if dates.local_day(known, now) == day:
                return self.texts_of(known)
        return offered._replace(time="")

    def _field(self, name: str) -> _OfferedText:
        return self.query_one(f"#{name}", _OfferedText)

    def texts_of(self, at: datetime) -> MomentTexts:
        """A moment as texts for the fields, in the time zone of the clock."""
        local = at.astimezone(self._clock().tzinfo)
        if self._takes_year and (period := period_in_digits(local)):
            return MomentTexts(period, "")
        return MomentTexts(dates.format_typed_day(local.date()), f"{local:%H:%M}")

    @property
    def _texts(self) -> MomentTexts:
        """The texts in the fields, where nobody typed those that are offered now."""
        typed = self.typed_texts
        return self._offered_texts(typed.get("day"))._replace(**typed)

    @property
    def typed_texts(self) -> dict[str, str]:
        """The texts that somebody typed, by the name of their field."""
        return {name: self._field(name).value for name in MomentTexts._fields if self._field(name).is_typed}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Fill the fields with texts by name; a field without one gets what is offered."""
        for name, offered in self._offered_texts(texts.get("day"))._asdict().items():
            self._field(name).show(texts.get(name, offered), is_typed=name in texts)

    @on(events.DescendantFocus)
    @on(Input.Changed)
    def _show_offered_now(self) -> None:
        """Show what is offered now in the fields where nobody typed."""
        for name, offered in self._offered_texts(self.typed_texts.get("day"))._asdict().items():
            if not self._field(name).is_typed and self._field(name).value != offered:
                self._field(name).show(offered, is_typed=False)

    def focus_day(self) -> None:
        """Go to the first field."""
        self.query_one("#day", Input).focus()

    @property
    def field_at_fault(self) -> Input:
        """The field to correct where the moment cannot be taken: the time where the day alone could be, else the day."""
        now = self._clock()
        try:
            is_day_right = dates.parse_moment(self._day, "", now) <= now
        except ValueError:
            is_day_right = False
        return self.query_one("#time" if is_day_right else "#day", Input)

    def moment(self) -> datetime | None:
        """The moment in the fields; where nobody typed, the offered one, or None for now.

        Raises ValueError, with a sentence, for texts that are no moment.
        """
        if not self.typed_texts:
            return self._offered
        if self.is_period:
            return first_moment_of_period(self._texts.day, self._clock())
        return dates.parse_moment(self._day, self._texts.time, self._clock())

    @property
    def is_period(self) -> bool:
        """Whether a month or a year stands in the field, where that is taken for itself, and no time was typed."""
        is_typed = first_moment_of_period(self._texts.day, self._clock()) is not None
        return self._takes_year and is_typed and not self.typed_texts.get("time")

    @property
    def _day(self) -> str:
        return self._with_first_of_month(self._texts.day)

    def _with_first_of_month(self, day: str) -> str:
        """A typed day; for a month its first, where a month is taken."""
        first_day = dates.first_day_of_month(day, self._clock().date()) if self._takes_month else None
        return first_day.isoformat() if first_day is not None else day


class FileTree(DirectoryTree, inherit_bindings=False):
    """Folders, and files whose names end in one of the suffixes. Enter opens a folder or selects a file."""

    DEFAULT_CSS = """
    FileTree { background: $background; padding: 0 1; width: 100%; }
    FileTree:focus { background-tint: transparent 0%; }
    """
    BINDINGS = [
        Binding("up,k", "cursor_up", show=False),
        Binding("down,j", "cursor_down", show=False),
        Binding("enter", "select_cursor", show=False),
        Binding("space,right,left", "toggle_node", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]

    def __init__(self, path: Path, suffixes: tuple[str, ...], *, id: str | None = None) -> None:
        super().__init__(path, id=id)
        self._suffixes = suffixes
        self.show_guides = False
        self.guide_depth = 2

    @property
    def selected_path(self) -> str:
        """The path under the cursor, empty for none."""
        node = self.cursor_node
        return str(node.data.path) if node is not None and node.data is not None else ""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Only folders and the files that can be read."""
        return [path for path in paths if is_folder_or_file(path, self._suffixes)]

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """The name, made safe to show, with a sign for an open or closed folder."""
        del base_style
        name = text.clean_line(str(node.label)) or "?"
        if not node.allow_expand:
            return Text.assemble(("  ", style), (name, style))
        sign = "-" if node.is_expanded else "+"
        return Text.assemble((f"{sign} ", style), (name if name.endswith("/") else f"{name}/", style))


class RecentFileList(ChoiceList):
    """The newest files of the person's folders for downloads and the desktop; hidden where there is none."""

    DEFAULT_CSS = "RecentFileList { max-height: 5; }"

    def __init__(self, suffixes: tuple[str, ...], clock: Callable[[], datetime], *, id: str) -> None:
        super().__init__(id=id)
        self._suffixes = suffixes
        self._clock = clock

    def on_mount(self) -> None:
        """Look for the files, once."""
        now = self._clock()
        files = find_recent_files(self._suffixes, zone=now.tzinfo)
        self.show_rows(
            (
                str(file.path),
                Content.assemble(
                    text.clean_line(file.path.name, _MAX_NAME_SHOWN),
                    (f"  {dates.format_day_and_time(file.written_at, now)}", "$muted"),
                ),
            )
            for file in files
            if str(file.path).isprintable()
        )
        self.display = bool(self.option_count)

    @property
    def first_is_highlighted(self) -> bool:
        """Whether the highlight is on the first row."""
        return not self.highlighted

    @property
    def last_is_highlighted(self) -> bool:
        """Whether the highlight is on the last row."""
        return self.highlighted is None or self.highlighted == self.option_count - 1


class PathField(TextField):
    """A field for a path, with completion; with `suffixes`, only for files that end in one of them.

    With `posts_drops`, files dropped on the field, which a terminal pastes with quotes of its own, are posted as a
    message and not put into the field.
    """

    class Dropped(Message):
        """Paths of existing files were pasted."""

        def __init__(self, paths: tuple[str, ...]) -> None:
            super().__init__()
            self.paths = paths

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,
        placeholder: str = "",
        suffixes: tuple[str, ...] = (),
        posts_drops: bool = False,
    ) -> None:
        super().__init__(value, id=id, placeholder=placeholder)
        self._suffixes = suffixes
        self.posts_drops = posts_drops

    def complete(self) -> tuple[str, ...]:
        """Complete the path as far as it is unambiguous. Returns the names to choose from where it is not."""
        completed = complete_path(self.value, self._suffixes)
        self.value = completed.path
        self.cursor_position = len(self.value)
        return completed.candidates

    def on_paste(self, event: events.Paste) -> None:
        """Post existing files as a message, unless other text is in the field; anything else is pasted into it."""
        try:
            paths = parse_pasted_paths(event.text) if self.posts_drops else ()
        except InputRefused:  # shown when the text is submitted
            return
        is_free = not self.value.strip() or self.selected_text == self.value
        if paths and all(map(path_exists, paths)) and is_free:
            event.prevent_default()
            event.stop()
            self.post_message(self.Dropped(paths))


_MIN_ROWS_FOR_WHOLE_TEXT = 20


class WholeText(Notice):
    """The text of a field of one line in full, while the field is too narrow for it."""

    DEFAULT_CSS = "WholeText { color: $muted; margin: 0 0 1 0; }"

    def __init__(self, label: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = label

    def show_where_cut(self, field: Input) -> None:
        """Show the text of the field, or nothing where all of it is in view or the terminal has few rows."""
        has_room = self.screen.size.height >= _MIN_ROWS_FOR_WHOLE_TEXT and bool(field.content_size)
        is_cut = has_room and cell_len(field.value) > field.content_size.width
        self.show(labelled(self._label, field.value) if is_cut else "")


def fit_paste(paste: events.Paste, focused: Widget | None, say: Callable[[str], None]) -> events.Paste:
    """A paste as the focused widget takes it: into a field of one line only the first line that is not blank.

    What is left out, and that nothing takes it, is said.
    """
    if isinstance(focused, TextArea) or (isinstance(focused, PathField) and focused.posts_drops):
        return paste
    if not isinstance(focused, Input):
        say(_("There is no field here to paste into. Nothing was taken."))
        return paste
    lines = [line for line in paste.text.splitlines() if line.strip()]
    if len(lines) > 1:
        # Translators: {count} is always more than one.
        say(_("One line fits here: of {count} pasted lines the first was taken.").format(count=len(lines)))
    return events.Paste(lines[0]) if lines else paste
