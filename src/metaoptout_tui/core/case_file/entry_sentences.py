"""Diary entries in the words of a document: an authority reads them, so they speak of the person and of Meta, not to anybody."""

from collections.abc import Iterator, Mapping
from datetime import date

from metaoptout_tui.core.case_file.redaction import left_out
from metaoptout_tui.core.chats.recorded_scans import chat_scan_event_text, recorded_count
from metaoptout_tui.core.chats.scan_results import META_AI_ADDED_COUNT, META_AI_REMOVED_COUNT
from metaoptout_tui.core.chats.scan_summary import format_date_span
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.language.formatting import format_number, labelled
from metaoptout_tui.core.language.translation import gettext as _
from metaoptout_tui.core.language.translation import mark, ngettext
from metaoptout_tui.core.meta_export import EXPOSURE_LABELS, ExposureKind
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.replies import reply_of
from metaoptout_tui.core.record.event_kinds import EVENT_KINDS, EventKind
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.vocabulary import COUNTS, TODO_DONE, TODO_LEFT, ChatTodoKind, LogIn
from metaoptout_tui.core.text import clean_line

CountryNames = Mapping[str, tuple[str, ...]]
"""Names of countries by code, the one that is shown first."""

_REPLY_SENTENCES: Mapping[str, str] = {
    "confirmed-on-screen": mark("A message of Meta came on the screen. What it said is not known"),
    "confirmed-on-screen.applied": mark("A message of Meta on the screen said that the objection applies"),
    "confirmed-on-screen.unknown": mark("A message of Meta came on the screen. What it said is not known"),
    "confirmed-in-app": mark("A notification of Meta came in the app. What it said is not known"),
    "confirmed-in-app.applied": mark("A notification of Meta in the app said that the objection applies"),
    "confirmed-in-app.unknown": mark("A notification of Meta came in the app. What it said is not known"),
    "confirmed-by-mail": mark("Meta confirmed the objection by e-mail"),
    "will-be-reviewed": mark("Meta confirmed only that the objection was received or will be reviewed"),
    "mail-lost": mark("A mail of Meta came. What it said is not known"),
    "answer-missing": mark("Until then nothing had come from Meta"),
    "code-asked": mark("Meta asked for a code to be typed or a link to be opened"),
    "code-asked.code": mark("Meta asked for a code to be typed into the form"),
    "code-asked.link": mark("Meta asked for a link to be opened"),
    "code-asked.other": mark("Meta asked for a code to be typed or a link to be opened"),
    "more-asked": mark("Meta asked a question, or asked for more"),
    "more-asked.reason": mark("Meta asked for the reasons of the objection"),
    "more-asked.id": mark("Meta asked for proof of who the person is"),
    "more-asked.residence": mark("Meta asked in which country the person lives"),
    "more-asked.prompts": mark("Meta asked for prompts and screenshots: perhaps the form was the wrong one"),
    "more-asked.examples": mark("Meta asked for what was typed to its AI, or for a screenshot"),
    "more-asked.other-form": mark("Meta named another form: the form was the wrong one"),
    "more-asked.other": mark("Meta asked a question, or asked for more"),
    "refused": mark("Meta refused"),
    "refused.not-available": mark("Meta refused: an objection is not available where the person is"),
    "refused.wrong-form": mark("Meta refused: it takes no further action, as the form was the wrong one"),
    "refused.no-examples": mark("Meta refused, because no prompts or examples were given"),
    "refused.given": mark("Meta refused and gave reasons"),
    "refused.none": mark("Meta refused and gave no reasons"),
    "refused.other": mark("Meta refused"),
    "extended": mark("Meta said that it takes longer"),
    "extended.given": mark("Meta said that it takes longer, and gave reasons"),
    "extended.none": mark("Meta said that it takes longer, and gave no reasons"),
    "extended.other": mark("Meta said that it takes longer"),
    "undeliverable": mark("What was sent came back undeliverable"),
    "undeliverable.objection": mark("The objection came back undeliverable"),
    "undeliverable.letter": mark("What was sent after the objection came back undeliverable"),
    "undeliverable.other": mark("What was sent came back undeliverable"),
    "answered": mark("The person answered what Meta asked"),
    "inquiry-answered.applied": mark("Meta answered that it acts on the objection"),
    "inquiry-answered.not-applied": mark("Meta answered that it does not act on the objection"),
    "inquiry-answered.other": mark(
        "Meta answered the question whether it acts on the objection with something else, or only in part"
    ),
    "acknowledged": mark("Meta acknowledged the complaint"),
    "authority-wrote": mark("The authority wrote"),
    "authority-wrote.received": mark("The authority wrote only that it has the complaint"),
    "authority-wrote.asks": mark("The authority asked for something"),
    "authority-wrote.passed-on": mark("The authority passed the complaint on to another authority"),
    "authority-wrote.amicable": mark("The authority proposed an amicable resolution"),
    "authority-wrote.rejected": mark("The authority rejected or closed the complaint"),
    "authority-wrote.upheld": mark("The authority decided for the person"),
    "authority-wrote.decided": mark("The authority decided against the person, or only partly for the person"),
    "authority-wrote.unknown": mark("The authority wrote"),
    "after-decision": mark("Something about the authority's decision"),
    "after-decision.day": mark("The person read in the authority's letter until when one can act against its decision"),
    "after-decision.no-day": mark("The authority's letter names no day until which one can act against its decision"),
    "after-decision.advice": mark("The person took advice on the authority's decision"),
    "after-decision.court": mark("The person went to court after the authority's decision"),
    "authority-told": mark("The person told the authority that Meta gave in"),
    "closed": mark("The person closed the case"),
}
"""What a reply says, by the id of the reply."""

_LOG_IN_SENTENCES: Mapping[str, str] = {
    LogIn.FORGOTTEN: mark("The person cannot log in: name or password forgotten"),
    LogIn.HACKED: mark("The person cannot log in: the account was hacked"),
    LogIn.LOCKED: mark("The person cannot log in: Meta locked the account"),
    LogIn.DEACTIVATED: mark("The person deactivated the account"),
    LogIn.DELETED: mark("The account is deleted"),
    LogIn.WORKS: mark("The person can log in again"),
}

_TODO_SENTENCES: Mapping[tuple[str, str], str] = {
    (ChatTodoKind.REMOVE_META_AI, TODO_DONE): mark("Meta AI was removed from WhatsApp chats"),
    (ChatTodoKind.REMOVE_META_AI, TODO_LEFT): mark("Meta AI stays in WhatsApp chats, as the person decided"),
    (ChatTodoKind.DELETE_CHAT, TODO_DONE): mark("The WhatsApp chat with Meta AI was deleted"),
    (ChatTodoKind.DELETE_CHAT, TODO_LEFT): mark("The WhatsApp chat with Meta AI stays, as the person decided"),
    (ChatTodoKind.SWITCH_ON_PRIVACY, TODO_DONE): mark("Advanced Chat Privacy was switched on in WhatsApp chats"),
    (ChatTodoKind.SWITCH_ON_PRIVACY, TODO_LEFT): mark(
        "Advanced Chat Privacy stays off in WhatsApp chats, as the person decided"
    ),
    (ChatTodoKind.ASK_TO_DELETE, TODO_DONE): mark("Meta was asked to delete what was shared with its AI"),
    (ChatTodoKind.ASK_TO_DELETE, TODO_LEFT): mark(
        "Meta is not asked to delete what was shared with its AI, as the person decided"
    ),
}


def document_sentence(event: Event, playbook: Playbook, country_names: CountryNames, platform: str) -> str:
    """An entry of an account on a platform, in the words of a document. Its reference, form and other fields stand beside it, not in it."""
    if event.kind not in EVENT_KINDS:
        return _("Of a kind not known here")
    if has_own_sentence(event):
        reply = reply_of(event)
        return _(_REPLY_SENTENCES[reply.id]) if reply is not None else ""
    match event.kind:
        case EventKind.LOG_IN if event.text("log-in") in _LOG_IN_SENTENCES:
            return _(_LOG_IN_SENTENCES[event.text("log-in")])
        case EventKind.REVIEW_ANSWERED:
            question = playbook.texts.sentence(f"{event.text('point')}.question")
            answer = playbook.texts.sentence(f"answer-word.{event.text('answer')}")
            return _("Question of this program: “{question}” Answer: {answer}").format(question=question, answer=answer)
        case EventKind.CHAT_TODO_SETTLED if event.text("answer") not in (TODO_DONE, TODO_LEFT):
            return _("Something that a search of WhatsApp chats left to do")
        case EventKind.CHAT_TODO_SETTLED if words := _TODO_SENTENCES.get((event.text("todo"), event.text("answer"))):
            return _(words)
        case EventKind.REVIEWED_CHATS if event.text(COUNTS.name) == left_out():
            return _("Chat scanned: {file}").format(file=clean_line(event.text("file")))
        case EventKind.REVIEWED_CHATS:
            return chat_scan_event_text(event, is_for_others=True)
        case EventKind.COUNTRY_CHANGED:
            return _("The person moved from {country} to {new_country}").format(
                country=_country_name(event.text("from"), country_names),
                new_country=_country_name(event.text("to"), country_names),
            )
        case _:
            return describe_event(event, playbook, platform)


def has_own_sentence(event: Event) -> bool:
    """Whether an entry is a reply that has words of its own here, in which no reference stands."""
    reply = reply_of(event) if event.kind in EVENT_KINDS else None
    return reply is not None and reply.id in _REPLY_SENTENCES


def chat_count_lines(event: Event) -> Iterator[str]:
    """What a search of a chat counted besides the messages to Meta AI, which its sentence tells."""
    if count := recorded_count(event, "messages"):
        words = ngettext("{count} message in all", "{count} messages in all", count)
        yield words.format(count=format_number(count))
    if count := recorded_count(event, "by_meta_ai"):
        words = ngettext("{count} message by Meta AI", "{count} messages by Meta AI", count)
        yield words.format(count=format_number(count))
    if count := recorded_count(event, "names_meta_ai"):
        words = ngettext("{count} message only naming Meta AI", "{count} messages only naming Meta AI", count)
        yield words.format(count=format_number(count))
    if recorded_count(event, META_AI_ADDED_COUNT):
        yield _("Meta AI was added to the chat")
    if recorded_count(event, META_AI_REMOVED_COUNT):
        yield _("Meta AI was removed from the chat")


def download_count_lines(counts: Mapping[object, object]) -> Iterator[str]:
    """How many of each kind Meta's download had."""
    for kind, label in _download_labels():
        count = counts.get(kind)
        if isinstance(count, int):
            yield labelled(label, format_number(count))


def download_day_lines(days: Mapping[object, object]) -> Iterator[str]:
    """The first and the last day of each kind in Meta's download, where both can be read."""
    for kind, label in _download_labels():
        try:
            first, last = map(date.fromisoformat, str(days.get(kind, "")).split())
        except ValueError:
            continue
        yield labelled(label, format_date_span((first, last)))


def _download_labels() -> Iterator[tuple[str, str]]:
    for kind, label in EXPOSURE_LABELS.items():
        is_own = kind is ExposureKind.AI_MESSAGES_BY_PERSON
        yield str(kind), _("messages of the person to Meta AI") if is_own else _(label)


def _country_name(code: str, country_names: CountryNames) -> str:
    names = country_names.get(code.partition("-")[0], ())
    return names[0] if names else clean_line(code) or left_out()
