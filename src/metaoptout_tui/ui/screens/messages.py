"""The messages of one chat that went to Meta AI, or perhaps did: read again from the file, shown, and kept nowhere."""

from textual import work
from textual.content import Content
from textual.worker import get_current_worker

from metaoptout_tui.core import chats, text, when
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.faults import CannotRead
from metaoptout_tui.evidence.whatsapp.results import Chat, Snippet
from metaoptout_tui.evidence.whatsapp.review import snippets
from metaoptout_tui.ui.bindings import bindings
from metaoptout_tui.ui.desk import Desk
from metaoptout_tui.ui.page_sheet import PageText
from metaoptout_tui.ui.reading import ReadingPage
from metaoptout_tui.ui.sheet import Sheet

_MOST = 200


class MessagesScreen(ReadingPage[None]):
    """The beginnings of the messages, the oldest first."""

    PLACE = "messages"
    BINDINGS = bindings("messages")

    def __init__(self, desk: Desk, chat: Chat) -> None:
        super().__init__(desk)
        self._chat = chat
        self._found: tuple[Snippet, ...] | None = None
        self._fault = ""

    def on_mount(self) -> None:
        """Begin to read."""
        super().on_mount()
        self._read_again()

    def show(self) -> None:
        """What was read so far."""
        super().show()
        title = chats.chat_title(self._chat.path, self._chat.member)
        self.head(f"Messages to Meta AI: {title}", left="Read again from the file; shown, and kept nowhere.")
        self.read(self._found, self._fault)

    @work(thread=True, exclusive=True, group="messages")
    def _read_again(self) -> None:
        worker = get_current_worker()
        try:
            found = snippets(self._chat, (Kind.TO, Kind.MAYBE), most=_MOST, cancelled=lambda: worker.is_cancelled)
        except CannotRead as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._took, (), str(error))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._took, found, "")

    def _took(self, found: tuple[Snippet, ...], fault: str) -> None:
        self._found, self._fault = found, fault
        if self.is_mounted:
            self.show()

    def written(self, width: int) -> PageText:
        """Each message under who wrote it and when."""
        sheet = Sheet(width)
        if self._fault:
            sheet.paragraph(f"{self._fault} It could be read before: put it back where it was.", "$text-error")
        elif self._found is None:
            sheet.paragraph("Reading …", "$muted")
        elif not self._found:
            sheet.paragraph("No message to Meta AI is found in this chat.")
        for each in self._found or ():
            at = f"{when.full_day(each.at.date())}, {each.at:%H:%M}" if each.at else "no date"
            perhaps = ", perhaps" if each.kind is Kind.MAYBE else ""
            _wrapped(sheet, f"{at} · {text.line(each.author, 80)}{perhaps}", "$muted")
            _wrapped(sheet, text.block(each.text) or "(nothing that can be shown)", "")
            sheet.blank()
        if self._found and len(self._found) == _MOST:
            sheet.paragraph(f"These are the first {_MOST}.", "$muted")
        return PageText(sheet.content(), ())

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


def _wrapped(sheet: Sheet, words: str, style: str) -> None:
    """Lines by the columns that others' characters take."""
    for paragraph in words.split("\n"):
        for line in Content.styled(paragraph, style).wrap(sheet.width) or [Content("")]:
            sheet.add(line.rstrip())
