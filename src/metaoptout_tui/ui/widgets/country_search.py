"""A field that searches countries, with those found below it and what is said of the highlighted one."""

from collections.abc import Callable, Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.core.guidance.countries import find_countries
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.widgets.lists import ChoiceList
from metaoptout_tui.ui.widgets.text_field import TextField

_MAX_COUNTRIES_SHOWN = 40


class CountrySearch(Container):
    """The country is chosen here; `code` is its ISO 3166 alpha-2 code, empty for none.

    `is_answered` says whether the person chose, and did not only leave the proposed one standing. Up and Down choose among
    what was searched for; before anything is typed they only look, and Enter chooses.
    `names` has the names of each country, the one that is shown first; `describe` gives what is said of a country;
    `show_error` shows an error, or removes it where that is empty; `on_taken` is called when a country was taken, at once:
    the next key belongs to the next field already.
    """

    DEFAULT_CSS = """
    CountrySearch { height: auto; }
    CountrySearch #found { height: 3; }
    CountrySearch #region { height: auto; padding: 0 1; color: $muted; }
    """

    def __init__(
        self,
        names: Mapping[str, tuple[str, ...]],
        *,
        describe: Callable[[str], str],
        show_error: Callable[[str], None],
        on_taken: Callable[[], None],
    ) -> None:
        super().__init__()
        self.code = ""
        self.is_answered = False
        self._saved_code = ""
        self._names = dict(names)
        self._describe = describe
        self._show_error = show_error
        self._on_taken = on_taken

    def compose(self) -> ComposeResult:
        """The field, the list and the text."""
        yield TextField(id="country", placeholder=_("country"))
        matching_countries = ChoiceList(id="found")
        matching_countries.finds_typed_letters = False  # a letter typed there begins a search in the field
        yield matching_countries
        yield Static(id="region", markup=False)

    @property
    def _field(self) -> Input:
        return self.query_one("#country", Input)

    @property
    def _found(self) -> ChoiceList:
        return self.query_one("#found", ChoiceList)

    @property
    def highlighted_code(self) -> str:
        """The highlighted country, else the chosen one."""
        return self._found.highlighted_id or self.code

    @property
    def is_list_focused(self) -> bool:
        """Whether the keys go to the list."""
        return self._found.has_focus

    def begin(self, code: str, saved_code: str) -> None:
        """Begin with an empty field and a country highlighted; `saved_code` counts where nothing is found."""
        self.code, self._saved_code = code, saved_code
        self.is_answered = bool(saved_code)
        with self.prevent(Input.Changed):
            self._field.value = ""
        self._search("")
        self._field.focus()

    def drop_search(self) -> None:
        """Choose what was chosen before, unless something is typed."""
        self.is_answered = True
        if not self._field.value:
            self.code = self._saved_code

    @on(Input.Changed, "#country")
    def _typed(self, event: Input.Changed) -> None:
        event.input.select_on_focus = True
        self.is_answered = True
        self._search(event.value)

    def _search(self, typed: str) -> None:
        query = typed.strip()
        matches = list(find_countries(query, self._names))
        if not query and self.code in self._names:
            matches.remove(self.code)
            matches.insert(0, self.code)
        elif query:
            self.code = matches[0] if matches else self._saved_code
        rows = [(code, self._names[code][0]) for code in matches[:_MAX_COUNTRIES_SHOWN]]
        with self.prevent(OptionList.OptionHighlighted):
            self._found.show_rows(rows, matches[0] if matches else None)
            if not query and not self.code:
                self._found.highlighted = None  # no country is set, so Enter must not take the first of the alphabet
        self._show_region(self._found.highlighted_id)
        self._show_error(
            "" if matches else _("No country is called “{typed}”. Try another name of it.").format(typed=query)
        )

    @on(OptionList.OptionHighlighted, "#found")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show_region(event.option.id or "")
        if event.option_list.has_focus:
            self._choose_found()

    def _choose_found(self) -> None:
        """Choose the highlighted country where something was searched for."""
        if self._field.value.strip():
            self.is_answered = True
            self.code = self._found.highlighted_id

    def _show_region(self, country: str) -> None:
        name = self._names[country][0] if country in self._names else country
        content = Content.assemble((name, "bold $text-accent"), f": {self._describe(country)}") if name else ""
        self.query_one("#region", Static).update(content)

    def on_key(self, event: events.Key) -> None:
        """Up and Down in the field move in the list below it; a letter typed in that list begins a search."""
        field, found = self._field, self._found
        if found.has_focus and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            field.select_on_focus = False  # else the next letter would replace this one
            self.screen.set_focus(field)
            field.value = event.character
            field.cursor_position = 1
        elif field.has_focus and event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            if event.key == "up":
                found.action_cursor_up()
            else:
                found.action_cursor_down()
            self._choose_found()

    @on(OptionList.OptionSelected, "#found")
    @on(Input.Submitted, "#country")
    def take(self) -> None:
        """Take the highlighted country; the list of the others is gone until the field is in use again."""
        self.is_answered = True
        self.code = self._found.highlighted_id
        if self.code:
            self._saved_code = self.code
            with self.prevent(Input.Changed):
                self._field.value = self._names[self.code][0]
            self._found.display = False
        self._on_taken()

    def on_descendant_focus(self) -> None:
        """Show the list again."""
        self._found.display = True

    def on_descendant_blur(self) -> None:
        """Show the chosen country again where another was only looked at."""
        if not (self._field.has_focus or self._found.has_focus or self._field.value.strip()):
            self._found.highlighted = None
            self._found.go_to(self.code)
            self._show_region(self.code)
