"""Letters: they say what the diary holds, mark what it does not, and are the same letter in every language."""

import re
from datetime import date, datetime, timedelta
from string import Formatter
from typing import Any

import pytest

from metaoptout_tui.core.diary import Event
from metaoptout_tui.core.evidence import KeptFile
from metaoptout_tui.core.letters import Letter, LetterFacts, letter_facts
from metaoptout_tui.core.overview import overview
from metaoptout_tui.core.playbook import LANGUAGES, Playbook
from metaoptout_tui.core.text import exit_scrub
from metaoptout_tui.documents import letters
from metaoptout_tui.documents.letters import languages_of, letter_title, letters_for, write_letter
from metaoptout_tui.guidance.public_holidays import public_holiday
from samples import NOW, account, at, entry, record

LAWS = ("gdpr", "uk-gdpr", "fadp")
EVERY = [(law, id, language) for law in LAWS for id in letters_for(law) for language in languages_of(id)]
FULL = LetterFacts(
    {
        "account": "Instagram @anna.nl",
        "email": "anna@example.org",
        "filed": date(2026, 9, 1),
        "confirmed": date(2026, 9, 2),
        "refused": date(2026, 9, 20),
        "extended": date(2026, 10, 9),
        "over": date(2026, 10, 1),
        "silent": "yes",
        "reason": "My posts show my children.",
        "authority": "Autoriteit Persoonsgegevens",
        "attachments": "- answer.eml",
        "name": "Anna Example",
    },
    (("filed", date(2026, 9, 1)), ("refused", date(2026, 9, 20))),
)


def facts_of(playbook: Playbook, *events: Event, country: str = "NL", **more: Any) -> LetterFacts:
    progress = record(account("instagram-@anna.nl", *events), country=country)
    standing = overview(progress, playbook, NOW, public_holiday).standings[0]
    return letter_facts(standing, progress, playbook, NOW.date(), public_holiday, **more)


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize(("law", "id", "language"), EVERY)
def test_a_letter_with_everything_known_has_no_gap(law: str, id: str, language: str) -> None:
    letter = write_letter(id, language, law, FULL)
    assert letter.missing == ()
    whole = f"{letter.title}\n{letter.text}"
    assert not re.search(r"[\[\]{}]", whole)
    assert exit_scrub(whole) == whole
    assert "\n" not in letter.title


@pytest.mark.parametrize(("law", "id", "language"), EVERY)
def test_a_letter_with_nothing_known_states_no_day_no_account_and_no_answer(law: str, id: str, language: str) -> None:
    letter = write_letter(id, language, law, LetterFacts({}))
    stated = "".join(piece.text for piece in (*letter.subject, *letter.body) if not piece.missing)
    assert not re.search(r"\b20\d\d\b(?<!2018)", stated)
    assert "@" not in stated
    words = letters._words(language)
    assert words["text"]["silence"] not in stated
    assert letter.text.count("[") == sum(1 for piece in letter.body if piece.missing)
    assert set(letter.missing) <= set(words["missing"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_gaps(language: str) -> None:
    english, other = letters._words("en"), letters._words(language)
    only_english = {id for id in letters._structure() if languages_of(id) == ("en",)}
    for table in ("statute", "missing", "event"):
        assert other[table].keys() == english[table].keys()
    for table in ("title", "subject", "text"):
        left_out = english[table].keys() - other[table].keys()
        assert {id.partition(".")[0] for id in left_out} <= only_english
        assert other[table].keys() <= english[table].keys()
        for id, sentence in other[table].items():
            assert names_in(sentence) == names_in(english[table][id]), (language, table, id)
    assert len(other["months"]) == 12


def test_every_sentence_and_every_gap_is_used() -> None:
    words = letters._words("en")
    used = {part["text"] for row in letters._structure().values() for part in row["part"]}
    assert used == set(words["text"])
    gaps = {name for table in ("subject", "text") for sentence in words[table].values() for name in names_in(sentence)}
    assert gaps - {"statute"} == set(words["missing"])


def test_which_letters_there_are_under_which_law() -> None:
    assert "complaint" in letters_for("gdpr")
    assert "complaint-to-meta" not in letters_for("gdpr")
    assert "complaint-to-meta" in letters_for("uk-gdpr")
    assert "complaint" not in letters_for("uk-gdpr")
    assert letters_for("fadp") == ("reminder", "asked-applied", "friends", "debunk")
    assert letters_for("lgpd") == letters_for("none") == ()
    for law, id, language in EVERY:
        assert letter_title(id, language)
        assert law in LAWS
    with pytest.raises(KeyError):
        write_letter("complaint", "en", "uk-gdpr", FULL)
    with pytest.raises(KeyError):
        write_letter("complaint-to-meta", "nl", "uk-gdpr", FULL)
    with pytest.raises(KeyError):
        write_letter("reminder", "../../x", "gdpr", FULL)


@pytest.mark.parametrize(
    ("language", "law", "words"),
    [
        ("en", "gdpr", "Article 12(3) GDPR"),
        ("en", "uk-gdpr", "Article 12(3) UK GDPR"),
        ("nl", "gdpr", "artikel 12, lid 3, AVG"),
        ("de", "gdpr", "Artikel 12 Absatz 3 DSGVO"),
        ("fr", "gdpr", "article 12, paragraphe 3, du RGPD"),
        ("es", "gdpr", "artículo 12, apartado 3, del RGPD"),
        ("it", "gdpr", "articolo 12, paragrafo 3, del GDPR"),
    ],
)
def test_legal_words_follow_law_and_language(language: str, law: str, words: str) -> None:
    assert words in write_letter("reminder", language, law, FULL).text


@pytest.mark.parametrize(("law", "id", "language"), [each for each in EVERY if each[0] != "gdpr"])
def test_outside_the_eea_no_letter_speaks_of_its_law_or_authorities(law: str, id: str, language: str) -> None:
    letter = write_letter(id, language, law, FULL)
    whole = f"{letter.title} {letter.text}"
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
    assert written in write_letter("reminder", language, "gdpr", LetterFacts({"filed": day})).title


class TestFromTheDiary:
    def test_a_reminder_after_silence_says_when_the_month_ended(self, playbook: Playbook) -> None:
        # Sent on 24 September; the month ends on Saturday 24 October, and the Monday is a holiday in Ireland.
        letter = self.reminder(facts_of(playbook, entry("filed", at(60), email="anna@example.org")))
        assert "On 24 September 2026 I objected" in letter.text
        assert "ended on 27 October 2026" in letter.text
        assert "I have not received an answer." in letter.text
        assert "Instagram @anna.nl" in letter.text
        assert letter.missing == ("name",)

    def test_a_reminder_within_the_month_says_when_it_ends(self, playbook: Playbook) -> None:
        letter = self.reminder(facts_of(playbook, entry("filed", at(10))))
        assert "ends on 14 December 2026" in letter.text
        assert "ended" not in letter.text

    def test_an_extension_in_time_is_counted_as_three_months(self, playbook: Playbook) -> None:
        letter = self.reminder(facts_of(playbook, entry("filed", at(150)), entry("extended", at(140))))
        assert "three months in all ended on 28 September 2026" in letter.text
        assert "I have not received an answer" not in letter.text

    def test_whoever_was_asked_for_something_does_not_claim_silence(self, playbook: Playbook) -> None:
        letter = self.reminder(facts_of(playbook, entry("filed", at(60)), entry("more-asked", at(50))))
        assert "I have not received an answer" not in letter.text

    def test_where_the_law_sets_no_month_none_is_mentioned(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), country="CH")
        assert "month" not in write_letter("reminder", "en", "fadp", facts).text

    def test_a_question_mentions_the_confirmation_where_there_was_one(self, playbook: Playbook) -> None:
        filing = entry("filed", at(60))
        asked = write_letter("asked-applied", "en", "gdpr", facts_of(playbook, filing))
        assert "You confirmed" not in asked.text
        confirmed = facts_of(playbook, filing, entry("confirmed-by-mail", at(58)))
        assert "You confirmed this on 26 September 2026." in write_letter("asked-applied", "en", "gdpr", confirmed).text

    def test_the_answer_to_a_late_extension_names_both_days(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("extended", at(10)))
        letter = write_letter("late-extension", "en", "gdpr", facts)
        assert "On 13 November 2026 you told me that you need more time." in letter.text
        assert "the month ended on 27 October 2026; your notice came after that" in letter.text

    def test_an_objection_without_a_reason_asks_for_one_in_ones_own_words(self, playbook: Playbook) -> None:
        assert "reason" in write_letter("objection", "en", "gdpr", facts_of(playbook)).missing
        reason = "My posts show\nmy children."
        facts = facts_of(playbook, entry("filed", at(5), reason=reason))
        assert f"My particular situation: {reason}" in write_letter("objection", "en", "gdpr", facts).text

    def test_a_complaint_tells_what_happened_in_order_and_names_what_is_attached(self, playbook: Playbook) -> None:
        events = (entry("filed", at(60)), entry("noted", at(50), step="confirm", text="x"), entry("reminded", at(20)))
        file = KeptFile("answer.eml", "ab" * 32, 10)
        facts = facts_of(playbook, *events, authority="Autoriteit Persoonsgegevens", attachments=(file,))
        letter = write_letter("complaint", "nl", "gdpr", facts)
        assert (
            "- 24 september 2026: ik maakte bezwaar bij Meta.\n- 3 november 2026: ik stuurde Meta een herinnering."
            in (letter.text)
        )
        assert f"Bijlagen:\n- answer.eml (SHA-256 {'ab' * 32})" in letter.text
        assert letter.text.startswith("Aan: Autoriteit Persoonsgegevens")
        assert letter.missing == ("name",)

    def test_a_complaint_in_the_uk_goes_to_meta_first(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(60)), entry("refused", at(30)), country="GB")
        letter = write_letter("complaint-to-meta", "en", "uk-gdpr", facts)
        assert "section 164A of the Data Protection Act 2018" in letter.text
        assert "On 24 October 2026 you refused it." in letter.text

    def test_a_refusal_that_came_in_time_is_not_called_late(self, playbook: Playbook) -> None:
        refused = facts_of(playbook, entry("filed", at(90)), entry("refused", at(80)))
        assert "over" not in refused.values
        late = facts_of(playbook, entry("filed", at(90)), entry("refused", at(20)))
        assert late.values["over"] == date(2026, 9, 25)

    def test_an_older_objection_is_left_out(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(200)), entry("refused", at(190)), entry("filed", at(5)))
        assert [what for what, _ in facts.events] == ["filed"]
        assert "refused" not in facts.values

    def test_friends_are_told_of_an_objection_only_where_there_is_one(self, playbook: Playbook) -> None:
        claim = "I have objected to that for my own accounts."
        assert claim not in write_letter("friends", "en", "gdpr", facts_of(playbook)).text
        assert claim in write_letter("friends", "en", "gdpr", facts_of(playbook, entry("filed", at(5)))).text

    def test_what_others_wrote_cannot_steer_the_terminal(self, playbook: Playbook) -> None:
        facts = facts_of(playbook, entry("filed", at(5), reason="a\x1b]0;b\x07c", email="x\u202e@example.org"))
        for id in letters_for("gdpr"):
            text = write_letter(id, "en", "gdpr", facts).text
            assert exit_scrub(text) == text

    def test_a_time_of_day_does_not_move_a_day(self, playbook: Playbook) -> None:
        late = datetime.combine(NOW.date() - timedelta(days=9), datetime.max.time(), NOW.tzinfo).replace(microsecond=0)
        assert facts_of(playbook, entry("filed", late)).values["filed"] == NOW.date() - timedelta(days=9)

    @staticmethod
    def reminder(facts: LetterFacts) -> Letter:
        return write_letter("reminder", "en", "gdpr", facts)
