"""Advanced Chat Privacy, chat by chat: on, off or not known, who is admin, and a message that asks for it."""

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from metaoptout_tui.core import chats, text
from metaoptout_tui.core.chat_privacy import NAME_LIMIT, WORDS, ChatPrivacy, as_draft, from_draft, joined, note_words
from metaoptout_tui.core.chats import counted
from metaoptout_tui.core.progress import draft_key
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.core.states import StepState
from metaoptout_tui.core.text import cells, elided
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.chats_guide import ChatsGuide
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.screens.ask import Answer, AskScreen, Other
from metaoptout_tui.ui.widgets.reader import Reader

_SETTING = 11
_NOBODY, _ME = "nobody", "me"


class ChatPrivacyScreen(StepPage[None]):
    """The list is kept as it is; a key writes it into the diary as a note."""

    PLACE = "chat-privacy"
    LIST = "chats"
    STEP = "review"
    BINDINGS = bindings("chat-privacy")

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, account)
        self._key = draft_key("chat-privacy", account)
        self._chats = joined(from_draft(self.session.draft(self._key)), self._scanned())

    def _scanned(self) -> list[ChatPrivacy]:
        """The chats with people of the scan, each as the last switch in its export says."""
        found = self.desk.scanning.found if self.desk.scanning.account == self._account else None
        return [
            ChatPrivacy(
                text.line(chats.chat_title(chat.path, chat.member), NAME_LIMIT),
                ("on" if chat.switches[-1].on else "off") if chat.switches else "unknown",
            )
            for chat in (found.chats if found else ())
            if not chat.with_meta_ai_alone
        ]

    @property
    def _listed(self) -> tuple[ChatPrivacy, ...]:
        return tuple(chat for chat in self._chats if not chat.out)

    def show_account(self, standing: Standing) -> None:
        """The chats with their settings."""
        listed = self._listed
        on = sum(chat.setting == "on" for chat in listed)
        left = f"{self.key('chat-privacy.add')} adds a chat that matters to you, by its name."
        if listed:
            left = f"On in {on} of {counted(len(listed), 'chat')}. Take out those that need no such privacy."
        self.head("Advanced Chat Privacy, chat by chat", left=left)
        self.rows.show_rows((chat.name, self._row(chat)) for chat in listed)
        guide = ChatsGuide(self.desk, standing, self.query_one(Reader).columns or self.size.width - 4, {})
        self.read(guide.privacy(), guide.numbered)

    def _row(self, chat: ChatPrivacy) -> Content:
        is_on = chat.setting == "on"
        sign = self.desk.marks.of_step(StepState.DONE if is_on else StepState.TO_DO)
        admin = f"  admin: {chat.admin}" if chat.admin else ""
        room = max(1, self.size.width - _SETTING - 6 - cells(admin))
        return Content.assemble(
            (f"{sign} ", "$text-success" if is_on else "$muted"),
            (f"{WORDS[chat.setting]:<{_SETTING}}", "bold"),
            elided(chat.name, room),
            elided(admin, self.size.width // 2),
        )

    def _highlighted(self) -> ChatPrivacy | None:
        """The highlighted chat; where there is none, it is said how to have one."""
        chat = next((chat for chat in self._listed if chat.name == self.rows.chosen), None)
        if chat is None:
            self._say_add()
        return chat

    def _say_add(self) -> None:
        self.say(f"Add a chat first, with {self.key('chat-privacy.add')}.")

    def _put(self, chat: ChatPrivacy) -> None:
        """Change the chat of this name, or add it at the end, and keep the list."""
        every = {each.name: each for each in self._chats}
        every[chat.name] = chat
        self._chats = tuple(every.values())
        self.session.keep_draft(self._key, as_draft(self._chats))
        self.show()

    @on(OptionList.OptionSelected)
    def action_switch(self) -> None:
        """The next of not known, on and off."""
        if chat := self._highlighted():
            self._put(chat.switched())

    def action_drop(self) -> None:
        """Take the highlighted chat out."""
        if chat := self._highlighted():
            self._put(chat._replace(out=True))
            self.say(f"Taken out. Adding “{chat.name}” brings it back.")

    def action_admin(self) -> None:
        """Ask who is admin."""
        chat = self._highlighted()
        if chat is None:
            return

        def said(answer: Answer | None) -> None:
            if answer is not None:
                admin = {_NOBODY: "", _ME: "me"}.get(answer.row, text.line(answer.written, NAME_LIMIT))
                self._put(chat._replace(admin=admin))

        self.app.push_screen(
            AskScreen(
                self.desk,
                f"Who is admin of “{chat.name}”?",
                [(_ME, "I am"), (_NOBODY, "Nobody, or I don't know")],
                chosen=_ME if chat.admin == "me" else _NOBODY,
                other=Other("Somebody else", "their name", draft_key("chat-admin", self._account)),
            ),
            said,
        )

    def action_add(self) -> None:
        """Ask for the name of a chat."""

        def said(answer: Answer | None) -> None:
            name = text.line(answer.written, NAME_LIMIT) if answer is not None else ""
            if name and name not in {chat.name for chat in self._listed}:
                self._put(ChatPrivacy(name))
            self.rows.go_to(name)

        self.app.push_screen(
            AskScreen(
                self.desk,
                "Which chat?",
                [],
                other=Other("A chat", "its name", draft_key("chat-name", self._account)),
                words="Any name by which you know it. The list stays in your file on this machine.",
            ),
            said,
        )

    def action_copy(self) -> None:
        """Copy the message."""
        self.copy(self.session.playbook.texts.say("chats.ask-admin"), "The message")

    def action_note(self) -> None:
        """Write the list into the diary."""
        words = note_words(self._chats)
        if not words:
            self._say_add()
        elif self.change(lambda: self.session.note(self._account, self.STEP, words)):
            self.say(f"Noted in the diary. {self.key('chat-privacy.undo')} takes it back.")
