"""The rows of the list of scanned chats, with the running total above them."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from textual.content import Content

from metaoptout_tui.core import text
from metaoptout_tui.core.chats.scan_results import MessageKind, ScannedChat
from metaoptout_tui.core.chats.scan_summary import chat_title_of, meta_ai_count_text
from metaoptout_tui.core.jobs import UnreadableFile
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.rows import Column, fixed, row_in_columns

ALL_CHATS_ROW = "all"
_LIST_MARGIN = 6


def scan_result_rows(
    context: AppContext,
    chats: Sequence[ScannedChat],
    unread: Sequence[UnreadableFile],
    columns: int,
    events: Iterable[Event],
) -> list[tuple[str, str | Content]]:
    """The rows for a list of so many columns, with the ids that `scan_result_of_row` reads.

    The first has the running total, with the chats that `events` of the diary have besides.
    """
    symbols, room = context.symbols, columns - _LIST_MARGIN
    total = context.chat_scan.running_total(events)
    total_text = total.text if total.chats else _("no chat was read")
    rows: list[tuple[str, str | Content]] = [
        (ALL_CHATS_ROW, Content.assemble((_("All together"), "bold"), ": ", total_text))
    ]
    for index, chat in enumerate(chats):
        count, own_name = chat.message_count(MessageKind.TO_META_AI), context.chat_scan.own_sender(chat).name
        found = meta_ai_count_text(count)
        if count and own_name:
            own = format_number(chat.message_count(MessageKind.TO_META_AI, own_name))
            # Translators: {found} is such as “at least 3 messages to Meta AI”.
            found = _("{found}, {own} by you").format(found=found, own=own)
        words = labelled(chat_title_of(chat.path, chat.member), found)
        sign, style = (symbols.waiting, "$text-warning") if count else (symbols.todo, "$muted")
        rows.append((f"chat-{index}", row_in_columns(fixed(f"{sign} ", style), Column(words, room))))
    for index, unreadable_file in enumerate(unread):
        name = text.clean_line(unreadable_file.member or PurePath(unreadable_file.path).name)
        words = _("{file}: not read. {reason}").format(file=name, reason=text.clean_line(unreadable_file.reason))
        rows.append(
            (f"unread-{index}", row_in_columns(fixed(f"{symbols.attention} ", "$text-error"), Column(words, room)))
        )
    return rows


def scan_result_of_row(
    row: str, chats: Sequence[ScannedChat], unread: Sequence[UnreadableFile]
) -> ScannedChat | UnreadableFile | None:
    """The chat or unreadable file of a row; None for the row of all chats together."""
    kind, _unused, index = row.partition("-")
    if not index:
        return None
    return chats[int(index)] if kind == "chat" else unread[int(index)]
