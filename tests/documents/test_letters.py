"""Letters: they say what the diary holds, mark what it does not, and are the same letter in every language."""

import re
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from string import Formatter
from typing import Any

import pytest

from exhaustive import parametrize_some
from metaoptout_tui.core.guidance.playbook import CONTENT_LANGUAGES, Playbook
from metaoptout_tui.core.letters.letter_facts import LetterAttachment, LetterFacts, TimelineLine, controller_lines
from metaoptout_tui.core.letters.letter_facts_of_diary import collect_letter_facts
from metaoptout_tui.core.letters.letters import EVENT_KIND_BY_LETTER, Letter, find_placeholder_values
from metaoptout_tui.core.objection.deadline_sentences import deadline_state_text
from metaoptout_tui.core.objection.event_sentences import describe_event
from metaoptout_tui.core.objection.overview import compute_overview
from metaoptout_tui.core.objection.tasks import WAIT_AFTER_POST, WAIT_FOR_ANSWER
from metaoptout_tui.core.record.event_kinds import EventKind, rules_of
from metaoptout_tui.core.record.events import Event, events_in_force, is_month_alone
from metaoptout_tui.core.record.vocabulary import PeriodKind
from metaoptout_tui.core.text import replace_unsafe_characters
from metaoptout_tui.documents import letters
from metaoptout_tui.documents.letters import (
    addressee_of,
    letter_ids_for,
    letter_languages_of,
    letter_title_in,
    write_letter,
)
from metaoptout_tui.guidance.loader import public_holiday_name
from samples import NOW, account, at, entry, record

LAWS = ("gdpr", "uk-gdpr", "fadp")
EVERY = [(law, id, language) for law in LAWS for id in letter_ids_for(law) for language in letter_languages_of(id)]
SOME = EVERY[::5]
"""Letters of each law, in turn in each language."""
FULL = LetterFacts(
    account="Instagram @anna.nl",
    service="Instagram",
    whose="Mila",
    whose_name="Mila Jansen",
    no_log_in="hacked",
    no_log_in_since=date(2025, 11, 3),
    email="anna@example.org",
    filed=date(2026, 9, 1),
    objected_before=date(2026, 9, 1),
    received=date(2026, 9, 3),
    posted=date(2026, 9, 4),
    posted_again=date(2026, 9, 5),
    posted_months=4,
    reminded=date(2026, 9, 15),
    extension_disputed=date(2026, 9, 16),
    refusal_disputed=date(2026, 9, 22),
    complaint_open=date(2026, 10, 16),
    inquiry_open=date(2026, 10, 13),
    unacknowledged_moved="saturday",
    confirmed=date(2026, 9, 2),
    identity_asked=date(2026, 9, 10),
    identity_open=date(2026, 9, 11),
    examples_asked=date(2026, 9, 11),
    residence_asked=date(2026, 9, 12),
    question_asked=date(2026, 9, 13),
    residence="Nederland",
    meta_asked=date(2026, 9, 13),
    meta_answered=date(2026, 9, 14),
    over_from_answer=date(2026, 10, 14),
    refused=date(2026, 9, 20),
    extended=date(2026, 10, 9),
    counted_from=date(2026, 9, 8),
    over=date(2026, 10, 1),
    three=date(2026, 12, 1),
    reasons_due=date(2026, 11, 29),
    due=date(2026, 11, 30),
    inquiry_sent=date(2026, 10, 12),
    unanswered=date(2026, 11, 12),
    inquiry_due=date(2026, 11, 14),
    complained_to_meta=date(2026, 10, 15),
    unacknowledged=date(2026, 11, 13),
    acknowledged=date(2026, 11, 3),
    silent=True,
    undecided=True,
    no_grounds=True,
    grounds_given=True,
    month_over=True,
    not_available=True,
    authority_complained=date(2026, 10, 21),
    authority_reference="z2026-00001",
    meta_reference="meta-4711",
    answer_to="anna@example.org",
    authority_wrote=date(2026, 10, 25),
    authority_received=date(2026, 10, 26),
    authority_upheld=date(2026, 10, 26),
    authority_asked=date(2027, 2, 1),
    authority_silent=date(2027, 1, 21),
    controller="Meta Platforms Ireland Limited, Merrion Road, Dublin 4",
    recipient="Meta Platforms Ireland Limited\nMerrion Road\nDublin 4",
    sender_country="Nederland",
    today=date(2026, 11, 23),
    provisions=("21-1", "12-3", "12-4", "15"),
    linked=("Facebook “Anna”", "Threads @anna.nl"),
    linked_confirmed=(TimelineLine("linked.confirmed-all", date(2026, 9, 22), account="Threads @anna.nl"),),
    former_names="Anna E., anna.old@example.org",
    reason="My posts show my children.",
    authority="Autoriteit Persoonsgegevens",
    attachments=(LetterAttachment("answer.eml", "refused", date(2026, 9, 20)),),
    timeline=(
        TimelineLine("filed", date(2026, 9, 1)),
        TimelineLine("refused.in-words", date(2026, 9, 20), words="Motivi imperiosi."),
        TimelineLine("more-asked.other", date(2026, 9, 21)),
        TimelineLine("linked.confirmed-all", date(2026, 9, 22), account="Facebook (Anna)"),
    ),
    filled_in={
        "name": "Anna Example",
        "place": "Utrecht",
        "sender-address": "Street 1\n1234 AB Utrecht",
        "profile": "facebook.com/anna.example",
        "no-doubt": "42",
        "typed": "42",
        "meta-answer": "42",
        "authority-answer": "42",
        "why-not-override": "42",
    },
)
FLAGS = (
    "examples_missing",
    "wrong_form",
    "represents",
    "linked_names_all",
    "late",
    "alone",
    "leads",
    "undated",
    "unreasoned",
    "moved",
    "filed_by_post",
    "posted_long_ago",
    "has_handle",
    "closed",
    "elsewhere",
    "reasons_asked",
)
"""Facts whose being so says something by itself; a letter never writes them."""
KNOWN = [each.name for each in fields(LetterFacts) if getattr(FULL, each.name) and each.name != "timeline"]
"""The facts that `FULL` has, what was filled in among them."""


def unknown(name: str) -> LetterFacts:
    """`FULL` without one of its facts."""
    return replace(FULL, **{name: getattr(LetterFacts(), name)})


OTHER = replace(
    unknown("linked"),
    late=True,
    alone=True,
    leads=True,
    undated=True,
    unreasoned=True,
    moved=True,
    filed_by_post=True,
    posted_long_ago=True,
    has_handle=True,
    closed=True,
    reasons_asked=True,
)
ELSEWHERE = replace(OTHER, elsewhere=True, whose="")
FIRST = LetterFacts(
    account=FULL.account,
    service=FULL.service,
    email=FULL.email,
    filed=FULL.filed,
    confirmed=FULL.confirmed,
    identity_asked=FULL.identity_asked,
    examples_asked=FULL.examples_asked,
    residence_asked=FULL.residence_asked,
    question_asked=FULL.question_asked,
    residence=FULL.residence,
    refused=FULL.refused,
    extended=FULL.extended,
    over=FULL.over,
    authority_complained=FULL.authority_complained,
    authority_wrote=FULL.authority_wrote,
    controller=FULL.controller,
    reason=FULL.reason,
    authority=FULL.authority,
    recipient=FULL.recipient,
    today=FULL.today,
    attachments=FULL.attachments,
    timeline=FULL.timeline,
    filled_in=FULL.filled_in,
)
"""With `OTHER`, the paragraphs that stand where those of `FULL` do not."""


def all_words(law: str, id: str, language: str) -> str:
    """Everything that a letter can say when all is known."""
    written = [write_letter(id, language, law, facts) for facts in (FULL, OTHER, FIRST, ELSEWHERE)]
    return "\n".join(f"{letter.title}\n{letter.text}" for letter in written)


def facts_of(playbook: Playbook, *events: Event, country: str = "NL", **more: Any) -> LetterFacts:
    progress = record(account("instagram-@anna.nl", *events), country=country)
    standing = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
    return replace(collect_letter_facts(standing, progress, playbook, NOW.date(), public_holiday_name), **more)


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@parametrize_some(SOME, ("law", "id", "language"), EVERY)
def test_a_letter_with_everything_known_has_no_gap(law: str, id: str, language: str) -> None:
    letter = write_letter(id, language, law, FULL)
    assert letter.placeholders == ()
    whole = all_words(law, id, language)
    assert not re.search(r"[\[\]{}]", whole)
    assert replace_unsafe_characters(whole) == whole
    assert "\n" not in letter.title


@parametrize_some(SOME, ("law", "id", "language"), EVERY)
def test_a_letter_with_nothing_known_states_no_day_no_account_and_no_answer(law: str, id: str, language: str) -> None:
    letter = write_letter(id, language, law, LetterFacts())
    stated = "".join(piece.text for piece in (*letter.subject, *letter.body) if not piece.placeholder)
    assert not re.search(r"\b20\d\d\b(?<!2018)", stated)
    assert "@" not in stated
    words = letters.language_texts(language)
    assert words["text"]["silence"] not in stated
    assert letter.text.count("[") == sum(1 for piece in letter.body if piece.placeholder)
    assert set(letter.placeholders) <= set(words["missing"])


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_gaps(language: str) -> None:
    english, other = letters.language_texts("en"), letters.language_texts(language)
    not_written = {id for id in letters._letter_definitions() if language not in letter_languages_of(id)}
    for table in (
        "statute",
        "statute-long",
        "time-limit",
        "provision",
        "page",
        "missing",
        "elsewhere",
        "enclosure",
        "attachment",
        "event",
    ):
        assert other[table].keys() == english[table].keys()
    for table in ("title", "subject", "text"):
        left_out = english[table].keys() - other[table].keys()
        assert {id.partition(".")[0] for id in left_out} <= not_written
        assert other[table].keys() <= english[table].keys()
        for id, sentence in other[table].items():
            assert names_in(sentence) == names_in(english[table][id]), (language, table, id)
    assert len(other["months"]) == 12
    assert len(other["from-two"]) == 11


def test_every_sentence_and_every_gap_is_used() -> None:
    words = letters.language_texts("en")
    rows = letters._letter_definitions().values()
    assert {part["text"] for row in rows for part in row["part"]} == set(words["text"])
    assert {id.partition(".")[0] for id in words["subject"]} == {row["id"] for row in rows} == set(words["title"])
    subjects_of_every_case = [sentence for id, sentence in words["subject"].items() if not id.endswith(".on-behalf")]
    gaps = {name for sentence in subjects_of_every_case for name in names_in(sentence)}
    for row in rows:
        for part in row["part"]:
            gaps |= names_in(words["text"][part["text"]]) - set(part.get("needs", ()))
    assert gaps - {"statute", "statute-long", "time-limit"} == set(words["missing"])


def test_every_condition_is_something_that_can_be_known() -> None:
    known = {name.replace("_", "-") for name in (*KNOWN, *FLAGS)}
    for row in letters._letter_definitions().values():
        for part in row["part"]:
            assert {*part.get("needs", ()), *part.get("unless", ())} <= known, part
            assert set(part.get("laws", ())) <= set(row["laws"]), part


def test_which_letters_there_are_under_which_law() -> None:
    to_questions = ("no-examples", "examples", "residence", "question")
    answers = ("reminder", "identity", *to_questions, "late-extension", "unreasoned-extension", "refusal-answer")
    anew = ("asked-applied", "objection")
    last = ("meta-gave-in", "authority-answer", "authority-status", "friends", "debunk")
    assert letter_ids_for("gdpr") == (*answers, *anew, "complaint", *last)
    assert letter_ids_for("uk-gdpr") == (*answers, *anew, "complaint-to-meta", "complaint-uk", *last)
    assert letter_ids_for("fadp") == ("reminder", *to_questions, "refusal-answer", *anew, "complaint-ch", *last)
    assert letter_ids_for("uk-gdpr", "gdpr") == letter_ids_for("gdpr")
    assert letter_ids_for("lgpd") == letter_ids_for("none") == ()
    for law, id, language in EVERY:
        assert letter_title_in(id, language)
        assert law in LAWS
    with pytest.raises(KeyError):
        write_letter("complaint", "en", "uk-gdpr", FULL)
    with pytest.raises(KeyError):
        write_letter("complaint-to-meta", "nl", "uk-gdpr", FULL)
    with pytest.raises(KeyError):
        write_letter("complaint-ch", "es", "fadp", FULL)
    with pytest.raises(KeyError):
        write_letter("reminder", "../../x", "gdpr", FULL)


def test_a_letter_is_sent_to_whom_its_entry_says() -> None:
    to_authority = {id for id in letters._letter_definitions() if addressee_of(id) == "authority"}
    kinds = ("complained", "authority-told", "authority-answered", "authority-asked")
    assert to_authority == {id for id, what in EVENT_KIND_BY_LETTER.items() if what in kinds}
    assert {id for id in letters._letter_definitions() if addressee_of(id) == "people"} == set(
        letters._letter_definitions()
    ) - set(EVENT_KIND_BY_LETTER)


@parametrize_some(SOME, ("law", "id", "language"), EVERY)
def test_a_letter_names_no_day_but_those_it_was_given(law: str, id: str, language: str) -> None:
    whole = all_words(law, id, language)
    fill = letters._TemplateFiller(language, law, FULL)
    for day in {day for name in KNOWN if isinstance(day := getattr(FULL, name), date)} | {
        line.day for line in FULL.timeline
    }:
        whole = whole.replace(fill._format_day(day), "")
    assert not re.search(r"\b20\d\d\b", whole.replace("Data Protection Act 2018", ""))


@parametrize_some(15, "without", KNOWN)
def test_whatever_is_not_known_is_marked_or_not_spoken_of(without: str) -> None:
    facts = unknown(without)
    for law, id, language in EVERY:
        letter = write_letter(id, language, law, facts)
        gap = "controller" if without == "recipient" else without.replace("_", "-")
        assert set(letter.placeholders) <= ({*FULL.filled_in} if without == "filled_in" else {gap})
        for piece in (*letter.subject, *letter.body):
            assert piece.text
            assert bool(piece.placeholder) == piece.text.startswith("["), (id, language, piece)
        assert not re.search(r"[{}]", f"{letter.title}{letter.text}")


@pytest.mark.parametrize("language", sorted(set(CONTENT_LANGUAGES) - {"en"}))
def test_a_translation_has_no_english_left_in_it(language: str) -> None:
    for law, id, written_in in EVERY:
        if written_in == language:
            whole = all_words(law, id, language).replace("Data Protection Commission", "")
            whole = whole.replace(FULL.reason, "")
            assert not re.search(r"\b(?:the|you|your|please|have|objection|refused|asked)\b", whole, re.IGNORECASE)


def test_french_has_its_unbreakable_blanks() -> None:
    for table in ("missing", "title", "subject", "event", "text"):
        for id, sentence in letters.language_texts("fr")[table].items():
            assert not re.search(r"(?<!\u00a0)[;?!»]|[^\u00a0]:(?![/\w])|«(?!\u00a0)|“|”", sentence), id


@pytest.mark.parametrize(
    ("language", "familiar"),
    [
        ("de", r"\b(?:du|dein\w*|dir|dich)\b"),
        ("nl", r"\b(?:je|jij|jouw|jou)\b"),
        ("fr", r"\b(?:tu|ton|tes|toi|te)\b"),
        ("es", r"\b(?:tú|tu|tus|te|vosotros|os)\b"),
        ("it", r"\b(?:tu|tuo|tua|tuoi|tue|ti)\b"),
    ],
)
def test_meta_and_authorities_are_addressed_formally(language: str, familiar: str) -> None:
    for law, id, written_in in EVERY:
        if written_in == language and addressee_of(id) != "people":
            assert not re.search(familiar, all_words(law, id, language), re.IGNORECASE), id


@pytest.mark.parametrize(
    ("language", "terms"),
    [
        ("en", ("right of access", "controller", "restriction", "authority in charge of Meta in the EU")),
        ("nl", ("recht van inzage", "verwerkingsverantwoordelijke", "bezwaar", "leidende toezichthoudende autoriteit")),
        ("de", ("Auskunftsrecht", "Verantwortlicher", "Widerspruch", "federführende Aufsichtsbehörde")),
        (
            "fr",
            ("droit d'accès", "responsable du traitement", "droit d'opposition", "autorité de contrôle chef de file"),
        ),
        (
            "es",
            (
                "derecho de acceso",
                "responsable del tratamiento",
                "derecho de oposición",
                "autoridad de control principal",
            ),
        ),
        ("it", ("diritto di accesso", "titolare del trattamento", "opposizione", "autorità di controllo capofila")),
    ],
)
def test_each_language_has_the_words_of_its_own_version_of_the_law(language: str, terms: tuple[str, ...]) -> None:
    text = " ".join(write_letter(id, language, "gdpr", FULL).text for id in letter_ids_for("gdpr"))
    for term in terms:
        assert term in text


def test_swiss_german_has_no_sharp_s_but_in_what_the_person_wrote() -> None:
    facts = replace(FULL, reason="Große Sorge.")
    for id in letter_ids_for("fadp"):
        assert "ß" not in write_letter(id, "de", "fadp", facts).text.replace("Große Sorge.", "")
    assert "Große Sorge." in write_letter("objection", "de", "fadp", facts).text
    assert "Grüßen" in write_letter("reminder", "de", "gdpr", facts).text


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_what_was_filled_in_in_one_language_is_known_in_another(language: str) -> None:
    dated = LetterFacts(today=date(2026, 11, 23))
    for law, id, written_in in EVERY:
        if written_in != language:
            continue
        letter = write_letter(id, language, law, dated)
        given = {name: f"{name}, as given" for name in letter.placeholders}
        subject, body = letter.title, letter.text
        for piece in (*letter.subject, *letter.body):
            if piece.placeholder:
                subject = subject.replace(piece.text, given[piece.placeholder], 1)
                body = body.replace(piece.text, given[piece.placeholder], 1)
        assert find_placeholder_values(letter, letter.title, letter.text) == {}
        assert find_placeholder_values(letter, subject, body) == given
        assert not write_letter(id, language, law, replace(dated, filled_in=given)).placeholders


def test_a_paragraph_that_was_rewritten_tells_nothing_of_its_gaps() -> None:
    letter = write_letter("reminder", "en", "gdpr", unknown("filled_in"))
    assert find_placeholder_values(letter, letter.title, letter.text.replace("[your name]", "Anna")) == {"name": "Anna"}
    rewritten = letter.text.replace("Yours faithfully,\n[your name]", "Yours, Anna")
    assert find_placeholder_values(letter, letter.title, rewritten) == {}
    assert find_placeholder_values(letter, "", "") == {}


@pytest.mark.parametrize("closing", ["[your name]\n[your postal address]", "Anna\nStreet 1\n1234 AB Utrecht"])
def test_a_text_with_the_address_below_the_name_at_its_end_gives_no_name_of_several_lines(closing: str) -> None:
    letter = write_letter("reminder", "en", "gdpr", unknown("filled_in"))
    former = f"To: Meta\n\nDear Sir or Madam,\n\nYours faithfully,\n{closing}\n\nPlace and date: [place and date]"
    assert find_placeholder_values(letter, letter.title, former) == {}


def test_who_takes_the_own_address_out_of_a_letter_is_not_given_that_of_meta() -> None:
    facts = replace(unknown("filled_in"), sender_country="")
    letter = write_letter("reminder", "en", "gdpr", facts)
    _sender, recipient, *rest = letter.text.split("\n\n")
    assert recipient.startswith("Meta Platforms Ireland Limited\n")
    for head in ("Anna", "", "Anna\n\nStreet 1\n\nUtrecht"):
        text = "\n\n".join((head, recipient, *rest))
        assert find_placeholder_values(letter, letter.title, text) == {}


@pytest.mark.parametrize(
    ("language", "law", "words"),
    [
        ("en", "gdpr", "Article 12(3) GDPR"),
        ("en", "uk-gdpr", "Articles 12(3) and 12A UK GDPR"),
        ("de", "uk-gdpr", "Artikel 12 Absatz 3 und Artikel 12A UK GDPR"),
        ("nl", "gdpr", "artikel 12, lid 3, AVG"),
        ("de", "gdpr", "Artikel 12 Absatz 3 DSGVO"),
        ("fr", "gdpr", "article 12, paragraphe 3, du RGPD"),
        ("es", "gdpr", "artículo 12, apartado 3, del RGPD"),
        ("it", "gdpr", "articolo 12, paragrafo 3, del GDPR"),
    ],
)
def test_legal_words_follow_law_and_language(language: str, law: str, words: str) -> None:
    assert words in write_letter("reminder", language, law, FULL).text


@parametrize_some(
    [each for each in SOME if each[0] != "gdpr"],
    ("law", "id", "language"),
    [each for each in EVERY if each[0] != "gdpr"],
)
def test_outside_the_eea_no_letter_speaks_of_its_law_or_authorities(law: str, id: str, language: str) -> None:
    whole = all_words(law, id, language)
    assert not re.search(r"(?<!UK )\bGDPR\b|\bAVG\b|\bDSGVO\b|\bRGPD\b|\b77\b|Data Protection Commission", whole)
    if law == "fadp":
        assert not re.search(r"\b(?:12|21|15)\b(?=[(,]| lid| Absatz)", whole)


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("en", date(2026, 3, 1), "1 March 2026"),
        ("nl", date(2026, 3, 21), "21 maart 2026"),
        ("de", date(2026, 3, 1), "1. März 2026"),
        ("fr", date(2026, 8, 1), "1er août 2026"),
        ("fr", date(2026, 8, 21), "21 août 2026"),
        ("es", date(2026, 8, 21), "21 de agosto de 2026"),
        ("it", date(2026, 5, 1), "1º maggio 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, day: date, written: str) -> None:
    assert written in write_letter("reminder", language, "gdpr", LetterFacts(filed=day)).title


def test_metas_postal_address_is_named_for_the_eu_and_eea_alone(playbook: Playbook) -> None:
    assert controller_lines(playbook, "gdpr")[:2] == ("Meta Platforms Ireland Limited", "Merrion Road")
    for law in ("uk-gdpr", "fadp", "lgpd", "none"):
        assert controller_lines(playbook, law) == ()
    for region, words in (("uk", "was not found"), ("ch", "was not found"), ("br", "was not found")):
        said = " ".join(
            playbook.texts.sentence(statement.id)
            for statement in playbook.statements_for(step="letter", platform="", region=region)
        )
        assert words in said
        assert "@" not in said


class TestFromTheDiary:
    def test_a_reminder_after_silence_says_when_the_month_ended(self, playbook: Playbook) -> None:
        # Sent on 24 September; the month ends on Saturday 24 October, and the Monday is a holiday in Ireland.
        letter = self.reminder(facts_of(playbook, entry("filed", at(60), email="anna@example.org")))
        assert "On 24 September 2026 I sent you my objection" in letter.text
        assert "ended on 27 October 2026" in letter.text
        assert "I have not received an answer." in letter.text
        assert "Instagram @anna.nl" in letter.text
        assert letter.placeholders == ("name", "sender-address", "controller", "place", "today")

    def test_a_reminder_within_the_month_says_when_it_ends(self, playbook: Playbook) -> None:
        letter = self.reminder(facts_of(playbook, entry("filed", at(10))))
        assert "ends on 14 December 2026" in letter.text
        assert "ended" not in letter.text

    @pytest.mark.parametrize("reasons", ["", "none"])
    def test_a_last_day_that_moved_is_explained(self, playbook: Playbook, reasons: str) -> None:
        # 24 October is a Saturday, and the Monday a holiday in Ireland.
        extended = [entry("extended", at(50), reasons=reasons)] if reasons else []
        facts = facts_of(playbook, entry("filed", at(60)), *extended)
        words = "It would have ended on a Saturday, a Sunday or a public holiday, so I count to the next working day."
        for id in ("reminder", "complaint"):
            assert words in write_letter(id, "en", "gdpr", facts).text
        on_a_working_day = facts_of(playbook, entry("filed", at(90)))
        assert words not in self.reminder(on_a_working_day).text

    def test_an_extension_in_time_is_counted_as_three_months(self, playbook: Playbook) -> None:
        letter = self.reminder(facts_of(playbook, entry("filed", at(150)), entry("extended", at(140))))
        assert "three months in all ended on 28 September 2026" in letter.text
        assert "I have not received an answer" not in letter.text

    def test_whoever_was_asked_for_something_does_not_claim_silence(self, playbook: Playbook) -> None:
        letter = self.reminder(facts_of(playbook, entry("filed", at(60)), entry("more-asked", at(50))))
        assert "I have not received an answer" not in letter.text
        assert "You have not yet decided on my objection." in letter.text

    def test_where_the_law_sets_no_month_none_is_mentioned(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), country="CH")
        assert "month" not in write_letter("reminder", "en", "fadp", facts).text

    def test_a_question_mentions_the_confirmation_where_there_was_one(self, playbook: Playbook) -> None:
        filing = entry("filed", at(60))
        asked = write_letter("asked-applied", "en", "gdpr", facts_of(playbook, filing))
        assert "you told me" not in asked.text
        confirmed = facts_of(playbook, filing, entry("confirmed-by-mail", at(58)))
        assert (
            "On 26 September 2026 you told me that you act on it."
            in write_letter("asked-applied", "en", "gdpr", confirmed).text
        )

    def test_the_answer_to_a_late_extension_names_both_days(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("extended", at(10)))
        letter = write_letter("late-extension", "en", "gdpr", facts)
        assert "On 13 November 2026 you told me that you need more time." in letter.text
        assert "the month ended on 27 October 2026; your notice came after that" in letter.text

    def test_an_objection_without_a_reason_asks_for_one_in_ones_own_words(self, playbook: Playbook) -> None:
        assert "reason" in write_letter("objection", "en", "gdpr", facts_of(playbook)).placeholders
        reason = "My posts show\nmy children."
        facts = facts_of(playbook, entry("filed", at(5), reason=reason))
        assert f"My particular situation: {reason}" in write_letter("objection", "en", "gdpr", facts).text

    def test_a_complaint_tells_what_happened_in_order_and_names_what_is_attached(self, playbook: Playbook) -> None:
        events = (entry("filed", at(60)), entry("noted", at(50), step="confirm", text="x"), entry("reminded", at(20)))
        kept = entry("evidence", at(20), of=events[0].id, file="answer.eml")
        facts = facts_of(playbook, *events, kept, authority="Autoriteit Persoonsgegevens")
        letter = write_letter("complaint", "nl", "gdpr", facts)
        assert (
            "- 24 september 2026: ik heb mijn bezwaar naar Meta gestuurd.\n- 3 november 2026: ik heb Meta een herinnering gestuurd."
            in (letter.text)
        )
        assert "Bijlagen:\n- Mijn bezwaar van 24 september 2026 (bestand answer.eml)" in letter.text
        assert "SHA-256" not in letter.text
        assert letter.text.startswith(
            "[je naam]\n[je postadres]\n\nAutoriteit Persoonsgegevens\n\n[plaats], [datum]\n\nGeachte heer, mevrouw,"
        )
        assert letter.text.endswith("Met vriendelijke groet,\n[je naam]\n\nHandtekening: ____________________")
        assert letter.placeholders == ("name", "sender-address", "place", "today", "controller")

    def test_a_complaint_asks_for_proof_until_it_is_kept_under_the_objection_or_a_reply(
        self, playbook: Playbook
    ) -> None:
        filed, reminded = entry("filed", at(60)), entry("reminded", at(20))

        def complaint(*events: Event) -> Letter:
            facts = facts_of(playbook, filed, reminded, *events)
            return write_letter("complaint", "en", "gdpr", facts)

        of_reminder = complaint(entry("evidence", at(20), of=reminded.id, file="2026-11-03-reminder.txt"))
        gap = "- [copy of my objection, with proof that I sent it; or write: I have no copy of my objection]"
        assert f"- My reminder of 3 November 2026 (file 2026-11-03-reminder.txt)\n{gap}" in of_reminder.text
        assert "attachments" in of_reminder.placeholders
        of_objection = complaint(entry("evidence", at(10), of=filed.id, file="sent.png"))
        assert "attachments" not in of_objection.placeholders

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("en", "Meta's refusal of 8 November 2026 (file answer.eml)"),
            ("nl", "Meta's afwijzing van 8 november 2026 (bestand answer.eml)"),
            ("de", "Ablehnung durch Meta vom 8. November 2026 (Datei answer.eml)"),
            ("fr", "Refus de Meta du 8 novembre 2026 (fichier answer.eml)"),
            ("es", "Negativa de Meta del 8 de noviembre de 2026 (archivo answer.eml)"),
            ("it", "Rifiuto di Meta dell'8 novembre 2026 (file answer.eml)"),
        ],
    )
    def test_what_is_attached_is_told_as_what_it_is(self, playbook: Playbook, language: str, told: str) -> None:
        filed, refused = entry("filed", at(60)), entry("refused", at(15))
        late, early = (
            entry("evidence", at(day), of=of.id, file=file)
            for day, of, file in ((9, refused, "answer.eml"), (8, filed, "sent.png"))
        )
        facts = facts_of(playbook, filed, refused, late, early)
        attached = write_letter("complaint", language, "gdpr", facts).text
        assert f"- {told}" in attached
        assert attached.index("sent.png") < attached.index("answer.eml")
        of_what_is_gone = facts_of(playbook, filed, entry("evidence", at(9), of="gone", file="odd.png"))
        assert "odd.png" in write_letter("complaint", language, "gdpr", of_what_is_gone).text

    def test_every_reply_and_every_letter_has_words_as_an_attachment(self) -> None:
        told = set(letters.language_texts("en")["attachment"])
        kinds = {kind for kind in EventKind if rules_of(kind).role in ("objection", "reply", "sent")}
        assert kinds - {EventKind.ANSWER_MISSING} <= told
        assert told - {"file", "other", "undated"} <= {*EventKind}

    def test_a_complaint_in_the_uk_goes_to_meta_first(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("refused", at(30)), country="GB")
        letter = write_letter("complaint-to-meta", "en", "uk-gdpr", facts)
        assert "section 164A of the Data Protection Act 2018" in letter.text
        assert "On 24 October 2026 you refused it." in letter.text

    def test_a_complaint_to_the_ico_tells_that_meta_was_told_first_and_what_came_of_it(
        self, playbook: Playbook
    ) -> None:
        case = (entry("filed", at(90)), entry("refused", at(80)), entry("complained-to-controller", at(40)))
        silent = write_letter("complaint-uk", "en", "uk-gdpr", facts_of(playbook, *case, country="GB"))
        assert "I complained to Meta first, on 14 October 2026, under section 164A" in silent.text
        assert "By my count they ended on 13 November 2026; I have received no acknowledgement." in silent.text
        told = facts_of(playbook, *case, entry("acknowledged", at(35)), country="GB")
        letter = write_letter("complaint-uk", "en", "uk-gdpr", told)
        assert "- 19 October 2026: Meta acknowledged my complaint." in letter.text
        assert "Meta acknowledged that complaint on 19 October 2026. I have not been told an outcome." in letter.text
        assert "no acknowledgement" not in letter.text
        answered = facts_of(playbook, *case, entry("acknowledged", at(35)), entry("refused", at(5)), country="GB")
        assert "outcome." not in write_letter("complaint-uk", "en", "uk-gdpr", answered).text.replace(
            "the outcome.", ""
        )
        never = facts_of(playbook, *case[:2], country="GB")
        assert "first" not in write_letter("complaint-uk", "en", "uk-gdpr", never).text

    def test_a_swiss_report_speaks_of_swiss_law_alone(self, playbook: Playbook) -> None:
        case = (entry("filed", at(90)), entry("confirmed-by-mail", at(89)), entry("asked-applied", at(50)))
        letter = write_letter("complaint-ch", "de", "fadp", facts_of(playbook, *case, country="CH"))
        assert "Am 4. Oktober 2026 habe ich Meta im Rahmen meines Auskunftsrechts (Artikel 25" in letter.text
        assert "endeten die 30 Tage für die Antwort am 3. November 2026" in letter.text
        assert "Mit freundlichen Grüssen\n[Ihr Name]" in letter.text

    def test_a_question_that_was_not_answered_stands_in_the_complaint(self, playbook: Playbook) -> None:
        case = (entry("filed", at(90)), entry("confirmed-by-mail", at(89)), entry("asked-applied", at(50)))
        letter = write_letter("complaint", "en", "gdpr", facts_of(playbook, *case))
        assert "On 4 October 2026 I asked Meta under my right of access (Article 15 GDPR)" in letter.text
        assert "ended on 4 November 2026; I have received no answer." in letter.text
        assert "Please also see to it that Meta answers my question." in letter.text
        answered = facts_of(playbook, *case, entry("refused", at(45)))
        assert "right of access" not in write_letter("complaint", "en", "gdpr", answered).text

    def test_the_timeline_says_of_which_sort_an_answer_was(self, playbook: Playbook) -> None:
        case = (
            entry("filed", at(60)),
            entry("more-asked", at(50), for_="id"),
            entry("refused", at(40), grounds="none"),
        )
        letter = write_letter("complaint", "en", "gdpr", facts_of(playbook, *case))
        assert "- 4 October 2026: Meta asked for proof of who I am." in letter.text
        assert "- 14 October 2026: Meta refused without giving reasons." in letter.text
        assert "Meta gave no reasons for its refusal, although it must give them within one month" in letter.text
        given = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40), grounds="given"))
        assert "Meta gave no reasons" not in write_letter("complaint", "en", "gdpr", given).text
        unsure = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40)))
        assert "- 14 October 2026: Meta refused.\n" in f"{write_letter('complaint', 'en', 'gdpr', unsure).text}\n"

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_the_timeline_tells_what_the_person_answered_and_that_a_late_notice_was_disputed(
        self, playbook: Playbook, language: str
    ) -> None:
        told = (
            entry("filed", at(50)),
            entry("more-asked", at(48), for_="id"),
            entry("answered", at(40)),
            entry("extended", at(10)),
            entry("extension-disputed", at(5)),
        )
        written = write_letter("complaint", language, "gdpr", facts_of(playbook, *told)).text
        lines = [line for line in written.split("\n") if line.startswith("- ")]
        assert len(lines) == len(told)
        assert len({line.partition(":")[2] for line in lines}) == len(told)

    def test_a_late_extension_is_told_once_and_as_late(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("extended", at(10)))
        text = write_letter("complaint", "en", "gdpr", facts).text
        assert text.count("ended on 27 October 2026") == 1
        assert "Meta's notice came after that, so it does not give Meta more time." in text

    def test_linked_accounts_are_named_and_an_account_by_itself_is_spoken_of_alone(self, playbook: Playbook) -> None:
        filed = entry("filed", at(60))
        hub = record(
            account("facebook", filed, hub="all"), account("instagram-@a", hub="all"), account("threads-@b", hub="")
        )
        standing = compute_overview(hub, playbook, NOW, public_holiday_name).statuses[0]
        facts = collect_letter_facts(standing, hub, playbook, NOW.date(), public_holiday_name)
        assert facts.linked == ("Instagram @a",)
        text = write_letter("reminder", "en", "gdpr", facts).text
        assert "Linked with it in the same Accounts Centre or Meta Account: Instagram @a" in text
        assert "for this account and the accounts linked with it" in text
        unknown = write_letter("reminder", "en", "gdpr", facts_of(playbook, filed)).text
        assert "Linked with it" not in unknown
        assert "for this account and the accounts linked with it" in unknown
        single = replace(hub, accounts=(replace(hub.accounts[0], linked_group=""),))
        standing = compute_overview(single, playbook, NOW, public_holiday_name).statuses[0]
        alone = collect_letter_facts(standing, single, playbook, NOW.date(), public_holiday_name)
        for id in ("reminder", "asked-applied", "objection"):
            assert "linked" not in write_letter(id, "en", "gdpr", alone).text

    def test_after_a_refusal_without_reasons_the_month_that_still_runs_is_told(self, playbook: Playbook) -> None:
        early = facts_of(playbook, entry("filed", at(10)), entry("refused", at(2), grounds="none"))
        for letter in ("refusal-answer", "complaint"):
            assert "By my count that month ends on 14 December 2026." in write_letter(letter, "en", "gdpr", early).text
        late = facts_of(playbook, entry("filed", at(60)), entry("refused", at(50), grounds="none"))
        given = facts_of(playbook, entry("filed", at(10)), entry("refused", at(2), grounds="given"))
        for facts in (late, given):
            assert "that month ends" not in write_letter("refusal-answer", "en", "gdpr", facts).text

    def test_the_reference_that_meta_gave_stands_in_later_letters(self, playbook: Playbook) -> None:
        facts = facts_of(
            playbook,
            entry("filed", at(60)),
            entry("will-be-reviewed", at(59), reference="M-1"),
            entry("refused", at(40), reference="M-2"),
            entry("complained", at(20), reference="AP-7"),
            entry("authority-told", at(10), reference="AP-8"),
        )
        assert "Your reference: M-2" in write_letter("refusal-answer", "en", "gdpr", facts).text
        complaint = write_letter("complaint", "en", "gdpr", facts).text
        assert "Meta's reference: M-2" in complaint
        assert "Your reference: AP-8" in complaint
        assert "M-" not in write_letter("authority-status", "en", "gdpr", facts).text

    @pytest.mark.parametrize("letter", ["reminder", "refusal-answer", "asked-applied", "identity", "late-extension"])
    def test_an_objection_that_went_by_post_is_told_as_that_also_once_it_arrived(
        self, playbook: Playbook, letter: str
    ) -> None:
        posted = entry("filed", at(60), form="letter")
        facts = facts_of(playbook, posted, entry("letter-arrived", at(57), of=posted.id), entry("refused", at(40)))
        assert facts.received is not None
        assert "I sent you by post my objection" in write_letter(letter, "en", "gdpr", facts).text
        by_form = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40)))
        assert "by post" not in write_letter(letter, "en", "gdpr", by_form).text

    def test_the_only_account_of_a_complete_list_is_spoken_of_alone(self, playbook: Playbook) -> None:
        listed = entry("step-done", at(61), step="identify")
        alone = facts_of(playbook, listed, entry("filed", at(60)))
        for id in ("reminder", "asked-applied", "objection"):
            assert "linked" not in write_letter(id, "en", "gdpr", alone).text

    def test_the_lead_authority_is_not_asked_to_pass_it_on_to_itself(self) -> None:
        led = replace(FULL, leads=True)
        assert "pass it on" in write_letter("complaint", "en", "gdpr", FULL).text
        assert "pass it on" not in write_letter("complaint", "en", "gdpr", led).text

    def test_a_refusal_that_came_in_time_is_not_called_late(self, playbook: Playbook) -> None:
        refused = facts_of(playbook, entry("filed", at(90)), entry("refused", at(80)))
        assert refused.over is None
        late = facts_of(playbook, entry("filed", at(90)), entry("refused", at(20)))
        assert late.over == date(2026, 9, 25)

    def test_a_reminder_after_a_refusal_asks_for_no_reasons_to_refuse(self, playbook: Playbook) -> None:
        before = write_letter("reminder", "en", "gdpr", facts_of(playbook, entry("filed", at(60)))).text
        assert "If you refuse it, please give me your reasons." in before
        refused = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40), grounds="given"))
        after = write_letter("reminder", "en", "gdpr", refused).text
        assert "On 14 October 2026 you refused it." in after
        assert "reasons" not in after
        assert "lodge a complaint" not in after

    def test_an_answer_to_a_refusal_asks_for_compelling_grounds_and_repeats_the_persons_own_reason(
        self, playbook: Playbook
    ) -> None:
        filed = entry("filed", at(60), reason="I draw for a living.")
        text = write_letter(
            "refusal-answer", "en", "gdpr", facts_of(playbook, filed, entry("refused", at(40), grounds="none"))
        ).text
        assert "My particular situation: I draw for a living." in text
        assert "(“compelling legitimate”) grounds that override my interests" in text
        assert "You gave no reasons." in text
        given = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40), grounds="not-available"))
        letter = write_letter("refusal-answer", "en", "gdpr", given)
        assert "You gave no reasons." not in letter.text
        assert "an objection is not available where I am" in letter.text
        assert "reason" in letter.placeholders
        swiss = write_letter("refusal-answer", "de", "fadp", given).text
        assert "Artikel 31 des Schweizer Datenschutzgesetzes" in swiss
        assert "Artikel 21" not in swiss

    @pytest.mark.parametrize(
        ("grounds", "said", "unsaid"),
        [
            (
                "no-examples",
                ("You refused it because I gave no prompts or examples.", "I have no prompts and no screenshots"),
                "the form was the wrong one",
            ),
            ("wrong-form", ("the form was the wrong one. It was the form for my own information.",), "prompts"),
        ],
    )
    def test_an_answer_to_a_refusal_for_the_form_weighs_no_grounds_and_leaves_no_gap_of_law(
        self, playbook: Playbook, grounds: str, said: tuple[str, ...], unsaid: str
    ) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40), grounds=grounds))
        letter = write_letter("refusal-answer", "en", "gdpr", facts)
        for words in (
            *said,
            "My objection is about the data of my own account, and not about information from third parties.",
            "Article 21 GDPR asks for no particular form of an objection.",
            "Please look at my objection again, act on it and confirm that in writing.",
        ):
            assert words in letter.text
        assert unsaid not in letter.text
        assert "compelling" not in letter.text
        assert {"reason", "why-not-override"}.isdisjoint(letter.placeholders)
        reasoned = facts_of(
            playbook, entry("filed", at(60), reason="I draw for a living."), entry("refused", at(40), grounds=grounds)
        )
        assert "I draw for a living." in write_letter("refusal-answer", "en", "gdpr", reasoned).text
        swiss = write_letter("refusal-answer", "de", "fadp", facts).text
        assert "Artikel" not in swiss

    def test_an_answer_to_a_refusal_names_what_meta_confirmed_for_linked_accounts(self) -> None:
        text = write_letter("refusal-answer", "en", "gdpr", FULL).text
        assert "You have already confirmed my objection for what is linked with this account:" in text
        assert "Threads @anna.nl" in text

    def test_who_is_asked_for_proof_of_identity_says_that_there_is_no_doubt_and_sends_no_document(
        self, playbook: Playbook
    ) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("more-asked", at(50), for_="id"), country="GB")
        text = write_letter("identity", "en", "uk-gdpr", facts).text
        assert "On 4 October 2026 you asked me to prove who I am." in text
        assert "(Article 12(6) UK GDPR)" in text
        assert "I am not sending a copy of an identity document." in text
        assert "(Articles 12(3) and 12A UK GDPR)" in text

    def test_an_extension_without_reasons_is_not_called_late(self, playbook: Playbook) -> None:
        case = (entry("filed", at(60)), entry("extended", at(50), reasons="none"))
        facts = facts_of(playbook, *case)
        text = write_letter("unreasoned-extension", "en", "gdpr", facts).text
        assert "Your notice gave no reasons, so it does not give you more time." in text
        assert "By my count that month ended on 27 October 2026." in text
        assert (facts.late, facts.unreasoned) == (False, True)
        complaint = write_letter("complaint", "en", "gdpr", facts).text
        assert "Its notice gave no reasons, so it does not give Meta more time." in complaint
        assert "came after that" not in complaint
        assert complaint.count("27 October 2026") == 1

    @pytest.mark.parametrize(
        ("events", "country", "provisions"),
        [
            ([entry("filed", at(60))], "NL", "GDPR: Article 12(3)."),
            ([entry("filed", at(60))], "GB", "UK GDPR: Articles 12(3) and 12A."),
            ([entry("filed", at(60)), entry("refused", at(40), grounds="given")], "NL", "GDPR: Article 21(1)."),
            (
                [entry("filed", at(60)), entry("refused", at(40), grounds="none")],
                "NL",
                "GDPR: Article 21(1); Article 12(4).",
            ),
            (
                [entry("filed", at(90)), entry("confirmed-by-mail", at(89)), entry("asked-applied", at(50))],
                "NL",
                "GDPR: Article 12(3); Article 15.",
            ),
        ],
    )
    def test_a_complaint_names_the_provisions_by_what_happened(
        self, playbook: Playbook, events: list[Event], country: str, provisions: str
    ) -> None:
        id, law = ("complaint-uk", "uk-gdpr") if country == "GB" else ("complaint", "gdpr")
        text = write_letter(id, "en", law, facts_of(playbook, *events, country=country)).text
        assert f"In my view Meta has infringed the {provisions}" in text

    def test_a_complaint_before_anything_went_wrong_names_no_provision(self, playbook: Playbook) -> None:
        text = write_letter("complaint", "en", "gdpr", facts_of(playbook, entry("filed", at(5)))).text
        assert "infringed" not in text

    def test_a_complaint_repeats_the_persons_own_reason(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60), reason="I draw for a living."))
        assert "To Meta I wrote: “I draw for a living.”" in write_letter("complaint", "en", "gdpr", facts).text

    def test_the_authority_is_told_that_meta_gave_in(self, playbook: Playbook) -> None:
        case = (
            entry("filed", at(90)),
            entry("complained", at(40), reference="z2026-00001"),
            entry("confirmed-by-mail", at(5)),
        )
        letter = write_letter("meta-gave-in", "en", "gdpr", facts_of(playbook, *case, authority="AP"))
        assert "On 14 October 2026 I complained to you" in letter.text
        assert "Your reference: z2026-00001" in letter.text
        assert "On 18 November 2026 Meta told me that it acts on my objection." in letter.text

    @pytest.mark.parametrize("id", ["reminder", "complaint", "unreasoned-extension"])
    def test_while_nobody_knows_when_a_letter_arrived_no_day_of_the_month_is_named(
        self, playbook: Playbook, id: str
    ) -> None:
        posted = entry("filed", at(60), form="letter")
        for events in ((posted,), (posted, entry("letter-arrived", at(40), of=posted.id, day="unknown"))):
            facts = facts_of(playbook, *events)
            assert (facts.over, facts.due, facts.undated) == (None, None, True)
            assert "By my count" not in write_letter(id, "en", "gdpr", facts).text

    def test_after_a_move_an_old_objection_is_under_the_law_of_where_it_was_sent(self, playbook: Playbook) -> None:
        moved = (entry("filed", at(60)), entry("country-changed", at(50), from_="NL", to="GB"))
        progress = record(account("facebook", *moved), country="GB")
        status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
        assert (status.objection_law, status.objection_country) == ("gdpr", "NL")
        again = record(account("facebook", *moved, entry("filed", at(1))), country="GB")
        status = compute_overview(again, playbook, NOW, public_holiday_name).statuses[0]
        assert (status.objection_law, status.objection_country) == ("uk-gdpr", "")

    def test_after_a_move_a_new_objection_has_neither_the_law_nor_the_month_of_the_old_one(
        self, playbook: Playbook
    ) -> None:
        refused_late = (
            entry("filed", at(90)),
            entry("refused", at(40)),
            entry("country-changed", at(30), from_="NL", to="BR"),
        )
        progress = record(account("facebook", *refused_late), country="BR")
        status = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
        assert (status.objection_law, status.objection_country) == ("gdpr", "NL")
        again = record(account("facebook", *refused_late, entry("filed", at(5))), country="BR")
        status = compute_overview(again, playbook, NOW, public_holiday_name).statuses[0]
        assert (status.objection_law, status.objection_country) == ("lgpd", "")
        assert collect_letter_facts(status, again, playbook, NOW.date(), public_holiday_name).over is None

    @pytest.mark.parametrize(("country", "law"), [("NL", "gdpr"), ("GB", "uk-gdpr")])
    def test_a_month_that_began_with_the_answer_is_told_from_there(
        self, playbook: Playbook, country: str, law: str
    ) -> None:
        asked = (entry("filed", at(80)), entry("more-asked", at(70), for_="id"))
        facts = facts_of(playbook, *asked, entry("answered", at(60)), country=country)
        assert facts.counted_from == at(60).date()
        assert "I count from 24 September 2026" in write_letter("reminder", "en", law, facts).text
        waiting = facts_of(playbook, *asked, country=country)
        assert (waiting.over, waiting.due, waiting.undated) == (None, None, True)

    def test_a_message_that_nobody_read_is_not_called_a_confirmation(self, playbook: Playbook) -> None:
        unread = facts_of(playbook, entry("filed", at(60)), entry("confirmed-on-screen", at(59)))
        assert (unread.confirmed, unread.undecided) == (None, True)
        applied = facts_of(playbook, entry("filed", at(60)), entry("confirmed-on-screen", at(59), message="applied"))
        assert (applied.confirmed, applied.undecided) == (at(59).date(), False)
        asked = facts_of(
            playbook,
            entry("filed", at(60)),
            entry("confirmed-on-screen", at(59), message="applied"),
            entry("more-asked", at(50)),
        )
        assert (asked.confirmed, asked.undecided) == (None, True)

    def test_what_was_sent_before_is_said_to_have_been_sent(self, playbook: Playbook) -> None:
        filed = entry("filed", at(60))
        silent = facts_of(playbook, filed, entry("asked-applied", at(20)), entry("reminded", at(10)))
        objection = write_letter("objection", "en", "gdpr", silent).text
        assert "I already sent you this objection on 24 September 2026 and have not received an answer" in objection
        question = write_letter("asked-applied", "en", "gdpr", silent).text
        assert "I already asked you the following on 3 November 2026 and have not received an answer" in question
        reminder = self.reminder(silent).text
        assert "I already reminded you on 13 November 2026." in reminder
        assert "On 3 November 2026 I also asked you under my right of access (Article 15 GDPR)" in reminder
        complained = facts_of(playbook, filed, entry("complained", at(20), reference="z1"))
        again = write_letter("complaint", "en", "gdpr", complained).text
        assert "I already complained to you about this on 3 November 2026." in again
        assert "Your reference: z1" in again
        first = facts_of(playbook, filed)
        for id in ("objection", "asked-applied", "reminder", "complaint"):
            said = write_letter(id, "en", "gdpr", first).text.replace("I already sent you this objection on 24", "")
            assert "already" not in said

    def test_a_question_that_was_answered_is_not_called_unanswered(self, playbook: Playbook) -> None:
        asked, came = (entry("filed", at(60)), entry("asked-applied", at(20))), entry("confirmed-by-mail", at(10))
        told = entry("confirmed-by-mail", at(10), answers="inquiry")
        assert "already asked" in write_letter("asked-applied", "en", "gdpr", facts_of(playbook, *asked, came)).text
        for answer in (told, entry("inquiry-answered", at(10)), entry("refused", at(10), answers="inquiry")):
            assert (
                "already asked"
                not in write_letter("asked-applied", "en", "gdpr", facts_of(playbook, *asked, answer)).text
            )

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (entry("confirmed-by-mail", at(10), answers="inquiry"), "answered my question: it acts on my objection."),
            (entry("refused", at(10), answers="inquiry"), "answered my question: it does not act on my objection."),
            (entry("inquiry-answered", at(10)), "without saying that it does."),
        ],
    )
    def test_the_answer_to_the_question_is_told_in_the_course_of_the_case(
        self, playbook: Playbook, answer: Event, said: str
    ) -> None:
        case = (entry("filed", at(60)), entry("asked-applied", at(20)), answer)
        assert said in write_letter("complaint", "en", "gdpr", facts_of(playbook, *case)).text

    def test_an_objection_after_a_refusal_does_not_say_if_you_refuse(self, playbook: Playbook) -> None:
        refused = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40), grounds="given"))
        text = write_letter("objection", "en", "gdpr", refused).text
        assert "I already objected on 24 September 2026, and you refused on 14 October 2026." in text
        assert "If you refuse" not in text
        assert "In that case" not in text

    def test_what_came_back_is_not_called_sent_before(self, playbook: Playbook) -> None:
        case = (entry("filed", at(60), form="letter"), entry("undeliverable", at(40), returned="objection"))
        assert "already" not in write_letter("objection", "en", "gdpr", facts_of(playbook, *case)).text

    def test_a_second_complaint_to_meta_names_the_first_and_why_its_last_day_moved(self, playbook: Playbook) -> None:
        # Received on 24 September; the 30th day is a Saturday.
        case = (entry("filed", at(90)), entry("complained-to-controller", at(60)))
        text = write_letter("complaint-to-meta", "en", "uk-gdpr", facts_of(playbook, *case, country="GB")).text
        assert "I already complained to you about this on 24 September 2026. I am complaining again." in text
        assert "By my count they ended on 26 October 2026; I have received no acknowledgement." in text
        assert "The 30th day was a Saturday, so I count to the next working day." in text
        assert "I would like you to act on my objection for this account and to confirm that in writing." in text
        first = write_letter("complaint-to-meta", "en", "uk-gdpr", facts_of(playbook, case[0], country="GB")).text
        assert "already" not in first
        assert "30th day" not in first

    @pytest.mark.parametrize(
        ("day", "reasons", "words"),
        [(10, "given", "Your notice came after the month, so"), (50, "none", "Your notice gave no reasons, so")],
    )
    def test_a_reminder_says_that_an_extension_gives_no_more_time(
        self, playbook: Playbook, day: int, reasons: str, words: str
    ) -> None:
        case = (entry("filed", at(60)), entry("extended", at(day), reasons=reasons))
        text = self.reminder(facts_of(playbook, *case)).text
        assert f"you told me that you need more time. {words} it does not give you more time." in text

    def test_a_reminder_names_the_open_complaint_in_the_uk_and_the_question_in_switzerland(
        self, playbook: Playbook
    ) -> None:
        complained = facts_of(playbook, entry("filed", at(90)), entry("complained-to-controller", at(40)), country="GB")
        text = write_letter("reminder", "en", "uk-gdpr", complained).text
        assert "On 14 October 2026 I also complained to you about this." in text
        asked = facts_of(playbook, entry("filed", at(60)), entry("asked-applied", at(20)), country="CH")
        text = write_letter("reminder", "en", "fadp", asked).text
        assert "On 3 November 2026 I also asked you under my right to information (Article 25" in text

    def test_a_reminder_after_the_answer_to_a_refusal_is_one_of_that_answer(self, playbook: Playbook) -> None:
        case = (entry("filed", at(60)), entry("refused", at(40)), entry("refusal-disputed", at(20)))
        text = self.reminder(facts_of(playbook, *case)).text
        assert "On 3 November 2026 I answered your refusal. I have not received a reply to that." in text
        assert "Please reply to my letter of 3 November 2026, act on my objection" in text

    def test_months_since_posting_are_named_only_once_the_month_is_over_whenever_it_arrived(
        self, playbook: Playbook
    ) -> None:
        for days, is_over in ((61, False), (62, True)):  # two months before 23 November is 23 September
            facts = facts_of(playbook, entry("filed", at(days), form="letter"))
            assert facts.posted == at(days).date()
            for id in ("reminder", "complaint"):
                text = write_letter(id, "en", "gdpr", facts).text
                assert text.count("by post") == 1
                assert text.count(letters._TemplateFiller("en", "gdpr", facts)._format_day(at(days).date())) == 1
                assert ("More than two months have passed since I posted it." in text) is is_over
            assert ("12-3" in facts.provisions) is is_over
        arrived = entry("filed", at(70), form="letter", received=at(65).date())
        assert facts_of(playbook, arrived).posted is None

    @pytest.mark.parametrize(("days", "months"), [(62, "twee"), (130, "vier"), (400, "13")])
    def test_a_letter_long_after_posting_counts_the_whole_months(
        self, playbook: Playbook, days: int, months: str
    ) -> None:
        facts = facts_of(playbook, entry("filed", at(days), form="letter"))
        for id in ("reminder", "complaint"):
            assert f"meer dan {months} maanden verstreken" in write_letter(id, "nl", "gdpr", facts).text

    @pytest.mark.parametrize(
        ("events", "words"),
        [
            ([], "has not answered my objection."),
            ([entry("will-be-reviewed", at(80))], "has not decided on my objection."),
            ([entry("refused", at(80))], "refused my objection on 4 September 2026."),
            ([entry("confirmed-by-mail", at(80)), entry("asked-applied", at(50))], "has not answered my question"),
        ],
    )
    def test_a_swiss_notice_says_why_it_is_written(self, playbook: Playbook, events: list[Event], words: str) -> None:
        facts = facts_of(playbook, entry("filed", at(90)), *events, country="CH")
        text = write_letter("complaint-ch", "en", "fadp", facts).text
        assert re.search(rf"I am writing to you because Meta \(Instagram\) {re.escape(words)}", text)

    def test_a_swiss_notice_before_the_thirty_days_are_over_says_until_when_meta_has(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(90)), entry("asked-applied", at(10)), country="CH")
        text = write_letter("complaint-ch", "en", "fadp", facts).text
        # Asked on 13 November.
        assert "the 30 days for its answer end on 13 December 2026; so far I have received none." in text
        assert "ended on" not in text
        again = write_letter("asked-applied", "en", "fadp", facts).text
        assert "By my count your time to answer ends on 13 December 2026." in again

    def test_a_swiss_notice_names_no_end_for_a_question_by_post_that_arrived_nobody_knows_when(
        self, playbook: Playbook
    ) -> None:
        facts = facts_of(playbook, entry("filed", at(90)), entry("asked-applied", at(10), by="letter"), country="CH")
        text = write_letter("complaint-ch", "en", "fadp", facts).text
        assert "It has 30 days for its answer; so far I have received none." in text
        assert "end on" not in text

    def test_an_objection_sent_again_mentions_the_open_question_of_who_one_is(self, playbook: Playbook) -> None:
        asked = (entry("filed", at(60)), entry("more-asked", at(50), for_="id"))
        words = "On 4 October 2026 you asked me to prove who I am. I answer that in a separate letter."
        assert words in write_letter("objection", "en", "gdpr", facts_of(playbook, *asked)).text
        answered = facts_of(playbook, *asked, entry("answered", at(45)))
        assert "prove who I am" not in write_letter("objection", "en", "gdpr", answered).text

    def test_after_a_confirmation_meta_is_asked_since_when_and_not_whether(self, playbook: Playbook) -> None:
        confirmed = facts_of(playbook, entry("filed", at(60)), entry("confirmed-by-mail", at(50)))
        text = write_letter("asked-applied", "en", "gdpr", confirmed).text
        assert "1. Since when do you act on it, and does that cover this account?\n2. Have you used" in text
        assert "1. Do you act" not in text
        silent = facts_of(playbook, entry("filed", at(60)))
        assert "1. Do you act on this objection" in write_letter("asked-applied", "en", "gdpr", silent).text

    @pytest.mark.parametrize(
        ("id", "law", "country", "events", "copies"),
        [
            ("complaint", "gdpr", "NL", [], ""),
            ("complaint", "gdpr", "NL", [entry("refused", at(40))], "; copies of what Meta sent me"),
            (
                "complaint-uk",
                "uk-gdpr",
                "GB",
                [entry("complained-to-controller", at(40))],
                "; copy of my complaint to Meta",
            ),
            ("complaint-ch", "fadp", "CH", [entry("asked-applied", at(40))], "; copy of my question to Meta"),
        ],
    )
    def test_the_copies_to_enclose_are_those_of_what_was_sent_and_came(
        self, playbook: Playbook, id: str, law: str, country: str, events: list[Event], copies: str
    ) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), *events, country=country)
        asked_for = (
            f"[copy of my objection, with proof that I sent it{copies}; or write: I have no copy of my objection]"
        )
        assert f"Attached:\n{asked_for}" in write_letter(id, "en", law, facts).text

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_a_letter_to_meta_ends_with_the_name_and_no_line_to_sign(self, language: str) -> None:
        for law, id, written_in in EVERY:
            if addressee_of(id) == "meta" and written_in == language:
                letter = write_letter(id, language, law, LetterFacts())
                assert letter.body[-1].placeholder == "name"
                assert "____" not in letter.text

    def test_an_identity_letter_says_that_the_month_ended_only_where_the_periods_screen_counts_so(
        self, playbook: Playbook
    ) -> None:
        told = []
        latest = "If you see it differently, please answer at the latest within one month of receiving this letter."
        for events in (
            (entry("filed", at(60)), entry("more-asked", at(50), for_="id")),
            (entry("filed", at(60)), entry("more-asked", at(10), for_="id")),
            (entry("filed", at(10)), entry("more-asked", at(5), for_="id")),
            (entry("filed", at(60), form="letter"), entry("more-asked", at(50), for_="id")),
        ):
            facts = facts_of(playbook, *events)
            text = write_letter("identity", "en", "gdpr", facts).text
            told.append("By my count that month ended on" in text)
            assert told[-1] is (facts.over is not None)
            assert latest in text
        assert told == [False, True, False, False]

    @pytest.mark.parametrize(
        ("events", "words"),
        [
            ([], "please keep my complaint open for now"),
            ([entry("asked-applied", at(4))], "On 19 November 2026 I asked Meta whether it does so and since when."),
            ([entry("closed", at(2))], "you may close my complaint."),
        ],
    )
    def test_the_authority_is_told_whether_the_complaint_stays_open(
        self, playbook: Playbook, events: list[Event], words: str
    ) -> None:
        case = (entry("filed", at(90)), entry("complained", at(40)), entry("confirmed-by-mail", at(5)))
        text = write_letter("meta-gave-in", "en", "gdpr", facts_of(playbook, *case, *events)).text
        assert words in text

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_an_identity_letter_claims_no_log_in_and_counts_from_receipt(
        self, playbook: Playbook, language: str
    ) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("more-asked", at(50), for_="id"))
        letter = write_letter("identity", language, "gdpr", facts)
        assert "no-doubt" in letter.placeholders
        began = letters.language_texts(language)["text"]["identity.began-on"].partition("{")[0].rstrip("l ")
        assert began in letter.text
        posted = facts_of(playbook, entry("filed", at(60), form="letter"), entry("more-asked", at(50), for_="id"))
        assert began not in write_letter("identity", language, "gdpr", posted).text or posted.received is None

    def test_a_refusal_letter_claims_nothing_of_what_meta_did_not_mention(self, playbook: Playbook) -> None:
        refused = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40), grounds="none"))
        for id in ("refusal-answer", "complaint"):
            text = write_letter(id, "en", "gdpr", refused).text
            assert "court" not in text
        assert "I therefore believe that it must act on my objection." in text
        given = facts_of(playbook, entry("filed", at(60)), entry("refused", at(40), grounds="given"))
        text = write_letter("complaint", "en", "gdpr", given).text
        assert "Meta gave reasons. In my view they do not override my interests" in text
        assert "therefore" not in text
        answer = write_letter("refusal-answer", "en", "gdpr", given)
        assert "The grounds you give do not override them, because [" in answer.text
        assert "which grounds these are" not in answer.text

    def test_on_the_day_of_a_refusal_no_month_is_claimed_to_have_passed(self, playbook: Playbook) -> None:
        early = facts_of(playbook, entry("filed", at(3)), entry("refused", at(0), grounds="none"))
        assert early.provisions == ("21-1",)
        text = write_letter("complaint", "en", "gdpr", early).text
        assert "Meta gave no reasons for its refusal. It must give them within one month" in text
        assert "although" not in text
        late = facts_of(playbook, entry("filed", at(60)), entry("refused", at(55), grounds="none"))
        assert late.provisions == ("21-1", "12-4")

    def test_within_the_month_a_letter_comes_in_addition_to_the_form(self, playbook: Playbook) -> None:
        just_sent = write_letter("objection", "en", "gdpr", facts_of(playbook, entry("filed", at(0))))
        assert "I send this in addition to my objection of 23 November 2026." in just_sent.text
        assert "sending it again" not in just_sent.text
        silent = write_letter("objection", "en", "gdpr", facts_of(playbook, entry("filed", at(60))))
        assert "have not received an answer, so I am sending it again" in silent.text

    def test_a_reminder_cites_the_article_and_asks_for_an_answer_within_a_time(self, playbook: Playbook) -> None:
        late = write_letter(
            "reminder", "en", "gdpr", replace(facts_of(playbook, entry("filed", at(60))), has_handle=False)
        )
        assert "I rest it on Article 21 GDPR." in late.text
        assert "within 14 days of receiving this letter" in late.text
        assert "profile" in late.placeholders

    def test_a_reason_in_another_language_is_marked_to_be_translated(self, playbook: Playbook) -> None:
        facts = replace(facts_of(playbook, entry("filed", at(60), reason="Ik teken.")), reason_language="nl")
        assert "Aan Meta schreef ik: “Ik teken.”" in write_letter("complaint", "nl", "gdpr", facts).text
        english = write_letter("complaint", "en", "gdpr", facts)
        assert "To Meta I wrote: “[translate this if it is in another language: Ik teken.]”" in english.text
        assert "reason" in english.placeholders

    def test_a_complaint_without_evidence_asks_for_it_and_quotes_no_reason_that_nobody_gave(
        self, playbook: Playbook
    ) -> None:
        letter = write_letter("complaint", "en", "gdpr", facts_of(playbook, entry("filed", at(60))))
        assert {"attachments", "controller"} <= set(letter.placeholders)
        assert "To Meta I wrote" not in letter.text

    def test_the_address_of_a_profile_is_asked_for_where_the_handle_does_not_give_it(self, playbook: Playbook) -> None:
        handle = facts_of(playbook, entry("filed", at(60)))
        assert "profile" not in write_letter("objection", "en", "gdpr", handle).placeholders
        named = replace(handle, has_handle=False)
        assert "profile" in write_letter("objection", "en", "gdpr", named).placeholders

    @pytest.mark.parametrize("language", ["en", "nl", "de", "fr", "es", "it"])
    def test_the_names_that_an_account_had_stand_in_the_letter_where_they_are_known(
        self, playbook: Playbook, language: str
    ) -> None:
        facts = facts_of(playbook, entry("log-in", at(3), **{"log-in": "hacked"}))
        names = "Anna E., anna.old@example.org"
        known = replace(facts, former_names=names)
        assert names in write_letter("objection", language, "gdpr", known).text
        assert names not in write_letter("objection", language, "gdpr", replace(known, elsewhere=True)).text
        assert "former-names" not in write_letter("objection", language, "gdpr", facts).placeholders

    @pytest.mark.parametrize(("day", "written"), [(7, "il 7 agosto"), (8, "l'8 agosto"), (11, "l'11 agosto")])
    def test_an_italian_article_before_a_day_is_shortened_where_it_must_be(self, day: int, written: str) -> None:
        letter = write_letter("reminder", "it", "gdpr", LetterFacts(filed=date(2026, 8, day)))
        assert f"{written} 2026 vi ho inviato" in letter.text
        assert letter.title.startswith(
            "Sollecito: la mia opposizione dell'" if day != 7 else "Sollecito: la mia opposizione del 7"
        )

    def test_an_older_objection_is_left_out(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(200)), entry("refused", at(190)), entry("filed", at(5)))
        assert [line.sentence_id for line in facts.timeline] == ["filed"]
        assert facts.refused is None

    def test_friends_are_told_of_an_objection_only_where_there_is_one(self, playbook: Playbook) -> None:
        claim = "I have objected to that."
        assert claim not in write_letter("friends", "en", "gdpr", facts_of(playbook)).text
        assert claim in write_letter("friends", "en", "gdpr", facts_of(playbook, entry("filed", at(5)))).text

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_friends_are_asked_to_take_pictures_down_and_of_a_child_by_name(
        self, playbook: Playbook, language: str
    ) -> None:
        texts = letters.language_texts(language)["text"]
        own = write_letter("friends", language, "gdpr", facts_of(playbook, entry("filed", at(5))))
        assert texts["friends.ask"] in own.text
        facts = replace(facts_of(playbook, entry("filed", at(5))), elsewhere=True, whose="Mila")
        of_mila = write_letter("friends", language, "gdpr", facts)
        assert "Mila" in of_mila.title
        for id in ("friends.objected.elsewhere", "friends.not-covered", "friends.ask"):
            assert texts[id] not in of_mila.text
            assert texts[f"{id}.on-behalf"].format(whose="Mila") in of_mila.text
        assert texts["friends.objected.on-behalf"].format(whose="Mila") not in of_mila.text

    def test_friends_are_asked_to_take_down_what_shows_the_person(self, playbook: Playbook) -> None:
        text = write_letter("friends", "en", "gdpr", facts_of(playbook)).text
        assert "please take down pictures that show me" in text

    def test_what_others_wrote_cannot_steer_the_terminal(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(5), reason="a\x1b]0;b\x07c", email="x\u202e@example.org"))
        for id in letter_ids_for("gdpr"):
            text = write_letter(id, "en", "gdpr", facts).text
            assert replace_unsafe_characters(text) == text

    def test_a_time_of_day_does_not_move_a_day(self, playbook: Playbook) -> None:
        late = datetime.combine(NOW.date() - timedelta(days=9), datetime.max.time(), NOW.tzinfo).replace(microsecond=0)
        assert facts_of(playbook, entry("filed", late)).filed == NOW.date() - timedelta(days=9)

    @staticmethod
    def reminder(facts: LetterFacts) -> Letter:
        return write_letter("reminder", "en", "gdpr", facts)


class TestWhatAComplaintTells:
    """The course of a case as the diary has it: what of a linked account, what Meta asked and gave as its reasons."""

    CASE = (entry("filed", at(90)), entry("more-asked", at(80), **{"for": "id"}))

    def complaint(self, playbook: Playbook, *events: Event, language: str = "en", other: tuple[Event, ...] = ()) -> str:
        progress = record(account("instagram", *events, hub="home"), account("facebook", *other, hub="home"))
        standing = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
        facts = collect_letter_facts(standing, progress, playbook, NOW.date(), public_holiday_name)
        return write_letter("complaint", language, "gdpr", facts).text

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            (
                "en",
                "- 4 October 2026: Meta confirmed my objection for Facebook (Anna), which is linked with this account.",
            ),
            ("de", "- 4. Oktober 2026: Meta hat meinen Widerspruch für Facebook (Anna) bestätigt; dieses Konto"),
            ("fr", "- 4 octobre 2026\u00a0: Meta a confirmé mon opposition pour Facebook (Anna), compte associé"),
            ("es", "- 4 de octubre de 2026: Meta confirmó mi oposición para Facebook (Anna), cuenta vinculada"),
            ("it", "- 4 ottobre 2026: Meta ha confermato la mia opposizione per Facebook (Anna), account collegato"),
            (
                "nl",
                "- 4 oktober 2026: Meta bevestigde mijn bezwaar voor Facebook (Anna), een account dat aan dit account",
            ),
        ],
    )
    def test_that_the_objection_of_a_linked_account_was_confirmed(
        self, playbook: Playbook, language: str, told: str
    ) -> None:
        other = (entry("filed", at(60)), entry("confirmed-by-mail", at(50)))
        own = (entry("filed", at(70)), entry("refused", at(40)))
        letter = self.complaint(playbook, *own, language=language, other=other)
        lines = [line for line in letter.split("\n") if line.startswith("- ")]
        assert lines[1].startswith(told)
        refused_since = (*other, entry("refused", at(20)))
        assert "(Anna)" not in "".join(
            line
            for line in self.complaint(playbook, *own, language=language, other=refused_since).split("\n")
            if line.startswith("- ")
        )

    def test_that_a_confirmation_names_all_linked_accounts(self, playbook: Playbook) -> None:
        other = (entry("filed", at(60)), entry("confirmed-by-mail", at(50), names="all"))
        letter = self.complaint(playbook, entry("filed", at(70)), other=other)
        assert "linked with this account; its confirmation names all linked accounts." in letter

    @pytest.mark.parametrize("id", ["reminder", "complaint-to-meta"])
    def test_a_letter_to_meta_names_what_it_confirmed_for_linked_accounts(self, playbook: Playbook, id: str) -> None:
        def letter(other: Event, hub: str | None = "home") -> str:
            linked = account("facebook", entry("filed", at(60)), other, hub=hub)
            progress = record(account("instagram", entry("filed", at(70)), hub="home"), linked)
            standing = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
            facts = collect_letter_facts(standing, progress, playbook, NOW.date(), public_holiday_name)
            return write_letter(id, "en", "uk-gdpr", facts).text

        confirmed = letter(entry("confirmed-by-mail", at(50)))
        assert "linked with this account:\n- Facebook (Anna), 4 October 2026\n" in confirmed
        assert "name all linked accounts" not in confirmed
        assert "name all linked accounts" in letter(entry("confirmed-by-mail", at(50), names="all"))
        for nothing in (letter(entry("refused", at(50))), letter(entry("confirmed-by-mail", at(50)), hub=None)):
            assert "already confirmed" not in nothing

    def test_nothing_of_a_linked_account_that_was_not_confirmed(self, playbook: Playbook) -> None:
        other = (entry("filed", at(60)), entry("confirmed-on-screen", at(60)))
        assert "confirmed" not in self.complaint(playbook, entry("filed", at(70)), other=other)

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("en", "I answered what Meta had asked for: “I can log in.”"),
            ("de", "Ich habe beantwortet, was Meta verlangt hatte: „I can log in.“"),
            ("fr", "j'ai répondu à ce que Meta avait demandé\u00a0: «\u00a0I can log in.\u00a0»"),
            ("es", "respondí a lo que Meta había pedido: «I can log in.»"),
            ("it", "ho risposto a quanto Meta aveva chiesto: «I can log in.»"),
            ("nl", "ik heb geantwoord op wat Meta vroeg: “I can log in.”"),
        ],
    )
    def test_what_was_answered_when_meta_asked_for_proof_of_identity(
        self, playbook: Playbook, language: str, told: str
    ) -> None:
        answered = entry("answered", at(70), **{"answer-words": "I can log in."})
        assert told in self.complaint(playbook, *self.CASE, answered, language=language)

    def test_that_the_answer_went_by_letter_where_its_text_is_kept(self, playbook: Playbook) -> None:
        answered = entry("answered", at(70))
        assert "I answered what Meta had asked for." in self.complaint(playbook, *self.CASE, answered)
        kept = entry("evidence", at(70), of=answered.id, file="identity.txt", holds="letter")
        told = self.complaint(playbook, *self.CASE, answered, kept)
        assert "- 14 September 2026: I answered with a letter what Meta had asked for." in told
        assert "- My answer to Meta of 14 September 2026 (file identity.txt)" in told

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_the_reasons_of_a_refusal_in_metas_own_words(self, playbook: Playbook, language: str) -> None:
        words = {"grounds": "given", "meta-words": "Our interests prevail.\x1b[2J"}
        told = self.complaint(playbook, entry("filed", at(60)), entry("refused", at(40), **words), language=language)
        line = next(line for line in told.split("\n") if "Our interests prevail." in line)
        assert line.startswith("- ")
        assert "\x1b" not in told
        without = self.complaint(playbook, entry("filed", at(60)), entry("refused", at(40), grounds="given"))
        assert "Meta refused and gave reasons." in without


class TestDataFromElsewhere:
    """Letters about what Meta has of a person from elsewhere: they speak of no account."""

    def facts(self, playbook: Playbook, id: str = "elsewhere", country: str = "AT") -> LetterFacts:
        progress = record(account(id, entry("filed", at(60)), hub=""), country=country)
        standing = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
        return collect_letter_facts(standing, progress, playbook, NOW.date(), public_holiday_name)

    @parametrize_some(SOME, ("law", "id", "language"), EVERY)
    def test_no_letter_speaks_of_an_account_or_a_profile(
        self, playbook: Playbook, law: str, id: str, language: str
    ) -> None:
        if addressee_of(id) == "people":
            return
        country = {"gdpr": "AT", "uk-gdpr": "GB", "fadp": "CH"}[law]
        letter = write_letter(id, language, law, self.facts(playbook, country=country))
        denial = letters.language_texts(language)["text"]["elsewhere.data"].partition("\n")[0]
        assert letter.text.count(denial) == 1
        rest = f"{letter.title}\n{letter.text.replace(denial, '')}".casefold()
        assert not re.search(r"\b(account|konto|(ce|mon|le|du|au) compte|cuenta|profil\w*|perfil)\b", rest)

    def test_a_complaint_says_what_it_is_about(self, playbook: Playbook) -> None:
        letter = write_letter("complaint", "en", "gdpr", self.facts(playbook))
        assert (
            letter.title
            == "Complaint under Article 77 GDPR against Meta Platforms Ireland (data about me from elsewhere)"
        )
        assert "By my count that month ended on" in letter.text

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_whoever_writes_for_a_child_says_so(self, playbook: Playbook, language: str) -> None:
        letter = write_letter("reminder", language, "gdpr", self.facts(playbook, "elsewhere-Mila"))
        assert letter.text.count("Mila") == 2
        assert "Mila" not in write_letter("reminder", language, "gdpr", self.facts(playbook)).text

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_the_whole_name_of_a_child_is_a_gap_as_long_as_the_surname_is_not_known(
        self, playbook: Playbook, language: str
    ) -> None:
        first_name_alone = self.facts(playbook, "elsewhere-Mila")
        filled_in = {"name": "Anna Example", "whose-name": "Mila Jansen"}
        for id in ("objection", "reminder", "complaint"):
            letter = write_letter(id, language, "gdpr", first_name_alone)
            assert "whose-name" in letter.placeholders
            assert (
                "Mila Jansen" in write_letter(id, language, "gdpr", replace(first_name_alone, filled_in=filled_in)).text
            )
            of_whole_name = self.facts(playbook, "elsewhere-Mila Jansen")
            assert "whose-name" not in write_letter(id, language, "gdpr", of_whole_name).placeholders

    @pytest.mark.parametrize(
        ("language", "law", "words"),
        [
            ("en", "gdpr", "As the legal representative of Lea Roth I object under Article 21(1) GDPR"),
            ("de", "gdpr", "als gesetzliche/r Vertreter/in von Lea Roth widerspreche ich nach Artikel 21 Absatz 1"),
            ("fr", "gdpr", "En tant que représentant·e légal·e de Lea Roth et au titre de l'article 21"),
            ("es", "gdpr", "Como representante legal de Lea Roth y en virtud del artículo 21"),
            ("it", "gdpr", "in qualità di rappresentante legale di Lea Roth e ai sensi dell'articolo 21"),
            ("nl", "gdpr", "Als wettelijk vertegenwoordiger van Lea Roth maak ik op grond van artikel 21"),
            (
                "en",
                "fadp",
                "As the legal representative of Lea Roth I object under the Swiss Federal Act on Data Protection",
            ),
            (
                "de",
                "fadp",
                "als gesetzliche/r Vertreter/in von Lea Roth widerspreche ich nach dem Schweizer Datenschutzgesetz",
            ),
            ("fr", "fadp", "représentant·e légal·e de Lea Roth et au titre de la loi fédérale suisse"),
            ("it", "fadp", "rappresentante legale di Lea Roth e ai sensi della legge federale svizzera"),
        ],
    )
    def test_who_said_that_they_are_the_legal_representative_objects_as_that_and_else_on_behalf_of_the_person(
        self, playbook: Playbook, language: str, law: str, words: str
    ) -> None:
        country = "CH" if law == "fadp" else "AT"
        facts = self.facts(playbook, "elsewhere-Lea Roth", country)
        letter = write_letter("objection", language, law, replace(facts, represents=True))
        assert words in letter.text
        on_behalf = write_letter("objection", language, law, facts).text
        opening = "objection.opening-ch" if law == "fadp" else "objection.opening"
        as_what = letters.language_texts(language)["text"][f"{opening}.representative"].partition(" {")[0]
        assert as_what in letter.text.replace("{", "")
        assert as_what not in on_behalf
        assert "Lea Roth" in on_behalf
        assert letter.title.count("Lea Roth") == 2
        if law == "fadp":
            assert "21" not in letter.title

    @pytest.mark.parametrize("language", CONTENT_LANGUAGES)
    def test_what_others_post_is_said_to_show_the_child_and_not_who_writes(
        self, playbook: Playbook, language: str
    ) -> None:
        of_oneself = letters.language_texts(language)["text"]["elsewhere.reach"]
        letter = write_letter("objection", language, "gdpr", self.facts(playbook, "elsewhere-Mila Jansen"))
        assert of_oneself not in letter.text
        assert of_oneself in write_letter("objection", language, "gdpr", self.facts(playbook)).text

    @pytest.mark.parametrize(("name", "written"), [("Anna", "d'Anna"), ("Élise", "d'Élise"), ("Mila", "de Mila")])
    def test_in_french_a_name_with_a_vowel_shortens_the_word_before_it(
        self, playbook: Playbook, name: str, written: str
    ) -> None:
        letter = write_letter("objection", "fr", "gdpr", self.facts(playbook, f"elsewhere-{name}"))
        assert letter.title.count(written) == 2
        assert f"[prénom et nom {written}]" in letter.text
        whole = write_letter("objection", "fr", "gdpr", self.facts(playbook, f"elsewhere-{name} Roth"))
        assert f"Au nom {written} Roth" in whole.text


@pytest.mark.parametrize(
    ("month", "language", "words"),
    [
        (3, "en", "In March 2026 I "),
        (3, "de", "im März 2026"),
        (3, "nl", "In maart 2026"),
        (3, "es", "En marzo de 2026"),
        (3, "it", "mese di marzo 2026"),
        (3, "fr", "En mars 2026"),
        (4, "fr", "opposition du mois d'avril 2026"),
    ],
)
def test_an_objection_of_which_only_the_month_is_known_is_told_with_no_day(
    playbook: Playbook, month: int, language: str, words: str
) -> None:
    last = date(2026, month + 1, 1) - timedelta(days=1)
    sent = entry("filed", datetime(2026, month, last.day, 12, tzinfo=NOW.tzinfo), **{"day-known": "month"})
    facts = facts_of(playbook, sent)
    for id in ("reminder", "complaint"):
        said = write_letter(id, language, "gdpr", facts)
        assert str(last.day) + " " not in said.text.split("2026")[0][-12:]
    reminder = write_letter("reminder", language, "gdpr", facts)
    assert words in reminder.text + " " + "".join(piece.text for piece in reminder.subject)
    told = describe_event(sent, playbook)
    assert "the day is not known" in told
    corrected = entry("date-corrected", at(1), entry=sent.id, to=at(200))
    assert not any(map(is_month_alone, events_in_force((sent, corrected))))


def test_no_reply_of_which_only_the_month_is_known_is_called_late_where_it_may_have_come_in_time(
    playbook: Playbook,
) -> None:
    # Sent on 24 September; the month ends on 27 October.
    for day, is_late in ((datetime(2026, 10, 31, 12, tzinfo=NOW.tzinfo), False), (at(3), True)):
        refused = entry("refused", day, **{"day-known": "month"})
        progress = record(account("instagram-@anna.nl", entry("filed", at(60)), refused))
        standing = compute_overview(progress, playbook, NOW, public_holiday_name).statuses[0]
        deadline = standing.current_deadline(PeriodKind.ANSWER)
        assert deadline is not None
        period = deadline.legal_period(public_holiday_name)
        assert period is not None
        assert deadline_state_text(deadline, period, NOW.date()).endswith("late") == is_late
        facts = collect_letter_facts(standing, progress, playbook, NOW.date(), public_holiday_name)
        told = write_letter("complaint", "en", "gdpr", facts).text
        assert ("By my count that month ended on 27 October 2026." in told) == is_late
        assert ("12-3" in facts.provisions) == is_late


@pytest.mark.parametrize("language", letter_languages_of("reminder"))
def test_who_complains_when_the_program_says_so_has_given_meta_the_days_that_the_letter_names(language: str) -> None:
    said = write_letter("reminder", language, "gdpr", replace(FULL, due=None)).text
    given = letters.language_texts(language)["text"]["reminder.within"]
    assert given in said
    assert re.findall(r"\d+", given) == [str(WAIT_FOR_ANSWER.days)]
    assert WAIT_AFTER_POST > WAIT_FOR_ANSWER
