"""Whatever can be done on the screen can be done in lines, and leaves the same diary."""

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.app.commands.commands import COMMANDS
from metaoptout_tui.core.guidance.playbook import StepId
from metaoptout_tui.core.language.translation import in_catalogue
from metaoptout_tui.core.objection.replies import Reply, all_replies, reply_with_variant
from metaoptout_tui.core.objection.tasks import TASK_KINDS, OfferKind, TaskKind
from metaoptout_tui.core.objection.ways_to_begin import WayToBegin
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.remembered import ME, ChatPrivacy
from metaoptout_tui.plain.offers import ACCOUNT_DIALOGUES, OFFER_DIALOGUES
from metaoptout_tui.plain.steps import STEP_DIALOGUES
from metaoptout_tui.plain.typed_words import COMMAND_WORDS
from metaoptout_tui.translations.catalogues import load_catalogue
from plain_talk import Speak
from samples import account, at, entry, record

WORDS_BY_ACTION = {
    "back": "back",
    "undo": "undo",
    "redo": "redo",
    "help": "help",
    "more": "more",
    "sources": "sources",
    "copy": "copy",
    "quit": "quit",
    "leave": "quit",
    "next": "next",
}
"""The word that does in lines what an action does on every screen."""

IN_PLAIN_MODE: Mapping[str, str] = {
    "everywhere.reach": "guide_lines.tell_topic",
    "everywhere.frauds": "guide_lines.tell_topic",
    "everywhere.kept": "kept.ask_about_kept",
    "kept.*": "kept.ask_about_kept",
    "purge.*": "kept.ask_about_kept",
    "guidance.*": "guidance.ask_about_guidance",
    "hosts.agree": "guidance.ask_about_guidance",
    "page.*": "guidance.ask_about_guidance",
    "page-links.*": "guidance.ask_about_guidance",
    "edition.*": "guidance.ask_about_guidance",
    "everywhere.download": "download.read_download",
    "checklist.do": "steps.do_step",
    "checklist.add": "accounts.add_account",
    "checklist.link": "objection_form.open_objection_form",
    "checklist.changes": "guide_lines.StepLines",
    "checklist.overview": "overview.tell_coverage",
    "checklist.ways": "earlier_objection.record_objection_of_long_ago",
    "checklist.guidance": "guidance.ask_about_guidance",
    "*.you": "welcome.ask_about_person",
    "*.third-party": "guide_lines.tell_topic",
    "*.no-login": "guide_lines.tell_topic",
    "welcome.*": "welcome.FirstStart",
    "account.save": "accounts.change_account",
    "earlier.*": "earlier_objection.record_objection_of_long_ago",
    "identify.*": "linked_accounts.list_linked_accounts",
    "open.*": "objection_form.open_objection_form",
    "link.*": "objection_form.open_objection_form",
    "submit.*": "objection_form.send_objection_form",
    "reason.*": "objection_form.send_objection_form",
    "confirm.*": "reply.record_reply",
    "periods.arrived": "periods.ask_when_letter_arrived",
    "letters.*": "letter_choice.choose_letter",
    "letter.*": "letters.open_letter",
    "authority.*": "authority.tell_authority",
    "review.*": "review.review_account",
    "download.*": "download.read_download",
    "download-reading.stop": "reading.read_until_interrupted",
    "download-found.*": "download.read_download",
    "exposure.record": "download.read_download",
    "chats.*": "chat_scan.scan_chats_of",
    "scan.stop": "reading.read_until_interrupted",
    "chats-found.*": "chat_scan.scan_chats_of",
    "chat-privacy.*": "chat_privacy.list_chat_privacy",
    "note.save": "steps.write_note",
    "diary.*": "diary.read_diary",
    "attach.take": "diary.keep_proof",
    "overview.go": "overview.tell_coverage",
    "overview.timeline": "overview.tell_timeline",
    "timeline.open": "diary.read_diary",
    "topic.*": "guide_lines.tell_topic",
    "sources.*": "guide_lines.sources_of_statements",
    "ask.answer": "dialogue.Dialogue",
    "trouble.*": "start.open_record_in_plain_mode",
    "everywhere.manual": "manual.read_manual",
    "manual.*": "manual.read_manual",
    "manual-find.*": "manual.read_manual",
    "help.manual": "manual.read_manual",
    "everywhere.rehearse": "context.PlainRehearsal",
    "rehearsal.*": "context.PlainRehearsal",
    "different.*": "difference.report_difference",
    "everywhere.language": "welcome.ask_screen_language",
    "everywhere.people": "people.choose_person",
    "people.*": "people.choose_person",
    "person.save": "people.choose_person",
    "whose.*": "people.ask_whose_record",
    "helper.save": "helper.record_helper_of",
    "export.write": "case_file.write_case_file",
}
"""By command of a screen, the part of plain mode that does the same; a star stands for any rest of an id."""

ONLY_ON_THE_SCREEN: Mapping[str, str] = {
    "*.up": "moves a highlight, and nothing is highlighted in lines",
    "*.down": "the same",
    "*.page-up": "scrolls, and a terminal scrolls its lines itself",
    "*.page-down": "the same",
    "*.other-pane": "moves between panes",
    "*.complete": "completes a path key by key",
    "*.folders": "moves to a list of folders",
    "*.discard": "empties the fields of a form; in lines a question is asked again",
    "everywhere.palette": "finds actions by their name, which lists in lines have",
    "everywhere.redraw": "draws the screen again",
    "everywhere.pause": "the terminal itself does it",
    "reason.write": "moves the focus",
    "*.browser": "opens another window; the link is printed",
    "*.show": "draws a QR code",
    "letter.mail": "opens another window; the letter is printed and saved",
    "diary.open": "opens another window; the folder is told with what is kept",
    "rehearsal.confirms": "says what an invented mail says; in lines one is written down without",
    "rehearsal.asks": "the same",
    "rehearsal.refuses": "the same",
    "overview.all": "filters a table",
    "overview.due": "filters a table; what is next is told first",
    "overview.waiting": "filters a table",
    "overview.holes": "filters a table",
}
"""What is left out in lines, with the reason; a star stands for any beginning or rest of an id."""


def matches(pattern: str, id: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", r"[\w.-]+"), id) is not None


def test_every_command_of_the_screens_is_in_lines_or_has_a_reason_not_to_be() -> None:
    missing = [
        command.id
        for command in COMMANDS
        if command.action_name not in WORDS_BY_ACTION
        and command.id not in ACCOUNT_DIALOGUES
        and not any(matches(pattern, command.id) for pattern in (*IN_PLAIN_MODE, *ONLY_ON_THE_SCREEN))
    ]
    assert missing == []


def test_what_is_said_to_be_in_lines_is_there() -> None:
    for place in IN_PLAIN_MODE.values():
        module, name = place.split(".")
        assert hasattr(import_module(f"metaoptout_tui.plain.{module}"), name), place
    assert {*WORDS_BY_ACTION.values()} <= {*COMMAND_WORDS}
    ids = {command.id for command in COMMANDS}
    assert {*ACCOUNT_DIALOGUES} <= ids
    for pattern in (*IN_PLAIN_MODE, *ONLY_ON_THE_SCREEN):
        assert any(matches(pattern, id) for id in ids), f"no command is called {pattern}"


def test_every_step_and_every_offer_has_its_dialogue() -> None:
    assert {*STEP_DIALOGUES} == {*StepId}
    assert {*OFFER_DIALOGUES} == {*OfferKind}


def test_every_other_way_to_begin_is_offered(speak: Speak) -> None:
    talk = speak("everything-else", "checklist.ways", progress=record(account()))
    offered = {way.value for way in WayToBegin} - {
        WayToBegin.WEEKLY_CHECK
    }  # asked at the first start alone; later it is switched on with the guidance
    for way in offered:
        again = speak("everything-else", "checklist.ways", way)
        assert "none of the answers" not in again.text, way
    assert "What fits you?" in talk.text


@pytest.mark.parametrize("kind", TASK_KINDS)
def test_every_kind_of_task_is_done_where_its_table_says(kind: TaskKind) -> None:
    rules = TASK_KINDS[kind]
    assert rules.offer in OFFER_DIALOGUES if rules.offer is not None else rules.step in STEP_DIALOGUES


LEADING_UP_TO: Mapping[str, tuple[str, ...]] = {
    EventKind.META_QUESTION_ANSWERED: (EventKind.MORE_ASKED,),
    EventKind.ACKNOWLEDGED: (EventKind.REFUSED, EventKind.COMPLAINED_TO_META),
    EventKind.AUTHORITY_WROTE: (EventKind.REFUSED, EventKind.COMPLAINED_TO_AUTHORITY),
    EventKind.AUTHORITY_TOLD: (EventKind.REFUSED, EventKind.COMPLAINED_TO_AUTHORITY),
    EventKind.CASE_CLOSED: (EventKind.REFUSED, EventKind.COMPLAINED_TO_AUTHORITY),
    EventKind.AFTER_DECISION: (EventKind.REFUSED, EventKind.COMPLAINED_TO_AUTHORITY, EventKind.AUTHORITY_WROTE),
}
"""What has to be in the diary before a reply can come."""
_AS_DECISION: Mapping[str, Mapping[str, str]] = {EventKind.AUTHORITY_WROTE: {"says": "rejected"}}


@parametrize_some(8, "reply", [each for each in all_replies() if not each.variants])
def test_every_reply_can_be_recorded(speak: Speak, reply: Reply) -> None:
    whole = reply_with_variant(reply.id)
    is_about_question = whole is not None and whole.event_kind is EventKind.INQUIRY_ANSWERED
    asked = (EventKind.INQUIRY_SENT,) if is_about_question or reply.event_kind is EventKind.INQUIRY_ANSWERED else ()
    leading = whole.event_kind if whole is not None else reply.event_kind
    kinds = (EventKind.FILED, *asked, *LEADING_UP_TO.get(leading, ()))
    chosen = (whole.id, reply.id) if whole is not None else (reply.id,)
    platforms = ("facebook", "elsewhere")
    accounts = [
        account(each, *(entry(kind, at(5), **_AS_DECISION.get(kind, {})) for kind in kinds), hub="")
        for each in platforms
    ]
    id = next(each.id for each in accounts if whole is None or reply in whole.variants_for(each))
    # A case with a complaint under way is closed only after a question; of some letters of an authority more is asked.
    agreed = ("y",) if reply.event_kind is EventKind.CASE_CLOSED else ()
    talk = speak(f"account:{id}", "step:confirm", *chosen, *agreed, *[""] * 5, progress=record(*accounts))
    assert talk.last(id).kind == reply.event_kind
    for name, value in reply.fields.items():
        assert talk.last(id).fields[name] == value


def test_a_strangers_download_is_neither_counted_nor_recorded(speak: Speak, tmp_path: Path) -> None:
    profile = tmp_path / "profile_information.json"
    profile.write_text('{"profile_v2": {"username": "zoe.example", "name": {"full_name": "Zoe"}}}', encoding="utf-8")
    read = ("everything-else", "everywhere.download", "read", str(profile))
    talk = speak(*read, "record", "exposure", "quit", progress=record(account("instagram")))
    assert "It may be somebody else's, and nothing of it is offered." in talk.text
    assert talk.text.count("is none of the answers") == 2
    mine = speak(*read, "mine", "exposure", "quit", progress=record(account("instagram")))
    assert "What a download cannot tell" in mine.text


def test_an_admin_who_is_the_person_is_written_the_same_in_every_language(speak: Speak) -> None:
    german = load_catalogue("de")
    assert german is not None
    with in_catalogue(german):
        talk = speak(
            *("account:whatsapp", "step:review", "privacy", "==add", "Family", "on", "ich"),
            *("==add", "Family", "off", "", "quit"),
            progress=record(account("whatsapp")),
        )
    assert "Family: aus, Admin: ich" in talk.text
    assert talk.session is not None
    assert talk.session.remembered.of("whatsapp").chats == {"Family": ChatPrivacy("Family", "off", ME)}
