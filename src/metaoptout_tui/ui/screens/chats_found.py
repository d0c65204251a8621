"""What a scan found: all chats together, each chat, each file that could not be read; and what to make of it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from textual import on, work
from textual.widgets import OptionList
from textual.worker import get_current_worker

from metaoptout_tui.core import chats, text
from metaoptout_tui.core.chats_recorded import OWN, are_recorded
from metaoptout_tui.core.naming import account_name
from metaoptout_tui.core.playbook import Point
from metaoptout_tui.core.standing import Standing
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.faults import CannotRead
from metaoptout_tui.evidence.whatsapp.results import Chat, Review, Unread, named
from metaoptout_tui.evidence.whatsapp.review import diary_fields, fingerprint
from metaoptout_tui.evidence.whatsapp.senders import senders
from metaoptout_tui.ui.beside import StepPage
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.chats_guide import ChatsGuide
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.found_rows import found_at, found_rows
from metaoptout_tui.ui.screens.ask import Answer, AskScreen
from metaoptout_tui.ui.suggesting import point_question, suggestions
from metaoptout_tui.ui.widgets.reader import Reader

_NONE = "none"
_NO_CHAT = "Go to a chat in the list first."
_MOST_SENDERS = 30
_SLOW = 50_000_000
"""Bytes from which a fingerprint takes a moment."""


class ChatsFoundScreen(StepPage[bool | None]):
    """Left with True when other chats are to be scanned."""

    PLACE = "chats-found"
    LIST = "chats"
    STEP = "review"
    BINDINGS = bindings("chats-found")
    DEFAULT_CSS = "ChatsFoundScreen Choices { max-height: 40%; }"

    def __init__(self, desk: Desk, account: str) -> None:
        super().__init__(desk, account)
        found = desk.scanning.found or Review((), ())
        self._chats = tuple(sorted(found.chats, key=lambda chat: -chat.number(Kind.TO)))
        self._review = found._replace(chats=self._chats)

    # What is shown

    def show_account(self, standing: Standing) -> None:
        """The chats with their counts, and the text about the highlighted row."""
        stopped = "" if self._review.finished else "Stopped before the end. "
        if not self._chats:
            kept = f"{self.key('chats-found.again')} chooses other files."
        elif self._is_recorded(standing):
            kept = "It is in the diary."
        else:
            kept = "It is not in the diary until you record it."
        name = account_name(standing.account, self.session.playbook)
        self.head(f"{name}: what the scan found", left=f"{stopped}{kept}")
        self.rows.show_rows(found_rows(self.desk, self._chats, self._review.unread, self.size.width))
        self.show_words()

    def show_words(self) -> None:
        """About the highlighted row."""
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
            page = guide.chat(chosen)
        elif isinstance(chosen, Unread):
            page = guide.unread(chosen)
        else:
            page = guide.everything(self._review)
        self.read(page, guide.numbered)

    def _highlighted_row(self) -> Chat | Unread | None:
        return found_at(self.rows.chosen, self._chats, self._review.unread)

    @property
    def _only_chat(self) -> Chat | None:
        return self._chats[0] if len(self._chats) == 1 else None

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_who()

    # Who the person is

    def action_who(self) -> None:
        """Choose among the senders of the chat, or of all chats together."""
        chosen = self._highlighted_row() or self._only_chat
        if isinstance(chosen, Unread) or not self._chats:
            self.say(_NO_CHAT)
            return
        asked = (chosen,) if chosen else self._chats
        where = f"“{chats.chat_title(chosen.path, chosen.member)}”" if chosen else "these chats"
        scanning = self.desk.scanning
        owns = [scanning.own(chat) for chat in asked]
        own = next((each.name for each in owns if each.name), "")
        is_none = not own and all(each.is_said for each in owns)

        def said(answer: Answer | None) -> None:
            if answer is not None:
                scanning.say_sender(asked, "" if answer.row == _NONE else answer.row)
                self.show()

        self.app.push_screen(
            AskScreen(
                self.desk,
                f"Who are you in {where}?",
                [*((name, text.line(name, 80)) for name in _likely(asked)), (_NONE, "None of these")],
                chosen=_NONE if is_none else own,
                words="Remembered on this machine for files of that name; your record does not hold it.",
            ),
            said,
        )

    # Recording

    def _fields(self, chat: Chat, sha256: str = "") -> Mapping[str, object]:
        """What is recorded of a chat: the person's own messages where it is known who they are."""
        own = self.desk.scanning.own(chat).name
        fields = diary_fields(chat, sha256, own)
        return {**fields, "sender": OWN} if own else fields

    def _is_recorded(self, standing: Standing) -> bool:
        return are_recorded(standing.account.events, map(self._fields, self._chats))

    def action_record(self) -> None:
        """Write down what was found, once the files have their fingerprints."""
        standing = self.standing
        if not self._chats:
            self.say("No chat was read, so there is nothing to record.")
        elif standing is not None and self._is_recorded(standing):
            self.say("All of this is in the diary already.")
        elif self.change(self.session.must_write):
            if sum(chat.size for chat in self._chats) > _SLOW:
                self.say("Taking the files' fingerprints …")
            self._fingerprint()

    @work(thread=True, exclusive=True, group="fingerprint")
    def _fingerprint(self) -> None:
        worker = get_current_worker()
        taken: dict[str, str] = {}
        for path in dict.fromkeys(chat.path for chat in self._chats):
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
        rows = [self._fields(chat, taken[chat.path]) for chat in self._chats]
        if self.change(lambda: self.session.review_chats(self._account, rows)):
            key = f" {self.key('chats-found.points')} answers points of the review from it." if self._open() else ""
            self.say(f"Recorded. {self.key('chats-found.undo')} takes it back.{key}")

    # Points of the review

    def _open(self) -> list[Point]:
        """The points that are answered otherwise, or not, than what was found bears out."""
        standing = self.standing
        if standing is None:
            return []
        points = self.session.playbook.points_for(platform=standing.account.platform, region=standing.region.id)
        offered = suggestions(self.desk, standing)
        return [point for point in points if point.id in offered]

    def action_points(self) -> None:
        """Ask for each point whether the answer that was found is to be taken."""
        points = self._open()
        if points:
            self._ask_next(points)
        else:
            self.say("What was found answers no further point. What was not found answers none.")

    def _ask_next(self, points: list[Point]) -> None:
        standing, point = self.standing, points[0]
        if standing is None:
            return

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                self.change(lambda: self.session.answer(self._account, point.id, answer.row))
            if points[1:]:
                self._ask_next(points[1:])

        suggestion = suggestions(self.desk, standing).get(point.id)
        self.app.push_screen(point_question(self.desk, standing, point, suggestion), answered)

    # Where it leads

    def action_messages(self) -> None:
        """Show the messages of the highlighted chat, or of the only one, read again."""
        from metaoptout_tui.ui.screens.messages import MessagesScreen

        chosen = self._highlighted_row() or self._only_chat
        if isinstance(chosen, Chat):
            self.app.push_screen(MessagesScreen(self.desk, chosen))
        else:
            self.say(_NO_CHAT)

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


def _likely(asked: Iterable[Chat]) -> list[str]:
    """The senders, first those in most of the chats, then those who wrote to Meta AI."""
    found = Counter(name for chat in asked for name in senders(chat))
    return [name for name, _ in found.most_common(_MOST_SENDERS)]
