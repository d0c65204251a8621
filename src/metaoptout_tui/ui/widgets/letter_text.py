"""The fields of a letter that is being written, whose gaps are selected one after the other, so that typing replaces them."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea
from textual.widgets.input import Selection as InputSelection
from textual.widgets.text_area import Selection

from metaoptout_tui.core.language.formatting import format_list, format_number, quoted
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.letters.letter_gaps import LetterGap, find_gaps, names_of_gaps
from metaoptout_tui.core.letters.letters import Letter, places_of_gaps, repeated_gaps
from metaoptout_tui.ui.widgets.fields import WholeText
from metaoptout_tui.ui.widgets.reader import Reader
from metaoptout_tui.ui.widgets.text_field import TextField


class LetterText(TextArea):
    """A field for the text of a letter; `prefilled_letter` is the letter before the person typed, with its gaps.

    `go_on` goes to the next gap. What is typed in an untouched gap takes its place, and Enter there goes on to the next: neither tears it apart.
    What is typed in one of several like gaps, such as the name, stands in the others as it is typed.
    """

    def __init__(self, go_on: Callable[[], object]) -> None:
        super().__init__(id="text", tab_behavior="focus", soft_wrap=True)
        self.prefilled_letter: Letter | None = None
        self._go_on = go_on
        self._typed: dict[str, str] = {}
        """What was last seen in a gap, by its name."""
        self._put_back = ""
        """The text that undo or redo led to, in which nothing is to be filled in."""

    def show_letter(self, letter: Letter, body: str) -> None:
        """Show the text of a letter, as it was changed."""
        self.prefilled_letter = letter
        self._typed = {place.placeholder: place.words for place in places_of_gaps(letter, body)}
        self.text = body

    def on_text_area_changed(self) -> None:
        """Write what was typed in a gap into the others of its kind that were open or had the same words."""
        if self.prefilled_letter is None or self.text == self._put_back:
            return
        places, cursor = places_of_gaps(self.prefilled_letter, self.text), self._offset_of(self.cursor_location)
        source = next((place for place in places if place.start <= cursor <= place.end and place.is_filled), None)
        if source is None or "\n" in source.words:
            return
        before = self._typed.get(source.placeholder, "")
        self._typed[source.placeholder] = source.words
        for place in reversed(places):
            is_like = place.placeholder == source.placeholder and place.words in (place.gap, before)
            if is_like and place.words != source.words:
                self.replace(source.words, self._location_of(place.start), self._location_of(place.end))

    def undo(self) -> None:
        """Undo what was typed in a gap together with what followed from it elsewhere."""
        self._go_in_history(super().undo)

    def redo(self) -> None:
        """Redo what was typed in a gap together with what followed from it elsewhere."""
        self._go_in_history(super().redo)

    def _go_in_history(self, step: Callable[[], None]) -> None:
        were_alike = self._are_gaps_alike
        step()
        if were_alike and not self._are_gaps_alike:
            step()
        self._put_back = self.text

    @property
    def _are_gaps_alike(self) -> bool:
        """Whether gaps of one kind all have the same words."""
        letter = self.prefilled_letter
        places = places_of_gaps(letter, self.text) if letter is not None else ()
        words: dict[str, set[str]] = {}
        for place in places:
            words.setdefault(place.placeholder, set()).add(place.words)
        return all(len(each) == 1 for each in words.values())

    def go_to_start(self) -> None:
        """Show the letter from its first line, and select the first gap if it is in view."""
        self.move_cursor((0, 0))
        self.scroll_home(animate=False)
        # Only the layout shows what is in view. By then the person may have typed or moved, which is left alone.
        self.call_after_refresh(self._select_visible_gap, self.text)

    def _select_visible_gap(self, text: str) -> None:
        gap = next(iter(self.gaps), None)
        if gap is None or self.selection != Selection() or self.text != text:
            return
        selection = self._selection_of(gap)
        if self.wrapped_document.location_to_offset(selection.end).y < self.content_size.height:
            self.selection = selection

    @property
    def gaps(self) -> tuple[LetterGap, ...]:
        """The gaps that are open in the text, in their order."""
        return find_gaps(self.text, self.prefilled_letter) if self.prefilled_letter is not None else ()

    @property
    def gap_at_cursor(self) -> LetterGap | None:
        """The gap that is selected or in which the cursor stands."""
        start, end = sorted(map(self._offset_of, self.selection))
        return next(
            (gap for gap in self.gaps if (start, end) == (gap.start, gap.end) or gap.start < start == end < gap.end),
            None,
        )

    def fill_repeated_gaps(self) -> None:
        """Fill what was written into one gap into the others of its kind: the name, say."""
        letter = self.prefilled_letter
        for gap, value in repeated_gaps(letter, self.text).items() if letter is not None else ():
            rows = [row for row, line in enumerate(self.text.split("\n")) if gap in line]
            for row in reversed(rows):
                column = self.document.get_line(row).index(gap)
                self.replace(value, (row, column), (row, column + len(gap)))

    def select_gap(self, gap: LetterGap) -> None:
        """Go to a gap and select it."""
        self.focus()
        self.selection = self._selection_of(gap)
        self.scroll_cursor_visible()

    def on_resize(self) -> None:
        """Keep the cursor in view where lines around the text took rows of it."""
        if self.has_focus:
            self.call_after_refresh(self.scroll_cursor_visible)

    def on_key(self, event: events.Key) -> None:
        """Keep an untouched gap whole: Enter goes on to the next one, and what is typed takes its place."""
        gap = self.gap_at_cursor
        if gap is None or not gap.is_whole:
            return
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._go_on()
        elif event.is_printable:
            self.selection = self._selection_of(gap)

    def _offset_of(self, location: tuple[int, int]) -> int:
        row, column = location
        return sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column

    def _selection_of(self, gap: LetterGap) -> Selection:
        return Selection(*map(self._location_of, (gap.start, gap.end)))

    def _location_of(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return before.count("\n"), offset - (before.rfind("\n") + 1)


class GapLine(Static):
    """What is still to be filled in, in which gap the cursor stands, and what of it later letters will have."""

    DEFAULT_CSS = """
    GapLine { height: auto; max-height: 4; padding: 0 1; color: $muted; }
    GapLine.-some { color: $text-warning; }
    """

    def __init__(self) -> None:
        super().__init__(id="gaps", markup=False)
        self._missing: tuple[str, ...] = ()
        self._key = self._present = ""
        self._remembered: tuple[str, ...] = ()
        self._words_on_kept = ""

    def show_missing(self, missing: tuple[str, ...], key: str) -> None:
        """Show these gaps, and the key that goes to the next."""
        self._missing, self._key = missing, key
        self._show()

    def show_present(self, gap: str) -> None:
        """Show in which gap the cursor stands; empty for none."""
        self._present = gap
        self._show()

    def show_remembered(self, names: tuple[str, ...], words_on_kept: str) -> None:
        """Show what was typed into this letter and will stand in later ones, and what of it will not."""
        self._remembered, self._words_on_kept = names, words_on_kept
        self._show()

    def _show(self) -> None:
        missing = self._missing
        has_room = self.screen.size.height >= _MIN_ROWS_FOR_GAPS_IN_LINES
        self.styles.max_height = 3 + len(missing) if has_room else 4
        self.set_class(bool(missing), "-some")
        listed = "".join(f"\n  {each}" for each in missing) if has_room else " · ".join(map(quoted, missing))
        lines = [
            _("To fill in ({key}): {missing}").format(key=self._key, missing=listed)
            if missing
            else _("Nothing is missing.")
        ]
        if self._present in missing:
            present = _("Now: {gap} ({number} of {count})").format(
                gap=quoted(self._present),
                number=format_number(missing.index(self._present) + 1),
                count=format_number(len(missing)),
            )
            lines.insert(0, present)
        if self._remembered:
            remembered = format_list(map(quoted, self._remembered))
            lines.append(_("Remembered for other letters: {gaps}").format(gaps=remembered))
        if self._words_on_kept:
            lines.insert(0, self._words_on_kept)
        self.update("\n".join(lines))


class LetterFields(Vertical):
    """Subject and text of a letter in fields, beside them room for another version, and below them the gaps."""

    DEFAULT_CSS = """
    LetterFields Input { width: 1fr; margin: 0 1 1 1; }
    LetterFields #sides { height: 1fr; width: 100%; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.has_gone_to_gap = False
        """Whether somebody went to a gap since the letter was shown."""

    def compose(self) -> ComposeResult:
        """The subject, the text with a reader beside it, and the line of gaps."""
        yield TextField(id="subject")
        yield WholeText(_("Subject"), id="whole-subject")
        with Horizontal(id="sides"):
            yield LetterText(self.go_to_next_gap)
            yield Reader()
        yield GapLine()

    @property
    def _subject(self) -> Input:
        return self.query_one("#subject", Input)

    @property
    def _area(self) -> LetterText:
        return self.query_one(LetterText)

    @property
    def subject_and_body(self) -> tuple[str, str]:
        """What stands in the fields."""
        return self._subject.value, self._area.text

    def fill(self, letter: Letter, subject: str, body: str) -> None:
        """Show a letter as it was changed, beside how the diary fills it."""
        with self.prevent(TextArea.Changed, Input.Changed):
            self._subject.value = subject
            self._area.show_letter(letter, body)

    def go_to_start(self) -> None:
        """Begin at the top of the text."""
        self.has_gone_to_gap = False
        self._area.go_to_start()

    @property
    def _gaps(self) -> tuple[tuple[Input | LetterText, LetterGap], ...]:
        """The gaps of subject and text, in their order, each with its field."""
        letter, area = self._area.prefilled_letter, self._area
        in_subject = find_gaps(self._subject.value, letter) if letter is not None else ()
        return (*((self._subject, gap) for gap in in_subject), *((area, gap) for gap in area.gaps))

    @property
    def names_of_gaps(self) -> tuple[str, ...]:
        """What is still open in subject and text, each once."""
        return names_of_gaps(gap for _field, gap in self._gaps)

    @property
    def _present_gap(self) -> tuple[Input | LetterText, LetterGap] | None:
        """The gap in which the cursor stands."""
        selected = tuple(sorted(self._subject.selection))
        for field, gap in self._gaps if self._subject.has_focus else ():
            if field is self._subject and selected == (gap.start, gap.end):
                return field, gap
        gap_in_text = None if self._subject.has_focus else self._area.gap_at_cursor
        return None if gap_in_text is None else (self._area, gap_in_text)

    @property
    def is_at_first_gap(self) -> bool:
        """Whether the cursor stands in the first gap of the text, where it is at the start too."""
        present = self._area.gap_at_cursor
        return present is not None and present == self._area.gaps[0]

    def go_to_next_gap(self) -> None:
        """From a gap that was gone to, go to the one after it, or from the last to the first; else to the first."""
        self._area.fill_repeated_gaps()
        gaps, present = self._gaps, self._present_gap
        if not gaps:
            return
        index = gaps.index(present) + 1 if present is not None and self.has_gone_to_gap else 0
        field, gap = gaps[index % len(gaps)]
        self.has_gone_to_gap = True
        if isinstance(field, LetterText):
            field.select_gap(gap)
        else:
            field.select_on_focus = False  # else all of the subject would be selected
            field.focus()
            field.selection = InputSelection(gap.start, gap.end)
        self.call_after_refresh(self.show_present_gap)

    def show_missing(self, missing: tuple[str, ...], key: str) -> None:
        """Show what is still open, with the key that goes there, and the whole subject where it is cut."""
        self.query_one(GapLine).show_missing(missing, key)
        self.show_present_gap()
        self.query_one(WholeText).show_where_cut(self._subject)

    def show_present_gap(self) -> None:
        """Show in which gap the cursor stands."""
        present = self._present_gap
        self.query_one(GapLine).show_present(present[1].name if present is not None else "")


_MIN_ROWS_FOR_GAPS_IN_LINES = 36
"""Rows of the terminal from which each gap has a line of its own."""
