"""The rows of what a scan found: all chats together, each chat with its counts, each file that could not be read."""

from collections.abc import Sequence
from pathlib import PurePath

from textual.content import Content

from metaoptout_tui.core import text
from metaoptout_tui.core.chats import at_least, chat_title
from metaoptout_tui.core.text import elided
from metaoptout_tui.evidence.whatsapp.classify import Kind
from metaoptout_tui.evidence.whatsapp.results import Chat, Unread
from metaoptout_tui.ui.desk import Desk

ALL = "all"
_AROUND = 6


def found_rows(
    desk: Desk, chats: Sequence[Chat], unread: Sequence[Unread], columns: int
) -> list[tuple[str, str | Content]]:
    """Rows for a list so many columns wide, with the ids that `found_at` reads."""
    marks, room = desk.marks, columns - _AROUND
    total = sum(chat.number(Kind.TO) for chat in chats)
    every = at_least(total) if chats else "no chat was read"
    rows: list[tuple[str, str | Content]] = [(ALL, Content.assemble(("All together", "bold"), f": {every}"))]
    for index, chat in enumerate(chats):
        count, own = chat.number(Kind.TO), desk.scanning.own(chat).name
        yours = f", {chat.number(Kind.TO, own):,} by you" if count and own else ""
        words = f"{chat_title(chat.path, chat.member)}: {at_least(count)}{yours}"
        sign, style = (marks.waiting, "$text-warning") if count else (marks.todo, "$muted")
        rows.append((f"chat-{index}", Content.assemble((f"{sign} ", style), elided(words, room))))
    for index, each in enumerate(unread):
        words = f"{text.line(each.member or PurePath(each.path).name)}: not read. {text.line(each.why)}"
        rows.append((f"unread-{index}", Content.assemble((f"{marks.trouble} ", "$text-error"), elided(words, room))))
    return rows


def found_at(row: str, chats: Sequence[Chat], unread: Sequence[Unread]) -> Chat | Unread | None:
    """The chat or file of a row; None for all together."""
    kind, _, index = row.partition("-")
    if not index:
        return None
    return chats[int(index)] if kind == "chat" else unread[int(index)]
