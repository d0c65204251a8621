"""A letter with its addressee, law and language, as a screen or a command gets it."""

from dataclasses import dataclass, replace

import pytest

from metaoptout_tui.app.letters.letter_notes import letter_notes, place_to_send
from metaoptout_tui.app.letters.letter_questions import (
    QuestionOfLetter,
    letter_question,
    open_questions_of,
    remember_answer,
)
from metaoptout_tui.app.letters.letter_sender import remember_for_letters
from metaoptout_tui.app.letters.letters import LetterDraft, initial_language, letters_for
from metaoptout_tui.app.session import Session
from metaoptout_tui.core.guidance.authorities import AuthorityDirectory
from metaoptout_tui.core.guidance.playbook import Playbook
from metaoptout_tui.core.letters.postal_address import address_lines, place_of_address
from metaoptout_tui.core.record.accounts import CHILD_NAME, Record
from metaoptout_tui.core.record.event_ids import new_event_id
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.remembered import Remembered
from metaoptout_tui.documents.letters import language_texts, letter_languages_of
from metaoptout_tui.guidance.loader import load_authorities, load_countries
from samples import NOW, Clock, account, at, entry, open_session, record

ABOUT_A_COMPLAINT = ("authority-answer", "authority-status", "meta-gave-in")


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
    complaint = LetterDraft(here, "facebook", "complaint", language).prefilled
    assert "\n\nAutoriteit Persoonsgegevens\nPostbus 93374" in complaint.text
    assert "artikel 77 AVG" in complaint.text
    reminder = LetterDraft(here, "facebook", "reminder", "en").prefilled.text
    assert "(Article 12(3) GDPR)" in reminder
    assert "12A" not in reminder
    anew = LetterDraft(here, "facebook", "objection", "en").prefilled.text
    assert "UK GDPR" in anew
    assert "\n\nMeta Platforms Ireland Limited\nMerrion Road\nDublin 4\n" in reminder
    assert "Merrion Road" not in anew


def test_where_meta_has_no_known_company_it_is_said_for_where_the_person_lived_then(playbook: Playbook) -> None:
    moved = (entry("filed", at(90)), entry("country-changed", at(70), from_="GB", to="IE"))
    here = desk(playbook, record(account("facebook", *moved), country="IE"))
    for language, words in (("en", "for where you lived then"), ("de", "für Ihren damaligen Wohnort")):
        assert words in LetterDraft(here, "facebook", "reminder", language).prefilled.text
    stayed = desk(playbook, record(account("facebook", moved[0]), country="GB"))
    assert "for where you live]" in LetterDraft(stayed, "facebook", "reminder", "en").prefilled.text


def test_a_letter_in_the_uk_cites_the_article_that_holds_since_2026_and_names_no_address(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90))), country="GB"))
    reminder = LetterDraft(here, "facebook", "reminder", "en").prefilled.text
    assert "(Articles 12(3) and 12A UK GDPR)" in reminder
    assert "Ireland" not in reminder
    notes = letter_notes(LetterDraft(here, "facebook", "reminder", "en"), with_place=True, with_warnings=True)
    assert "was not found" in notes


def test_an_answer_goes_to_the_contact_in_the_authoritys_letter_and_not_to_its_page_for_new_complaints(
    playbook: Playbook,
) -> None:
    wrote = entry("authority-wrote", at(5), says="asks")
    here = desk(playbook, record(account("facebook", entry("filed", at(90)), entry("complained", at(30)), wrote)))
    contact = "Send it to the contact in the authority's letter"
    for id in ABOUT_A_COMPLAINT:
        notes = letter_notes(LetterDraft(here, "facebook", id, "nl"), with_place=True, with_warnings=True)
        assert notes.startswith(contact)
        assert "give the reference of that letter" in notes
        assert "https://" not in notes + place_to_send(here, id, "facebook")
        assert place_to_send(here, id, "facebook").startswith(contact)


@pytest.mark.parametrize("country", ["NL", "IE", "FR", "GB", "CH"])
def test_a_silent_authority_is_asked_at_its_address_and_not_on_its_page_for_new_complaints(
    playbook: Playbook, country: str
) -> None:
    complained = account("facebook", entry("filed", at(120)), entry("complained", at(100)))
    here = desk(playbook, record(complained, country=country))
    authority = here.authorities().authority_for(country)
    assert authority is not None
    for id in ("authority-status", "meta-gave-in"):
        notes = letter_notes(LetterDraft(here, "facebook", id, "en"), with_place=True, with_warnings=True)
        assert notes.startswith("If the authority wrote to you, send it to the contact in its letter")
        assert f"Otherwise it goes to {authority.full_name}" in notes
        assert authority.complaint_page not in notes


def test_a_swiss_question_has_thirty_days_and_the_notice_goes_to_the_federal_commissioner(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90))), country="CH"))
    question = LetterDraft(here, "facebook", "asked-applied", "de").prefilled.text
    assert "Artikel 25" in question
    assert "innerhalb von 30 Tagen" in question
    notice = LetterDraft(here, "facebook", "complaint-ch", "de").prefilled.text
    assert (
        "\n\nEidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter (EDÖB)\nFeldeggweg 1\n3003 Bern\n\n" in notice
    )


def test_what_is_to_stand_above_every_letter_does_so_however_it_leaves(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(60)))))
    here.letter_heading = "NOT A REAL LETTER"
    written = LetterDraft(here, "facebook", "complaint", "nl").written
    _subject, body = written.subject_and_body_to_send
    assert body.startswith("NOT A REAL LETTER\n\n")
    assert "NOT A REAL LETTER" in written.text_to_copy
    assert b"NOT A REAL LETTER" in written.page_to_print


@pytest.mark.parametrize(
    ("language", "country"), [("de", "Irland"), ("fr", "Irlande"), ("nl", "Ierland"), ("it", "Irlanda")]
)
def test_the_recipient_stands_in_lines_with_the_country_in_the_language_of_the_letter(
    playbook: Playbook, language: str, country: str
) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90)))))
    recipient = LetterDraft(here, "facebook", "reminder", language).prefilled.text.split("\n\n")[1].split("\n")
    assert (recipient[-1], len(recipient) >= 4) == (country, True)


COUNTRIES_WITH_AN_AUTHORITY = [authority.code for authority in load_authorities().by_code.values()]


@pytest.mark.parametrize("code", COUNTRIES_WITH_AN_AUTHORITY)
def test_the_country_of_an_authority_stands_in_its_address_only_where_the_letter_leaves_the_country(
    playbook: Playbook, code: str
) -> None:
    country, _unused, land = code.partition("-")
    address = load_authorities().by_code[code].contact.address
    at_home = record(account("facebook", entry("filed", at(90))), country=country)
    here = desk(playbook, replace(at_home, person=replace(at_home.person, land=code if land else "")))
    complaint = {"GB": "complaint-uk", "CH": "complaint-ch"}.get(country, "complaint")
    moved = entry("country-changed", at(70), from_=country, to="IE" if country == "NL" else "NL")
    there = desk(playbook, record(account("facebook", entry("filed", at(90)), moved), country=moved.text("to")))
    for language in letter_languages_of(complaint):
        if code == "DE":
            assert recipient_of(here, complaint, language)[-1].startswith("[")
            continue
        lines = recipient_of(here, complaint, language)
        assert lines[-1] == address[-2]
        if not land:
            name = load_countries(language)[country][0]
            assert recipient_of(there, complaint, language) == (*lines, name)


def recipient_of(desk: Desk, letter: str, language: str) -> tuple[str, ...]:
    return tuple(LetterDraft(desk, "facebook", letter, language).prefilled.text.split("\n\n")[1].split("\n"))


@pytest.mark.parametrize(
    ("typed", "lines", "place"),
    [
        ("Street 1, 1234 AB Utrecht", ("Street 1", "1234 AB Utrecht"), "Utrecht"),
        ("Via Roma, 12, 00184 Roma RM", ("Via Roma, 12", "00184 Roma RM"), "Roma"),
        ("Calle Mayor, 5, 28013 Madrid, España", ("Calle Mayor, 5", "28013 Madrid", "España"), "Madrid"),
        ("Weg 3\nD-10115 Berlin", ("Weg 3", "D-10115 Berlin"), "Berlin"),
        ("ul. A 2, 00-193 Warszawa", ("ul. A 2", "00-193 Warszawa"), "Warszawa"),
        ("Gatan 1, 114 55 Stockholm", ("Gatan 1", "114 55 Stockholm"), "Stockholm"),
        ("12 High Street, London SW1A 1AA", ("12 High Street", "London SW1A 1AA"), "London"),
        ("12 High Street, SW1A 1AA London", ("12 High Street", "SW1A 1AA London"), "London"),
        ("12 High Street\nls1 4ab Leeds", ("12 High Street", "ls1 4ab Leeds"), "Leeds"),
        ("Flat 2, 12 High Street, Leeds, ls1 4ab", ("Flat 2, 12 High Street", "Leeds", "ls1 4ab"), "Leeds"),
        (
            "12 High Street\nKing's Lynn\nPE30 1AA\nUnited Kingdom",
            ("12 High Street", "King's Lynn", "PE30 1AA", "United Kingdom"),
            "King's Lynn",
        ),
        ("Rose Cottage\nAmbleside LA22 0AA", ("Rose Cottage", "Ambleside LA22 0AA"), "Ambleside"),
        ("3 Mill Lane, Guildford, Surrey GU1 3AA", ("3 Mill Lane, Guildford", "Surrey GU1 3AA"), ""),
        ("3 Mill Lane\nGuildford\nSurrey\nGU1 3AA", ("3 Mill Lane", "Guildford", "Surrey", "GU1 3AA"), ""),
        ("5 South Mall, Cork, T12 X2K5", ("5 South Mall", "Cork", "T12 X2K5"), "Cork"),
        ("High Street 12, 1000 Bruxelles", ("High Street 12", "1000 Bruxelles"), "Bruxelles"),
        ("1234 High Street", ("1234 High Street",), ""),
        ("", (), ""),
    ],
)
def test_the_place_beside_the_date_is_that_of_the_address_where_it_is_surely_one(
    typed: str, lines: tuple[str, ...], place: str
) -> None:
    assert address_lines(typed) == lines
    assert place_of_address(typed) == place


def test_a_letter_begins_with_sender_recipient_place_and_the_day_of_today(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(60)))))
    letter = LetterDraft(here, "facebook", "reminder", "nl")
    assert set(open_questions_of(letter)) >= {QuestionOfLetter.NAME, QuestionOfLetter.ADDRESS}
    remember_answer(letter, QuestionOfLetter.NAME, "Anna Example")
    remember_answer(letter, QuestionOfLetter.ADDRESS, "Street 1, 1234 AB Utrecht")
    assert letter.written._replace(subject="Herinnering").text_to_copy.startswith(
        "Anna Example\nStreet 1\n1234 AB Utrecht\nNederland\n\n"
        "Meta Platforms Ireland Limited\nMerrion Road\nDublin 4\nD04 X2K5\nIerland\n\n"
        "Utrecht, 23 november 2026\n\nOnderwerp: Herinnering\n\nGeachte heer, mevrouw,"
    )
    assert not {"name", "sender-address", "place"} & set(letter.prefilled.placeholders)
    # What an earlier version remembered, in lines, is the same.
    remember_answer(letter, QuestionOfLetter.ADDRESS, "Street 1, 1234 AB Utrecht, Nederland")
    assert "1234 AB Utrecht\nNederland\n\nMeta" in letter.prefilled.text


def test_a_place_typed_into_a_letter_stands_in_the_next(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(60)))))
    letter = LetterDraft(here, "facebook", "reminder", "nl")
    written = letter.written
    written._replace(body=written.body.replace("[plaats]", "Utrecht")).remember_sender()
    assert "\n\nUtrecht, 23 November 2026\n\n" in LetterDraft(here, "facebook", "objection", "en").prefilled.text


def test_a_stray_key_before_a_placeholder_is_no_name(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(60)))))
    letter = LetterDraft(here, "facebook", "reminder", "en")
    written = letter.written
    gap = next(piece.text for piece in written.prefilled.body if piece.placeholder == "name")
    written._replace(body=written.body.replace(gap, f"?{gap}")).remember_sender()
    assert "name" in LetterDraft(here, "facebook", "objection", "en").prefilled.placeholders


def test_a_line_lost_from_the_address_in_one_letter_stays_in_the_next(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(60)))))
    letter = LetterDraft(here, "facebook", "reminder", "en")
    remember_answer(letter, QuestionOfLetter.NAME, "Anna Example")
    remember_answer(letter, QuestionOfLetter.ADDRESS, "Street 1, 80337 Munich")
    written = letter.written
    written._replace(body=written.body.replace("Street 1\n", "")).remember_sender()
    assert "Anna Example\nStreet 1\n80337 Munich" in letter.prefilled.text
    written._replace(body=written.body.replace("Street 1\n", "Street 2\n")).remember_sender()
    assert "Anna Example\nStreet 2\n80337 Munich" in letter.prefilled.text


def test_a_text_changed_last_week_bears_the_day_of_today(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(60)))))
    letter = LetterDraft(here, "facebook", "reminder", "en")
    text = letter.prefilled.text.replace("[place]", "Utrecht")
    here.session.drafts.save(letter.draft_key, {"text": text.replace("23 November 2026", "16 November 2026")})
    assert letter.changed_texts["text"] == text
    sent = letter.written.to_sent_letter(at(7), is_by_post=False, is_text_kept=True)
    assert "Utrecht, 16 November 2026" in sent.text


def test_a_letter_begun_with_an_earlier_version_has_its_gaps_found(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90)))))
    letter = LetterDraft(here, "facebook", "reminder", "nl")
    begun = letter.prefilled.text.replace("[je naam]", "[uw naam]") + "\n\nNog iets."
    here.session.drafts.save(letter.draft_key, {"text": begun})
    assert "[uw naam]" not in letter.changed_texts["text"]
    assert "[je naam]" in letter.changed_texts["text"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Threads @b and Instagram @a"), ("de", "Threads @b und Instagram @a"), ("es", "Threads @b e Instagram @a")],
)
def test_linked_accounts_are_a_list_as_the_language_of_the_letter_writes_it(
    playbook: Playbook, language: str, words: str
) -> None:
    three = (
        account("facebook", entry("filed", at(90)), hub="one"),
        account("threads-@b", hub="one"),
        account("instagram-@a", hub="one"),
    )
    here = desk(playbook, record(*three))
    assert words in LetterDraft(here, "facebook", "reminder", language).prefilled.text


def test_who_answers_at_meta_is_typed_once_for_all_letters_under_that_law(playbook: Playbook) -> None:
    accounts = (account("facebook", entry("filed", at(90))), account("instagram", entry("filed", at(90))))
    here = desk(playbook, record(*accounts, country="GB"))
    letter = LetterDraft(here, "facebook", "complaint-to-meta", "en")
    offered = letter.prefilled
    gap = next(piece.text for piece in offered.body if piece.placeholder == "controller")
    body = offered.text.replace(gap, "Meta Example Ltd\n1 Example Street\nLondon SW1A 1AA")
    letter.written._replace(body=body).remember_sender()
    for account_id, letter_id in (("facebook", "reminder"), ("instagram", "complaint-to-meta")):
        later = LetterDraft(here, account_id, letter_id, "en").prefilled
        assert "controller" not in later.placeholders
        assert "Meta Example Ltd\n1 Example Street\nLondon SW1A 1AA\n\n" in later.text
    typed = "Meta's company and address stand here as you typed them in a letter."
    for letter_id in ("reminder", "complaint-to-meta", "complaint-uk"):
        again = LetterDraft(here, "instagram", letter_id, "en")
        assert typed in letter_notes(again, with_place=False, with_warnings=False)
    to_authority = LetterDraft(here, "instagram", "complaint-uk", "en").prefilled
    assert "(controller): Meta Example Ltd, 1 Example Street, London SW1A 1AA" in to_authority.text
    letter.written._replace(body=offered.text).remember_sender()
    assert "controller" in letter.prefilled.placeholders
    assert typed not in letter_notes(letter, with_place=False, with_warnings=False)


def test_a_letter_about_a_lost_account_says_that_its_only_mail_address_may_be_lost_too(playbook: Playbook) -> None:
    for why, email, is_said in (
        ("hacked", "anna@example.org", True),
        ("forgotten", "anna@example.org", True),
        ("hacked", "old@example.org", False),  # beside it stands the person's own, to answer to
        ("deactivated", "anna@example.org", False),
    ):
        lost = account("facebook", entry("log-in", at(30), **{"log-in": why}), email=email)
        here = desk(playbook, record(lost))
        notes = letter_notes(LetterDraft(here, "facebook", "objection", "en"), with_place=True, with_warnings=True)
        assert ("It names only" in notes) is is_said


def test_an_address_that_lost_a_line_stays_for_other_letters_and_that_is_said(playbook: Playbook) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90)))))
    letter = LetterDraft(here, "facebook", "reminder", "en")
    gap = next(piece.text for piece in letter.prefilled.body if piece.placeholder == "sender-address")
    whole, torn = "Example Street 1\nTop floor\n1000 Example", "Example Street 1\n1000 Example"
    first = letter.written._replace(body=letter.prefilled.text.replace(gap, whole))
    first.remember_sender()
    assert not first.words_on_kept_for_others
    shorter = letter.written._replace(body=letter.prefilled.text.replace(whole, torn))
    shorter.remember_sender()
    assert whole in letter.prefilled.text
    assert "other letters keep it as it was" in shorter.words_on_kept_for_others
    question = shorter.question_on_shorter
    assert question is not None
    assert question.sentences == (
        "Other letters have “Example Street 1, Top floor, 1000 Example”; this one has “Example Street 1, 1000 Example”.",
    )
    shorter.remember_shorter()
    assert torn in LetterDraft(here, "facebook", "objection", "en").prefilled.text
    assert "Top floor" not in letter.prefilled.text
    assert shorter.question_on_shorter is None
    assert not shorter.words_on_kept_for_others


@pytest.mark.parametrize("is_known", ["known", ""])
@pytest.mark.parametrize(
    "blank", ["\n{head}", "\n\n{head}", "{name}\n\n{address}", "\n{name}\n\n{address}", "{name}\n{name}\n{address}"]
)
def test_blank_lines_in_the_head_put_no_name_into_the_address(playbook: Playbook, blank: str, is_known: str) -> None:
    here = desk(playbook, record(account("facebook", entry("filed", at(90)))))
    if is_known:
        remember_for_letters(here.session, "facebook", {"name": "Karl Example", "sender-address": "1 Lane\n1000 Place"})
    letter = LetterDraft(here, "facebook", "reminder", "en")
    text = letter.prefilled.text
    for gap, words in (("name", "Karl Example"), ("sender-address", "1 Lane\n1000 Place")):
        text = text.replace(
            next((each.text for each in letter.prefilled.body if each.placeholder == gap), words), words
        )
    head, rest = text.split("\n\n", 1)
    shifted = blank.format(head=head, name="Karl Example", address="\n".join(head.splitlines()[1:]))
    letter.written._replace(body=f"{shifted}\n\n{rest}").remember_sender()
    after = LetterDraft(here, "facebook", "objection", "en").prefilled.text
    assert after.count("Karl Example\nKarl Example") == 0
    assert here.session.remembered.of().for_letters.get("sender-address", "").count("Karl") == 0


@pytest.mark.parametrize("language", letter_languages_of("objection"))
def test_the_first_sentence_and_the_subject_say_whose_data_an_objection_is_about(
    playbook: Playbook, language: str
) -> None:
    of_child = account("elsewhere-Lena")
    here = desk(playbook, record(of_child, country="AT"))
    letter = LetterDraft(here, of_child.id, "objection", language).prefilled
    assert letter.title.count("Lena") == 2
    first_sentence = letter.text.split("\n\n")[letter.head_paragraphs + 1]
    assert first_sentence.count("Lena") == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "On behalf of Lena Roth I object"),
        ("representative", "As the legal representative of Lena Roth I object"),
        ("permission", "On behalf of Lena Roth I object"),
        ("self", "I object under Article 21(1) GDPR (the EU's data protection law) to the use of my personal data"),
    ],
)
def test_an_objection_calls_the_person_a_legal_representative_only_where_they_said_so(
    playbook: Playbook, answer: str, words: str
) -> None:
    of_child = account("elsewhere-Lena Roth")
    letter = LetterDraft(desk(playbook, record(of_child, country="AT")), of_child.id, "objection", "en")
    assert open_questions_of(letter)[0] is QuestionOfLetter.WRITES_FOR
    if answer:
        remember_answer(letter, QuestionOfLetter.WRITES_FOR, answer)
    assert open_questions_of(letter)[0] is QuestionOfLetter.WRITES_FOR
    assert words in letter.prefilled.text
    assert ("legal representative" in letter.prefilled.text) is (answer == "representative")
    assert ("Lena" in letter.prefilled.text) is (answer != "self")


@pytest.mark.parametrize("answer", ["representative", "permission"])
def test_an_objection_for_a_childs_own_account_asks_how_one_writes_for_it(playbook: Playbook, answer: str) -> None:
    here = desk(playbook, record(account("facebook"), country="AT"))
    remember_for_letters(here.session, "facebook", {CHILD_NAME: "Lena Roth"})
    letter = LetterDraft(here, "facebook", "objection", "en")
    assert open_questions_of(letter)[0] is QuestionOfLetter.WRITES_FOR
    status = here.session.view.require_status("facebook")
    asked = letter_question(QuestionOfLetter.WRITES_FOR, status, here.session.record, playbook)
    assert [id for id, _words in asked.answers] == ["representative", "permission"]
    assert all("Lena Roth" in words for _id, words in asked.answers)
    remember_answer(letter, QuestionOfLetter.WRITES_FOR, answer)
    assert ("legal representative of Lena Roth" in letter.prefilled.text) is (answer == "representative")


@pytest.mark.parametrize("language", letter_languages_of("objection"))
def test_a_letter_about_a_lost_account_says_what_became_of_it_and_since_when(playbook: Playbook, language: str) -> None:
    told = set()
    for why in ("forgotten", "hacked", "locked", "deactivated", "deleted"):
        lost = account("facebook", entry("log-in", at(400), **{"log-in": why}))
        body = LetterDraft(desk(playbook, record(lost, country="GB")), "facebook", "objection", language).prefilled.text
        words = language_texts(language)["no-log-in"][f"{why}.since"].partition("{date}")[0]
        assert words in body, why
        assert "2025" in body[body.index(words) + len(words) :][:30]
        told.add(words)
    assert len(told) == 5


def test_since_when_an_account_is_lost_is_left_out_where_only_the_day_of_writing_is_known(playbook: Playbook) -> None:
    today = Event(new_event_id(NOW, b"0123456789"), NOW, "log-in", {"log-in": "hacked"})
    body = LetterDraft(desk(playbook, record(account("facebook", today))), "facebook", "objection", "en").prefilled.text
    assert "This account was hacked; somebody else has control of it." in body


def test_a_letter_about_a_hacked_account_asks_for_nothing_of_accounts_that_a_stranger_links_with_it(
    playbook: Playbook,
) -> None:
    hacked = account("facebook", entry("log-in", at(30), **{"log-in": "hacked"}))
    body = LetterDraft(desk(playbook, record(hacked)), "facebook", "objection", "en").prefilled.text
    assert "linked" not in body
    forgotten = account("facebook", entry("log-in", at(30), **{"log-in": "forgotten"}))
    body = LetterDraft(desk(playbook, record(forgotten)), "facebook", "objection", "en").prefilled.text
    assert "all accounts linked with it" in body


@pytest.mark.parametrize("language", letter_languages_of("objection"))
def test_every_letter_about_the_account_of_a_child_says_for_whom_it_is_written(
    playbook: Playbook, language: str
) -> None:
    of_child = replace(account("instagram", entry("filed", at(90))), name="@lena_2013")
    progress = record(of_child, country="AT")
    progress = progress.with_remembered("instagram", Remembered(for_letters={"whose-name": "Lena Huber"}))
    here = desk(playbook, progress)
    for letter_id in ("objection", "reminder", "asked-applied", "complaint"):
        body = LetterDraft(here, "instagram", letter_id, language).prefilled.text
        about_account = body.index("@lena_2013")
        assert "Lena Huber" in body[:about_account], letter_id
    assert "Lena Huber" in LetterDraft(here, "instagram", "objection", language).prefilled.title
    objection = LetterDraft(here, "instagram", "objection", language).prefilled
    assert objection.text.count("Lena Huber") >= 4


def test_of_an_account_whose_log_in_is_lost_a_letter_asks_for_the_answer_at_the_persons_own_address(
    playbook: Playbook,
) -> None:
    filed = entry("filed", at(90), email="old@example.org")
    lost = account("instagram", filed, entry("log-in", at(3), **{"log-in": "forgotten"}), email="old@example.org")
    progress = record(lost)
    own = progress.person.email
    here = desk(playbook, progress)
    words = f"I can no longer log in to this account. Please answer to: {own}"
    assert own != "old@example.org"
    for letter_id in ("reminder", "objection", "complaint"):
        assert words in LetterDraft(here, "instagram", letter_id, "en").prefilled.text, letter_id
    can_log_in = desk(playbook, record(account("instagram", filed, email="old@example.org")))
    assert "Please answer to" not in LetterDraft(can_log_in, "instagram", "reminder", "en").prefilled.text
