"""What a person does with an account, in lines: each part of the walk beside the first objection."""

import re
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from command_line import save_in
from metaoptout_tui.app.rehearsal import MovableClock
from metaoptout_tui.core.jobs import Job
from metaoptout_tui.core.objection.replies import REPLIES_TO_EARLIER_OBJECTION
from metaoptout_tui.core.record.accounts import evidence_file_of
from metaoptout_tui.core.record.event_kinds import EventKind
from metaoptout_tui.core.record.events import events_in_force
from metaoptout_tui.core.record.remembered import Remembered
from metaoptout_tui.plain.context import PlainRehearsal
from metaoptout_tui.plain.reading import ProgressLines, read_until_interrupted
from plain_talk import Speak
from sample_mails import mail
from samples import NOW, account, at, entry, record

NEW = record(account("facebook"))
WAITING = record(account("facebook", entry("filed", at(9))))
REFUSED = record(account("facebook", entry("filed", at(9)), entry("refused", at(3))))
PAGE = ("account:facebook", "everything-else")


def test_the_account_page_offers_what_fits_how_the_account_stands(speak: Speak) -> None:
    talk = speak("account:facebook", "quit", progress=REFUSED)
    assert "Facebook “Anna”: refused." in talk.heard
    assert any(line.endswith("Answer the refusal, or complain") for line in talk.heard)
    assert any("Step 4, Confirm, to write down what came back: refused, 20 Nov, 10:00" in line for line in talk.heard)


def test_confirming_before_sending_leads_to_the_form(speak: Speak) -> None:
    talk = speak("account:facebook", "step:confirm", "sent", "", progress=NEW)
    assert "Nothing is filed for this account itself." in talk.text
    assert talk.last().kind == "filed"


def test_what_an_authority_wrote_and_the_day_it_sets_are_asked_for(speak: Speak) -> None:
    events = (entry("filed", at(60)), entry("refused", at(50)), entry("complained", at(20)))
    letter = ("authority-wrote", "authority-wrote.asks")
    talk = speak(
        "account:facebook", "step:confirm", *letter, "", "someday", "15/12", "", "",
        progress=record(account("facebook", *events)),
    )  # fmt: skip
    assert "“someday” is not a date" in talk.text
    assert talk.last().fields["answer-by"] == date(2026, 12, 15)
    passed_on = speak("account:facebook", "step:confirm", letter[0], "authority-wrote.passed-on", "", "DPC", "", "")
    assert passed_on.last().fields["passed-to"] == "DPC"


def test_whose_case_number_is_asked_for_is_said_and_none_where_there_is_none(speak: Speak) -> None:
    complained = record(account("facebook", entry("filed", at(60)), entry("complained", at(20))))
    of_authority = "Type the case number that the authority gave it, if there is one."
    of_meta = "Type the case number that Meta gave it, if there is one."
    for replies, asked in (
        (("authority-wrote", "authority-wrote.received"), of_authority),
        (("authority-told",), of_authority),
        (("confirmed-by-mail",), of_meta),
        (("answer-missing",), ""),
        (("closed",), ""),
    ):
        talk = speak("account:facebook", "step:confirm", *replies, "", "", "", "", progress=complained)
        assert [line for line in (of_authority, of_meta) if line in talk.heard] == ([asked] if asked else [])


def test_after_a_decision_what_remains_is_told_and_what_was_done_is_asked(speak: Speak) -> None:
    letter = entry("authority-wrote", at(5), says="rejected")
    rejected = record(account("facebook", entry("filed", at(60)), entry("complained", at(20)), letter))
    talk = speak("next", "after-decision", "after-decision.no-day", "", "", "quit", progress=rejected)
    assert (talk.last().kind, talk.last().text("did")) == ("after-decision", "no-day")
    told = speak("next", "ready", "quit", progress=talk.progress)
    assert "You can go to court against Meta itself." in told.text
    assert "You can let an organisation represent you." in told.text
    left = speak("account:facebook", "step:confirm", "after-decision", "after-decision.left", "", "", progress=rejected)
    assert left.last().kind == "closed"


def test_the_words_of_a_refusal_and_of_the_answer_to_meta_are_asked_for(speak: Speak) -> None:
    asked = record(account("facebook", entry("filed", at(9)), entry("more-asked", at(5), **{"for": "id"})))
    answer = ("answered", "", "I can log in.", "", "")
    talk = speak("account:facebook", "step:confirm", *answer, progress=asked)
    assert talk.last().fields["answer-words"] == "I can log in."
    refusal = ("refused", "refused.given", "", "Our interests prevail.", "", "")
    refused = speak("account:facebook", "step:confirm", *refusal)
    assert refused.last().fields["meta-words"] == "Our interests prevail."


def test_a_confirmed_objection_is_sent_again_only_after_a_question(speak: Speak) -> None:
    confirmed = record(account("facebook", entry("filed", at(9)), entry("confirmed-by-mail", at(8))))
    talk = speak("account:facebook", "step:submit", "", "quit", progress=confirmed)
    assert "object again?" in talk.text
    assert "I pressed Send" not in talk.text
    again = speak("account:facebook", "step:submit", "go-on", "sent", "", "quit")
    assert again.events().count("filed") == 2


def test_the_address_and_the_reason_are_chosen_before_sending(speak: Speak) -> None:
    talk = speak(
        "account:facebook", "step:submit", "email", "other", "nobody", "shop@example.org",
        "reason", "write", "My photos are of my family.", "Do not use them.", ".", "sent", "",
        progress=NEW,
    )  # fmt: skip
    assert "The e-mail address has no @." in talk.text
    sent = talk.last()
    assert sent.text("email") == "shop@example.org"
    assert sent.text("reason") == "My photos are of my family.\nDo not use them."


def test_a_reason_is_made_of_what_is_chosen_prompt_by_prompt_in_a_language(speak: Speak) -> None:
    talk = speak(
        "account:facebook", "step:submit", "reason", "language", "de", "compose", "1", *[""] * 9, "quit", progress=NEW
    )
    assert talk.session is not None
    reason = talk.session.diary_service.objection_draft("facebook").reason
    assert "widerspreche" in reason
    assert reason in " ".join(talk.heard)


def test_what_was_written_of_a_reason_is_kept_when_the_input_ends(speak: Speak) -> None:
    speak("account:facebook", "step:submit", "reason", "write", "It is mine.", progress=NEW)
    talk = speak("account:facebook", "step:submit", "quit")
    assert "It is mine." in talk.heard


def test_a_mail_says_what_came_back_and_is_kept_as_proof(speak: Speak, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(mail())
    talk = speak("account:facebook", "step:confirm", "mail", str(path), "", "", "quit", progress=WAITING)
    assert talk.events() == ["filed", "confirmed-by-mail", "evidence"]
    assert "The mail is kept as proof." in talk.heard


def test_an_earlier_objection_is_written_down_for_linked_accounts_at_once(speak: Speak) -> None:
    two = record(account("facebook", hub="private"), account("instagram", hub="private"))
    for number, reply in enumerate(REPLIES_TO_EARLIER_OBJECTION):
        talk = speak(
            "everything-else", "checklist.ways", "earlier", "all", "all", "20 May 2025", "", "", "", reply.id,
            *(variant.id for variant in reply.variants[:1]), "21 May 2025", "", progress=two,
        )  # fmt: skip
        assert talk.last().kind == reply.event_kind, number
        assert talk.last().fields.items() >= dict(reply.variants[0].fields if reply.variants else {}).items()
        assert talk.events("instagram") == ["hub-changed"]


def test_linked_accounts_that_had_an_objection_each_have_it_in_their_own_diary(speak: Speak) -> None:
    two = record(account("facebook", hub="private"), account("instagram", hub="private"))
    talk = speak(
        "everything-else", "checklist.ways", "earlier", "all", "each", "20 May 2025", "", "", "", "confirmed-by-mail", "",
        "", progress=two,
    )  # fmt: skip
    assert talk.events("facebook") == talk.events("instagram") == ["filed", "confirmed-by-mail"]


def test_who_lived_elsewhere_then_is_asked_since_when_they_live_where_they_live_now(speak: Speak) -> None:
    talk = speak(
        "everything-else", "checklist.ways", "earlier", "all", "14 March 2026", "", "United Kingdom", "Sep 2026", "",
        "", "nothing", "quit", progress=record(account("facebook", hub="")),
    )  # fmt: skip
    assert "Where you live now: Netherlands. Since when?" in talk.heard
    assert [kind for kind in talk.events() if kind != "step-done"] == ["filed", "country-changed"]
    assert talk.last().text("from") == "GB"


def test_who_moved_is_asked_since_when(speak: Speak) -> None:
    talk = speak(
        "everything-else", "checklist.you", "Ireland", "Sep 2026", "", "", "", "", "", "quit", progress=WAITING
    )
    assert "Where you live now: Ireland. Since when?" in talk.heard
    (moved,) = (event for event in talk.account().events if event.kind == "country-changed")
    assert (str(moved.at.date()), moved.text("to")) == ("2026-09-01", "IE")


def test_who_moved_is_not_offered_the_former_postal_address(speak: Speak) -> None:
    remembered = Remembered({"name": "Anna Example", "sender-address": "1 Main Street\nUtrecht"})
    at_home = replace(WAITING, remembered={"": remembered})
    you = ("everything-else", "checklist.you")
    moved = speak(*you, "Ireland", "Sep 2026", "", "", "", "", "", "quit", progress=at_home)
    assert dict(moved.progress.remembered_of().for_letters) == {"name": "Anna Example"}
    assert "Your former postal address does not stand in letters any more." in moved.heard
    stayed = speak(*you, "", "", "", "", "", "quit", progress=at_home)
    assert stayed.progress.remembered_of() == remembered


def test_whose_country_is_set_first_with_older_entries_is_asked_where_they_lived_then(speak: Speak) -> None:
    nowhere = replace(WAITING, person=replace(WAITING.person, country=""))
    you = ("everything-else", "checklist.you", "Ireland")
    moved = speak(*you, "United Kingdom", "Sep 2026", "", "", "", "", "", "quit", progress=nowhere)
    assert "Where did you live when you objected?" in moved.text
    [entry_of_move] = [event for event in moved.account().events if event.kind == "country-changed"]
    assert (entry_of_move.text("from"), entry_of_move.text("to")) == ("GB", "IE")
    stayed = speak(*you, "", "", "", "", "", "quit", progress=nowhere)
    assert stayed.progress.person.country == "IE"
    assert "country-changed" not in stayed.events()


def test_before_a_complaint_is_chosen_it_is_told_where_it_goes(speak: Speak) -> None:
    talk = speak(*PAGE, "checklist.letters", "quit", progress=REFUSED)
    assert "It goes to Autoriteit Persoonsgegevens, on its page for complaints or by post: https://" in talk.text


def test_an_account_is_changed_moved_and_taken_out(speak: Speak) -> None:
    two = record(account("facebook"), account("instagram"))
    talk = speak(*PAGE, "checklist.edit", "", "Berta", "berta@example.org", "none", "", "", progress=two)
    assert (talk.account().name, talk.account().email, talk.account().linked_group) == (
        "Berta",
        "berta@example.org",
        "",
    )
    moved = speak(*PAGE, "checklist.moved", "", "quit", progress=WAITING)
    assert moved.last().kind == "moved-to-meta-account"
    gone = speak(*PAGE, "checklist.remove", "y", "quit", progress=WAITING)
    assert gone.progress.accounts == ()
    kept = speak(*PAGE, "checklist.remove", "", "quit", progress=WAITING)
    assert len(kept.progress.accounts) == 1


def test_the_platform_of_an_account_of_which_nothing_is_recorded_is_changed(speak: Speak) -> None:
    talk = speak(*PAGE, "checklist.edit", "threads", "", "", "", "", "quit", progress=record(account("facebook")))
    assert (talk.account().platform, talk.account().id) == ("threads", "facebook")
    told = speak(*PAGE, "checklist.edit", "quit", progress=WAITING)
    assert "Another kind of account? Take this one out and add it anew." in told.text
    assert "What is it?" not in told.text


def test_a_new_account_is_of_no_kind_by_itself_and_is_linked_with_one_of_the_list(speak: Speak) -> None:
    talk = speak(
        *("add", "", "instagram", "@anna.nl", "", "with:facebook", "quit"),
        progress=record(account("facebook"), account("whatsapp")),
    )
    groups = [(each.platform, each.linked_group) for each in talk.progress.accounts]
    assert groups == [("facebook", "Accounts Centre"), ("whatsapp", None), ("instagram", "Accounts Centre")]


def test_a_new_link_asks_since_when_where_an_objection_depends_on_it(speak: Speak) -> None:
    sent = record(account("facebook", entry("filed", at(9)), hub="private"), account("instagram"))
    talk = speak(
        "account:instagram",
        "everything-else",
        "checklist.edit",
        "",
        "",
        "",
        "in:private",
        "",
        "",
        "before",
        progress=sent,
    )
    assert "Here the objection for Facebook “Anna” (14 Nov) counts for what was linked when it was sent." in talk.text
    assert talk.last("instagram").fields["since"] == "before"


def test_an_account_is_said_to_be_a_childs_and_its_letter_is_written_for_the_child(speak: Speak) -> None:
    talk = speak(*PAGE, "checklist.edit", "", "", "", "", "Lena Huber", "quit", progress=NEW)
    assert "is it your child's account?" in talk.text
    assert talk.progress.child_of_account(talk.account()) == "Lena Huber"


def test_a_step_is_marked_taken_back_left_out_and_noted(speak: Speak) -> None:
    talk = speak(*PAGE, "checklist.tick", "open", "quit", progress=NEW)
    assert talk.last().fields == {"step": "open"}
    back = speak(*PAGE, "checklist.tick", "submit", "y", "quit", progress=WAITING)
    assert back.last().kind == "step-reopened"
    assert "will not count any more" in back.text
    skipped = speak(*PAGE, "checklist.skip", "open", "quit", progress=NEW)
    assert skipped.last().kind == "step-skipped"
    refused = speak(*PAGE, "checklist.skip", "submit", "quit", progress=WAITING)
    assert "cannot be left out: your objection rests on it." in refused.text
    noted = speak(*PAGE, "checklist.note", "open", "The menu", "was in Dutch.", ".", "quit", progress=NEW)
    assert noted.last().text("text") == "The menu\nwas in Dutch."


def test_an_objection_is_checked_after_a_year(speak: Speak) -> None:
    old = record(account("facebook", entry("filed", at(500)), entry("confirmed-by-mail", at(499))))
    talk = speak("next", "y", "quit", progress=old)
    assert talk.last().kind == "rechecked"


def test_a_right_to_a_court_rests_in_every_line_once_the_authority_wrote(speak: Speak) -> None:
    letter = entry("authority-wrote", at(9), says="asks")
    wrote = record(account("facebook", entry("filed", at(60)), entry("complained", at(20)), letter))
    heard = " ".join(speak(*PAGE, "checklist.periods", "quit", progress=wrote).heard)
    assert "Court, if the authority is silent: rests, or from 4 Feb 2027 on; the authority wrote on 14 Nov." in heard
    assert "If it is not, court is open from 4 Feb 2027 on." in heard


def test_the_day_that_an_authority_names_is_told_among_the_periods(speak: Speak) -> None:
    letter = entry("authority-wrote", at(1), **{"says": "rejected", "answer-by": date(2026, 12, 14)})
    decided = record(account("facebook", entry("filed", at(60)), entry("complained", at(20)), letter))
    heard = " ".join(speak(*PAGE, "checklist.periods", "quit", progress=decided).heard)
    assert "Court or appeal, after the decision: until 14 Dec; 21 days left." in heard
    assert "14 Dec 2026 is the last day for a court or an appeal against the authority's decision." in heard


def test_the_periods_are_told_with_how_each_was_worked_out(speak: Speak) -> None:
    talk = speak(*PAGE, "checklist.periods", "quit", progress=WAITING)
    assert "Answer to the objection: until 14 Dec; 21 days left." in talk.heard
    assert "GDPR Art. 12(3)" in talk.heard
    nothing = speak(*PAGE, "checklist.periods", "quit", progress=NEW)
    assert "No legal period runs here." in nothing.heard


def test_a_posted_letter_gets_the_day_on_which_it_arrived(speak: Speak) -> None:
    posted = record(account("facebook", entry("filed", at(9), form="letter")))
    talk = speak(*PAGE, "checklist.periods", "y", "known", "16 Nov", "", "quit", progress=posted)
    assert talk.last().kind == "letter-arrived"
    unknown = speak(*PAGE, "checklist.periods", "y", "unknown", "quit", progress=posted)
    assert unknown.last().text("day") == "unknown"


def test_the_authority_is_told_and_a_complaint_to_it_recorded(speak: Speak) -> None:
    talk = speak(*PAGE, "checklist.authority", "complained", "letter", "", "quit", progress=REFUSED)
    assert "Autoriteit Persoonsgegevens." in talk.heard
    assert (talk.last().kind, talk.last().text("by")) == ("complained", "letter")


def test_in_germany_the_land_is_asked_before_a_complaint(speak: Speak) -> None:
    german = record(account("facebook", entry("filed", at(9)), entry("refused", at(3))), country="DE")
    talk = speak("next", "complaint", "DE-HH", "quit", progress=german)
    assert talk.progress.person.land == "DE-HH"


def test_metas_words_are_taken_as_they_are_and_not_said_again_as_if_they_were_a_day(speak: Speak) -> None:
    waiting = record(account("facebook", entry("filed", at(9))))
    to_reasons = ("account:facebook", "step:confirm", "refused", "refused.given", "")
    talk = speak(*to_reasons, "Our interests come first.", "", "", "quit", progress=waiting)
    assert talk.last().text("meta-words") == "Our interests come first."
    assert "That is Our" not in talk.text


def test_metas_words_are_added_and_put_right_in_the_diary(speak: Speak) -> None:
    refused = entry("refused", at(3), grounds="given")
    waiting = record(account("facebook", entry("filed", at(9)), refused))
    to_words = ("account:facebook", "everything-else", "checklist.diary", refused.id, "meta-words")
    talk = speak(
        *to_words, "Our interests", refused.id, "meta-words", "Our interests count more", "quit", progress=waiting
    )
    [words] = {each.text("meta-words") for each in events_in_force(talk.progress.accounts[0].events)[1:]}
    assert words == "Our interests count more"
    assert talk.events()[-2:] == ["text-corrected", "text-corrected"]


def test_the_diary_is_read_an_entry_corrected_and_proof_kept(speak: Speak, tmp_path: Path) -> None:
    proof = tmp_path / "screen.png"
    proof.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    filed, refused = REFUSED.accounts[0].events
    talk = speak(
        *PAGE, "checklist.diary", refused.id, "date", "21 Nov 9:00", "", refused.id, "reference", "AB-12",
        refused.id, "proof", str(proof), "", "quit", progress=REFUSED,
    )  # fmt: skip
    assert talk.events()[-3:] == ["date-corrected", "text-corrected", "evidence"]
    assert talk.session is not None
    assert talk.session.attachments.find_file(evidence_file_of(talk.last())) is not None
    assert any("Kept file: screen.png." in line for line in talk.heard)
    assert filed.kind == EventKind.FILED


def test_a_letter_is_changed_saved_and_put_back(speak: Speak) -> None:
    talk = speak(
        *PAGE, "checklist.letters", "reminder", "Anna", "", "", "rewrite", "", "Please answer.", ".", "save", "read", "quit",
        progress=WAITING,
    )  # fmt: skip
    assert "Please answer." in talk.heard
    assert any(line.endswith(".txt") for line in talk.heard)
    again = speak(*PAGE, "checklist.letters", "quit")
    assert "Saved, not recorded as sent." in again.text
    opened = speak(*PAGE, "checklist.letters", "reminder", "quit")
    assert opened.heard[opened.heard.index("Saved, not recorded as sent:") + 1].endswith(".txt")
    back = speak(*PAGE, "checklist.letters", "reminder", "discard", "y", "read", "quit")
    assert "Please answer." not in back.text
    dutch = speak(*PAGE, "checklist.letters", "reminder", "language", "nl", "read", "quit")
    assert "Reminder, in Dutch." in dutch.heard


def test_of_one_account_alone_nothing_is_said_or_asked_of_links(speak: Speak) -> None:
    listed = speak("account:facebook", "step:identify", "complete", "quit", progress=NEW)
    assert listed.events() == ["step-done"]
    assert "known whether" not in listed.text
    talk = speak(*PAGE, "checklist.edit", "", "Berta", "", "", "", "quit")
    assert talk.account().name == "Berta"
    assert "In which Accounts Centre or Meta Account is it?" not in talk.text
    assert "known whether" not in talk.text


def test_what_letters_remember_is_heard_and_changed_in_your_details_and_at_the_account(speak: Speak) -> None:
    you, edit = ("everything-else", "checklist.you", "", "", ""), (*PAGE, "checklist.edit", "", "")
    read = (*PAGE, "checklist.letters", "reminder", "read", "quit")
    speak(*you, "Anna Example", "Dam 1, 1012 Amsterdam", "quit", progress=WAITING)
    speak(*edit, "facebook.com/wrong", "", "quit")
    changed = speak(*edit, "facebook.com/anna", "", "quit")
    assert "Enter alone takes: facebook.com/wrong." in changed.heard
    letter = speak(*read)
    assert "Anna Example" in letter.heard
    assert "facebook.com/anna" in letter.text
    assert "facebook.com/wrong" not in letter.text
    emptied = speak(*you, "", "-", "quit")
    assert "Enter alone takes: Anna Example." in emptied.heard
    assert "Enter alone takes: Dam 1, 1012 Amsterdam." in emptied.heard
    assert "[your postal address]" in speak(*read[:-2], "", "read", "quit").heard


def test_a_shorter_address_in_a_letter_written_anew_is_taken_over_only_after_a_yes(speak: Speak) -> None:
    opened = (*PAGE, "checklist.letters", "reminder")
    first = speak(
        *opened, "Anna Example", "Example Street 1, Top floor, 1000 Example", "", "read", "quit", progress=WAITING
    )
    letter = first.heard[first.heard.index("The letter begins here.") + 1 :]
    shorter = [line.removesuffix(", Top floor") for line in letter]
    assert shorter != letter
    for answer, is_left in (("", True), ("y", False)):
        talk = speak(*opened, "rewrite", "", *shorter, ".", answer, "quit")
        assert "Is the shorter one right for other letters too?" in talk.heard
        assert ("Top floor" in speak(*PAGE, "checklist.letters", "objection", "read", "quit").text) is is_left


def test_discarding_a_letter_forgets_what_was_remembered_since_it_was_opened(speak: Speak) -> None:
    opened = (*PAGE, "checklist.letters", "reminder")
    speak(
        *opened,
        "Anna Example",
        "",
        "",
        "fill",
        "Dam 1, 1012 Amsterdam",
        "",
        "",
        "discard",
        "y",
        "quit",
        progress=WAITING,
    )
    letter = speak(*opened, "read", "quit")
    assert "Anna Example" in letter.heard
    assert "Dam 1" not in letter.text


def test_a_letter_that_was_filled_in_is_put_back_only_after_a_yes(speak: Speak) -> None:
    opened = (*PAGE, "checklist.letters", "reminder")
    kept = speak(*opened, "Anna", "", "", "rewrite", "", "Please answer.", ".", "discard", "", "quit", progress=WAITING)
    assert "Put the letter back as the diary fills it?" in kept.heard
    assert "Enter alone means no." in kept.heard
    assert "The letter is as the diary fills it." not in kept.heard
    assert "Please answer." in speak(*opened, "read", "quit").heard
    untouched = speak(*opened, "Anna", "", "", "discard", "quit", progress=WAITING)
    assert "Put the letter back as the diary fills it?" not in untouched.heard


def test_the_numbers_of_what_is_done_with_a_letter_stay_when_its_gaps_are_filled(speak: Speak) -> None:
    opened = (*PAGE, "checklist.letters", "reminder", "", "", "")
    heard = speak(
        *opened, "fill", "Anna Example", "Dam 1", "Amsterdam", "facebook.com/anna", "quit", progress=WAITING
    ).heard
    for words in ("1. Read the letter", "3. Write its text anew"):
        assert heard.count(words) == 2, words
    assert sum(bool(re.match(r"\d\. Fill in the", line)) for line in heard) == 1, "\n".join(heard)


def test_the_case_file_is_written_where_the_person_says(speak: Speak, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    talk = speak(*PAGE, "checklist.export", "this", "whole", "n", "nl", str(folder), "quit", progress=REFUSED)
    assert {path.suffix for path in folder.iterdir()} >= {".html", ".md", ".json"}
    assert any(str(folder) in line for line in talk.heard)
    [page] = folder.glob("*.html")
    assert 'lang="nl"' in page.read_text(encoding="utf-8")
    masked = speak(*PAGE, "checklist.export", "all", "redact", "en", str(tmp_path / "masked"), "quit")
    assert "With a copy of each kept file?" not in masked.text


def test_the_review_of_whatsapp_is_gone_through_point_by_point(speak: Speak) -> None:
    talk = speak("account:whatsapp", "step:review", *["", "1"] * 8, "quit", progress=record(account("whatsapp")))
    assert talk.events("whatsapp").count("review-answered") == 8
    assert "WhatsApp “Anna”: reviewed." in talk.text


def test_exported_chats_are_scanned_counted_and_recorded(speak: Speak, tmp_path: Path) -> None:
    chat = tmp_path / "WhatsApp Chat with Bob.txt"
    chat.write_text("1/29/24, 12:24 - Anna: @Meta AI hi\n1/29/24, 12:25 - Meta AI: hello\n", encoding="utf-8")
    talk = speak(
        "account:whatsapp", "step:review", "scan", str(tmp_path / "none.txt"), str(chat), "who", "Anna", "record",
        "messages", "done", "privacy", "Bob", "on", "", "back", "quit", progress=record(account("whatsapp")),
    )  # fmt: skip
    assert "There is nothing at" in talk.text
    assert "You are Anna in it: 1 by you." in talk.heard
    assert "29 Jan 2024, 12:24, Anna: @Meta AI hi" in talk.heard
    assert talk.last("whatsapp").kind == "reviewed-chats"
    assert "@Meta AI hi" not in str(talk.progress)


def test_how_far_a_reading_is_is_told_in_words() -> None:
    heard: list[str] = []
    job = Job(ProgressLines(heard.append).report)
    for done in range(121):
        job.report(done * 1_000_000, 120_000_000)
    assert heard == ["Read 30 of 120 MB.", "Read 60 of 120 MB.", "Read 90 of 120 MB."]


def test_metas_download_brings_accounts_into_the_list(speak: Speak, tmp_path: Path) -> None:
    profile = tmp_path / "profile_information.json"
    profile.write_text('{"profile_v2": {"username": "zoe.example", "name": {"full_name": "Zoe"}}}', encoding="utf-8")
    talk = speak("everything-else", "everywhere.download", "read", str(profile), "mine", "take", "", "exposure", "ready", "quit", progress=record(account("instagram")))  # fmt: skip
    assert [each.platform for each in talk.progress.accounts] == ["instagram", "facebook"]
    asked = speak("everything-else", "everywhere.download", "asked", "quit", progress=NEW)
    assert asked.last().kind == "download-asked"


def test_the_persons_details_can_be_changed(speak: Speak) -> None:
    talk = speak(
        "everything-else", "checklist.you", "switzerland", "de", "neu@example.org", "all", "", "", "quit", progress=NEW
    )
    person = talk.progress.person
    assert (person.country, person.language, person.email) == ("CH", "de", "neu@example.org")


def test_a_corrected_address_is_carried_on_in_lines_too(speak: Speak) -> None:
    old = "anna@example.org"
    accounts = record(account("facebook", email=old), account("instagram", email=old))
    talk = speak("everything-else", "checklist.you", "", "", "anna@gmial.com", "anna@gmail.com", "all", "", "", "quit", progress=accounts)  # fmt: skip
    assert {each.email for each in talk.progress.accounts} == {"anna@gmail.com"}
    talk = speak("account:facebook", "step:submit", "email", "new@example.org", "facebook", "quit", progress=accounts)
    assert [each.email for each in talk.progress.accounts] == ["new@example.org", old]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("checklist.overview",), "its own, of"),
        (("overview.timeline",), "Everything that happened:"),
        (("everywhere.kept",), "Kept here: your record. Files: 1."),
        (("everywhere.manual", "letters"), "Letters and complaint."),
        (("everywhere.rehearse",), "metaoptout-tui --plain rehearse"),
        (("checklist.guidance",), "Guide of 23 Nov 2026."),
        (("everywhere.reach", "frauds", "sources", "1"), "Source:"),
        (("everywhere.reach", "third-party"), "Data about you without an account."),
    ],
)
def test_what_else_there_is_to_know_is_told(speak: Speak, typed: tuple[str, ...], told: str) -> None:
    assert told in speak("everything-else", *typed, "quit", progress=REFUSED).text


def test_whether_accounts_were_linked_then_is_asked_where_it_matters(speak: Speak) -> None:
    later = entry("account-added", at(1), hub="private", since="unknown")
    undated = record(
        account("facebook", entry("filed", at(40)), entry("confirmed-by-mail", at(39)), hub="private"),
        account("instagram", later, hub="private"),
    )
    talk = speak("next", "before", "quit", progress=undated)
    assert talk.last("instagram").fields.get("since") == "before"


@pytest.mark.parametrize(
    ("lines", "asked_twice"),
    [
        (("account:facebook", "step:identify", "add", "back"), "Are these all your accounts?"),
        (("account:facebook", "step:submit", "go-on", "sent", "back"), "Fill in the form and press Send there. What now?"),
        (("account:facebook", "step:submit", "go-on", "email", "other", "back"), "Fill in the form and press Send there. What now?"),
        ((*PAGE, "checklist.letters", "objection", "Anna", "", "", "sent", "back"), "Objection without the form. What do you want to do with it?"),
        ((*PAGE, "checklist.diary", "1", "back"), "Which entry do you want to correct, or keep proof of?"),
        ((*PAGE, "checklist.authority", "complained", "back"), "Autoriteit Persoonsgegevens."),
        ((*PAGE, "back"), "What do you want to do with it?"),
    ],
)  # fmt: skip
def test_back_leads_to_the_question_from_which_one_came(speak: Speak, lines: tuple[str, ...], asked_twice: str) -> None:
    assert speak(*lines, "quit", progress=WAITING).heard.count(asked_twice) == 2


def test_back_from_what_came_back_leads_through_its_questions(speak: Speak) -> None:
    talk = speak("account:facebook", "step:confirm", "refused", "back", "refused", "refused.other", "back", "quit", progress=WAITING)  # fmt: skip
    assert talk.heard.count("What came back?") == 3
    assert talk.events() == ["filed"]


@pytest.fixture
def _ctrl_c_as_in_a_terminal() -> Iterator[None]:
    """Where tests run side by side, the one who runs them ignores the signal."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.usefixtures("_ctrl_c_as_in_a_terminal")
def test_a_reading_is_stopped_with_ctrl_c_and_what_was_read_is_told() -> None:
    heard: list[str] = []

    def read(job: Job) -> str:
        signal.raise_signal(signal.SIGINT)
        return "stopped" if job.is_cancelled else "whole"

    assert read_until_interrupted(heard.append, read, Job()) == "stopped"
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_what_is_typed_and_not_recorded_is_offered_again_in_either_way_of_use(speak: Speak) -> None:
    begun = speak("account:facebook", "step:confirm", "confirmed-by-mail", "", "AB-12", progress=WAITING)
    assert begun.progress.drafts["confirm:facebook"]["reference"] == "AB-12"
    talk = speak("account:facebook", "step:confirm", "confirmed-by-mail", "", "", "", "quit")
    assert talk.last().text("reference") == "AB-12"
    assert talk.progress.drafts == {}
    speak(*PAGE, "checklist.note", "open", "The menu", progress=NEW)
    noted = speak(*PAGE, "checklist.note", "open", "", "quit")
    assert noted.last().text("text") == "The menu"


def test_somebody_without_an_account_objects_to_the_use_of_data_from_elsewhere(speak: Speak) -> None:
    talk = speak("austria", "none", "anna@example.org", "everything-else", "checklist.ways", "no-account", "elsewhere", "sent", "", "quit")  # fmt: skip
    (account,) = talk.progress.accounts
    assert (account.platform, account.linked_group) == ("elsewhere", "")
    assert (talk.last(account.id).kind, talk.last(account.id).text("form")) == ("filed", "elsewhere")
    assert "logged in" not in talk.text
    assert "linked" not in talk.text
    asked = speak(f"account:{account.id}", "step:confirm", "more-asked", "more-asked.examples", "", "", "", "quit")
    assert asked.last(account.id).text("for") == "examples"


def test_a_letter_that_was_read_out_is_asked_about_on_leaving_it(speak: Speak) -> None:
    letter = (*PAGE, "checklist.letters", "reminder", "Anna", "", "", "read", "back")
    talk = speak(*letter, "y", "online", "", "quit", progress=WAITING)
    assert "Did you send the letter?" in talk.heard
    assert "reminded" in talk.events()
    assert speak(*letter, "", "quit", progress=WAITING).events() == ["filed"]


def test_a_day_on_which_a_letter_cannot_have_been_sent_is_asked_again_where_it_was_typed(speak: Speak) -> None:
    filed = entry("filed", at(50))
    progress = record(account("facebook", filed))
    early, good = at(60).date().isoformat(), at(1).date().isoformat()
    letter = (*PAGE, "checklist.letters", "reminder", "Anna", "", "", "sent", "online")
    talk = speak(*letter, early, good, "", "quit", progress=progress)
    assert "is before the objection" in talk.text
    assert talk.last().kind in ("reminded", "evidence")
    assert "reminded" in talk.events()


def test_a_question_whether_meta_acts_on_it_is_awaited_and_its_answer_recorded(speak: Speak) -> None:
    filed = entry("filed", at(50), email="anna@example.org")
    confirmed = record(account("facebook", filed, entry("confirmed-by-mail", at(40)), hub=""))
    letter = (*PAGE, "checklist.letters", "asked-applied", "Anna", "", "", "read", "back")
    asked = speak(*letter, "y", "online", "", "quit", progress=confirmed)
    assert "asked-applied" in asked.events()
    assert "sent on 23 Nov. Wait for Meta's answer to your question until 23 Dec: Facebook “Anna”." in asked.text
    step = ("account:facebook", "step:confirm", "inquiry-answered", "inquiry-answered.applied", "", "", "")
    answered = speak(*step, "quit")
    assert "Next: Wait for Meta's answer to your question until 23 Dec: Facebook “Anna”." in answered.heard
    assert answered.last().text("answers") == "inquiry"
    assert "Keep the mail too: “Keep proof: a mail or a picture”." in answered.heard


def test_a_letter_dated_before_the_month_it_tells_of_ended_is_asked_about(speak: Speak) -> None:
    silent = record(account("facebook", entry("filed", at(50))))
    early = at(40).date().isoformat()
    talk = speak(
        *PAGE, "checklist.letters", "reminder", "Anna", "", "", "sent", "online", early, "", "change", early, "", "right",
        "quit", progress=silent,
    )  # fmt: skip
    assert talk.text.count("is before Meta's time was over") == 2
    assert "reminded" in talk.events()
    assert "evidence" not in talk.events()


def test_what_looked_different_is_reported_without_naming_anybody(speak: Speak) -> None:
    talk = speak(
        *PAGE, "everywhere.different", "open", "Instagram 412", "Settings of anna@example.org", "then Privacy.", ".", "",
        "quit", progress=NEW,
    )  # fmt: skip
    assert "- App or browser: Instagram 412" in talk.heard
    assert "> then Privacy." in talk.heard
    assert not any("anna@example.org" in line for line in talk.heard)
    assert any(line.endswith("looked-different-2026-11-23.md") for line in talk.heard)


def test_a_rehearsal_does_not_say_that_all_is_kept(speak: Speak, tmp_path: Path) -> None:
    talk = speak("quit", rehearsal=PlainRehearsal(MovableClock(lambda: NOW), tmp_path))
    assert "Nothing of this rehearsal stays when you leave it." in talk.text
    assert "All is kept in this file" not in talk.text


def test_a_rehearsal_lets_time_pass_and_marks_its_letters(speak: Speak, tmp_path: Path) -> None:
    rehearsal = PlainRehearsal(MovableClock(lambda: NOW), tmp_path)
    talk = speak(
        "everything-else", "rehearsal.go-on", "month", "next", "reminder", "", "", "", "read", "list", *PAGE,
        "checklist.export", "all", "redact", "", str(tmp_path.parent / "elsewhere"), "quit",
        progress=WAITING, rehearsal=rehearsal,
    )  # fmt: skip
    assert "It is now 24 Dec 2026." in talk.heard
    assert "REHEARSAL: the person in this letter is invented. Do not send it." in talk.heard
    assert "In a rehearsal files go only into" in talk.text
    assert not (tmp_path.parent / "elsewhere").exists()


def test_an_account_without_a_log_in_is_written_down_and_told_what_can_be_done(speak: Speak) -> None:
    one = record(account("facebook"))
    talk = speak("everything-else", "checklist.ways", "no-login", "hacked", "yesterday", "", "ready", progress=one)
    assert (talk.last().kind, talk.last().text("log-in")) == ("log-in", "hacked")


def test_what_became_of_an_account_is_set_right_with_a_year_alone(speak: Speak) -> None:
    hacked = record(account("facebook", entry("log-in", at(9), **{"log-in": "hacked"})))
    change = ("everything-else", "checklist.ways", "no-login")
    talk = speak(*change, "deleted", "2019", "y", "ready", progress=hacked)
    assert "That is 2019. Is that right?" in talk.text
    assert talk.events() == ["log-in", "step-reopened", "log-in"]
    assert "Recorded since 2019: “deleted”. Change it" in talk.text


REASON = ("account:facebook", "step:submit", "reason")


def test_whether_there_is_to_be_a_reason_is_asked_first_and_no_is_the_first_answer(speak: Speak) -> None:
    talk = speak(*REASON, "1", "quit", progress=NEW)
    asked = talk.heard[talk.heard.index("Do you want to give a reason?") :]
    assert asked[1:4] == ["1. No, leave it empty", "2. Write it myself", "3. Let me be asked: 8 short questions"]
    assert "The reason is empty." in talk.heard


def test_the_questions_for_a_reason_are_numbered_and_end_with_stop(speak: Speak) -> None:
    talk = speak(*REASON, "compose", "1,2", "stop", "quit", progress=NEW)
    assert "Question 1 of 8: Which of your data matter most to you? The objection is to the use of all." in talk.text
    assert any(line.startswith("Question 2 of 8: ") for line in talk.heard)
    assert not any(line.startswith("Question 3 of 8: ") for line in talk.heard)
    assert "You chose: public posts, photos and captions." in talk.heard
    assert talk.session is not None
    reason = talk.session.diary_service.objection_draft("facebook").reason
    assert reason
    again = speak(*REASON, "keep", "quit")
    assert reason in again.text
    kept = speak("account:facebook", "step:submit", "sent", "", "quit")
    assert kept.last().text("reason") == reason


def test_stop_at_the_first_question_leaves_a_reason_as_it_was(speak: Speak) -> None:
    talk = speak(*REASON, "write", "It is mine.", ".", "reason", "compose", "stop", "sent", "", "quit", progress=NEW)
    assert talk.last().text("reason") == "It is mine."


def test_a_field_that_is_not_always_asked_is_told_in_a_whole_sentence(speak: Speak) -> None:
    talk = speak("account:facebook", "step:submit", "quit", progress=NEW)
    question = next(line for line in talk.heard if "Is it about AI at Meta?" in line)
    assert question.endswith("If the form asks “Is it about AI at Meta?”:")
    assert talk.heard[talk.heard.index(question) + 1] == "Yes"


def test_an_address_may_be_typed_where_its_number_is_asked(speak: Speak) -> None:
    talk = speak(
        "account:facebook", "step:submit", "email", "no address", "shop@example.org", "sent", "", "quit", progress=NEW
    )
    assert "“no address” is none of the answers." in talk.heard
    assert talk.last().text("email") == "shop@example.org"


def test_a_later_start_says_at_once_which_words_can_be_typed(speak: Speak) -> None:
    talk = speak("quit", progress=WAITING)
    assert talk.heard[0] == "At every question you can type help, back, undo or quit."


def test_a_list_says_which_it_is_before_it_asks(speak: Speak) -> None:
    talk = speak("everything-else", "back", "account:facebook", "everything-else", "quit", progress=NEW)
    before = [talk.heard[number - 1] for number, line in enumerate(talk.heard) if line.startswith("What ")]
    assert before[1] == "Everything else."
    assert before[-1] == "Everything else for this account."


def test_one_step_back_leads_from_a_thing_to_the_list_that_it_was_chosen_from(speak: Speak) -> None:
    talk = speak(
        "everything-else", "everywhere.kept", "kept.join", "help", "back", "help", "back", "help", "back", progress=NEW
    )
    led = [line for line in " ".join(talk.heard).split("Your answer: ") if "leads back to this" in line]
    assert ["“What is kept, and where”" in led[0], "“Everything else”" in led[1]] == [True, True]
    assert "the list of your accounts" in led[2]
    asked = [line for line in talk.heard if line.startswith(("What would", "Which file"))]
    assert asked[-3:] == [
        "What would you like to do? Type back for nothing of it.",
        "What would you like to do?",
        "What would you like to do?",
    ]


CASE_FILE = ("account:facebook", "everything-else", "checklist.export")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ((*CASE_FILE, "", "whole", "", "back", "back"), "With names and addresses, or with them hidden?"),
        (("account:facebook", "everything-else", "checklist.note", "open", "back"), "Which step?"),
        (("everything-else", "checklist.ways", "no-login", "hacked", "back"), "What became of"),
        (
            ("account:facebook", "step:confirm", "confirmed-by-mail", "", "", "back"),
            "Type the case number that Meta gave it, if there is one.",
        ),
        (("account:facebook", "everything-else", "checklist.helper", "Rosa", "orally", "back"), "How was that?"),
        (
            ("account:facebook", "everything-else", "checklist.edit", "Anna", "", "new", "back"),
            "In which Accounts Centre",
        ),
        (("everything-else", "everywhere.people", "take-in-person", "HERE", "back"), "Which folder?"),
        (("everything-else", "everywhere.people", "add-person", "back"), "Which record do you want to open?"),
    ],
)
def test_back_within_something_leads_to_the_question_before(
    speak: Speak, tmp_path: Path, typed: tuple[str, ...], asked: str
) -> None:
    save_in(tmp_path / "omar", record(account("instagram")))
    sent = record(account("facebook", entry("filed", at(9)), hub="private"))
    talk = speak(*(line.replace("HERE", str(tmp_path / "omar")) for line in typed), progress=sent)
    questions = [line for line in talk.heard if line.endswith(("?", "if there is one."))]
    assert questions[-1].startswith(asked)


def test_who_says_one_sentence_is_heard_without_all_the_sentences_again(speak: Speak) -> None:
    sent = record(account("facebook", entry("filed", at(9))))
    to_sources = ("account:facebook", "step:confirm", "sources")
    talk = speak(*to_sources, "1", "2", "back", progress=sent)
    first = next(line for line in talk.heard if line.startswith("1. Did a message appear"))
    assert talk.heard.count(first) == 1
    assert talk.text.count("Source: ") >= 2
    assert "Another number? Type again to hear all of them" in talk.text
    assert speak(*to_sources, "1", "again", progress=sent).heard.count(first) == 2


def test_what_came_back_can_be_recorded_from_the_list_for_one_of_several_that_wait(speak: Speak) -> None:
    both = record(account("facebook", entry("filed", at(3))), account("instagram", entry("filed", at(3))))
    talk = speak("reply", "instagram", "answer-missing", "", "", "", "quit", progress=both)
    assert "For which account did something come back?" in talk.heard
    assert talk.events("instagram")[-1] == "answer-missing"
    assert talk.events() == ["filed"]
    nothing_sent = speak("quit", progress=record(account("facebook")))
    assert "Record what came back" not in nothing_sent.text


def test_what_was_recorded_by_mistake_is_taken_back_and_the_right_thing_recorded(speak: Speak) -> None:
    talk = speak(
        "account:facebook", "offer:confirm/correction", "reply", "y", "confirmed-by-mail", "", "", "", "quit",
        progress=REFUSED,
    )  # fmt: skip
    assert "will not count any more" in talk.text
    assert talk.last().kind == "confirmed-by-mail"


def test_where_an_account_gets_an_objection_of_its_own_is_said_and_there_it_is(speak: Speak) -> None:
    filed = entry("filed", at(9), email="anna@example.org")
    covered = record(account("facebook", filed, hub="private"), account("instagram", hub="private"))
    at_step = speak("account:instagram", "step:submit", "list", "account:instagram", "quit", progress=covered).text
    _said, told, after = at_step.partition("To be sure, object for it too: “Object for this account too”.")
    assert told
    where = "That is on the page of the account: type list, then choose the account."
    assert after.strip().startswith(where)
    assert re.search(r"\d+\. Object for this account too", after)
    alone = speak("account:facebook", "step:confirm", "quit", progress=covered)
    assert where not in alone.text


def test_a_mail_for_another_account_is_moved_there_in_lines(speak: Speak) -> None:
    wrong = entry("confirmed-by-mail", at(1))
    both = record(
        account("facebook", entry("filed", at(3)), wrong, hub=""), account("instagram", entry("filed", at(3)), hub="")
    )
    talk = speak("account:facebook", "offer:confirm/correction", "account", "instagram", "quit", progress=both)
    assert "Taken back here, and written down for Instagram “Anna”." in talk.text
    assert talk.events("instagram") == ["filed", "confirmed-by-mail"]
    assert talk.last().text("entry") == wrong.id
