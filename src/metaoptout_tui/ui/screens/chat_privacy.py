"""The list of WhatsApp chats with their Advanced Chat Privacy setting and admin."""

from dataclasses import replace

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.privacy import ChatPrivacyList
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.accounts import make_draft_key
from metaoptout_tui.core.record.remembered import (
    MAX_CHAT_NAME_CHARACTERS,
    ME,
    PRIVACY_SETTINGS,
    ChatPrivacy,
    privacy_setting_label,
)
from metaoptout_tui.core.record.vocabulary import StepState
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.dialogs import ChoiceScreen, ChosenOption, FreeTextOption
from metaoptout_tui.ui.text.chat_guide import ChatScanGuide
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns

_COLUMN_GAP = 2
_NOBODY = "nobody"


class ChatPrivacyScreen(AccountGuideScreen[None]):
    """Each change of the list is saved as a draft at once; a key writes the list into the diary as a note."""

    SCREEN_ID = "chat-privacy"
    LIST_ID = "chats"
    STEP = StepId.REVIEW

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context, account_id)
        saved_list = ChatPrivacyList(tuple(self.session.remembered.of(account_id).chats.values()))
        self._privacy_list = saved_list.with_scanned(context.chat_scan.chat_privacy_for(account_id))

    def show_account(self, status: AccountStatus) -> None:
        """The chats with their settings."""
        listed = self._privacy_list.listed
        left = _("{key} adds a chat that matters to you, by its name.").format(
            key=self.readable_key_of("chat-privacy.add")
        )
        if listed:
            left = f"{self._privacy_list.known_text} {_('Take out those that need no such privacy.')}"
        self.set_headline(_("Advanced Chat Privacy, chat by chat"), left=left)
        self.choice_list.show_rows((chat.name, self._chat_row(chat)) for chat in listed)
        guide = ChatScanGuide(self.context, status, self.reader.text_width, {})
        self.show_text(guide.chat_privacy_text(), guide.sentence_lines)

    def _chat_row(self, chat: ChatPrivacy) -> Content:
        is_on = chat.setting == "on"
        sign = self.context.symbols.for_step(StepState.DONE if is_on else StepState.TO_DO)
        words = chat.name
        if chat.admin:
            words = f"{words}  {_('admin: {admin}').format(admin=chat.shown_admin)}"
        width = _COLUMN_GAP + max(cell_len(privacy_setting_label(setting)) for setting in PRIVACY_SETTINGS)
        return row_in_columns(
            fixed(f"{sign} ", "$text-success" if is_on else "$muted"),
            Column(privacy_setting_label(chat.setting), width, "bold"),
            Column(words, max(1, self.size.width - width - 6)),
        )

    def _highlighted_chat(self) -> ChatPrivacy | None:
        """The highlighted chat; where there is none, show how to add one."""
        chat = next((chat for chat in self._privacy_list.listed if chat.name == self.choice_list.highlighted_id), None)
        if chat is None:
            self._say_add_first()
        return chat

    def _say_add_first(self) -> None:
        self.say(_("Add a chat first, with {key}.").format(key=self.readable_key_of("chat-privacy.add")))

    def _save_chat(self, chat: ChatPrivacy) -> None:
        """Change the chat of this name, or add it at the end, and keep the list."""
        self._privacy_list = self._privacy_list.with_chat(chat)
        remembered = self.session.remembered
        remembered.save(self._account_id, replace(remembered.of(self._account_id), chats=self._privacy_list.by_name))
        self.update_content()

    @on(OptionList.OptionSelected)
    def action_switch(self) -> None:
        """Set the highlighted chat to the next of not known, on and off."""
        if chat := self._highlighted_chat():
            self._save_chat(chat.with_next_setting())

    def action_drop(self) -> None:
        """Take the highlighted chat out of the list."""
        if chat := self._highlighted_chat():
            self._save_chat(chat._replace(is_removed=True))
            self.say(_("Taken out. Adding “{name}” brings it back.").format(name=chat.name))

    def action_admin(self) -> None:
        """Ask who is admin of the highlighted chat."""
        chat = self._highlighted_chat()
        if chat is None:
            return

        def admin_chosen(answer: ChosenOption | None) -> None:
            if answer is not None:
                admin = {_NOBODY: "", ME: ME}.get(
                    answer.option_id, text.clean_line(answer.typed_text, MAX_CHAT_NAME_CHARACTERS)
                )
                self._save_chat(chat._replace(admin=admin))

        self.app.push_screen(
            ChoiceScreen(
                self.context,
                _("Who is admin of “{name}”?").format(name=chat.name),
                [(ME, _("I am")), (_NOBODY, _("Nobody, or I don't know"))],
                chosen=ME if chat.admin == ME else "",
                other=FreeTextOption(
                    _("Somebody else"), _("their name"), make_draft_key("chat-admin", self._account_id)
                ),
            ),
            admin_chosen,
        )

    def action_add(self) -> None:
        """Ask for the name of a chat and add it."""

        def name_typed(answer: ChosenOption | None) -> None:
            name = text.clean_line(answer.typed_text, MAX_CHAT_NAME_CHARACTERS) if answer is not None else ""
            if name and name not in {chat.name for chat in self._privacy_list.listed}:
                self._save_chat(ChatPrivacy(name))
            self.choice_list.go_to(name)

        self.app.push_screen(
            ChoiceScreen(
                self.context,
                _("Which chat?"),
                [],
                other=FreeTextOption(_("A chat"), _("its name"), make_draft_key("chat-name", self._account_id)),
                help_text=_("Any name by which you know it. The list stays in your file on this machine."),
            ),
            name_typed,
        )

    def action_copy(self) -> None:
        """Copy the message that asks the admin to switch it on."""
        self.copy_to_clipboard(self.session.playbook.texts.sentence("chats.ask-admin"), _("The message"))

    def action_note(self) -> None:
        """Write the list into the diary."""
        words = self._privacy_list.note
        if not words:
            self._say_add_first()
        elif self.make_change(lambda: self.session.diary_service.record_note(self._account_id, self.STEP, words)):
            self.say_undoable(_("Noted in the diary."), mark("{key} takes it back."))
