"""Scanning exported WhatsApp chats: which files, how far it is, what was found, and what of it is recorded."""

from collections.abc import Iterable, Iterator, Sequence

from metaoptout_tui.app.imports.chat_files import MAX_MESSAGES_SHOWN, fingerprint_files, read_messages_to_meta_ai
from metaoptout_tui.app.imports.chat_scan import NONE_OF_THESE
from metaoptout_tui.core import dates, text
from metaoptout_tui.core.chats.message_total import counts_of_chat, sum_counts
from metaoptout_tui.core.chats.notices import notice_text, readable_text, statement_names_for
from metaoptout_tui.core.chats.recorded_scans import is_recorded, recorded_keys
from metaoptout_tui.core.chats.scan_results import (
    EXPORT_ORIGIN_LABELS,
    MessageKind,
    MessageSnippet,
    ScannedChat,
    ScanResults,
    alone_text,
    answered_text,
    display_path,
    doubts_about,
)
from metaoptout_tui.core.chats.scan_summary import (
    chat_title_of,
    format_date_span,
    meta_ai_count_sentence,
    scan_limitations,
)
from metaoptout_tui.core.errors import MetaOptOutError
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.language.formatting import format_number, labelled, with_full_stop
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import ngettext
from metaoptout_tui.plain.context import PlainContext
from metaoptout_tui.plain.guide_lines import StepLines
from metaoptout_tui.plain.reading import ProgressLines, ask_paths, read_until_interrupted

_RECORD, _MESSAGES, _WHO, _MORE, _DONE = "record", "messages", "who", "more-chats", "done"


def scan_chats_of(context: PlainContext, account_id: str) -> None:
    """Ask for exported chats, scan them, tell what was found, and record it where the person wants that."""
    while True:
        help = list(filter(None, _export_lines(context, account_id)))
        help.append(_("Bring the exported file from the phone to this computer first, for example by cable."))
        paths = ask_paths(context, _("Which exported chats? Name a file or a folder."), help)
        scan = context.chat_scan
        scan.prepare_search(account_id, paths)
        scan.job = Job(ProgressLines(context.say).report)
        try:
            scan.finish_search(read_until_interrupted(context.say, scan.search, scan.job))
        except MetaOptOutError as error:
            scan.is_searching = False
            context.say(str(error))
            continue
        if not _go_through(context, account_id):
            return


def _export_lines(context: PlainContext, account_id: str) -> Iterator[str]:
    """How a chat is exported, and where that cannot be."""
    lines = StepLines(context, context.status(account_id), "chats")
    sentences = {each.id: context.sentence(each.id) for each in context.playbook.statements}
    yield sentences.get("chats.export-one", "")
    yield from lines.menu_lines()
    yield sentences.get("chats.blocked", "")


def _go_through(context: PlainContext, account_id: str) -> bool:
    """Tell what was found and ask what to do with it. Returns whether other chats are to be scanned."""
    results = context.chat_scan.results
    if results is None:
        return False
    _tell_results(context, account_id, results)
    while True:
        options = [
            (_WHO, _("Say which sender I am")),
            (_MESSAGES, _("Hear the messages to Meta AI; they are kept nowhere")),
            (_MORE, _("Scan more chats")),
            (_DONE, _("Go back to the review")),
        ]
        unrecorded = _unrecorded(context, account_id, results)
        if unrecorded:
            options.insert(0, (_RECORD, _("Record counts, dates and file names in the diary; no text")))
        chosen = context.dialogue.choose(_("What do you want to do with this?"), options)
        if chosen in (_MORE, _DONE):
            return chosen == _MORE
        with context.dialogue.back_to():
            if chosen == _RECORD:
                _record(context, account_id, unrecorded)
            elif chosen == _MESSAGES:
                _tell_messages(context, results.chats)
            else:
                _ask_who(context, results.chats)
                _tell_results(context, account_id, results)


def _unrecorded(context: PlainContext, account_id: str, results: ScanResults) -> list[ScannedChat]:
    recorded = recorded_keys(context.session.account(account_id).events)
    return [chat for chat in results.chats if not is_recorded(context.chat_scan.diary_fields(chat), recorded)]


def _tell_results(context: PlainContext, account_id: str, results: ScanResults) -> None:
    context.dialogue.say_part(
        "" if results.is_complete else _("You stopped the scan: only what was read to its end is here.")
    )
    if results.chats:
        total = sum_counts(counts_of_chat(chat, context.chat_scan.own_sender(chat).name) for chat in results.chats)
        context.say(
            _("Chats read: {count}. In all: {messages}.").format(
                count=format_number(len(results.chats)), messages=total.text
            )
        )
        with_recorded = context.chat_scan.running_total(context.session.account(account_id).events)
        if with_recorded.chats > total.chats:
            context.say(_("With the chats that you recorded before: {found}.").format(found=with_recorded.text))
    else:
        context.say(_("No chat was read."))
    for chat in results.chats:
        context.dialogue.say_part(*_chat_lines(context, chat))
    for unread in results.unreadable:
        path = text.clean_line(display_path(unread.path, unread.member), 1_000)
        context.say(
            _("{file} could not be read: {reason}").format(file=path, reason=text.clean_line(unread.reason, 1000))
        )
    texts = context.playbook.texts
    if results.chats:
        kinds = {notice.kind for chat in results.chats for notice in chat.notices}
        meanings = (f"chats.{name}" for name in statement_names_for(kinds))
        context.dialogue.say_part(*(context.sentence(id) for id in meanings if id in texts))
    context.dialogue.say_part(*scan_limitations(texts))


def _chat_lines(context: PlainContext, chat: ScannedChat) -> Iterator[str]:
    """What was found in one chat, a statement a line."""
    # Translators: {origin} is such as “Android export”.
    yield _("Chat “{chat}”, {origin}.").format(
        chat=chat_title_of(chat.path, chat.member), origin=_(EXPORT_ORIGIN_LABELS[chat.origin])
    )
    for path in chat.also_in:
        yield _("The same chat is in {path}, so it counts once.").format(path=text.clean_line(path, 1_000))
    yield from doubts_about(chat)
    yield with_full_stop(meta_ai_count_sentence(chat.message_count(MessageKind.TO_META_AI)))
    if days := format_date_span(chat.first_and_last_day(MessageKind.TO_META_AI)):
        yield _("From the first to the last of them: {days}.").format(days=days)
    own_name = context.chat_scan.own_sender(chat).name
    if own_name:
        yield _("You are {sender} in it: {count} by you.").format(
            sender=own_name, count=format_number(chat.message_count(MessageKind.TO_META_AI, own_name))
        )
    if chat.is_with_meta_ai_alone:
        yield alone_text(chat)
    if maybe := chat.message_count(MessageKind.MAYBE_TO_META_AI):
        yield ngettext(
            "Perhaps {count} more, written right after its answer.",
            "Perhaps {count} more, written right after its answer.",
            maybe,
        ).format(count=format_number(maybe))
    yield answered_text([chat])
    if by_meta_ai := chat.message_count(MessageKind.BY_META_AI):
        yield _("Messages by Meta AI: {count}.").format(count=format_number(by_meta_ai))
    if naming := chat.message_count(MessageKind.NAMES_META_AI):
        yield _("Messages only naming Meta AI: {count}.").format(count=format_number(naming))
    yield from _lines_of_whatsapp(chat, own_name)


def _lines_of_whatsapp(chat: ScannedChat, own_name: str) -> Iterator[str]:
    """What WhatsApp's own lines in a chat say, and what Meta could read by them."""
    yield from map(with_full_stop, filter(None, map(notice_text, chat.notices)))
    if readable := readable_text(chat.readable_count(), chat.readable_count(own_name) if own_name else None):
        yield with_full_stop(readable)
    for switch in chat.privacy_switches:
        yield (
            _("Advanced Chat Privacy was switched on.")
            if switch.is_on
            else _("Advanced Chat Privacy was switched off.")
        )


def _ask_who(context: PlainContext, chats: Iterable[ScannedChat]) -> None:
    """Ask which sender of the chats the person is."""
    chats = tuple(chats)
    name = context.dialogue.ask(context.chat_scan.sender_question(chats, _("Who are you in these chats?")))
    context.chat_scan.set_own_sender(chats, "" if name == NONE_OF_THESE else name)


def _tell_messages(context: PlainContext, chats: Iterable[ScannedChat]) -> None:
    """Read the messages to Meta AI again from the files, and tell them with their dates and senders."""
    for chat in chats:
        context.dialogue.say_part(_("Chat “{chat}”.").format(chat=chat_title_of(chat.path, chat.member)))
        try:
            snippets = read_messages_to_meta_ai(chat, Job())
        except MetaOptOutError as error:
            context.say(str(error))
            continue
        if not snippets:
            context.say(_("No message to Meta AI is found in it."))
        for snippet in snippets:
            context.say(_snippet_words(snippet))
        if len(snippets) == MAX_MESSAGES_SHOWN:
            context.say(
                ngettext("This is the first one.", "These are the first {count}.", MAX_MESSAGES_SHOWN).format(
                    count=format_number(MAX_MESSAGES_SHOWN)
                )
            )


def _snippet_words(snippet: MessageSnippet) -> str:
    """A message: when it was written, by whom, whether it is sure that it was to Meta AI, and what it says."""
    written, sender = snippet.written_at, text.clean_line(snippet.sender, 80)
    # The phone's own time, without a zone.
    at = dates.format_full_moment(written, written) if written else _("No date")
    words = text.clean_block(snippet.text) or _("(nothing that can be shown)")
    if snippet.kind is MessageKind.MAYBE_TO_META_AI:
        return _("{date}, {sender}, perhaps: {message}").format(date=at, sender=sender, message=words)
    return labelled(f"{at}, {sender}", words)


def _record(context: PlainContext, account_id: str, chats: Sequence[ScannedChat]) -> None:
    """Take the fingerprints of the files, then record the counts."""
    scan = context.chat_scan

    def record() -> None:
        context.session.current_record.require_writable()
        hash_by_path = fingerprint_files(chats, Job())
        scan.remember_chats()
        rows = [scan.diary_fields(chat, hash_by_path[chat.path]) for chat in chats]
        context.session.diary_service.record_chat_scan(account_id, rows)

    if context.change(record):
        total = scan.running_total(context.session.account(account_id).events)
        # Translators: {messages} is such as “at least 3 messages to Meta AI in one chat”.
        context.say(_("Recorded, {messages}.").format(messages=total.text))
