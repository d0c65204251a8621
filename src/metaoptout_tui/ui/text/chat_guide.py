"""The results of a chat scan: the texts about all chats and about each one.

The texts also say what a scan cannot find, and what the person can do.
"""

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content

from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.notices import (
    join_notices,
    notice_text,
    readable_text,
    statement_names_for,
)
from metaoptout_tui.core.chats.recorded_scans import count_difference_text
from metaoptout_tui.core.chats.scan_results import (
    MessageKind,
    ScannedChat,
    ScanResults,
    alone_text,
    answered_text,
    display_path,
    doubts_about,
)
from metaoptout_tui.core.chats.scan_summary import chart_of, meta_ai_count_sentence
from metaoptout_tui.core.jobs import UnreadableFile
from metaoptout_tui.core.language.formatting import format_number, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.text.chat_advice import ChatAdvice
from metaoptout_tui.ui.text.chat_sentences import (
    chat_summary,
    counting_sentence,
    named_senders,
    other_messages,
    own_names_sentence,
    own_part_of_chat,
    own_part_sentence,
    total_sentence,
)
from metaoptout_tui.ui.text.step_sources import StepText

_MAX_BAR_WIDTH = 30
_LIMIT_STATEMENTS = ("least", "guess")
_LEAST_BESIDE_BAR = len("2026-11   9,999 by you  ")
"""Columns of a row of the chart that its bar leaves free, besides those of the number."""


class ChatScanGuide:
    """Writes about a chat scan for a given width.

    `keys` has the key that chooses the person's own sender, as `who`, and sentences about other keys by review point.
    """

    def __init__(self, context: AppContext, status: AccountStatus, width: int, keys: Mapping[str, str]) -> None:
        self._context = context
        self._status = status
        self._keys = keys
        self._text = StepText(context, status, "chats", width)
        self._advice = ChatAdvice(context, status, self._text, keys)
        self._builder = self._text.builder

    @property
    def sentence_lines(self) -> list[tuple[int, str]]:
        """The line, from 0, on which each sentence that rests on sources begins, with its words."""
        return self._text.sentence_lines

    def all_chats_text(self, results: ScanResults) -> Content:
        """All chats together, what to do, and what a scan cannot find: that comes first where nothing was found."""
        total = sum(chat.message_count(MessageKind.TO_META_AI) for chat in results.chats)
        self._builder.paragraph(total_sentence(results, total), "bold")
        if not results.is_complete:
            self._builder.paragraph(
                _("You stopped the scan: only what was read to its end is in here."), "$text-warning"
            )
        self._add_counting(results.chats)
        maybe = sum(chat.message_count(MessageKind.MAYBE_TO_META_AI) for chat in results.chats)
        if maybe:
            self._builder.paragraph(
                _("Perhaps {count} more, written right after its answer by the same person.").format(
                    count=format_number(maybe)
                )
            )
        self._add_answered(results.chats)
        self._add_own_part(results.chats)
        self._add_running_total(results.chats)
        self._add_diary_differences(results.chats)
        if not total:
            self._advice.add_scan_statements(_("What a scan can tell"), ("nothing", *_LIMIT_STATEMENTS))
        self._add_chart(results.chats)
        self._add_other_kinds(results.chats)
        if results.chats:
            self._add_notices(results.chats)
        self._advice.add_what_to_do(
            used=any(
                chat.message_count(MessageKind.TO_META_AI) or chat.message_count(MessageKind.BY_META_AI)
                for chat in results.chats
            ),
            has_switch=not results.chats or any(not chat.is_with_business for chat in results.chats),
        )
        if total:
            self._advice.add_scan_statements(_("What a scan can tell"), (*_LIMIT_STATEMENTS, "nothing"))
        self._builder.heading(_("The next chat"))
        if next_key := self._keys.get("next"):
            self._builder.paragraph(_("{key} chooses the next chat, which adds to these.").format(key=next_key))
        self._advice.add_statements("export-one")
        self._text.add_menu_paths(heading="")
        self._advice.add_statements("blocked")
        self._builder.heading(_("Good to know"))
        self._advice.add_review_statements("encrypted", "circle")
        return self._text.content()

    def chat_text(self, chat: ScannedChat) -> Content:
        """One chat."""
        builder = self._builder
        self._builder.cell_wrapped_paragraph(scan_summary.chat_title_of(chat.path, chat.member), "bold")
        self._builder.cell_wrapped_paragraph(text.clean_line(chat.display_path, 1_000), "$muted")
        builder.paragraph(chat_summary(chat))
        self._add_counting([chat])
        for path in chat.also_in:
            words = _("The same chat is in {path}, so it counts once.").format(path=text.clean_line(path, 1000))
            builder.cell_wrapped_paragraph(words)
        for doubt in doubts_about(chat):
            builder.cell_wrapped_paragraph(doubt, "$text-warning")
        builder.blank_line()
        total, senders = (
            meta_ai_count_sentence(chat.message_count(MessageKind.TO_META_AI)),
            named_senders(chat, MessageKind.TO_META_AI),
        )
        self._builder.cell_wrapped_paragraph(f"{total} ({senders})" if senders else total, "bold")
        if days := scan_summary.format_date_span(chat.first_and_last_day(MessageKind.TO_META_AI)):
            builder.paragraph(days)
        if chat.is_with_meta_ai_alone:
            builder.cell_wrapped_paragraph(alone_text(chat))
        if maybe := chat.message_count(MessageKind.MAYBE_TO_META_AI):
            words = _("Perhaps {count} more, written right after its answer").format(count=format_number(maybe))
            senders = named_senders(chat, MessageKind.MAYBE_TO_META_AI)
            self._builder.cell_wrapped_paragraph(f"{words} ({senders})" if senders else words)
        self._add_answered([chat])
        self._add_own_sender(chat)
        self._add_diary_differences([chat])
        self._add_chart([chat])
        self._add_other_kinds([chat])
        self._add_notices([chat])
        self._add_privacy_switches(chat)
        self._advice.add_scan_statements(_("What a scan can tell"), ("nothing", "least", "guess"))
        return self._text.content()

    def unread_file_text(self, unread: UnreadableFile) -> Content:
        """A file that could not be read."""
        self._builder.cell_wrapped_paragraph(text.clean_line(display_path(unread.path, unread.member), 1_000), "bold")
        self._builder.paragraph(text.clean_line(unread.reason, 1_000))
        self._builder.paragraph(_("It is not part of what was found."), "$muted")
        return self._builder.content()

    def chat_privacy_text(self) -> Content:
        """How to switch on Advanced Chat Privacy, the message that asks for it, and what it does."""
        self._advice.add_privacy_switch()
        return self._text.content()

    def _add_counting(self, chats: Sequence[ScannedChat]) -> None:
        """The sentence that not all messages of a chat are counted yet, or were not."""
        count = sum(chat.totals is None for chat in chats)
        if not count:
            return
        is_counting = self._context.chat_scan.is_counting
        words = counting_sentence(count, is_only_chat=len(chats) == 1, is_counting=is_counting)
        self._builder.paragraph(words, "$muted")

    def _add_answered(self, chats: Sequence[ScannedChat]) -> None:
        if words := answered_text(chats):
            self._builder.paragraph(words)

    def _add_own_part(self, chats: Sequence[ScannedChat]) -> None:
        own_names = [
            (chat, self._context.chat_scan.own_sender(chat).name)
            for chat in chats
            if chat.message_count(MessageKind.TO_META_AI)
        ]
        with_name = [(chat, name) for chat, name in own_names if name]
        name_by_chat = {chat.display_path: name for chat, name in with_name}
        if words := own_names_sentence(chats, lambda chat: name_by_chat.get(chat.display_path, ""), self._keys["who"]):
            self._builder.cell_wrapped_paragraph(words)
        if with_name:
            count = sum(chat.message_count(MessageKind.TO_META_AI, name) for chat, name in with_name)
            maybe = sum(chat.message_count(MessageKind.MAYBE_TO_META_AI, name) for chat, name in with_name)
            self._builder.paragraph(
                own_part_sentence(count, maybe, chats=0 if len(with_name) == len(own_names) else len(with_name))
            )
        if len(with_name) < len(own_names):
            words = _("{key} says which sender you are: then your own part is told too.")
            self._builder.paragraph(words.format(key=self._keys["who"]), "$muted")

    def _add_running_total(self, chats: Sequence[ScannedChat]) -> None:
        """The total with the chats that were recorded before, where there are any."""
        total = self._context.chat_scan.running_total(self._status.account.events)
        if total.chats > len(chats):
            self._builder.paragraph(
                _("With the chats that you recorded before: {found}.").format(found=total.text), "bold"
            )

    def _add_own_sender(self, chat: ScannedChat) -> None:
        own_sender = self._context.chat_scan.own_sender(chat)
        if own_sender.name:
            count, maybe = (
                chat.message_count(kind, own_sender.name)
                for kind in (MessageKind.TO_META_AI, MessageKind.MAYBE_TO_META_AI)
            )
            words = _("You are {name} ({key} changes that)").format(name=own_sender.name, key=self._keys["who"])
            is_counted = bool(chat.message_count(MessageKind.TO_META_AI))
            self._builder.cell_wrapped_paragraph(
                with_full_stop(labelled(words, own_part_of_chat(count, maybe))) if is_counted else with_full_stop(words)
            )
        else:
            words = _("{key} says which sender you are.").format(key=self._keys["who"])
            self._builder.paragraph(words, "$muted")

    def _add_diary_differences(self, chats: Iterable[ScannedChat]) -> None:
        """How the counts differ from those in the diary for the same chats."""
        lines, same, now = [], 0, self._context.session.now()
        for recorded, new_count in self._context.chat_scan.recount_recorded_chats(chats, self._status.account.events):
            if new_count == recorded.to_meta_ai:
                same += 1
                continue
            difference = count_difference_text(recorded.to_meta_ai, new_count)
            day = dates.format_day(recorded.at.astimezone(now.tzinfo).date(), now.date())
            lines.append(
                _("{file}: {difference} recorded on {day}.").format(
                    file=text.clean_line(recorded.file, 200), difference=difference, day=day
                )
            )
        if lines:
            self._builder.heading(_("Against the diary"))
            for line in lines:
                self._text.add_item(line)
            if same:
                self._text.add_item(
                    ngettext(
                        "As many as recorded in {count} other chat.",
                        "As many as recorded in {count} other chats.",
                        same,
                    ).format(count=format_number(same))
                )

    def _add_chart(self, chats: Sequence[ScannedChat]) -> None:
        names = [(chat, self._context.chat_scan.own_sender(chat).name) for chat in chats]
        chart = chart_of(
            (chat.messages_by_month(MessageKind.TO_META_AI) for chat in chats),
            (chat.messages_by_month(MessageKind.TO_META_AI, name) for chat, name in names if name),
        )
        if not chart.rows:
            return
        self._builder.heading(chart.heading)
        highest = max(chart.rows.values())
        digits = cell_len(format_number(highest))
        beside = max(_LEAST_BESIDE_BAR, *(len(period) + 4 + cell_len(chart.own_text(period)) for period in chart.rows))
        room = min(_MAX_BAR_WIDTH, self._builder.width - beside - digits)
        for period, count in chart.rows.items():
            bar = self._context.symbols.bar_full * scan_summary.bar_length(count, highest, room)
            own = (f" {chart.own_text(period)}", "$muted")
            line = Content.assemble(f"{period}  {format_number(count):>{digits}} ", (bar, "$text-accent"), own)
            self._builder.add_line(line.rstrip())
        if missing := chart.missing_text(sum(chat.message_count(MessageKind.TO_META_AI) for chat in chats)):
            self._builder.paragraph(missing, "$muted")

    def _add_other_kinds(self, chats: Sequence[ScannedChat]) -> None:
        items = [*other_messages(chats)]
        items += filter(None, map(notice_text, join_notices(notice for chat in chats for notice in chat.notices)))
        if items:
            self._builder.heading(_("Also found"))
        for words in items:
            self._text.add_item(words)

    def _add_notices(self, chats: Sequence[ScannedChat]) -> None:
        """What WhatsApp's own lines mean, and how much Meta could read because Meta AI was a member of a chat."""
        kinds = {notice.kind for chat in chats for notice in chat.notices}
        if readable := self._readable_text(chats):
            self._builder.paragraph(with_full_stop(readable), "$text-warning")
        self._advice.add_scan_statements(_("What WhatsApp's own lines mean"), statement_names_for(kinds))

    def _readable_text(self, chats: Sequence[ScannedChat]) -> str:
        with_readable = [chat for chat in chats if chat.readable_by_sender]
        names = [self._context.chat_scan.own_sender(chat).name for chat in with_readable]
        own_count = (
            sum(chat.readable_count(name) for chat, name in zip(with_readable, names, strict=True))
            if all(names)
            else None
        )
        return readable_text(sum(chat.readable_count() for chat in chats), own_count)

    def _add_privacy_switches(self, chat: ScannedChat) -> None:
        self._builder.heading(_("Advanced Chat Privacy"))
        for switch in chat.privacy_switches:
            words = _("switched on") if switch.is_on else _("switched off")
            day = dates.format_full_day(switch.at.date()) if switch.at else ""
            self._text.add_item(dates.with_day(words, day) if day else words)
        if not chat.privacy_switches:
            self._builder.paragraph(_("No switching is seen in this export."))
