"""Who was authorised to help, how and when: written into the diary, and told in the case file."""

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from metaoptout_tui.app.helper_authorisation import describe_newest_authorisation, record_helper, ways_to_authorise
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.ui.base.input_screen import InputScreen
from metaoptout_tui.ui.base.screen import BaseScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.widgets.answer_lists import AnswerList
from metaoptout_tui.ui.widgets.fields import MomentFields
from metaoptout_tui.ui.widgets.text_field import TextField


class HelperScreen(InputScreen[bool | None]):
    """The helper's name, how the person authorised them, and when."""

    SCREEN_ID = "helper"
    shows_draft_notice = True

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "helper")

    def compose_body(self) -> ComposeResult:
        """The fields, and what becomes of them."""
        now = self.session.now()
        authorised = describe_newest_authorisation(self.session.record, self.session.playbook, now)
        with VerticalScroll(can_focus=False):
            if authorised:
                yield Static(
                    _("Written down already: {authorisation}").format(authorisation=authorised),
                    classes="field-help",
                    id="authorised",
                    markup=False,
                )
            yield Static(_("Who was authorised: the name of the helper"), classes="field-name", markup=False)
            yield TextField(id="helper")
            yield Static(_("How (Space chooses)"), classes="field-name", markup=False)
            yield AnswerList(ways_to_authorise(), id="how")
            yield MomentFields(self.session.now, day_label=_("Day: 2026-11-20, 20/11, 20 Nov, today or yesterday"))
            yield Static(
                _(
                    "It stands in the diary of each account and at the beginning of the case file. Was it in "
                    "writing? Keep a copy: open the diary, highlight the entry, and add the file."
                ),
                classes="field-help",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin in the field for the name."""
        self.set_headline(_("Who helps"), left="" if self.query("#authorised") else _("Nothing is written down yet."))
        self.fill_fields()
        self.query_one("#helper", Input).focus()

    def fill_fields(self) -> None:
        """The texts of the draft."""
        super().fill_fields()
        with self.prevent(Input.Changed):
            self.query_one("#helper", Input).value = self.draft.get("helper", "")
            self.query_one(MomentFields).fill(self.draft)
        self.query_one("#how", AnswerList).set_answer(self.draft.get("how", ""))

    def typed_values(self) -> dict[str, str]:
        """The name, the way if one was chosen, and what was changed of day and time."""
        return {
            "helper": self.query_one("#helper", Input).value,
            "how": self.query_one("#how", AnswerList).answer_id,
            **self.query_one(MomentFields).typed_texts,
        }

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def action_save(self) -> None:
        """Write it into the diaries, or go on to what is missing."""
        name, ways = self.query_one("#helper", Input).value, self.query_one("#how", AnswerList)
        if name.strip() and not ways.answer_id:
            self.refuse(ways, _("Say how: choose one of the two rows."))
            return
        try:
            at = self.query_one(MomentFields).moment()
        except ValueError as error:
            self.refuse(self.query_one("#day"), str(error))
            return
        editor, how = self.session.editor, ways.answer_id
        if self.make_change(lambda: record_helper(editor, name, how, at, draft_key=self.draft_key)):
            self.finish(True)
        else:
            self.set_focus(self.query_one("#day" if name.strip() else "#helper"))


def ask_who_helps(screen: BaseScreen[Any]) -> None:
    """Open the screen for a helper over this one, which then says who stands in the diaries as a helper."""

    def tell(recorded: object) -> None:
        if recorded:
            session = screen.session
            words = describe_newest_authorisation(session.record, session.playbook, session.now())
            # Translators: {authorisation} is a sentence about who was authorised, how and when.
            screen.say_undoable(_("Written down: {authorisation}").format(authorisation=words))

    screen.open_screen("helper", then=tell)
