"""A letter with its addressee, law and language, as a screen or a command gets it."""

from dataclasses import dataclass

import pytest

from metaoptout_tui.app.letters import LetterDraft, initial_language, letters_for
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.record.accounts import Record
from metaoptout_tui.guidance.loader import load_authorities
from samples import Clock, account, at, entry, open_session, record


@dataclass
class Desk:
    """What a letter is written from."""

    session: Session
    language: str = "en"
    letter_heading: str = ""

    def authorities(self) -> AuthorityDirectory:
        return load_authorities()


def desk(playbook: Playbook, progress: Record) -> Desk:
    return Desk(open_session(playbook, Clock(), [], progress))


def test_after_a_move_the_letters_of_an_old_objection_are_those_of_the_law_it_was_sent_under(
    playbook: Playbook,
) -> None:
    moved = (entry("filed", at(90)), entry("country-changed", at(70), from_="NL", to="GB"))
    here = desk(playbook, record(account("facebook", *moved), country="GB"))
    status = here.session.view.require_status("facebook")
    assert "complaint" in letters_for(status)
    assert "complaint-uk" not in letters_for(status)
    language = initial_language(here, "complaint", "facebook")
    complaint = LetterDraft(here, "facebook", "complaint", language).from_diary
    assert "Aan: Autoriteit Persoonsgegevens\nPostbus 93374" in complaint.text
    assert "artikel 77 AVG" in complaint.text
    reminder = LetterDraft(here, "facebook", "reminder", "en").from_diary.text
    assert "(Article 12(3) GDPR)" in reminder
    assert "12A" not in reminder
    anew = LetterDraft(here, "facebook", "objection", "en").from_diary.text
    assert "UK GDPR" in anew
    assert reminder.startswith("To: Meta Platforms Ireland Limited\nMerrion Road\nDublin 4\n")
    assert "Merrion Road" not in anew


def test_where_meta_has_no_known_company_it_is_said_for_where_the_person_lived_then(playbook: Playbook) -> None:
    moved = (entry("filed", at(90)), entry("country-changed", at(70), from_="GB", to="IE"))
    here = desk(playbook, record(account("facebook", *moved), country="IE"))
    for language, words in (("en", "for where you lived then"), ("de", "für Ihren damaligen Wohnort")):
        assert words in LetterDraft(here, "facebook", "reminder", language).from_diary.text
    stayed = desk(playbook, record(account("facebook", moved[0]), country="GB"))
    assert "for where you live]" in LetterDraft(stayed, "facebook", "reminder", "en").from_diary.text


def test_a_letter_in_the_uk_cites_the_article_that_holds_since_2026_and_names_no_address(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90))), country="GB"))
    reminder = LetterDraft(here, "facebook", "reminder", "en").from_diary.text
    assert "(Articles 12(3) and 12A UK GDPR)" in reminder
    assert "Ireland" not in reminder
    notes = LetterDraft(here, "facebook", "reminder", "en").notes(with_place=True, with_warnings=True)
    assert "was not found" in notes


def test_a_swiss_question_has_thirty_days_and_the_notice_goes_to_the_federal_commissioner(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90))), country="CH"))
    question = LetterDraft(here, "facebook", "asked-applied", "de").from_diary.text
    assert "Artikel 25" in question
    assert "innerhalb von 30 Tagen" in question
    notice = LetterDraft(here, "facebook", "complaint-ch", "de").from_diary.text
    assert "An\nEidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter (EDÖB)\nFeldeggweg 1\n3003 Bern" in notice


def test_what_is_to_stand_above_every_letter_does_so_however_it_leaves(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(60)))))
    here.letter_heading = "NOT A REAL LETTER"
    letter = LetterDraft(here, "facebook", "complaint", "nl")
    subject, body = letter.subject_and_body_to_send(letter.from_diary, "Klacht", letter.from_diary.text)
    assert body.startswith("NOT A REAL LETTER\n\n")
    assert "NOT A REAL LETTER" in letter.text_to_copy(letter.from_diary, subject, letter.from_diary.text)
    assert b"NOT A REAL LETTER" in letter.page_to_print(subject, body)


@pytest.mark.parametrize(
    ("language", "country"), [("de", "Irland"), ("fr", "Irlande"), ("nl", "Ierland"), ("it", "Irlanda")]
)
def test_the_recipient_stands_in_lines_with_the_country_in_the_language_of_the_letter(
    playbook: Playbook, language: str, country: str
) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90)))))
    recipient = LetterDraft(here, "facebook", "reminder", language).from_diary.text.split("\n\n")[0].split("\n")
    assert (recipient[-1], len(recipient) >= 4) == (country, True)
