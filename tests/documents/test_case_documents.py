"""The four files of a case: what they say, that they say it the same each time, and that no text in them can do anything."""

import itertools
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from metaoptout_tui.core import dates
from metaoptout_tui.core.case_file.case import build_case
from metaoptout_tui.core.case_file.redaction import LEFT_OUT, collect_harmless_words, redact_record
from metaoptout_tui.core.case_file.statements import PREFACE
from metaoptout_tui.core.links import parse_trusted_url
from metaoptout_tui.core.record.accounts import CHILD_NAME, Account, EvidenceFileState, Record
from metaoptout_tui.core.record.events import Event
from metaoptout_tui.core.record.remembered import Remembered
from metaoptout_tui.documents.case_outline import FILE_STATE_TEXTS
from metaoptout_tui.documents.case_renderers import STYLE
from sample_case import HOSTILE, Tags, case, documents, full_record, known, of_country
from samples import NOW, account, at, entry, record

WORDS = ("html", "md", "json")


def flowing(words: str) -> str:
    return " ".join(words.split())


class TestWhatIsSaid:
    @pytest.mark.parametrize("ending", WORDS)
    def test_it_is_said_that_it_is_no_legal_advice_and_whose_record_it_is(self, ending: str) -> None:
        said = documents(case())[ending].replace("&#x27;", "'")
        for words in PREFACE:
            assert words in said

    @pytest.mark.parametrize("ending", WORDS)
    def test_every_account_stands_there_with_its_state_its_diary_and_its_files(self, ending: str) -> None:
        said = documents(case())[ending]
        for words in (
            "Facebook “Anna”",
            "not sent; perhaps covered by Facebook “Anna”",
            "no answer, Meta is late",
            "refused",
            "anna@example.org",
            "Objection sent",
            "screenshot.png",
            "ab" * 32,
            "letter.pdf",
            "Autoriteit Persoonsgegevens",
            "https://autoriteitpersoonsgegevens.nl/een-tip-of-klacht-indienen-bij-de-ap",
            "GDPR Art. 12(3)",
        ):
            assert words in said, words

    def test_authority_and_company_are_those_of_where_each_objection_was_sent_from(self) -> None:
        sent, moved = entry("filed", at(90)), entry("country-changed", at(70), from_="GB", to="IE")
        before = account("facebook", sent, moved, hub="")
        after = account("instagram", entry("filed", at(9)), hub="")
        told = documents(case(record(before, country="IE")))
        assert json.loads(told["json"])["authority"]["code"] == "GB"
        assert "Authority (United Kingdom)" in told["md"]
        assert "Meta Platforms Ireland" not in told["md"].split("# Diary")[0].split("Sources")[0]
        both = documents(case(record(before, after, country="IE")))
        data = json.loads(both["json"])
        assert (data["authority"]["code"], data["further_authorities"][0]["code"]) == ("IE", "GB")
        assert data["controller"][0] == "Meta Platforms Ireland Limited"
        assert data["further_authorities"][0]["controller"] == []
        for words in ("Authority (United Kingdom)", "Authority (Ireland)"):
            assert words in both["html"]

    def test_what_was_taken_back_is_there_and_marked(self) -> None:
        data = json.loads(documents(case())["json"])
        [taken] = [each for each in data["accounts"][0]["diary"] if each["standing"] == "taken back"]
        assert taken["what"] == "confirmed-by-mail"
        assert taken["taken_back_at"] == at(1).isoformat()
        page = Tags(documents(case())["html"])
        assert any(attributes.get("class") == "void" for tag, attributes in page.tags if tag == "li")
        assert "taken back on 22 Nov 2026, 10:00 (UTC+01:00)" in flowing(page.text)
        assert "~~Meta confirmed the objection by e-mail" in documents(case())["md"]

    def test_it_is_said_that_what_was_undone_at_once_is_not_there(self) -> None:
        said = flowing(documents(case())["md"])
        assert "What was undone at once is not in the list." in said
        assert "An entry that was taken back later stays in it and is marked." in said

    def test_a_date_that_was_put_right_stands_with_the_one_before(self) -> None:
        data = json.loads(documents(case())["json"])
        [filed] = [each for each in data["accounts"][0]["diary"] if each["what"] == "filed"]
        assert (filed["at"], filed["at_before_correction"]) == (at(3).isoformat(), at(2).isoformat())
        assert "Date before it was put right: 21 Nov 2026, 10:00 (UTC+01:00)" in documents(case())["md"]

    def test_a_period_stands_with_its_working_its_sureness_and_how_it_ended(self) -> None:
        data = json.loads(documents(case())["json"])
        facebook, threads = data["accounts"][0]["periods"][0], data["accounts"][3]["periods"][0]
        assert (facebook["first_day"], facebook["last_day"], facebook["ended"]) == ("2026-11-20", "2026-12-21", None)
        assert [step["day"] for step in facebook["working"]] == ["2026-11-20", "2026-12-20", "2026-12-21"]
        assert all(step["basis"]["sources"] for step in facebook["working"])
        assert threads["ended"] == "2026-11-20"
        assert facebook["sureness"] == "medium"
        assert "ended by an entry of 20 Nov 2026" in documents(case())["md"]
        assert "over, with nothing in the diary that ended it" in documents(case())["md"]

    def test_a_period_that_waits_for_an_answer_to_meta_has_no_last_day(self) -> None:
        question = entry("more-asked", at(10), **{"for": "id"})
        of_uk = record(account("facebook", entry("filed", at(20)), question), country="GB")
        data = json.loads(documents(case(of_uk))["json"])
        period = data["accounts"][0]["periods"][0]
        assert (period["on_hold"], period["end_open"], period["over"]) == (True, True, False)
        assert "open: a question of Meta is not answered" in documents(case(of_uk))["md"]
        assert "waits for the answer to a question of Meta" in documents(case(of_uk))["html"]

    def test_in_the_eea_the_last_day_depends_on_whether_metas_question_was_needed(self) -> None:
        question = entry("more-asked", at(10), **{"for": "id"})
        data = documents(case(record(account("facebook", entry("filed", at(20)), question))))
        said = unescape(data["html"])
        assert "unless Meta's question who the person is was really needed (GDPR Art. 12(6))" in said
        assert json.loads(data["json"])["accounts"][0]["periods"][0]["on_hold"] is True

    def test_a_period_by_an_assumed_arrival_says_so(self) -> None:
        letter = entry("filed", at(20), form="letter")
        told = entry("letter-arrived", at(5), of=letter.id, day="unknown")
        data = documents(case(record(account("facebook", letter, told))))
        assert json.loads(data["json"])["accounts"][0]["periods"][0]["arrival_assumed"] is True
        assert "by an assumed day of arrival" in data["md"]

    def test_everything_that_is_rested_on_is_among_the_sources(self) -> None:
        data = json.loads(documents(case())["json"])
        used = {id for each in data["statements"] for id in each["basis"]["sources"]}
        assert used
        assert used <= set(data["sources"])
        for source in data["sources"].values():
            assert source["publisher"]
            assert source["url"] is None or source["url"] in documents(case())["html"].replace("&amp;", "&")

    def test_it_begins_with_what_was_sent_what_came_back_and_what_is_asked(self) -> None:
        filed = entry("filed", at(110), email="anna@example.org")
        told = documents(
            case(
                record(
                    account(
                        "facebook",
                        filed,
                        entry("evidence", at(100), file="form.png", sha256="ab" * 32, bytes=1_234_567, of=filed.id),
                        entry("reminded", at(70)),
                        entry("refused", at(60)),
                        entry("complained", at(20), authority="AP"),
                    ),
                    account("instagram"),
                )
            )
        )
        summary = told["md"].partition("## Summary")[2].partition("## How to read this")[0]
        for words in (
            "- **Facebook “Anna”**\n",
            "  - Objected: 5 Aug 2026, with anna@example.org\n",
            "14 Sep 2026: Reminder sent",
            "3 Nov 2026: Complaint sent to AP",
            "  - What came back: 24 Sep 2026: Meta refused\n",
            "  - How it stands: complained\n",
            "  - What is asked: That the authority deals with the complaint.",
            "  - Exhibits: number 1\n",
            "- **Instagram “Anna”**\n  - Objected: nothing sent yet\n",
        ):
            assert words in summary, words
        assert "  - File: form.png\n" in told["md"]
        assert "1,234,567 bytes" in told["md"]
        assert told["html"].index("Exhibit 1: ") < told["html"].index('id="sources"')

    def test_exhibits_are_numbered_through_the_whole_case(self) -> None:
        data = json.loads(documents(case())["json"])
        assert [file["exhibit"] for each in data["accounts"] for file in each["evidence"]] == [1, 2]
        [alone] = json.loads(documents(case(account="instagram-shop"))["json"])["accounts"]
        assert [file["exhibit"] for file in alone["evidence"]] == [1]
        assert alone["summary"]["objected"] == ["15 Aug 2026"]

    @pytest.mark.parametrize(
        ("outcome", "words"),
        [(EvidenceFileState.CHANGED, "CHANGED since it was kept"), (EvidenceFileState.MISSING, "MISSING from")],
    )
    def test_a_kept_file_that_is_not_as_it_was_is_said_to_be_so(self, outcome: EvidenceFileState, words: str) -> None:
        told = documents(build_case(full_record(), known(), NOW, [outcome, EvidenceFileState.OK]))
        assert words in told["html"]
        assert words in told["md"]
        assert json.loads(told["json"])["accounts"][0]["evidence"][0]["found"] == str(outcome)

    def test_one_account_alone_brings_no_other_one_but_the_one_that_covers_it(self) -> None:
        told = documents(case(account="instagram"))
        assert json.loads(told["json"])["accounts"][0]["covered_by"] == "Facebook “Anna”"
        for ending, words in told.items():
            assert "shop" not in words.replace("Page of a shop, club or company", ""), ending
            assert "Threads “Anna”" not in words, ending
            assert (
                "threads." not in words.casefold().replace("threads.", "", words.casefold().count("threads.net"))
                or ending != "ics"
            )

    def test_what_a_person_wrote_is_never_cut(self) -> None:
        words = "\n".join(f"Line {number} of a long note." for number in range(2_500))
        progress = record(account("facebook", entry("filed", at(2), reason=words, email="x" * 900), hub="h" * 900))
        for ending, told in documents(case(progress)).items():
            assert "…" not in told, ending
            assert "Line 2499" in told or ending == "ics"

    def test_a_link_that_was_dated_later_is_no_longer_said_to_be_undated(self) -> None:
        linked = entry("hub-changed", at(5), to="private", since="unknown")
        corrected = entry("date-corrected", at(1), entry=linked.id, to=at(8))
        [first, _] = json.loads(documents(case(record(account("facebook", linked, corrected, hub="private"))))["json"])[
            "accounts"
        ][0]["diary"]
        assert first["words"] == "Link: “private”"

    def test_a_letter_that_was_sent_is_listed_as_such(self) -> None:
        data = json.loads(documents(case())["json"])["accounts"][2]
        what = {each["id"]: each["what"] for each in data["diary"]}
        assert [what[each["entry"]] for each in data["letters"]] == ["reminded", "asked-applied"]
        assert {each["text"] for each in data["letters"]} == {None}
        assert "  - Text: none was kept\n" in documents(case())["md"]

    @pytest.mark.parametrize(
        ("country", "words", "never"),
        [
            ("GB", ("UK GDPR", "ICO"), ("edpb.europa.eu", "Autoriteit")),
            ("CH", ("FADP",), ("GDPR Art. 12(3)", "edpb.europa.eu")),
            ("DE", ("BfDI", "authority of the Land in which that person lives"), ("Autoriteit",)),
            ("US", ("no single authority",), ("GDPR Art.", "edpb.europa.eu")),
            ("", ("no single authority", "edpb.europa.eu", "not said"), ("Autoriteit",)),
        ],
    )
    def test_law_and_authority_are_those_of_where_the_person_lives(
        self, country: str, words: tuple[str, ...], never: tuple[str, ...]
    ) -> None:
        said = documents(case(of_country(full_record(), country)))["md"].replace("\\", "")
        assert [each for each in words if each not in said] == []
        assert [each for each in never if each in said] == []

    def test_in_germany_the_authority_is_that_of_the_land(self) -> None:
        german = of_country(full_record(), "DE")
        bavarian = replace(german, person=replace(german.person, land="DE-BY"))
        said = documents(case(bavarian))["md"].replace("\\", "")
        assert "Bayerisches Landesamt für Datenschutzaufsicht" in said
        assert "German, according to one public list" in said
        assert "BfDI" not in said

    def test_a_right_to_a_court_rests_once_the_authority_wrote_and_its_day_is_told_with_the_doubt(self) -> None:
        letter = entry("authority-wrote", at(1), says="passed-on")
        complained = (entry("filed", at(60)), entry("complained", at(20)))
        silent = documents(case(record(account("facebook", *complained, hub=""))))["md"]
        said = flowing(documents(case(record(account("facebook", *complained, letter, hub=""))))["md"])
        assert "4 Feb 2027" in silent
        assert "takes the authority's letter of 22 Nov 2026 for word on how it stands" in said
        assert "If it is not, court is open from 4 Feb 2027 on." in said
        assert "No legal period is running." in said

    @pytest.mark.parametrize(
        ("later", "is_named"),
        [
            ((), True),
            ((entry("authority-answered", at(0.5)),), False),
            ((entry("closed", at(0.5)),), False),
        ],
    )
    def test_the_day_that_the_authority_set_is_one_of_the_days_to_come_until_it_is_answered(
        self, later: tuple[Event, ...], *, is_named: bool
    ) -> None:
        letter = entry("authority-wrote", at(1), **{"says": "asks", "answer-by": date(2026, 12, 14)})
        events = (entry("filed", at(60)), entry("complained", at(20)), letter, *later)
        said = documents(case(record(account("facebook", *events, hub=""))))["md"]
        to_come = flowing(said.partition("Days to come")[2].partition("What is said of Meta")[0])
        assert ("The day by which the authority asked for an answer" in to_come) == is_named
        assert ("14 Dec 2026" in to_come) == is_named
        assert ("No legal period is running." in to_come) != is_named

    def test_the_last_day_against_a_decision_is_called_what_it_is(self) -> None:
        letter = entry("authority-wrote", at(1), **{"says": "rejected", "answer-by": date(2026, 12, 14)})
        events = (entry("filed", at(60)), entry("complained", at(20)), letter)
        said = documents(case(record(account("facebook", *events, hub=""))))["md"]
        to_come = flowing(said.partition("Days to come")[2].partition("What is said of Meta")[0])
        assert (
            "The last day for a court or an appeal against the authority's decision, as its letter names it" in to_come
        )
        assert "14 Dec 2026" in to_come
        assert "asked for an answer" not in to_come

    def test_of_a_period_whose_end_is_later_than_counted_stands_the_day_before_which_it_does_not_end(self) -> None:
        posted = account("facebook", entry("filed", at(9), form="letter"), hub="")
        said = documents(case(record(posted)))["md"]
        to_come = flowing(said.partition("Days to come")[2].partition("What is said of Meta")[0])
        assert "not before 14 Dec 2026" in to_come
        assert "No legal period is running." not in to_come

    def test_a_day_of_the_authority_that_passed_is_no_day_to_come(self) -> None:
        letter = entry("authority-wrote", at(10), **{"says": "asks", "answer-by": date(2026, 11, 20)})
        events = (entry("filed", at(60)), entry("complained", at(20)), letter)
        said = documents(case(record(account("facebook", *events, hub=""))))["md"]
        assert "The day by which the authority asked for an answer" not in said

    def test_the_name_of_a_chat_stands_in_no_masked_file(self) -> None:
        counts = {"to_meta_ai": 3, "with_meta_ai_alone": 1, "added": 1, "messages": 10}
        chats = [
            entry("reviewed-chats", at(3), counts=counts, file=file, sha256="a" * 64, sender="Rosa Example", chat="c1")
            for file in ("WhatsApp Chat with Rosa Example.txt", "Chat de WhatsApp con Rosa.Example", "Rosa Example")
        ]
        listed = entry("noted", at(1), step="review", text="Advanced Chat Privacy on: Rosa Example")
        masked = redact_record(
            record(account("whatsapp", *chats, listed)),
            collect_harmless_words(known().playbook, ("NL",), known().authorities),
        )
        for said in documents(case(masked)).values():
            assert not re.search("rosa|example\\.", said.partition("Sources")[0], re.IGNORECASE)

    def test_an_empty_record_has_a_case_too(self) -> None:
        assert "No legal period is running." in documents(case(Record()))["html"]

    def test_the_html_has_landmarks_one_title_and_headings_in_order(self) -> None:
        page = Tags(documents(case())["html"])
        tags = [tag for tag, _ in page.tags]
        assert page.open == []
        assert [tags.count(tag) for tag in ("html", "header", "nav", "main", "footer", "h1")] == [1] * 6
        levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        for tag, attributes in page.tags:
            if tag == "section":
                assert attributes["aria-labelledby"] in ids
            if tag == "html":
                assert attributes["lang"] == "en"
        assert all(link[1:] in ids for link in page.links() if link.startswith("#"))


class TestLettersThatWereSent:
    """With their text, word for word, as exhibits of the entries that say so."""

    TEXT = "Reminder: my objection\n\nDear Sir or Madam,\n\n1. *Please* answer <me>.\n\nKind regards,\nAnna"
    DIGEST = sha256(TEXT.encode()).hexdigest()

    def record(self) -> Record:
        posted, reminded = entry("filed", at(50), form="letter"), entry("reminded", at(20))
        proof = entry("evidence", at(45), file="receipt.png", sha256="ab" * 32, bytes=3, of=posted.id)
        kept = entry("evidence", at(20), file="r.txt", sha256=self.DIGEST, bytes=99, of=reminded.id, holds="letter")
        return record(account("facebook", posted, proof, reminded, kept))

    def told(self, outcome: EvidenceFileState = EvidenceFileState.OK, *, is_redacted: bool = False) -> dict[str, str]:
        progress, texts = self.record(), {self.DIGEST: self.TEXT}
        return documents(
            build_case(progress, known(), NOW, [EvidenceFileState.OK, outcome], texts=texts, is_redacted=is_redacted)
        )

    def test_the_text_stands_there_word_for_word(self) -> None:
        told = self.told()
        [posted, reminded] = json.loads(told["json"])["accounts"][0]["letters"]
        assert (posted["exhibit"], posted["text"]) == (None, None)
        assert (reminded["exhibit"], reminded["text"]) == (2, self.TEXT)
        assert self.TEXT in Tags(told["html"]).text
        read = Tags(MarkdownIt().render(told["md"])).text
        assert [line for line in self.TEXT.split("\n") if line not in read] == []

    def test_an_objection_that_went_by_post_is_a_letter_too(self) -> None:
        letters = self.told()["md"].partition("### Letters sent")[2].partition("### Exhibits")[0]
        assert letters.index("**Objection sent by post**") < letters.index("**Reminder sent**")
        summary = self.told()["md"].partition("## How to read this")[0]
        assert "Objected: 4 Oct 2026, by post" in summary

    def test_it_is_an_exhibit_of_the_letter(self) -> None:
        exhibits = self.told()["md"].partition("### Exhibits")[2]
        assert "**Exhibit 2: Reminder sent, " in exhibits
        assert "  - File: r.txt\n" in exhibits.partition("Exhibit 2")[2]

    @pytest.mark.parametrize("outcome", [EvidenceFileState.CHANGED, EvidenceFileState.MISSING])
    def test_what_is_not_as_it_was_is_not_told_as_the_text(self, outcome: EvidenceFileState) -> None:
        told = self.told(outcome)
        assert json.loads(told["json"])["accounts"][0]["letters"][1]["text"] is None
        assert "Dear Sir or Madam" not in "".join(told.values())
        assert f"  - Text: not here: {FILE_STATE_TEXTS[outcome]}" in told["md"]

    def test_it_is_said_that_its_day_was_set_to_the_day_of_sending(self) -> None:
        said = flowing(self.told()["md"])
        assert "The day in its head was set to the day on which the person says that it was sent." in said

    def test_a_masked_case_says_of_each_exhibit_what_is_done_with_its_size_and_digest(self) -> None:
        progress = redact_record(self.record(), collect_harmless_words(known().playbook, (), known().authorities))
        outcomes = [EvidenceFileState.OK, EvidenceFileState.OK]
        told = documents(build_case(progress, known(), NOW, outcomes, is_redacted=True))["md"]
        said = flowing(told)
        assert (
            "Left out are also free text, references, counts, and the size and SHA-256 of the texts of letters." in said
        )
        assert "whether it is linked, and the size and SHA-256 of other exhibits." in said
        assert "sizes and SHA-256 stand" not in said
        of_proof, of_letter = told.partition("### Exhibits")[2].split("**Exhibit 2", 1)
        assert LEFT_OUT not in "".join(line for line in of_proof.splitlines() if "SHA-256:" in line or "Size:" in line)
        rows = [line for line in of_letter.splitlines() if "SHA-256:" in line or "Size:" in line]
        assert [LEFT_OUT.strip("[]") in row for row in rows] == [True, True]

    def test_a_masked_case_leaves_the_text_out(self) -> None:
        told = self.told(is_redacted=True)
        assert json.loads(told["json"])["accounts"][0]["letters"][1]["text"] == LEFT_OUT
        assert "Dear Sir or Madam" not in "".join(told.values())


class TestWhoHelps:
    """The person who acts for somebody stands at the beginning, with the written authorisation where it was kept."""

    def told(self, *, account_id: str = "", is_redacted: bool = False) -> dict[str, str]:
        authorised = [entry("helper-authorised", at(9), helper="Rosa Jansen", how="in-writing") for _ in range(2)]
        proof = entry("evidence", at(8), file="mandate.pdf", sha256="ab" * 32, bytes=3, of=authorised[0].id)
        earlier = entry("helper-authorised", at(30), helper="Somebody before", how="orally")
        progress = record(account("facebook", earlier, authorised[0], proof), account("threads", authorised[1]))
        if is_redacted:
            progress = redact_record(progress, collect_harmless_words(known().playbook, ("NL",), known().authorities))
        built = build_case(
            progress, known(), NOW, [EvidenceFileState.OK], account_id=account_id, is_redacted=is_redacted
        )
        return documents(built)

    def test_who_was_authorised_last_how_and_when_and_by_which_file(self) -> None:
        told = self.told()
        words = "Rosa Jansen, authorised in writing on 14 Nov 2026 (exhibit 1)"
        assert words in Tags(told["html"]).text
        assert words in told["md"].partition("## How to read this")[0]
        assert json.loads(told["json"])["helper"] == {
            "name": "Rosa Jansen",
            "authorised": "in-writing",
            "at": at(9).isoformat(),
            "exhibit": 1,
        }
        assert "Rosa Jansen was authorised to help, in writing" in told["md"]

    def test_the_case_of_another_account_says_so_without_its_file(self) -> None:
        assert json.loads(self.told(account_id="threads")["json"])["helper"]["exhibit"] is None

    def test_a_masked_case_names_nobody(self) -> None:
        told = self.told(is_redacted=True)
        assert "Rosa" not in "".join(told.values())
        assert json.loads(told["json"])["helper"]["name"] == LEFT_OUT
        assert f"{LEFT_OUT}, authorised in writing on 14 Nov 2026" in Tags(told["html"]).text

    def test_nobody_is_named_where_nobody_was(self) -> None:
        told = documents(case())
        assert "helper" not in json.loads(told["json"])
        assert "Helped by" not in told["md"]


class TestTheSummary:
    def gist(self, *accounts: Account, of: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(documents(case(record(*accounts)))["json"])["accounts"][of]["summary"]
        return found

    def test_what_was_sent_is_told_where_something_asks_for_a_new_objection(self) -> None:
        sent = (entry("filed", at(60)), entry("reminded", at(40)), entry("refused", at(30)))
        told = self.gist(account("facebook", *sent, entry("email-changed", at(5), to="new@example.org")))
        assert told == {
            "objected": ["24 Sep 2026"],
            "sent": ["14 Oct 2026: Reminder sent"],
            "came_back": ["24 Oct 2026: Meta refused"],
            "asked": "That Meta applies the objection to this account. The diary holds no new one yet.",
        }

    def test_an_earlier_objection_that_meta_confirmed_is_told_beside_the_one_sent_since(self) -> None:
        honoured = (entry("filed", at(400)), entry("confirmed-by-mail", at(390)))
        told = self.gist(
            account("facebook", *honoured, entry("email-changed", at(50), to="new@example.org"), entry("filed", at(40)))
        )
        assert told["objected"] == ["19 Oct 2025", "14 Oct 2026"]
        assert told["came_back"] == ["29 Oct 2025: Meta confirmed the objection by e-mail"]

    def test_of_a_covered_account_both_its_own_objection_and_the_one_that_covers_it_are_told(self) -> None:
        changed = entry("hub-changed", at(40), to="private")
        own = account("instagram", entry("filed", at(60)), entry("reminded", at(50)), changed, hub="private")
        told = self.gist(account("facebook", entry("filed", at(20)), hub="private"), own, of=1)
        assert told["objected"] == ["24 Sep 2026", "3 Nov 2026, for Facebook “Anna”, linked with this account"]
        assert told["sent"] == ["4 Oct 2026: Reminder sent"]

    def test_a_question_about_a_covered_account_is_told_and_asked(self) -> None:
        asked = account("instagram", entry("asked-applied", at(10)), hub="private")
        told = self.gist(account("facebook", entry("filed", at(20)), hub="private"), asked, of=1)
        assert told["sent"] == ["13 Nov 2026: Asked Meta whether the objection was applied"]
        wanted = "That Meta applies the objection to this account too. That Meta answers whether it did."
        assert told["asked"] == wanted

    def test_an_objection_that_was_sent_twice_is_told_twice_with_all_that_came_of_both(self) -> None:
        told = self.gist(
            account("facebook", entry("filed", at(9)), entry("answer-missing", at(7)), entry("filed", at(6)))
        )
        assert told["objected"] == ["14 Nov 2026", "17 Nov 2026"]
        assert len(told["came_back"]) == 1


class TestTheSameEachTime:
    PROGRAM = """
import sys
sys.path[:0] = [{support!r}]
from hashlib import sha256
from sample_case import case, documents
print(sha256("".join(documents(case()).values()).encode()).hexdigest())
"""

    def digest(self, **environment: str) -> str:
        program = self.PROGRAM.format(support=str(Path(__file__).parents[1] / "support"))
        ended = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={**os.environ, **environment},
        )
        return ended.stdout

    @pytest.mark.exhaustive
    def test_neither_locale_nor_time_zone_nor_the_order_of_hashes_changes_a_byte(self) -> None:
        digests = {
            self.digest(TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1"),
            self.digest(TZ="Asia/Tokyo", LC_ALL="de_DE.UTF-8", LANG="de_DE.UTF-8", PYTHONHASHSEED="2"),
            self.digest(TZ="America/Lima", LC_ALL="C.UTF-8", PYTHONHASHSEED="3", LANGUAGE="nl"),
        }
        assert len(digests) == 1

    def test_the_order_in_which_fields_and_entries_were_written_down_changes_nothing(self) -> None:
        one = full_record()
        other = Record(
            one.person,
            tuple(
                each.__class__(
                    each.id,
                    each.platform,
                    each.name,
                    each.email,
                    each.linked_group,
                    tuple(
                        Event(event.id, event.at, event.kind, dict(reversed(list(event.fields.items()))))
                        for event in reversed(each.events)
                    ),
                )
                for each in one.accounts
            ),
        )
        outcomes = [EvidenceFileState.OK, EvidenceFileState.OK]
        assert documents(build_case(one, known(), NOW, outcomes)) == documents(
            build_case(other, known(), NOW, outcomes)
        )

    def test_the_keys_of_the_data_are_in_order(self) -> None:
        def in_order(pairs: list[tuple[str, object]]) -> dict[str, object]:
            names = [name for name, _ in pairs]
            assert names == sorted(names)
            return dict(pairs)

        json.loads(documents(case())["json"], object_pairs_hook=in_order)


class TestHostileText:
    EXTERNAL = re.compile(r"(?i)\b(?:src|srcset|action|formaction|background|poster|data|xlink:href)\s*=")

    def hostile(self) -> Record:
        progress = full_record(HOSTILE)
        return Record(
            progress.person,
            tuple(
                each.__class__(each.id, each.platform, HOSTILE, HOSTILE, each.linked_group and HOSTILE, each.events)
                for each in progress.accounts
            ),
        )

    def test_the_page_has_our_tags_and_our_links_and_nothing_else(self) -> None:
        told = documents(case(self.hostile()))["html"]
        page, ordinary = Tags(told), Tags(documents(case())["html"])
        assert page.open == []
        assert {tag for tag, _ in page.tags} == {tag for tag, _ in ordinary.tags}
        assert {name for _, attributes in page.tags for name in attributes} == {
            name for _, attributes in ordinary.tags for name in attributes
        }
        assert page.links() == ordinary.links()
        assert "<script>alert(1)</script>" in page.text
        assert "evil.example" in page.text

    def test_nothing_in_the_page_is_loaded_from_anywhere(self) -> None:
        told = documents(case())["html"]
        page = Tags(told)
        for tag, attributes in page.tags:
            assert tag not in ("script", "img", "link", "iframe", "object", "embed", "form", "base", "svg")
            assert not {"src", "style", "onload", "onclick", "background"} & set(attributes)
        for link in page.links():
            assert link.startswith("#") or str(parse_trusted_url(link)) == link
        assert "url(" not in STYLE
        assert "@import" not in STYLE
        [policy] = [a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv")]
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'sha256-")

    def test_markdown_makes_no_html_and_no_link_of_it(self) -> None:
        def inside(words: str) -> tuple[list[str], list[str]]:
            flat = [child for token in MarkdownIt().parse(words) for child in (token, *(token.children or ()))]
            kinds = [token.type for token in flat if token.type.startswith(("html", "image", "code", "fence", "table"))]
            return kinds, [str(token.attrGet("href")) for token in flat if token.type == "link_open"]

        kinds, links = inside(documents(case(self.hostile()))["md"])
        assert kinds == []
        assert links == inside(documents(case())["md"])[1]
        assert "www.evil" not in documents(case(self.hostile()))["md"]
        assert "https://evil" not in documents(case(self.hostile()))["md"]

    def test_no_file_holds_a_control_or_a_turner_of_text(self) -> None:
        for ending, words in documents(case(self.hostile())).items():
            assert not re.search(
                "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", words
            ), ending

    @given(st.text(min_size=1, max_size=60))
    def test_whatever_is_written_the_page_stays_whole_and_the_data_readable(self, words: str) -> None:
        progress = record(account("facebook", entry("filed", at(2), reason=words, email=words), hub=words, email=words))
        told = documents(case(progress))
        page = Tags(told["html"])
        assert page.open == []
        assert {tag for tag, _ in page.tags} <= {
            *("html", "head", "meta", "title", "style", "body", "header", "h1", "dl", "dt", "dd", "bdi", "nav", "ol"),
            *("li", "a", "main", "section", "h2", "h3", "p", "time", "span", "footer", "div"),
        }
        json.loads(told["json"])
        assert told["ics"].count("BEGIN:VCALENDAR") == 1


def test_the_case_of_the_next_day_has_the_same_entries_and_another_date() -> None:
    kept = full_record()
    today, tomorrow = (json.loads(documents(case(kept, NOW + timedelta(days=days)))["json"]) for days in (0, 1))
    assert today["accounts"][0]["diary"] == tomorrow["accounts"][0]["diary"]
    assert date.fromisoformat(tomorrow["made"][:10]) - date.fromisoformat(today["made"][:10]) == timedelta(days=1)


def test_a_time_that_was_not_given_is_not_shown() -> None:
    noon = NOW.replace(hour=12, minute=0, second=0, microsecond=0)
    assert dates.format_as_given(noon) == "23 Nov 2026"
    assert "12:01" in dates.format_as_given(noon.replace(minute=1))


@pytest.mark.parametrize("is_redacted", [False, True])
def test_a_childs_own_account_is_said_to_be_one_but_not_whose_where_names_are_masked(*, is_redacted: bool) -> None:
    progress = record(account("instagram", entry("filed", at(9))), account("facebook"))
    progress = replace(progress, remembered={"instagram": Remembered({CHILD_NAME: "Lena Roth"})})
    if is_redacted:
        data = known()
        progress = redact_record(progress, collect_harmless_words(data.playbook, data.country_names, data.authorities))
    said = documents(case(progress))
    for words in ("Account of the child", "Lena Roth"):
        assert [(words in said[ending]) is not is_redacted for ending in ("html", "md")] == [True, True]
    assert [each["child"] for each in json.loads(said["json"])["accounts"]] == [
        None if is_redacted else "Lena Roth",
        None,
    ]
