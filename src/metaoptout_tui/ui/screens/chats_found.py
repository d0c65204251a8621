"""What a scan found: all chats together, each chat, each file that could not be read; and what to make of it."""

from collections.abc import Mapping
from pathlib import PurePath

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.worker import get_current_worker

from metaoptout_tui.core import chats, text
from metaoptout_tui.core.chats import Suggested, at_least
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.text import elided
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.faults import CannotRead
from metaoptout_tui.evidence.whatsapp.results import Chat, Review, Unread, named
from metaoptout_tui.evidence.whatsapp.review import diary_fields, fingerprint
from metaoptout_tui.evidence.whatsapp.senders import senders
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.chats_guide import ChatsGuide, Own
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.lists import Choices
from metaoptout_tui.ui.screens.ask import Answer, AskScreen
from metaoptout_tui.ui.widgets.reader import Reader

_ALL, _NONE = "all", "none"
_MOST_SENDERS = 30
_SLOW = 50_000_000
"""Bytes from which a fingerprint takes a moment."""


class ChatsFoundScreen(StepPage[bool | None]):
    """Left with True when other chats are to be scanned."""

    PLACE = "chats-found"
    STEP = "review"
    BINDINGS = bindings("chats-found")
    DEFAULT_CSS = "ChatsFoundScreen Choices { max-height: 40%; }"

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, account)
        self._review = desk.scanning.found or Review((), ())

    def compose_page(self) -> ComposeResult:
        """The chats above, about the highlighted one below."""
        yield Choices(id="chats")
        yield Reader()

    # What is shown

    def show(self) -> None:
        """The chats with their counts, and the text about the highlighted row."""
        super().show()
        standing = self.standing
        if standing is None:
            self.dismiss(None)
            return
        stopped = "" if self._review.finished else "Stopped before the end. "
        name = account_name(standing.account, self.session.playbook)
        self.head(f"{name}: what the scan found", left=f"{stopped}Nothing of it is recorded until you record it.")
        self.rows.show_rows(self._rows())
        self._show_words()

    def _rows(self) -> list[tuple[str, Content]]:
        marks, room = self.desk.marks, self.size.width - 6
        total = sum(chat.number(Kind.TO) for chat in self._review.chats)
        every = at_least(total) if self._review.chats else "no chat was read"
        rows = [(_ALL, Content.assemble(("All together", "bold"), f": {every}"))]
        for index, chat in enumerate(self._review.chats):
            count = chat.number(Kind.TO)
            words = f"{chats.chat_title(chat.path, chat.member)}: {at_least(count)}"
            sign, style = (marks.waiting, "$text-warning") if count else (marks.todo, "$muted")
            rows.append((f"chat-{index}", Content.assemble((f"{sign} ", style), elided(words, room))))
        for index, unread in enumerate(self._review.unread):
            words = f"{text.line(unread.member or PurePath(unread.path).name)}: not read. {text.line(unread.why)}"
            rows.append(
                (f"unread-{index}", Content.assemble((f"{marks.trouble} ", "$text-error"), elided(words, room)))
            )
        return rows

    def _show_words(self) -> None:
        standing = self.standing
        if standing is None:
            return
        keys = {
            "who": self.key("chats-found.who"),
            "whatsapp.advanced": f"{self.key('chats-found.privacy')}: chat by chat.",
            "whatsapp.hub": f"{self.key('chats-found.link')}: how this account is linked.",
        }
        guide = ChatsGuide(self.desk, standing, self.query_one(Reader).columns or self.size.width - 4, keys)
        chosen = self._highlighted_row()
        if isinstance(chosen, Chat):
            self.read(guide.chat(chosen, self._own(chosen)))
        elif isinstance(chosen, Unread):
            self.read(guide.unread(chosen))
        else:
            self.read(guide.everything(self._review, self._owns()))

    def _highlighted_row(self) -> Chat | Unread | None:
        kind, _, index = self.rows.chosen.partition("-")
        if not index:
            return None
        return self._review.chats[int(index)] if kind == "chat" else self._review.unread[int(index)]

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_words()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_who()

    # Who the person is

    def _own(self, chat: Chat) -> Own:
        return Own(self.desk.scanning.sender(chat), self.desk.scanning.is_said(chat))

    def _owns(self) -> Mapping[str, Own]:
        return {chat.name: self._own(chat) for chat in self._review.chats}

    def _chat(self) -> Chat | None:
        """The highlighted chat, or the only one; else it is said that one is to be highlighted."""
        chosen = self._highlighted_row()
        if isinstance(chosen, Chat):
            return chosen
        if chosen is None and len(self._review.chats) == 1:
            return self._review.chats[0]
        self.say("Go to a chat in the list first.")
        return None

    def action_who(self) -> None:
        """Choose among the senders of the chat."""
        chat = self._chat()
        if chat is None:
            return
        names = senders(chat)[:_MOST_SENDERS]
        rows = [(name, text.line(name, 80)) for name in names] + [(_NONE, "None of these")]
        own = self.desk.scanning.sender(chat)

        def said(answer: Answer | None) -> None:
            if answer is not None:
                self.desk.scanning.say_sender(chat, "" if answer.row == _NONE else answer.row)
                self.show()

        title = f"Who are you in “{chats.chat_title(chat.path, chat.member)}”?"
        self.app.push_screen(
            AskScreen(
                self.desk,
                title,
                rows,
                chosen=own or (_NONE if self.desk.scanning.is_said(chat) else ""),
                words="Remembered on this machine for files of this name; your record does not hold it.",
            ),
            said,
        )

    # Recording

    def action_record(self) -> None:
        """Write down what was found, once the files have their fingerprints."""
        if not self._review.chats:
            self.say("No chat was read, so there is nothing to record.")
        elif self.change(self.session.must_write):
            if sum(chat.size for chat in self._review.chats) > _SLOW:
                self.say("Taking the files' fingerprints …")
            self._fingerprint()

    @work(thread=True, exclusive=True, group="fingerprint")
    def _fingerprint(self) -> None:
        worker = get_current_worker()
        taken: dict[str, str] = {}
        for path in dict.fromkeys(chat.path for chat in self._review.chats):
            try:
                taken[path] = fingerprint(path, lambda: worker.is_cancelled)
            except CannotRead as error:
                if not worker.is_cancelled:
                    words = f"Nothing was recorded: {text.line(named(path, ''), 300)} has changed. {error}"
                    self.app.call_from_thread(self.say, words)
                return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._record, taken)

    def _record(self, taken: Mapping[str, str]) -> None:
        rows = [diary_fields(chat, taken[chat.path], self.desk.scanning.sender(chat)) for chat in self._review.chats]
        if self.change(lambda: self.session.review_chats(self._account, rows)):
            key = f" {self.key('chats-found.points')} answers points of the review from it." if self._open() else ""
            self.say(f"Recorded. {self.key('chats-found.undo')} takes it back.{key}")

    # Points of the review

    def _open(self) -> list[Suggested]:
        """The points that what was found answers otherwise than they are answered now."""
        standing = self.standing
        if standing is None:
            return []
        found, given = self._review.chats, dict(standing.answers)
        numbers = chats.Found(
            sum(self._own_messages(chat) for chat in found),
            sum(chat.number(Kind.TO) for chat in found if not chat.with_meta_ai_alone),
            sum(chat.number(Kind.BUSINESS) for chat in found),
        )
        return [each for each in chats.suggested(numbers) if given.get(each.point) != each.answer]

    def _own_messages(self, chat: Chat) -> int:
        """How many messages to Meta AI are the person's: in the chat with it alone all, elsewhere those under their name."""
        if chat.with_meta_ai_alone:
            return chat.number(Kind.TO)
        name = self.desk.scanning.sender(chat)
        return chat.number(Kind.TO, name) if name else 0

    def action_points(self) -> None:
        """Ask for each point whether the answer that was found is to be taken."""
        points = self._open()
        if points:
            self._ask_next(points)
        else:
            self.say("What was found answers no further point. What was not found answers none.")

    def _ask_next(self, points: list[Suggested]) -> None:
        first, rest = points[0], points[1:]
        texts = self.session.playbook.texts
        standing = self.standing
        point = next(
            each
            for each in self.session.playbook.points_for(
                platform=standing.account.platform if standing else "", region=standing.region.id if standing else ""
            )
            if each.id == first.point
        )

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                self.change(lambda: self.session.answer(self._account, first.point, answer.row))
            if rest:
                self._ask_next(rest)

        self.app.push_screen(
            AskScreen(
                self.desk,
                texts.say(f"{first.point}.question"),
                [(each, texts.say(f"answer-word.{each}")) for each in point.answers],
                chosen=first.answer,
                words=f"By what the scan found: {texts.say(f'answer-word.{first.answer}')}. Esc leaves it open.",
            ),
            answered,
        )

    # Where it leads

    def action_messages(self) -> None:
        """Show the messages, read again."""
        from metaoptout_tui.ui.screens.messages import MessagesScreen

        chat = self._chat()
        if chat is not None:
            self.app.push_screen(MessagesScreen(self.desk, chat))

    def action_privacy(self) -> None:
        """Go through the chats."""
        from metaoptout_tui.ui.screens.chat_privacy import ChatPrivacyScreen

        self.app.push_screen(ChatPrivacyScreen(self.desk, self._account))

    def action_link(self) -> None:
        """Say how the account is linked."""
        from metaoptout_tui.ui.screens.identify import IdentifyScreen

        self.app.push_screen(IdentifyScreen(self.desk, self._account))

    def action_again(self) -> None:
        """Choose other chats; what was found here goes."""
        self.desk.scanning.forget()
        self.dismiss(True)

    def action_undo(self) -> None:
        """Take back the last change."""
        self.undo()
