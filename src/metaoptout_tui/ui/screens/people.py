"""Whose record is open, and the others: opens another one, begins one, gives one another name, takes one in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.commands.commands import screen_title
from metaoptout_tui.app.commands.own_commands import Command
from metaoptout_tui.app.paths import own_record_name, who_can_open_records
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.base.list_and_detail import ListAndDetailScreen
from metaoptout_tui.ui.context import AppContext, PersonChosen
from metaoptout_tui.ui.screens.asking import ask_before
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.widgets.text_field import TextField

_PERSON = "person-"


class PeopleScreen(ListAndDetailScreen[None]):
    """The names above, what can be done with the highlighted one below; nothing else of any record."""

    SCREEN_ID = "people"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._people = context.record_files().people
        self._names: tuple[str, ...] = ()

    def highlight_first_row(self) -> None:
        """Begin at the record that is open."""
        names = [number for number, name in enumerate(self._names) if self._is_open(name)]
        self.choice_list.go_to(f"{_PERSON}{names[0]}" if names else "")

    def update_content(self) -> None:
        """Read the names, and show them."""
        super().update_content()
        self.session.current_record.wait_until_saved()
        self._names = self._people.names
        self.set_headline(_("Whose record?"), left=_("Of each only the name is shown here."))
        rows = [
            (f"{_PERSON}{number}", _("{name} (open now)").format(name=shown) if self._is_open(name) else shown)
            for number, name in enumerate(self._names)
            for shown in (name or own_record_name(),)
        ]
        self.choice_list.show_rows(rows)
        self.show_detail()

    def _is_open(self, name: str) -> bool:
        return name == self._people.open_name

    @property
    def _highlighted_name(self) -> str:
        number = self.choice_list.highlighted_id.removeprefix(_PERSON)
        return self._names[int(number)] if number.isdecimal() and int(number) < len(self._names) else ""

    def rewrap_text(self) -> None:
        """Wrap the details; the rows do not depend on the width."""
        self.show_detail()

    def show_detail(self) -> None:
        """What can be done with the highlighted record."""
        text = TextBuilder(self.reader.text_width)
        name, keys = (
            self._highlighted_name,
            {command: self.readable_key_of(f"people.{command}") for command in ("choose", "add", "rename", "take")},
        )
        if self._is_open(name):
            text.paragraph(_("This record is open."))
        else:
            text.paragraph(
                _("{key} opens this record, and closes the one that is open. All is saved.").format(key=keys["choose"])
            )
        if self._can_be_renamed:
            text.paragraph(_("{key} gives it another name.").format(key=keys["rename"]))
        elif name:
            text.paragraph(
                _("It keeps its name while it is open: open another one first, then {key} here.").format(
                    key=keys["rename"]
                )
            )
        text.paragraph(
            _(
                "{key} begins a record for one person more. Each has a folder of its own, with its own "
                "kept files and earlier versions."
            ).format(key=keys["add"])
        )
        text.paragraph(
            _(
                "{key} takes in a folder that you used with --data-dir. To delete one person's record, open it, and "
                "choose “{delete_all}” in “{kept}”."
            ).format(key=keys["take"], delete_all=_("Delete all of it"), kept=screen_title("kept"))
        )
        text.paragraph(who_can_open_records())
        self.reader.show_content(text.content())
        self.refresh_bindings()

    @property
    def _can_be_renamed(self) -> bool:
        name = self._highlighted_name
        return bool(name) and not self._is_open(name)

    def has_effect(self, command: Command) -> bool:
        """Another name is offered for a record that has one and is not open."""
        return super().has_effect(command) and (self._can_be_renamed or command.id != "people.rename")

    @on(OptionList.OptionSelected)
    def action_choose(self) -> None:
        """Open the highlighted record."""
        name = self._highlighted_name
        if self._is_open(name):
            self.say(_("This record is open."))
            return
        self._open(name)

    def _open(self, name: str) -> None:
        try:
            self._people.check_reachable(name)
        except MetaOptOutError as error:
            self.say_error(error)
        else:
            self.app.post_message(PersonChosen(name))

    def action_add(self) -> None:
        """Ask for a name, and whether it is meant; then make a folder for it, and open the new record in it."""
        form = PersonNameScreen(self.context, _("A record for one person more"), self._people.check_new_name)
        self.open_made_screen(form, lambda name: self._ask_and_add(name) if name else None)

    def _ask_and_add(self, name: str) -> None:
        def add() -> None:
            if self.make_change(lambda: self._people.add(name)):
                self._open(name)

        ask_before(self, self._people.question_before_adding(name), add)

    def action_rename(self) -> None:
        """Ask for another name of the highlighted record."""
        former = self._highlighted_name
        if not former:
            self.say(_("Your own record has no name."))
        elif self._is_open(former):
            self.say(_("A record that is open keeps its name. Open another one first."))
        else:
            form = PersonNameScreen(
                self.context,
                _("Another name for {name}").format(name=former),
                lambda new: self._people.rename(former, new)[1],
                former,
            )
            self.open_made_screen(form, partial(self._renamed, former))

    def action_take(self) -> None:
        """Ask for a folder that was used with --data-dir and for a name, and list it with the others."""
        taken: list[Path] = []

        def check_folder(typed: str) -> str:
            taken[:] = [self._people.folder_to_take_in(typed)]
            return taken[0].name

        def ask_name(present: str | None) -> None:
            if present is not None:
                form = PersonNameScreen(
                    self.context,
                    _("Its name here"),
                    lambda name: self._people.take_in(taken[0], name),
                    present,
                )
                self.open_made_screen(form, self._taken_in)

        title = _("Take in a folder that you used with --data-dir")
        label = _("Folder: type its path, or drop it on this window")
        about = _("It stays where it is.")
        self.open_made_screen(PersonNameScreen(self.context, title, check_folder, label=label, about=about), ask_name)

    def _taken_in(self, name: str | None) -> None:
        if name:
            self.update_content()
            self.say(_("{name} is in the list.").format(name=name))

    def _renamed(self, former: str, name: str | None) -> None:
        if name:
            self.update_content()
            self.say(_("{former_name} is called {name} now.").format(former_name=former, name=name))


class PersonNameScreen(InputScreen[str | None]):
    """Asks for a name, or with another `label` for a folder. `take` makes something of it and returns the name; an error of it is shown, and the screen stays.

    What is typed is no part of the record that is open, so no draft of it is kept there.
    """

    SCREEN_ID = "person"
    needs_writable_record = False

    def __init__(
        self,
        context: AppContext,
        title: str,
        take: Callable[[str], str],
        present: str = "",
        *,
        label: str = "",
        about: str = "",
    ) -> None:
        super().__init__(context, "")
        self._title = title
        self._take = take
        self._present = present
        self._label = label or _("Name: what you call the person, as the name of a folder")
        self._about = about or _("The name stands on every screen, and nowhere in what is sent.")

    def compose_body(self) -> ComposeResult:
        """The field for the name."""
        with Vertical():
            yield Static(self._label, classes="field-name", markup=False)
            yield TextField(self._present, id="name")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.set_headline(self._title, left=self._about)
        self.query_one(Input).focus()

    def typed_values(self) -> dict[str, str]:
        """Nothing, as said above."""
        return {}

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Take the name, or show what is wrong with it."""
        field = self.query_one(Input)
        try:
            name = self._take(field.value)
        except MetaOptOutError as error:
            self.refuse(field, str(error))
        else:
            self.finish(name)
