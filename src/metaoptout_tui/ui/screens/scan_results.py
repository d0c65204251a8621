"""The results of a chat scan, chat by chat, and the messages to Meta AI in one chat.

Messages are read from the file again when they are shown, and are never stored; only counts can be recorded.
"""

from collections.abc import Mapping, Sequence

from textual import on
from textual.timer import Timer
from textual.widgets import OptionList

from metaoptout_tui.app.imports.chat_files import MAX_MESSAGES_SHOWN, fingerprint_files, read_messages_to_meta_ai
from metaoptout_tui.app.imports.chat_scan import NONE_OF_THESE
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats import scan_summary
from metaoptout_tui.core.chats.chat_todos import ChatTodo, todos_in_chats
from metaoptout_tui.core.chats.recorded_scans import is_recorded, recorded_keys
from metaoptout_tui.core.chats.scan_results import (
    MessageKind,
    MessageSnippet,
    ScannedChat,
    ScanResults,
)
from metaoptout_tui.core.guidance.playbook import ReviewPoint, StepId
from metaoptout_tui.core.jobs import Job, UnreadableFile
from metaoptout_tui.core.language.formatting import format_number, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.objection.status import AccountStatus
from metaoptout_tui.core.record.account_names import account_name
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.ui.base.job_screen import run_in_thread
from metaoptout_tui.ui.base.list_and_detail import AccountGuideScreen
from metaoptout_tui.ui.base.reader import ReaderScreen
from metaoptout_tui.ui.context import AppContext
from metaoptout_tui.ui.screens.asking import ask_choice, point_question_screen, suggestions_for
from metaoptout_tui.ui.screens.dialogs import ChosenOption
from metaoptout_tui.ui.text.builder import TextBuilder
from metaoptout_tui.ui.text.chat_guide import ChatScanGuide
from metaoptout_tui.ui.text.chat_rows import scan_result_of_row, scan_result_rows
from metaoptout_tui.ui.text.chat_sentences import own_names_sentence
from metaoptout_tui.ui.text.pages_and_letters import JumpableText


class MetaAiMessagesScreen(ReaderScreen[None]):
    """The beginnings of the messages to Meta AI in one chat, the oldest first."""

    SCREEN_ID = "messages"

    def __init__(self, context: AppContext, chat: ScannedChat) -> None:
        super().__init__(context)
        self._chat = chat
        self._snippets: tuple[MessageSnippet, ...] | None = None
        self._error_text = ""

    def on_mount(self) -> None:
        """Begin to read the file."""
        run_in_thread(
            self,
            Job(),
            lambda job: read_messages_to_meta_ai(self._chat, job),
            self._messages_read,
            on_error=lambda error: self._messages_read((), str(error)),
            group="messages",
        )

    def update_content(self) -> None:
        """Show the messages, or an error, once the file was read."""
        super().update_content()
        title = scan_summary.chat_title_of(self._chat.path, self._chat.member)
        self.set_headline(
            _("Messages to Meta AI: {title}").format(title=title),
            left=_("Read again from the file; shown, and kept nowhere."),
        )
        self.show_text(self._snippets, self._error_text)

    def _messages_read(self, snippets: tuple[MessageSnippet, ...], error_text: str = "") -> None:
        self._snippets, self._error_text = snippets, error_text
        if self.is_mounted:
            self.update_content()

    def build_text(self, width: int) -> JumpableText:
        """Each message, under its date and its sender."""
        builder = TextBuilder(width)
        if self._error_text:
            builder.paragraph(
                f"{self._error_text} {_('It could be read before: put it back where it was.')}",
                "$text-error",
            )
        elif self._snippets is None:
            builder.paragraph(_("Reading …"), "$muted")
        elif not self._snippets:
            builder.paragraph(_("No message to Meta AI is found in this chat."))
        for snippet in self._snippets or ():
            at = snippet.written_at
            moment = dates.format_full_moment(at, at) if at else _("no date")
            words = f"{moment} · {text.clean_line(snippet.sender, 80)}"
            if snippet.kind is MessageKind.MAYBE_TO_META_AI:
                words = _("{date_and_sender}, perhaps").format(date_and_sender=words)
            builder.cell_wrapped_paragraph(words, "$muted")
            builder.cell_wrapped_paragraph(text.clean_block(snippet.text) or _("(nothing that can be shown)"))
            builder.blank_line()
        if self._snippets and len(self._snippets) == MAX_MESSAGES_SHOWN:
            builder.paragraph(
                _("These are the first {count}.").format(count=format_number(MAX_MESSAGES_SHOWN)), "$muted"
            )
        return JumpableText(builder.content(), ())


_NO_CHAT_HIGHLIGHTED = mark("Go to a chat in the list first.")
_PROGRESS_SECONDS = 0.5
"""Seconds between two updates of how far the counting is."""
_SLOW_TO_HASH_BYTES = 50_000_000
"""The size of the files from which hashing takes noticeable time."""


class ScanResultsScreen(AccountGuideScreen[bool | None]):
    """The chats with their counts. Returns True when the person wants to scan other chats."""

    SCREEN_ID = "chats-found"
    LIST_ID = "chats"
    STEP = StepId.REVIEW
    DEFAULT_CSS = "ScanResultsScreen ChoiceList { max-height: 40%; }"

    def __init__(self, context: AppContext, account_id: str) -> None:
        super().__init__(context, account_id)
        self._taken_results: ScanResults | None = None
        self._results = ScanResults((), ())
        self._progress_timer: Timer | None = None
        self._take_results()

    def on_mount(self) -> None:
        """Show how far the counting is, as long as it goes on."""
        self._progress_timer = self.set_interval(_PROGRESS_SECONDS, self._show_progress, pause=True)

    def _take_results(self) -> None:
        """Take the present results, which change once all messages of the largest chats are counted."""
        results = self.context.chat_scan.results
        if results is not None and results is not self._taken_results:
            self._taken_results = results
            chats = sorted(results.chats, key=lambda chat: -chat.message_count(MessageKind.TO_META_AI))
            self._results = results._replace(chats=tuple(chats))

    @property
    def _chats(self) -> tuple[ScannedChat, ...]:
        return self._results.chats

    def _show_progress(self) -> None:
        if self.account_status is not None:
            self._show_headline(self.account_status)

    def chats_counted(self) -> None:
        """Show the counts."""
        self.update_content()

    # Rows and details

    def show_account(self, status: AccountStatus) -> None:
        """The chats with their counts, and the text about the highlighted row."""
        self._take_results()
        self._show_headline(status)
        self.choice_list.show_rows(
            scan_result_rows(
                self.context, self._chats, self._results.unreadable, self.size.width, status.account.events
            )
        )
        self.show_detail()

    def _show_headline(self, status: AccountStatus) -> None:
        if not self._chats:
            hint = _("{key} chooses other files.").format(key=self.readable_key_of("chats-found.again"))
        elif not self._unrecorded_chats(status):
            hint = _("It is in the diary.")
        else:
            hint = _("It is not in the diary until you record it.")
        if not self._results.is_complete:
            hint = f"{_('Stopped before the end.')} {hint}"
        name = account_name(status.account, self.session.playbook)
        chat_scan = self.context.chat_scan
        self.set_headline(
            _("{account}: what the scan found").format(account=name), left=hint, right=chat_scan.short_status()
        )
        if self._progress_timer is not None:
            (self._progress_timer.resume if chat_scan.is_counting else self._progress_timer.pause)()

    def show_detail(self) -> None:
        """The text about the highlighted chat, file or all chats."""
        status = self.account_status
        if status is None:
            return
        keys = {
            "who": self.readable_key_of("chats-found.who"),
            "next": self.readable_key_of("chats-found.again"),
            "whatsapp.advanced": _("{key}: chat by chat.").format(key=self.readable_key_of("chats-found.privacy")),
            "whatsapp.hub": _("{key}: how this account is linked.").format(
                key=self.readable_key_of("chats-found.link")
            ),
        }
        guide = ChatScanGuide(self.context, status, self.reader.text_width, keys)
        item = self._highlighted_item()
        if isinstance(item, ScannedChat):
            content = guide.chat_text(item)
        elif isinstance(item, UnreadableFile):
            content = guide.unread_file_text(item)
        else:
            content = guide.all_chats_text(self._results)
        self.show_text(content, guide.sentence_lines)

    def _highlighted_item(self) -> ScannedChat | UnreadableFile | None:
        return scan_result_of_row(self.choice_list.highlighted_id, self._chats, self._results.unreadable)

    @property
    def _only_chat(self) -> ScannedChat | None:
        return self._chats[0] if len(self._chats) == 1 else None

    # Which sender the person is

    @on(OptionList.OptionSelected)
    def action_who(self) -> None:
        """Ask which sender the person is, in the highlighted chat or in all of them."""
        item = self._highlighted_item() or self._only_chat
        if isinstance(item, UnreadableFile) or not self._chats:
            self.say(_(_NO_CHAT_HIGHLIGHTED))
            return
        chats = (item,) if item else self._chats
        title = _("Who are you in these chats?")
        if item:
            chat_title = scan_summary.chat_title_of(item.path, item.member)
            title = _("Who are you in “{chat}”?").format(chat=chat_title)
        chat_scan = self.context.chat_scan

        def sender_chosen(name: str) -> None:
            chat_scan.set_own_sender(chats, "" if name == NONE_OF_THESE else name)
            self.update_content()
            if name != NONE_OF_THESE:
                self.say(with_full_stop(_("You are {name}").format(name=text.clean_line(name, 80))))

        ask_choice(self, chat_scan.sender_question(chats, title), sender_chosen)

    # Recording

    @property
    def _diary_events(self) -> tuple[Event, ...]:
        status = self.account_status
        return status.account.events if status else ()

    def _unrecorded_chats(self, status: AccountStatus) -> list[ScannedChat]:
        recorded, chat_scan = recorded_keys(status.account.events), self.context.chat_scan
        return [chat for chat in self._chats if not is_recorded(chat_scan.diary_fields(chat), recorded)]

    def action_record(self) -> None:
        """Hash the files in a thread, then record the counts."""
        status = self.account_status
        if not self._chats:
            self.say(_("No chat was read, so there is nothing to record."))
        elif status is not None and not (chats := self._unrecorded_chats(status)):
            self.say(_("All of this is in the diary already."))
        elif status is not None and self.make_change(self.session.current_record.require_writable):
            if sum(chat.size for chat in chats) > _SLOW_TO_HASH_BYTES:
                self.say(_("Taking the files' fingerprints …"))
            run_in_thread(
                self,
                Job(),
                lambda job: fingerprint_files(chats, job),
                lambda hash_by_path: self._record_chats(chats, hash_by_path),
                on_error=lambda error: self.say(_("Nothing was recorded: {error}").format(error=error)),
                group="fingerprint",
            )

    def _record_chats(self, chats: Sequence[ScannedChat], hash_by_path: Mapping[str, str]) -> None:
        self.context.chat_scan.remember_chats()
        fields_by_chat = [self.context.chat_scan.diary_fields(chat, hash_by_path[chat.path]) for chat in chats]
        if self.make_change(lambda: self.session.diary_service.record_chat_scan(self._account_id, fields_by_chat)):
            total = self.context.chat_scan.running_total(self._diary_events)
            own_sender = self.context.chat_scan.own_sender
            sentences = [
                _("Recorded, {found}.").format(found=total.text),
                _("{key} takes it back.").format(key=self.readable_key_of("chats-found.undo")),
            ]
            who = own_names_sentence(chats, lambda chat: own_sender(chat).name, self.readable_key_of("chats-found.who"))
            if who:
                sentences.insert(1, who)
            if self._points_with_suggestion():
                key = self.readable_key_of("chats-found.points")
                sentences.append(_("{key} answers points of the review from it.").format(key=key))
            if todos := self._todos:
                words = ngettext(
                    "{count} thing to do stands in the review.", "{count} things to do stand in the review.", len(todos)
                )
                sentences.append(words.format(count=format_number(len(todos))))
            self.say(" ".join(sentences))

    @property
    def _todos(self) -> tuple[ChatTodo, ...]:
        status = self.account_status
        return todos_in_chats(status.account, self.session.record) if status is not None else ()

    # Review points

    def _points_with_suggestion(self) -> list[ReviewPoint]:
        """The review points for which the scan suggests another answer than the present one."""
        status = self.account_status
        if status is None:
            return []
        points = self.session.playbook.points_for(platform=status.account.platform, region=status.region.id)
        suggestions = suggestions_for(self.context, status)
        return [point for point in points if point.id in suggestions]

    def action_points(self) -> None:
        """Ask for each of these points whether to take the suggested answer."""
        points = self._points_with_suggestion()
        if points:
            self._ask_next_point(points)
        else:
            self.say(_("What was found answers no further point. What was not found answers none."))

    def _ask_next_point(self, points: list[ReviewPoint]) -> None:
        status, point = self.account_status, points[0]
        if status is None:
            return

        def answered(answer: ChosenOption | None) -> None:
            if answer is not None:
                self.make_change(
                    lambda: self.session.diary_service.record_review_answer(
                        self._account_id, point.id, answer.option_id
                    )
                )
            if points[1:]:
                self._ask_next_point(points[1:])

        self.app.push_screen(point_question_screen(self.context, status, point), answered)

    # Other screens

    def action_messages(self) -> None:
        """Show the messages to Meta AI of the highlighted chat, or of the only one."""
        item = self._highlighted_item() or self._only_chat
        if isinstance(item, ScannedChat):
            self.app.push_screen(MetaAiMessagesScreen(self.context, item))
        else:
            self.say(_(_NO_CHAT_HIGHLIGHTED))

    def action_privacy(self) -> None:
        """Open the list of chats with their privacy setting."""
        self.open_screen("chat-privacy", self._account_id)

    def action_link(self) -> None:
        """Open the step that lists the linked accounts."""
        self.open_screen(StepId.IDENTIFY, self._account_id)

    def action_again(self) -> None:
        """Choose further chats, which are added to these."""
        self.dismiss(True)
